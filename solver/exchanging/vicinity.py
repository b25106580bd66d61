"""The part of a day that a change can touch: rules bind only those who share a room, a panel or somebody."""

from collections.abc import Collection
from dataclasses import replace

from solver.exchanging.timetable import Timetable
from solver.plan import PlacedMeeting, Plan, Status
from solver.problem import Problem, Session


def plan_of(timetable: Timetable, only: Collection[str] | None = None) -> Plan:
    """The timetable as a plan whose aims nobody has weighed, or of it `only` some meetings."""
    minutes = {each.id: each.minutes for each in timetable.ground.problem.meetings if only is None or each.id in only}
    placed = tuple(
        PlacedMeeting(name, at.start, at.start + minutes[name], at.room, at.people)
        for name, at in sorted(timetable.at.items())
        if name in minutes
    )
    unplaced = tuple(sorted(minutes.keys() - timetable.at.keys()))
    return Plan(Status.FEASIBLE, timetable.ground.sessions, placed, unplaced, (), 0, 1, "exchange", 0.0, "")


def around(timetable: Timetable, changed: Collection[str]) -> tuple[Problem, frozenset[str]]:
    """A smaller day, and its meetings: all that has a room, a panel, a supplier or somebody in common with `changed`.

    A timetable that was lawful before the change is lawful after it just when this part of it is.
    """
    problem, near = timetable.ground.problem, timetable.sharing(changed)
    meetings = tuple(each for each in problem.meetings if each.id in near)
    parties = {party for each in meetings for party in each.parties}
    panels = tuple(panel for panel in problem.panels if panel.id in parties)
    members = {member for panel in panels for member in panel.members}
    return replace(
        problem,
        people=tuple(person for person in problem.people if person.id in members),
        panels=panels,
        suppliers=tuple(supplier for supplier in problem.suppliers if supplier.id in parties),
        sessions=tuple(_session(each, parties, members) for each in problem.sessions),
        meetings=meetings,
        rests=(),
        apart=(),
        announced=tuple(each for each in problem.announced if each.id in near),
        breaks_differ_by=None,
    ), frozenset(near)


def _session(session: Session, parties: Collection[str], members: Collection[str]) -> Session:
    """The session for those of the smaller day."""
    return replace(
        session,
        suppliers=tuple(supplier for supplier in session.suppliers if supplier in parties),
        panels=tuple(panel for panel in session.panels if panel in parties),
        people=tuple(person for person in session.people if person in members),
    )
