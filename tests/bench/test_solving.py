"""Days go through the command line and come back as rows, with the plan checked."""

from dataclasses import replace

import pytest

from bench.measured import Cost, Ended
from bench.solving import Failed, middle, solved, succeeded
from bench.textbook_runs import OURS, by_us
from solver.plan import Status
from solver.problem import Aim
from tests.bench.plain import fewest_breaks, plain_day, tiny_book

BOOK = next(book for book in map(tiny_book, range(200)) if fewest_breaks(book) == 1)


def test_a_planned_day_comes_back_with_its_plan_checked() -> None:
    row, plan = solved("tiny", plain_day(BOOK), seconds=10)

    assert plan is not None
    assert (row.status, row.placed, row.is_checked) == (Status.OPTIMAL, len(BOOK.meetings), True)
    assert [(each.aim, each.value, each.bound, each.is_proven) for each in row.aims] == [(Aim.BREAKS, 1, 1, True)]
    assert row.first_plan_seconds is not None
    assert 0 <= row.first_plan_seconds <= row.seconds <= row.cost.wall_seconds


def test_a_day_without_a_lawful_plan_comes_back_as_infeasible() -> None:
    crowded = replace(plain_day(BOOK), rooms=tuple(replace(room, free=()) for room in plain_day(BOOK).rooms))

    row, plan = solved("tiny", crowded, seconds=10)

    assert (row.status, row.placed, plan) == (Status.INFEASIBLE, 0, None)


def test_our_own_figures_are_counted_anew() -> None:
    row = by_us("tiny", plain_day(BOOK), seconds=10, runs=1)

    assert (row.solver, row.value, row.bound, row.is_proven, row.is_lawful) == (OURS, 1, 1, True, True)


def test_the_median_run_counts() -> None:
    figures = iter([3.0, 1.0, 2.0])

    assert middle(3, lambda: next(figures), lambda figure: figure) == 2.0


def test_a_fault_is_told_and_not_measured() -> None:
    ended = Ended(1, "", "ValueError: so it was", Cost(cpu_seconds=1, wall_seconds=1, peak_mib=1))

    with pytest.raises(Failed, match="status 1: ValueError: so it was"):
        succeeded(ended)
