"""How long may be thought, and how much on one question."""

import time
from collections.abc import Iterable
from importlib import import_module

from solver.deadline import OutOfTime
from solver.engines.sat import Sat
from solver.model.formula import Formula, Literal
from solver.problem import Problem

# So many conflicts are a second or two for the days that are asked about; a question that takes more is put otherwise.
# All the questions about one conflict together may meet no more than MOST_TOGETHER.
MOST_CONFLICTS, MOST_TOGETHER = 5_000, 40_000

# So often somebody looks whether to go on, for each second: fewer times than a slow machine does in that.
WORK_PER_SECOND = 12_000

# After so many times the seconds the clock ends what the counted work has not.
BACKSTOP = 1.25

# What a question to a SAT solver, a conflict that it meets, a look of CP-SAT, and counting one meeting are of that.
WORK_OF_A_QUESTION, WORK_OF_A_CONFLICT, WORK_OF_LAST_RESORT, WORK_OF_COUNTING = 50, 6, 16_000, 5


class Patience:
    """How much work may be done: `is_over` when it is, or, as a backstop, when the seconds have passed.

    Work is counted, so that a slow machine comes to the same end as a quick one. What is spent is also spent of the
    patience `within` which this one is.
    """

    def __init__(self, seconds: float, within: "Patience | None" = None) -> None:
        self._ends = time.monotonic() + seconds * BACKSTOP
        self._work_left = seconds * WORK_PER_SECOND
        self._within = within

    @property
    def left(self) -> float:
        """The seconds that the clock leaves, at least 0; 0 when the work is done."""
        left = self._ends - time.monotonic() if self._work_left > 0 else 0.0
        return max(0.0, left if self._within is None else min(left, self._within.left))

    @property
    def is_over(self) -> bool:
        """Whether no time is left."""
        return self.left == 0

    def at_least(self, seconds: float) -> "Patience":
        """The same, or a new one of so many seconds when no more than that is left."""
        return self if self.left > seconds else Patience(seconds)

    def spend(self, work: int) -> None:
        """Count so much work as done."""
        self._work_left -= work
        if self._within is not None:
            self._within.spend(work)

    def keep(self, work: int = 1) -> None:
        """Go on with so much work. Raises OutOfTime when there is to be no more."""
        self.spend(work)
        if self.is_over:
            raise OutOfTime

    def keep_counting(self, problem: Problem) -> None:
        """Go on with counting what a day holds. Raises OutOfTime when there is to be no more."""
        self.keep(1 + WORK_OF_COUNTING * len(problem.meetings))

    def watch(self, sat: Sat) -> None:
        """Let the solver end with OutOfTime when there is to be no more; what it has searched counts as work."""
        before = sat.conflicts_left or 0

        def go_on() -> None:
            nonlocal before
            left = sat.conflicts_left or 0
            self.keep(WORK_OF_A_QUESTION + WORK_OF_A_CONFLICT * max(0, before - left))
            before = left

        sat.go_on = go_on


def by_last_resort(formula: Formula, fixed: Iterable[Literal], patience: Patience) -> bool | None:
    """Whether the formula can hold with these literals, by CP-SAT; None when that is not found out in time."""
    patience.keep(WORK_OF_LAST_RESORT)
    # OR-Tools takes long to load: only where it is needed.
    answer: bool | None = import_module("solver.explaining.last_resort").has_solution(formula, fixed, patience)
    return answer
