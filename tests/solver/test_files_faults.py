"""Day files that are refused: one fault each, at its place."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.files import MOST_BYTES, FileFault, problem_sha256, read_problem
from tests.solver.day_files import as_file, fullest, smallest, with_change, without

AIMS = "reached, placed, kept, longest_wait, wait, breaks, wishes, panel_rooms, finish"
OFF_GRID = "is not a whole number of steps of 15 minutes after midnight"
NOT_A_LINE = "holds characters that do not belong in a line of text"

# What changes in the document at one path, and what is then said.
FAULTS = [
    # The file and its frame
    ("format", "dialogdag.plan/1", 'format: expected "dialogdag.day/1", found "dialogdag.plan/1"'),
    ("day.date", "2027-02-29", 'day.date: there is no date "2027-02-29"'),
    ("day.date", "20270408", 'day.date: expected a date such as "2027-04-08", found "20270408"'),
    ("day.date", "2027-04-08\n", 'day.date: expected a date such as "2027-04-08", found "2027-04-08\\n"'),
    ("day.timezone", "Europe/Atlantis", 'day.timezone: no time zone "Europe/Atlantis"'),
    ("day.timezone", "Europe", 'day.timezone: no time zone "Europe"'),
    ("day.timezone", "../zone", 'day.timezone: expected a time zone such as "Europe/Oslo", found "../zone"'),
    ("day.closes", "08:30", "day.closes: must be later than the day opens, 08:30"),
    ("day.step_minutes", 0, "day.step_minutes: expected a whole number from 1 to 60, found 0"),
    ("day.step_minutes", 61, "day.step_minutes: expected a whole number from 1 to 60, found 61"),
    ("day", [], "day: expected an object, found a list"),
    ("rooms", {}, "rooms: expected a list, found an object"),
    ("rooms", [], "rooms: expected at least 1, found 0"),
    ("aims", ["placed", "fun"], f'aims[1]: expected one of {AIMS}, found "fun"'),
    ("aims", ["placed", "placed"], 'aims[1]: "placed" is named more than once'),
    # Numbers
    ("rooms[0].seats", True, "rooms[0].seats: expected a whole number, found true"),
    ("rooms[0].seats", 8.0, "rooms[0].seats: expected a whole number, found 8.0"),
    ("rooms[0].seats", "8", 'rooms[0].seats: expected a whole number, found "8"'),
    ("rooms[0].seats", None, "rooms[0].seats: expected a whole number, found null"),
    ("rooms[0].seats", -1, "rooms[0].seats: expected a whole number from 0 to 100000, found -1"),
    ("rooms[0].seats", 10**17, f"rooms[0].seats: expected a whole number from 0 to 100000, found {10**17}"),
    ("rooms[0].seats", 10**4_000, "rooms[0].seats: expected a whole number, found a number of 4001 digits"),
    ("rooms[0].seats", float("nan"), "rooms[0].seats: expected a whole number, found NaN"),
    ("rooms[0].seats", float("-inf"), "rooms[0].seats: expected a whole number, found -Infinity"),
    ("meetings[0].weight", 10**6 + 1, "meetings[0].weight: expected a whole number from 0 to 1000000, found 1000001"),
    ("suppliers[0].online", 1, "suppliers[0].online: expected true or false, found 1"),
    # Times
    ("rooms[0].free", [["09:00", "09:05"]], f'rooms[0].free[0][1]: "09:05" {OFF_GRID}'),
    ("meetings[0].start", "13:01", f'meetings[0].start: "13:01" {OFF_GRID}'),
    ("announced.fixed_until", "10:10", f'announced.fixed_until: "10:10" {OFF_GRID}'),
    ("meetings[0].start", "9:00", 'meetings[0].start: expected a time such as "09:05", found "9:00"'),
    ("meetings[0].start", "24:00", 'meetings[0].start: expected a time such as "09:05", found "24:00"'),
    ("meetings[0].start", "09:00\n", 'meetings[0].start: expected a time such as "09:05", found "09:00\\n"'),
    ("meetings[0].start", "٠٩:٠٠", 'meetings[0].start: expected a time such as "09:05", found "٠٩:٠٠"'),
    ("meetings[0].start", 540, 'meetings[0].start: expected a time such as "09:05", found 540'),
    (
        "rests[0].window",
        ["10:00", "10:00"],
        "rests[0].window: ends at 10:00, which is not later than its start at 10:00",
    ),
    (
        "suppliers[0].wishes[0].to",
        "12:00",
        "suppliers[0].wishes[0]: ends at 12:00, which is not later than its start at 12:30",
    ),
    ("rooms[0].free[0]", ["09:00"], "rooms[0].free[0]: expected a start and an end, found 1 times"),
    ("meetings[0].minutes", 40, "meetings[0].minutes: 40 minutes is not a whole number of steps of 15 minutes"),
    ("sessions[0].minutes", 0, "sessions[0].minutes: expected a whole number from 15 to 1440, found 0"),
    ("sessions[0].minutes", 1455, "sessions[0].minutes: expected a whole number from 15 to 1440, found 1455"),
    # Text
    ("rooms[0].id", "", 'rooms[0].id: expected text, found ""'),
    ("rooms[0].id", "r\u0000", f'rooms[0].id: "r\\u0000" {NOT_A_LINE}'),
    ("rooms[0].id", "r\u2028", f'rooms[0].id: "r\\u2028" {NOT_A_LINE}'),
    ("rooms[0].id", 7, "rooms[0].id: expected text, found 7"),
    ("rooms[0].id", "x" * 1_001, "rooms[0].id: expected at most 1000 characters, found 1001"),
    ("rooms[0].id", "r\u200b1", "rooms[0].id: holds U+200B, which cannot be seen in an id"),
    ("rooms[0].id", "r\u00a01", "rooms[0].id: holds U+00A0, which cannot be seen in an id"),
    ("people[0].id", "kari\u00ad", "people[0].id: holds U+00AD, which cannot be seen in an id"),
    ("panels[0].id", "p\ue000", "panels[0].id: holds U+E000, which cannot be seen in an id"),
    ("suppliers[1].id", "beta\u3164", "suppliers[1].id: holds U+3164, which cannot be seen in an id"),
    ("sessions[0].id", "\U000e0041a", "sessions[0].id: holds U+E0041, which cannot be seen in an id"),
    ("meetings[0].id", "m\ufeff1", "meetings[0].id: holds U+FEFF, which cannot be seen in an id"),
    ("rooms[0].id", "\u202er1", "rooms[0].id: holds U+202E, which turns the direction of the text"),
    ("rooms[0].name", "Bj\u202drk", "rooms[0].name: holds U+202D, which turns the direction of the text"),
    ("rooms[0].name", "\u200fBjørk", "rooms[0].name: holds U+200F, which turns the direction of the text"),
    ("rooms[0].name", "\u200b\u00a0", 'rooms[0].name: expected text, found "\\u200b\\u00a0"'),
    ("rooms[0].name", "", 'rooms[0].name: expected text, found ""'),
    ("sessions[0].title", "a\u2066b", "sessions[0].title: holds U+2066, which turns the direction of the text"),
    ("sessions[0].title", "a\u061c", "sessions[0].title: holds U+061C, which turns the direction of the text"),
    ("sessions[0].title", " \u2800", 'sessions[0].title: expected text, found " \u2800"'),
    ("people[0].buyer", "lar\u200evik", "people[0].buyer: holds U+200E, which turns the direction of the text"),
    # Names
    ("meetings[0].parties[0]", "acm", 'meetings[0].parties[0]: no supplier or panel "acm"'),
    (
        "meetings[0].parties[0]",
        "x\n" + "y" * 900,
        'meetings[0].parties[0]: no supplier or panel "x\\n' + "y" * 58 + '…"',
    ),
    (
        "meetings[0].parties[0]",
        ["acme"],
        "meetings[0].parties[0]: expected the id of a supplier or panel, found a list",
    ),
    ("meetings[0].parties", ["acme"], "meetings[0].parties: expected at least 2, found 1"),
    ("meetings[0].parties", ["acme", "acme"], 'meetings[0].parties[1]: "acme" is named more than once'),
    ("meetings[0].rooms", [], "meetings[0].rooms: expected at least 1, found 0"),
    ("meetings[0].rooms", ["r9"], 'meetings[0].rooms[0]: no room "r9"'),
    ("meetings[0].room", "r9", 'meetings[0].room: no room "r9"'),
    ("meetings[0].after", ["m9"], 'meetings[0].after[0]: no session or meeting "m9"'),
    ("sessions[1].rooms", [], "sessions[1].rooms: expected at least 1, found 0"),
    ("sessions[0].suppliers", "some", 'sessions[0].suppliers: expected "all" or a list, found "some"'),
    ("sessions[0].people", ["acme"], 'sessions[0].people[0]: no person "acme"'),
    ("sessions[0].panels", ["acme"], 'sessions[0].panels[0]: no panel "acme"'),
    ("panels[0].rooms", [], "panels[0].rooms: expected at least 1, found 0"),
    ("panels[0].members", ["kari", "per"], 'panels[0].members[1]: no person "per"'),
    ("people[0].barred", ["p1"], 'people[0].barred[0]: no supplier "p1"'),
    ("rests[0].who", "panels", 'rests[0].who: expected "all", "people", "suppliers" or a list, found "panels"'),
    ("rests[0].who", ["p1"], 'rests[0].who[0]: no person or supplier "p1"'),
    ("apart[0].suppliers", ["kari"], 'apart[0].suppliers[0]: no supplier "kari"'),
    ("announced.meetings[0].id", "plenary", 'announced.meetings[0].id: no meeting "plenary"'),
    ("announced.meetings[0].room", "r9", 'announced.meetings[0].room: no room "r9"'),
    ("travel.between[0]", ["aula", "r9", 5], 'travel.between[0][1]: no room "r9"'),
    ("travel.between[0]", ["r1", "r1", 5], 'travel.between[0]: "r1" is no distance from itself'),
    ("travel.between[0]", ["r1", "aula"], "travel.between[0]: expected two rooms and minutes, found 2 items"),
    ("travel.between[0][2]", -5, "travel.between[0][2]: expected a whole number from 0 to 1440, found -5"),
    # Ids that are taken
    ("rooms[1].id", "aula", 'rooms[1].id: the id "aula" is already taken'),
    ("people[1].id", "kari", 'people[1].id: the id "kari" is already taken'),
    ("suppliers[1].id", "p1", 'suppliers[1].id: the id "p1" is already taken'),
    ("meetings[0].id", "lunch", 'meetings[0].id: the id "lunch" is already taken'),
    # Keys
    ("meetings[0].colour", "red", "meetings[0].colour: unknown key"),
    ("limits.a b", 1, 'limits["a b"]: unknown key'),
    (
        "panels[0].needs.skills.ict",
        -1,
        "panels[0].needs.skills.ict: expected a whole number from 0 to 100000, found -1",
    ),
    ("panels[0].stretch", {"minutes": 100}, "panels[0].stretch.rest_minutes: is missing"),
]


@pytest.mark.parametrize(("path", "value", "fault"), FAULTS)
def test_a_fault_is_told_with_its_place(path: str, value: object, fault: str) -> None:
    assert _fault(as_file(with_change(fullest(), path, value))) == fault


@pytest.mark.parametrize(
    "path",
    [
        "format",
        "day",
        "rooms",
        "meetings",
        "day.date",
        "day.timezone",
        "day.opens",
        "day.closes",
        "rooms[0].id",
        "rooms[0].seats",
        "people[0].id",
        "people[0].buyer",
        "panels[0].id",
        "panels[0].members",
        "suppliers[1].id",
        "suppliers[0].wishes[0].from",
        "sessions[0].id",
        "sessions[0].kind",
        "sessions[0].minutes",
        "meetings[0].id",
        "meetings[0].parties",
        "meetings[0].minutes",
        "rests[0].who",
        "rests[0].minutes",
        "rests[0].window",
        "apart[0].suppliers",
        "apart[0].minutes",
        "announced.meetings[0].id",
        "announced.meetings[0].start",
        "announced.meetings[0].room",
    ],
)
def test_what_is_mandatory_is_missed(path: str) -> None:
    assert _fault(as_file(without(fullest(), path))) == f"{path}: is missing"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "not JSON at line 1, column 1: Expecting value"),
        (b'{"format": }', "not JSON at line 1, column 12: Expecting value"),
        (b"[]", "expected an object, found a list"),
        (b"\xff\xfe{\x00}\x00", "the text is not UTF-8 (byte 1)"),
        (b'{"format": "\xed\xa0\x80"}', "the text is not UTF-8 (byte 13)"),
        (b"\xef\xbb\xbf{}", "the file begins with a byte order mark; save it as UTF-8 without one"),
        (b"[" * 100_000, "the file is nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "the file is nested too deeply"),
        (b" " * (MOST_BYTES + 1), "the file is larger than 8 MB"),
    ],
    ids=["empty", "cut", "list", "utf-16", "surrogate", "mark", "lists", "objects", "large"],
)
def test_what_is_no_json_file_is_refused_as_a_whole(content: bytes, fault: str) -> None:
    with pytest.raises(FileFault) as refused:
        read_problem(content)

    assert (refused.value.path, refused.value.message, str(refused.value)) == ("", fault, fault)


def test_a_file_of_just_eight_megabytes_is_read() -> None:
    content = as_file(smallest())

    assert read_problem(content.ljust(MOST_BYTES)) == read_problem(content)


@pytest.mark.parametrize(
    ("date", "zone", "opens", "closes", "first", "last"),
    [
        ("2027-03-28", "Europe/Oslo", "01:00", "04:00", "02:00", "03:00"),
        ("2027-10-31", "Europe/Oslo", "01:00", "04:00", "02:00", "03:00"),
        ("2027-03-28", "Europe/Oslo", "02:30", "09:00", "02:00", "03:00"),
        ("2027-10-31", "Europe/Oslo", "00:00", "02:00", "02:00", "03:00"),
        ("2027-03-28", "Atlantic/Azores", "00:30", "12:00", "00:00", "01:00"),
        ("2027-04-04", "Australia/Lord_Howe", "01:45", "12:00", "01:30", "02:00"),
        ("2011-12-30", "Pacific/Apia", "09:00", "12:00", "00:00", "24:00"),
    ],
)
def test_a_day_in_which_the_clock_changes_is_refused(
    date: str, zone: str, opens: str, closes: str, first: str, last: str
) -> None:
    day = {"date": date, "timezone": zone, "opens": opens, "closes": closes, "step_minutes": 15}

    sentence = f"day: the clock changes between {first} and {last}; the day must open later or close earlier"
    assert _fault(as_file(with_change(smallest(), "day", day))) == sentence


@pytest.mark.parametrize(
    ("date", "zone", "opens", "closes"),
    [
        ("2027-03-28", "Europe/Oslo", "03:00", "09:00"),
        ("2027-03-28", "Europe/Oslo", "00:00", "01:55"),
        ("2027-10-31", "Europe/Oslo", "03:00", "09:00"),
        ("2027-10-31", "Europe/Oslo", "00:00", "01:55"),
        ("2027-03-28", "UTC", "01:00", "04:00"),
        ("2027-03-27", "Europe/Oslo", "01:00", "04:00"),
        ("2027-03-28", "America/New_York", "01:00", "04:00"),
    ],
)
def test_a_day_that_opens_after_the_clock_has_changed_or_closes_before_is_read(
    date: str, zone: str, opens: str, closes: str
) -> None:
    day = {"date": date, "timezone": zone, "opens": opens, "closes": closes}

    assert str(read_problem(as_file(with_change(smallest(), "day", day))).day.date) == date


def test_names_may_join_and_part_their_letters_and_ids_may_hold_spaces() -> None:
    document = with_change(smallest(), "rooms[0].name", "می\u200cخواهم 👩\u200d🚀")
    room = read_problem(as_file(with_change(document, "rooms[0].id", "rom 1"))).rooms[0]

    assert (room.id, room.name) == ("rom 1", "می\u200cخواهم 👩\u200d🚀")


def test_a_repeated_key_is_refused_where_it_stands() -> None:
    content = as_file(smallest()).replace(b'"seats": 8', b'"seats": 8, "id": "r2"')

    assert _fault(content) == "rooms[0].id: key given more than once"


def test_half_a_character_is_no_text() -> None:
    content = as_file(smallest()).replace(b'"larvik"', b'"\\ud83d"')

    assert _fault(content) == f'people[0].buyer: "\\ud83d" {NOT_A_LINE}'


def test_ids_that_read_the_same_are_one_id() -> None:
    document = smallest()
    document["rooms"] = [{"id": "Bjørkvåg", "seats": 8}, {"id": "Bjørkva\u030ag", "seats": 8}]

    assert _fault(as_file(document)) == 'rooms[1].id: the id "Bjørkva\u030ag" is already taken'


def test_a_meeting_is_announced_once() -> None:
    document = fullest()
    document["announced"]["meetings"] *= 2

    assert _fault(as_file(document)) == 'announced.meetings[1].id: "m1" is named more than once'


def test_two_rooms_have_one_distance() -> None:
    document = fullest()
    document["travel"]["between"] = [["aula", "r1", 12], ["r1", "aula", 12], ["r1", "aula", 13]]

    assert _fault(as_file(document)) == 'travel.between[2]: "r1" and "aula" are given another distance above'


@pytest.mark.parametrize(
    ("after", "fault"),
    [
        ({"m1": ["m1"]}, 'meetings[0].after[0]: "m1" would come after itself, in a circle of 1'),
        ({"m2": ["o", "m3"], "m3": ["m2"]}, 'meetings[1].after[1]: "m2" would come after itself, in a circle of 2'),
        (
            {"o": ["m3"], "m1": ["o"], "m2": ["m1"], "m3": ["m2"]},
            'sessions[0].after[0]: "o" would come after itself, in a circle of 4',
        ),
    ],
)
def test_nothing_comes_after_itself(after: dict[str, list[str]], fault: str) -> None:
    document = smallest()
    document["sessions"] = [{"id": "o", "kind": "break", "minutes": 5, "after": after.get("o", [])}]
    document["meetings"] = [
        {"id": name, "parties": ["acme", "p1"], "minutes": 30, "after": after.get(name, [])}
        for name in ("m1", "m2", "m3")
    ]

    assert _fault(as_file(document)) == fault


def test_a_long_chain_is_no_circle() -> None:
    document = smallest()
    document["meetings"] = [
        {"id": f"m{number}", "parties": ["acme", "p1"], "minutes": 30, "after": [f"m{number + 1}"] * (number < 1_999)}
        for number in range(2_000)
    ]

    assert len(read_problem(as_file(document)).meetings) == 2_000


def test_of_several_faults_the_first_in_reading_order_is_told() -> None:
    document = with_change(fullest(), "meetings[0].parties[0]", "acm")
    document = with_change(document, "people[0].barred", ["acm"])

    assert _fault(as_file(document)) == 'people[0].barred[0]: no supplier "acm"'


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from([path for path, _, _ in FAULTS]), JSON_VALUES)
def test_whatever_stands_anywhere_the_day_is_read_or_refused_in_one_line(path: str, value: Any) -> None:
    content = json.dumps(with_change(fullest(), path, value)).encode()

    said = ""
    try:
        read_problem(content)
    except FileFault as fault:
        said = str(fault)

    assert (said.isprintable(), len(said) < 600) == (True, True)


@given(st.binary(max_size=40) | st.text('[]{}":,0123.eE-ntf \\u', max_size=40).map(str.encode))
def test_whatever_the_bytes_only_a_fault_comes_out(content: bytes) -> None:
    with suppress(FileFault):
        problem_sha256(content)
    with pytest.raises(FileFault):
        read_problem(content)


def _fault(content: bytes) -> str:
    with pytest.raises(FileFault) as refused:
        read_problem(content)
    return str(refused.value)
