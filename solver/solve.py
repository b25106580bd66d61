"""The plan for a day: first any lawful plan, then aim by aim, each proven before the next where time allows."""

import time
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from typing import TypeVar

from solver.activities import Activity
from solver.constraints import constrain
from solver.limits import Limits, Progress
from solver.objectives import AIMS
from solver.plan import AimResult, PlacedMeeting, PlacedSession, Plan, Status
from solver.problem import Aim, Problem
from solver.rules import Breach
from solver.score import false_figures, score
from solver.search import Search
from solver.variables import Choices, Literal
from solver.verify import breaches

SOLVER = f"OR-Tools {'.'.join(version('ortools').split('.')[:2])} CP-SAT"

T = TypeVar("T")
OnProgress = Callable[[Progress], None]


class UnlawfulPlan(Exception):
    """A fault of ours: the solver's plan breaks a rule, or claims a figure, that the checks do not agree with."""

    def __init__(self, found: Iterable[Breach], figures: Iterable[str]) -> None:
        self.breaches = tuple(found)
        super().__init__("; ".join([*(f"{breach.rule.number}: {breach.text}" for breach in self.breaches), *figures]))


def solve(problem: Problem, limits: Limits, *, problem_sha256: str, on_progress: OnProgress | None = None) -> Plan:
    """The best plan found within the limits, checked against every rule; without one, the status says why.

    The same problem and limits give the same plan, unless the machine is so slow that the clock ends the search.
    Raises UnlawfulPlan when the checks, which share nothing with the model, do not agree with it.
    """
    task = _Task(problem, limits, problem_sha256, on_progress)
    found = task.find_first()
    if not found:
        return task.plan(Status.UNKNOWN if found is None else Status.INFEASIBLE)
    results = tuple(task.pursue(aim, step) for step, aim in enumerate(problem.aims, 1))
    is_optimal = all(result.proven for result in results)
    plan = task.plan(Status.OPTIMAL if is_optimal else Status.FEASIBLE, results)
    _refuse_unlawful(problem, plan)
    return plan


def _refuse_unlawful(problem: Problem, plan: Plan) -> None:
    broken, untrue = breaches(problem, plan), false_figures(problem, plan, plan.problem_sha256)
    if broken or untrue:
        raise UnlawfulPlan(broken, untrue)


class _Task:
    """One day while it is being solved."""

    def __init__(self, problem: Problem, limits: Limits, problem_sha256: str, on_progress: OnProgress | None) -> None:
        self._began = time.monotonic()
        self._problem, self._limits, self._problem_sha256 = problem, limits, problem_sha256
        self._on_progress = on_progress
        self._choices = Choices(problem)
        constrain(self._choices)
        self._search = Search(self._choices.model, limits)

    def find_first(self) -> bool | None:
        """Whether there is a lawful plan; None when that is not known."""
        self._tell(None, 0, None, None)
        # Where it comes first that much is placed, a plan with everything placed settles that at once.
        is_worth_a_try = self._problem.aims[:1] in ((Aim.REACHED,), (Aim.PLACED,))
        hopes = [self._choices.placed[name] for name in self._choices.meetings] if is_worth_a_try else []
        return self._search.find_first(hopes)

    def pursue(self, aim: Aim, step: int) -> AimResult:
        """Come as near as the work allows to the best value of the aim, and hold on to it."""
        sign = -1 if aim.is_maximised else 1
        figure = AIMS[aim](self._choices)
        self._tell(aim, step, self._search.value(figure), None)
        best = sign * self._search.minimise(
            sign * figure,
            lambda cost, least: self._tell(aim, step, sign * cost, sign * least),
            is_negative=aim.is_maximised,
        )
        value = self._search.value(figure)
        if value is None:
            value = score(self._problem, self.plan(Status.FEASIBLE))[aim]
        self._choices.model.add(figure == value)
        self._tell(aim, step, value, best)
        return AimResult(aim, value, best, proven=value == best)

    def _tell(self, aim: Aim | None, step: int, value: int | None, bound: int | None) -> None:
        if self._on_progress is not None:
            seconds = time.monotonic() - self._began
            self._on_progress(Progress(aim, step, len(self._problem.aims), value, bound, seconds))

    def plan(self, status: Status, results: tuple[AimResult, ...] = ()) -> Plan:
        """The best solution so far as a plan; an empty one when there is none."""
        placed = self._placed() if self._search.solution else set()
        return Plan(
            status=status,
            sessions=tuple(
                self._session(session) for name, session in self._choices.sessions.items() if name in placed
            ),
            meetings=tuple(
                self._meeting(meeting) for name, meeting in self._choices.meetings.items() if name in placed
            ),
            unplaced=tuple(name for name in self._choices.meetings if name not in placed),
            aims=results,
            seed=self._limits.seed,
            workers=self._limits.workers,
            solver=SOLVER,
            seconds=time.monotonic() - self._began,
            problem_sha256=self._problem_sha256,
        )

    def _placed(self) -> set[str]:
        return {name for name, placed in self._choices.placed.items() if self._search.holds(placed)}

    def _session(self, session: Activity) -> PlacedSession:
        start = self._chosen(self._choices.start[session.id])
        room = self._chosen(self._choices.room[session.id]) if session.id in self._choices.room else None
        return PlacedSession(session.id, start, start + session.minutes, room)

    def _meeting(self, meeting: Activity) -> PlacedMeeting:
        start, room = self._chosen(self._choices.start[meeting.id]), self._chosen(self._choices.room[meeting.id])
        attends = self._choices.attends[meeting.id]
        people = tuple(person for person, literal in attends.items() if self._search.holds(literal))
        return PlacedMeeting(meeting.id, start, start + meeting.minutes, room, people)

    def _chosen(self, options: Mapping[T, Literal]) -> T:
        return next(option for option, literal in options.items() if self._search.holds(literal))
