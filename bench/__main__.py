"""`python -m bench`: run everything, or a part, and write the results, the report and the plots."""

import platform
from collections.abc import Callable, Iterable
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from bench import parts
from bench.measured import ROOT
from bench.parts import Task
from bench.report import report
from bench.results import Results, Row, read_results, write_results
from bench.textbook_runs import OURS

PACKAGES = {
    "OR-Tools": "ortools",
    "PySAT": "python-sat",
    "HiGHS": "highspy",
    "PySCIPOpt": "pyscipopt",
    "Timefold": "timefold",
}
QUICK_SECONDS = 5.0


class Part(StrEnum):
    """What can be run by itself."""

    PLANS = "plans"
    PEERS = "peers"
    OPENINGS = "openings"
    REPAIRS = "repairs"
    EXPLAINED = "explained"
    FEEDS = "feeds"
    MAIL = "mail"
    FAULTS = "faults"
    OURS = "ours"


# What a full run runs; `ours` is there for a change of ours that makes no difference to the peers, and `faults` has a
# command of its own.
EVERYTHING = [part for part in Part if part not in {Part.OURS, Part.FAULTS}]
RUN: dict[Part, Callable[[Task], Iterable[Row]]] = {
    Part.PLANS: parts.planning,
    Part.PEERS: parts.peers,
    Part.OPENINGS: parts.openings,
    Part.REPAIRS: parts.repair,
    Part.EXPLAINED: parts.explanation,
    Part.FEEDS: parts.feeds,
    Part.MAIL: parts.mail,
    Part.FAULTS: parts.faults,
    Part.OURS: parts.ours,
}


def bench(
    only: Annotated[list[Part] | None, typer.Option(help="Run this part; may be given more than once.")] = None,
    instances: Annotated[Path | None, typer.Option(help="A folder of published instances (.dzn).")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write: bench/, or var/bench/ when quick.")] = None,
    seconds: Annotated[float, typer.Option(help="How long each solver may take.")] = 60.0,
    runs: Annotated[int, typer.Option(help="Of how many runs of ours the median counts.")] = 3,
    *,
    quick: Annotated[bool, typer.Option("--quick", help="Only the smallest of everything, once.")] = False,
    redraw: Annotated[bool, typer.Option("--redraw", help="Run nothing; write report and plots anew.")] = False,
) -> None:
    """Measure, and write RESULTS.md, results.json and the plots."""
    folder = out or (ROOT / "var" / "bench" if quick else ROOT / "bench")
    folder.mkdir(parents=True, exist_ok=True)
    limit, times = (min(seconds, QUICK_SECONDS), 1) if quick else (seconds, runs)
    task = Task(limit, times, is_quick=quick, published=instances)
    for part in [] if redraw else only or EVERYTHING:
        _measure(part, task, folder / "results.json")
    _show(read_results(folder / "results.json"), folder)


def _measure(part: Part, task: Task, path: Path) -> None:
    """Run one part and keep each row as it comes, in place of what was there."""
    field = Part.PEERS if part is Part.OURS else part
    rows: list[Row] = _of_others(read_results(path)) if part is Part.OURS else []
    for row in RUN[part](task):
        typer.echo(f"{part}: {row.headline}")
        rows.append(row)
        update = {"versions": _versions(), "seconds": task.seconds, field.value: tuple(rows)}
        write_results(path, read_results(path).model_copy(update=update))


def _of_others(results: Results) -> list[Row]:
    """What the peers came to."""
    return [row for row in results.peers if row.solver != OURS]


def _versions() -> dict[str, str]:
    return {"Python": platform.python_version(), **{name: version(package) for name, package in PACKAGES.items()}}


def _show(results: Results, folder: Path) -> None:
    # Before the measurements it would count as memory of every process that is started from here.
    from bench.plots import draw_plots

    draw_plots(results, folder)
    (folder / "RESULTS.md").write_text(report(results), encoding="utf-8")
    typer.echo(f"{folder / 'RESULTS.md'}")


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
app.command()(bench)
app(prog_name="python -m bench")
