"""Who may attend for a panel, and when enough of them can: never more people than the room has seats for."""

from collections.abc import Collection, Iterator
from itertools import combinations
from math import comb

from solver.activities import Activity
from solver.counting.thinkable import within
from solver.foresight.engaged import Engaged
from solver.foresight.starts import Starts
from solver.problem import Panel, Problem

# With more ways than this to choose a crew of one size, nobody tries them all.
MOST_CREWS = 3_000

NOBODY: frozenset[str] = frozenset()


class Crews:
    """The people of one day, beside all that is fixed; `is_guessing` once there were too many crews to try."""

    def __init__(self, problem: Problem, engaged: Engaged) -> None:
        self._problem, self._engaged = problem, engaged
        self.is_guessing = False
        self._eligible: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._starts: dict[tuple[object, ...], Starts] = {}

    def eligible(self, meeting: Activity, without: frozenset[str] = NOBODY) -> tuple[str, ...]:
        """The members of the meeting's panels who may meet its suppliers, sorted."""
        key = (meeting.panels, meeting.suppliers, without)
        if key not in self._eligible:
            members = {member for panel in meeting.panels for member in self._problem.panel[panel].members} - without
            barred = {who for who in members if self._problem.person[who].barred.intersection(meeting.suppliers)}
            self._eligible[key] = tuple(sorted(members - barred))
        return self._eligible[key]

    def needed(self, meeting: Activity) -> frozenset[str]:
        """Those without whom the meeting cannot take place."""
        eligible = self.eligible(meeting)
        return frozenset(
            who for who in eligible if not self._is_manned(meeting, tuple(one for one in eligible if one != who))
        )

    def starts(self, meeting: Activity, room: str, without: frozenset[str] = NOBODY) -> Starts:
        """The starts at which enough of the panel can attend in the room, nobody of `without`; negative is endless."""
        if not meeting.panels:
            return -1
        eligible, seats = self.eligible(meeting, without), self._seats_left(meeting, room)
        # What is fixed is not in its own way.
        own = meeting.id if meeting.id in self._engaged.fixed else None
        key = (own, meeting.panels, meeting.minutes, eligible, min(seats, len(eligible)), self._engaged.side(room))
        if key not in self._starts:
            self._starts[key] = self._found(meeting, room, eligible, seats)
        return self._starts[key]

    def crew(self, meeting: Activity, room: str, start: int, without: frozenset[str] = NOBODY) -> tuple[str, ...]:
        """The fewest who are enough at that start, the first of them by name; all who can, where nobody could try."""
        step = self._problem.day.step
        free = [who for who in self.eligible(meeting, without) if self._can(who, meeting, room) >> start // step & 1]
        return next((crew for crew in _smallest_first(free) if self._is_manned(meeting, crew)), tuple(free))

    def _seats_left(self, meeting: Activity, room: str) -> int:
        taken = sum(self._problem.supplier[supplier].seats for supplier in meeting.suppliers)
        return self._problem.room[room].seats - taken

    def _can(self, person: str, meeting: Activity, room: str) -> Starts:
        free = within(self._problem.person[person].free, meeting.minutes, self._problem.day.step)
        return free & self._engaged.person_can(person, meeting, room)

    def _found(self, meeting: Activity, room: str, eligible: tuple[str, ...], seats: int) -> Starts:
        found = 0
        for crew, starts in self._together(meeting, room, eligible):
            if starts & ~found and self._fits(meeting, crew, seats):
                found |= starts
        return found

    def _together(
        self, meeting: Activity, room: str, people: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], Starts]]:
        """Each company of all who are free at some starts, with these starts."""
        whole = within((self._problem.day.whole,), meeting.minutes, self._problem.day.step)
        parts: dict[tuple[str, ...], Starts] = {(): whole}
        for who in people:
            can = self._can(who, meeting, room)
            split = [((*crew, who), starts & can) for crew, starts in parts.items()]
            split += [(crew, starts & ~can) for crew, starts in parts.items()]
            parts = {crew: starts for crew, starts in split if starts}
        yield from parts.items()

    def _fits(self, meeting: Activity, crew: tuple[str, ...], seats: int) -> bool:
        """Whether some of them are enough, and not too many for the seats."""
        if seats < 0 or not self._is_manned(meeting, crew):
            return False
        if len(crew) <= seats:
            return True
        if comb(len(crew), seats) > MOST_CREWS:
            self.is_guessing = True
            return True
        return any(self._is_manned(meeting, some) for some in combinations(crew, seats))

    def _is_manned(self, meeting: Activity, people: Collection[str]) -> bool:
        panels = (self._problem.panel[panel] for panel in meeting.panels)
        return all(self.is_enough(panel, [who for who in people if who in panel.members]) for panel in panels)

    def is_enough(self, panel: Panel, members: Collection[str]) -> bool:
        """Whether these members amount to what the panel needs."""
        crew = [self._problem.person[who] for who in members]
        return (
            len(crew) >= panel.needs.people
            and len({each.buyer for each in crew}) >= panel.needs.buyers
            and all(sum(skill in each.skills for each in crew) >= n for skill, n in panel.needs.skills.items())
        )


def _smallest_first(people: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(len(people) + 1):
        if comb(len(people), size) > MOST_CREWS:
            return
        yield from combinations(people, size)
