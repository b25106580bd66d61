"""What is asked: one dialogue day with its rooms, people, suppliers, sessions and wished meetings.

Frozen data. Times are whole minutes after local midnight; a span is `[start, end)`. Every default of the
day format is already filled in, and `"all"` is already spelled out as the ids it stands for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the day, from `start` up to but not including `end`, in minutes after midnight."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """The length of the span in minutes."""
        return self.end - self.start

    def holds(self, start: int, end: int) -> bool:
        """Whether `[start, end)` lies inside this span."""
        return self.start <= start and end <= self.end


Windows = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The frame: the date, its time zone, and the grid of `step` minutes between `opens` and `closes`."""

    date: date
    timezone: str
    opens: int
    closes: int
    step: int

    @property
    def whole(self) -> Span:
        """The whole day as one span."""
        return Span(self.opens, self.closes)


@dataclass(frozen=True, slots=True)
class Room:
    """A place for activities, with its seats and features such as `video`."""

    id: str
    name: str
    seats: int
    features: frozenset[str]
    free: Windows


@dataclass(frozen=True, slots=True)
class Travel:
    """Minutes needed between two different rooms: one figure for all pairs, and exceptions."""

    minutes: int = 0
    between: Mapping[frozenset[str], int] = field(default_factory=dict)

    def minutes_between(self, one: str, other: str) -> int:
        """Minutes from one room to another, the same both ways; 0 within a room."""
        return 0 if one == other else self.between.get(frozenset((one, other)), self.minutes)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody from a buyer who may sit in panels; `barred` names suppliers this person may not meet."""

    id: str
    buyer: str
    skills: frozenset[str]
    free: Windows
    barred: frozenset[str]


@dataclass(frozen=True, slots=True)
class Needs:
    """What the people who attend for a panel must at least amount to."""

    people: int = 1
    buyers: int = 0
    skills: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stretch:
    """How long a panel may go on (`minutes`) before it has a gap of at least `rest_minutes`."""

    minutes: int
    rest_minutes: int


@dataclass(frozen=True, slots=True)
class Panel:
    """People who meet suppliers together; `rooms` binds its meetings only."""

    id: str
    members: tuple[str, ...]
    needs: Needs
    rooms: tuple[str, ...]
    stays: bool
    pause_minutes: int
    stretch: Stretch | None


@dataclass(frozen=True, slots=True)
class Wish:
    """A part of the day in which a supplier would like to have all its meetings, and how much it counts."""

    span: Span
    weight: int


@dataclass(frozen=True, slots=True)
class Supplier:
    """A company that comes to the day with `seats` persons, on site or online."""

    id: str
    seats: int
    online: bool
    free: Windows
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """Something for many at once: the plenary, a workshop, a break. Without `rooms` it needs no room."""

    id: str
    title: str
    kind: str
    minutes: int
    windows: Windows
    rooms: tuple[str, ...]
    suppliers: tuple[str, ...]
    panels: tuple[str, ...]
    people: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def is_break(self) -> bool:
        """Whether the session is a break, such as lunch."""
        return self.kind == "break"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A wished meeting of two or more parties; `start` and `room` are set when it is pinned."""

    id: str
    parties: tuple[str, ...]
    minutes: int
    required: bool
    weight: int
    after: tuple[str, ...]
    windows: Windows
    rooms: tuple[str, ...]
    start: int | None
    room: str | None


@dataclass(frozen=True, slots=True)
class Rest:
    """Each of `suppliers` and `people` has `minutes` in one piece without any activity inside `window`."""

    suppliers: tuple[str, ...]
    people: tuple[str, ...]
    minutes: int
    window: Span


@dataclass(frozen=True, slots=True)
class Apart:
    """Suppliers whose meetings in one room keep `minutes` between them, so that they do not meet in the door."""

    suppliers: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class AnnouncedMeeting:
    """What has already been told about one meeting."""

    id: str
    start: int
    room: str


class Aim(StrEnum):
    """What the plan strives for; see the table of aims in docs/day-format.md."""

    REACHED = "reached"
    PLACED = "placed"
    KEPT = "kept"
    LONGEST_WAIT = "longest_wait"
    WAIT = "wait"
    BREAKS = "breaks"
    WISHES = "wishes"
    PANEL_ROOMS = "panel_rooms"
    FINISH = "finish"

    @property
    def is_maximised(self) -> bool:
        """Whether more is better; otherwise less is."""
        return self in {Aim.REACHED, Aim.PLACED, Aim.WISHES}


DEFAULT_AIMS = tuple(aim for aim in Aim if aim is not Aim.BREAKS)


@dataclass(frozen=True)
class Problem:
    """One dialogue day as it is given to the solver; lists keep the order of the file."""

    day: Day
    rooms: tuple[Room, ...]
    meetings: tuple[Meeting, ...]
    travel: Travel = field(default_factory=Travel)
    people: tuple[Person, ...] = ()
    panels: tuple[Panel, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    sessions: tuple[Session, ...] = ()
    rests: tuple[Rest, ...] = ()
    apart: tuple[Apart, ...] = ()
    breaks_differ_by: int | None = None
    announced: tuple[AnnouncedMeeting, ...] = ()
    fixed_until: int | None = None
    aims: tuple[Aim, ...] = DEFAULT_AIMS

    @cached_property
    def room(self) -> Mapping[str, Room]:
        """Rooms by id."""
        return {room.id: room for room in self.rooms}

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """People by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def panel(self) -> Mapping[str, Panel]:
        """Panels by id."""
        return {panel.id: panel for panel in self.panels}

    @cached_property
    def supplier(self) -> Mapping[str, Supplier]:
        """Suppliers by id."""
        return {supplier.id: supplier for supplier in self.suppliers}

    @cached_property
    def session(self) -> Mapping[str, Session]:
        """Sessions by id."""
        return {session.id: session for session in self.sessions}

    @cached_property
    def meeting(self) -> Mapping[str, Meeting]:
        """Meetings by id."""
        return {meeting.id: meeting for meeting in self.meetings}

    def panels_of(self, meeting: Meeting) -> tuple[Panel, ...]:
        """The panels among the parties of a meeting, in the order given."""
        return tuple(self.panel[party] for party in meeting.parties if party in self.panel)

    def suppliers_of(self, meeting: Meeting) -> tuple[Supplier, ...]:
        """The suppliers among the parties of a meeting, in the order given."""
        return tuple(self.supplier[party] for party in meeting.parties if party in self.supplier)
