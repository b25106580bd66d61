"""Everyone who can come does: a plan with its times and rooms as they are, and as many attending as may."""

from dataclasses import replace

from solver.constraints import constrain
from solver.engines.cnf import Cnf
from solver.engines.cores import least_of
from solver.engines.sat import Sat
from solver.model.answer import Meetings, Sessions, sessions_and_meetings
from solver.plan import PlacedMeeting, PlacedSession
from solver.problem import Meeting, Problem, Session, Span
from solver.variables import Choices

CONFLICTS = 5_000


def with_all_who_can(problem: Problem, sessions: Sessions, meetings: Meetings) -> Meetings:
    """The meetings with the most attending that the rules allow, all told; as they are when nobody more can.

    Aims do not speak of who attends, so none is touched. Without this, a supplier might meet two of a panel and the
    next one three, by nothing but chance.
    """
    members = sum(len(panel.members) for each in meetings for panel in problem.panels_of(problem.meeting[each.id]))
    if members == sum(len(each.people) for each in meetings):
        return meetings
    choices = Choices(_as_placed(problem, sessions, meetings))
    constrain(choices)
    cnf = Cnf(choices.formula)
    absent = [(1, -literal) for crew in choices.attends.values() for literal in crew.values()]
    with Sat(cnf.clauses, cnf.top) as sat:
        found = least_of(sat, absent, CONFLICTS)
    changed = sessions_and_meetings(choices, found.holding.__contains__)[1] if found.holding else ()
    return max(meetings, changed, key=lambda each: sum(len(meeting.people) for meeting in each))


def _as_placed(problem: Problem, sessions: Sessions, meetings: Meetings) -> Problem:
    """The day with everything pinned where it is, and without what is not placed."""
    at: dict[str, PlacedSession | PlacedMeeting] = {each.id: each for each in sessions}
    at |= {each.id: each for each in meetings}
    return replace(
        problem,
        sessions=tuple(_session(each, at[each.id]) for each in problem.sessions),
        meetings=tuple(_meeting(each, at[each.id]) for each in problem.meetings if each.id in at),
        announced=tuple(each for each in problem.announced if each.id in at),
        breaks_differ_by=None,
        aims=(),
    )


def _session(session: Session, placed: PlacedSession | PlacedMeeting) -> Session:
    rooms = session.rooms if placed.room is None else (placed.room,)
    return replace(session, windows=(Span(placed.start, placed.end),), rooms=rooms)


def _meeting(meeting: Meeting, placed: PlacedSession | PlacedMeeting) -> Meeting:
    return replace(meeting, required=True, start=placed.start, room=placed.room)
