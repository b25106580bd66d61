"""The day on the command line: solve it, check a plan for it, draw it."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from solver.disk import read_whole, refuse_unwritable, write_whole
from solver.draw import draw as picture_of
from solver.files import FileFault, problem_sha256, read_plan, read_problem, write_plan
from solver.limits import Limits
from solver.plan import Plan, Status
from solver.problem import Problem
from solver.progress import Telling, telling
from solver.verdict import judge

UNREADABLE, INFEASIBLE, NO_PLAN_IN_TIME, INTERRUPTED = 2, 3, 4, 130
MOST_SECONDS = 24 * 60 * 60


def _lasting(seconds: float) -> float:
    if 0 < seconds <= MOST_SECONDS:
        return seconds
    raise typer.BadParameter(f"{seconds} is not more than 0 and at most {MOST_SECONDS}.")


DayFile = Annotated[Path, typer.Argument(metavar="DAY.json", help="The day, in the day format.")]
PlanFile = Annotated[Path, typer.Argument(metavar="PLAN.json", help="A plan for that day.")]
PlanOut = Annotated[Path, typer.Option("--out", metavar="PLAN.json", help="Where the plan is written.")]
PictureOut = Annotated[Path, typer.Option("--out", metavar="DAY.svg", help="Where the picture is written.")]
Seconds = Annotated[float, typer.Option(callback=_lasting, help="How long the solver may think.")]
Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, help="The number that decides between equals.")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="How many threads search.")]
ProgressTold = Annotated[Telling, typer.Option("--progress", help="auto shows it on a terminal; json, on lines.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")]


def verbs(app: typer.Typer) -> None:
    """Give an app the verbs of the day: solve, check and draw."""
    for verb in (solve, check, draw):
        app.command()(verb)


def solve(
    day: DayFile,
    out: PlanOut,
    seconds: Seconds = 30.0,
    seed: Seed = 1,
    workers: Workers = 2,
    progress: ProgressTold = Telling.AUTO,
) -> None:
    """Find the plan for a day. Exit status 3: proven infeasible; 4: no plan within the time."""
    problem, sha256 = _day(day)
    with _refusals(out):
        refuse_unwritable(out, day)
    plan = _solved(problem, Limits(seconds, seed, workers), sha256, progress)
    _refuse_without_plan(day, plan, seconds)
    with _refusals(out):
        write_whole(out, write_plan(plan))
    typer.echo(_summary(plan, out))


def check(day: DayFile, plan: PlanFile, as_json: AsJson = False) -> None:
    """Recompute every rule and every aim of a plan, without the solver. Exit status 1: not lawful, or not true."""
    problem, sha256 = _day(day)
    claimed = _plan(plan, problem)
    verdict = judge(problem, claimed, sha256)
    typer.echo(verdict.as_json() if as_json else "\n".join(verdict.lines()))
    raise typer.Exit(0 if verdict.holds else 1)


def draw(day: DayFile, plan: PlanFile, out: PictureOut) -> None:
    """Draw the planned day as a picture: rooms across, time down."""
    problem, _ = _day(day)
    drawn = picture_of(problem, _plan(plan, problem))
    with _refusals(out):
        refuse_unwritable(out, day, plan)
        write_whole(out, drawn.encode())


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except FileFault as fault:
        _refuse(f"{path}: {fault}")
    except OSError as error:
        _refuse(f"{path}: {error.strerror}")


def _refuse(sentence: str, status: int = UNREADABLE) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(status)


def _day(path: Path) -> tuple[Problem, str]:
    with _refusals(path):
        content = read_whole(path)
        return read_problem(content), problem_sha256(content)


def _plan(path: Path, problem: Problem) -> Plan:
    with _refusals(path):
        return read_plan(read_whole(path), problem)


def _solved(problem: Problem, limits: Limits, sha256: str, how: Telling) -> Plan:
    try:
        # OR-Tools takes more than a second to load: only this verb pays for it.
        from solver.solve import solve as solve_day

        # While the solver works in a thread of its own, the main thread can hear Ctrl-C.
        with telling(how) as tell:
            pool = ThreadPoolExecutor(max_workers=1)
            return pool.submit(solve_day, problem, limits, problem_sha256=sha256, on_progress=tell).result()
    except KeyboardInterrupt:
        _leave_at_once()


def _leave_at_once() -> NoReturn:
    typer.echo("Stopped; no plan was written.", err=True)
    sys.stderr.flush()
    # An ordinary exit would wait for the solver's threads until their time is up.
    os._exit(INTERRUPTED)


def _refuse_without_plan(day: Path, plan: Plan, seconds: float) -> None:
    if plan.status is Status.INFEASIBLE:
        _refuse(f"{day}: proven infeasible: no plan keeps every rule", INFEASIBLE)
    if plan.status is Status.UNKNOWN:
        _refuse(f"{day}: no plan found within {seconds:g} seconds", NO_PLAN_IN_TIME)


def _summary(plan: Plan, out: Path) -> str:
    asked = len(plan.meetings) + len(plan.unplaced)
    return f"{out}: {plan.status}, {len(plan.meetings)} of {asked} meetings placed"


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The dialogue day as a planning problem.",
)
verbs(app)
