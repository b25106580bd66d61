"""The plain instances, solved by us and by every peer."""

import tempfile
from pathlib import Path
from signal import SIGKILL

from pydantic import TypeAdapter

from bench.measured import Ended, run
from bench.peers.answer import Report
from bench.peers.textbook import textbook_of
from bench.results import PeerRow
from bench.solving import middle, solved, succeeded
from solver.files import write_problem
from solver.plan import Plan, Status
from solver.problem import Problem

OURS = "Dialogdag"
PEERS = {
    "cp_sat_first_try": "CP-SAT, first try",
    "highs": "HiGHS",
    "scip": "SCIP",
    "rc2": "RC2",
    "timefold": "Timefold",
}

_report = TypeAdapter(Report)


def by_us(instance: str, day: Problem, seconds: float, runs: int) -> PeerRow:
    """What it took us: of several runs the median."""
    return middle(runs, lambda: _by_us(instance, day, seconds), lambda row: row.cost.cpu_seconds)


def by_peer(peer: str, instance: str, day: Problem, seconds: float) -> PeerRow:
    """What it took a peer; its plan is checked here, not by itself."""
    with tempfile.TemporaryDirectory() as folder:
        day_file = Path(folder, "day.json")
        day_file.write_bytes(write_problem(day))
        ended = run("bench.peers", peer, day_file, "--seconds", seconds, most_seconds=2 * seconds + 60)
    book, report = textbook_of(day), _reported(ended)
    return PeerRow(
        instance=instance,
        meetings=len(book.meetings),
        slots=book.slots,
        solver=PEERS[peer],
        value=None if report.slots is None else book.breaks(report.slots),
        bound=report.bound,
        is_proven=report.is_proven,
        is_lawful=report.slots is None or book.is_lawful(report.slots),
        found_cpu_seconds=None if report.slots is None else report.found_cpu_seconds,
        cost=ended.cost,
    )


def _reported(ended: Ended) -> Report:
    """What the peer said; nothing when it had to be stopped, as those must be that do not look at the clock."""
    if ended.status == -SIGKILL:
        return Report(None, None, is_proven=False, found_cpu_seconds=0.0, found_wall_seconds=0.0)
    return _report.validate_json(succeeded(ended))


def _by_us(instance: str, day: Problem, seconds: float) -> PeerRow:
    row, plan = solved(instance, day, seconds)
    book = textbook_of(day)
    aims = row.aims[0] if row.aims else None
    return PeerRow(
        instance=instance,
        meetings=len(book.meetings),
        slots=book.slots,
        solver=OURS,
        value=None if plan is None else book.breaks(_slots(plan, day)),
        bound=None if aims is None else aims.bound,
        is_proven=row.status in (Status.OPTIMAL, Status.INFEASIBLE),
        is_lawful=plan is None or (row.is_checked and book.is_lawful(_slots(plan, day))),
        found_cpu_seconds=None if plan is None else row.cost.cpu_seconds,
        cost=row.cost,
    )


def _slots(plan: Plan, day: Problem) -> tuple[int, ...]:
    start = {meeting.id: meeting.start for meeting in plan.meetings}
    return tuple((start[meeting.id] - day.day.opens) // day.day.step for meeting in day.meetings)
