"""How rooms lie to each other: whether two activities share a room, or are further apart than so many minutes."""

from collections.abc import Collection

from solver.model.formula import Literal
from solver.problem import Travel
from solver.variables import Choices


def same_room(choices: Choices, one: str, other: str) -> Literal:
    """Holds at least when both activities have the same room in mind; `always` when they share one by rule."""
    here, there = sorted((choices.home(one), choices.home(other)))
    if here == there:
        return choices.always
    rooms = choices.household_rooms(here) & choices.household_rooms(there)
    shared = sorted(room for room in rooms if not choices.is_counted(room))
    if not shared:
        return choices.never

    def define(same: Literal) -> None:
        for room in shared:
            choices.formula.either([-choices.room[here][room], -choices.room[there][room], same])

    return choices.derived(("share a room", here, there), define)


def further_than(choices: Choices, one: str, other: str, minutes: int) -> Literal:
    """Holds at least when it takes more than so many minutes from the room of the one to the room of the other."""
    here, there = sorted((choices.home(one), choices.home(other)))
    far = [distance for distance in distances(choices, one, other) if distance > minutes]
    if here == there or not far:
        return choices.never

    def define(further: Literal) -> None:
        for room, has_room in choices.room[here].items():
            near = [lit for to, lit in choices.room[there].items() if _between(choices, room, to) < min(far)]
            choices.formula.either([-has_room, *near, further])

    return choices.derived(("lie as far as", min(far), here, there), define)


def distances(choices: Choices, one: str, other: str) -> list[int]:
    """Every travel time there may be between the rooms of two activities, shortest first."""
    if choices.home(one) == choices.home(other):
        return [0]
    here, there = tuple(choices.rooms_left(one)), tuple(choices.rooms_left(other))
    if (here, there) not in choices.ways:
        choices.ways[here, there] = sorted(_distances(choices.problem.travel, here, there))
    return choices.ways[here, there]


def _distances(travel: Travel, here: Collection[str], there: Collection[str]) -> set[int]:
    if travel.between:
        return {travel.minutes_between(room, to) for room in here for to in there}
    within = set() if set(here).isdisjoint(there) else {0}
    leaves = here and there and len({*here, *there}) > 1
    return within | ({travel.minutes} if leaves else set())


def _between(choices: Choices, one: str, other: str) -> int:
    return choices.problem.travel.minutes_between(one, other)
