"""Tables of one-to-one meetings: requests, bookings, and the cells that nobody can claim twice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import Row, Table


class MeetingRequest(Row):
    """A supplier's wish to meet a panel; its id stays the same however often the meeting moves."""

    __tablename__ = "meeting_requests"
    __table_args__ = (UniqueConstraint("supplier_id", "panel_id"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    supplier_id: Mapped[UUID] = mapped_column(ForeignKey("suppliers.id"), index=True)
    panel_id: Mapped[UUID] = mapped_column(ForeignKey("panels.id"), index=True)
    minutes: Mapped[int]
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)


class Barred(Row):
    """A person who must not attend a supplier's meetings (conflict of interest)."""

    __tablename__ = "barred"
    __table_args__ = (UniqueConstraint("person_id", "supplier_id"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    supplier_id: Mapped[UUID] = mapped_column(ForeignKey("suppliers.id"), index=True)


class Booking(Row):
    """Where and when a requested meeting takes place; `people` are the ids of those who attend, sorted."""

    __tablename__ = "bookings"

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_requests.id"), unique=True)
    room_id: Mapped[UUID] = mapped_column(ForeignKey("rooms.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    people: Mapped[list[Any]] = mapped_column(default=list)
    booked_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)


class SessionTime(Row):
    """Where and when a session takes place; `room_id` is None when it needs no room."""

    __tablename__ = "session_times"

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id"), unique=True)
    room_id: Mapped[UUID | None] = mapped_column(ForeignKey("rooms.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)


class ClaimedCell(Table):
    """Five minutes of a room, supplier or person, claimed by one booking or session: the primary key is the promise.

    Cells are of five minutes whatever the grid of the day, so that another grid never lets two claims slip past each
    other. Neither a booking nor a session's time can be deleted while it holds cells.
    """

    __tablename__ = "claimed_cells"
    __table_args__ = (CheckConstraint("(booking_id IS NULL) <> (session_time_id IS NULL)", name="one_holder"),)

    resource_id: Mapped[UUID] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    booking_id: Mapped[UUID | None] = mapped_column(ForeignKey("bookings.id"), index=True)
    session_time_id: Mapped[UUID | None] = mapped_column(ForeignKey("session_times.id"), index=True)
