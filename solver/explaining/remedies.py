"""What would help: changes that have been tried, each by the least that it takes, in order of how little they ask."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TypeVar, TypeVarTuple

from solver.counting.capacity import Bound, bounds, is_overfull
from solver.deadline import OutOfTime
from solver.explaining.changes import Change
from solver.explaining.conflicts import Findings
from solver.explaining.letting_go import fewest_for_another_day, without_fewest_musts
from solver.explaining.listed import in_order_of_ids
from solver.explaining.one_for_each import one_for_each
from solver.explaining.patience import WORK_OF_COUNTING, Patience
from solver.explaining.planning import sketched, with_all, with_most
from solver.explaining.promises import drop_required, second_day
from solver.explaining.proposals import Proposal, Proposals
from solver.plan import Plan
from solver.problem import Problem

# So many are enough to choose from; fewer are worth more work.
ENOUGH, FEW = 8, 3

# So many options of one proposal are tried, and so many of those that ask less than one that has been found to help.
MOST_TRIED, MOST_TRIED_BELOW, MOST_TRIED_IN_PART = 12, 2, 6

T = TypeVar("T")
Asked = TypeVarTuple("Asked")

Attempt = Callable[[Problem], Plan | None]


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change, and how many of the meetings asked for are placed in a lawful plan for the day after it."""

    change: Change
    placed: int
    asked: int


@dataclass(frozen=True, slots=True)
class _Step:
    """A remedy that is one of the options of a proposal.

    Of those before `least` counting says that none helps; of those up to `low` none is thought to.
    """

    proposal: Proposal
    least: int
    low: int
    place: int
    remedy: Remedy


def find_remedies(problem: Problem, findings: Findings, patience: Patience) -> tuple[Remedy, ...]:
    """Remedies for what the findings tell, those that ask least first."""
    if not findings.conflicts:
        return ()
    day = replace(in_order_of_ids(problem), aims=())
    remedies = _Remedies(day, findings, patience).found()
    return tuple(sorted(remedies, key=lambda remedy: (remedy.change.burden, remedy.change.kind)))


