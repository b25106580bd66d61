"""Reads of one-to-one meetings: everything of a dialogue that has a time, and who is there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.models import Panel, Person, Room
from app.days.models import Session as DaySession
from app.meetings.models import Booking, MeetingRequest, SessionTime
from app.suppliers.models import Supplier

Thing = TypeVar("Thing", Room, Supplier, Panel, Person)


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
    those = _Those.of(db, dialogue_id)
    found = [*_of_sessions(db, dialogue_id, those), *_of_meetings(db, dialogue_id, those)]
    return sorted(found, key=lambda one: (one.starts_at, one.uid))


@dataclass(frozen=True, slots=True)
class _Those:
    """Everyone and every room of a dialogue by id, in the order of their handles; the withdrawn are left out."""

    rooms: dict[UUID, Room]
    suppliers: dict[UUID, Supplier]
    panels: dict[UUID, Panel]
    people: dict[UUID, Person]

    @classmethod
    def of(cls, db: Session, dialogue_id: UUID) -> "_Those":
        suppliers = sa.select(Supplier).where(Supplier.dialogue_id == dialogue_id, Supplier.withdrawn_at.is_(None))
        return cls(
            rooms=_by_id(db.scalars(sa.select(Room).where(Room.dialogue_id == dialogue_id).order_by(Room.handle))),
            suppliers=_by_id(db.scalars(suppliers.order_by(Supplier.handle))),
            panels=_by_id(db.scalars(sa.select(Panel).where(Panel.dialogue_id == dialogue_id).order_by(Panel.handle))),
            people=_by_id(
                db.scalars(sa.select(Person).where(Person.dialogue_id == dialogue_id).order_by(Person.handle))
            ),
        )

    def attending(self, ids: Iterable[str]) -> tuple[Person, ...]:
        wanted = {UUID(one) for one in ids}
        return tuple(person for person in self.people.values() if person.id in wanted)


def _by_id(things: Iterable[Thing]) -> dict[UUID, Thing]:
    return {thing.id: thing for thing in things}


def _of_meetings(db: Session, dialogue_id: UUID, those: _Those) -> Iterator[Appointment]:
    booked = sa.select(Booking, MeetingRequest).join(MeetingRequest, MeetingRequest.id == Booking.request_id)
    for booking, request in db.execute(booked.where(Booking.dialogue_id == dialogue_id)):
        if request.supplier_id not in those.suppliers:
            continue
        yield Appointment(
            uid=request.id,
            kind=AppointmentKind.MEETING,
            title="",
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            room=those.rooms[booking.room_id],
            suppliers=(those.suppliers[request.supplier_id],),
            panels=(those.panels[request.panel_id],),
            people=those.attending(booking.people),
            changed_at=booking.changed_at,
        )


def _of_sessions(db: Session, dialogue_id: UUID, those: _Those) -> Iterator[Appointment]:
    timed = sa.select(SessionTime, DaySession).join(DaySession, DaySession.id == SessionTime.session_id)
    for time, session in db.execute(timed.where(SessionTime.dialogue_id == dialogue_id)):
        yield Appointment(
            uid=session.id,
            kind=AppointmentKind.BREAK if session.kind == "break" else AppointmentKind.SESSION,
            title=session.title,
            starts_at=time.starts_at,
            ends_at=time.ends_at,
            room=those.rooms[time.room_id] if time.room_id else None,
            suppliers=tuple(those.suppliers.values()) if session.for_suppliers else (),
            panels=tuple(those.panels.values()) if session.for_people else (),
            people=tuple(those.people.values()) if session.for_people else (),
            changed_at=time.changed_at,
        )
