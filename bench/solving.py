"""Days solved by us through the command line, and each plan checked by `check`, which knows nothing of the solver."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL
from typing import TypeVar

from bench.measured import Ended, run
from bench.results import AimRow, PlanRow
from solver.files import read_plan, write_problem
from solver.limits import Progress
from solver.plan import Plan, Status
from solver.problem import Problem

PROVEN_INFEASIBLE, NO_PLAN_IN_TIME = 3, 4
# The solver counts work, not seconds: on a slow machine it takes longer than the seconds it is given.
PATIENCE, PATIENCE_SECONDS = 4.0, 60.0

T = TypeVar("T")


class Failed(Exception):
    """A command of ours ended as it never should."""


def solved(name: str, day: Problem, seconds: float) -> tuple[PlanRow, Plan | None]:
    """What it took to plan a day, and the plan; None when there is none.

    Raises Failed when the solver ends with a fault.
    """
    with tempfile.TemporaryDirectory() as folder:
        day_file, plan_file = Path(folder, "day.json"), Path(folder, "plan.json")
        day_file.write_bytes(write_problem(day))
        limits = ("--seconds", seconds, "--progress", "json")
        ended = run("solver", "solve", day_file, "--out", plan_file, *limits, most_seconds=patience(seconds))
        # Whoever has to be killed has no plan in time either.
        if ended.status in (PROVEN_INFEASIBLE, NO_PLAN_IN_TIME, -SIGKILL):
            return _without_plan(name, day, ended), None
        succeeded(ended)
        plan = read_plan(plan_file.read_bytes(), day)
        check = run("solver", "check", day_file, plan_file, most_seconds=patience(seconds))
    return _row(name, day, plan, ended, is_checked=check.status == 0), plan


def patience(seconds: float) -> float:
    """How long to wait, at the most, for what should take so many seconds."""
    return PATIENCE * seconds + PATIENCE_SECONDS


def succeeded(ended: Ended, *, also: int = 0) -> str:
    """What a command printed that ended with status 0, or with the one that is also fine.

    Raises Failed when it ended otherwise.
    """
    if ended.status not in (0, also):
        raise Failed(f"status {ended.status}: {ended.errors[-2000:]}")
    return ended.output


def middle(runs: int, measure: Callable[[], T], cost: Callable[[T], float]) -> T:
    """The measurement whose cost is the median of several."""
    measured = sorted((measure() for _ in range(runs)), key=cost)
    return measured[(runs - 1) // 2]


def _without_plan(name: str, day: Problem, ended: Ended) -> PlanRow:
    told = _told(ended.errors)
    return PlanRow(
        day=name,
        suppliers=len(day.suppliers),
        panels=len(day.panels),
        meetings=len(day.meetings),
        status=Status.INFEASIBLE if ended.status == PROVEN_INFEASIBLE else Status.UNKNOWN,
        placed=0,
        first_plan_seconds=None,
        seconds=told[-1].seconds if told else 0.0,
        aims=(),
        is_checked=False,
        cost=ended.cost,
    )


def _row(name: str, day: Problem, plan: Plan, ended: Ended, *, is_checked: bool) -> PlanRow:
    told = _told(ended.errors)
    last = {progress.aim: progress.seconds for progress in told}
    return PlanRow(
        day=name,
        suppliers=len(day.suppliers),
        panels=len(day.panels),
        meetings=len(day.meetings),
        status=plan.status,
        placed=len(plan.meetings),
        first_plan_seconds=next((each.seconds for each in told if each.value is not None), None),
        seconds=plan.seconds,
        aims=tuple(
            AimRow(
                aim=result.aim,
                value=result.value,
                bound=result.bound,
                is_proven=result.proven,
                seconds=last.get(result.aim),
            )
            for result in plan.aims
        ),
        is_checked=is_checked,
        cost=ended.cost,
    )


def _told(errors: str) -> list[Progress]:
    return [Progress(**json.loads(line)) for line in errors.splitlines() if line.startswith("{")]
