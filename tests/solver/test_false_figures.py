"""What a plan claims about itself, true and false."""

from dataclasses import replace

import pytest

from solver.plan import AimResult, Plan, Status
from solver.problem import Aim
from solver.score import false_figures
from tests.solver.factories import (
    SHA256,
    announced,
    meeting,
    panel,
    person,
    plan_of,
    problem,
    session,
    supplier,
    with_true_figures,
)

DAY = problem(
    people=(person("kari"),),
    panels=(panel("p1", "kari"),),
    suppliers=(supplier("acme"), supplier("beta")),
    sessions=(session("lunch", kind="break"),),
    meetings=(meeting("m1", "acme", "p1"), meeting("m2", "beta", "p1")),
    aims=(Aim.PLACED, Aim.FINISH),
)
TRUE = with_true_figures(DAY, plan_of(DAY, lunch=("11:00", None), m1=("09:00", "r1", "kari")))


def claiming(*aims: AimResult, status: Status = Status.FEASIBLE) -> Plan:
    return replace(TRUE, status=status, aims=aims)


def test_true_figures_are_believed() -> None:
    unproven = claiming(AimResult(Aim.PLACED, 1, 2, proven=False), AimResult(Aim.FINISH, 90, None, proven=False))

    assert TRUE.aims == (AimResult(Aim.PLACED, 1, 1, proven=True), AimResult(Aim.FINISH, 90, 90, proven=True))
    assert false_figures(DAY, TRUE, SHA256) == ()
    assert false_figures(DAY, unproven, SHA256) == ()


def test_an_untrue_value_is_told() -> None:
    plan = claiming(AimResult(Aim.PLACED, 2, 2, proven=True), AimResult(Aim.FINISH, 60, None, proven=False))

    assert false_figures(DAY, plan, SHA256) == (
        "The aim “placed” is 1, not 2.",
        "The aim “finish” is 90, not 60.",
    )


def test_a_bound_that_nothing_could_reach_is_told() -> None:
    plan = claiming(AimResult(Aim.PLACED, 1, 3, proven=False), AimResult(Aim.FINISH, 90, -5, proven=False))

    assert false_figures(DAY, plan, SHA256) == (
        "The bound of the aim “placed” is 3, but nothing can be better than 2.",
        "The bound of the aim “finish” is -5, but nothing can be better than 0.",
    )


def test_whoever_does_not_tell_of_moves_on_an_announced_day_hides_them() -> None:
    told = replace(DAY, announced=(announced("m1", "10:00", "r1"),))

    assert false_figures(told, TRUE, SHA256) == (
        "The plan does not tell who is moved, though the day has been announced.",
    )


@pytest.mark.parametrize(
    ("aims", "named"),
    [((Aim.FINISH, Aim.PLACED), "finish, placed"), ((Aim.PLACED,), "placed"), ((), "none")],
)
def test_aims_that_are_missing_or_in_another_order_are_told(aims: tuple[Aim, ...], named: str) -> None:
    values = {Aim.PLACED: 1, Aim.FINISH: 90}
    plan = claiming(*(AimResult(aim, values[aim], None, proven=False) for aim in aims))

    assert false_figures(DAY, plan, SHA256) == (f"The plan gives the aims {named}; the day asks for placed, finish.",)


def test_a_bound_that_the_plan_itself_beats_is_told() -> None:
    plan = claiming(AimResult(Aim.PLACED, 1, 0, proven=False), AimResult(Aim.FINISH, 90, 95, proven=False))

    assert false_figures(DAY, plan, SHA256) == (
        "The aim “placed” is 1, which is better than its bound 0.",
        "The aim “finish” is 90, which is better than its bound 95.",
    )


def test_a_proof_without_its_bound_is_told() -> None:
    plan = claiming(
        AimResult(Aim.PLACED, 1, 2, proven=True), AimResult(Aim.FINISH, 90, None, proven=True), status=Status.OPTIMAL
    )

    assert false_figures(DAY, plan, SHA256) == (
        "The aim “placed” is proven, but its bound is 2 and its value 1.",
        "The aim “finish” is proven, but its bound is unknown and its value 90.",
    )


def test_a_status_that_the_proofs_do_not_bear_is_told() -> None:
    unproven = claiming(
        AimResult(Aim.PLACED, 1, 1, proven=True), AimResult(Aim.FINISH, 90, 80, proven=False), status=Status.OPTIMAL
    )

    assert false_figures(DAY, unproven, SHA256) == ("The status is “optimal”, but not every aim is proven.",)
    assert false_figures(DAY, replace(TRUE, status=Status.FEASIBLE), SHA256) == (
        "The status is “feasible”, but every aim is proven: it should be “optimal”.",
    )


@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.UNKNOWN])
def test_a_status_without_a_plan_is_told(status: Status) -> None:
    assert false_figures(DAY, replace(TRUE, status=status), SHA256) == (
        f"The status is “{status}”, which no plan can have.",
    )


def test_an_end_that_does_not_follow_from_the_start_is_told() -> None:
    shorter = replace(
        TRUE,
        sessions=(replace(TRUE.sessions[0], end=11 * 60 + 5),),
        meetings=(replace(TRUE.meetings[0], end=9 * 60 + 35),),
    )

    assert false_figures(DAY, shorter, SHA256) == (
        "Meeting m1 (09:00–09:35) takes 30 minutes and ends at 09:30.",
        "Session lunch (11:00–11:05) takes 30 minutes and ends at 11:30.",
        "The aim “finish” is 95, not 90.",
    )


@pytest.mark.parametrize(
    ("unplaced", "named"), [((), "none"), (("m1", "m2"), "m1, m2"), (("m2", "m2"), "m2, m2"), (("m3",), "m3")]
)
def test_an_untrue_list_of_unplaced_meetings_is_told(unplaced: tuple[str, ...], named: str) -> None:
    assert false_figures(DAY, replace(TRUE, unplaced=unplaced), SHA256) == (
        f"The plan names {named} as unplaced; it leaves out m2.",
    )


def test_the_order_of_unplaced_meetings_does_not_matter() -> None:
    day = replace(DAY, meetings=DAY.meetings[::-1])
    nothing_placed = with_true_figures(day, plan_of(day, lunch=("11:00", None)))

    assert nothing_placed.unplaced == ("m1", "m2")
    assert false_figures(day, nothing_placed, SHA256) == ()
    assert false_figures(day, replace(nothing_placed, unplaced=("m2", "m1")), SHA256) == ()
    assert false_figures(day, replace(nothing_placed, unplaced=("m2", "m1", "m0")), SHA256) == (
        "The plan names m0, m1, m2 as unplaced; it leaves out m1, m2.",
    )


def test_a_plan_for_another_day_is_told() -> None:
    assert false_figures(DAY, TRUE, "f" * 64) == (
        f"The plan was made for another day: its SHA-256 is {SHA256}, this one has {'f' * 64}.",
    )
