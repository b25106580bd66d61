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
from solver.foresight.layout import Engines, Layout
from solver.foresight.lodging import Rooming, Verdict
from solver.foresight.pieces import Ground
from solver.foresight.starts import Starts, each
from solver.foresight.telling import plan_of, told
from solver.problem import Aim, Problem
from solver.score import score
from solver.verify import breaches

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
        if layout.has_timetable:
            return full, layout
        ground = Ground(self._cells, self._cells.must | layout.placed_for_certain())
        partly = self._laid_out(ground)
        return (full, layout) if layout.is_possible and not partly.has_timetable else (ground, partly)

    def _laid_out(self, ground: Ground) -> Layout:
        rooming = ground.lodging.roomy()
        if rooming is not None:
            return Layout(ground, rooming, self.engines)
        return self._best_of(ground, ground.lodging.snug()) or Layout(ground, None, self.engines)

    def _best_of(self, ground: Ground, ways: Iterable[Rooming]) -> Layout | None:
        """The first way to share out the rooms for which there is a timetable; else the first of all, if any."""
        first: Layout | None = None
        for rooming in islice(ways, MOST_WAYS):
            layout = Layout(ground, rooming, self.engines)
            if layout.has_timetable:
                return layout
            first = first or layout
        return first

    @cached_property
    def _arbiter(self) -> Arbiter:
        cells = Cells(self.problem)
        ground = Ground(cells, cells.must)
        pieces = ground.pieces(None) if ground.is_sound else ()
        layout = self._layout
        guess = told(self._cells, self._ground, layout.times(), layout.rooming) if layout.has_timetable else None
        return Arbiter(self.problem, self._aims, pieces, guess)

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
        if self._ground.lodging.verdict(self._ground.units.of[meeting].name, room) is Verdict.NO:
            return 0, 0
        housed = self._housed(meeting, room)
        layout = self._layout if housed is None else housed[0]
        if not layout.is_possible or layout.worth != self._layout.worth:
            return 0, 0
        open_, doubt = layout.open(meeting)
        if housed is None or not (self._layout.is_sure and layout.is_sure):
            return 0, starts & (open_ | doubt)
        return starts & open_, starts & doubt

    def _housed(self, meeting: str, room: str) -> tuple[Layout, Rooming] | None:
        """A layout with the meeting in a room, and the rooms of all; None when nobody knows of any."""
        unit, lodging = self._ground.units.of[meeting].name, self._ground.lodging
        rooming = lodging.roomy(unit, room) or lodging.aside(unit, meeting, room)
        if rooming is not None:
            return self._layout, rooming
        variant = self._variant(unit, room)
        return None if variant is None else (variant, variant.rooming)

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
        return [
            place
            for place in places
            if self._is_proven(meeting, place) or self._arbiter.placed(meeting, *place) is not None
        ]

    def _is_proven(self, meeting: str, place: Place) -> bool:
        """Whether what the layout suggests happens to break none of the rules that it does not know."""
        placed = None if self._layout.is_sure else self._suggested(meeting, place)
        if placed is None:
            return False
        plan = plan_of(self.problem, placed, "", "")
        values = score(self.problem, plan)
        kept = sum(each.id in pinned_of(self.problem) for each in plan.meetings)
        worth = (kept, *(values[aim] for aim in self._aims))
        return worth == self._arbiter.worth and not breaches(self.problem, plan)

    # -- plans ---------------------------------------------------------------------------------------------------

    def plan(self, meeting: str, place: Place) -> Placed:
        """A plan that keeps every promise, with the meeting in a place where it can be had."""
        found = self._suggested(meeting, place) if self._is_certain(meeting, place) else None
        found = found or self._arbiter.placed(meeting, *place)
        if found is None:
            raise LookupError(meeting)
        return found

    def _is_certain(self, meeting: str, place: Place) -> bool:
        """Whether a meeting is known to be had in a place without asking the arbiter."""
        start, room = place
        if not self._layout.is_sure or meeting in self._cells.fixed:
            return self._layout.is_sure or self._is_proven(meeting, place)
        if room not in self._ground.units.places[meeting]:
            return False
        return bool(self._starts(meeting, room)[0] >> start // self.problem.day.step & 1)

    def _suggested(self, meeting: str, place: Place) -> Placed | None:
        """A plan with the meeting in a place, as the layout has it; None when it has none."""
        start, room = place
        if not self._layout.has_timetable:
            return None
        if meeting in self._cells.fixed:
            fixed = self._cells.fixed[meeting]
            is_there = (fixed.start, fixed.room) == place
            return told(self._cells, self._ground, self._layout.times(), self._layout.rooming) if is_there else None
        housed = self._housed(meeting, room) if room in self._ground.units.places.get(meeting, {}) else None
        if housed is None or not housed[0].has_timetable:
            return None
        layout, rooming = housed
        number = start // self.problem.day.step
        if not (layout.open(meeting)[0] & self._ground.units.places[meeting][room]) >> number & 1:
            return None
        return told(self._cells, self._ground, layout.times(meeting, number), rooming)


def with_pins_kept(problem: Problem) -> Problem:
    """The day with everything required that is pinned to a start."""
    pinned = pinned_of(problem)
    meetings = (replace(each, required=True) if each.id in pinned else each for each in problem.meetings)
    return replace(problem, meetings=tuple(meetings))


def promised(aims: Sequence[Aim]) -> tuple[Aim, ...]:
    """The promised aims in the order in which the day names them; those that it does not name come last."""
    return tuple(sorted(PROMISED, key=lambda aim: aims.index(aim) if aim in aims else len(aims)))
