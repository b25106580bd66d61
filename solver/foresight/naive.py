"""What looks free to somebody who does not look ahead: beside what is pinned and fixed, and nothing else."""

from collections.abc import Collection
from dataclasses import replace

from solver.activities import Activity
from solver.foresight.cells import Cells
from solver.foresight.outlook import Outlook, with_pins_kept
from solver.problem import Meeting, Problem, Session


class Naive:
    """One day as it looks without looking ahead."""

    def __init__(self, problem: Problem) -> None:
        self._problem = beside_pinned(problem)
        self._cells = Cells(with_pins_kept(self._problem))
        self._is_simple = self._cells.is_lawful and self._cells.must <= set(self._cells.fixed) and not problem.rests

    def count(self, meeting: str) -> int:
        """In how many places the meeting breaks no rule together with what is pinned and fixed alone."""
        if not self._is_simple or not self._is_alone(meeting):
            return len(Outlook(_only(self._problem, {meeting, *self._cells.must})).open(meeting))
        return sum(starts.bit_count() for starts in self._cells.places[meeting].values())

    def _is_alone(self, meeting: str) -> bool:
        """Whether nothing but what is fixed for certain can be in the way of the meeting."""
        activity = self._cells.activities[meeting]
        panels = [self._problem.panel[name] for name in activity.panels]
        if any(panel.stretch for panel in panels) or self._may_go_round():
            return False
        shared = self._elsewhere(activity)
        places = self._cells.places[meeting].items()
        return not shared or all(
            not starts & ~self._cells.crews.starts(activity, room, shared) for room, starts in places if room
        )

    def _elsewhere(self, meeting: Activity) -> frozenset[str]:
        """The members of its panels who may be wanted in meetings of other panels that are fixed."""
        settled = [each.activity for each in self._cells.fixed.values() if each.activity.is_meeting]
        others = {name for each in settled for name in each.panels}.difference(meeting.panels)
        wanted = {member for name in others for member in self._problem.panel[name].members}
        return frozenset(wanted.intersection(self._cells.crews.eligible(meeting)))

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
