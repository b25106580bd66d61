"""What a solution says, as sessions and meetings with their times, rooms and people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from solver.activities import Activity
from solver.model.alike import assigned
from solver.model.formula import Literal
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


def all_literals_of(choices: Choices, draft: Draft) -> list[Literal]:
    """For every start, room and attendance whether it is the draft's, as a literal that holds."""
    place: dict[str, PlacedSession | PlacedMeeting] = {each.id: each for each in draft.sessions}
    place |= {each.id: each for each in draft.meetings}
    people = {each.id: each.people for each in draft.meetings}
    stands_for = {taken: room for room, rooms in choices.alike.items() for taken in rooms}
    said = [literal if name in place else -literal for name, literal in choices.placed.items()]
    for name, starts in choices.start.items():
        said += _one_of(starts, place[name].start if name in place else None)
    for name, rooms in choices.room.items():
        taken = place[name].room if name in place else None
        said += _one_of(rooms, stands_for[taken]) if taken else []
    for name, crew in choices.attends.items():
        said += [literal if person in people.get(name, ()) else -literal for person, literal in crew.items()]
    return said


def told_literals_of(choices: Choices) -> list[Literal]:
    """What has been announced, as literals: where to look first."""
    starts = (choices.start[each.id].get(each.start, choices.never) for each in choices.problem.announced)
    rooms = (choices.room[each.id].get(each.room, choices.never) for each in choices.problem.announced)
    return [literal for literal in (*starts, *rooms) if literal != choices.never]


def _one_of(options: Mapping[T, Literal], chosen: T | None) -> list[Literal]:
    return [literal if option == chosen else -literal for option, literal in options.items()]


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
