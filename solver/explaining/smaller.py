"""The same day with fewer activities, and only those who take part in them."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from solver.problem import Problem, Rest


def only(problem: Problem, asked: Collection[str]) -> Problem:
    """The day with nothing but these activities, what they come after, what is fixed, and those who take part.

    What cannot be had in it cannot be had on the whole day either. Where that might not be so, all activities stay:
    when breaks must be even, and when an activity may lie on the way between two rooms.
    """
    names = _all(problem) if _may_need_others(problem) else with_all_before(problem, {*asked, *fixed(problem)})
    meetings = tuple(each for each in problem.meetings if each.id in names)
    sessions = tuple(each for each in problem.sessions if each.id in names)
    parties = {party for each in meetings for party in each.parties}
    panels = parties.union(*(each.panels for each in sessions))
    suppliers = parties.union(*(each.suppliers for each in sessions))
    members = {member for panel in problem.panels if panel.id in panels for member in panel.members}
    people = members.union(*(each.people for each in sessions))
    return replace(
        problem,
        meetings=meetings,
        sessions=sessions,
        panels=tuple(each for each in problem.panels if each.id in panels),
        people=tuple(each for each in problem.people if each.id in people),
        suppliers=tuple(
            each for each in problem.suppliers if each.id in suppliers or problem.breaks_differ_by is not None
        ),
        rests=tuple(_rest_of(each, suppliers, people) for each in problem.rests),
        announced=tuple(each for each in problem.announced if each.id in names),
        aims=(),
    )


def uneven(problem: Problem) -> Problem:
    """The day on which breaks may differ by any number."""
    return replace(problem, breaks_differ_by=None)


def _all(problem: Problem) -> set[str]:
    return {*problem.session, *problem.meeting}


def _may_need_others(problem: Problem) -> bool:
    longest_way = max([problem.travel.minutes, *problem.travel.between.values()])
    minutes = [*(each.minutes for each in problem.sessions), *(each.minutes for each in problem.meetings)]
    shortest = min(minutes, default=longest_way)
    return problem.breaks_differ_by is not None or (bool(problem.travel.between) and shortest < longest_way)


def fixed(problem: Problem) -> set[str]:
    """The meetings that must be placed because they have been announced and are fixed."""
    until = problem.fixed_until
    return {each.id for each in problem.announced if until is not None and each.start < until}


def with_all_before(problem: Problem, names: Iterable[str]) -> set[str]:
    """The activities, and whatever they come after, directly or not."""
    found, left = set[str](), list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left.extend((problem.session.get(name) or problem.meeting[name]).after)
    return found


def _rest_of(rest: Rest, suppliers: Collection[str], people: Collection[str]) -> Rest:
    """The rest of those who take part; of everyone, when it is too long for its window and nobody can have it."""
    if rest.minutes > rest.window.minutes:
        return rest
    return replace(
        rest,
        suppliers=tuple(each for each in rest.suppliers if each in suppliers),
        people=tuple(each for each in rest.people if each in people),
    )
