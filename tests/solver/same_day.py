"""The same day told otherwise: its lists in another order, or everything under other names."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random
from typing import TypeVar

from solver.problem import Panel, Problem, Travel

T = TypeVar("T")


def shuffled(problem: Problem, random: Random) -> Problem:
    """The day with every list that has no order of its own in another order."""

    def mixed(items: Iterable[T]) -> tuple[T, ...]:
        listed = list(items)
        return tuple(random.sample(listed, len(listed)))

    def mixed_dict(items: Mapping[str, int]) -> dict[str, int]:
        return dict(mixed(items.items()))

    return replace(
        problem,
        rooms=mixed(replace(each, free=mixed(each.free)) for each in problem.rooms),
        people=mixed(replace(each, free=mixed(each.free)) for each in problem.people),
        suppliers=mixed(replace(each, free=mixed(each.free), wishes=mixed(each.wishes)) for each in problem.suppliers),
        panels=mixed(
            replace(
                each,
                members=mixed(each.members),
                rooms=mixed(each.rooms),
                needs=replace(each.needs, skills=mixed_dict(each.needs.skills)),
            )
            for each in problem.panels
        ),
        sessions=mixed(
            replace(
                each,
                windows=mixed(each.windows),
                rooms=mixed(each.rooms),
                suppliers=mixed(each.suppliers),
                panels=mixed(each.panels),
                people=mixed(each.people),
                after=mixed(each.after),
            )
            for each in problem.sessions
        ),
        meetings=mixed(
            replace(
                each,
                parties=mixed(each.parties),
                after=mixed(each.after),
                windows=mixed(each.windows),
                rooms=mixed(each.rooms),
            )
            for each in problem.meetings
        ),
        rests=mixed(
            replace(each, suppliers=mixed(each.suppliers), people=mixed(each.people)) for each in problem.rests
        ),
        apart=mixed(replace(each, suppliers=mixed(each.suppliers)) for each in problem.apart),
        announced=mixed(problem.announced),
    )


def renamed(problem: Problem, random: Random) -> Problem:
    """The day with every room, person, supplier, panel, session and meeting under a name that sorts elsewhere."""
    room = _new_names((each.id for each in problem.rooms), random)
    person = _new_names((each.id for each in problem.people), random)
    party = _new_names([each.id for each in problem.suppliers] + [each.id for each in problem.panels], random)
    activity = _new_names([each.id for each in problem.sessions] + [each.id for each in problem.meetings], random)

    def named(names: Mapping[str, str], ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(names[each] for each in ids)

    def panel(each: Panel) -> Panel:
        return replace(each, id=party[each.id], members=named(person, each.members), rooms=named(room, each.rooms))

    between = {frozenset(named(room, pair)): minutes for pair, minutes in problem.travel.between.items()}
    return replace(
        problem,
        rooms=tuple(replace(each, id=room[each.id]) for each in problem.rooms),
        travel=Travel(problem.travel.minutes, between),
        people=tuple(
            replace(each, id=person[each.id], barred=frozenset(named(party, each.barred))) for each in problem.people
        ),
        suppliers=tuple(replace(each, id=party[each.id]) for each in problem.suppliers),
        panels=tuple(panel(each) for each in problem.panels),
        sessions=tuple(
            replace(
                each,
                id=activity[each.id],
                rooms=named(room, each.rooms),
                suppliers=named(party, each.suppliers),
                panels=named(party, each.panels),
                people=named(person, each.people),
                after=named(activity, each.after),
            )
            for each in problem.sessions
        ),
        meetings=tuple(
            replace(
                each,
                id=activity[each.id],
                parties=named(party, each.parties),
                rooms=named(room, each.rooms),
                after=named(activity, each.after),
                room=None if each.room is None else room[each.room],
            )
            for each in problem.meetings
        ),
        rests=tuple(
            replace(each, suppliers=named(party, each.suppliers), people=named(person, each.people))
            for each in problem.rests
        ),
        apart=tuple(replace(each, suppliers=named(party, each.suppliers)) for each in problem.apart),
        announced=tuple(replace(each, id=activity[each.id], room=room[each.room]) for each in problem.announced),
    )


def _new_names(ids: Iterable[str], random: Random) -> dict[str, str]:
    known = list(ids)
    numbers = random.sample(range(len(known)), len(known))
    return {name: f"x{number}" for name, number in zip(known, numbers, strict=True)}
