"""A timetable that can be changed and changed back: where every meeting is, and who and what it takes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from solver.exchanging.crew import crews
from solver.exchanging.ground import Ground, Stay
from solver.foresight.starts import Starts, clashing


class Placement(NamedTuple):
    """Where a meeting is, from `start` in minutes after midnight, and who of its panels attends."""

    start: int
    room: str
    people: tuple[str, ...]


class Timetable:
    """The placements of one day, with what each room, panel, supplier and person is taken by."""

    def __init__(self, ground: Ground, placements: dict[str, Placement]) -> None:
        self.ground = ground
        self.at: dict[str, Placement] = {}
        self._stays: dict[str, Stay] = {}
        self._taken: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._undo: list[tuple[str, Placement | None]] = []
        for meeting, placement in placements.items():
            self._set(meeting, placement)

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Change everything back in the end."""
        mark = self.mark()
        try:
            yield
        finally:
            self.back_to(mark)

    def mark(self) -> int:
        """A point to come back to."""
        return len(self._undo)

    def back_to(self, mark: int) -> None:
        """Undo all that has been changed since."""
        while len(self._undo) > mark:
            meeting, before = self._undo.pop()
            self._set(meeting, before)

    def since(self, mark: int) -> dict[str, Placement]:
        """Every meeting that has been changed since and has a place, with that place."""
        changed = {meeting for meeting, _ in self._undo[mark:]}
        return {meeting: self.at[meeting] for meeting in sorted(changed) if meeting in self.at}

    def keep(self) -> None:
        """Forget what could be undone."""
        self._undo.clear()

    def put(self, meeting: str, placement: Placement | None) -> None:
        """Place a meeting, or take it out with None."""
        self._undo.append((meeting, self.at.get(meeting)))
        self._set(meeting, placement)

    def _set(self, meeting: str, placement: Placement | None) -> None:
        before = self.at.pop(meeting, None)
        if before is not None:
            for name in self._takes(meeting, before):
                self._taken[name].discard(meeting)
        if placement is not None:
            self.at[meeting] = placement
            self._stays[meeting] = self.ground.stay(meeting, placement.start, placement.room)
            for name in self._takes(meeting, placement):
                self._taken[name].add(meeting)

    def _takes(self, meeting: str, placement: Placement) -> list[tuple[str, str]]:
        people = [("person", person) for person in placement.people]
        return [("room", placement.room), *self.ground.takes(meeting), *people]

    def sharing(self, meetings: Iterable[str]) -> set[str]:
        """These meetings, and all that have a room, a panel, a supplier or somebody in common with one of them."""
        placed = [(meeting, self.at[meeting]) for meeting in meetings if meeting in self.at]
        shared = (self._taken[name] for meeting, at in placed for name in self._takes(meeting, at))
        return set(meetings).union(*shared)

    def rooms_of(self, panel: str) -> set[str]:
        """The rooms in which a panel has meetings."""
        return {self.at[meeting].room for meeting in self._taken["panel", panel]}

    def home(self, meeting: str) -> str | None:
        """The room that a panel of the meeting stays in for its others; None where none does."""
        for panel in self.ground.panels(meeting):
            if panel.stays:
                for other in self._taken["panel", panel.id]:
                    if other != meeting:
                        return self.at[other].room
        return None

    def in_the_way(self, meeting: str, start: int, room: str) -> set[str] | None:
        """The meetings that would have to leave for this one to be there; None when that would not help."""
        stay, found = self.ground.stay(meeting, start, room), set[str]()
        home = self.home(meeting)
        if home is not None and home != room:
            return None
        for panel in self.ground.panels(meeting):
            self._near(found, ("panel", panel.id), stay, panel.pause_minutes)
        self._near(found, ("room", room), stay, 0)
        for supplier in self.ground.suppliers(meeting):
            others = self._taken["supplier", supplier]
            found.update(other for other in others if not self.ground.is_apart(stay, self._stays[other]))
        found.discard(meeting)
        return found

    def blocked(self, meeting: str, room: str, by: Collection[str] | None = None) -> Starts:
        """The starts at which a meeting in a room would have another in its way, of all or `by` some."""
        minutes, step, found = self.ground.problem.meeting[meeting].minutes, self.ground.problem.day.step, 0
        for name, margin in self._margins(meeting, room):
            for other in self._taken[name]:
                if other != meeting and (by is None or other in by):
                    stay = self._stays[other]
                    way = self.ground.way(room, stay.room) if margin is None else margin
                    found |= clashing(stay.start - way, stay.end + way, minutes, step)
        return found

    def _margins(self, meeting: str, room: str) -> Iterator[tuple[tuple[str, str], int | None]]:
        """What a meeting takes, with the minutes that others keep from it; None where that is the way between rooms."""
        yield ("room", room), 0
        yield from ((("panel", panel.id), panel.pause_minutes) for panel in self.ground.panels(meeting))
        yield from ((("supplier", supplier), None) for supplier in self.ground.suppliers(meeting))

    def _near(self, found: set[str], name: tuple[str, str], stay: Stay, minutes: int) -> None:
        first, last = stay.start - minutes, stay.end + minutes
        for other in self._taken[name]:
            taken = self._stays[other]
            if taken.start < last and first < taken.end:
                found.add(other)

    def crews(self, meeting: str, start: int, room: str) -> Iterator[tuple[str, ...]]:
        """Who could attend beside all that is placed: the most, then the fewest."""
        stay = self.ground.stay(meeting, start, room)
        able = [person for person in self.ground.eligible(meeting) if self._is_able(person, meeting, stay)]
        return crews(self.ground, meeting, room, able)

    def _is_able(self, person: str, meeting: str, stay: Stay) -> bool:
        others = self._taken["person", person] - {meeting}
        return self.ground.is_free(person, stay) and all(
            self.ground.is_apart(stay, self._stays[other]) for other in others
        )
