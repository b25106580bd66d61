"""Which announced meetings a plan moves: from what people have been told, to what is now so."""

from collections.abc import Iterable

from solver.plan import Move, Place, PlacedMeeting
from solver.problem import Problem
from solver.times import clock


def moves(problem: Problem, meetings: Iterable[PlacedMeeting]) -> tuple[Move, ...] | None:
    """Every announced meeting with another start or room, or none, by id; None when nothing was announced."""
    if not problem.announced:
        return None
    placed = {meeting.id: Place(meeting.start, meeting.room) for meeting in meetings}
    announced = {meeting.id: Place(meeting.start, meeting.room) for meeting in problem.announced}
    moved = (Move(name, told, placed.get(name)) for name, told in sorted(announced.items()))
    return tuple(move for move in moved if move.to != move.told)


def shown(problem: Problem, move: Move) -> str:
    """A move on a line, with the suppliers it concerns: `m7 (acme): 13:00 r1 → 13:45 r1`."""
    suppliers = ", ".join(supplier.id for supplier in problem.suppliers_of(problem.meeting[move.id]))
    name = f"{move.id} ({suppliers})" if suppliers else move.id
    return f"{name}: {_where(move.told)} → {_where(move.to)}"


def _where(place: Place | None) -> str:
    return f"{clock(place.start)} {place.room}" if place else "not placed"
