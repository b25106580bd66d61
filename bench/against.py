"""How much longer a peer takes than we do, to the same end."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.results import PeerRow
from bench.textbook_runs import OURS

# Less than this is lost in how much starting up differs from run to run.
LEAST_THINKING = 0.1


@dataclass(frozen=True, slots=True)
class Against:
    """A peer's CPU seconds over ours, of whole processes and of thinking alone.

    `is_finished` when the peer came to the same end; otherwise it would have taken even longer.
    """

    ours: PeerRow
    peer: PeerRow
    ratio: float
    thinking_ratio: float
    is_finished: bool


def against(rows: Sequence[PeerRow]) -> list[Against]:
    """Each peer's run beside ours on the same instance.

    A peer has come to the same end when it has proven what we have proven, or has a plan as good as ours: then the
    moment counts at which it had found it. Instances that we have not finished ourselves are left out.
    """
    ours = {row.instance: row for row in instances_of(rows) if row.solver == OURS and row.is_proven}
    start = starting_up(rows)
    peers = [row for row in instances_of(rows) if row.solver != OURS and row.instance in ours]
    return [_against(ours[row.instance], row, start) for row in peers]


def instances_of(rows: Sequence[PeerRow]) -> list[PeerRow]:
    """The rows without those of the one meeting that shows what starting up costs."""
    return [row for row in rows if row.meetings > 1]


def starting_up(rows: Sequence[PeerRow]) -> dict[str, float]:
    """CPU seconds that a solver needs before it can think at all: those of a day with one meeting."""
    return {row.solver: row.cost.cpu_seconds for row in rows if row.meetings == 1}


def _against(ours: PeerRow, peer: PeerRow, start: dict[str, float]) -> Against:
    is_as_good = peer.is_lawful and peer.value is not None and peer.value == ours.value
    needed = peer.cost.cpu_seconds
    if is_as_good and not peer.is_proven and peer.found_cpu_seconds is not None:
        needed = peer.found_cpu_seconds
    our_thinking, thinking = (
        max(LEAST_THINKING, seconds - start.get(solver, 0.0))
        for solver, seconds in ((OURS, ours.cost.cpu_seconds), (peer.solver, needed))
    )
    return Against(
        ours=ours,
        peer=peer,
        ratio=needed / ours.cost.cpu_seconds,
        thinking_ratio=thinking / our_thinking,
        is_finished=is_as_good or (peer.is_proven and peer.is_lawful and peer.value == ours.value),
    )
