"""Events of the literature as days: what a data file says stands in the day, and what is no data file is refused."""

from pathlib import Path

import pytest

from bench.b2b import Event, Wanted, day_file, folder_of_instances, parse_event, read_event

SMALL = """
nBusiness = 3;
nMeetings = 3;
nTables = 2;
nTotalSlots = 4;
nMorningSlots = 3;

requested = [|1, 2,1,
|2, 3,2,
|1, 3,3,
|];

meetingsxBusiness = [{1,2,4},
{1,2,3},
{1,3,4}];

nMeetingsBusiness = [2,2,2];

forbidden = [{1,3},
{0},
{}];

fixed = [0,4,0];

precedences = [{3},
{},
{}];
"""

SMALL_EVENT = Event(
    name="small",
    participants=3,
    tables=2,
    slots=4,
    morning_slots=3,
    meetings=(Wanted((0, 1), 1), Wanted((1, 2), 2), Wanted((0, 2), 3)),
    forbidden={0: frozenset({0, 2})},
    fixed={1: 3},
    after={0: frozenset({2})},
)


def test_a_data_file_is_read_as_it_is_meant() -> None:
    assert parse_event(SMALL, "small") == SMALL_EVENT


def test_a_data_file_gives_the_event_its_name(tmp_path: Path) -> None:
    (tmp_path / "small.dzn").write_text(SMALL, encoding="utf-8")

    assert read_event(tmp_path / "small.dzn") == SMALL_EVENT


@pytest.mark.parametrize(
    ("changed", "into", "told"),
    [
        ("nTables", "nChairs", "no number nTables"),
        ("fixed = ", "pinned = ", "no list fixed"),
        ("nMeetings = 3", "nMeetings = 4", "small: nMeetings is not the number of meetings"),
    ],
)
def test_what_is_no_instance_is_refused(changed: str, into: str, told: str) -> None:
    with pytest.raises(ValueError, match=f"^{told}$"):
        parse_event(SMALL.replace(changed, into), "small")


def test_an_event_becomes_a_plain_day() -> None:
    assert day_file(SMALL_EVENT) == {
        "format": "dialogdag.day/1",
        "day": {
            "date": "2027-04-08",
            "timezone": "Europe/Oslo",
            "opens": "08:00",
            "closes": "09:00",
            "step_minutes": 15,
        },
        "rooms": [{"id": "table01", "seats": 2}, {"id": "table02", "seats": 2}],
        "suppliers": [
            {"id": "business001", "free": [["08:15", "08:30"], ["08:45", "09:00"]]},
            {"id": "business002", "free": [["08:00", "09:00"]]},
            {"id": "business003", "free": [["08:00", "09:00"]]},
        ],
        "meetings": [
            {
                "id": "meeting001",
                "parties": ["business001", "business002"],
                "minutes": 15,
                "required": True,
                "windows": [["08:00", "08:45"]],
                "after": ["meeting003"],
            },
            {
                "id": "meeting002",
                "parties": ["business002", "business003"],
                "minutes": 15,
                "required": True,
                "windows": [["08:45", "09:00"]],
                "start": "08:45",
            },
            {
                "id": "meeting003",
                "parties": ["business001", "business003"],
                "minutes": 15,
                "required": True,
                "windows": [["08:00", "09:00"]],
            },
        ],
        "limits": {"breaks_differ_by": 2},
        "aims": ["breaks"],
    }


def test_an_event_that_is_longer_than_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^long: 65 slots, of which a day holds 64$"):
        day_file(Event("long", 2, 1, 65, 65, (Wanted((0, 1)),)))


def test_the_environment_says_where_the_published_instances_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DIALOGDAG_B2B", raising=False)
    without = folder_of_instances()
    monkeypatch.setenv("DIALOGDAG_B2B", str(tmp_path))

    assert (without, folder_of_instances()) == (None, tmp_path)
