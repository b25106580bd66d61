"""Remedies help, have been solved, and ask no more than they must."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings

from solver.explaining.changes import Change, close_later, shorter_pause
from solver.explaining.conflicts import find_conflicts
from solver.explaining.patience import Patience
from solver.explaining.remedies import Remedy, find_remedies
from solver.limits import Limits
from solver.plan import Status
from solver.problem import Aim, Needs, Problem
from solver.solve import solve
from tests.solver.culprits import BROKEN_PROMISE, FIRST, LATE, OTHER
from tests.solver.exhaustive import all_lawful_times
from tests.solver.factories import SHA256, panel, person, room, session, spans, supplier
from tests.solver.morning import KARI, morning
from tests.solver.strategies import small_days
from tests.solver.test_capacity import asked
from tests.solver.test_explain_conflicts import NAMED, every_meeting_required, rooms_in_turn

Facts = Mapping[str, object]


def remedies(problem: Problem) -> tuple[Remedy, ...]:
    return find_remedies(problem, find_conflicts(problem, Patience(60)), Patience(60))


def told(problem: Problem) -> list[tuple[str, Facts, int]]:
    return [(each.change.kind, each.change.facts, each.placed) for each in remedies(problem)]


TWO_FAULTS = replace(
    asked(2),
    meetings=(replace(asked(2).meetings[0], required=True, windows=spans("14:00-14:15")), asked(2).meetings[1]),
    sessions=(session("talk", 90, windows=spans("12:30-13:30")),),
)


CASES: dict[str, tuple[Problem, str, Facts, int]] = {
    "close later": (NAMED["R1 a meeting longer than the day"][0], "close_later", {"minutes": 45}, 1),
    "open earlier": (NAMED["R1 a meeting longer than the day"][0], "open_earlier", {"minutes": 45}, 1),
    "shorter meetings": (asked(8), "shorter_meetings", {"minutes": 25}, 8),
    "shorter pause": (asked(6, 30, pause=15), "shorter_pause", {"minutes": 5}, 6),
    "another room": (NAMED["R3 the only room"][0], "add_room", {"rooms": 1, "seats": 2, "features": []}, 2),
    "another panel": (
        asked(8),
        "add_panel",
        {"panels": 1, "like": "p0", "rooms": 1, "meetings": ["m04"]},
        8,
    ),
    "one more person": (
        NAMED["R6 needs a skill that one holds who is away"][0],
        "add_person",
        {"people": 1, "panels": ["p1"], "skill": "law"},
        1,
    ),
    "one more person from another buyer": (
        NAMED["R6 needs two buyers"][0],
        "add_person",
        {"people": 1, "panels": ["p1"], "buyer": "another"},
        1,
    ),
    "online instead of on site": (
        morning(
            FIRST, suppliers=(supplier("acme", free=spans("08:00-08:45")),), rooms=(room("r1", features=("video",)),)
        ),
        "go_online",
        {"suppliers": ["acme"]},
        1,
    ),
    "video in a room": (NAMED["R5 with video"][0], "go_online", {"rooms": ["r1"]}, 1),
    "a panel that may move": (NAMED["R8 one room for all"][0], "let_panel_move", {"panels": ["p1"]}, 2),
    "somebody free for longer": (
        NAMED["R2 of the only member"][0],
        "free_longer",
        {"who": "person:kari", "from": "08:00", "to": "09:15", "instead_of": [["08:00", "08:45"]]},
        1,
    ),
    "a pin let go of": (NAMED["R12 to when the supplier is away"][0], "drop_pin", {"meetings": ["m1"]}, 1),
    "a promise let go of": (BROKEN_PROMISE[0], "drop_pin", {"meetings": ["m1"]}, 1),
    "more seats": (
        morning(FIRST, suppliers=(supplier("acme", seats=9),), rooms=(room("r1", seats=4),)),
        "more_seats",
        {"room": "r1", "seats": 10},
        1,
    ),
    "one change for each of two faults": (
        TWO_FAULTS,
        "together",
        {
            "changes": [
                {"kind": "free_longer", "who": "meeting:m00", "from": "13:45", "to": "14:15"}
                | {"instead_of": [["14:00", "14:15"]]},
                {"kind": "free_longer", "who": "session:talk", "from": "12:30", "to": "14:00"}
                | {"instead_of": [["12:30", "13:30"]]},
            ]
        },
        2,
    ),
    "a demand let go of": (
        every_meeting_required(NAMED["R3 a panel"][0]),
        "drop_required",
        {"meetings": ["m2"]},
        1,
    ),
    "a second day": (NAMED["R3 a panel"][0], "second_day", {"suppliers": ["beta"]}, 1),
}


@pytest.mark.parametrize(("problem", "kind", "facts", "placed"), CASES.values(), ids=CASES)
def test_each_kind_of_remedy_is_found_where_it_helps(problem: Problem, kind: str, facts: Facts, placed: int) -> None:
    assert (kind, facts, placed) in told(problem)


def test_every_kind_has_its_example() -> None:
    assert {kind for _, kind, _, _ in CASES.values()} == {
        *("close_later", "open_earlier", "shorter_meetings", "shorter_pause", "add_room", "add_panel", "add_person"),
        *("go_online", "let_panel_move", "free_longer", "drop_pin", "drop_required", "second_day"),
        *("more_seats", "together"),
    }


def changed_days() -> dict[str, tuple[Problem, Remedy]]:
    found = {name: (problem, remedies(problem)) for name, (problem, _, _, _) in CASES.items()}
    return {
        f"{name}: {remedy.change.kind} {number}": (problem, remedy)
        for name, (problem, several) in found.items()
        for number, remedy in enumerate(several)
    }


def test_each_remedy_stands_the_test_of_the_solver() -> None:
    """Once through for every remedy of every example: that is what it means that a remedy has been solved."""
    for name, (problem, remedy) in changed_days().items():
        day = replace(remedy.change.apply(problem), aims=(Aim.REACHED, Aim.PLACED))
        plan = solve(day, Limits(5, workers=1), problem_sha256=SHA256)
        assert plan.status is Status.OPTIMAL, name
        assert len(plan.meetings) >= remedy.placed, name


def test_one_room_more_is_enough_where_panels_take_turns_in_too_few() -> None:
    assert ("add_room", {"rooms": 1, "seats": 2, "features": []}, 5) in told(rooms_in_turn(5, 2))


def test_a_longer_window_holds_when_it_is_put_in_place_of_what_it_is_said_to_replace() -> None:
    talk = session("talk", 90, windows=spans("13:00-14:00"))
    short = replace(asked(2), sessions=(talk,))
    facts = [each.change.facts for each in remedies(short) if each.change.kind == "free_longer"]
    assert [dict(each) for each in facts] == [
        {"who": "session:talk", "from": "12:30", "to": "14:00", "instead_of": [["13:00", "14:00"]]},
        {"who": "session:talk", "from": "13:00", "to": "14:30", "instead_of": [["13:00", "14:00"]]},
    ]
    for each in facts:
        written = spans(f"{each['from']}-{each['to']}")
        for windows in (written, (*talk.windows, *written)):
            followed = replace(short, sessions=(replace(talk, windows=windows),))
            assert find_conflicts(followed, Patience(60)).conflicts == ()


def test_a_remedy_fills_the_gap_between_two_windows_with_one_whole() -> None:
    talk = session("talk", 90, windows=spans("12:30-13:30", "13:45-14:45"))
    facts = [each.change.facts for each in remedies(replace(asked(2), sessions=(talk,)))]
    joined = {
        "who": "session:talk",
        "from": "12:30",
        "to": "14:45",
        "instead_of": [["12:30", "13:30"], ["13:45", "14:45"]],
    }
    assert joined in facts


def test_no_remedy_is_offered_twice() -> None:
    lacking = every_meeting_required(NAMED["R6 needs a skill that one holds who is away"][0])
    members = tuple(replace(each, skills=frozenset()) for each in lacking.people)
    found = [(each.change.kind, str(each.change.facts)) for each in remedies(replace(lacking, people=members))]
    assert len(found) == len(set(found)) > 0


def test_where_no_single_change_helps_one_for_each_conflict_is_offered() -> None:
    (found,) = [each for each in remedies(TWO_FAULTS) if each.change.kind == "together"]
    assert (found.placed, found.asked) == (2, 2)
    assert find_conflicts(found.change.apply(TWO_FAULTS), Patience(60)).conflicts == ()


def test_remedies_stand_in_order_of_how_little_they_ask() -> None:
    burdens = [each.change.burden for each in remedies(asked(8, pause=15))]
    assert burdens == sorted(burdens)
    assert len(burdens) >= 3


def test_a_remedy_asks_for_the_least_that_helps() -> None:
    for problem, kind in ((asked(8), "close_later"), (asked(6, 30, pause=15), "shorter_pause")):
        (found,) = [each.change for each in remedies(problem) if each.change.kind == kind]
        assert find_conflicts(found.apply(problem), Patience(60)).conflicts == ()
        assert find_conflicts(_one_step_less(found).apply(problem), Patience(60)).conflicts != ()


def _one_step_less(change: Change) -> Change:
    minutes = change.facts["minutes"]
    assert isinstance(minutes, int)
    return close_later(minutes - 5) if change.kind == "close_later" else shorter_pause(minutes + 5, 0)


def test_a_day_without_conflicts_needs_no_remedy() -> None:
    assert remedies(asked(3)) == ()


def test_what_helps_a_little_is_told_when_nothing_helps_entirely() -> None:
    # Here a person is away, there a supplier: no one change brings both meetings about.
    two_wants = morning(
        replace(FIRST, minutes=60),
        replace(OTHER, minutes=30, windows=LATE),
        people=(KARI, person("ola", free=spans("08:00-09:00"))),
        suppliers=(supplier("acme", free=spans("08:00-08:45")), supplier("beta")),
    )
    found = {each.change.kind: each.placed for each in remedies(two_wants)}
    assert found["free_longer"] == 1
    assert found["second_day"] == 0


def test_one_person_helps_every_panel_that_lacks_the_skill() -> None:
    needs = Needs(skills={"law": 1})
    without_lawyer = replace(
        asked(1, panels=3), panels=tuple(panel(f"p{n}", f"k{n}", needs=needs, rooms=(f"r{n}",)) for n in range(3))
    )
    assert ("add_person", {"people": 1, "panels": ["p0", "p1", "p2"], "skill": "law"}, 3) in told(without_lawyer)


def test_whoever_is_moved_to_a_second_day_is_so_by_lot_and_not_by_place_in_a_list() -> None:
    crowded = asked(8)
    turned = replace(crowded, suppliers=crowded.suppliers[::-1], meetings=crowded.meetings[::-1])
    assert _second_day(crowded) == _second_day(turned)
    assert len({_second_day(_renamed(crowded, letter)) for letter in "abcd"}) > 1


def _second_day(problem: Problem) -> int:
    """The place of the supplier who is moved, by id."""
    (change,) = [each.change for each in remedies(problem) if each.change.kind == "second_day"]
    (name,) = change.facts["suppliers"] if isinstance(change.facts["suppliers"], list) else []
    return sorted(problem.supplier).index(name)


def _renamed(problem: Problem, letter: str) -> Problem:
    return replace(
        problem,
        suppliers=tuple(replace(each, id=f"{letter}{each.id}") for each in problem.suppliers),
        meetings=tuple(
            replace(each, parties=(f"{letter}{each.parties[0]}", *each.parties[1:])) for each in problem.meetings
        ),
    )


def test_when_the_time_is_up_no_remedy_is_claimed() -> None:
    problem, _ = NAMED["R3 a panel"]
    assert find_remedies(problem, find_conflicts(problem, Patience(60)), Patience(0)) == ()


@given(problem=small_days(5))
@settings(max_examples=20, deadline=None)
def test_after_a_remedy_some_lawful_plan_places_as_much_as_is_told(problem: Problem) -> None:
    for remedy in remedies(problem):
        day = remedy.change.apply(problem)
        if _is_as_tiny(day, problem):
            assert any(len(plan.meetings) >= remedy.placed for plan in all_lawful_times(day))


def _is_as_tiny(day: Problem, problem: Problem) -> bool:
    """Whether it is still small enough to try every plan."""
    has_as_many = len(day.people) == len(problem.people) and len(day.rooms) == len(problem.rooms)
    return has_as_many and day.day.whole.minutes <= 6 * day.day.step
