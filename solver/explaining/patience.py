"""How long may be thought, and how much on one question."""

import time
from collections.abc import Iterable
from importlib import import_module

from solver.model.formula import Formula, Literal

# So many conflicts are a second or two for the days that are asked about; a question that takes more is put otherwise.
# All the questions about one conflict together may meet no more than MOST_TOGETHER.
MOST_CONFLICTS, MOST_TOGETHER = 5_000, 40_000
SECONDS_OF_LAST_RESORT = 2.0


class Patience:
    """How long may be thought: `is_over` when the time is up."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left, at least 0."""
        return max(0.0, self._ends - time.monotonic())

    @property
    def is_over(self) -> bool:
        """Whether no time is left."""
        return self.left == 0


def by_last_resort(formula: Formula, fixed: Iterable[Literal], patience: Patience) -> bool | None:
    """Whether the formula can hold with these literals, by CP-SAT; None when that is not found out in time."""
    seconds = min(patience.left / 2, SECONDS_OF_LAST_RESORT)
    if seconds == 0:
        return None
    # OR-Tools takes long to load: only where it is needed.
    answer: bool | None = import_module("solver.explaining.last_resort").has_solution(formula, fixed, seconds)
    return answer
