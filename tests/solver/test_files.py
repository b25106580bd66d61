"""Days read from files and written to files: defaults, `"all"`, the way there and back, and the fingerprint."""

import json
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from solver.files import problem_sha256, read_problem, write_problem
from solver.problem import (
    DEFAULT_AIMS,
    Aim,
    AnnouncedMeeting,
    Apart,
    Day,
    Meeting,
    Needs,
    Panel,
    Person,
    Problem,
    Rest,
    Room,
    Session,
    Span,
    Stretch,
    Supplier,
    Travel,
    Wish,
)
from tests.counting import calls_of
from tests.solver.day_files import Document, as_file, fullest, smallest
from tests.solver.factories import at, spans
from tests.solver.random_days import day_documents

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.day.json"))


def test_a_key_that_is_left_out_has_its_default() -> None:
    whole_day = spans("09:00-12:00")

    assert read_problem(as_file(smallest())) == Problem(
        day=Day(date(2027, 4, 8), "Europe/Oslo", at("09:00"), at("12:00"), step=5),
        rooms=(Room("r1", "r1", 8, frozenset(), whole_day),),
        travel=Travel(0, {}),
        people=(Person("kari", "larvik", frozenset(), whole_day, frozenset()),),
        panels=(Panel("p1", ("kari",), Needs(1, 0, {}), ("r1",), stays=True, pause_minutes=0, stretch=None),),
        suppliers=(Supplier("acme", 1, online=False, free=whole_day, wishes=()), _supplier("beta")),
        meetings=(_meeting("m1", ("acme", "p1")),),
        aims=DEFAULT_AIMS,
    )


def test_every_key_is_read() -> None:
    late, early = Span(at("10:45"), at("16:30")), Span(at("08:30"), at("16:30"))

    assert read_problem(as_file(fullest())) == Problem(
        day=Day(date(2027, 4, 8), "Europe/Oslo", at("08:30"), at("16:30"), step=15),
        rooms=(
            Room("aula", "Aulaen", 120, frozenset({"video"}), spans("08:30-16:00")),
            Room("r1", "Bjørk", 8, frozenset(), ()),
        ),
        travel=Travel(7, {frozenset({"aula", "r1"}): 12}),
        people=(
            Person("kari", "larvik", frozenset({"health", "minutes"}), spans("08:30-15:00"), frozenset({"acme"})),
            Person("ola", "skien", frozenset(), (early,), frozenset()),
        ),
        panels=(
            Panel(
                "p1",
                ("kari", "ola"),
                Needs(2, 2, {"minutes": 1}),
                ("r1",),
                stays=False,
                pause_minutes=7,
                stretch=Stretch(100, 10),
            ),
        ),
        suppliers=(
            Supplier("acme", 3, online=True, free=(late,), wishes=(Wish(Span(at("12:30"), at("14:00")), 2),)),
            Supplier("beta", 1, online=False, free=(early,), wishes=()),
        ),
        sessions=(
            Session(
                id="plenary",
                title="Dialogkonferanse",
                kind="plenary",
                minutes=120,
                windows=spans("09:00-12:00"),
                rooms=("aula",),
                suppliers=("acme", "beta"),
                panels=("p1",),
                people=("kari", "ola"),
                after=(),
            ),
            Session(
                id="lunch",
                title="Lunsj",
                kind="break",
                minutes=30,
                windows=spans("11:00-13:00"),
                rooms=(),
                suppliers=(),
                panels=(),
                people=("kari",),
                after=("plenary",),
            ),
        ),
        meetings=(
            Meeting(
                id="m1",
                parties=("acme", "p1"),
                minutes=45,
                required=True,
                weight=3,
                after=("lunch",),
                windows=spans("12:30-16:30"),
                rooms=("r1",),
                start=at("13:00"),
                room="r1",
            ),
        ),
        rests=(Rest(("beta",), ("kari",), 20, Span(at("13:00"), at("15:00"))),),
        apart=(Apart(("acme", "beta"), 10),),
        breaks_differ_by=1,
        announced=(AnnouncedMeeting("m1", at("13:00"), "r1"),),
        fixed_until=at("10:00"),
        aims=(Aim.PLACED, Aim.FINISH),
    )


def test_all_in_a_session_means_everyone_in_that_list() -> None:
    session = {"id": "o", "kind": "plenary", "minutes": 30, "suppliers": "all", "panels": "all", "people": "all"}

    (read,) = read_problem(as_file({**smallest(), "sessions": [session]})).sessions

    assert (read.suppliers, read.panels, read.people) == (("acme", "beta"), ("p1",), ("kari",))


@pytest.mark.parametrize(("kind", "rooms"), [("break", ()), ("plenary", ("r1", "r2")), ("workshop", ("r1", "r2"))])
def test_a_session_without_rooms_needs_none_when_it_is_a_break_and_may_otherwise_use_all(
    kind: str, rooms: tuple[str, ...]
) -> None:
    document = smallest()
    document["rooms"].append({"id": "r2", "seats": 8})
    document["sessions"] = [{"id": "o", "kind": kind, "minutes": 30}]

    assert read_problem(as_file(document)).sessions[0].rooms == rooms


@pytest.mark.parametrize(
    ("who", "suppliers", "people"),
    [
        ("all", ("acme", "beta"), ("kari", "beta")),
        ("suppliers", ("acme", "beta"), ()),
        ("people", (), ("kari", "beta")),
        (["kari", "acme"], ("acme",), ("kari",)),
        (["beta", "acme"], ("acme", "beta"), ("beta",)),
        ([], (), ()),
    ],
)
def test_a_rest_is_for_those_named_and_an_id_of_both_kinds_means_both(
    who: object, suppliers: tuple[str, ...], people: tuple[str, ...]
) -> None:
    document = smallest()
    document["people"].append({"id": "beta", "buyer": "skien"})
    document["rests"] = [{"who": who, "minutes": 30, "window": ["10:00", "11:00"]}]

    (rest,) = read_problem(as_file(document)).rests

    assert (rest.suppliers, rest.people) == (suppliers, people)


