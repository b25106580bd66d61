"""Booking by exchange: one lawful timetable holds every promise, and a meeting may be had where the others make room.

Whoever has booked keeps the place; everybody else has some place in the timetable, which may change as long as it stays
lawful. So each answer needs a short search beside what is known to hold, and no proof: `solver.openings` tells exactly
what can be had, and here is told, within a millisecond or so, much of it and nothing else. No OR-Tools here.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from solver.exchanging.ground import Ground
from solver.exchanging.timetable import Placement, Timetable
from solver.exchanging.vicinity import around, plan_of
from solver.foresight.starts import Starts, each
from solver.openings import Opening
from solver.plan import Plan
from solver.verify import breaches

# How many meetings may leave their places one after another for one booking, and how many places are tried for them.
DEEPEST, MOST_TRIES = 2, 80


@dataclass(frozen=True, slots=True)
class Changed:
    """What a booking changes in the timetable: the meeting itself, and those that made room, with their new places."""

    placements: Mapping[str, Placement]


class Standing:
    """The timetable that holds every promise of one day."""

    def __init__(self, ground: Ground, placements: Mapping[str, Placement]) -> None:
        self.problem = problem = ground.problem
        self._timetable = Timetable(ground, dict(placements))
        # Rules that look at more than two meetings at once are left to the check.
        waits = any(problem.meeting.keys() & {*each.after} for each in problem.meetings) or any(
            problem.meeting.keys() & {*each.after} for each in problem.sessions
        )
        self._is_wide = waits or bool(problem.rests or problem.apart or problem.breaks_differ_by is not None)
        self._is_subtle = self._is_wide or any(panel.stretch for panel in problem.panels)

    @property
    def placements(self) -> dict[str, Placement]:
        """Where every meeting is; those that have no place are left out."""
        return dict(self._timetable.at)

    def openings(self, meeting: str, kept: Collection[str]) -> tuple[Opening, ...]:
        """Starts at which the meeting can be had while all `kept` stay where they are, each with one room, in order."""
        thinkable, step = self._thinkable(meeting, kept), self.problem.day.step
        found = (
            self._first(meeting, start * step, thinkable, kept) for start in each(reduce(or_, thinkable.values(), 0))
        )
        return tuple(opening for opening in found if opening is not None)

    def opening(self, meeting: str, start: int, kept: Collection[str]) -> Opening | None:
        """The opening at one start; None where the meeting cannot be had then."""
        is_on_grid = start >= 0 and not start % self.problem.day.step
        return self._first(meeting, start, self._thinkable(meeting, kept), kept) if is_on_grid else None

    def _first(
        self, meeting: str, start: int, thinkable: Mapping[str, Starts], kept: Collection[str]
    ) -> Opening | None:
        number = start // self.problem.day.step
        rooms = (room for room, starts in thinkable.items() if starts >> number & 1)
        return next((Opening(start, room) for room in rooms if self.can(meeting, start, room, kept)), None)

    def _thinkable(self, meeting: str, kept: Collection[str]) -> dict[str, Starts]:
        """The starts that neither what never changes nor what is kept rules out, by room; the one it has first."""
        ground, now, home = self._timetable.ground, self._timetable.at.get(meeting), self._timetable.home(meeting)
        rooms = [room for room in ground.rooms(meeting) if home in {None, room}]
        rooms.sort(key=lambda room: now is None or room != now.room)
        return {room: ground.thinkable(meeting, room) & ~self._timetable.blocked(meeting, room, kept) for room in rooms}

    def can(self, meeting: str, start: int, room: str, kept: Collection[str]) -> bool:
        """Whether the meeting can be had there; the timetable stays as it is."""
        return self.change(meeting, start, room, kept) is not None

    def change(self, meeting: str, start: int, room: str, kept: Collection[str]) -> Changed | None:
        """What would change if the meeting were booked there, with all `kept` where they are; None where it cannot.

        The timetable stays as it is until `take`.
        """
        now = self._timetable.at.get(meeting)
        if now is not None and (now.start, now.room) == (start, room):
            return Changed({meeting: now})
        with self._timetable.trying():
            mark = self._timetable.mark()
            if not _Search(self._timetable, frozenset(kept)).settle(meeting, start, room):
                return None
            changed = Changed(self._timetable.since(mark))
            return None if self._is_subtle and self._breaks_a_rule(changed) else changed

    def take(self, changed: Changed) -> None:
        """Make it so. Raises ValueError, and leaves all as it was, if any rule of the day would be broken."""
        mark = self._timetable.mark()
        for meeting, placement in changed.placements.items():
            self._timetable.put(meeting, placement)
        if self._breaks_a_rule(changed):
            self._timetable.back_to(mark)
            raise ValueError("the exchange breaks a rule")
        self._timetable.keep()

    def _breaks_a_rule(self, changed: Changed) -> bool:
        if self._is_wide:
            return bool(breaches(self.problem, self.plan()))
        part, near = around(self._timetable, changed.placements.keys())
        return bool(breaches(part, plan_of(self._timetable, near)))

    def plan(self) -> Plan:
        """The timetable as a plan, whose aims nobody has weighed."""
        return plan_of(self._timetable)


class _Search:
    """One search for a way to make room, of so many tries and no more."""

    def __init__(self, timetable: Timetable, kept: frozenset[str]) -> None:
        self.timetable, self.ground = timetable, timetable.ground
        self.step = timetable.ground.problem.day.step
        self.settled, self.tries = set(kept), MOST_TRIES
        self.vacated: list[tuple[int, str]] = []

    def settle(self, meeting: str, start: int, room: str) -> bool:
        """Put the meeting there, and find another place for each that is in the way; undone by the caller."""
        if (before := self.timetable.at.get(meeting)) is not None:
            self.vacated.append((before.start // self.step, before.room))
        self.settled.discard(meeting)
        is_thinkable = start % self.step == 0 and self.ground.thinkable(meeting, room) >> start // self.step & 1
        return bool(is_thinkable) and self._put(meeting, start, room, DEEPEST)

    def _put(self, meeting: str, start: int, room: str, depth: int) -> bool:
        leaving = self._leaving(meeting, start, room)
        if leaving is None or len(leaving) > depth:
            return False
        before = self.timetable.mark()
        for other in (meeting, *leaving):
            if other in self.timetable.at:
                self.timetable.put(other, None)
        cleared, settled = self.timetable.mark(), frozenset(self.settled)
        for crew in self.timetable.crews(meeting, start, room):
            self.timetable.put(meeting, Placement(start, room, crew))
            self.settled.add(meeting)
            if all(self._rehome(other, depth - len(leaving)) for other in leaving):
                return True
            self.settled = set(settled)
            self.timetable.back_to(cleared)
        self.timetable.back_to(before)
        return False

    def _leaving(self, meeting: str, start: int, room: str) -> list[str] | None:
        self.tries -= 1
        found = self.timetable.in_the_way(meeting, start, room) if self.tries >= 0 else None
        return None if found is None or found & self.settled else sorted(found)

    def _rehome(self, meeting: str, depth: int) -> bool:
        """Another place for a meeting that had to leave: one that is free, else one that others leave for it."""
        home = self.timetable.home(meeting)
        rooms = [room for room in self.ground.rooms(meeting) if home in {None, room}]
        free = {room: self.ground.thinkable(meeting, room) & ~self.timetable.blocked(meeting, room) for room in rooms}
        if any(self._put(meeting, start, room, 0) for start, room in self._places(free)):
            return True
        return depth > 0 and any(
            self._put(meeting, start, room, depth) for start, room in self._places(self._taken(meeting, free))
        )

    def _taken(self, meeting: str, free: Mapping[str, Starts]) -> dict[str, Starts]:
        """The starts at which others are in the way of a meeting who may still leave."""
        return {
            room: self.ground.thinkable(meeting, room) & ~starts & ~self.timetable.blocked(meeting, room, self.settled)
            for room, starts in free.items()
        }

    def _places(self, starts: Mapping[str, Starts]) -> Iterator[tuple[int, str]]:
        """The places with these starts; those that have been left in this search first."""
        left = [(start, room) for start, room in self.vacated if starts.get(room, 0) >> start & 1]
        yield from ((start * self.step, room) for start, room in left)
        for room, some in starts.items():
            yield from ((start * self.step, room) for start in each(some) if (start, room) not in left)
