"""Between the facts of a dialogue and the files of the solver: no database, and the same facts give the same bytes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from app.days.models import Day, Panel, Person, Room
from app.days.models import Session as DaySession
from app.dialogues.models import Buyer
from app.kernel import clock
from app.meetings.models import Barred, Booking, MeetingRequest
from app.meetings.schemas import Place, SessionPlace
from app.suppliers.models import Supplier
from solver import problem as asked
from solver.files import write_problem
from solver.plan import Plan
from solver.problem import Problem, Span, Windows

Named = TypeVar("Named", Room, Person, Panel, DaySession, Supplier)
Thing = TypeVar("Thing", Room, Supplier, Buyer)


@dataclass(frozen=True)
class Facts:
    """What a plan of the day depends on; the lists may come in any order."""

    day: Day
    buyers: Sequence[Buyer]
    rooms: Sequence[Room]
    people: Sequence[Person]
    panels: Sequence[Panel]
    sessions: Sequence[DaySession]
    suppliers: Sequence[Supplier]
    requests: Sequence[MeetingRequest]
    barred: Sequence[Barred]
    bookings: Sequence[Booking]

    @cached_property
    def meetings(self) -> Mapping[str, MeetingRequest]:
        """The wished meetings of those who have not withdrawn, by the ids they have in the files."""
        suppliers, panels = _by_id(self.suppliers), self.panel_ids
        named = {
            f"{suppliers[one.supplier_id].handle}--{panels[one.panel_id]}": one
            for one in self.requests
            if one.supplier_id in suppliers
        }
        return dict(sorted(named.items()))

    @cached_property
    def panel_ids(self) -> Mapping[UUID, str]:
        """What panels are called in the files, where they share their names with the suppliers."""
        taken = {supplier.handle for supplier in self.suppliers}
        return {one.id: f"{one.handle}--panel" if one.handle in taken else one.handle for one in self.panels}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The names of suppliers and panels by the ids they have in the files."""
        panels = {self.panel_ids[panel.id]: panel.name for panel in self.panels}
        return {**{supplier.handle: supplier.name for supplier in self.suppliers}, **panels}


def problem_of(facts: Facts) -> bytes:
    """The day file of these facts, every list in the order of handles; raises nothing that the facts can cause."""
    return write_problem(_Translation(facts).problem())


def places_of(facts: Facts, plan: Plan) -> dict[UUID, Place]:
    """Where and when the plan puts the wished meetings, by the ids of the wishes."""
    rooms = {room.handle: room.id for room in facts.rooms}
    people = {person.handle: person.id for person in facts.people}
    return {
        facts.meetings[placed.id].id: Place(
            rooms[placed.room], _moment(facts.day, placed.start), tuple(people[handle] for handle in placed.people)
        )
        for placed in plan.meetings
    }


def session_places_of(facts: Facts, plan: Plan) -> dict[UUID, SessionPlace]:
    """Where and when the plan puts the sessions, by their ids."""
    rooms = {room.handle: room.id for room in facts.rooms}
    sessions = {session.handle: session.id for session in facts.sessions}
    return {
        sessions[placed.id]: SessionPlace(rooms[placed.room] if placed.room else None, _moment(facts.day, placed.start))
        for placed in plan.sessions
    }


def _moment(day: Day, minutes: int) -> datetime:
    return clock.wall(day.date, minutes, ZoneInfo(day.timezone)).astimezone(UTC)


