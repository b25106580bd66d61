"""Whatever is being done ends when the patience is over; what ends it is counted work."""

from collections.abc import Callable

import pytest

from solver.deadline import OutOfTime
from solver.explaining.asking import Asking
from solver.explaining.conflicts import find_conflicts
from solver.explaining.counting import countable, judge_by_counting
from solver.explaining.letting_go import fewest_for_another_day, without_fewest_musts
from solver.explaining.one_for_each import one_for_each
from solver.explaining.patience import WORK_PER_SECOND, Patience
from solver.explaining.planning import sketched, with_all, with_most
from solver.explaining.said import Said
from solver.problem import Problem
from tests.solver.test_capacity import asked

DAY, FULL = asked(4, pause=15), asked(8)
NAMES = frozenset(DAY.meeting)

STEPS: dict[str, Callable[[Problem, Patience], object]] = {
    "a sketch": sketched,
    "a plan with all": lambda day, patience: with_all(day, NAMES, patience),
    "a plan with most": lambda day, patience: with_most(day, NAMES, patience),
    "the fewest for another day": lambda day, patience: fewest_for_another_day(day, NAMES, patience),
    "the fewest musts": lambda day, patience: without_fewest_musts(day, NAMES, patience),
    "asking": Asking,
    "saying": Said,
    "counting": lambda day, patience: judge_by_counting(day, countable(day), countable(day), patience),
    "one for each": lambda _, patience: one_for_each(FULL, find_conflicts(FULL, Patience(60)).conflicts, (), patience),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_each_step_ends_when_the_patience_is_over(step: Callable[[Problem, Patience], object]) -> None:
    with pytest.raises(OutOfTime):
        step(DAY, Patience(0))


def test_work_is_counted_whatever_the_clock_says() -> None:
    patience = Patience(60)
    patience.keep(60 * WORK_PER_SECOND - 1)
    assert not patience.is_over
    with pytest.raises(OutOfTime):
        patience.keep()
    assert (patience.is_over, patience.left) == (True, 0)


def test_what_is_spent_is_spent_of_the_whole_as_well() -> None:
    whole = Patience(60)
    Patience(60, whole).spend(60 * WORK_PER_SECOND)
    assert whole.is_over


def test_a_part_is_over_when_the_whole_is() -> None:
    assert Patience(60, Patience(0)).is_over


def test_the_same_work_ends_a_question_each_time() -> None:
    assert {_left_after_a_plan() for _ in range(2)} == {_left_after_a_plan()}


def _left_after_a_plan() -> int:
    """How much work may be done yet after a plan that has been made."""
    patience, work = Patience(2), 0
    with_all(DAY, NAMES, patience)
    while not patience.is_over:
        patience.spend(1)
        work += 1
    return work
