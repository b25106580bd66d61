"""Times of day as they stand in files: `"HH:MM"` on the grid of the day, and minutes after midnight inside."""

import re

from solver.format.json_text import refuse, shown
from solver.format.reading import Reader, each, whole
from solver.problem import Span

DAY_MINUTES = 24 * 60
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def clock(minutes: int) -> str:
    """The time of day so many minutes after midnight, such as `09:05`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def time(step: int) -> Reader[int]:
    """A reader of times that lie a whole number of steps after midnight."""

    def read(value: object) -> int:
        match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            refuse(f'expected a time such as "09:05", found {shown(value)}')
        minutes = int(match[1]) * 60 + int(match[2])
        if minutes % step:
            refuse(f"{shown(value)} is not a whole number of steps of {step} minutes after midnight")
        return minutes

    return read


def span(step: int) -> Reader[Span]:
    """A reader of windows such as `["09:00", "11:30"]`, which end later than they start."""
    read_times = each(time(step))

    def read(value: object) -> Span:
        match read_times(value):
            case (start, end):
                pass
            case times:
                refuse(f"expected a start and an end, found {len(times)} times")
        return ordered(start, end)

    return read


def length(step: int) -> Reader[int]:
    """A reader of lengths of activities: a whole number of steps, at least one and at most a day."""
    minutes = whole(step, DAY_MINUTES)

    def read(value: object) -> int:
        found = minutes(value)
        if found % step:
            refuse(f"{found} minutes is not a whole number of steps of {step} minutes")
        return found

    return read


def ordered(start: int, end: int) -> Span:
    """The span from start to end, refused unless it ends later than it starts."""
    if end <= start:
        refuse(f"ends at {clock(end)}, which is not later than its start at {clock(start)}")
    return Span(start, end)
