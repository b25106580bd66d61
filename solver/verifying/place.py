"""The checks about where: one place at a time, ways between rooms, what a room holds, and who stays apart."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

from solver.attendance import Activity, Reading, meetings_of
from solver.problem import Room
from solver.rules import Breach, Rule

VIDEO = "video"


def one_place(reading: Reading) -> Iterator[Breach]:
    """R3: no room, supplier, panel or person is in two activities at once."""
    for kind, name, placed in _everything(reading):
        for one, other in _close(placed, 0):
            if one.overlaps(other):
                text = f"{kind.capitalize()} {name} is needed in {one.shown} and {other.shown} at once."
                yield Breach(Rule.ONE_PLACE, (one.about, other.about, f"{kind}:{name}"), text)


def travel(reading: Reading) -> Iterator[Breach]:
    """R4: suppliers, online ones too, and people have the way between consecutive activities with rooms."""
    for kind, name, placed in _everybody(reading):
        in_rooms = [(activity, activity.room) for activity in placed if activity.room is not None]
        for (one, here), (other, there) in pairwise(in_rooms):
            needed, had = reading.problem.travel.minutes_between(here, there), max(0, one.gap_to(other))
            if had < needed:
                text = (
                    f"{kind.capitalize()} {name} has {had} of the {needed} minutes"
                    f" from {one.shown} in room {here} to {other.shown} in room {there}."
                )
                yield Breach(Rule.TRAVEL, (one.about, other.about, f"{kind}:{name}"), text)


def room(reading: Reading) -> Iterator[Breach]:
    """R5: the room is allowed, holds everyone, and has video when a supplier is online."""
    for activity in reading.placed:
        if activity.room is None:
            yield from _without_room(reading, activity)
        elif activity.room not in reading.problem.room:
            text = f"{activity.subject} is in room {activity.room}, which nobody knows."
            yield _about_room(activity, activity.room, text)
        else:
            yield from _in_room(reading, activity, reading.problem.room[activity.room])


def stays(reading: Reading) -> Iterator[Breach]:
    """R8: a panel that stays has all its meetings in one room."""
    for panel in reading.problem.panels:
        rooms = sorted(
            {meeting.room for meeting in meetings_of(reading.of_panel(panel.id)) if meeting.room is not None}
        )
        if panel.stays and len(rooms) > 1:
            text = f"Panel {panel.id} stays in one room, but meets in rooms {', '.join(rooms)}."
            yield Breach(Rule.STAYS, (f"panel:{panel.id}", *(f"room:{name}" for name in rooms)), text)


def apart(reading: Reading) -> Iterator[Breach]:
    """R11: meetings in one room keep the minutes when one holds a supplier of the group, the other another."""
    for group in reading.problem.apart:
        # Without minutes to keep, what stands close is no breach, and need not be gone through.
        members = frozenset(group.suppliers) if group.minutes else frozenset()
        for known in reading.problem.rooms:
            for one, other in _close(_of_members(members, reading.of_room(known.id)), group.minutes):
                had = max(0, one.gap_to(other))
                if had < group.minutes and _are_rivals(members, one, other):
                    text = (
                        f"Room {known.id} has {had} of the {group.minutes} minutes that keep apart"
                        f" the suppliers of {one.shown} and {other.shown}."
                    )
                    yield Breach(Rule.APART, (one.about, other.about, f"room:{known.id}"), text)


def _close(placed: Sequence[Activity], minutes: int) -> Iterator[tuple[Activity, Activity]]:
    # In the order of time, whatever comes after one that begins late enough begins late enough as well.
    for number, one in enumerate(placed, 1):
        for later in range(number, len(placed)):
            if placed[later].start >= one.end + minutes:
                break
            yield one, placed[later]


def _everything(reading: Reading) -> Iterator[tuple[str, str, tuple[Activity, ...]]]:
    for known in reading.problem.rooms:
        yield "room", known.id, reading.of_room(known.id)
    for panel in reading.problem.panels:
        yield "panel", panel.id, reading.of_panel(panel.id)
    yield from _everybody(reading)


def _everybody(reading: Reading) -> Iterator[tuple[str, str, tuple[Activity, ...]]]:
    for supplier in reading.problem.suppliers:
        yield "supplier", supplier.id, reading.of_supplier(supplier.id)
    for person in reading.problem.people:
        yield "person", person.id, reading.of_person(person.id)


def _without_room(reading: Reading, activity: Activity) -> Iterator[Breach]:
    if reading.asked(activity).rooms:
        yield Breach(Rule.ROOM, (activity.about,), f"{activity.subject} needs a room, but has none.")


def _in_room(reading: Reading, activity: Activity, taken: Room) -> Iterator[Breach]:
    problem = reading.problem
    if taken.id not in reading.asked(activity).rooms:
        yield _about_room(activity, taken.id, f"{activity.subject} may not be in room {taken.id}.")
    for panel in activity.panels if activity.is_meeting else ():
        if taken.id not in problem.panel[panel].rooms:
            text = f"{activity.subject} is in room {taken.id}, where panel {panel} may not meet."
            yield Breach(Rule.ROOM, (activity.about, f"room:{taken.id}", f"panel:{panel}"), text)
    suppliers = [problem.supplier[supplier] for supplier in activity.suppliers]
    seats = sum(supplier.seats for supplier in suppliers) + len(activity.people)
    if seats > taken.seats:
        text = f"{activity.subject} takes {seats} seats, but room {taken.id} has {taken.seats}."
        yield _about_room(activity, taken.id, text)
    online = [supplier.id for supplier in suppliers if supplier.online]
    if online and VIDEO not in taken.features:
        text = f"{activity.subject} has {', '.join(online)} online, but room {taken.id} has no video."
        yield _about_room(activity, taken.id, text)


def _about_room(activity: Activity, name: str, text: str) -> Breach:
    return Breach(Rule.ROOM, (activity.about, f"room:{name}"), text)


def _of_members(members: frozenset[str], placed: Iterable[Activity]) -> Sequence[Activity]:
    meetings = [each for each in placed if each.is_meeting and not members.isdisjoint(each.suppliers)]
    present = members & {supplier for each in meetings for supplier in each.suppliers}
    return meetings if len(present) > 1 else ()


def _are_rivals(members: frozenset[str], one: Activity, other: Activity) -> bool:
    here, there = members & {*one.suppliers}, members & {*other.suppliers}
    return any(mine != theirs for mine, theirs in product(here, there))
