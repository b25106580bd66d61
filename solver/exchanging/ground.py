"""Where each meeting may be for all that never changes: windows, free time, rooms, and the times of sessions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from solver.foresight.starts import Starts
from solver.plan import PlacedSession
from solver.problem import Meeting, Panel, Problem, Windows

VIDEO = "video"


class Stay(NamedTuple):
    """Where somebody is for a while, in minutes after midnight; `room` is None where none is needed."""

    start: int
    end: int
    room: str | None


class Ground:
    """The unchanging part of one day whose sessions have their times."""

    def __init__(self, problem: Problem, sessions: Iterable[PlacedSession]) -> None:
        self.problem, self.sessions = problem, tuple(sessions)
        self._of_room: Mapping[str, list[Stay]] = defaultdict(list)
        self._of_supplier: Mapping[str, list[Stay]] = defaultdict(list)
        self._of_person: Mapping[str, list[Stay]] = defaultdict(list)
        self._ends = {placed.id: placed.end for placed in self.sessions}
        for placed in self.sessions:
            self._note(placed)
        # What never changes is worked out once.
        self.panels, self.suppliers, self.takes = cache(self._panels), cache(self._suppliers), cache(self._takes)
        self.rooms, self.thinkable = cache(self._rooms), cache(self._thinkable)

    def _note(self, placed: PlacedSession) -> None:
        asked, stay = self.problem.session[placed.id], Stay(placed.start, placed.end, placed.room)
        if placed.room is not None:
            self._of_room[placed.room].append(stay)
        for supplier in asked.suppliers:
            self._of_supplier[supplier].append(stay)
        members = {member for panel in asked.panels for member in self.problem.panel[panel].members}
        for person in members | {*asked.people}:
            self._of_person[person].append(stay)

    def stay(self, meeting: str, start: int, room: str) -> Stay:
        """When and where a meeting is if it begins at `start`."""
        return Stay(start, start + self.problem.meeting[meeting].minutes, room)

    def _panels(self, meeting: str) -> tuple[Panel, ...]:
        """The panels of a meeting."""
        return tuple(self.problem.panels_of(self.problem.meeting[meeting]))

    def _suppliers(self, meeting: str) -> tuple[str, ...]:
        """The suppliers of a meeting, by id."""
        return tuple(supplier.id for supplier in self.problem.suppliers_of(self.problem.meeting[meeting]))

    def _takes(self, meeting: str) -> tuple[tuple[str, str], ...]:
        """What a meeting takes wherever it is: its panels and suppliers."""
        panels = tuple(("panel", panel.id) for panel in self.panels(meeting))
        return (*panels, *(("supplier", supplier) for supplier in self.suppliers(meeting)))

    def _thinkable(self, meeting: str, room: str) -> Starts:
        """The starts at which a meeting can be in a room, for all that never changes."""
        if room not in self.rooms(meeting):
            return 0
        step = self.problem.day.step
        return sum(1 << start // step for start in self._starts(meeting) if self._allows(meeting, start, room))

    def _starts(self, meeting: str) -> tuple[int, ...]:
        """Every start that the day, the meeting's own windows and its suppliers' free time allow, in order."""
        asked, day = self.problem.meeting[meeting], self.problem.day
        if asked.start is not None:
            return (asked.start,)
        spans = [self.problem.supplier[supplier].free for supplier in self.suppliers(meeting)]
        first = max((self._ends.get(name, day.opens) for name in asked.after), default=day.opens)
        return tuple(
            start
            for start in range(-(-day.opens // day.step) * day.step, day.closes - asked.minutes + 1, day.step)
            if start >= first and all(_holds(free, start, start + asked.minutes) for free in (asked.windows, *spans))
        )

    def _rooms(self, meeting: str) -> tuple[str, ...]:
        """Every room that the meeting and its panels allow, with seats and video enough; the smallest first."""
        asked = self.problem.meeting[meeting]
        rooms = (self.problem.room[name] for name in ([asked.room] if asked.room else asked.rooms))
        allowed = [set(panel.rooms) for panel in self.panels(meeting)]
        needs_video = any(self.problem.supplier[supplier].online for supplier in self.suppliers(meeting))
        fit = [
            (room.seats, room.id)
            for room in rooms
            if all(room.id in names for names in allowed)
            and self.seats_left(asked, room.id) >= sum(panel.needs.people for panel in self.panels(meeting))
            and (VIDEO in room.features or not needs_video)
        ]
        return tuple(name for _, name in sorted(fit))

    def seats_left(self, asked: Meeting, room: str) -> int:
        """How many seats the suppliers leave to the panel."""
        taken = sum(self.problem.supplier[supplier].seats for supplier in self.suppliers(asked.id))
        return self.problem.room[room].seats - taken

    def _allows(self, meeting: str, start: int, room: str) -> bool:
        """Whether the room is free at that time, and the suppliers can get there from their sessions and back."""
        end = start + self.problem.meeting[meeting].minutes
        if not _holds(self.problem.room[room].free, start, end):
            return False
        if any(stay.start < end and start < stay.end for stay in self._of_room[room]):
            return False
        stay = Stay(start, end, room)
        return all(self.is_apart(stay, other) for name in self.suppliers(meeting) for other in self._of_supplier[name])

    def is_free(self, person: str, stay: Stay) -> bool:
        """Whether somebody can be there, as far as their free time and their sessions go."""
        is_there = _holds(self.problem.person[person].free, stay.start, stay.end)
        return is_there and all(self.is_apart(stay, other) for other in self._of_person[person])

    def is_apart(self, one: Stay, other: Stay) -> bool:
        """Whether somebody can attend both, with the way between them."""
        way = self.way(one.room, other.room)
        return one.end + way <= other.start or other.end + way <= one.start

    def way(self, one: str | None, other: str | None) -> int:
        """Minutes from one room to another; none where no room is needed."""
        return self.problem.travel.minutes_between(one, other) if one and other else 0

    def eligible(self, meeting: str) -> tuple[str, ...]:
        """The members of the meeting's panels who may meet its suppliers, each once."""
        suppliers = set(self.suppliers(meeting))
        members = dict.fromkeys(member for panel in self.panels(meeting) for member in panel.members)
        return tuple(member for member in members if not self.problem.person[member].barred & suppliers)


def _holds(free: Windows, start: int, end: int) -> bool:
    return any(span.start <= start and end <= span.end for span in free)
