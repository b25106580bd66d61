"""A room of its own for each, found by letting them in one by one, others moving on where that makes room."""

from collections.abc import Mapping

# For each the rooms it may have.
Edges = Mapping[str, frozenset[str]]


def by_choice(edges: Edges) -> list[str]:
    """Those with the fewest rooms to choose from first."""
    return sorted(edges, key=lambda name: (len(edges[name]), name))


def matching(edges: Edges) -> dict[str, str] | None:
    """A room for each, no two the same; None when there are too few."""
    found: dict[str, str] = {}
    return found if all(let_in(edges, found, name, frozenset()) for name in by_choice(edges)) else None


def moved(edges: Edges, matched: dict[str, str] | None, unit: str, room: str) -> dict[str, str] | None:
    """The same with one of them in a certain room, and the others out of its way; None when that cannot be."""
    if matched is None or room not in edges[unit]:
        return None
    pushed_out = [name for name, its in matched.items() if its == room and name != unit]
    found = {name: its for name, its in matched.items() if name not in pushed_out} | {unit: room}
    return found if all(let_in(edges, found, name, frozenset((unit,))) for name in pushed_out) else None


def let_in(edges: Edges, found: dict[str, str], name: str, bound: frozenset[str]) -> bool:
    """Find a room for one more, others moving on to further rooms; nobody moves when there is none."""
    holder = {room: other for other, room in found.items()}
    came = dict.fromkeys(sorted(edges[name]), name)
    pending = list(came)
    for room in pending:
        if room not in holder:
            _move_in(found, came, room, name)
            return True
        other = holder[room]
        for onward in () if other in bound else sorted(edges[other]):
            if onward not in came:
                came[onward] = other
                pending.append(onward)
    return False


def crowded(edges: Edges, found: Mapping[str, str], name: str) -> frozenset[str]:
    """Those who have fewer rooms between them than they are, when there is none for one more."""
    holder = {room: other for other, room in found.items()}
    crowded, pending = {name}, [name]
    for each in pending:
        for other in (holder[room] for room in sorted(edges[each])):
            if other not in crowded:
                crowded.add(other)
                pending.append(other)
    return frozenset(crowded)


def _move_in(found: dict[str, str], came: Mapping[str, str], room: str, last: str) -> None:
    taker = came[room]
    while taker != last:
        left = found[taker]
        found[taker] = room
        room, taker = left, came[left]
    found[taker] = room
