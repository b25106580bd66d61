"""Plans read from files and written to files, against the day they are for."""

import json

import pytest

from solver.files import FileFault, read_plan, read_problem, write_plan
from solver.plan import AimResult, Move, Place, PlacedMeeting, PlacedSession, Plan, Status
from solver.problem import Aim
from tests.solver.day_files import Document, as_file, fullest, with_change, without
from tests.solver.factories import at

DAY = read_problem(as_file(fullest()))
SHA256 = "d65d00784a7a5d605906d7c2e87e4b21ea18c0a231528e192c27546c1ec826c4"

PLAN = Plan(
    status=Status.OPTIMAL,
    sessions=(
        PlacedSession("lunch", at("11:00"), at("11:30"), None),
        PlacedSession("plenary", at("09:00"), at("11:00"), "aula"),
    ),
    meetings=(PlacedMeeting("m1", at("13:00"), at("13:45"), "r1", ("kari", "ola")),),
    unplaced=(),
    aims=(AimResult(Aim.PLACED, 3, 3, proven=True), AimResult(Aim.FINISH, 315, None, proven=False)),
    seed=1,
    workers=2,
    solver="OR-Tools 9.15 CP-SAT",
    seconds=1.8,
    problem_sha256=SHA256,
)


def plan_document() -> Document:
    return {
        "format": "dialogdag.plan/1",
        "status": "optimal",
        "sessions": [
            {"id": "plenary", "start": "09:00", "end": "11:00", "room": "aula"},
            {"id": "lunch", "start": "11:00", "end": "11:30", "room": None},
        ],
        "meetings": [{"id": "m1", "start": "13:00", "end": "13:45", "room": "r1", "people": ["ola", "kari"]}],
        "unplaced": [],
        "aims": [
            {"aim": "placed", "value": 3, "bound": 3, "proven": True},
            {"aim": "finish", "value": 315, "bound": None, "proven": False},
        ],
        "seed": 1,
        "workers": 2,
        "solver": "OR-Tools 9.15 CP-SAT",
        "seconds": 1.8,
        "problem_sha256": SHA256,
    }


def test_a_plan_is_read_with_its_lists_sorted() -> None:
    assert read_plan(as_file(plan_document()), DAY) == PLAN


def test_a_plan_is_written_in_the_order_of_the_format_and_reads_back_the_same() -> None:
    written = write_plan(PLAN)

    assert read_plan(written, DAY) == PLAN
    assert list(json.loads(written)) == list(plan_document())
    assert written.decode().splitlines()[3:11] == [
        '  "sessions": [',
        '    {"id": "lunch", "start": "11:00", "end": "11:30", "room": null},',
        '    {"id": "plenary", "start": "09:00", "end": "11:00", "room": "aula"}',
        "  ],",
        '  "meetings": [{"id": "m1", "start": "13:00", "end": "13:45", "room": "r1", "people": ["kari", "ola"]}],',
        '  "unplaced": [],',
        '  "aims": [',
        '    {"aim": "placed", "value": 3, "bound": 3, "proven": true},',
    ]
    assert written.endswith(b'"\n}\n')


def test_a_plan_that_was_not_found_is_a_plan_without_places() -> None:
    empty = {**plan_document(), "status": "infeasible", "sessions": [], "meetings": [], "aims": [], "seconds": 0}

    read = read_plan(as_file(empty), DAY)

    assert (read.status, read.sessions, read.meetings, read.aims, read.seconds) == (Status.INFEASIBLE, (), (), (), 0.0)


