"""The parts of the bench: what each runs, and the rows that come of it."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import days, mishaps
from bench.instances import instances, one_meeting
from bench.measured import Cost, run
from bench.results import ExplainRow, FaultsRow, FeedsRow, MailRow, OpeningsRow, PeerRow, PlanRow, RepairRow
from bench.solving import middle, patience, solved, succeeded
from bench.tables import percentile
from bench.textbook_runs import PEERS, by_peer, by_us
from solver.files import write_problem
from solver.problem import Problem

MAIL_PATIENCE = 1200  # seconds


@dataclass(frozen=True, slots=True)
class Task:
    """How long each solver may take, how often we run, and on which instances; quick runs only the smallest."""

    seconds: float
    runs: int
    is_quick: bool
    published: Path | None


def planning(task: Task) -> Iterator[PlanRow]:
    """Real days, planned by us; those that only show how time and memory grow are planned once."""
    yield from (_planned(task, name, task.runs) for name in ("30x10",))
    if not task.is_quick:
        yield from (_planned(task, name, task.runs) for name in ("60x12", "150x20"))
        yield from (_planned(task, name, 1) for name in days.GROWTH)


def _planned(task: Task, name: str, runs: int) -> PlanRow:
    day = days.day({**days.REAL, **days.GROWTH}[name])
    return middle(runs, lambda: solved(name, day, task.seconds)[0], lambda row: row.cost.cpu_seconds)


def peers(task: Task) -> Iterator[PeerRow]:
    """Plain instances, solved by us and by every peer; first a single meeting, which shows what starting up costs."""
    for name, day in _plain(task):
        yield by_us(name, day, task.seconds, task.runs)
        yield from (by_peer(peer, name, day, task.seconds) for peer in PEERS)


def ours(task: Task) -> Iterator[PeerRow]:
    """The same instances, solved by us alone."""
    yield from (by_us(name, day, task.seconds, task.runs) for name, day in _plain(task))


def _plain(task: Task) -> list[tuple[str, Problem]]:
    listed = [("one meeting", one_meeting()), *instances(task.published)]
    return listed[:2] if task.is_quick else listed


def openings(task: Task) -> Iterator[OpeningsRow]:
    """Nearly full days, booked by their suppliers one after another."""
    for name in list(days.OPENINGS)[:1] if task.is_quick else days.OPENINGS:
        again = partial(_booked, days.day(days.OPENINGS[name]), task.seconds)
        yield middle(task.runs, again, lambda row: percentile(row.query_milliseconds, 95))


def _booked(day: Problem, seconds: float) -> OpeningsRow:
    told, cost = _asked("bench.booking", day, seconds)
    return OpeningsRow.model_validate({**told, "suppliers": len(day.suppliers), "cost": cost})


def explanation(task: Task) -> Iterator[ExplainRow]:
    """Days that cannot hold all that was asked."""
    for name in list(mishaps.IMPOSSIBLE)[:1] if task.is_quick else mishaps.IMPOSSIBLE:
        again = partial(_explained, name, mishaps.IMPOSSIBLE[name](), task.seconds)
        yield middle(task.runs, again, lambda row: row.remedies_seconds)


def _explained(name: str, day: Problem, seconds: float) -> ExplainRow:
    told, cost = _asked("bench.explaining", day, seconds)
    return ExplainRow.model_validate({**told, "day": name, "cost": cost})


def _asked(module: str, day: Problem, seconds: float) -> tuple[dict[str, object], Cost]:
    """What a module of ours prints about a day, and what it cost."""
    with tempfile.TemporaryDirectory() as folder:
        day_file = Path(folder, "day.json")
        day_file.write_bytes(write_problem(day))
        ended = run(module, day_file, most_seconds=patience(seconds))
    return json.loads(succeeded(ended)), ended.cost


def feeds(task: Task) -> Iterator[FeedsRow]:
    """Feeds given out, polled and rendered."""
    polled, seconds, rounds = (200, 3, 2) if task.is_quick else (5000, 60, 5)
    asked = ("--feeds", polled, "--seconds", seconds, "--rounds", rounds)
    ended = run("bench.feeds", *asked, most_seconds=10 * seconds + 60)
    yield FeedsRow.model_validate({**json.loads(succeeded(ended)), "cost": ended.cost})


def mail(task: Task) -> Iterator[MailRow]:
    """The letters of a publication, composed, queued and sent."""
    yield middle(task.runs, _mailed, lambda row: row.composed_seconds)


def _mailed() -> MailRow:
    ended = run("bench.mail", most_seconds=MAIL_PATIENCE)
    return MailRow.model_validate({**json.loads(succeeded(ended)), "cost": ended.cost})


def faults(task: Task) -> Iterator[FaultsRow]:
    """Letters through a mail server that fails, by a process that is killed."""
    letters, kills = (100, 3) if task.is_quick else (5000, 20)
    ended = run("bench.mail_faults", letters, kills, most_seconds=MAIL_PATIENCE)
    yield FaultsRow.model_validate({**json.loads(succeeded(ended)), "cost": ended.cost})


def repair(task: Task) -> Iterator[RepairRow]:
    """An announced day, planned anew after each mishap."""
    for mishap in list(mishaps.REPAIRS)[:1] if task.is_quick else mishaps.REPAIRS:
        again = partial(_repaired, mishap, mishaps.REPAIRS[mishap](days.announced_day()), task.seconds)
        yield middle(task.runs, again, lambda row: row.cost.cpu_seconds)


def _repaired(mishap: str, day: Problem, seconds: float) -> RepairRow:
    row, plan = solved(mishap, day, seconds)
    placed = {} if plan is None else {meeting.id: meeting for meeting in plan.meetings}
    kept = [(told, placed[told.id]) for told in day.announced if told.id in placed]
    return RepairRow(
        mishap=mishap,
        moved=sum(now.start != told.start for told, now in kept),
        moved_room_only=sum(now.start == told.start and now.room != told.room for told, now in kept),
        dropped=len(day.announced) - len(kept),
        plan=row,
        cost=row.cost,
    )