class _Remedies:
    """One day while remedies for it are sought."""

    def __init__(self, problem: Problem, findings: Findings, patience: Patience) -> None:
        self._problem, self._findings, self._patience = problem, findings, patience

    def found(self) -> list[Remedy]:
        """Remedies that a quick look finds; if they are few, also those that take more work, or help a little."""
        last = list(self._last_ones())
        steps, left = self._steps(self._proposals(), self._at_once, ENOUGH - len(last))
        if len(steps) < FEW:
            more, left = self._steps(left, self._thoroughly, FEW - len(steps))
            steps += more
        remedies = last + [step.remedy for step in self._asking_less(steps)]
        remedies += [] if steps else self._several()
        return remedies + self._partial(left, FEW - len(remedies))

    def _proposals(self) -> list[Proposal]:
        return Proposals(self._problem, self._findings.conflicts, self._full).all()

    @cached_property
    def _full(self) -> list[Bound]:
        """What more is asked of than it holds."""
        asked = self._asked(self._problem)
        return [bound for bound in bounds(self._problem) if len(asked.intersection(bound.meetings)) > bound.most]

    def _asked(self, problem: Problem) -> set[str]:
        """The meetings that must be had for a change to be a remedy."""
        return {each.id for each in problem.meetings if self._findings.is_lawful or each.required}

    # -- what always helps ---------------------------------------------------------------------------------------

    def _last_ones(self) -> Iterator[Remedy]:
        """Let go of as little as can be of what is asked for."""
        if self._patience.is_over:
            return
        asked = self._asked(self._problem)
        if suppliers := self._in_time(fewest_for_another_day, self._problem, asked):
            change = second_day(suppliers)
            found = self._tried(change, self._at_once) or self._tried(change, self._thoroughly)
            yield from [found] if found else []
        if self._findings.is_lawful or not asked:
            return
        if plan := self._in_time(without_fewest_musts, self._problem, asked):
            in_vain = tuple(sorted(asked.intersection(plan.unplaced)))
            yield Remedy(drop_required(in_vain), len(plan.meetings), len(self._problem.meetings))

    # -- the least of each ---------------------------------------------------------------------------------------

    def _steps(self, proposals: list[Proposal], attempt: Attempt, enough: int) -> tuple[list[_Step], list[Proposal]]:
        """The steps found, and the proposals of which none was."""
        steps: list[_Step] = []
        left: list[Proposal] = []
        for proposal in proposals:
            step = self._step(proposal, attempt) if len(steps) < enough else None
            if step:
                steps.append(step)
            else:
                left.append(proposal)
        return self._all_lowered(steps, attempt, MOST_TRIED), left

    def _step(self, proposal: Proposal, attempt: Attempt) -> _Step | None:
        """The first option that helps, or of a ladder one that does; None when none does."""
        options = proposal.options
        if not proposal.is_ladder:
            tried = ((place, self._tried(option, attempt)) for place, option in enumerate(options[:MOST_TRIED]))
            return next((_Step(proposal, place, place, place, remedy) for place, remedy in tried if remedy), None)
        least = bisect_left(options, 1, key=lambda option: int(not self._is_hopeless(option)))
        for place in dict.fromkeys([least, len(options) - 1]) if least < len(options) else ():
            if remedy := self._tried(options[place], attempt):
                return _Step(proposal, least, least, place, remedy)
        return None

    def _all_lowered(self, steps: list[_Step], attempt: Attempt, most: int) -> list[_Step]:
        """The steps that ask least of those that are found in so many attempts each, all in turn."""
        for _ in range(most):
            steps = [self._lowered(step, attempt) for step in steps]
        return steps

    def _lowered(self, step: _Step, attempt: Attempt) -> _Step:
        """The step halfway to what does not help, if it helps."""
        if step.place - step.low < 2 or not step.proposal.is_ladder:
            return step
        middle = (step.low + step.place) // 2
        remedy = self._tried(step.proposal.options[middle], attempt)
        return replace(step, place=middle, remedy=remedy) if remedy else replace(step, low=middle)

    def _asking_less(self, steps: list[_Step]) -> list[_Step]:
        """The same steps, or such as ask less and take more work to find."""
        return self._all_lowered([replace(each, low=each.least) for each in steps], self._thoroughly, MOST_TRIED_BELOW)

    # -- what helps together -------------------------------------------------------------------------------------

    def _several(self) -> list[Remedy]:
        """One change for each of several conflicts, if they help together."""
        conflicts = self._findings.conflicts
        change = self._in_time(one_for_each, self._problem, conflicts, self._full) if len(conflicts) > 1 else None
        if change is None:
            return []
        # What must be is so in every plan; then the one with the most wishes is worth the work.
        more = () if self._findings.is_lawful else (self._most,)
        found = (self._tried(change, attempt) for attempt in (self._at_once, *more, self._thoroughly))
        return list(islice(filter(None, found), 1))

    # -- what helps a little -------------------------------------------------------------------------------------

    def _partial(self, proposals: list[Proposal], wanted: int) -> list[Remedy]:
        """Changes after which more can be had, though not all."""
        if (
            wanted <= 0
            or not self._findings.is_lawful
            or not (now := self._in_time(with_most, self._problem, self._problem.meeting))
        ):
            return []
        found = (self._as_much(each.options, len(now.meetings)) for each in proposals[:MOST_TRIED_IN_PART])
        return [remedy for remedy in found if remedy]

    def _as_much(self, options: Sequence[Change], now: int) -> Remedy | None:
        """The first option, or else the last, after which as much can be had as after the last, if that is more."""
        last = self._tried(options[-1], self._most)
        if last is None or last.placed <= now:
            return None
        first = self._tried(options[0], self._most)
        return first if first and first.placed == last.placed else last

    # -- trying --------------------------------------------------------------------------------------------------

    def _is_hopeless(self, change: Change) -> bool:
        """Whether counting says that the change does not help, or there is no time left to see whether it does."""
        if self._patience.is_over:
            return True
        changed = change.apply(self._problem)
        self._patience.spend(WORK_OF_COUNTING * len(changed.meetings))
        return is_overfull(changed, self._asked(changed))

    def _thoroughly(self, changed: Problem) -> Plan | None:
        asked = self._asked(changed)
        return None if is_overfull(changed, asked) else with_all(changed, asked, self._patience)

    def _at_once(self, changed: Problem) -> Plan | None:
        return sketched(changed, self._patience)

    def _most(self, changed: Problem) -> Plan | None:
        return with_most(changed, changed.meeting, self._patience)

    def _in_time(self, find: Callable[[*Asked, Patience], T | None], *asked: *Asked) -> T | None:
        """What is found; None when the time is up before."""
        try:
            return find(*asked, self._patience)
        except OutOfTime:
            return None

    def _tried(self, change: Change, attempt: Attempt) -> Remedy | None:
        """The change as a remedy, when a lawful plan is found for the day after it."""
        if self._patience.is_over:
            return None
        changed = change.apply(self._problem)
        try:
            plan = attempt(changed)
        except OutOfTime:
            return None
        return Remedy(change, len(plan.meetings), len(changed.meetings)) if plan else None
