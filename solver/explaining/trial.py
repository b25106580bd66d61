"""Whether some of the rules can be kept together with some of what is asked for: by counting, by SAT, by CP-SAT.

Each question is answered by what answers it most cheaply. Counting says no at once where there are too many for too
few, which a SAT solver would find out by trying every order. With few starts to choose from, a SAT solver says yes
soon; with all of them it says yes or no, within a number of conflicts. OR-Tools is loaded for what is left.
"""

from collections.abc import Collection
from contextlib import ExitStack
from functools import cached_property

from solver.explaining.counting import countable, judge_by_counting
from solver.explaining.instances import Instance
from solver.explaining.patience import MOST_CONFLICTS, Patience, by_last_resort
from solver.explaining.said import Said
from solver.explaining.shrinking import Verdict
from solver.planning.sketch import beats
from solver.problem import Problem
from solver.rules import Rule

# With so few meetings, all starts are as quickly weighed as those on the beat.
FEW_MEETINGS = 4
CONFLICTS_AT_A_GLANCE, CONFLICTS_ON_THE_BEAT = 20, 2_000

# OR-Tools is asked no more often than this about one conflict: after that, it is too hard to tell.
LAST_RESORTS = 3


class Trial:
    """One day, of which rules and requests are kept or not. What R1 says holds throughout.

    Raises OutOfTime when the patience is over.
    """

    def __init__(self, problem: Problem, patience: Patience) -> None:
        self.problem, self._patience = problem, patience
        self._last_resorts_left = LAST_RESORTS
        self._open = ExitStack()
        self._countable = countable(problem)

    def __enter__(self) -> "Trial":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @cached_property
    def _whole(self) -> Said:
        return self._open.enter_context(Said(self.problem, self._patience))

    @cached_property
    def _on_the_beat(self) -> Said | None:
        starts = next(beats(self.problem), None) if len(self.problem.meetings) > FEW_MEETINGS else None
        return None if starts is None else self._open.enter_context(Said(self.problem, self._patience, starts))

    @property
    def instances(self) -> tuple[Instance, ...]:
        """Everything that may be kept or not."""
        return self._whole.instances

    def judge(self, kept: Collection[Instance]) -> Verdict:
        """Whether all of it can be kept together; what the day says nothing of, can."""
        if self._is_seen(kept, CONFLICTS_AT_A_GLANCE):
            return Verdict(is_possible=True)
        if (counted := judge_by_counting(self.problem, self._countable, kept, self._patience)).is_possible is False:
            return counted
        if self._is_seen(kept, CONFLICTS_ON_THE_BEAT):
            return Verdict(is_possible=True)
        return self._judge_thoroughly(kept)

    def objects_to(self, kept: Collection[Instance]) -> bool:
        """Whether it is found that all of it cannot be kept together."""
        counted = judge_by_counting(self.problem, self._countable, kept, self._patience)
        return counted.is_possible is False or self._judge_thoroughly(kept).is_possible is False

    def _is_seen(self, kept: Collection[Instance], conflicts: int) -> bool:
        """Whether all of it is soon seen to be possible with few starts to choose from."""
        return self._on_the_beat is not None and self._on_the_beat.judge(kept, conflicts).is_possible is True

    def _judge_thoroughly(self, kept: Collection[Instance]) -> Verdict:
        verdict = self._whole.judge(kept, MOST_CONFLICTS)
        if verdict.is_possible is None and self._last_resorts_left:
            self._last_resorts_left -= 1
            fixed = sorted(self._whole.literals[each] for each in kept if each.rule is Rule.REQUIRED)
            is_possible = by_last_resort(self._whole.formula_for(frozenset(kept)), fixed, self._patience)
            return Verdict(is_possible, frozenset(kept))
        return verdict
