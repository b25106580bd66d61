"""Who is where when, read from a plan: the one reading that checking, scoring and drawing share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from solver.plan import PlacedMeeting, PlacedSession, Plan
from solver.problem import Meeting, Problem, Session, Supplier, Wish
from solver.times import clock


class Kind(StrEnum):
    """Whether an activity is a session or a meeting; the word that breaches name it by."""

    SESSION = "session"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Activity:
    """A placed session or meeting with everyone who attends it, each once.

    Suppliers, panels and people are known to the problem; `room` stands as the plan has it, and is None
    for a session without one. Panels list the parties, people everyone who sits there in person.
    """

    id: str
    kind: Kind
    start: int
    end: int
    room: str | None
    suppliers: tuple[str, ...]
    panels: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def about(self) -> str:
        """The name that breaches use, such as `meeting:m3`."""
        return f"{self.kind}:{self.id}"

    @property
    def shown(self) -> str:
        """The name and the times within a sentence: `meeting m3 (13:00–13:45)`."""
        return f"{self.kind} {self.id} ({clock(self.start)}–{clock(self.end)})"

    @property
    def subject(self) -> str:
        """The name and the times at the start of a sentence: `Meeting m3 (13:00–13:45)`."""
        return f"{self.kind.capitalize()}{self.shown.removeprefix(self.kind)}"

    @property
    def is_meeting(self) -> bool:
        """Whether this is a meeting; otherwise it is a session."""
        return self.kind is Kind.MEETING

    @property
    def minutes(self) -> int:
        """The time it takes according to the plan."""
        return self.end - self.start

    def overlaps(self, other: "Activity") -> bool:
        """Whether the two have a moment in common."""
        return self.start < other.end and other.start < self.end

    def gap_to(self, other: "Activity") -> int:
        """Minutes between the two, whichever comes first; negative when they overlap."""
        return max(other.start - self.end, self.start - other.end)


@dataclass(frozen=True)
class Reading:
    """A plan read against its problem: `placed` is what `activities` gives, and so is the order of every answer."""

    problem: Problem
    plan: Plan
    placed: tuple[Activity, ...]

    @cached_property
    def meetings(self) -> tuple[Activity, ...]:
        """The meetings among what is placed."""
        return meetings_of(self.placed)

    def asked(self, activity: Activity) -> Session | Meeting:
        """What the problem asks of an activity."""
        return self.problem.meeting[activity.id] if activity.is_meeting else self.problem.session[activity.id]

    def named(self, activity: str) -> tuple[Activity, ...]:
        """What is placed under an id: once, unless the plan is wrong."""
        return self._by_id.get(activity, ())

    def of_room(self, room: str) -> tuple[Activity, ...]:
        """The activities in one room."""
        return self._by_room.get(room, ())

    def of_supplier(self, supplier: str) -> tuple[Activity, ...]:
        """The activities that one supplier attends."""
        return self._by_supplier.get(supplier, ())

    def of_panel(self, panel: str) -> tuple[Activity, ...]:
        """The activities that one panel attends."""
        return self._by_panel.get(panel, ())

    def of_person(self, person: str) -> tuple[Activity, ...]:
        """The activities that one person attends."""
        return self._by_person.get(person, ())

    @cached_property
    def _by_id(self) -> Mapping[str, tuple[Activity, ...]]:
        return _gathered((each.id, each) for each in self.placed)

    @cached_property
    def _by_room(self) -> Mapping[str, tuple[Activity, ...]]:
        return _gathered((each.room, each) for each in self.placed if each.room is not None)

    @cached_property
    def _by_supplier(self) -> Mapping[str, tuple[Activity, ...]]:
        return _gathered((supplier, each) for each in self.placed for supplier in each.suppliers)

    @cached_property
    def _by_panel(self) -> Mapping[str, tuple[Activity, ...]]:
        return _gathered((panel, each) for each in self.placed for panel in each.panels)

    @cached_property
    def _by_person(self) -> Mapping[str, tuple[Activity, ...]]:
        return _gathered((person, each) for each in self.placed for person in each.people)


def read(problem: Problem, plan: Plan) -> Reading:
    """The plan read against its problem."""
    return Reading(problem, plan, activities(problem, plan))


def activities(problem: Problem, plan: Plan) -> tuple[Activity, ...]:
    """Everything the plan places, by start, then end, then id.

    What stands twice in the plan stands twice here; what the problem does not know is left out.
    """
    sessions = (_of_session(problem, placed) for placed in plan.sessions if placed.id in problem.session)
    meetings = (_of_meeting(problem, placed) for placed in plan.meetings if placed.id in problem.meeting)
    return tuple(sorted((*sessions, *meetings), key=_order))


def meetings_of(placed: Iterable[Activity]) -> tuple[Activity, ...]:
    """The meetings among the activities, in the order given."""
    return tuple(activity for activity in placed if activity.is_meeting)


def breaks_of(placed: Iterable[Activity]) -> int:
    """How many gaps of more than 0 minutes lie between consecutive activities."""
    return sum(later.start > earlier.end for earlier, later in pairwise(placed))


def wait_of(placed: tuple[Activity, ...]) -> int:
    """Minutes from the end of the first activity to the start of the last, less the activities between them."""
    if len(placed) <= 1:
        return 0
    return placed[-1].start - placed[0].end - sum(between.minutes for between in placed[1:-1])


def _gathered(named: Iterable[tuple[str, Activity]]) -> Mapping[str, tuple[Activity, ...]]:
    found: dict[str, list[Activity]] = {}
    for name, activity in named:
        found.setdefault(name, []).append(activity)
    return {name: tuple(activities) for name, activities in found.items()}


def wishes_met(supplier: Supplier, meetings: Sequence[Activity]) -> tuple[Wish, ...]:
    """The wishes of a supplier that hold all its meetings; none when it has no meeting."""
    spans = [(meeting.start, meeting.end) for meeting in meetings]
    return tuple(wish for wish in supplier.wishes if spans and all(wish.span.holds(*span) for span in spans))


def _order(activity: Activity) -> tuple[int, int, str, str, tuple[str, ...]]:
    return activity.start, activity.end, activity.id, activity.room or "", activity.people


def _of_session(problem: Problem, placed: PlacedSession) -> Activity:
    asked = problem.session[placed.id]
    members = (person for panel in asked.panels for person in problem.panel[panel].members)
    people = tuple(sorted({*asked.people, *members}))
    suppliers, panels = tuple(dict.fromkeys(asked.suppliers)), tuple(dict.fromkeys(asked.panels))
    return Activity(placed.id, Kind.SESSION, placed.start, placed.end, placed.room, suppliers, panels, people)


def _of_meeting(problem: Problem, placed: PlacedMeeting) -> Activity:
    asked = problem.meeting[placed.id]
    suppliers = tuple(dict.fromkeys(supplier.id for supplier in problem.suppliers_of(asked)))
    panels = tuple(dict.fromkeys(panel.id for panel in problem.panels_of(asked)))
    people = tuple(sorted({person for person in placed.people if person in problem.person}))
    return Activity(placed.id, Kind.MEETING, placed.start, placed.end, placed.room, suppliers, panels, people)
