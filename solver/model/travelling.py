"""R4: a supplier or person has at least the travel minutes between consecutive activities that have rooms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from solver.activities import Activity
from solver.model.formula import Literal
from solver.model.overlapping import homes_of, presence
from solver.model.rooming import distances, further_than
from solver.model.spacing import has_pause
from solver.problem import Span
from solver.rules import Rule
from solver.variables import Choices


@dataclass(frozen=True)
class Traveller:
    """A supplier, or a person when `is_person`, and what must hold for it to be in both of two activities."""

    id: str
    is_person: bool
    conditions: tuple[Literal, ...] = ()

    def is_between_meetings(self, one: Activity, other: Activity) -> bool:
        """Whether it is a person who goes from one meeting to another."""
        return self.is_person and one.is_meeting and other.is_meeting


def keep_travel(choices: Choices) -> None:
    """R4 `travel`: a supplier or person has the travel minutes between consecutive activities that have rooms."""
    travel = choices.problem.travel
    if max([travel.minutes, *travel.between.values()]) == 0:
        return
    roomed = [choices.activities[name] for name in choices.room]
    may_attend = {activity.id: _may_attend(choices, activity) for activity in roomed}
    between_meetings = _with_no_detours(choices, max([travel.minutes, *travel.between.values()]))
    for one, other in combinations(roomed, 2):
        if may_attend[one.id].isdisjoint(may_attend[other.id]):
            continue
        longest = max(distances(choices, one.id, other.id), default=0)
        if longest > 0 and (choices.explaining or not has_pause(choices, one, other, longest)):
            for traveller in _travellers(choices, one, other, longest):
                if traveller.id not in between_meetings or not traveller.is_between_meetings(one, other):
                    _keep_minutes(choices, one, other, traveller)
                    _keep_minutes(choices, other, one, traveller)
    for person in between_meetings:
        _keep_minutes_between_homes(choices, person)


def _may_attend(choices: Choices, activity: Activity) -> frozenset[str]:
    people = choices.attends[activity.id] if activity.is_meeting else activity.people
    return frozenset([*(f"supplier:{name}" for name in activity.suppliers), *(f"person:{name}" for name in people)])


def _with_no_detours(choices: Choices, longest: int) -> list[str]:
    """The people all of whose activities take longer than any way: nothing that they attend fits in between."""
    brief = [choices.activities[name] for name in choices.room if choices.activities[name].minutes < longest]
    passing = {name for activity in brief for name in (*activity.people, *choices.attends.get(activity.id, ()))}
    return [person for person in sorted(choices.problem.person) if person not in passing]


def _keep_minutes_between_homes(choices: Choices, person: str) -> None:
    """The way from the meetings of one home to those of another, said moment by moment and not pair by pair."""
    homes = homes_of(choices, person)
    choices.formula.about(Rule.TRAVEL, f"person:{person}")
    for (one, here), (other, there) in combinations(homes.items(), 2):
        for distance in distances(choices, one, other):
            further = further_than(choices, one, other, distance - 1)
            if distance > 0 and further != choices.never:
                _never_near_both(choices, person, (one, here), (other, there), distance, further)


Home = tuple[str, list[Activity]]


def _never_near_both(choices: Choices, person: str, one: Home, other: Home, distance: int, further: Literal) -> None:
    step = choices.problem.day.step
    within = -(-distance // step) * step
    moments = sorted({time for activity in (*one[1], *other[1]) for time in choices.start[activity.id]})
    if not moments:
        return
    longest = max(activity.minutes for activity in (*one[1], *other[1]))
    for time in range(moments[0] - within, moments[-1] + longest, step):
        here, there = (_near(choices, person, home, time, within) for home in (one, other))
        if choices.never not in (here, there):
            choices.formula.either([-here, -there, -further])


def _near(choices: Choices, person: str, home: Home, time: int, within: int) -> Literal:
    """Whether the person is in a meeting of the home at that moment, or up to so many minutes later."""
    step = choices.problem.day.step
    at_it = [presence(choices, person, home, moment) for moment in range(time, time + within + 1, step)]
    return choices.some(("is soon in", person, home[0], time, within), (it for it in at_it if it != choices.never))


def _travellers(choices: Choices, one: Activity, other: Activity, longest: int) -> Iterator[Traveller]:
    """Those who may be in both; one who is in both for certain speaks for all, unless something may come between."""
    certain = [Traveller(supplier, is_person=False) for supplier in one.suppliers if supplier in other.suppliers]
    certain += [Traveller(person, is_person=True) for person in one.people if person in other.people]
    for traveller in certain:
        if not choices.explaining and not _detours(choices, one, other, traveller, longest):
            yield traveller
            return
    yield from certain
    people = set(choices.attends.get(one.id, one.people)).intersection(choices.attends.get(other.id, other.people))
    for person in sorted(people):
        here, there = _attends(choices, one, person), _attends(choices, other, person)
        if not (person in one.people and person in other.people):
            yield Traveller(person, is_person=True, conditions=(here, there))


def _attends(choices: Choices, activity: Activity, person: str) -> Literal:
    if activity.is_meeting:
        return choices.attends[activity.id].get(person, choices.never)
    return choices.always if person in activity.people else choices.never


def _keep_minutes(choices: Choices, first: Activity, second: Activity, traveller: Traveller) -> None:
    choices.formula.about(Rule.TRAVEL, f"{'person' if traveller.is_person else 'supplier'}:{traveller.id}")
    longest = distances(choices, first.id, second.id)[-1]
    unless = [-condition for condition in traveller.conditions]
    for gap in range(0, longest, choices.problem.day.step):
        further = further_than(choices, first.id, second.id, gap)
        detours = _detours(choices, first, second, traveller, gap)
        for time, starts in choices.start[first.id].items():
            follows = choices.start[second.id].get(time + first.minutes + gap)
            if follows is not None:
                within = Span(time + first.minutes, time + first.minutes + gap)
                between = _taken_within(choices, detours, traveller, within)
                choices.formula.either([-starts, -follows, -further, *unless, *between])


def _taken_within(
    choices: Choices, activities: Iterable[Activity], traveller: Traveller, within: Span
) -> Iterator[Literal]:
    """For each way to take one of the activities within the span, whether the traveller does."""
    for activity in activities:
        takes_part = _takes_part(choices, activity, traveller)
        for start, starts in choices.start[activity.id].items():
            if within.holds(start, start + activity.minutes):
                key = ("attends at", traveller.id, traveller.is_person, activity.id, start)
                yield choices.both(key, starts, takes_part)


def _detours(choices: Choices, first: Activity, second: Activity, traveller: Traveller, gap: int) -> list[Activity]:
    """The other activities with a room that the traveller may take, short enough to lie between the two."""
    return [
        other
        for other in choices.activities.values()
        if other.id in choices.room and other.id not in (first.id, second.id)
        if other.minutes <= gap and _takes_part(choices, other, traveller) != choices.never
    ]


def _takes_part(choices: Choices, activity: Activity, traveller: Traveller) -> Literal:
    if traveller.is_person:
        return _attends(choices, activity, traveller.id)
    return choices.always if traveller.id in activity.suppliers else choices.never
