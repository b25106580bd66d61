"""A timetable that can be changed and changed back: where every meeting is, and who and what it takes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from solver.exchanging.crew import crews
from solver.exchanging.ground import Ground, Stay


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
            for name in self._takes(meeting, placement):
                self._taken[name].add(meeting)

    def _takes(self, meeting: str, placement: Placement) -> Iterator[tuple[str, str]]:
        yield "room", placement.room
        yield from (("panel", panel.id) for panel in self.ground.panels(meeting))
        yield from (("supplier", supplier) for supplier in self.ground.suppliers(meeting))
        yield from (("person", person) for person in placement.people)

    def stay(self, meeting: str) -> Stay:
        """When and where a placed meeting is."""
        placement = self.at[meeting]
        return Stay(placement.start, placement.start + self.ground.problem.meeting[meeting].minutes, placement.room)

    def sharing(self, meetings: Iterable[str]) -> set[str]:
        """These meetings, and all that have a room, a panel, a supplier or somebody in common with one of them."""
        placed = [(meeting, self.at[meeting]) for meeting in meetings if meeting in self.at]
        shared = (self._taken[name] for meeting, at in placed for name in self._takes(meeting, at))
        return set(meetings).union(*shared)

    def rooms_of(self, panel: str) -> set[str]:
        """The rooms in which a panel has meetings."""
        return {self.at[meeting].room for meeting in self._taken["panel", panel]}

    def in_the_way(self, meeting: str, start: int, room: str) -> set[str] | None:
        """The meetings that would have to leave for this one to be there; None when that would not help."""
        stay = Stay(start, start + self.ground.problem.meeting[meeting].minutes, room)
        found: set[str] = set()
        for panel in self.ground.panels(meeting):
            others = self._taken["panel", panel.id] - {meeting}
            if panel.stays and any(self.at[other].room != room for other in others):
                return None
            found |= {other for other in others if _gap(stay, self.stay(other)) < panel.pause_minutes}
            found |= {other for other in others if _gap(stay, self.stay(other)) < 0}
        for other in self._taken["room", room] - {meeting}:
            if _gap(stay, self.stay(other)) < 0:
                found.add(other)
        for supplier in self.ground.suppliers(meeting):
            others = self._taken["supplier", supplier] - {meeting}
            found |= {other for other in others if not self.ground.is_apart(stay, self.stay(other))}
        return found

    def crews(self, meeting: str, start: int, room: str) -> Iterator[tuple[str, ...]]:
        """Who could attend beside all that is placed: the most, then the fewest."""
        stay = Stay(start, start + self.ground.problem.meeting[meeting].minutes, room)
        able = [person for person in self.ground.eligible(meeting) if self._is_able(person, meeting, stay)]
        return crews(self.ground, meeting, room, able)

    def _is_able(self, person: str, meeting: str, stay: Stay) -> bool:
        others = self._taken["person", person] - {meeting}
        return self.ground.is_free(person, stay) and all(
            self.ground.is_apart(stay, self.stay(other)) for other in others
        )


def _gap(one: Stay, other: Stay) -> int:
    return max(other.start - one.end, one.start - other.end)
