"""The day cut into pieces that have nothing to do with each other, save that each unit wants a room of its own."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product

from solver.activities import Activity
from solver.foresight.cells import Cells
from solver.foresight.crossing import Crossing
from solver.foresight.cutting import cut
from solver.foresight.ground import Apart, Line, Order, Pause, Piece, Task
from solver.foresight.lodging import Lodging, Rooming
from solver.foresight.resting import Resting, left_by
from solver.foresight.stretches import keeps_stretch
from solver.foresight.units import Unit, Units
from solver.problem import Aim, Panel, Span


class Ground:
    """One day, ready to be searched over its times, when the meetings of `must` are placed, come what may.

    `is_lawful` is False where that is out of the question already. `is_clear` is False where the day holds something
    that cannot be put in these words, and `is_sound` where what they say may not even follow from the rules.
    """

    def __init__(self, cells: Cells, must: frozenset[str]) -> None:
        self.cells, self._must = cells, must
        self._open = [cells.activities[name] for name in cells.open if name in must | cells.hopeful]
        self.units = Units(cells, {each.id: cells.places[each.id] for each in self._open}, must)
        crossing = Crossing(cells, self.units)
        self._apart = tuple(crossing.relations())
        self.spared = crossing.spared
        resting = Resting(cells, self.units.places, self.spared)
        self._pauses = tuple(self._narrowed(resting.pauses()))
        self.lodging = Lodging(self.units)
        has_place = all(self.units.places[each.id] for each in self._open if each.id in must)
        self.is_lawful = cells.is_lawful and resting.is_lawful and has_place and self._is_settled_with_rests()
        self.is_sound = not self._may_go_round()
        self.is_clear = crossing.is_clear and resting.is_clear and not any(self._unspeakable())

    def _may_go_round(self) -> bool:
        """Whether somebody may get from one room to another more quickly by way of an activity in a third."""
        activities = self.cells.activities.values()
        return any(each.minutes < self._longest_way() for each in activities if each.is_meeting or each.rooms)

    def _longest_way(self) -> int:
        travel = self.cells.problem.travel
        return max([travel.minutes, *travel.between.values()])

    def _unspeakable(self) -> Iterator[bool]:
        """What the words of a search over times do not hold."""
        problem, activities = self.cells.problem, self.cells.activities.values()
        yield self.cells.crews.is_guessing
        yield problem.breaks_differ_by is not None
        yield any(each.is_meeting and len(each.panels) > 1 for each in activities)
        yield self._may_go_round()
        yield any(self._may_have_to_go(panel) for panel in problem.panels)

    def _may_have_to_go(self, panel: Panel) -> bool:
        """Whether a panel may have to leave a room where its meeting is settled for another within its pause."""
        settled = [each for each in self.cells.engaged.of_panel.get(panel.id, ()) if each.activity.is_meeting]
        is_open = any(line.panel == panel.id for line in self._lines)
        return is_open and bool(settled) and not panel.stays and self._longest_way() > panel.pause_minutes

    def _is_settled_with_rests(self) -> bool:
        """Whether the panels whose meetings are all settled have their rests."""
        known = {line.panel for line in self._lines}
        for panel in self.cells.problem.panels:
            if panel.stretch is not None and panel.id not in known:
                settled = (each for each in self.cells.engaged.of_panel.get(panel.id, ()) if each.activity.is_meeting)
                spans = [Span(each.start, each.end) for each in settled]
                if not keeps_stretch(spans, panel.stretch.minutes, panel.stretch.rest_minutes):
                    return False
        return True

    def _narrowed(self, pauses: Iterable[Pause]) -> Iterator[Pause]:
        """The rests that concern several tasks; a rest that one task alone could spoil shortens its starts."""
        for pause in pauses:
            if pause.is_sure and len(pause.tasks) == 1:
                (name,) = pause.tasks
                self.units.shorten(name, left_by(pause, self.cells.activities[name].minutes, self.cells.step))
            else:
                yield pause

    @property
    def most(self) -> dict[Aim, int]:
        """What the promised aims come to when all that is open is placed."""
        meetings = [each.activity for each in self.cells.fixed.values()] + self._open
        met = [each for each in meetings if each.is_meeting]
        weight = {meeting.id: meeting.weight for meeting in self.cells.problem.meetings}
        reached = {supplier for each in met for supplier in each.suppliers}
        return {Aim.REACHED: len(reached), Aim.PLACED: sum(weight[each.id] for each in met)}

    # -- tasks ---------------------------------------------------------------------------------------------------

    def _task(self, activity: Activity, rooming: Rooming | None) -> Task:
        starts = self.units.starts(activity.id)
        safe, is_bound = starts, False
        name = self.units.name_of(activity.id)
        if name is not None:
            room = None if rooming is None else rooming.room.get(name)
            safe = self.units.places[activity.id].get(room, 0) if room is not None else 0
            is_bound = rooming is not None and name == rooming.asked and self.units.units[name].stays
        return Task(
            id=activity.id,
            minutes=activity.minutes,
            steps=activity.minutes // self.cells.step,
            starts=safe if is_bound else starts,
            safe=safe,
            must=activity.id in self._must,
            weight=self.cells.problem.meeting[activity.id].weight if activity.is_meeting else 0,
            suppliers=self._not_reached(activity) if activity.is_meeting else (),
        )

    def _not_reached(self, meeting: Activity) -> tuple[str, ...]:
        """The suppliers of a meeting who have none that is settled already."""
        fixed = self.cells.engaged.of_supplier
        return tuple(
            supplier
            for supplier in meeting.suppliers
            if not any(each.activity.is_meeting for each in fixed.get(supplier, ()))
        )

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        panels = sorted(self.cells.problem.panels, key=lambda panel: panel.id)
        return tuple(line for line in map(self._line, (panel.id for panel in panels)) if line.tasks)

    def _line(self, name: str) -> Line:
        panel = self.cells.problem.panel[name]
        tasks = tuple(each.id for each in self._open if each.is_meeting and name in each.panels)
        if panel.stretch is None:
            return Line(name, tasks, panel.pause_minutes)
        settled = (each for each in self.cells.engaged.of_panel.get(name, ()) if each.activity.is_meeting)
        fixed = tuple((each.start, each.activity.minutes) for each in settled)
        return Line(name, tasks, panel.pause_minutes, (panel.stretch.minutes, panel.stretch.rest_minutes), fixed)

    @cached_property
    def _orders(self) -> tuple[Order, ...]:
        names = {each.id for each in self._open}
        return tuple(Order(earlier, each.id) for each in self._open for earlier in each.after if earlier in names)

    # -- rooms shared --------------------------------------------------------------------------------------------

    def _sharing(self, rooming: Rooming | None) -> Iterator[Apart]:
        """What keeps units apart that share a room."""
        if rooming is None:
            return
        if rooming.asked is not None:
            inside = [self.units.units[name] for name in (rooming.asked, *rooming.bound)]
            yield from self._in_one_room(inside, is_sure=inside[0].stays)
        if rooming.sharing:
            bound = rooming.bound if rooming.asked in rooming.sharing else ()
            for name in (rooming.sharing[0], *bound):
                pair = [self.units.units[each] for each in (name, rooming.sharing[1])]
                yield from self._in_one_room(pair, is_sure=False)

    def _in_one_room(self, units: list[Unit], *, is_sure: bool) -> Iterator[Apart]:
        for place, one in enumerate(units):
            for other in units[place + 1 :]:
                here, there = one.activities, other.activities
                yield Apart(tuple(each.id for each in here), tuple(each.id for each in there), 0, is_sure)
                for pair in product(here, there) if self.cells.problem.apart else ():
                    minutes = self.cells.engaged.apart(*pair)
                    if minutes > 0:
                        yield Apart((pair[0].id,), (pair[1].id,), minutes, is_sure)

    # -- cutting -------------------------------------------------------------------------------------------------

    def pieces(self, rooming: Rooming | None) -> tuple[Piece, ...]:
        """The pieces of the day when the rooms are shared out like this.

        Without rooms nothing is safe, but all that is sure is said.
        """
        tasks = tuple(self._task(activity, rooming) for activity in self._open)
        apart = (*self._apart, *self._sharing(rooming))
        return cut(Piece(tasks, self._lines, apart, self._orders, self._pauses))
