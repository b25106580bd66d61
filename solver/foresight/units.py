"""Who needs a room of its own: a panel with its meetings, or a session or meeting alone; and the rooms left to each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_

from solver.activities import Activity
from solver.foresight.cells import Cells, Places
from solver.foresight.starts import Starts, first, lasting, steps_until


@dataclass(frozen=True, slots=True)
class Unit:
    """Activities that are thought of in one room; they cannot but be in one when the unit `stays`."""

    name: str
    activities: tuple[Activity, ...]
    stays: bool
    pause: int


class Units:
    """The units of one day, and the places left to what is not settled, once no unit has a room that is not for it."""

    def __init__(self, cells: Cells, open_: Mapping[str, Places], must: frozenset[str]) -> None:
        self._cells, self._step, self._must = cells, cells.step, must
        self.places: dict[str, Places] = {name: dict(places) for name, places in open_.items()}
        self.units = {unit.name: unit for unit in self._gather()}
        self.of = {each.id: unit for unit in self.units.values() for each in unit.activities}
        self._rooms: dict[str, tuple[str, ...]] = {}
        self._narrow()
        self.can_share = cache(self._can_share)
        self.ways = cache(self._ways)

    def starts(self, name: str) -> Starts:
        """The starts left to an activity in any room."""
        return reduce(or_, self.places[name].values(), 0)

    def rooms(self, unit: str) -> tuple[str, ...]:
        """The rooms left to at least one of the activities of a unit, sorted."""
        if unit not in self._rooms:
            activities = self.units[unit].activities
            rooms = {room for each in activities for room in self.places[each.id] if room is not None}
            self._rooms[unit] = tuple(sorted(rooms))
        return self._rooms[unit]

    def minutes(self, unit: str) -> int:
        """How long all activities of a unit take together."""
        return sum(each.minutes for each in self.units[unit].activities)

    def shorten(self, name: str, left: Starts) -> None:
        """Take all other starts away from an activity."""
        self._rooms.pop(self.name_of(name) or "", None)
        places = self.places[name]
        self.places[name] = {room: starts & left for room, starts in places.items() if starts & left}

    def is_needed(self, unit: str) -> bool:
        """Whether something of the unit must take place."""
        return bool(self._musts(self.units[unit]))

    # -- gathering -----------------------------------------------------------------------------------------------

    def _gather(self) -> Iterable[Unit]:
        of_panel: dict[str, list[Activity]] = {}
        for activity in (self._cells.activities[name] for name in self.places):
            if activity.is_meeting and activity.panels:
                of_panel.setdefault(activity.panels[0], []).append(activity)
            elif activity.is_meeting or activity.rooms:
                yield Unit(activity.about, (activity,), stays=True, pause=0)
        for name, meetings in of_panel.items():
            panel = self._cells.problem.panel[name]
            yield Unit(f"panel:{name}", tuple(meetings), panel.stays, panel.pause_minutes)

    # -- narrowing -----------------------------------------------------------------------------------------------

    def _narrow(self) -> None:
        """Take rooms away from units, until none can be taken away."""
        pending = True
        while pending:
            bound = self._bound()
            unfit = [(unit, room) for unit in self.units.values() for room in self._unfit(unit, bound)]
            pending = bool(unfit)
            for unit, room in unfit:
                self._rooms.pop(unit.name, None)
                for each in unit.activities:
                    self.places[each.id].pop(room, None)

    def _unfit(self, unit: Unit, bound: Mapping[str, list[Unit]]) -> list[str]:
        """The rooms in which not all of the unit that must take place can, alone or beside one with no other room."""
        if not unit.stays:
            return []
        must = self._musts(unit)
        return [
            room
            for room in self.rooms(unit.name)
            if not self._holds(unit, must, room)
            or any(self._is_full(unit, other, room) for other in bound.get(room, ()) if other is not unit)
        ]

    def _bound(self) -> Mapping[str, list[Unit]]:
        """For each room, the units that have no other."""
        bound: dict[str, list[Unit]] = {}
        for unit in self.units.values():
            if unit.stays and len(self.rooms(unit.name)) == 1:
                bound.setdefault(self.rooms(unit.name)[0], []).append(unit)
        return bound

    def _musts(self, unit: Unit) -> list[Activity]:
        return [each for each in unit.activities if each.id in self._must]

    def _holds(self, unit: Unit, must: list[Activity], room: str) -> bool:
        """Whether counting alone lets the room hold what must take place of the unit."""
        starts = [self.places[each.id].get(room, 0) for each in must]
        if not all(starts):
            return False
        shortest = min((each.minutes for each in must), default=0) + unit.pause
        return most_apart(reduce(or_, starts, 0), steps_until(shortest, self._step)) >= len(must)

    def _is_full(self, one: Unit, other: Unit, room: str) -> bool:
        """Whether what must take place of both takes longer than the room is there for."""
        must = self._musts(one) + self._musts(other)
        open_ = (
            lasting(self.places[each.id].get(room, 0), each.minutes // self._step)
            for each in (*one.activities, *other.activities)
        )
        return sum(each.minutes for each in must) > reduce(or_, open_, 0).bit_count() * self._step

    def _can_share(self, one: str, other: str) -> bool:
        """Whether two units may, as far as counting tells, be in one room."""
        here, there = self.units[one], self.units[other]
        shared = set(self.rooms(one)).intersection(self.rooms(other))
        return any(not (here.stays and there.stays) or not self._is_full(here, there, room) for room in shared)

    # -- ways ----------------------------------------------------------------------------------------------------

    def way(self, one: str, other: str) -> int:
        """The minutes between two rooms."""
        return self._cells.problem.travel.minutes_between(one, other)

    def _ways(self, one: str | None, other: str | None) -> tuple[int, int]:
        """The fewest minutes there may be between two units, and the most when each has a room of its own."""
        if one is None or other is None or one == other:
            return 0, 0
        rooms = self.rooms(other)
        ways = {self.way(here, there) for here in self.rooms(one) for there in rooms if here != there}
        fewest = 0 if not ways or self.can_share(*sorted((one, other))) else min(ways)
        return fewest, max(ways, default=0)

    def name_of(self, activity: str) -> str | None:
        """The name of the unit that an activity belongs to; None for what needs no room."""
        return self.of[activity].name if activity in self.of else None


def most_apart(starts: Starts, steps: int) -> int:
    """How many starts can be chosen that lie at least so many steps apart."""
    found = 0
    while starts:
        found += 1
        earliest = first(starts) + max(1, steps)
        starts = starts >> earliest << earliest
    return found
