"""A conflict names what cannot be had together, all of it, and nothing else."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from solver.explaining.conflicts import A_HANDFUL, HOURS, MANY_MEETINGS, Findings, find_conflicts
from solver.explaining.instances import Instance, names_of, rule_word
from solver.explaining.patience import Patience
from solver.problem import Problem
from solver.rules import Rule
from tests.solver.culprits import BROKEN_PROMISE, CULPRITS, TOO_SHORT_FOR_A_REST, Told
from tests.solver.exhaustive import all_lawful_times
from tests.solver.factories import room, session, spans
from tests.solver.keeping import can_keep
from tests.solver.strategies import small_days
from tests.solver.test_capacity import asked

NAMED = {f"{rule.number} {name}": case for rule, cases in CULPRITS.items() for name, case in cases.items()}


def find(problem: Problem) -> Findings:
    return find_conflicts(problem, Patience(60))


def told(problem: Problem, instances: tuple[Instance, ...]) -> Told:
    """The instances as `culprits` writes them."""
    words = ((rule_word(problem, each), each) for each in instances)
    return tuple(
        each.about[0].removeprefix("meeting:") if word == "placed" else " ".join((word, *each.about))
        for word, each in words
    )


def every_meeting_required(problem: Problem) -> Problem:
    return replace(problem, meetings=tuple(replace(each, required=True) for each in problem.meetings))


@pytest.mark.parametrize(("problem", "conflict"), NAMED.values(), ids=NAMED)
def test_each_rule_is_named_where_it_is_to_blame_for_an_unplaced_meeting(problem: Problem, conflict: Told) -> None:
    found = find(problem)
    assert [told(problem, each) for each in found.conflicts] == [conflict]
    assert found.is_settled


@pytest.mark.parametrize(("problem", "conflict"), NAMED.values(), ids=NAMED)
def test_each_rule_is_named_where_it_is_to_blame_for_there_being_no_plan(problem: Problem, conflict: Told) -> None:
    required = every_meeting_required(problem)
    found = find(required)
    musts = tuple(f"R13 meeting:{each}" if each in problem.meeting else each for each in conflict)
    assert [sorted(told(required, each)) for each in found.conflicts] == [sorted(musts)]
    assert (found.is_lawful, found.is_settled) == (False, True)


def test_every_rule_has_its_example() -> None:
    assert set(CULPRITS) == set(Rule)


@pytest.mark.parametrize(("problem", "conflict"), [BROKEN_PROMISE, TOO_SHORT_FOR_A_REST])
def test_what_cannot_be_kept_whatever_is_wished_for_is_told_alone(problem: Problem, conflict: Told) -> None:
    found = find(problem)
    assert [told(problem, each) for each in found.conflicts] == [conflict]
    assert not found.is_lawful


def test_a_day_that_holds_everything_has_no_conflict() -> None:
    assert find(asked(5, pause=15)) == Findings((), is_lawful=True, is_settled=True)


def test_one_meeting_more_than_fits_is_enough_to_tell() -> None:
    (conflict,) = find(asked(20, 20, pause=15)).conflicts
    assert told(asked(20, 20, pause=15), conflict) == (
        "R1 day",
        "R7 panel:p0",
        *(f"m{number:02}" for number in range(7)),
    )


def rooms_in_turn(meetings: int, rooms: int) -> Problem:
    """Panels of one meeting each, all of an hour; few rooms for them, and a lunch for all that leaves two hours."""
    names = tuple(f"r{number}" for number in range(rooms))
    each = asked(1, 60, panels=meetings)
    lunch = session("lunch", 60, windows=spans("13:30-14:30"), suppliers=tuple(each.supplier))
    return replace(
        each,
        rooms=tuple(room(name) for name in names),
        panels=tuple(replace(panel, rooms=names) for panel in each.panels),
        meetings=tuple(replace(meeting, rooms=names) for meeting in each.meetings),
        sessions=(lunch,),
    )


def test_rooms_stand_empty_while_everybody_is_at_lunch() -> None:
    crowded = rooms_in_turn(5, 2)
    (conflict,) = find(crowded).conflicts
    assert told(crowded, conflict) == (
        "R1 day",
        *(f"R3 room:r{number}" for number in range(2)),
        *(f"R3 supplier:s{number:02}" for number in range(5)),
        "R13 session:lunch",
        *(f"m{number:02}" for number in range(5)),
    )


def test_a_counted_conflict_of_many_meetings_is_told_at_once_and_leaves_nothing_open() -> None:
    crowded, patience = rooms_in_turn(MANY_MEETINGS + 3, 10), Patience(3)
    found = find_conflicts(crowded, patience)
    assert found.is_settled
    assert [len(names_of(conflict)) for conflict in found.conflicts] == [22]
    assert HOURS in found.conflicts[0]


def test_panels_that_have_too_much_for_the_same_reason_are_told_of_twice() -> None:
    too_much = asked(6, panels=5, pause=15)
    panels = [each.about[0] for conflict in find(too_much).conflicts for each in conflict if each.rule is Rule.PAUSE]
    assert panels == ["panel:p0", "panel:p1"]


def test_conflicts_share_no_meeting_and_are_no_more_than_a_handful() -> None:
    each_alone = asked(1, 60, panels=8)
    short = tuple(replace(each, windows=each.windows[:0]) for each in each_alone.meetings)
    conflicts = find(replace(each_alone, meetings=short)).conflicts
    wishes = [each for conflict in conflicts for each in conflict if each.rule is Rule.REQUIRED]
    assert 1 < len(conflicts) <= A_HANDFUL
    assert len(wishes) == len(set(wishes))


def test_when_the_time_is_up_nothing_is_settled() -> None:
    too_much, _ = NAMED["R4 of a supplier"]
    assert not find_conflicts(too_much, Patience(0)).is_settled


def test_finding_conflicts_loads_no_or_tools() -> None:
    code = """
import sys
from tests.solver.test_explain_conflicts import NAMED, find
for name in ("R3 a panel", "R4 of a supplier"):
    assert find(NAMED[name][0]).conflicts
assert "ortools" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@given(problem=small_days(5))
@settings(max_examples=40, deadline=None)
def test_there_is_a_conflict_exactly_when_not_everything_can_be_placed(problem: Problem) -> None:
    found = find(problem)
    assert found.is_settled
    assert found.is_lawful == any(True for _ in all_lawful_times(problem))
    assert bool(found.conflicts) == all(plan.unplaced for plan in all_lawful_times(problem))


@given(problem=small_days(4))
@settings(max_examples=40, deadline=None)
def test_no_plan_keeps_all_of_a_conflict_and_some_plan_keeps_any_less(problem: Problem) -> None:
    assume(problem.breaks_differ_by is None)
    for conflict in find(problem).conflicts:
        assert can_keep(problem, conflict) is not True
        assert [
            each for each in conflict if can_keep(problem, [other for other in conflict if other != each]) is False
        ] == []
