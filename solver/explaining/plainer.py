"""The same day with only what matters when a few rules are kept: so that a question about them is quickly answered."""

from collections.abc import Collection
from dataclasses import replace

from solver.counting.thinkable import Thinkable
from solver.explaining.counting import countable
from solver.explaining.easing import without
from solver.explaining.hours import ANY_TIME
from solver.explaining.instances import Instance, named
from solver.problem import Meeting, Needs, Problem, Session, Travel
from solver.rules import Rule


def for_these(problem: Problem, kept: Collection[Instance]) -> Problem:
    """The day without what is of no account when no other instances of rules are kept than these."""
    problem = without(problem, frozenset(countable(problem)).difference(kept))
    rules = {each.rule for each in kept}
    mentioned = {about for each in kept for about in each.about}
    kinds = {named(about)[0] for about in mentioned}
    if Rule.TRAVEL not in rules:
        problem = replace(problem, travel=Travel())
    if "room" not in kinds and rules.isdisjoint({Rule.STAYS, Rule.APART, Rule.TRAVEL, Rule.PINNED}):
        problem = _in_any_room(problem)
    if "person" not in kinds and rules.isdisjoint({Rule.PANEL, Rule.ROOM}):
        problem = _with_nobody(problem)
    if Rule.EVEN not in rules:
        problem = _with_few_in_sessions(problem, mentioned)
    if rules.isdisjoint({Rule.EVEN, Rule.ROOM, Rule.BARRED}):
        problem = _with_few_in_meetings(problem, mentioned)
    return problem


def _in_any_room(problem: Problem) -> Problem:
    """The day with one room for everything, which is enough where no room is ever full."""
    room = replace(problem.rooms[0], free=ANY_TIME)
    here = (room.id,)
    return replace(
        problem,
        rooms=(room,),
        panels=tuple(replace(each, rooms=here) for each in problem.panels),
        sessions=tuple(replace(each, rooms=here if each.rooms else ()) for each in problem.sessions),
        meetings=tuple(replace(each, rooms=here) for each in problem.meetings),
    )


def _with_nobody(problem: Problem) -> Problem:
    """The day without people, where nothing depends on who attends."""
    return replace(
        problem,
        people=(),
        panels=tuple(replace(each, members=(), needs=Needs(people=0)) for each in problem.panels),
        sessions=tuple(replace(each, people=()) for each in problem.sessions),
        rests=tuple(replace(each, people=()) for each in problem.rests),
    )


def _with_few_in_sessions(problem: Problem, mentioned: Collection[str]) -> Problem:
    """The day with only those in its sessions of whom something is said; the rooms are those for all who come."""
    suitable = Thinkable(problem).rooms_of

    def session(each: Session) -> Session:
        rooms = tuple(suitable(each.id)) if each.rooms else ()
        if each.rooms and not rooms:
            return each
        people = tuple(name for name in each.people if f"person:{name}" in mentioned)
        suppliers = tuple(name for name in each.suppliers if f"supplier:{name}" in mentioned)
        return replace(each, people=people, suppliers=suppliers, rooms=rooms)

    return replace(problem, sessions=tuple(session(each) for each in problem.sessions))


def _with_few_in_meetings(problem: Problem, mentioned: Collection[str]) -> Problem:
    """The day with only those suppliers in its meetings of whom something is said."""
    unsaid = {name for name in problem.supplier if f"supplier:{name}" not in mentioned}

    def meeting(each: Meeting) -> Meeting:
        return replace(each, parties=tuple(name for name in each.parties if name not in unsaid))

    return replace(problem, meetings=tuple(meeting(each) for each in problem.meetings))
