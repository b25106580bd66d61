"""Rooms that are alike in every respect: they are counted while times are chosen, and assigned afterwards.

Counting is exact when no rule and no aim can tell the rooms apart: for spans of time, as many rooms as overlap at once
are enough (an interval graph needs as many colours as its largest clique).
"""

from collections.abc import Iterable, Iterator

from solver.activities import Activity
from solver.problem import Aim, Problem, Room


def alike_rooms(problem: Problem, activities: Iterable[Activity]) -> dict[str, tuple[str, ...]]:
    """Rooms in the order of their ids, each under the first of those it is alike with; most stand alone."""
    listed = list(activities)
    own = _told_apart(problem, listed)
    groups: dict[object, list[str]] = {}
    for name in sorted(problem.room):
        key = name if name in own else _looks(problem, listed, problem.room[name])
        groups.setdefault(key, []).append(name)
    return {rooms[0]: tuple(rooms) for rooms in groups.values()}


def assigned(spans: Iterable[tuple[int, int, str]], rooms: tuple[str, ...]) -> dict[str, str]:
    """A room for each named span (start, end, name), the first that is free at its start; were none free, the first."""
    free_from = dict.fromkeys(rooms, 0)
    found: dict[str, str] = {}
    for start, end, name in sorted(spans):
        found[name] = next((room for room in rooms if free_from[room] <= start), rooms[0])
        free_from[found[name]] = end
    return found


def _looks(problem: Problem, activities: list[Activity], room: Room) -> object:
    used_by = frozenset(activity.id for activity in activities if room.id in activity.rooms)
    ways = frozenset((pair - {room.id}, minutes) for pair, minutes in problem.travel.between.items() if room.id in pair)
    return room.seats, room.features, tuple(sorted(room.free)), used_by, ways


def _told_apart(problem: Problem, activities: list[Activity]) -> set[str]:
    """The rooms that must be chosen one by one."""
    if problem.travel.minutes or any(len(group.suppliers) > 1 and group.minutes > 0 for group in problem.apart):
        return set(problem.room)
    named = {*_pinned(problem), *(told.room for told in problem.announced)}
    between = {room for pair, minutes in problem.travel.between.items() if minutes for room in pair}
    return named | between | set(_of_panels(problem, activities))


def _pinned(problem: Problem) -> Iterator[str]:
    return (meeting.room for meeting in problem.meetings if meeting.room is not None)


def _of_panels(problem: Problem, activities: list[Activity]) -> Iterator[str]:
    """The rooms of panels for which it matters whether two of their meetings are in one room."""
    for panel in problem.panels:
        meetings = [activity for activity in activities if activity.is_meeting and panel.id in activity.panels]
        if len(meetings) > 1 and (panel.stays or Aim.PANEL_ROOMS in problem.aims):
            yield from (room for meeting in meetings for room in meeting.rooms)
