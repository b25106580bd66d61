"""The same day with other hours: everything that has windows, told in one place."""

from collections.abc import Callable
from dataclasses import replace

from solver.problem import Problem, Span, Windows

MIDNIGHT_TO_MIDNIGHT = Span(0, 24 * 60)
ANY_TIME: Windows = (MIDNIGHT_TO_MIDNIGHT,)


def within_hours(problem: Problem) -> Problem:
    """The same day with every window cut to the opening hours, which is what they come to."""
    whole = problem.day.whole
    return with_windows(problem, lambda windows: tuple(cut for each in windows for cut in _common(each, whole)))


def open_all(problem: Problem, hours: Span) -> Problem:
    """The day open at other hours: who is free all day is free all these hours, and other windows stay as they are."""
    whole = problem.day.whole
    changed = replace(problem, day=replace(problem.day, opens=hours.start, closes=hours.end))
    return with_windows(
        changed, lambda windows: (hours,) if any(each.holds(whole.start, whole.end) for each in windows) else windows
    )


def with_windows(problem: Problem, change: Callable[[Windows], Windows]) -> Problem:
    """The day with every list of windows changed: of rooms, people, suppliers, sessions and meetings."""
    return replace(
        problem,
        rooms=tuple(replace(each, free=change(each.free)) for each in problem.rooms),
        people=tuple(replace(each, free=change(each.free)) for each in problem.people),
        suppliers=tuple(replace(each, free=change(each.free)) for each in problem.suppliers),
        sessions=tuple(replace(each, windows=change(each.windows)) for each in problem.sessions),
        meetings=tuple(replace(each, windows=change(each.windows)) for each in problem.meetings),
    )


def _common(one: Span, other: Span) -> Windows:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return (Span(start, end),) if start < end else ()
