"""How large a day may be: the largest is read, and one more of anything is refused with the limit named."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from solver.files import FileFault, read_problem
from tests.solver.command_line import run, said
from tests.solver.day_files import Document, as_file, smallest, with_change

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "day.schema.json").read_bytes())
Grown = Callable[[int], Document]


def grown(path: str, item: Callable[[int], object]) -> Grown:
    """The smallest day with a list of so many items at a path, behind those it has already."""
    return lambda count: with_change(smallest(), path, [item(number) for number in range(count)])


def more(key: str, **values: object) -> Grown:
    """The smallest day with one of its lists filled up to so many things."""

    def fill(count: int) -> Document:
        first = smallest().get(key, [])
        filled = [*first, *({"id": f"{key}{number}", **values} for number in range(count - len(first)))]
        return {**smallest(), key: filled}

    return fill


def people_and(path: str) -> Grown:
    """The smallest day with so many people, each named at a path."""

    def fill(count: int) -> Document:
        names = [f"k{number}" for number in range(count)]
        return with_change({**smallest(), "people": [{"id": name, "buyer": "b"} for name in names]}, path, names)

    return fill


def parties(count: int) -> Document:
    names = [f"s{number}" for number in range(count)]
    document = {**smallest(), "suppliers": [{"id": name} for name in names]}
    return with_change(document, "meetings[0].parties", names)


def earlier(count: int) -> Document:
    names = [f"m{number}" for number in range(1, count + 1)]
    others = [{"id": name, "parties": ["acme", "p1"], "minutes": 30} for name in names]
    return {**smallest(), "meetings": [{**smallest()["meetings"][0], "id": "m0", "after": names}, *others]}


def distances(count: int) -> Document:
    document = {**smallest(), "rooms": [{"id": "r1", "seats": 8}, {"id": "r2", "seats": 8}]}
    return {**document, "travel": {"between": [["r1", "r2", 5]] * count}}


SPAN = ["09:00", "10:00"]
REST = {"who": "all", "minutes": 0, "window": SPAN}
APART = {"suppliers": ["acme", "beta"], "minutes": 0}
LIMITS: list[tuple[str, int, str, Grown]] = [
    ("rooms", 60, "rooms", more("rooms", seats=8)),
    ("people", 1_000, "people", more("people", buyer="larvik")),
    ("panels", 200, "panels", more("panels", members=[])),
    ("suppliers", 400, "suppliers", more("suppliers")),
    ("sessions", 100, "sessions", more("sessions", kind="break", minutes=5)),
    ("meetings", 2_000, "meetings", more("meetings", parties=["acme", "p1"], minutes=30)),
    ("rests", 100, "rests", grown("rests", lambda _: REST)),
    ("apart", 100, "groups", grown("apart", lambda _: APART)),
    ("travel.between", 3_600, "distances", distances),
    ("rooms[0].free", 100, "windows", grown("rooms[0].free", lambda _: SPAN)),
    ("rooms[0].features", 100, "words", grown("rooms[0].features", lambda number: f"w{number}")),
    ("people[0].skills", 100, "words", grown("people[0].skills", lambda number: f"w{number}")),
    ("panels[0].members", 100, "members", people_and("panels[0].members")),
    (
        "panels[0].needs.skills",
        100,
        "skills",
        lambda count: with_change(smallest(), "panels[0].needs", {"skills": {f"w{n}": 0 for n in range(count)}}),
    ),
    (
        "suppliers[0].wishes",
        20,
        "wishes",
        grown("suppliers[0].wishes", lambda _: {"from": "09:00", "to": "10:00"}),
    ),
    ("meetings[0].parties", 20, "parties", parties),
    ("meetings[0].after", 100, "activities", earlier),
]


@pytest.mark.parametrize(("path", "most", "things", "grow"), LIMITS, ids=[limit[0] for limit in LIMITS])
def test_as_many_as_may_be_are_read_and_one_more_is_refused(path: str, most: int, things: str, grow: Grown) -> None:
    largest, too_large = grow(most), grow(most + 1)

    read_problem(as_file(largest))
    with pytest.raises(FileFault) as refused:
        read_problem(as_file(too_large))

    assert str(refused.value) == f"{path}: {most + 1:,} {things}, at most {most:,}"
    assert Draft202012Validator(SCHEMA).is_valid(largest)
    assert not Draft202012Validator(SCHEMA).is_valid(too_large)


def test_a_day_has_at_most_288_steps() -> None:
    document = with_change(smallest(), "day.step_minutes", 1)

    read_problem(as_file(with_change(document, "day.closes", "13:48")))
    with pytest.raises(FileFault) as refused:
        read_problem(as_file(with_change(document, "day.closes", "13:49")))

    assert str(refused.value) == "day: 289 steps from 09:00 to 13:49, at most 288"


def test_the_command_line_names_the_limit_before_it_solves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("day.json").write_bytes(as_file(more("meetings", parties=["acme", "p1"], minutes=30)(2_001)))

    result = run("solve", "day.json", "--out", "plan.json")

    assert said(result) == (2, "", "day.json: meetings: 2,001 meetings, at most 2,000\n")
    assert not Path("plan.json").exists()
