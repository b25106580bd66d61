"""The plots beside RESULTS.md, in colours and markers that the colour-blind can tell apart."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from bench.against import Against, against
from bench.report_feeds import UNCHANGED, WHOLE
from bench.results import FeedsRow, OpeningsRow, PeerRow, PlanRow, Results
from bench.tables import percentile
from bench.textbook_runs import OURS, PEERS
from solver.problem import Aim

# Okabe and Ito's colours, each with a marker of its own.
BLUE, ORANGE, GREEN, VERMILION, PURPLE, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#666666"
STYLES = dict(zip(PEERS.values(), zip((BLUE, ORANGE, GREEN, PURPLE, VERMILION), "osD^v", strict=True), strict=True))
GOAL = 50
MOST_MIB = 1024
LETTERS_A_SECOND = 50


def draw_plots(results: Results, folder: Path) -> None:
    """Write the plots for what has been measured."""
    if results.plans:
        _write(folder / "time-against-size.svg", _time(results.plans))
        _write(folder / "memory-against-size.svg", _memory(results.plans))
    if results.peers:
        _write(folder / "peers.svg", _peers(results.peers))
    if results.openings:
        _write(folder / "openings.svg", _openings(results.openings))
    for feeds in results.feeds:
        _write(folder / "feeds.svg", _feeds(feeds))
    for mail in results.mail:
        _write(folder / "mail.svg", _sent("Letters of a publication", mail.sent_after_seconds))
    for faults in results.faults:
        title = "Letters through faults, and kills"
        _write(folder / "faults.svg", _sent(title, faults.sent_after_seconds, faults.killed_after_seconds))


def _write(path: Path, figure: Figure) -> None:
    with mpl.rc_context({"svg.hashsalt": "dialogdag", "svg.fonttype": "none"}):
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def _axes(title: str, across: str, up: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(8.4, 4.2), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=12)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.grid(visible=True, which="major", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _time(plans: Iterable[PlanRow]) -> Figure:
    rows = sorted(plans, key=lambda row: row.meetings)
    figure, axes = _axes("Planning a day", "meetings", "seconds of thinking")
    lines = (
        ("first lawful plan", "o-", BLUE, [row.first_plan_seconds for row in rows]),
        ("most meetings, proven", "s--", ORANGE, [_placed(row) for row in rows]),
        ("every aim, proven or time up", "D:", VERMILION, [row.seconds for row in rows]),
    )
    for label, style, colour, heights in lines:
        points = [(row.meetings, height) for row, height in zip(rows, heights, strict=True) if height is not None]
        axes.plot(*zip(*points, strict=True), style, color=colour, label=label) if points else None
    _count_in_powers(axes, "y")
    _legend(axes)
    return figure


def _placed(row: PlanRow) -> float | None:
    return next((each.seconds for each in row.aims if each.aim is Aim.PLACED and each.is_proven), None)


def _memory(plans: Iterable[PlanRow]) -> Figure:
    rows = sorted(plans, key=lambda row: row.meetings)
    figure, axes = _axes("Memory of planning a day", "meetings", "MiB at most")
    axes.plot([row.meetings for row in rows], [row.cost.peak_mib for row in rows], "o-", color=BLUE)
    axes.axhline(MOST_MIB, color=GREY, linestyle="--", linewidth=1)
    axes.text(0, MOST_MIB, "1 GiB", color=GREY, va="bottom")
    axes.set_ylim(bottom=0)
    axes.set_xlim(left=0)
    return figure


def _peers(peers: Sequence[PeerRow]) -> Figure:
    figure, axes = _axes("The same instances, to the same end", f"CPU seconds, {OURS}", "CPU seconds, peer")
    compared = against(peers)
    for each in compared:
        colour, marker = STYLES[each.peer.solver]
        ours = each.ours.cost.cpu_seconds
        face = colour if each.is_finished else "none"
        axes.scatter(ours, each.ratio * ours, facecolors=face, edgecolors=colour, marker=marker)
    for name, (colour, marker) in STYLES.items():
        axes.scatter([], [], color=colour, marker=marker, label=name)
    _ratios(axes, compared)
    _legend(axes, "hollow: stopped\nbefore it came there")
    return figure


def _ratios(axes: Axes, compared: Sequence[Against]) -> None:
    """Lines along which a peer takes as long as we do, and fifty times as long."""
    ours = [each.ours.cost.cpu_seconds for each in compared] or [1.0]
    ends = (0.8 * min(ours), 1.25 * max(ours))
    for ratio, style in ((1, "-"), (GOAL, "--")):
        axes.plot(ends, [ratio * end for end in ends], style, color=GREY, linewidth=1)
        axes.annotate(f"{ratio} ×", (ends[1], ratio * ends[1]), color=GREY, fontsize=8)
    _count_in_powers(axes, "xy")


def _count_in_powers(axes: Axes, along: str) -> None:
    """Powers of ten along the axes, and what lies between, written out."""
    for name in along:
        axes.set(**{f"{name}scale": "log"})
        axis = axes.xaxis if name == "x" else axes.yaxis
        axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axis.set_major_formatter("{x:g}")
        axis.set_minor_formatter(NullFormatter())


def _legend(axes: Axes, title: str | None = None) -> None:
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=9, title=title, title_fontsize=9)


def _feeds(row: FeedsRow) -> Figure:
    figure, axes = _axes("Requests answered", "", "a second")
    asked = (("bare route", GREY, row.bare_a_second), ("unchanged (304)", BLUE, row.unchanged_a_second))
    bars = (*asked, ("60 events (200)", ORANGE, row.whole_a_second))
    for place, (label, colour, rates) in enumerate(bars):
        axes.bar(place, median(rates), color=colour, width=0.6)
        axes.plot([place] * len(rates), rates, "_", color="black", markersize=14)
        axes.text(place, 0.02 * max(rates), label, color="white", rotation=90, va="bottom", ha="center")
    for place, share in ((1, UNCHANGED), (2, WHOLE)):
        goal = share * median(row.bare_a_second)
        axes.plot((place - 0.4, place + 0.4), (goal, goal), "--", color=VERMILION)
        axes.annotate(f"goal {share} ×", (place + 0.4, goal), color=VERMILION, fontsize=8)
    axes.set_xticks([])
    return figure


def _openings(openings: Iterable[OpeningsRow]) -> Figure:
    rows = sorted(openings, key=lambda row: row.suppliers)
    figure, axes = _axes("Openings of one supplier", "suppliers", "milliseconds")
    suppliers = [row.suppliers for row in rows]
    for label, style, colour, heights in (
        ("95 of 100 queries", "s-", ORANGE, [percentile(row.query_milliseconds, 95) for row in rows]),
        ("half of the queries", "o-", BLUE, [median(row.query_milliseconds) for row in rows]),
        ("opening the day, once", "D:", GREEN, [row.build_milliseconds for row in rows]),
    ):
        axes.plot(suppliers, heights, style, color=colour, label=label)
    _count_in_powers(axes, "y")
    _legend(axes)
    return figure


def _sent(title: str, moments: Sequence[float], kills: Sequence[float] = ()) -> Figure:
    """Letters as they leave, beside what the goal of so many a second comes to; or the kills that they outlive."""
    figure, axes = _axes(title, "seconds", "letters sent")
    axes.plot(moments, range(1, len(moments) + 1), "-", color=BLUE, label="sent")
    if not kills:
        end = max(moments)
        axes.plot((0, end), (0, LETTERS_A_SECOND * end), "--", color=GREY, label=f"{LETTERS_A_SECOND} a second")
    for number, kill in enumerate(kills):
        axes.axvline(kill, color=VERMILION, linestyle=":", linewidth=1, label="" if number else "kill -9")
    axes.set_ylim(0, 1.05 * len(moments))
    _legend(axes)
    return figure
