"""What certainly takes place at one time and in one place, and the starts that it leaves to everything else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from solver.activities import Activity
from solver.foresight.starts import Starts, clashing
from solver.problem import Problem


@dataclass(frozen=True)
class Fixed:
    """An activity of which neither the start nor the room is left to choose; `people` attend whatever is chosen."""

    activity: Activity
    start: int
    room: str | None
    people: frozenset[str]

    @property
    def end(self) -> int:
        """The minute at which it ends."""
        return self.start + self.activity.minutes


# Something that is fixed, and the minutes to be kept before and after it.
Berth = tuple[Fixed, int]


class Engaged:
    """Who and what is taken up by what is fixed."""

    def __init__(self, problem: Problem, fixed: Iterable[Fixed]) -> None:
        self._problem, self._step = problem, problem.day.step
        self.fixed = {each.activity.id: each for each in fixed}
        everything = self.fixed.values()
        self.of_supplier = _gathered((name, each) for each in everything for name in each.activity.suppliers)
        self.of_panel = _gathered((name, each) for each in everything for name in each.activity.panels)
        self.of_person = _gathered((name, each) for each in everything for name in each.people)
        self.of_room = _gathered((each.room, each) for each in everything if each.room is not None)
        self._rooms = sorted(self.of_room)
        self._sides: dict[str | None, tuple[int, ...]] = {}
        self._beside: dict[tuple[tuple[tuple[str, int], ...], int], Starts] = {}

    def way(self, one: str | None, other: str | None) -> int:
        """The minutes between two rooms; 0 to or from what has no room."""
        return 0 if one is None or other is None else self._problem.travel.minutes_between(one, other)

    def side(self, room: str | None) -> tuple[int, ...]:
        """How far a room lies from all that is fixed: rooms with the same answer are as far from everything."""
        if room not in self._sides:
            self._sides[room] = tuple(self.way(room, other) for other in self._rooms)
        return self._sides[room]

    def beside(self, berths: Iterable[Berth], minutes: int) -> Starts:
        """The starts with which so many minutes lie clear of all that is fixed; negative, for there is no end."""
        listed = tuple(berths)
        key = (tuple((each.activity.id, gap) for each, gap in listed), minutes)
        if key not in self._beside:
            starts = -1
            for each, gap in listed:
                starts &= ~clashing(each.start - gap, each.end + gap, minutes, self._step)
            self._beside[key] = starts
        return self._beside[key]

    def supplier_can(self, supplier: str, activity: Activity, room: str | None) -> Starts:
        """The starts at which nothing fixed keeps the supplier, who also needs its way, from an activity in a room."""
        return self._can(self.of_supplier.get(supplier, ()), activity, room)

    def person_can(self, person: str, activity: Activity, room: str | None) -> Starts:
        """The starts at which nothing fixed keeps the person from an activity in a room."""
        return self._can(self.of_person.get(person, ()), activity, room)

    def _can(self, fixed: Iterable[Fixed], activity: Activity, room: str | None) -> Starts:
        berths = ((each, self.way(each.room, room)) for each in fixed if each.activity.id != activity.id)
        return self.beside(berths, activity.minutes)

    def panel_can(self, panel: str, activity: Activity) -> Starts:
        """The starts at which nothing fixed keeps the panel, with its pauses between meetings, from an activity."""
        pause = self._problem.panel[panel].pause_minutes
        berths = (
            (each, pause if each.activity.is_meeting and activity.is_meeting else 0)
            for each in self.of_panel.get(panel, ())
            if each.activity.id != activity.id
        )
        return self.beside(berths, activity.minutes)

    def room_can(self, room: str, activity: Activity) -> Starts:
        """The starts at which nothing fixed keeps an activity out of a room, not even suppliers to be kept apart."""
        berths = (
            (each, self.apart(each.activity, activity))
            for each in self.of_room.get(room, ())
            if each.activity.id != activity.id
        )
        return self.beside(berths, activity.minutes)

    def apart(self, one: Activity, other: Activity) -> int:
        """The minutes to be kept between two activities in one room so that competitors do not meet in the door."""
        if not (one.is_meeting and other.is_meeting):
            return 0
        return max(
            (group.minutes for group in self._problem.apart if are_split(group.suppliers, one, other)), default=0
        )


def are_split(group: Iterable[str], one: Activity, other: Activity) -> bool:
    """Whether the two hold two different suppliers of the group."""
    named = set(group)
    here, there = named.intersection(one.suppliers), named.intersection(other.suppliers)
    return bool(here and there) and len(here | there) > 1


def _gathered(named: Iterable[tuple[str, Fixed]]) -> Mapping[str, tuple[Fixed, ...]]:
    found: dict[str, list[Fixed]] = {}
    for name, each in named:
        found.setdefault(name, []).append(each)
    return {name: tuple(listed) for name, listed in found.items()}
