"""What the page of a plan shows: every meeting with its people, those without a place, and who will be told. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from app.kernel import clock
from app.planning.translate import Facts
from app.planning.words import asking
from solver.attendance import Activity, activities, meetings_of
from solver.plan import Plan
from solver.problem import Meeting, Problem
from solver.score import waits


@dataclass(frozen=True, slots=True)
class MeetingShown:
    """One meeting as people read it; `wait` is how many minutes its suppliers wait that day, in all."""

    starts_at: datetime
    ends_at: datetime
    supplier: str
    panel: str
    room: str
    people: tuple[str, ...]
    wait: int


@dataclass(frozen=True)
class PlanShown:
    """A plan with everyone's names; ids of those who have left since it was made stand for themselves."""

    problem: Problem
    plan: Plan
    facts: Facts

    @cached_property
    def _placed(self) -> tuple[Activity, ...]:
        return activities(self.problem, self.plan)

    @property
    def asked(self) -> int:
        """How many suppliers wish for a meeting."""
        return len(asking(self.problem))

    @cached_property
    def reached(self) -> frozenset[str]:
        """The suppliers that get one, by id."""
        return frozenset(supplier for meeting in meetings_of(self._placed) for supplier in meeting.suppliers)

    @cached_property
    def conference_only(self) -> frozenset[str]:
        """The suppliers that come without a meeting, by id."""
        return frozenset(supplier for one in self._told for supplier in one.suppliers) - self.reached

    @cached_property
    def people(self) -> frozenset[str]:
        """The people of the municipalities who have something in the plan, by id."""
        return frozenset(person for one in self._told for person in one.people)

    @property
    def _told(self) -> Iterator[Activity]:
        # Nobody gets a letter about a break.
        return (one for one in self._placed if one.is_meeting or not self.problem.session[one.id].is_break)

    @cached_property
    def meetings(self) -> list[MeetingShown]:
        """The meetings in the order of time."""
        return [self._shown(meeting) for meeting in meetings_of(self._placed)]

    @cached_property
    def unplaced(self) -> list[tuple[str, str]]:
        """Supplier and panel of each meeting without a place."""
        return [self._parties(self.problem.meeting[one]) for one in self.plan.unplaced]

    def _shown(self, meeting: Activity) -> MeetingShown:
        supplier, panel = self._parties(self.problem.meeting[meeting.id])
        return MeetingShown(
            starts_at=self._moment(meeting.start),
            ends_at=self._moment(meeting.end),
            supplier=supplier,
            panel=panel,
            room=self.problem.room[meeting.room].name if meeting.room else "",
            people=tuple(self._people.get(person, person) for person in meeting.people),
            wait=max((self._waits[supplier] for supplier in meeting.suppliers), default=0),
        )

    def _parties(self, meeting: Meeting) -> tuple[str, str]:
        suppliers, panels = self.problem.suppliers_of(meeting), self.problem.panels_of(meeting)
        labels = self.facts.labels
        return (
            ", ".join(labels.get(one.id, one.id) for one in suppliers),
            ", ".join(labels.get(one.id, one.id) for one in panels),
        )

    def _moment(self, minutes: int) -> datetime:
        return clock.wall(self.problem.day.date, minutes, ZoneInfo(self.problem.day.timezone))

    @cached_property
    def _waits(self) -> dict[str, int]:
        return waits(self.problem, self.plan)

    @cached_property
    def _people(self) -> dict[str, str]:
        buyers = {buyer.id: buyer.name for buyer in self.facts.buyers}
        return {person.handle: f"{person.name} ({buyers[person.buyer_id]})" for person in self.facts.people}
