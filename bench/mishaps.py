"""What may happen to a day: somebody falls ill, a room is lost, a supplier is late, nobody can take the minutes."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bench import days
from solver.problem import Problem, Span

BEGUN = 10 * 60
LATE_UNTIL = 11 * 60 + 30
MINUTES_TAKEN_UNTIL = 13 * 60
DEPUTY_UNTIL = 15 * 60 + 30


def member_ill(day: Problem) -> Problem:
    """Of the first panel that somebody leaves early, another falls ill, and the deputy cannot stay to the end."""
    early = {person.id for person in day.people if person.free[0].end < day.day.closes}
    panel = next(panel for panel in day.panels if early & set(panel.members))
    ill, deputy = next(member for member in panel.members if member not in early), panel.members[-1]
    free = (Span(day.day.opens, DEPUTY_UNTIL),)
    return replace(
        day,
        people=tuple(
            replace(person, free=free) if person.id == deputy else person for person in day.people if person.id != ill
        ),
        panels=tuple(replace(each, members=_without(ill, each.members)) for each in day.panels),
        sessions=tuple(replace(each, people=_without(ill, each.people)) for each in day.sessions),
        fixed_until=BEGUN,
    )


def room_lost(day: Problem) -> Problem:
    """The room of the last panel cannot be used."""
    lost = day.announced[-1].room
    return replace(day, rooms=tuple(replace(each, free=()) if each.id == lost else each for each in day.rooms))


def supplier_late(day: Problem) -> Problem:
    """A supplier with a meeting soon is told to be late; the day has begun."""
    soon = {told.id for told in day.announced if told.start < LATE_UNTIL}
    begun = {told.id for told in day.announced if told.start < BEGUN}
    late = next(
        supplier.id
        for supplier in day.suppliers
        if any(supplier.id in day.meeting[each].parties for each in soon)
        and not any(supplier.id in day.meeting[each].parties for each in begun)
    )
    free = (Span(LATE_UNTIL, day.day.closes),)
    return replace(
        day,
        suppliers=tuple(replace(each, free=free) if each.id == late else each for each in day.suppliers),
        sessions=tuple(
            replace(each, suppliers=_without(late, each.suppliers)) if each.id == "plenary" else each
            for each in day.sessions
        ),
        fixed_until=BEGUN,
    )


def minutes_not_taken(day: Problem) -> Problem:
    """Every meeting is required, and all who take minutes for the first panel leave after lunch."""
    members = set(day.panels[0].members)
    free = (Span(day.day.opens, MINUTES_TAKEN_UNTIL),)
    return replace(
        day,
        people=tuple(
            replace(each, free=free) if each.id in members and "minutes" in each.skills else each for each in day.people
        ),
        meetings=tuple(replace(each, required=True) for each in day.meetings),
    )


def few_rooms(day: Problem) -> Problem:
    """Four of the rooms for panels are left, and every panel would have one to itself."""
    kept = ("hall", "r01", "r02", "r03", "r04")

    def left(rooms: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(room for room in rooms if room in kept)

    return replace(
        day,
        rooms=tuple(each for each in day.rooms if each.id in kept),
        panels=tuple(replace(each, rooms=left(each.rooms)) for each in day.panels),
        meetings=tuple(replace(each, rooms=left(each.rooms)) for each in day.meetings),
    )


def _without(gone: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in ids if each != gone)


IMPOSSIBLE: Mapping[str, Callable[[], Problem]] = {
    "time for 18 of 30 meetings": lambda: days.day(days.OVERFULL),
    "nobody takes minutes after lunch": lambda: minutes_not_taken(days.day(days.REAL["30x10"])),
    "four rooms for ten panels": lambda: few_rooms(days.day(days.REAL["30x10"])),
}
REPAIRS: Mapping[str, Callable[[Problem], Problem]] = {
    "a member is ill": member_ill,
    "a room is lost": room_lost,
    "a supplier is late": supplier_late,
}
