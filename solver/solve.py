"""The plan for a day: first any lawful plan, then aim by aim, each proven before the next where time allows."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import version

from solver.answer import literals_of, sessions_and_meetings
from solver.attending import with_all_who_can
from solver.constraints import constrain
from solver.limits import Limits, Progress
from solver.lots import drawn
from solver.moves import moves
from solver.objectives import AIMS
from solver.plan import AimResult, Plan, Status
from solver.problem import Aim, Problem
from solver.rules import Breach
from solver.score import false_figures, score
from solver.search import Search
from solver.sketch import sketch
from solver.variables import Choices
from solver.verify import breaches

SOLVER = f"OR-Tools {'.'.join(version('ortools').split('.')[:2])} CP-SAT"

OnProgress = Callable[[Progress], None]


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
    task = _Task(draw.problem, limits, problem_sha256, on_progress, stop)
    found = task.find_first()
    if not found:
        return draw.undrawn(task.plan(Status.UNKNOWN if found is None else Status.INFEASIBLE))
    results = tuple(task.pursue(aim, step) for step, aim in enumerate(problem.aims, 1))
    is_optimal = all(result.proven for result in results)
    plan = draw.undrawn(task.attended(task.plan(Status.OPTIMAL if is_optimal else Status.FEASIBLE, results)))
    plan = replace(plan, moved=moves(problem, plan.meetings))
    _refuse_unlawful(problem, plan)
    return plan


def _refuse_unlawful(problem: Problem, plan: Plan) -> None:
    broken, untrue = breaches(problem, plan), false_figures(problem, plan, plan.problem_sha256)
    if broken or untrue:
        raise UnlawfulPlan(broken, untrue)


class _Task:
    """One day while it is being solved."""

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        problem_sha256: str,
        on_progress: OnProgress | None,
        stop: threading.Event | None,
    ) -> None:
        self._began = time.monotonic()
        self._problem, self._limits, self._problem_sha256 = problem, limits, problem_sha256
        self._on_progress = on_progress
        self._tell(None, 0, None, None)
        self._sketch = sketch(problem, limits) if self._wants_everything() else None
        self._choices = Choices(problem)
        constrain(self._choices)
        self._search = Search(self._choices.formula, limits, stop)

    def _wants_everything(self) -> bool:
        """Whether a plan with everything placed would be a good one to begin with."""
        is_first = self._problem.aims[:1] in ((Aim.REACHED,), (Aim.PLACED,))
        return is_first or all(meeting.required for meeting in self._problem.meetings)

    def find_first(self) -> bool | None:
        """Whether there is a lawful plan; None when that is not known."""
        if self._sketch is not None:
            return self._search.find_first(literals_of(self._choices, *self._sketch))
        hopes = [self._choices.placed[name] for name in self._choices.meetings] if self._wants_everything() else []
        return self._search.find_first(hopes)

    def pursue(self, aim: Aim, step: int) -> AimResult:
        """Come as near as the work allows to the best value of the aim, and hold on to it."""
        sign = -1 if aim.is_maximised else 1
        figure = AIMS[aim](self._choices)
        so_far = self._value(aim)
        self._tell(aim, step, so_far, None)
        best = sign * self._search.minimise(
            figure * sign,
            sign * so_far,
            lambda cost, least: self._tell(aim, step, sign * cost, sign * least),
            is_negative=aim.is_maximised,
        )
        value = self._value(aim)
        self._choices.formula.bound(figure, least=value, most=value)
        self._tell(aim, step, value, best)
        return AimResult(aim, value, best, proven=value == best)

    def _value(self, aim: Aim) -> int:
        return score(self._problem, self.plan(Status.FEASIBLE))[aim]

    def attended(self, plan: Plan) -> Plan:
        """The plan with everyone attending who can, as long as there is time for it."""
        if self._search.was_cut:
            return plan
        meetings = with_all_who_can(self._problem, plan.sessions, plan.meetings, self._limits)
        return replace(plan, meetings=meetings, seconds=time.monotonic() - self._began)

    def _tell(self, aim: Aim | None, step: int, value: int | None, bound: int | None) -> None:
        if self._on_progress is not None:
            seconds = time.monotonic() - self._began
            self._on_progress(Progress(aim, step, len(self._problem.aims), value, bound, seconds))

    def plan(self, status: Status, results: tuple[AimResult, ...] = ()) -> Plan:
        """The best solution so far as a plan; an empty one when there is none."""
        search = self._search
        sessions, meetings = sessions_and_meetings(self._choices, search.holds) if search.solution else ((), ())
        placed = {meeting.id for meeting in meetings}
        return Plan(
            status=status,
            sessions=sessions,
            meetings=meetings,
            unplaced=tuple(name for name in self._choices.meetings if name not in placed),
            aims=results,
            seed=self._limits.seed,
            workers=self._limits.workers,
            solver=SOLVER,
            seconds=time.monotonic() - self._began,
            problem_sha256=self._problem_sha256,
            was_cut=search.was_cut,
        )
