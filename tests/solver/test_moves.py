"""Which announced meetings a plan moves, and what a plan may claim about it."""

from dataclasses import replace

import pytest

from solver.moves import moves, shown
from solver.plan import Move, Place, Plan
from solver.problem import Aim, Problem
from solver.score import false_figures
from tests.solver.factories import (
    SHA256,
    announced,
    at,
    meeting,
    panel,
    person,
    plan_of,
    problem,
    supplier,
    with_true_figures,
)

TOLD = tuple(announced(f"m{number}", "13:00", "r1") for number in (5, 4, 3, 2, 1))
DAY = problem(
    people=(person("kari"),),
    panels=(panel("p1", "kari"),),
    suppliers=(supplier("acme"), supplier("beta")),
    meetings=(
        meeting("m1", "acme", "p1"),
        meeting("m2", "p1", "beta", "acme"),
        meeting("m3", "acme", "beta"),
        meeting("m4", "beta", "p1"),
        meeting("m5", "p1", "p1"),
        meeting("m6", "beta", "p1"),
    ),
    announced=TOLD,
    aims=(Aim.KEPT,),
)
PLAN = plan_of(DAY, m1=("13:00", "r1"), m2=("13:45", "r1"), m3=("13:00", "r2"), m5=("09:00", "r2"), m6=("10:00", "r1"))
AT_ONE = Place(at("13:00"), "r1")
MOVES = (
    Move("m2", AT_ONE, Place(at("13:45"), "r1")),
    Move("m3", AT_ONE, Place(at("13:00"), "r2")),
    Move("m4", AT_ONE, None),
    Move("m5", AT_ONE, Place(at("09:00"), "r2")),
)


def test_an_announced_meeting_at_another_time_or_in_another_room_or_dropped_is_moved() -> None:
    assert moves(DAY, PLAN.meetings) == MOVES


def test_where_nobody_is_moved_nothing_is_told_and_where_nothing_was_announced_not_even_that() -> None:
    kept = plan_of(DAY, **{told.id: ("13:00", "r1") for told in TOLD})

    assert moves(DAY, kept.meetings) == ()
    assert moves(replace(DAY, announced=()), PLAN.meetings) is None


def test_a_move_is_shown_on_a_line_with_its_suppliers() -> None:
    assert [shown(DAY, move) for move in MOVES] == [
        "m2 (beta, acme): 13:00 r1 → 13:45 r1",
        "m3 (acme, beta): 13:00 r1 → 13:00 r2",
        "m4 (beta): 13:00 r1 → not placed",
        "m5: 13:00 r1 → 09:00 r2",
    ]


@pytest.mark.parametrize("moved", [MOVES, MOVES[::-1]])
def test_true_moves_in_any_order_are_believed(moved: tuple[Move, ...]) -> None:
    assert false_figures(DAY, claiming(DAY, moved), SHA256) == ()


def test_moves_that_are_not_so_and_moves_that_are_not_told_are_false() -> None:
    elsewhere = replace(MOVES[0], to=Place(at("14:00"), "r1"))

    assert false_figures(DAY, claiming(DAY, (elsewhere, *MOVES[2:])), SHA256) == (
        "The plan moves m2 (beta, acme): 13:00 r1 → 14:00 r1, which is not so.",
        "The plan moves m2 (beta, acme): 13:00 r1 → 13:45 r1, which it does not tell.",
        "The plan moves m3 (acme, beta): 13:00 r1 → 13:00 r2, which it does not tell.",
    )


def test_a_move_of_what_was_never_announced_is_false() -> None:
    never = replace(DAY, announced=())

    assert false_figures(never, claiming(never, MOVES[:1]), SHA256) == (
        "The plan moves m2 (beta, acme): 13:00 r1 → 13:45 r1, which is not so.",
    )


def claiming(asked: Problem, moved: tuple[Move, ...] | None) -> Plan:
    return replace(with_true_figures(asked, PLAN), moved=moved)
