"""What the model says of one for all, or leaves to another rule, said for each, so that each can be dropped alone."""

from collections.abc import Sequence
from itertools import permutations

from solver.activities import Activity
from solver.explaining.instances import Instance
from solver.model.formula import Literal
from solver.model.rooming import further_than, same_room
from solver.problem import Apart
from solver.rules import Rule
from solver.variables import Choices


def say_each_for_itself(choices: Choices) -> None:
    """R3 of everyone, also of those who take part in the very same activities as another; R4 and R11 without R3."""
    taken: dict[str, list[Activity]] = {}
    for activity in choices.activities.values():
        for about in _taking_part(activity):
            taken.setdefault(about, []).append(activity)
    _keep_in_one_place(choices, taken)
    _keep_from_far_places(choices)
    _keep_rivals_apart(choices)
    choices.formula.about(None)


def _keep_in_one_place(choices: Choices, taken: dict[str, list[Activity]]) -> None:
    for about, activities in taken.items():
        if len(activities) > 1 and Instance(Rule.ONE_PLACE, (about,)) not in choices.formula.tags:
            choices.formula.about(Rule.ONE_PLACE, about)
            for time in sorted({time for each in activities for time in choices.start[each.id]}):
                running = [literal for each in activities for literal in choices.running(each, time, time + 1)]
                choices.formula.at_most_one(running)


def _keep_from_far_places(choices: Choices) -> None:
    """Who is in two places at once has no time to go from the one to the other either."""
    travel = choices.problem.travel
    if max([travel.minutes, *travel.between.values()]) == 0:
        return
    for about, attended in _attended(choices).items():
        choices.formula.about(Rule.TRAVEL, about)
        for (one, here), (other, there) in permutations(attended, 2):
            further = further_than(choices, one.id, other.id, 0)
            _never_begin_meanwhile(choices, one, other, further, unless=[-here, -there])


def _attended(choices: Choices) -> dict[str, list[tuple[Activity, Literal]]]:
    """For each supplier and person, the activities with a room that it may attend, each with when it does."""
    attended: dict[str, list[tuple[Activity, Literal]]] = {}
    for activity in (choices.activities[name] for name in choices.room):
        for about in _taking_part(activity):
            if not about.startswith("panel:"):
                attended.setdefault(about, []).append((activity, choices.always))
        for person, attends in choices.attends.get(activity.id, {}).items():
            attended.setdefault(f"person:{person}", []).append((activity, attends))
    return attended


def _keep_rivals_apart(choices: Choices) -> None:
    """Meetings in one room at once are not the minutes apart either."""
    for one, other in permutations(choices.meetings.values(), 2):
        groups = [group for group in choices.problem.apart if group.minutes > 0 and _splits(group, one, other)]
        if groups:
            held = {*one.suppliers, *other.suppliers}
            rivals = sorted({name for group in groups for name in held.intersection(group.suppliers)})
            choices.formula.about(Rule.APART, *(f"supplier:{name}" for name in rivals))
            _never_begin_meanwhile(choices, one, other, same_room(choices, one.id, other.id))


def _splits(group: Apart, one: Activity, other: Activity) -> bool:
    here, there = ({*group.suppliers}.intersection(each.suppliers) for each in (one, other))
    return bool(here and there) and len(here | there) > 1


def _never_begin_meanwhile(
    choices: Choices, one: Activity, other: Activity, when: Literal, unless: Sequence[Literal] = ()
) -> None:
    """When the literal holds, the other does not begin while the one is on, unless one of those holds."""
    for time, starts in choices.start[one.id].items() if when != choices.never else ():
        before = choices.started_by(other.id, time - 1)
        begun = choices.started_by(other.id, time + one.minutes - 1)
        choices.formula.either([-starts, -when, before, -begun, *unless])


def _taking_part(activity: Activity) -> list[str]:
    return [
        *(f"supplier:{name}" for name in activity.suppliers),
        *(f"panel:{name}" for name in activity.panels),
        *(f"person:{name}" for name in activity.people),
    ]
