"""Why not everything can be had: minimal conflicts between rules and what is asked for."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain

from solver.counting.capacity import Bound, bounds
from solver.deadline import OutOfTime
from solver.explaining.around_the_clock import counts_as_too_much_around_the_clock, resolved_around_the_clock
from solver.explaining.asking import Asking
from solver.explaining.counting import countable, judge_by_counting
from solver.explaining.hours import within_hours
from solver.explaining.instances import Instance, asked_of, is_must, named, names_of
from solver.explaining.listed import in_order_of_ids
from solver.explaining.patience import Patience
from solver.explaining.plainer import for_these
from solver.explaining.planning import sketched
from solver.explaining.shrinking import PLAIN, Key, Shrinking, in_order, key_of
from solver.explaining.smaller import only, uneven
from solver.explaining.trial import Trial
from solver.problem import Problem
from solver.rules import Rule

# More than a handful help nobody, nor do many that are alike: the next are found when these are out of the way.
A_HANDFUL = 5
ALIKE = 2
TIGHTENINGS = 3

# What counting says of so many meetings is told without asking at length whether each of its parts is needed.
MANY_MEETINGS = 20

# So many seconds what counting has found is worth in any case.
GRACE = 1.0

HOURS, EVERYBODY = Instance(Rule.OPEN, ("day",)), Instance(Rule.EVEN, ("day",))
EVEN = key_of(EVERYBODY)


@dataclass(frozen=True, slots=True)
class Findings:
    """The conflicts of a day; `is_settled` when there are no others but those that share a meeting with one of these.

    `is_lawful` when every rule can be kept, as far as is known, and only wishes collide.
    """

    conflicts: tuple[tuple[Instance, ...], ...]
    is_lawful: bool
    is_settled: bool


def find_conflicts(problem: Problem, patience: Patience) -> Findings:
    """The conflicts of a day: among what must be, and if there is none, with what is wished for."""
    problem = in_order_of_ids(problem)
    asked = asked_of(problem)
    with _Finding(problem, [each for each in asked if is_must(problem, each)], patience) as of_musts:
        conflicts = of_musts.conflicts()
    if conflicts:
        return Findings(conflicts, is_lawful=False, is_settled=of_musts.is_settled)
    with _Finding(problem, asked, patience) as of_all:
        found = of_all.conflicts()
    return Findings(found, is_lawful=True, is_settled=of_musts.is_settled and of_all.is_settled)


class _Finding:
    """The conflicts among what is asked for, found one after the other."""

    def __init__(self, problem: Problem, asked: Iterable[Instance], patience: Patience) -> None:
        self._problem, self._patience = problem, patience
        self._left = frozenset(asked)
        self._sessions = frozenset(each for each in self._left if _is_session(each))
        self._open = ExitStack()
        self.is_settled = True

    def __enter__(self) -> "_Finding":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @cached_property
    def _asking(self) -> Asking:
        return self._open.enter_context(Asking(only(self._problem, names_of(self._left)), self._patience))

    @cached_property
    def _bounds(self) -> tuple[Bound, ...]:
        return bounds(only(self._problem, names_of(self._left)))

    def conflicts(self) -> tuple[tuple[Instance, ...], ...]:
        """A handful of conflicts, no two of which share a meeting."""
        found: list[tuple[Instance, ...]] = []
        try:
            for conflict in chain(self._counted(), self._asked()):
                found.append(in_order(conflict))
                if len(found) == A_HANDFUL or not self._set_aside(conflict):
                    break
        except OutOfTime:
            self.is_settled = False
        return tuple(found)

    def _set_aside(self, conflict: Collection[Instance]) -> bool:
        """Ask no longer for the meetings of the conflict, or else its sessions; False when it has neither."""
        mine = [each for each in conflict if _is_asked(each)]
        aside = frozenset([each for each in mine if not _is_session(each)] or mine)
        self._left -= aside
        return bool(aside)

    def _may_go_on(self) -> bool:
        self.is_settled &= not self._patience.is_over
        return not self._patience.is_over

    # -- by counting ---------------------------------------------------------------------------------------------

    def _counted(self) -> Iterator[frozenset[Instance]]:
        """What counting objects to; of what is alike, only the first few."""
        told: Counter[str] = Counter()
        for bound in self._bounds:
            too_many = self._too_many(bound)
            kind, _ = named(bound.takers[0])
            is_wanted = told[kind] < ALIKE and (not told or self._may_go_on())
            if too_many and is_wanted and (conflict := self._by_counting(too_many)):
                told[kind] += 1
                yield conflict
            self._left -= frozenset(self._asking_for(bound)[bound.most :])

    def _too_many(self, bound: Bound) -> frozenset[Instance]:
        """One meeting more than can be, with every session; nothing when there are not too many."""
        asking = self._asking_for(bound)
        return self._sessions.union(asking[: bound.most + 1]) if len(asking) > bound.most else frozenset()

    def _asking_for(self, bound: Bound) -> list[Instance]:
        return [each for each in in_order(self._left) if names_of([each]) <= {*bound.meetings}]

    def _by_counting(self, asked: frozenset[Instance]) -> frozenset[Instance] | None:
        day = within_hours(only(self._problem, names_of(asked)))
        everything = countable(day)
        kept = [each for each in everything if each in asked or not _is_asked(each)]
        judge = partial(judge_by_counting, day, everything, patience=self._patience.at_least(GRACE))
        plainest = Shrinking(judge, kept, day, tells=False).shrink().kept
        try:
            if not _is_small(day):
                is_anyhow = counts_as_too_much_around_the_clock(day, plainest, self._patience)
                return plainest if is_anyhow else plainest | {HOURS}
            with Trial(for_these(day, plainest), self._patience) as trial:
                return self._minimal(trial, plainest, is_counted=True)
        except OutOfTime:
            self.is_settled = False
            return plainest | {HOURS}

    # -- by asking -----------------------------------------------------------------------------------------------

    def _asked(self) -> Iterator[frozenset[Instance]]:
        """What a solver objects to."""
        if self._may_go_on() and sketched(only(self._problem, names_of(self._left)), self._patience):
            return
        while self._may_go_on():
            verdict = self._asking.judge(self._left)
            conflict = self._by_asking(verdict.core) if verdict.is_possible is False else None
            self.is_settled &= verdict.is_possible is True or conflict is not None
            if conflict is None:
                return
            yield conflict

    def _by_asking(self, core: frozenset[Instance]) -> frozenset[Instance] | None:
        """The conflict with the plainest rules in which what is asked for cannot be had."""
        asked = self._tightened(core)
        for kinds in self._plain_kinds():
            if not self._may_go_on():
                return None
            day = within_hours(only(self._problem if EVEN in kinds else uneven(self._problem), names_of(asked)))
            kept = [each for each in (*countable(day), EVERYBODY) if each in asked or key_of(each) in kinds]
            with Trial(for_these(day, kept), self._patience) as trial:
                if trial.objects_to(kept):
                    return self._minimal(trial, kept)
        with Trial(within_hours(only(self._problem, names_of(asked))), self._patience) as trial:
            return self._minimal(trial, [each for each in trial.instances if each in asked or not _is_asked(each)])

    def _plain_kinds(self) -> Iterator[frozenset[Key]]:
        """Kinds of rules to seek the conflict in; what must be even is the last to blame, as it is about everybody."""
        yield from PLAIN
        if self._problem.breaks_differ_by is not None:
            yield from (kinds | {EVEN} for kinds in PLAIN)

    def _tightened(self, core: frozenset[Instance]) -> frozenset[Instance]:
        """What cannot be had together, with some that is not to blame for it left out."""
        for _ in range(TIGHTENINGS):
            verdict = self._asking.judge(core)
            if verdict.is_possible is not False or len(verdict.core) == len(core):
                break
            core = verdict.core
        return core

    # -- in either case ------------------------------------------------------------------------------------------

    def _minimal(
        self, trial: Trial, kept: Collection[Instance], *, is_counted: bool = False
    ) -> frozenset[Instance] | None:
        """The conflict in what is kept; None, and no longer settled, when it cannot be told in time.

        What counting has found and made small is a conflict in any case, and told even if each part of it is not shown
        to be needed.
        """
        conflict = None
        if trial.judge(kept).is_possible is False:
            shrinking = Shrinking(trial.judge, kept, trial.problem).shrink()
            self.is_settled &= shrinking.is_sure
            conflict = (
                self._with_hours(shrinking.kept, is_counted=is_counted) if shrinking.is_sure or is_counted else None
            )
        self.is_settled &= conflict is not None
        return conflict

    def _with_hours(self, kept: frozenset[Instance], *, is_counted: bool) -> frozenset[Instance] | None:
        """The conflict, with the opening hours if it could be resolved around the clock."""
        day = only(self._problem, names_of(kept))
        is_resolved = resolved_around_the_clock(day, kept, self._patience)
        self.is_settled &= is_resolved is not None
        if is_resolved is None and not is_counted:
            return None
        return kept if is_resolved is False else kept | {HOURS}


def _is_small(day: Problem) -> bool:
    return len(day.meetings) <= MANY_MEETINGS


def _is_asked(instance: Instance) -> bool:
    return instance.rule is Rule.REQUIRED


def _is_session(asked: Instance) -> bool:
    return named(asked.about[0])[0] == "session"
