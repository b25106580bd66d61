"""R4: a supplier or person has at least the travel minutes between consecutive activities that have rooms."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from solver.rooming import distances, further_than
from solver.spacing import has_pause
from solver.variables import Activity, Choices, Literal


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
        if longest > 0 and not has_pause(choices, one, other, longest):
            for traveller in _travellers(choices, one, other, longest):
                _keep_minutes(choices, one, other, traveller)
                _keep_minutes(choices, other, one, traveller)


def _travellers(choices: Choices, one: Activity, other: Activity, longest: int) -> Iterator[Traveller]:
    """Those who may be in both; one who is in both for certain speaks for all, unless something may come between."""
    certain = [Traveller(supplier, is_person=False) for supplier in one.suppliers if supplier in other.suppliers]
    certain += [Traveller(person, is_person=True) for person in one.people if person in other.people]
    for traveller in certain:
        if not _detours(choices, one, other, traveller, longest):
            yield traveller
            return
    yield from certain
    for person in sorted(choices.problem.person):
        here, there = _attends(choices, one, person), _attends(choices, other, person)
        if (
            here is not choices.never
            and there is not choices.never
            and not (person in one.people and person in other.people)
        ):
            yield Traveller(person, is_person=True, conditions=(here, there))


def _attends(choices: Choices, activity: Activity, person: str) -> Literal:
    if activity.is_meeting:
        return choices.attends[activity.id].get(person, choices.never)
    return choices.always if person in activity.people else choices.never


def _keep_minutes(choices: Choices, first: Activity, second: Activity, traveller: Traveller) -> None:
    step, longest = choices.problem.day.step, distances(choices, first.id, second.id)[-1]
    unless = [~condition for condition in traveller.conditions]
    for time, starts in choices.start[first.id].items():
        for gap in range(0, longest, step):
            follows = choices.start[second.id].get(time + first.minutes + gap)
            if follows is not None:
                far = further_than(choices, first.id, second.id, gap)
                between = _comes_between(choices, first, second, traveller, time + first.minutes, gap)
                choices.model.add_bool_or(~starts, ~follows, ~far, *unless, *between)


def _comes_between(
    choices: Choices, first: Activity, second: Activity, traveller: Traveller, end: int, gap: int
) -> list[Literal]:
    """What may make the two no longer consecutive for the traveller: another activity with a room in the gap."""
    return [
        choices.both(
            (traveller.id, traveller.is_person, "takes", other.id, "at", start),
            starts,
            _takes_part(choices, other, traveller),
        )
        for other in _detours(choices, first, second, traveller, gap)
        for start, starts in choices.start[other.id].items()
        if end <= start and start + other.minutes <= end + gap
    ]


def _detours(choices: Choices, first: Activity, second: Activity, traveller: Traveller, gap: int) -> list[Activity]:
    """The activities short enough for the gap, and so near that with them it may be shorter than the direct way."""
    return [
        other
        for other in choices.activities.values()
        if other.id in choices.room and other.id not in (first.id, second.id)
        if other.minutes <= gap and _takes_part(choices, other, traveller) is not choices.never
    ]


def _takes_part(choices: Choices, activity: Activity, traveller: Traveller) -> Literal:
    if traveller.is_person:
        return _attends(choices, activity, traveller.id)
    return choices.always if traveller.id in activity.suppliers else choices.never
