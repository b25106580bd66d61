"""What could be changed about a day: each change as a pure step from one day to another, with how little it asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from solver.explaining.hours import with_windows
from solver.problem import Problem, Span, Windows
from solver.times import clock

Fact = int | str | Sequence["Fact"] | Mapping[str, "Fact"]
Step = Callable[[Problem], Problem]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that could be done about a day: its kind and facts as in JSON, and the day after it.

    `burden` is how much it asks, in minutes of one person's goodwill: a rough measure, the same for every day.
    """

    kind: str
    facts: Mapping[str, Fact]
    burden: int
    apply: Step


def close_later(minutes: int) -> Change:
    """The day closes so many minutes later; windows that end when it closes move with it."""

    def apply(problem: Problem) -> Problem:
        closes = problem.day.closes

        def later(windows: Windows) -> Windows:
            return tuple(replace(each, end=closes + minutes) if each.end == closes else each for each in windows)

        return with_windows(replace(problem, day=replace(problem.day, closes=closes + minutes)), later)

    return Change("close_later", {"minutes": minutes}, 10 + 2 * minutes, apply)


def open_earlier(minutes: int) -> Change:
    """The day opens so many minutes earlier; windows that begin when it opens move with it."""

    def apply(problem: Problem) -> Problem:
        opens = problem.day.opens

        def earlier(windows: Windows) -> Windows:
            return tuple(replace(each, start=opens - minutes) if each.start == opens else each for each in windows)

        return with_windows(replace(problem, day=replace(problem.day, opens=opens - minutes)), earlier)

    return Change("open_earlier", {"minutes": minutes}, 15 + 2 * minutes, apply)


def free_longer(who: str, whole: Span, instead_of: Windows) -> Change:
    """One person, supplier or room is free, or one session or meeting may take place, in a longer piece of the day.

    The whole piece comes in place of the windows that lie in it, as windows that merely touch do not count as one.
    """

    def apply(problem: Problem) -> Problem:
        def longer(kind: str, name: str, windows: Windows) -> Windows:
            kept = (each for each in windows if each not in instead_of)
            return tuple(sorted((*kept, whole))) if f"{kind}:{name}" == who else windows

        rooms = (replace(each, free=longer("room", each.id, each.free)) for each in problem.rooms)
        people = (replace(each, free=longer("person", each.id, each.free)) for each in problem.people)
        suppliers = (replace(each, free=longer("supplier", each.id, each.free)) for each in problem.suppliers)
        sessions = (replace(each, windows=longer("session", each.id, each.windows)) for each in problem.sessions)
        meetings = (replace(each, windows=longer("meeting", each.id, each.windows)) for each in problem.meetings)
        return replace(
            problem,
            rooms=tuple(rooms),
            people=tuple(people),
            suppliers=tuple(suppliers),
            sessions=tuple(sessions),
            meetings=tuple(meetings),
        )

    before = [[clock(each.start), clock(each.end)] for each in instead_of]
    facts: Mapping[str, Fact] = {
        "who": who,
        "from": clock(whole.start),
        "to": clock(whole.end),
        "instead_of": before,
    }
    more = whole.minutes - _covered(instead_of)
    return Change("free_longer", facts, 5 + more, apply)


def together(changes: Sequence[Change]) -> Change:
    """Several changes at once."""

    def apply(problem: Problem) -> Problem:
        for change in changes:
            problem = change.apply(problem)
        return problem

    parts: list[Fact] = [{"kind": each.kind, **each.facts} for each in changes]
    return Change("together", {"changes": parts}, sum(each.burden for each in changes), apply)


def _covered(windows: Windows) -> int:
    """How many minutes lie in any of the windows."""
    covered, end = 0, 0
    for window in sorted(windows):
        covered += max(0, window.end - max(end, window.start))
        end = max(end, window.end)
    return covered


def shorter_meetings(minutes: int, cut: int) -> Change:
    """No meeting takes more than so many minutes, `cut` fewer than the longest does now; none is cut alone."""

    def apply(problem: Problem) -> Problem:
        meetings = (replace(each, minutes=min(each.minutes, minutes)) for each in problem.meetings)
        return replace(problem, meetings=tuple(meetings))

    return Change("shorter_meetings", {"minutes": minutes}, 20 + 4 * cut, apply)


def shorter_pause(minutes: int, cut: int) -> Change:
    """No panel has more than so many minutes of pause between its meetings, `cut` fewer than the longest is now."""

    def apply(problem: Problem) -> Problem:
        panels = (replace(each, pause_minutes=min(each.pause_minutes, minutes)) for each in problem.panels)
        return replace(problem, panels=tuple(panels))

    return Change("shorter_pause", {"minutes": minutes}, 15 + 3 * cut, apply)
