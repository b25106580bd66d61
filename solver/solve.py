"""The plan for a day: first any lawful plan, then aim by aim, each proven before the next where time allows."""

import gc
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version

from solver.counting.capacity import at_most
from solver.deadline import Deadline, OutOfTime
from solver.limits import Limits, Progress
from solver.model.answer import Draft
from solver.moves import moves
from solver.plan import AimResult, Plan, Status
from solver.planning.attending import with_all_who_can
from solver.planning.lots import drawn
from solver.planning.pursuit import Pursuit, bare_plan, wants_everything
from solver.planning.sketch import Starts, beats, sketch
from solver.problem import Aim, Problem
from solver.rules import Breach
from solver.score import false_figures, score
from solver.verify import breaches

SOLVER = f"OR-Tools {'.'.join(version('ortools').split('.')[:2])} CP-SAT, CaDiCaL 1.9.5"

OnProgress = Callable[[Progress], None]

# The part of the time that a draft on the beat of the meetings may take.
SHARE_OF_A_DRAFT = 0.2


class UnlawfulPlan(Exception):
    """A fault of ours: the solver's plan breaks a rule, or claims a figure, that the checks do not agree with."""

    def __init__(self, found: Iterable[Breach], figures: Iterable[str]) -> None:
        self.breaches = tuple(found)
        super().__init__("; ".join([*(f"{breach.rule.number}: {breach.text}" for breach in self.breaches), *figures]))


def solve(
    problem: Problem,
    limits: Limits,
    *,
    problem_sha256: str,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
) -> Plan:
    """The best plan found within the limits, checked against every rule; without one, the status says why.

    The same problem and limits give the same plan, unless the machine is so slow that the clock ends the search, or
    `stop` is set: then the best plan so far is given, and its aims are as far proven as they are. Raises UnlawfulPlan
    when the checks, which share nothing with the model, do not agree with it.
    """
    draw = drawn(problem, limits.seed)
    task = _Task(draw.problem, limits, on_progress, Deadline(limits.seconds, stop))
    with _uncollected():
        status, results = task.run()
    plan = draw.undrawn(task.plan(status, results, problem_sha256))
    if status not in (Status.OPTIMAL, Status.FEASIBLE):
        return plan
    plan = replace(plan, moved=moves(problem, plan.meetings))
    _refuse_unlawful(problem, plan)
    return plan


@contextmanager
def _uncollected() -> Iterator[None]:
    """Within, nobody looks for circles among the millions of small things in a model; there are hardly any."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _refuse_unlawful(problem: Problem, plan: Plan) -> None:
    broken, untrue = breaches(problem, plan), false_figures(problem, plan, plan.problem_sha256)
    if broken or untrue:
        raise UnlawfulPlan(broken, untrue)


class _Task:
    """One day while it is being solved: on a beat first, where that is quick; then with all its starts."""

    def __init__(self, problem: Problem, limits: Limits, on_progress: OnProgress | None, deadline: Deadline) -> None:
        self._began = time.monotonic()
        self._problem, self._limits, self._on_progress, self._deadline = problem, limits, on_progress, deadline
        self._counted = tuple(at_most(problem))
        self._best: Draft | None = None
        self._was_cut = False

    def run(self) -> tuple[Status, tuple[AimResult, ...]]:
        """What came of it: how far it is proven, and each aim in turn."""
        self._tell(None, None, None)
        try:
            status, results = self._solved()
        except OutOfTime:
            self._was_cut = True
            status = Status.UNKNOWN if self._best is None else Status.FEASIBLE
            results = () if self._best is None else self._unproven()
        return status, results

    def _solved(self) -> tuple[Status, tuple[AimResult, ...]]:
        self._draft()
        limits = self._limits if self._best is None else self._shared(1.0 - SHARE_OF_A_DRAFT)
        pursuit = Pursuit(self._problem, limits, self._deadline, counted=self._counted)
        found = pursuit.begin(self._best)
        if found:
            results = self._pursued(pursuit)
            self._attend()
            return _status(results), results
        self._was_cut |= pursuit.was_cut
        return Status.UNKNOWN if found is None else Status.INFEASIBLE, ()

    def _draft(self) -> None:
        """Plan on the beat of the meetings, as well as little work does it, if the day has a beat.

        A day that has been announced needs none: most of what people have been told is a better beginning.
        """
        if self._problem.announced or not wants_everything(self._problem):
            return
        on_beat = list(beats(self._problem))
        for starts in on_beat if not self._counted else ():
            self._best = sketch(self._problem, starts, self._limits, self._deadline.keep)
            if self._best is not None:
                self._tell_first(self._best)
                self._improve(starts)
                return
        if on_beat:
            self._improve(on_beat[0])

    def _improve(self, starts: Starts) -> None:
        """Make the draft better with only these starts, or find a first one."""
        pursuit = Pursuit(self._problem, self._shared(SHARE_OF_A_DRAFT), self._deadline, starts, self._counted)
        if pursuit.begin(self._best):
            for aim in self._problem.aims:
                pursuit.pursue(aim, _say_nothing)
                self._best = pursuit.best

    def _shared(self, part: float) -> Limits:
        """A part of the time."""
        return replace(self._limits, seconds=self._limits.seconds * part)

    def _tell_first(self, draft: Draft) -> None:
        """Let it be known that there is a lawful plan."""
        for aim in self._problem.aims[:1]:
            self._tell(aim, score(self._problem, bare_plan(self._problem, draft))[aim], None)

    def _pursued(self, pursuit: Pursuit) -> tuple[AimResult, ...]:
        """Every aim in turn, or as many of them as there is time for."""
        try:
            for aim in self._problem.aims:
                pursuit.pursue(aim, self._tell)
                self._was_cut |= pursuit.was_cut
                pursuit = pursuit.narrowed()
        except OutOfTime:
            self._was_cut = True
        self._best = pursuit.best
        return pursuit.as_it_came()

    def _unproven(self) -> tuple[AimResult, ...]:
        values = score(self._problem, bare_plan(self._problem, self._best or Draft()))
        return tuple(AimResult(aim, values[aim], None, proven=False) for aim in self._problem.aims)

    def _attend(self) -> None:
        """Let everyone attend who can, as long as there is time for it."""
        if self._best is not None and not self._was_cut:
            meetings = with_all_who_can(self._problem, self._best.sessions, self._best.meetings)
            self._best = replace(self._best, meetings=meetings)

    def _tell(self, aim: Aim | None, value: int | None, bound: int | None) -> None:
        if self._on_progress is not None:
            aims = self._problem.aims
            step = 0 if aim is None else aims.index(aim) + 1
            self._on_progress(Progress(aim, step, len(aims), value, bound, time.monotonic() - self._began))

    def plan(self, status: Status, results: tuple[AimResult, ...], problem_sha256: str) -> Plan:
        """The best that was found, as a plan; an empty one when nothing was."""
        return replace(
            bare_plan(self._problem, self._best or Draft()),
            status=status,
            aims=results,
            seed=self._limits.seed,
            workers=self._limits.workers,
            solver=SOLVER,
            seconds=time.monotonic() - self._began,
            problem_sha256=problem_sha256,
            was_cut=self._was_cut,
        )


def _status(results: Iterable[AimResult]) -> Status:
    return Status.OPTIMAL if all(result.proven for result in results) else Status.FEASIBLE


def _say_nothing(_aim: Aim, _value: int | None, _bound: int | None) -> None:
    pass
