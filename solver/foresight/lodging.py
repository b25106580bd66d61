"""Rooms shared out among the units: one of its own for each as far as that goes, so that times need not look at rooms.

An edge is *full* when the room leaves a unit every start that any room leaves it. A unit in a room where it has fewer
starts, or shares with another unit, has these starts only.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from itertools import combinations

from solver.foresight.matching import Edges, by_choice, crowded, let_in, matching, moved
from solver.foresight.units import Unit, Units


class Verdict(Enum):
    """Whether a unit may have a room, whatever the times."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rooming:
    """A room for each unit. `asked` is the unit that must be in its room, and those of `bound` cannot but share it.

    For want of rooms, `sharing` share one too, although they might perhaps not. A meeting of `elsewhere` has a room
    to itself, apart from the others of its unit.
    """

    room: Mapping[str, str]
    asked: str | None = None
    bound: tuple[str, ...] = ()
    sharing: tuple[str, ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)


class Lodging:
    """The rooms of one day."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._verdicts: dict[tuple[str, str], Verdict] = {}

    def verdict(self, unit: str, room: str) -> Verdict:
        """Whether the unit can have the room and all the others full rooms of their own."""
        key = (unit, room)
        if key not in self._verdicts:
            self._verdicts[key] = self._judged(unit, room)
        return self._verdicts[key]

    def _judged(self, unit: str, room: str) -> Verdict:
        if self.roomy(unit, room) is not None:
            return Verdict.YES
        if self._share_nothing and moved(self._thinkable, self._barely_matched, unit, room) is None:
            return Verdict.NO
        return Verdict.UNKNOWN

    # -- sharing out ---------------------------------------------------------------------------------------------

    def roomy(self, unit: str | None = None, room: str | None = None) -> Rooming | None:
        """A full room for every unit, that one in a room; None when that cannot be."""
        found = self._matched if unit is None or room is None else moved(self._full, self._matched, unit, room)
        return None if found is None else Rooming(found)

    def aside(self, unit: str, meeting: str, room: str) -> Rooming | None:
        """Full rooms for all, and the room to itself for one meeting of a unit that does not stay, if that can be.

        The unit must have time to get there and back in its pause.
        """
        one = self._units.units[unit]
        found = None if one.stays else matching({name: rooms - {room} for name, rooms in self._full.items()})
        if found is None or self._units.way(found[unit], room) > one.pause:
            return None
        return Rooming(found, elsewhere={meeting: room})

    def snug(self, unit: str | None = None, room: str | None = None) -> Iterator[Rooming]:
        """Rooms for all, in several ways, the unit that is asked for in its room; not all of them are full."""
        if unit is None or room is None:
            yield from self._shared_out(sorted(self._thinkable), None, Rooming({}))
            return
        bound = tuple(each for each in sorted(self._thinkable) if each != unit and self._thinkable[each] == {room})
        others = [each for each in sorted(self._thinkable) if each not in (unit, *bound)]
        yield from self._shared_out(others, room, Rooming(dict.fromkeys((unit, *bound), room), unit, bound))
        for guest in others:
            if room in self._thinkable[guest] and self._units.can_share(*sorted((guest, unit))):
                inside = Rooming(dict.fromkeys((unit, *bound, guest), room), unit, bound, (unit, guest))
                yield from self._shared_out([each for each in others if each != guest], room, inside)

    def _shared_out(self, names: list[str], taken: str | None, inside: Rooming) -> Iterator[Rooming]:
        """Rooms of their own for all, besides those inside one; else all but two, who share."""
        edges = {name: self._thinkable[name] - {taken} for name in names}
        found, short = self._fitted(edges)
        if not short:
            yield replace(inside, room={**inside.room, **found})
        for one, other in self._pairs(short) if not inside.sharing else ():
            both = {one: edges[one] & edges[other]}
            rest = {name: rooms for name, rooms in edges.items() if name not in (one, other)}
            found, still_short = self._fitted({**rest, **both})
            if not still_short:
                yield replace(inside, room={**inside.room, **found, other: found[one]}, sharing=(one, other))

    def _pairs(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Those of which two may share a room, the two with the least to do first."""
        pairs = [pair for pair in combinations(sorted(names), 2) if self._units.can_share(*pair)]
        return sorted(pairs, key=lambda pair: sum(self._units.minutes(name) for name in pair))

    def _fitted(self, edges: Edges) -> tuple[dict[str, str], frozenset[str]]:
        """A room of its own for each, full ones where that can be; and of those for whom there are too few, all."""
        full = {name: rooms & self._full[name] for name, rooms in edges.items()}
        found: dict[str, str] = {}
        left = [name for name in by_choice(full) if not let_in(full, found, name, frozenset())]
        for name in left:
            if not let_in(edges, found, name, frozenset()):
                return found, crowded(edges, found, name)
        return found, frozenset()

    # -- edges ---------------------------------------------------------------------------------------------------

    def is_full(self, unit: str, room: str) -> bool:
        """Whether the room leaves the unit every start that any room leaves it."""
        return room in self._full[unit]

    @cached_property
    def _thinkable(self) -> Edges:
        """For each unit that has any room left, its rooms."""
        return {name: frozenset(rooms) for name in self._units.units if (rooms := self._units.rooms(name))}

    @cached_property
    def _full(self) -> Edges:
        return {name: frozenset(self._full_rooms(self._units.units[name])) for name in self._thinkable}

    def _full_rooms(self, unit: Unit) -> Iterable[str]:
        wanted = {each.id: self._units.starts(each.id) for each in unit.activities}
        places = self._units.places
        for room in self._thinkable[unit.name]:
            if all(places[name].get(room) == starts for name, starts in wanted.items()):
                yield room

    @cached_property
    def _share_nothing(self) -> bool:
        """Whether counting alone says of every two units that they cannot be in one room."""
        names = sorted(self._thinkable)
        pairs = ((one, other) for place, one in enumerate(names) for other in names[place + 1 :])
        return not any(self._units.can_share(*pair) for pair in pairs)

    @cached_property
    def _matched(self) -> dict[str, str] | None:
        return matching(self._full)

    @cached_property
    def _barely_matched(self) -> dict[str, str] | None:
        return matching({name: rooms for name, rooms in self._thinkable.items() if self._units.is_needed(name)})
