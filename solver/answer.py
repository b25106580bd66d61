"""What a solution says, as sessions and meetings with their times, rooms and people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from solver.activities import Activity
from solver.alike import assigned
from solver.formula import Literal
from solver.plan import PlacedMeeting, PlacedSession
from solver.variables import Choices

T = TypeVar("T")
Holds = Callable[[Literal], bool]
Sessions = tuple[PlacedSession, ...]
Meetings = tuple[PlacedMeeting, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Sessions and meetings where a lawful plan has them."""

    sessions: Sessions = ()
    meetings: Meetings = ()


def sessions_and_meetings(choices: Choices, holds: Holds) -> tuple[Sessions, Meetings]:
    """Everything that the solution places, by id; rooms that were only counted are assigned now."""
    placed = {name: _start(choices, name, holds) for name, literal in choices.placed.items() if holds(literal)}
    rooms = _rooms(choices, placed, holds)
    sessions = tuple(
        PlacedSession(name, placed[name], placed[name] + session.minutes, rooms.get(name))
        for name, session in choices.sessions.items()
        if name in placed
    )
    meetings = tuple(
        PlacedMeeting(name, placed[name], placed[name] + meeting.minutes, rooms[name], _people(choices, name, holds))
        for name, meeting in choices.meetings.items()
        if name in placed
    )
    return sessions, meetings


def literals_of(choices: Choices, sessions: Sessions, meetings: Meetings) -> list[Literal]:
    """The literals that say that all of these are placed where they are; of those who attend nothing is said."""
    rooms = {taken: room for room, stands_for in choices.alike.items() for taken in stands_for}
    placed: tuple[PlacedSession | PlacedMeeting, ...] = (*sessions, *meetings)
    starts = [choices.start[each.id][each.start] for each in placed]
    return starts + [choices.room[each.id][rooms[each.room]] for each in placed if each.room is not None]


def _start(choices: Choices, name: str, holds: Holds) -> int:
    return _chosen(choices.start[name], holds)


def _people(choices: Choices, meeting: str, holds: Holds) -> tuple[str, ...]:
    return tuple(person for person, literal in choices.attends[meeting].items() if holds(literal))


def _rooms(choices: Choices, placed: Mapping[str, int], holds: Holds) -> dict[str, str]:
    """The room of each placed activity that has one."""
    in_mind = {name: _chosen(choices.room[name], holds) for name in placed if name in choices.room}
    found: dict[str, str] = {}
    for room, rooms in choices.alike.items():
        inside = [choices.activities[name] for name, taken in in_mind.items() if taken == room]
        found |= (
            assigned((_span(each, placed) for each in inside), rooms)
            if len(rooms) > 1
            else {each.id: room for each in inside}
        )
    return found


def _span(activity: Activity, placed: Mapping[str, int]) -> tuple[int, int, str]:
    return placed[activity.id], placed[activity.id] + activity.minutes, activity.id


def _chosen(options: Mapping[T, Literal], holds: Holds) -> T:
    return next(option for option, literal in options.items() if holds(literal))
