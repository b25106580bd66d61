"""Why not everything can be had: minimal conflicts between rules and what is asked for."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain

from solver.capacity import Bound, bounds
from solver.explaining.asking import Asking
from solver.explaining.counting import countable, judge_by_counting
from solver.explaining.hours import MIDNIGHT_TO_MIDNIGHT, open_all, within_hours
from solver.explaining.instances import Instance, asked_of, is_must, named, names_of
from solver.explaining.patience import Patience
from solver.explaining.plainer import for_these
from solver.explaining.planning import sketched
from solver.explaining.shrinking import PLAIN, Shrinking, in_order, key_of
from solver.explaining.smaller import only
from solver.explaining.trial import Trial
from solver.problem import Problem, Span
from solver.rules import Rule
from solver.thinkable import Thinkable, within

# More than a handful help nobody, nor do many that are alike: the next are found when these are out of the way.
A_HANDFUL = 5
ALIKE = 2
TIGHTENINGS = 3

HOURS = Instance(Rule.OPEN, ("day",))


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
        for conflict in chain(self._counted(), self._asked()):
            found.append(in_order(conflict))
            if len(found) == A_HANDFUL or not self._set_aside(conflict):
                break
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
        plainest = Shrinking(partial(judge_by_counting, day, everything), kept, tells=False).shrink().kept
        with Trial(for_these(day, plainest), self._patience) as trial:
            return self._minimal(trial, plainest)

    # -- by asking -----------------------------------------------------------------------------------------------

    def _asked(self) -> Iterator[frozenset[Instance]]:
        """What a solver objects to."""
        if self._may_go_on() and sketched(only(self._problem, names_of(self._left))):
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
        day = within_hours(only(self._problem, names_of(asked)))
        for kinds in PLAIN:
            kept = [each for each in countable(day) if each in asked or key_of(each) in kinds]
            with Trial(for_these(day, kept), self._patience) as trial:
                if trial.judge(kept).is_possible is False:
                    return self._minimal(trial, kept)
        with Trial(day, self._patience) as trial:
            return self._minimal(trial, [each for each in trial.instances if each in asked or not _is_asked(each)])

    def _tightened(self, core: frozenset[Instance]) -> frozenset[Instance]:
        """What cannot be had together, with some that is not to blame for it left out."""
        for _ in range(TIGHTENINGS):
            verdict = self._asking.judge(core)
            if verdict.is_possible is not False or len(verdict.core) == len(core):
                break
            core = verdict.core
        return core

    # -- in either case ------------------------------------------------------------------------------------------

    def _minimal(self, trial: Trial, kept: Collection[Instance]) -> frozenset[Instance] | None:
        """The conflict in what is kept; None, and no longer settled, when it cannot be told in time."""
        conflict = None
        if trial.judge(kept).is_possible is False:
            shrinking = Shrinking(trial.judge, kept).shrink()
            conflict = self._with_hours(shrinking.kept) if shrinking.is_sure else None
        self.is_settled &= conflict is not None
        return conflict

    def _with_hours(self, kept: frozenset[Instance]) -> frozenset[Instance] | None:
        """The conflict, with the opening hours if it could be resolved around the clock."""
        day = only(self._problem, names_of(kept))
        if _keeps_hours_anyhow(for_these(open_all(day, MIDNIGHT_TO_MIDNIGHT), kept), day.day.whole):
            return kept
        for hours in (_a_little_longer(day), MIDNIGHT_TO_MIDNIGHT):
            with Trial(for_these(open_all(day, hours), kept), self._patience) as trial:
                is_possible = trial.judge(kept).is_possible
            if is_possible:
                return kept | {HOURS}
        return None if is_possible is None else kept


def _keeps_hours_anyhow(around_the_clock: Problem, whole: Span) -> bool:
    """Whether everything lies within the opening hours also when nobody asks for it."""
    thinkable = Thinkable(around_the_clock)
    lawful = {each.id: within((whole,), each.minutes, thinkable.step) for each in thinkable.activities.values()}
    return all(starts & ~lawful[name] == 0 for name, starts in thinkable.starts.items())


def _a_little_longer(problem: Problem) -> Span:
    """The hours of the day with room after them for one activity more, with its pause: mostly that is enough."""
    activities = [*(each.minutes for each in problem.sessions), *(each.minutes for each in problem.meetings)]
    more = max(activities, default=0) + max((each.pause_minutes for each in problem.panels), default=0)
    step = problem.day.step
    closes = problem.day.closes + -(-more // step) * step
    return Span(problem.day.opens, min(closes, MIDNIGHT_TO_MIDNIGHT.end))


def _is_asked(instance: Instance) -> bool:
    return instance.rule is Rule.REQUIRED


def _is_session(asked: Instance) -> bool:
    return named(asked.about[0])[0] == "session"
