"""What looks free to somebody who does not look ahead: beside what is pinned and fixed, and nothing else."""

from collections.abc import Collection
from dataclasses import replace

from solver.foresight.arbiter import Place
from solver.foresight.cells import Cells
from solver.foresight.outlook import Outlook, with_pins_kept
from solver.foresight.starts import each
from solver.problem import Meeting, Problem, Session


class Naive:
    """One day as it looks without looking ahead."""

    def __init__(self, problem: Problem) -> None:
        self._problem = beside_pinned(problem)
        self._cells = Cells(with_pins_kept(self._problem))
        self._is_simple = self._cells.is_lawful and self._cells.must <= set(self._cells.fixed) and not problem.rests

    def places(self, meeting: str) -> list[Place]:
        """The places in which the meeting breaks no rule together with what is pinned and fixed alone."""
        if not self._is_simple or not self._is_alone(meeting):
            return Outlook(_only(self._problem, {meeting, *self._cells.must})).open(meeting)
        step, places = self._problem.day.step, self._cells.places[meeting]
        return sorted((start * step, room) for room, starts in places.items() if room for start in each(starts))

    def _is_alone(self, meeting: str) -> bool:
        """Whether nothing but what is fixed for certain can be in the way of the meeting."""
        panels = [self._problem.panel[name] for name in self._cells.activities[meeting].panels]
        members = {member for panel in panels for member in panel.members}
        settled = [each.activity for each in self._cells.fixed.values() if each.activity.is_meeting]
        others = {name for each in settled for name in each.panels} - {panel.id for panel in panels}
        is_shared = any(members.intersection(self._problem.panel[name].members) for name in others)
        return not is_shared and not any(panel.stretch for panel in panels) and not self._may_go_round()

    def _may_go_round(self) -> bool:
        """Whether somebody may get from one room to another more quickly by way of an activity in a third."""
        travel = self._problem.travel
        longest = max([travel.minutes, *travel.between.values()])
        return any(each.minutes < longest for each in self._cells.activities.values())


def beside_pinned(problem: Problem) -> Problem:
    """The day with what is pinned or fixed, and the other meetings as if nobody required or awaited them."""
    told = {
        each.id: each
        for each in problem.announced
        if problem.fixed_until is not None and each.start < problem.fixed_until
    }
    sessions = [each for each in problem.sessions if _is_pinned(each, problem)]
    pinned = {each.id for each in problem.meetings if each.start is not None or each.id in told}
    known = {each.id for each in sessions} | pinned

    def beside(meeting: Meeting) -> Meeting:
        after = tuple(name for name in meeting.after if name in known)
        return replace(meeting, required=meeting.required and meeting.id in pinned, after=after)

    return replace(
        problem,
        sessions=tuple(replace(each, after=tuple(name for name in each.after if name in known)) for each in sessions),
        meetings=tuple(map(beside, problem.meetings)),
        announced=tuple(told.values()),
        breaks_differ_by=None,
    )


def _only(problem: Problem, names: Collection[str]) -> Problem:
    return replace(problem, meetings=tuple(each for each in problem.meetings if each.id in names))


def _is_pinned(session: Session, problem: Problem) -> bool:
    """Whether a session has a window of its own length, and so one start."""
    starts = {
        start
        for window in session.windows
        for start in range(window.start, window.end - session.minutes + 1, problem.day.step)
    }
    return len(starts) == 1