class _Translation:
    """One dialogue's facts while they are put into the words of the solver."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.day = facts.day
        self.whole = Span(self.day.opens, self.day.closes)
        self.every_room = tuple(sorted(room.handle for room in facts.rooms))
        # Nobody presents before everybody has heard the same in the conference.
        self.plenaries = _handles(session for session in facts.sessions if session.kind == "plenary")

    def problem(self) -> Problem:
        day, facts = self.day, self.facts
        return Problem(
            day=asked.Day(day.date, day.timezone, day.opens, day.closes, day.step_minutes),
            rooms=tuple(self._room(room) for room in _by_handle(facts.rooms)),
            travel=asked.Travel(day.travel_minutes),
            people=tuple(self._person(person) for person in _by_handle(facts.people)),
            panels=tuple(self._panel(panel) for panel in _by_handle(facts.panels)),
            suppliers=tuple(self._supplier(supplier) for supplier in _by_handle(facts.suppliers)),
            sessions=tuple(self._session(session) for session in _by_handle(facts.sessions)),
            meetings=tuple(self._meeting(name, request) for name, request in facts.meetings.items()),
            announced=tuple(self._announced()),
        )

    def _room(self, room: Room) -> asked.Room:
        return asked.Room(room.handle, room.name, room.seats, frozenset(room.features), self._free(room.free))

    def _person(self, person: Person) -> asked.Person:
        buyers, suppliers = _by_id(self.facts.buyers), _by_id(self.facts.suppliers)
        barred = {one.supplier_id for one in self.facts.barred if one.person_id == person.id}
        return asked.Person(
            id=person.handle,
            buyer=buyers[person.buyer_id].handle,
            skills=frozenset(person.skills),
            free=self._free(person.free),
            barred=frozenset(suppliers[one].handle for one in barred if one in suppliers),
        )

    def _panel(self, panel: Panel) -> asked.Panel:
        needs = panel.needs
        return asked.Panel(
            id=self.facts.panel_ids[panel.id],
            members=tuple(sorted(person.handle for person in panel.members)),
            needs=asked.Needs(needs.get("people", 1), needs.get("buyers", 0), needs.get("skills", {})),
            rooms=tuple(sorted(panel.rooms)) or self.every_room,
            stays=panel.stays,
            pause_minutes=self.day.pause_minutes,
            stretch=None,
        )

    def _supplier(self, supplier: Supplier) -> asked.Supplier:
        wished = [(self._inside(start, end), weight) for start, end, weight in sorted(supplier.wishes)]
        return asked.Supplier(
            id=supplier.handle,
            seats=supplier.seats,
            online=supplier.online,
            free=self._there(supplier),
            wishes=tuple(asked.Wish(span, weight) for spans, weight in wished for span in spans),
        )

    def _session(self, session: DaySession) -> asked.Session:
        windows = self._free(session.windows)
        # Who comes late or leaves early misses a session that cannot be had: else no day at all would be possible.
        suppliers = [one for one in self.facts.suppliers if session.for_suppliers]
        people = [one for one in self.facts.people if session.for_people]
        return asked.Session(
            id=session.handle,
            title=session.title,
            kind=session.kind,
            minutes=session.minutes,
            windows=windows,
            rooms=tuple(sorted(session.rooms)) or (() if session.kind == "break" else self.every_room),
            suppliers=_handles(one for one in suppliers if _fits(session.minutes, windows, self._there(one))),
            panels=(),
            people=_handles(one for one in people if _fits(session.minutes, windows, self._free(one.free))),
            after=tuple(sorted(session.after)),
        )

    def _meeting(self, name: str, request: MeetingRequest) -> asked.Meeting:
        supplier = _by_id(self.facts.suppliers)[request.supplier_id]
        return asked.Meeting(
            id=name,
            parties=(supplier.handle, self.facts.panel_ids[request.panel_id]),
            minutes=request.minutes,
            required=False,
            weight=1,
            after=self.plenaries,
            windows=(self.whole,),
            rooms=self.every_room,
            start=None,
            room=None,
        )

    def _announced(self) -> Iterator[asked.AnnouncedMeeting]:
        rooms, booked = _by_id(self.facts.rooms), {one.request_id: one for one in self.facts.bookings}
        zone = ZoneInfo(self.day.timezone)
        for name, request in self.facts.meetings.items():
            booking = booked.get(request.id)
            # What was told of another date, before the day was moved, binds nobody on this one.
            if booking is not None and booking.starts_at.astimezone(zone).date() == self.day.date:
                start = clock.minutes_after_midnight(booking.starts_at, zone)
                yield asked.AnnouncedMeeting(name, start, rooms[booking.room_id].handle)

    def _there(self, supplier: Supplier) -> Windows:
        arrives = self.day.opens if supplier.arrives is None else supplier.arrives
        leaves = self.day.closes if supplier.leaves is None else supplier.leaves
        return self._inside(arrives, leaves)

    def _free(self, windows: Sequence[tuple[int, int]]) -> Windows:
        if not windows:
            return (self.whole,)
        return tuple(span for start, end in sorted(windows) for span in self._inside(start, end))

    def _inside(self, start: int, end: int) -> Windows:
        """What of a window lies inside the day and on its grid; nothing when no step of it does."""
        step = self.day.step_minutes
        span = Span(max(-(-start // step) * step, self.day.opens), min(end // step * step, self.day.closes))
        return (span,) if span.end > span.start else ()


def _fits(minutes: int, windows: Windows, free: Windows) -> bool:
    return any(
        min(window.end, there.end) - max(window.start, there.start) >= minutes for window in windows for there in free
    )


def _handles(things: Iterable[Supplier | Person | DaySession]) -> tuple[str, ...]:
    return tuple(sorted(thing.handle for thing in things))


def _by_handle(things: Iterable[Named]) -> list[Named]:
    return sorted(things, key=lambda thing: thing.handle)


def _by_id(things: Iterable[Thing]) -> dict[UUID, Thing]:
    return {thing.id: thing for thing in things}
