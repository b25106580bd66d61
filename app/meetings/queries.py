"""Reads of one-to-one meetings: everything of a dialogue that has a time, and who is there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.models import Panel, Person, Room
from app.days.models import Session as DaySession
from app.days.service import panels_of, people_of, rooms_of, sessions_of
from app.kernel import clock
from app.meetings.models import Barred, Booking, MeetingRequest, SessionTime
from app.meetings.schemas import Place, SessionPlace
from app.suppliers.models import Supplier
from app.suppliers.service import of_dialogue

_MIDNIGHT = 24 * 60


class AppointmentKind(StrEnum):
    """What somebody has in the calendar."""

    SESSION = "session"
    BREAK = "break"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something that takes place: when, where, and who is there, each sorted by handle.

    `uid` is the meeting request's id, or the session's: it stays the same however often the time changes. `title`
    is empty for a meeting; `room` is None when none is needed; moments are in UTC.
    """

    uid: UUID
    kind: AppointmentKind
    title: str
    starts_at: datetime
    ends_at: datetime
    room: Room | None
    suppliers: tuple[Supplier, ...]
    panels: tuple[Panel, ...]
    people: tuple[Person, ...]
    changed_at: datetime


def appointments(db: Session, dialogue_id: UUID) -> list[Appointment]:
    """Everything of a dialogue that has a time, by its start; meetings of the withdrawn are not among it."""
    return _appointments(db, dialogue_id, bookings_of(db, dialogue_id), session_times_of(db, dialogue_id))


def appointments_at(
    db: Session, dialogue_id: UUID, places: Mapping[UUID, Place], session_places: Mapping[UUID, SessionPlace]
) -> list[Appointment]:
    """What `appointments` would be if wishes and sessions had these places, by their ids, and the others none.

    Nothing is written; who comes to what is as it is now.
    """
    wishes, sessions = requests_of(db, dialogue_id), {one.id: one for one in sessions_of(db, dialogue_id)}
    bookings = {one: _imagined_booking(wishes[one], place) for one, place in places.items()}
    times = {one: _imagined_time(sessions[one], place) for one, place in session_places.items()}
    return _appointments(db, dialogue_id, bookings, times)


def _imagined_booking(asked: MeetingRequest, place: Place) -> Booking:
    starts_at, people = place.starts_at.astimezone(UTC), sorted(str(one) for one in place.people or ())
    ends_at = starts_at + timedelta(minutes=asked.minutes)
    return Booking(room_id=place.room_id, starts_at=starts_at, ends_at=ends_at, people=people, changed_at=clock.now())


def _imagined_time(session: DaySession, place: SessionPlace) -> SessionTime:
    starts_at = place.starts_at.astimezone(UTC)
    ends_at = starts_at + timedelta(minutes=session.minutes)
    return SessionTime(room_id=place.room_id, starts_at=starts_at, ends_at=ends_at, changed_at=clock.now())


def _appointments(
    db: Session, dialogue_id: UUID, bookings: Mapping[UUID, Booking], times: Mapping[UUID, SessionTime]
) -> list[Appointment]:
    those, wishes = those_of(db, dialogue_id), requests_of(db, dialogue_id)
    sessions = {one.id: one for one in sessions_of(db, dialogue_id)}
    found = [
        *(_of_session(sessions[one], time, those) for one, time in times.items()),
        *(
            _of_meeting(wishes[one], booking, those)
            for one, booking in bookings.items()
            if wishes[one].supplier_id in those.suppliers
        ),
    ]
    return sorted(found, key=lambda one: (one.starts_at, one.uid))


def _of_meeting(request: MeetingRequest, booking: Booking, those: "Those") -> Appointment:
    return Appointment(
        uid=request.id,
        kind=AppointmentKind.MEETING,
        title="",
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        room=those.rooms[booking.room_id],
        suppliers=(those.suppliers[request.supplier_id],),
        panels=(those.panels[request.panel_id],),
        people=those.named(booking.people),
        changed_at=booking.changed_at,
    )


