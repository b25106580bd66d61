"""One day with all its promises: for each meeting the places where it can be had, and a plan for each of these places.

The pieces of the day are searched over their times alone, as quickly as they can be; whatever that leaves in doubt goes
to the arbiter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from solver.foresight.arbiter import Arbiter, Place, Placed, pinned_of
from solver.foresight.cells import Cells
from solver.foresight.crews import NOBODY
from solver.foresight.layout import Engines, Layout
from solver.foresight.lodging import Rooming, Verdict
from solver.foresight.pieces import Ground
from solver.foresight.starts import Starts, each
from solver.plan import PlacedMeeting, PlacedSession
from solver.problem import Aim, Problem

# So many ways to share out rooms are tried before the arbiter is asked.
MOST_WAYS = 4

PROMISED = (Aim.REACHED, Aim.PLACED)


class Outlook:
    """What is known about one day; the `engines` of an earlier outlook are used again for pieces that are the same."""

    def __init__(self, problem: Problem, engines: Engines | None = None) -> None:
        self.problem = problem
        self._aims = promised(problem.aims)
        self._cells = Cells(with_pins_kept(problem))
        self.engines = Engines(problem.day.step, self._aims, engines)
        self._variants: dict[tuple[str, str], Layout | None] = {}
        self._ground, self._layout = self._grounded()

    def _grounded(self) -> tuple[Ground, Layout]:
        """The day on the assumption that everything can be placed; where that proves false, without it."""
        # What weighs nothing need not be placed for the sake of the promises.
        wanted = frozenset(each.id for each in self.problem.meetings if each.weight > 0)
        full = Ground(self._cells, self._cells.must | self._cells.hopeful & wanted)
        layout = self._laid_out(full)
        if layout.is_sure:
            return full, layout
        ground = Ground(self._cells, self._cells.must | layout.placed_for_certain())
        partly = self._laid_out(ground)
        return (full, layout) if layout.is_possible and not partly.is_sure else (ground, partly)

    def _laid_out(self, ground: Ground) -> Layout:
        rooming = ground.lodging.roomy()
        if rooming is not None:
            return Layout(ground, rooming, self.engines)
        return self._best_of(ground, ground.lodging.snug()) or Layout(ground, None, self.engines)

    def _best_of(self, ground: Ground, ways: Iterable[Rooming]) -> Layout | None:
        """The first way to share out the rooms that is sure; else the first of all, if there is any."""
        first: Layout | None = None
        for rooming in islice(ways, MOST_WAYS):
            layout = Layout(ground, rooming, self.engines)
            if layout.is_sure:
                return layout
            first = first or layout
        return first

    @cached_property
    def _arbiter(self) -> Arbiter:
        cells = Cells(self.problem)
        ground = Ground(cells, cells.must)
        return Arbiter(self.problem, self._aims, ground.pieces(None) if ground.is_sound else ())

    @cached_property
    def is_possible(self) -> bool:
        """Whether there is a plan that keeps every promise."""
        if self._layout.is_sure:
            return True
        is_hopeless = self._cells.problem == self.problem and self._ground.is_sound and not self._cells.is_lawful
        return not is_hopeless and self._arbiter.is_possible

    # -- places --------------------------------------------------------------------------------------------------

    def open(self, meeting: str) -> list[Place]:
        """Every start and room in which the meeting can be had, in the order of time."""
        if not self.is_possible:
            return []
        if not self._layout.is_sure and not self._is_guide:
            return sorted(self._confirmed(meeting, self._arbiter.places(meeting)))
        if meeting in self._cells.fixed:
            fixed = self._cells.fixed[meeting]
            return [] if fixed.room is None else [(fixed.start, fixed.room)]
        certain: list[Place] = []
        doubtful: list[Place] = []
        for room in self._ground.units.places.get(meeting, {}):
            if room is not None:
                open_, doubt = self._starts(meeting, room)
                certain += self._places(open_, room)
                doubtful += self._places(doubt, room)
        return sorted([*certain, *self._confirmed(meeting, doubtful)])

    @cached_property
    def _is_guide(self) -> bool:
        """Whether what the layout calls out of the question is so, although nothing that it allows is certain."""
        worth = (len(pinned_of(self.problem)), *self._layout.worth)
        return self._ground.is_sound and self._layout.is_possible and worth == self._arbiter.worth

    def _starts(self, meeting: str, room: str) -> tuple[Starts, Starts]:
        """The starts at which a meeting can be had in a room, and those of which that is in doubt."""
        starts = self._ground.units.places[meeting][room]
        unit = self._ground.units.of[meeting].name
        verdict = self._ground.lodging.verdict(unit, room)
        if verdict is Verdict.NO:
            return 0, 0
        layout = self._layout if verdict is Verdict.YES else self._variant(unit, room)
        if layout is None:
            open_, doubt = self._layout.open(meeting)
            return 0, starts & (open_ | doubt)
        if not layout.is_possible or layout.worth != self._layout.worth:
            return 0, 0
        open_, doubt = layout.open(meeting)
        if not (self._layout.is_sure and layout.is_sure):
            return 0, starts & (open_ | doubt)
        return starts & open_, starts & doubt

    def _variant(self, unit: str, room: str) -> Layout | None:
        """The day with the unit in a room that it cannot have without others sharing it, or without losing starts."""
        key = (unit, room)
        if key not in self._variants:
            self._variants[key] = self._best_of(self._ground, self._ground.lodging.snug(unit, room))
        return self._variants[key]

    def _places(self, starts: Starts, room: str) -> list[Place]:
        step = self.problem.day.step
        return [(start * step, room) for start in each(starts)]

    def _confirmed(self, meeting: str, places: Iterable[Place]) -> list[Place]:
        return [place for place in places if self._arbiter.placed(meeting, *place) is not None]

    # -- plans ---------------------------------------------------------------------------------------------------

    def plan(self, meeting: str, place: Place) -> Placed:
        """A plan that keeps every promise, with the meeting in a place where it can be had."""
        number = place[0] // self.problem.day.step
        if meeting in self._cells.fixed and self._layout.is_sure:
            return self._told(self._layout.times(), self._layout.rooming)
        if meeting in self._cells.fixed or not self._is_certain(meeting, number, place[1]):
            return self._judged(meeting, place)
        unit = self._ground.units.of[meeting].name
        rooming = self._ground.lodging.roomy(unit, place[1])
        if rooming is not None:
            return self._told(self._layout.times(meeting, number), rooming)
        variant = self._variant(unit, place[1]) or self._layout
        return self._told(variant.times(meeting, number), variant.rooming)

    def _is_certain(self, meeting: str, number: int, room: str) -> bool:
        """Whether a meeting can be had at a start in a room without asking the arbiter."""
        if not self._layout.is_sure or room not in self._ground.units.places[meeting]:
            return False
        return bool(self._starts(meeting, room)[0] >> number & 1)

    def _judged(self, meeting: str, place: Place) -> Placed:
        found = self._arbiter.placed(meeting, *place)
        if found is None:
            raise LookupError(meeting)
        return found

    def _told(self, times: dict[str, int], rooming: Rooming) -> Placed:
        """Everything that takes place, with its room and people."""
        minutes = {name: start * self.problem.day.step for name, start in times.items()}
        rooms = {name: self._room(name, rooming) for name in times}
        for name, fixed in self._cells.fixed.items():
            minutes[name], rooms[name] = fixed.start, fixed.room
        activities = self._cells.activities
        sessions = (
            PlacedSession(name, minutes[name], minutes[name] + activities[name].minutes, rooms[name])
            for name in sorted(minutes)
            if not activities[name].is_meeting
        )
        meetings = (
            self._meeting(name, minutes[name], rooms[name]) for name in sorted(minutes) if activities[name].is_meeting
        )
        return tuple(sessions), tuple(meetings)

    def _room(self, name: str, rooming: Rooming) -> str | None:
        unit = self._ground.units.name_of(name)
        return None if unit is None else rooming.room[unit]

    def _meeting(self, name: str, start: int, room: str | None) -> PlacedMeeting:
        if room is None:
            raise LookupError(name)
        meeting = self._cells.activities[name]
        without = frozenset[str]().union(*(self._ground.spared.get(panel, NOBODY) for panel in meeting.panels))
        crew = self._cells.crews.crew(meeting, room, start, without)
        return PlacedMeeting(name, start, start + meeting.minutes, room, crew)


def with_pins_kept(problem: Problem) -> Problem:
    """The day with everything required that is pinned to a start."""
    pinned = pinned_of(problem)
    meetings = (replace(each, required=True) if each.id in pinned else each for each in problem.meetings)
    return replace(problem, meetings=tuple(meetings))


def promised(aims: Sequence[Aim]) -> tuple[Aim, ...]:
    """The promised aims in the order in which the day names them; those that it does not name come last."""
    return tuple(sorted(PROMISED, key=lambda aim: aims.index(aim) if aim in aims else len(aims)))
