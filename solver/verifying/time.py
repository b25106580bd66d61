"""The checks about when: opening hours, windows, order, rests, and what is pinned."""

from collections.abc import Iterable, Iterator
from functools import cache

from solver.attendance import Activity, Reading, meetings_of
from solver.problem import AnnouncedMeeting, Rest, Span, Windows
from solver.rules import Breach, Rule
from solver.times import DAY_MINUTES, clock


def open_hours(reading: Reading) -> Iterator[Breach]:
    """R1: every activity lies inside the opening hours."""
    whole = reading.problem.day.whole
    for activity in reading.placed:
        if not whole.holds(activity.start, activity.end):
            text = f"{activity.subject} lies outside the opening hours {_spans((whole,))}."
            yield Breach(Rule.OPEN, (activity.about,), text)


def window(reading: Reading) -> Iterator[Breach]:
    """R2: every activity is on the grid, in one of its own windows, and while everything it needs is free.

    The grid stands here because it is the finest of the windows: the starts that the day knows.
    """
    for activity in reading.placed:
        yield from _off_the_grid(reading.problem.day.step, activity)
        windows = reading.asked(activity).windows
        if not _fits(windows, activity):
            text = f"{activity.subject} lies outside its windows: {_spans(windows)}."
            yield Breach(Rule.WINDOW, (activity.about,), text)
        for kind, name, free in _free_times(reading, activity):
            if not _fits(free, activity):
                text = f"{activity.subject} lies outside the free time of {kind} {name}: {_spans(free)}."
                yield Breach(Rule.WINDOW, (activity.about, f"{kind}:{name}"), text)


def after(reading: Reading) -> Iterator[Breach]:
    """R9: an activity starts no earlier than the end of each it names; what is not placed never ends."""
    for activity in reading.placed:
        for name in reading.asked(activity).after:
            kind = "meeting" if name in reading.problem.meeting else "session"
            earlier = reading.named(name)
            if not earlier:
                text = f"{activity.subject} comes after {kind} {name}, which is not placed."
                yield Breach(Rule.AFTER, (activity.about, f"{kind}:{name}"), text)
            for other in earlier:
                if activity.start < other.end:
                    text = f"{activity.subject} starts before the end of {other.shown}."
                    yield Breach(Rule.AFTER, (activity.about, other.about), text)


def rest(reading: Reading) -> Iterator[Breach]:
    """R10: everyone who is promised a rest has it in one piece; it need not begin on the grid."""
    gaps_of_supplier = cache(lambda supplier: _gaps(reading.of_supplier(supplier)))
    gaps_of_person = cache(lambda person: _gaps(reading.of_person(person)))
    for promised in reading.problem.rests:
        for supplier in promised.suppliers:
            yield from _too_short(promised, "supplier", supplier, gaps_of_supplier(supplier))
        for person in promised.people:
            yield from _too_short(promised, "person", person, gaps_of_person(person))


def pinned(reading: Reading) -> Iterator[Breach]:
    """R12: a placed meeting keeps its pin, and what is announced before `fixed_until` stays as announced."""
    for activity in reading.meetings:
        asked = reading.problem.meeting[activity.id]
        yield from _moved("pinned to", activity, asked.start, asked.room)
    for promise in _fixed(reading):
        placed = meetings_of(reading.named(promise.id))
        if not placed:
            where = _when_and_where(promise.start, promise.room)
            text = f"Meeting {promise.id} is fixed to {where}, but is not placed."
            yield Breach(Rule.PINNED, (f"meeting:{promise.id}",), text)
        for activity in placed:
            yield from _moved("fixed to", activity, promise.start, promise.room)


def _off_the_grid(step: int, activity: Activity) -> Iterator[Breach]:
    if activity.start % step:
        text = f"{activity.subject} does not start on a whole multiple of {step} minutes."
        yield Breach(Rule.WINDOW, (activity.about,), text)


def _free_times(reading: Reading, activity: Activity) -> Iterator[tuple[str, str, Windows]]:
    problem = reading.problem
    if activity.room is not None and activity.room in problem.room:
        yield "room", activity.room, problem.room[activity.room].free
    for supplier in activity.suppliers:
        yield "supplier", supplier, problem.supplier[supplier].free
    for person in activity.people:
        yield "person", person, problem.person[person].free


def _fits(windows: Windows, activity: Activity) -> bool:
    return any(span.holds(activity.start, activity.end) for span in windows)


def _spans(windows: Windows) -> str:
    return ", ".join(f"{clock(span.start)}–{clock(span.end)}" for span in windows) or "none"


def _too_short(promised: Rest, kind: str, name: str, gaps: Windows) -> Iterator[Breach]:
    within = promised.window
    longest = max(0, *(min(gap.end, within.end) - max(gap.start, within.start) for gap in gaps))
    if longest < promised.minutes:
        text = (
            f"{kind.capitalize()} {name} has {longest} of the {promised.minutes} minutes of rest"
            f" promised within {_spans((promised.window,))}."
        )
        yield Breach(Rule.REST, (f"{kind}:{name}",), text)


def _gaps(placed: Iterable[Activity]) -> Windows:
    gaps, free_from = [], 0
    for activity in placed:
        if free_from < activity.start:
            gaps.append(Span(free_from, activity.start))
        free_from = max(free_from, activity.end)
    return (*gaps, Span(free_from, max(free_from, DAY_MINUTES)))


def _fixed(reading: Reading) -> tuple[AnnouncedMeeting, ...]:
    until = reading.problem.fixed_until
    if until is None:
        return ()
    return tuple(promise for promise in reading.problem.announced if promise.start < until)


def _moved(promise: str, activity: Activity, start: int | None, room: str | None) -> Iterator[Breach]:
    is_elsewhere = room is not None and room != activity.room
    if is_elsewhere or (start is not None and start != activity.start):
        where = _when_and_where(start, room)
        text = f"{activity.subject} in room {activity.room} is {promise} {where}."
        yield Breach(Rule.PINNED, (activity.about,), text)


def _when_and_where(start: int | None, room: str | None) -> str:
    parts = [] if start is None else [clock(start)]
    return " in ".join(parts if room is None else [*parts, f"room {room}"])
