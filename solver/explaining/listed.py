"""The same day with every list in the order of the ids: what is told of it owes nothing to the order of a file."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from solver.problem import Meeting, Panel, Problem, Session


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def in_order_of_ids(problem: Problem) -> Problem:
    """The day with its things, and the names within each, sorted."""
    groups = (replace(each, suppliers=_sorted(each.suppliers)) for each in problem.apart)
    rests = (replace(each, suppliers=_sorted(each.suppliers), people=_sorted(each.people)) for each in problem.rests)
    return replace(
        problem,
        rooms=_by_id(replace(each, free=tuple(sorted(each.free))) for each in problem.rooms),
        people=_by_id(replace(each, free=tuple(sorted(each.free))) for each in problem.people),
        panels=_by_id(map(_panel, problem.panels)),
        suppliers=_by_id(replace(each, free=tuple(sorted(each.free))) for each in problem.suppliers),
        sessions=_by_id(map(_session, problem.sessions)),
        meetings=_by_id(map(_meeting, problem.meetings)),
        rests=tuple(sorted(rests, key=lambda each: (each.window, each.minutes, each.suppliers, each.people))),
        apart=tuple(sorted(groups, key=lambda each: (each.minutes, each.suppliers))),
        announced=_by_id(problem.announced),
    )


def _panel(panel: Panel) -> Panel:
    return replace(panel, members=_sorted(panel.members), rooms=_sorted(panel.rooms))


def _session(session: Session) -> Session:
    return replace(
        session,
        windows=tuple(sorted(session.windows)),
        rooms=_sorted(session.rooms),
        suppliers=_sorted(session.suppliers),
        panels=_sorted(session.panels),
        people=_sorted(session.people),
        after=_sorted(session.after),
    )


def _meeting(meeting: Meeting) -> Meeting:
    return replace(
        meeting,
        windows=tuple(sorted(meeting.windows)),
        parties=_sorted(meeting.parties),
        rooms=_sorted(meeting.rooms),
        after=_sorted(meeting.after),
    )


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _by_id(things: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(things, key=lambda each: each.id))