@pytest.mark.parametrize(
    ("given", "needs"),
    [
        ({}, Needs(1, 0, {})),
        ({"buyers": 2}, Needs(1, 2, {})),
        ({"people": 0, "skills": {"ict": 1}}, Needs(0, 0, {"ict": 1})),
    ],
)
def test_needs_that_are_given_in_part_are_filled_in(given: Document, needs: Needs) -> None:
    document = smallest()
    document["panels"][0]["needs"] = given

    assert read_problem(as_file(document)).panels[0].needs == needs


def test_a_part_may_name_another_that_stands_further_down() -> None:
    document = smallest()
    document["people"][0]["barred"] = ["beta"]
    document["meetings"] = [
        {"id": "m1", "parties": ["acme", "p1"], "minutes": 30, "after": ["m2"]},
        {"id": "m2", "parties": ["beta", "p1"], "minutes": 30},
    ]

    problem = read_problem(as_file(document))

    assert (problem.people[0].barred, problem.meetings[0].after) == (frozenset({"beta"}), ("m2",))


def test_a_window_may_lie_outside_the_day_or_be_missing_altogether() -> None:
    document = smallest()
    document["suppliers"][0]["free"] = [["07:00", "09:30"], ["13:00", "14:00"]]
    document["suppliers"][1]["free"] = []

    assert [supplier.free for supplier in read_problem(as_file(document)).suppliers] == [
        spans("07:00-09:30", "13:00-14:00"),
        (),
    ]


@pytest.mark.parametrize("document", [smallest(), fullest()], ids=["smallest", "fullest"])
def test_a_day_that_is_written_and_read_is_the_same_day(document: Document) -> None:
    problem = read_problem(as_file(document))

    assert read_problem(write_problem(problem)) == problem


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(day_documents())
def test_any_day_that_is_written_and_read_is_the_same_day(document: Document) -> None:
    problem = read_problem(as_file(document))

    written = write_problem(problem)

    assert read_problem(written) == problem
    assert write_problem(read_problem(written)) == written


def test_a_day_is_written_with_every_default_in_the_order_of_the_format() -> None:
    written = json.loads(write_problem(read_problem(as_file(smallest()))))

    assert list(written) == list(fullest())
    assert written["meetings"] == [
        {
            "id": "m1",
            "parties": ["acme", "p1"],
            "minutes": 30,
            "required": False,
            "weight": 1,
            "after": [],
            "windows": [["09:00", "12:00"]],
            "rooms": ["r1"],
            "start": None,
            "room": None,
        }
    ]


def test_a_day_is_written_for_people_to_read() -> None:
    written = write_problem(read_problem(as_file(fullest()))).decode()

    assert written.startswith('{\n  "format": "dialogdag.day/1",\n  "day": {"date": "2027-04-08", ')
    assert '\n    {"id": "r1", "name": "Bjørk", "seats": 8, "features": [], "free": []}\n  ],\n' in written
    assert written.endswith('\n  "aims": ["placed", "finish"]\n}\n')
    assert max(len(line) for line in written.splitlines()) <= 120


def test_the_fingerprint_is_that_of_the_canonical_text_of_what_was_given() -> None:
    # sha256sum of {"a":[1,"ø\n"],"b":{"c":null,"d":1.5}}
    given = b'{ "b": {"d": 1.5, "c": null},\n "a": [1, "\\u00f8\\n"] }'

    assert problem_sha256(given) == "76eb66d76d4087db9da7cb8693a326ed8ff40f3caa1811e0455703bd9b6891ef"


def test_layout_and_order_of_keys_leave_the_fingerprint_and_defaults_change_it() -> None:
    document = smallest()
    backwards = dict(reversed(document.items()))

    assert problem_sha256(json.dumps(backwards, indent=4).encode()) == problem_sha256(as_file(document))
    assert problem_sha256(as_file({**document, "rests": []})) != problem_sha256(as_file(document))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name.removesuffix(".day.json"))
def test_every_example_is_a_day_that_survives_the_way_there_and_back(example: Path) -> None:
    problem = read_problem(example.read_bytes())

    assert read_problem(write_problem(problem)) == problem


def _many(meetings: int) -> bytes:
    document = smallest()
    document["suppliers"] = [{"id": f"s{number}"} for number in range(400)]
    full = {"required": False, "weight": 1, "after": [], "windows": [["09:00", "12:00"]], "rooms": ["r1"]}
    document["meetings"] = [
        {"id": f"m{number}", "parties": [f"s{number % 400}", "p1"], "minutes": 30, "start": None, **full}
        for number in range(meetings)
    ]
    return as_file(document)


def test_the_work_of_reading_grows_no_faster_than_the_meetings() -> None:
    few, many = (calls_of(partial(read_problem, _many(count))) for count in (500, 2_000))

    assert many < 5 * few


def _supplier(name: str) -> Supplier:
    return Supplier(name, 1, online=False, free=spans("09:00-12:00"), wishes=())


def _meeting(name: str, parties: tuple[str, ...]) -> Meeting:
    return Meeting(
        id=name,
        parties=parties,
        minutes=30,
        required=False,
        weight=1,
        after=(),
        windows=spans("09:00-12:00"),
        rooms=("r1",),
        start=None,
        room=None,
    )
