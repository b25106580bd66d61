"""The day on the command line: solve it, check a plan, explain it, say what may still be booked, draw it."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from solver import moves
from solver.files import write_plan
from solver.format import json_text
from solver.limits import Limits
from solver.plan import Plan, Status
from solver.problem import Problem
from solver.terminal.disk import refuse_unwritable
from solver.terminal.leaving import NO_PLAN, STOPPED, leave, left_when_stopped
from solver.terminal.one_line import OneLine
from solver.terminal.options import seconds as read_seconds
from solver.terminal.options import whole_number
from solver.terminal.progress import Telling, telling
from solver.terminal.refusing import (
    day_at,
    end_stopped,
    plan_at,
    refusals,
    refuse,
    shown,
    stoppable,
    write_at,
)
from solver.terminal.stopping import Stopped, until_stopped
from solver.verdict import judge

if TYPE_CHECKING:
    from solver.explain import Explanation
    from solver.openings import Openings

T = TypeVar("T")
INFEASIBLE, NOT_IN_TIME = 3, 4

DayFile = Annotated[Path, typer.Argument(metavar="DAY.json", help="The day, in the day format.")]
PlanFile = Annotated[Path, typer.Argument(metavar="PLAN.json", help="A plan for that day.")]
PlanOut = Annotated[Path, typer.Option("--out", metavar="PLAN.json", help="Where the plan is written.")]
Language = Annotated[Literal["nb", "nn", "en"], typer.Option(help="Bokmål, nynorsk or English.")]
PictureOut = Annotated[Path, typer.Option("--out", metavar="DAY.svg", help="Where the picture is written.")]
Seconds = Annotated[float, typer.Option(parser=read_seconds, metavar="SECONDS", help="How long the solver may think.")]
Seed = Annotated[
    int,
    typer.Option(parser=whole_number(0, 2**31 - 1), metavar="NUMBER", help="The number that decides between equals."),
]
Workers = Annotated[int, typer.Option(parser=whole_number(1, 64), metavar="1..64", help="How many threads search.")]
ProgressTold = Annotated[Telling, typer.Option("--progress", help="auto shows it on a terminal; json, on lines.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
MeetingId = Annotated[str, typer.Option("--meeting", metavar="ID", help="A meeting of the day.")]
AsPage = Annotated[bool, typer.Option("--html", help="Write an HTML page with the same and tables.")]
Suppliers = Annotated[bool, typer.Option("--suppliers", help="Also show how each supplier is treated.")]


def verbs(app: typer.Typer) -> None:
    """Give an app the verbs of the day."""
    app.command()(stoppable(solve, NO_PLAN))
    for verb in (check, explain, openings, draw):
        app.command()(stoppable(verb))


def solve(
    day: DayFile,
    out: PlanOut,
    seconds: Seconds = 30.0,
    seed: Seed = 1,
    workers: Workers = 2,
    progress: ProgressTold = Telling.AUTO,
) -> None:
    """Find the plan for a day. Exit status 3: proven infeasible; 4: no plan within the time."""
    problem, sha256 = day_at(day)
    with refusals(out):
        refuse_unwritable(out, day)
    plan, is_stopped = _solved(problem, Limits(seconds, seed, workers), sha256, progress)
    if is_stopped and plan.status is Status.UNKNOWN:
        end_stopped(NO_PLAN)
    _refuse_without_plan(day, plan, seconds)
    with left_when_stopped(STOPPED):
        write_at(out, write_plan(plan))
        typer.echo("\n".join(_told(problem, plan, out, is_stopped=is_stopped)))
    if is_stopped:
        end_stopped("Stopped: the best plan so far is written.")


def check(day: DayFile, plan: PlanFile, as_json: AsJson = False, suppliers: Suppliers = False) -> None:
    """Recompute every rule and every aim of a plan, without the solver. Exit status 1: not lawful, or not true."""
    problem, sha256 = day_at(day)
    claimed = plan_at(plan, problem)
    verdict = judge(problem, claimed, sha256)
    lines = (*verdict.lines(), *(("", *verdict.fairness.lines()) if suppliers else ()))
    typer.echo(verdict.as_json() if as_json else "\n".join(lines))
    raise typer.Exit(0 if verdict.holds else 1)


def draw(day: DayFile, plan: PlanFile, out: PictureOut, language: Language = "nb", html: AsPage = False) -> None:
    """Draw the planned day as a picture: rooms across, time down; or as a page with the same and tables."""
    from solver.draw import draw as picture_of
    from solver.draw import draw_page as page_of

    problem, sha256 = day_at(day)
    found = plan_at(plan, problem)
    if not judge(problem, found, sha256).holds:
        refuse(plan, "breaks a rule of the day, or claims what is not so; `check` tells what")
    drawn = (page_of if html else picture_of)(problem, found, language=language)
    with refusals(out):
        refuse_unwritable(out, day, plan)
    write_at(out, drawn.encode())


def explain(day: DayFile, as_json: AsJson = False, seconds: Seconds = 30.0, language: Language = "nb") -> None:
    """Say why the day cannot hold all that was asked, and what would help. Exit status 1: there are conflicts."""
    problem, _ = day_at(day)

    def work() -> "Explanation":
        from solver.explain import explain as explanation_of

        return explanation_of(problem, seconds, language)

    found = _unless_interrupted(work)
    typer.echo(found.as_json() if as_json else "\n".join(found.lines()))
    is_known = found.has_conflicts or found.findings.is_settled
    raise typer.Exit(int(found.has_conflicts) if is_known else NOT_IN_TIME)


def openings(day: DayFile, meeting: MeetingId, as_json: AsJson = False) -> None:
    """List every time and room for one meeting that leaves every other promise intact."""
    problem, _ = day_at(day)
    if meeting not in problem.meeting:
        refuse(day, f"no meeting {json_text.shown(meeting)}")

    def work() -> "Openings":
        from solver.openings import Session

        return Session(problem).openings(meeting)

    found = _unless_interrupted(work)
    typer.echo(found.as_json() if as_json else "\n".join(found.lines()))


def _unless_interrupted(work: Callable[[], T]) -> T:
    """What the work comes to; the solver's own loops do not hear Ctrl-C, so whoever waits for them leaves."""
    try:
        answer, _ = until_stopped(lambda _: work(), patience=0)
    except Stopped:
        leave(STOPPED)
    return answer


