"""R4: a supplier or person has at least the travel minutes between consecutive activities that have rooms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from solver.activities import Activity
from solver.formula import Literal
from solver.problem import Span
from solver.rooming import distances, further_than
from solver.rules import Rule
from solver.spacing import has_pause
from solver.variables import Choices


@dataclass(frozen=True)
class Traveller:
    """A supplier, or a person when `is_person`, and what must hold for it to be in both of two activities."""

    id: str
    is_person: bool
    conditions: tuple[Literal, ...] = ()


def keep_travel(choices: Choices) -> None:
    """R4 `travel`: a supplier or person has the travel minutes between consecutive activities that have rooms."""
    travel = choices.problem.travel
    if max([travel.minutes, *travel.between.values()]) == 0:
        return
    roomed = [choices.activities[name] for name in choices.room]
    for one, other in combinations(roomed, 2):
        longest = max(distances(choices, one.id, other.id), default=0)
        if longest > 0 and (choices.explaining or not has_pause(choices, one, other, longest)):
            for traveller in _travellers(choices, one, other, longest):
                _keep_minutes(choices, one, other, traveller)
                _keep_minutes(choices, other, one, traveller)


def _travellers(choices: Choices, one: Activity, other: Activity, longest: int) -> Iterator[Traveller]:
    """Those who may be in both; one who is in both for certain speaks for all, unless something may come between."""
    certain = [Traveller(supplier, is_person=False) for supplier in one.suppliers if supplier in other.suppliers]
    certain += [Traveller(person, is_person=True) for person in one.people if person in other.people]
    for traveller in certain:
        if not choices.explaining and not _detours(choices, one, other, traveller, longest):
            yield traveller
            return
    yield from certain
    for person in sorted(choices.problem.person):
        here, there = _attends(choices, one, person), _attends(choices, other, person)
        if choices.never not in (here, there) and not (person in one.people and person in other.people):
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
