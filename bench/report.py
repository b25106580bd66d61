"""RESULTS.md: what was measured, in tables, with the plots beside it."""

from collections.abc import Iterable, Iterator
from math import ceil
from statistics import median

from bench.report_feeds import feeds_sections
from bench.report_mail import mail_sections
from bench.report_peers import peers_sections
from bench.results import AimRow, ExplainRow, OpeningsRow, PlanRow, RepairRow, Results
from bench.tables import NOTHING, known, percentile, seconds, table, yes
from solver.problem import Aim

FOREWORD = """\
# What was measured

Made by `make bench`, on two cores. Each run is a process of its own: its CPU seconds and its memory are those of all
that it started, from starting up to ending. *Thinking* leaves out starting up and reading. Every plan of ours has been
through `check`, which knows nothing of the solver. The days come from seeds: another machine measures the same ones."""


def report(results: Results) -> str:
    """The whole report; parts that have not been measured are left out."""
    sections = [
        FOREWORD,
        *_versions(results),
        *_days(results.plans),
        *peers_sections(results.peers, results.seconds),
        *_openings(results.openings),
        *_repairs(results.repairs),
        *_explained(results.explained),
        *feeds_sections(results.feeds),
        *mail_sections(results.mail, results.faults),
    ]
    return "\n\n".join(sections) + "\n"


def _versions(results: Results) -> Iterator[str]:
    if results.versions:
        yield "Versions: " + ", ".join(f"{name} {version}" for name, version in results.versions.items()) + "."


def _days(plans: Iterable[PlanRow]) -> Iterator[str]:
    rows = sorted(plans, key=lambda row: row.meetings)
    if not rows:
        return
    yield "## Real days"
    yield (
        "Skills and buyers that panels need, pauses of 15 minutes, travel of 5, a plenary, a common lunch, wishes, late"
        " and early suppliers, some online, rooms of different sizes. All meetings of these days can be had. Seconds of"
        " thinking, unless it says otherwise."
    )
    heads = ("day", "meetings", "placed", "first plan", "`reached` proven", "`placed` proven", "all", "status")
    yield table((*heads, "CPU s", "wall s", "MiB", "checked"), map(_day, rows))
    yield "What the aims came to; a bound in brackets where more may be possible:"
    aims = list(dict.fromkeys(aim.aim for row in rows for aim in row.aims))
    yield table(
        ("day", *(f"`{aim}`" for aim in aims)), ([_named(row), *(_come_to(row, aim) for aim in aims)] for row in rows)
    )
    yield "![Seconds of thinking against meetings](time-against-size.svg)"
    yield "![Memory against meetings](memory-against-size.svg)"


def _day(row: PlanRow) -> list[object]:
    return [
        _named(row),
        row.meetings,
        row.placed,
        seconds(row.first_plan_seconds),
        seconds(_proven_after(row, Aim.REACHED)),
        seconds(_proven_after(row, Aim.PLACED)),
        *_outcome(row),
    ]


def _named(row: PlanRow) -> str:
    return f"{row.suppliers} suppliers × {row.panels} panels"


def _outcome(row: PlanRow) -> list[object]:
    return [
        seconds(row.seconds),
        row.status,
        seconds(row.cost.cpu_seconds),
        seconds(row.cost.wall_seconds),
        ceil(row.cost.peak_mib),
        yes(is_so=row.is_checked),
    ]


def _proven_after(row: PlanRow, aim: Aim) -> float | None:
    return next((each.seconds for each in row.aims if each.aim is aim and each.is_proven), None)


def _come_to(row: PlanRow, aim: Aim) -> str:
    return next((_value(each) for each in row.aims if each.aim is aim), NOTHING)


def _value(row: AimRow) -> str:
    return str(row.value) if row.is_proven else f"{row.value} ({known(row.bound)})"


def _openings(openings: Iterable[OpeningsRow]) -> Iterator[str]:
    rows = sorted(openings, key=lambda row: row.suppliers)
    if not rows:
        return
    yield "## Openings"
    yield (
        "Suppliers book by themselves, one after another, on days that will be nearly full, each taking one of the"
        " openings it is offered, drawn by lot. *Would break the day*: openings that merely look free. Milliseconds."
    )
    heads = ("suppliers", "opening the day", "query, median", "p95", "longest", "taking one, p95")
    what = ("queries", "booked", "would break the day", "MiB")
    yield table((*heads, *what), map(_booked, rows))
    yield "![Milliseconds of a query against suppliers](openings.svg)"


def _booked(row: OpeningsRow) -> list[object]:
    return [
        row.suppliers,
        f"{row.build_milliseconds:.0f}",
        f"{median(row.query_milliseconds):.1f}",
        f"{percentile(row.query_milliseconds, 95):.1f}",
        f"{max(row.query_milliseconds):.1f}",
        f"{percentile(row.booking_milliseconds, 95):.1f}" if row.booking_milliseconds else NOTHING,
        len(row.query_milliseconds),
        row.booked,
        f"{100 * (1 - row.safe / row.naive):.0f} %" if row.naive else NOTHING,
        ceil(row.cost.peak_mib),
    ]


def _repairs(repairs: Iterable[RepairRow]) -> Iterator[str]:
    rows = list(repairs)
    if not rows:
        return
    yield "## Repair"
    yield "A day of 60 suppliers, 15 panels and 180 announced meetings, when something happens:"
    heads = ("what happened", "another time", "another room", "dropped", "`kept` proven", "all", "status")
    yield table((*heads, "CPU s", "wall s", "MiB", "checked"), map(_repaired, rows))


def _repaired(row: RepairRow) -> list[object]:
    kept, plan = _proven_after(row.plan, Aim.KEPT), row.plan
    return [row.mishap, row.moved, row.moved_room_only, row.dropped, seconds(kept), *_outcome(plan)]


def _explained(explained: Iterable[ExplainRow]) -> Iterator[str]:
    rows = list(explained)
    if not rows:
        return
    yield "## Explaining"
    yield "Days of 30 suppliers that cannot hold all that was asked. Seconds of thinking; every remedy has been solved."
    heads = ("day", "conflicts", "after", "remedies", "after", "CPU s", "wall s", "MiB", "what would help")
    yield table(heads, map(_reasons, rows))


def _reasons(row: ExplainRow) -> list[object]:
    return [
        row.day,
        row.conflicts,
        seconds(row.conflict_seconds),
        len(row.remedies),
        seconds(row.remedies_seconds),
        seconds(row.cost.cpu_seconds),
        seconds(row.cost.wall_seconds),
        ceil(row.cost.peak_mib),
        ", ".join(f"`{kind}`" for kind in row.remedies) or NOTHING,
    ]
