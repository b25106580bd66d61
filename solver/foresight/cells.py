"""Where and when each activity could take place beside all that is fixed: as little as can be said without searching.

A start or a room that is missing here stands in no lawful plan. What must take place and has one start and one room
left is fixed, and in the way of everything else.
"""

from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from solver.activities import Activity, activities_of
from solver.counting.thinkable import within
from solver.foresight.crews import Crews
from solver.foresight.engaged import Engaged, Fixed
from solver.foresight.starts import Starts, between, first, steps_until
from solver.problem import Problem, Room, Windows

VIDEO = "video"

# For each room, or None for what needs none, the starts that are left; rooms without any are not named.
Places = dict[str | None, Starts]


class Cells:
    """The places of every activity of one day; `fixed` for what is beyond choice, `open` for all else."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.step = problem, problem.day.step
        self.activities = activities_of(problem)
        self.told = {
            told.id: told
            for told in problem.announced
            if problem.fixed_until is not None and told.start < problem.fixed_until
        }
        self.must = self._certain()
        self._within = cache(lambda windows, minutes: within(windows, minutes, self.step))
        self._alone = {name: self._times(activity) for name, activity in self.activities.items()}
        self._suitable = {name: list(self._rooms(activity)) for name, activity in self.activities.items()}
        self._settle()

    @property
    def is_lawful(self) -> bool:
        """Whether something is left for everything that must take place."""
        return all(self.places[name] for name in self.must)

    @property
    def fixed(self) -> dict[str, Fixed]:
        """What is beyond choice."""
        return self.engaged.fixed

    @cached_property
    def open(self) -> dict[str, Places]:
        """The places of all that is not fixed."""
        return {name: places for name, places in self.places.items() if name not in self.fixed}

    @cached_property
    def hopeful(self) -> frozenset[str]:
        """What is not fixed and has something left, as has everything that it comes after."""
        later: dict[str, list[str]] = {}
        for name, activity in self.activities.items():
            for earlier in activity.after:
                later.setdefault(earlier, []).append(name)
        hopeless = [name for name, places in self.places.items() if not places]
        known = set(hopeless)
        for name in hopeless:
            new = [each for each in later.get(name, ()) if each not in known]
            known.update(new)
            hopeless += new
        return frozenset(set(self.open) - known)

    def _certain(self) -> frozenset[str]:
        """Sessions, what is required or fixed as announced, and all that these come after."""
        meetings = self.problem.meetings
        certain = {each.id for each in meetings if each.required or each.id in self.told}
        pending = [*certain, *self.problem.session]
        found: set[str] = set()
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending += self.activities[name].after
        return frozenset(found)

    # -- alone ---------------------------------------------------------------------------------------------------

    def _times(self, activity: Activity) -> Starts:
        """The starts that the day, the windows, a pin and the attending suppliers and people leave."""
        problem, minutes = self.problem, activity.minutes
        starts = self._within((problem.day.whole,), minutes) & self._within(activity.windows, minutes)
        for free in self._free_times(activity):
            starts &= self._within(free, minutes)
        for start in self._pins(activity):
            starts &= 0 if start % self.step else 1 << start // self.step
        return starts

    def _free_times(self, activity: Activity) -> set[Windows]:
        suppliers = {self.problem.supplier[supplier].free for supplier in activity.suppliers}
        return suppliers | {self.problem.person[person].free for person in activity.people}

    def _pins(self, activity: Activity) -> Iterator[int]:
        if activity.is_meeting:
            start = self.problem.meeting[activity.id].start
            if start is not None:
                yield start
            if activity.id in self.told:
                yield self.told[activity.id].start

    def _rooms(self, activity: Activity) -> Iterator[Room]:
        """The rooms that are for the activity, with seats enough for those of whom it is known that they attend."""
        suppliers = [self.problem.supplier[supplier] for supplier in activity.suppliers]
        seats = sum(supplier.seats for supplier in suppliers) + len(activity.people)
        is_online = any(supplier.online for supplier in suppliers)
        for name in activity.rooms:
            room = self.problem.room[name]
            if seats <= room.seats and (VIDEO in room.features or not is_online) and self._is_pinned(activity, name):
                yield room

    def _is_pinned(self, activity: Activity, room: str) -> bool:
        """Whether the activity is pinned to the room, or to none."""
        if not activity.is_meeting:
            return True
        pins = [self.problem.meeting[activity.id].room]
        if activity.id in self.told:
            pins.append(self.told[activity.id].room)
        return all(pin in (None, room) for pin in pins)

    # -- beside what is fixed ------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Find what is fixed, until there is no more of it; then the places of everything."""
        fixed: dict[str, Fixed] = {}
        while True:
            self.engaged = Engaged(self.problem, fixed.values())
            self.crews = Crews(self.problem, self.engaged)
            self.places = {name: self._places(self.activities[name]) for name in sorted(self.must)}
            new = {name: self._fixed(name) for name in self.places if name not in fixed and self._is_settled(name)}
            if not new:
                break
            fixed |= new
        others = (activity for name, activity in self.activities.items() if name not in self.must)
        self.places |= {activity.id: self._places(activity) for activity in others}

    def _is_settled(self, name: str) -> bool:
        return sum(starts.bit_count() for starts in self.places[name].values()) == 1

    def _fixed(self, name: str) -> Fixed:
        (place,) = self.places[name].items()
        room, starts = place
        activity = self.activities[name]
        people = self.crews.needed(activity) if activity.is_meeting else frozenset(activity.people)
        return Fixed(activity, first(starts) * self.step, room, people)

    def _places(self, activity: Activity) -> Places:
        base = self._alone[activity.id] & self._in_order(activity)
        for panel in activity.panels:
            base &= self.engaged.panel_can(panel, activity)
        if not activity.is_meeting and not activity.rooms:
            return {None: found} if (found := base & self._attended(activity, None)) else {}
        sides: dict[tuple[int, ...], Starts] = {}
        places: Places = {}
        for room in self._left(activity):
            side = self.engaged.side(room.id)
            if side not in sides:
                sides[side] = base & self._attended(activity, room.id)
            starts = sides[side] & self._within(room.free, activity.minutes)
            starts &= self.engaged.room_can(room.id, activity)
            if starts and activity.is_meeting:
                starts &= self.crews.starts(activity, room.id)
            if starts:
                places[room.id] = starts
        return places

    def _left(self, activity: Activity) -> Iterable[Room]:
        """The suitable rooms, less those that a panel cannot have because it stays in another."""
        rooms = self._suitable[activity.id]
        for panel in (self.problem.panel[name] for name in activity.panels if activity.is_meeting):
            if panel.stays:
                held = {each.room for each in self.engaged.of_panel.get(panel.id, ()) if each.activity.is_meeting}
                held -= {each.room for each in self._own(activity)} if len(held) > 1 else set()
                rooms = [room for room in rooms if not held or held == {room.id}]
        return rooms

    def _own(self, activity: Activity) -> list[Fixed]:
        return [self.engaged.fixed[activity.id]] if activity.id in self.engaged.fixed else []

    def _attended(self, activity: Activity, room: str | None) -> Starts:
        """The starts at which its suppliers, and the people of a session, are not kept elsewhere by what is fixed."""
        starts = -1
        for supplier in activity.suppliers:
            starts &= self.engaged.supplier_can(supplier, activity, room)
        for person in activity.people:
            starts &= self.engaged.person_can(person, activity, room)
        return starts

    def _in_order(self, activity: Activity) -> Starts:
        """The starts after the end of what is fixed before it, and early enough for what is fixed after it."""
        starts = -1
        for each in self.engaged.fixed.values():
            if each.activity.id in activity.after:
                starts &= -(1 << steps_until(each.end, self.step))
            if activity.id in each.activity.after:
                starts &= between(0, (each.start - activity.minutes) // self.step)
        return starts
