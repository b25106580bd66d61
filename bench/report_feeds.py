"""The part of the report that tells of feeds."""

from collections.abc import Iterable, Iterator
from statistics import median

from bench.results import FeedsRow
from bench.tables import table, yes

# The goals: least shares of what a bare route answers; the share of a core, and milliseconds of CPU, at most.
UNCHANGED, WHOLE = 0.6, 0.4
POLLING, RENDERING = 0.3, 5.0


def feeds_sections(feeds: Iterable[FeedsRow]) -> Iterator[str]:
    """What was measured of feeds; nothing where nothing was."""
    rows = list(feeds)
    if not rows:
        return
    yield "## Feeds"
    yield (
        "Ours, with all that every answer passes through and its line in the log, and a bare `async def` route of"
        " FastAPI that returns `{}`, each a process on the same kind of server (uvicorn), asked by turns over four"
        " connections that are kept; on SQLite, medians of the rounds. Polling: each feed once, over a connection of"
        " its own, nine in ten unchanged."
    )
    yield table(("what", "measured", "goal", "reached"), (line for row in rows for line in _lines(row)))
    yield "![Requests answered a second](feeds.svg)"


def _lines(row: FeedsRow) -> Iterator[list[object]]:
    unchanged, whole = (share(row, rates) for rates in (row.unchanged_a_second, row.whole_a_second))
    busy, of_all = row.polled_cpu_seconds / row.polled_seconds, f"{row.polled} feeds in {row.polled_seconds:.0f} s"
    yield ["bare route, a second", f"{median(row.bare_a_second):.0f}", "", ""]
    yield [
        "unchanged feed (304), × the bare route",
        f"{unchanged:.2f}",
        f"≥ {UNCHANGED}",
        yes(is_so=unchanged >= UNCHANGED),
    ]
    yield ["feed of 60 events (200), × the bare route", f"{whole:.2f}", f"≥ {WHOLE}", yes(is_so=whole >= WHOLE)]
    yield [f"{of_all}, of one core", f"{busy:.0%}", f"≤ {POLLING:.0%}", yes(is_so=busy <= POLLING)]
    render = row.render_milliseconds
    yield ["rendering 60 events, ms of CPU", f"{render:.1f}", f"≤ {RENDERING:.0f}", yes(is_so=render <= RENDERING)]


def share(row: FeedsRow, rates: Iterable[float]) -> float:
    """The median of how many times the bare route's requests were answered, round by round."""
    return median(ours / bare for ours, bare in zip(rates, row.bare_a_second, strict=True))