def test_what_is_wrong_with_a_plan_but_can_be_read_is_left_to_the_check() -> None:
    document = with_change(plan_document(), "meetings[0].end", "14:00")
    document = with_change(document, "unplaced", ["m1"])
    document = with_change(document, "problem_sha256", "")

    read = read_plan(as_file(document), DAY)

    assert (read.meetings[0].end, read.unplaced, read.problem_sha256) == (at("14:00"), ("m1",), "")


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("format", "dialogdag.day/1", 'format: expected "dialogdag.plan/1", found "dialogdag.day/1"'),
        ("status", "good", 'status: expected one of optimal, feasible, infeasible, unknown, found "good"'),
        ("sessions[0].id", "m1", 'sessions[0].id: no session "m1"'),
        ("sessions[1].id", "plenary", 'sessions[1].id: "plenary" is named more than once'),
        ("sessions[0].room", "r9", 'sessions[0].room: no room "r9"'),
        ("sessions[0].people", [], "sessions[0].people: unknown key"),
        ("meetings[0].id", "m9", 'meetings[0].id: no meeting "m9"'),
        ("meetings[0].room", None, "meetings[0].room: expected the id of a room, found null"),
        ("meetings[0].people[1]", "acme", 'meetings[0].people[1]: no person "acme"'),
        ("meetings[0].people[1]", "ola", 'meetings[0].people[1]: "ola" is named more than once'),
        (
            "meetings[0].start",
            "13:05",
            'meetings[0].start: "13:05" is not a whole number of steps of 15 minutes after midnight',
        ),
        ("meetings[0].end", "13:00", "meetings[0]: ends at 13:00, which is not later than its start at 13:00"),
        ("unplaced", ["m9"], 'unplaced[0]: no meeting "m9"'),
        ("unplaced", ["m1", "m1"], 'unplaced[1]: "m1" is named more than once'),
        ("aims[1].aim", "placed", 'aims[1].aim: "placed" is named more than once'),
        ("aims[0].value", 3.0, "aims[0].value: expected a whole number, found 3.0"),
        ("aims[0].bound", True, "aims[0].bound: expected a whole number, found true"),
        ("aims[0].proven", 1, "aims[0].proven: expected true or false, found 1"),
        ("seconds", float("nan"), "seconds: expected a number of seconds, found NaN"),
        ("seconds", -1, "seconds: expected a number of seconds, found -1"),
        ("seconds", True, "seconds: expected a number of seconds, found true"),
        ("seed", -1, "seed: expected a whole number from 0 to 1000000000000000, found -1"),
        ("solver", None, "solver: expected text, found null"),
        ("note", "", "note: unknown key"),
    ],
)
def test_a_fault_is_told_with_its_place(path: str, value: object, fault: str) -> None:
    with pytest.raises(FileFault) as refused:
        read_plan(as_file(with_change(plan_document(), path, value)), DAY)

    assert str(refused.value) == fault


def test_what_a_plan_moves_is_read_and_written() -> None:
    document = plan_document()
    moved = [
        {"id": "m2", "from": {"start": "13:00", "room": "r1"}, "to": None},
        {"id": "m1", "from": {"start": "12:45", "room": "aula"}, "to": {"start": "13:00", "room": "r1"}},
    ]
    day = with_change(fullest(), "meetings", [fullest()["meetings"][0], {**fullest()["meetings"][0], "id": "m2"}])

    plan = read_plan(as_file({**document, "moved": moved}), read_problem(as_file(day)))

    assert plan.moved == (
        Move("m1", Place(at("12:45"), "aula"), Place(at("13:00"), "r1")),
        Move("m2", Place(at("13:00"), "r1"), None),
    )
    written = json.loads(write_plan(plan))
    assert (list(written)[:6], written["moved"]) == ([*list(document)[:5], "moved"], moved[::-1])


def test_a_plan_that_moves_nobody_says_so_and_one_that_does_not_tell_says_nothing() -> None:
    plans = [read_plan(as_file(document), DAY) for document in (plan_document(), {**plan_document(), "moved": []})]

    assert [plan.moved for plan in plans] == [None, ()]
    assert [json.loads(write_plan(plan)).get("moved") for plan in plans] == [None, []]


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("moved", {}, "moved: expected a list, found an object"),
        ("moved[0].id", "m9", 'moved[0].id: no meeting "m9"'),
        ("moved[0].from", None, "moved[0].from: expected an object, found null"),
        ("moved[0].from.room", "r9", 'moved[0].from.room: no room "r9"'),
        ("moved[0].to.people", [], "moved[0].to.people: unknown key"),
        ("moved[0].to", {"start": "13:00"}, "moved[0].to.room: is missing"),
    ],
)
def test_a_fault_in_what_is_moved_is_told_with_its_place(path: str, value: object, fault: str) -> None:
    place = {"start": "13:00", "room": "r1"}
    document = {**plan_document(), "moved": [{"id": "m1", "from": place, "to": {**place, "room": "aula"}}]}

    with pytest.raises(FileFault) as refused:
        read_plan(as_file(with_change(document, path, value)), DAY)

    assert str(refused.value) == fault


def test_a_meeting_is_moved_once() -> None:
    move = {"id": "m1", "from": {"start": "13:00", "room": "r1"}, "to": None}

    with pytest.raises(FileFault) as refused:
        read_plan(as_file({**plan_document(), "moved": [move, move]}), DAY)

    assert str(refused.value) == 'moved[1].id: "m1" is named more than once'


@pytest.mark.parametrize("key", list(plan_document()))
def test_every_key_of_a_plan_is_mandatory(key: str) -> None:
    with pytest.raises(FileFault) as refused:
        read_plan(as_file(without(plan_document(), key)), DAY)

    assert str(refused.value) == f"{key}: is missing"
