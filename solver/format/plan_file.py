"""The plan, read from the JSON values of its file: every name looked up in the day it is for."""

import math

from solver.format.json_text import refuse, shown
from solver.format.names import known
from solver.format.reading import (
    Fields,
    each,
    each_once,
    exactly,
    flag,
    once,
    one_of,
    or_null,
    record,
    text,
    whole,
)
from solver.plan import AimResult, Move, Place, PlacedMeeting, PlacedSession, Plan, Status
from solver.problem import Aim, Problem
from solver.times import ordered, time

FORMAT = "dialogdag.plan/1"
_FIGURE = whole(0, 10**15)


def plan_of(values: object, problem: Problem) -> Plan:
    """The plan that the JSON values of a file describe, its lists sorted; raises FileFault at the first fault."""
    entries = _Entries(problem)
    return record(entries.plan)(values)


class _Entries:
    """The readers of one plan file; they share the names and the grid of the day."""

    def __init__(self, problem: Problem) -> None:
        self._time = time(problem.day.step)
        self._room = known(problem.room, "room")
        self._session_id = once(known(problem.session, "session"))
        self._meeting = known(problem.meeting, "meeting")
        self._meeting_id = once(self._meeting)
        self._moved_id = once(self._meeting)
        self._people = each_once(known(problem.person, "person"))
        self._aim = once(one_of(Aim))

    def plan(self, fields: Fields) -> Plan:
        """The plan as a whole."""
        fields.need("format", exactly(FORMAT))
        return Plan(
            status=fields.need("status", one_of(Status)),
            sessions=tuple(sorted(fields.need("sessions", each(record(self.session))), key=lambda placed: placed.id)),
            meetings=tuple(sorted(fields.need("meetings", each(record(self.meeting))), key=lambda placed: placed.id)),
            unplaced=tuple(sorted(fields.need("unplaced", each_once(self._meeting)))),
            moved=fields.get("moved", self._moves, None),
            aims=fields.need("aims", each(record(self.aim))),
            seed=fields.need("seed", _FIGURE),
            workers=fields.need("workers", _FIGURE),
            solver=fields.need("solver", text),
            seconds=fields.need("seconds", _seconds),
            problem_sha256=fields.need("problem_sha256", text),
        )

    def session(self, fields: Fields) -> PlacedSession:
        """A session with its time; one that needs no room has none."""
        name = fields.need("id", self._session_id)
        start, end = self._times(fields)
        return PlacedSession(name, start, end, fields.need("room", or_null(self._room)))

    def meeting(self, fields: Fields) -> PlacedMeeting:
        """A meeting with its time, its room, and who attends."""
        name = fields.need("id", self._meeting_id)
        start, end = self._times(fields)
        room = fields.need("room", self._room)
        return PlacedMeeting(name, start, end, room, tuple(sorted(fields.need("people", self._people))))

    def move(self, fields: Fields) -> Move:
        """An announced meeting with where it was and where it is."""
        return Move(
            id=fields.need("id", self._moved_id),
            told=fields.need("from", record(self.place)),
            to=fields.need("to", or_null(record(self.place))),
        )

    def place(self, fields: Fields) -> Place:
        """A start and a room."""
        return Place(fields.need("start", self._time), fields.need("room", self._room))

    def aim(self, fields: Fields) -> AimResult:
        """What one aim came to."""
        return AimResult(
            aim=fields.need("aim", self._aim),
            value=fields.need("value", _FIGURE),
            bound=fields.need("bound", or_null(_FIGURE)),
            proven=fields.need("proven", flag),
        )

    def _moves(self, value: object) -> tuple[Move, ...]:
        return tuple(sorted(each(record(self.move))(value), key=lambda move: move.id))

    def _times(self, fields: Fields) -> tuple[int, int]:
        start, end = fields.need("start", self._time), fields.need("end", self._time)
        ordered(start, end)
        return start, end


def _seconds(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value) or value < 0:
        refuse(f"expected a number of seconds, found {shown(value)}")
    return float(value)
