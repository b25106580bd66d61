"""The fewest breaks that one supplier can have, looked at alone: a bound on what all of them have together."""

from typing import NamedTuple

from solver.activities import Activity
from solver.model.waiting import activities_of
from solver.variables import Choices


class Moment(NamedTuple):
    """A thinkable start: how many must and how many can have started by then, and whether one must just then."""

    time: int
    must: int
    can: int
    is_certain: bool


class Course(NamedTuple):
    """What a supplier takes part in: so many activities of so many minutes, which all take place."""

    minutes: int
    number: int
    moments: tuple[Moment, ...]


def courses(choices: Choices) -> dict[str, Course]:
    """The course of each supplier whose activities are equally long and all take place."""
    certain = {*choices.sessions, *(meeting.id for meeting in choices.problem.meetings if meeting.required)}
    left = _starts_left(choices, certain)
    found = {}
    for supplier in sorted(choices.problem.supplier):
        taken = activities_of(choices, supplier)
        lengths = {activity.minutes for activity in taken}
        starts = [left[activity.id] for activity in taken]
        if len(lengths) == 1 and all(starts) and certain.issuperset(activity.id for activity in taken):
            found[supplier] = Course(lengths.pop(), len(taken), _moments(starts))
    return found


def _moments(starts: list[list[int]]) -> tuple[Moment, ...]:
    first, last = [min(each) for each in starts], [max(each) for each in starts]
    certain = {each[0] for each in starts if len(each) == 1}
    return tuple(
        Moment(time, sum(at <= time for at in last), sum(at <= time for at in first), time in certain)
        for time in sorted({start for each in starts for start in each})
    )


def _starts_left(choices: Choices, certain: set[str]) -> dict[str, list[int]]:
    """The starts of each activity that do not run into what must take place and has but one start."""
    left = {name: list(starts) for name, starts in choices.start.items()}
    of_party: dict[str, list[Activity]] = {}
    for activity in choices.activities.values():
        for party in activity.parties:
            of_party.setdefault(party, []).append(activity)
    settled = [name for name in left if name in certain and len(left[name]) == 1]
    for name in settled:
        here, start = choices.activities[name], left[name][0]
        others = {other.id: other for party in here.parties for other in of_party[party] if other is not here}
        for other in others.values():
            kept = [at for at in left[other.id] if at >= start + here.minutes or at + other.minutes <= start]
            if not kept:
                # The day is impossible, which is for others to say.
                return {each: [] for each in left}
            if other.id in certain and len(kept) == 1 < len(left[other.id]):
                settled.append(other.id)
            left[other.id] = kept
    return left


def fewest_gaps(course: Course) -> int | None:
    """The fewest gaps on a course; None when there is no way through.

    Which activity takes which start is left open: the figure is never too high. Dynamic programme over the moments.
    """
    # By how many have started, and when the last of them ends.
    best = {(0, 0): 0}
    for time, must, can, is_certain in course.moments:
        fewest: dict[int, int] = {}
        for (started, ends), gaps in best.items():
            if ends <= time and started < can:
                had = gaps + (started > 0 and ends < time)
                fewest[started + 1] = min(had, fewest.get(started + 1, had))
        if is_certain:
            best.clear()
        best |= {(started, time + course.minutes): gaps for started, gaps in fewest.items()}
        best = {place: gaps for place, gaps in best.items() if place[0] >= must}
    return min((gaps for (started, _), gaps in best.items() if started == course.number), default=None)
