"""The facts that the picture shows: what takes place, what does not, and how long everyone waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from solver.attendance import Activity, Reading, read
from solver.picture.naming import Names
from solver.picture.wording import Words
from solver.plan import Plan
from solver.problem import Meeting, Problem, Span
from solver.score import waits


@dataclass(frozen=True)
class Scene:
    """One plan for one day, with the words and the names to tell it in."""

    problem: Problem
    plan: Plan
    words: Words
    names: Names

    @cached_property
    def reading(self) -> Reading:
        """The plan read against its problem."""
        return read(self.problem, self.plan)

    @property
    def placed(self) -> tuple[Activity, ...]:
        """Everything that takes place, in the order of time."""
        return self.reading.placed

    @property
    def meetings(self) -> tuple[Activity, ...]:
        """The meetings that take place, in the order of time."""
        return self.reading.meetings

    @cached_property
    def unplaced(self) -> tuple[Meeting, ...]:
        """The meetings that were wished for and do not take place, in the order of the problem."""
        found = {meeting.id for meeting in self.meetings}
        return tuple(meeting for meeting in self.problem.meetings if meeting.id not in found)

    @cached_property
    def wide(self) -> tuple[Activity, ...]:
        """The sessions that stand over all rooms: plenaries, and what everyone attends, if nothing else goes on."""
        return tuple(each for each in self.placed if self._is_common(each) and self._is_alone(each))

    @cached_property
    def frame(self) -> Span:
        """The part of the day that is shown: the whole of it, and whatever a plan has beyond it."""
        day = self.problem.day
        starts, ends = (each.start for each in self.placed), (each.end for each in self.placed)
        return Span(min(day.opens, *starts), max(day.closes, *ends)) if self.placed else day.whole

    @cached_property
    def asking(self) -> frozenset[str]:
        """The suppliers for whom a meeting is wished."""
        return frozenset(each.id for meeting in self.problem.meetings for each in self.problem.suppliers_of(meeting))

    @cached_property
    def reached(self) -> frozenset[str]:
        """The suppliers that have a meeting."""
        return frozenset(supplier for meeting in self.meetings for supplier in meeting.suppliers)

    @cached_property
    def waits(self) -> Mapping[str, int]:
        """The minutes that each supplier waits, by id."""
        return waits(self.problem, self.plan)

    @cached_property
    def suppliers(self) -> tuple[str, ...]:
        """The suppliers as they are listed: by first meeting, then those without one."""
        first: dict[str, int] = {}
        for meeting in self.meetings:
            for supplier in meeting.suppliers:
                first.setdefault(supplier, meeting.start)
        late = self.frame.end
        return tuple(sorted((each.id for each in self.problem.suppliers), key=lambda each: first.get(each, late)))

    def day_of(self, supplier: str) -> tuple[Activity, ...]:
        """Everything that one supplier takes part in, in the order of time."""
        return self.reading.of_supplier(supplier)

    def kind(self, activity: Activity) -> str:
        """How a session looks: `plenary`, `pause` or `session`."""
        session = self.problem.session[activity.id]
        if session.is_break:
            return "pause"
        return "plenary" if session.kind == "plenary" else "session"

    def panels_at(self, session: Activity) -> tuple[str, ...]:
        """The panels at a session, as such or with all their members, in the order of the problem."""
        there = set(session.people)
        return tuple(
            each.id
            for each in self.problem.panels
            if each.id in session.panels or (each.members and there.issuperset(each.members))
        )

    def _is_common(self, activity: Activity) -> bool:
        if activity.is_meeting:
            return False
        has_suppliers = len(activity.suppliers) == len(self.problem.suppliers)
        has_panels = len(self.panels_at(activity)) == len(self.problem.panels)
        return self.kind(activity) == "plenary" or (has_suppliers and has_panels)

    def _is_alone(self, activity: Activity) -> bool:
        return not any(activity.overlaps(other) for other in self.placed if other != activity)