def _of_session(session: DaySession, time: SessionTime, those: "Those") -> Appointment:
    suppliers, people = those.at(session, time)
    return Appointment(
        uid=session.id,
        kind=AppointmentKind.BREAK if session.kind == "break" else AppointmentKind.SESSION,
        title=session.title,
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        room=those.rooms[time.room_id] if time.room_id else None,
        suppliers=suppliers,
        panels=tuple(those.panels.values()) if session.for_people else (),
        people=people,
        changed_at=time.changed_at,
    )


@dataclass(frozen=True, slots=True)
class Those:
    """Everyone and every room of a dialogue by id, in the order of their handles; the withdrawn are left out."""

    rooms: dict[UUID, Room]
    suppliers: dict[UUID, Supplier]
    panels: dict[UUID, Panel]
    people: dict[UUID, Person]

    def named(self, ids: Iterable[str]) -> tuple[Person, ...]:
        """The people with these ids."""
        wanted = set(ids)
        return tuple(person for person in self.people.values() if str(person.id) in wanted)

    def at(self, session: DaySession, time: SessionTime) -> tuple[tuple[Supplier, ...], tuple[Person, ...]]:
        """Who comes to a session at its time: everyone it is for who is at the place of the day then."""
        start, end = (clock.minutes_after_midnight(moment) for moment in (time.starts_at, time.ends_at))
        suppliers = self.suppliers.values() if session.for_suppliers else ()
        people = self.people.values() if session.for_people else ()
        return (
            tuple(one for one in suppliers if (one.arrives or 0) <= start and end <= (one.leaves or _MIDNIGHT)),
            tuple(one for one in people if not one.free or any(come <= start and end <= go for come, go in one.free)),
        )


def those_of(db: Session, dialogue_id: UUID) -> Those:
    """Everyone and every room of a dialogue."""
    return Those(
        rooms={room.id: room for room in rooms_of(db, dialogue_id)},
        suppliers={supplier.id: supplier for supplier in of_dialogue(db, dialogue_id)},
        panels={panel.id: panel for panel in panels_of(db, dialogue_id)},
        people={person.id: person for person in people_of(db, dialogue_id)},
    )


def requests_of(db: Session, dialogue_id: UUID) -> dict[UUID, MeetingRequest]:
    """The wishes for meetings, by their ids."""
    asked = sa.select(MeetingRequest).where(MeetingRequest.dialogue_id == dialogue_id)
    return {one.id: one for one in db.scalars(asked.order_by(MeetingRequest.id))}


def request_of(db: Session, supplier_id: UUID, panel_id: UUID) -> MeetingRequest | None:
    """A supplier's wish to meet a panel; None when there is none."""
    same = sa.and_(MeetingRequest.supplier_id == supplier_id, MeetingRequest.panel_id == panel_id)
    return db.scalars(sa.select(MeetingRequest).where(same)).one_or_none()


def barred_of(db: Session, dialogue_id: UUID) -> list[Barred]:
    """Who must not meet whom, in the dialogue."""
    barred = sa.select(Barred).join(Supplier, Supplier.id == Barred.supplier_id)
    return list(db.scalars(barred.where(Supplier.dialogue_id == dialogue_id).order_by(Barred.id)))


def bookings_of(db: Session, dialogue_id: UUID) -> dict[UUID, Booking]:
    """The booked meetings, by the ids of their requests."""
    booked = sa.select(Booking).where(Booking.dialogue_id == dialogue_id).order_by(Booking.request_id)
    return {booking.request_id: booking for booking in db.scalars(booked)}


def bookings_by_request(db: Session, requests: Collection[UUID]) -> dict[UUID, Booking]:
    """The times that these wished meetings have."""
    return {one.request_id: one for one in db.scalars(sa.select(Booking).where(Booking.request_id.in_(requests)))}


def booking_of(db: Session, request_id: UUID) -> Booking | None:
    """The time of a requested meeting; None when it has none."""
    return db.scalars(sa.select(Booking).where(Booking.request_id == request_id)).one_or_none()


def session_times_of(db: Session, dialogue_id: UUID) -> dict[UUID, SessionTime]:
    """The times of sessions, by the ids of the sessions."""
    timed = sa.select(SessionTime).where(SessionTime.dialogue_id == dialogue_id).order_by(SessionTime.session_id)
    return {time.session_id: time for time in db.scalars(timed)}