def _solved(problem: Problem, limits: Limits, sha256: str, how: Telling) -> tuple[Plan, bool]:
    """The plan, and whether it is the best so far because somebody did not want to wait for a better one."""

    def work(stop: threading.Event) -> Plan:
        # OR-Tools takes a while to load: only this verb pays for it.
        from solver.solve import solve as solve_day

        return solve_day(problem, limits, problem_sha256=sha256, on_progress=tell, stop=stop)

    try:
        with telling(how) as tell:
            plan, was_asked = until_stopped(work)
    except (Stopped, KeyboardInterrupt):
        # An ordinary exit would wait for the solver's threads until their time is up.
        leave(NO_PLAN)
    return plan, was_asked and (plan.was_cut or plan.status is Status.UNKNOWN)


def _refuse_without_plan(day: Path, plan: Plan, seconds: float) -> None:
    if plan.status is Status.INFEASIBLE:
        refuse(day, "proven infeasible: no plan keeps every rule", INFEASIBLE)
    if plan.status is Status.UNKNOWN:
        refuse(day, f"no plan found within {seconds:g} seconds", NOT_IN_TIME)


def _told(problem: Problem, plan: Plan, out: Path, *, is_stopped: bool) -> Iterator[str]:
    asked = len(plan.meetings) + len(plan.unplaced)
    moved = [] if plan.moved is None else [f"{len(plan.moved)} moved"]
    cut = ["cut short by the clock"] if plan.was_cut and not is_stopped else []
    yield ", ".join([f"{shown(out)}: {plan.status}", f"{len(plan.meetings)} of {asked} meetings placed", *moved, *cut])
    yield from (moves.shown(problem, move) for move in plan.moved or ())


app = typer.Typer(
    cls=OneLine,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The dialogue day as a planning problem.",
)
verbs(app)
