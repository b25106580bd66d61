"""Tables of the day. Times of day are minutes after midnight by the clock on the wall in the zone of the day."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel import clock
from app.kernel.db import EnumText, Row


class Day(Row):
    """The frame of a dialogue day: its hours, its grid, and what a one-to-one meeting is."""

    __tablename__ = "days"

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), unique=True)
    date: Mapped[date]
    timezone: Mapped[str] = mapped_column(default="Europe/Oslo")
    opens: Mapped[int]
    closes: Mapped[int]
    step_minutes: Mapped[int] = mapped_column(default=5)
    meeting_minutes: Mapped[int] = mapped_column(default=45)
    pause_minutes: Mapped[int] = mapped_column(default=15)
    travel_minutes: Mapped[int] = mapped_column(default=0)


class Room(Row):
    """A room at the place of the day; `free` is a list of `[from, to]`, empty for the whole day.

    `email` is the mailbox that keeps the room's own calendar; None where it has none.
    """

    __tablename__ = "rooms"
    __table_args__ = (UniqueConstraint("dialogue_id", "handle"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    handle: Mapped[str]
    name: Mapped[str]
    email: Mapped[str | None]
    seats: Mapped[int]
    features: Mapped[list[Any]] = mapped_column(default=list)
    free: Mapped[list[Any]] = mapped_column(default=list)


class Person(Row):
    """Somebody from a buyer who may sit in panels."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("dialogue_id", "handle"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    buyer_id: Mapped[UUID] = mapped_column(ForeignKey("buyers.id"), index=True)
    handle: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="nb")
    skills: Mapped[list[Any]] = mapped_column(default=list)
    free: Mapped[list[Any]] = mapped_column(default=list)


class Source(StrEnum):
    """Where a calendar came from."""

    FILE = "file"
    ADDRESS = "address"


class BusyReading(Row):
    """When a person is busy on the day, as read from the person's calendar last; nothing comes of it until it is used.

    `periods` is a list of `[from, to, is tentative]`. Of an address only the SHA-256 is kept, beside the `etag` that
    its server gave: it opens somebody's whole calendar, and is given anew when it is to be read anew.
    """

    __tablename__ = "busy_readings"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), unique=True)
    source: Mapped[Source] = mapped_column(EnumText(Source))
    place_hash: Mapped[str | None] = mapped_column(String(64))
    etag: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
    periods: Mapped[list[Any]] = mapped_column(default=list)
    read_at: Mapped[datetime] = mapped_column(default=clock.now)
    used_at: Mapped[datetime | None]


class Panel(Row):
    """People who meet suppliers together; `needs` is as in the day format, `rooms` are handles, empty for any room."""

    __tablename__ = "panels"
    __table_args__ = (UniqueConstraint("dialogue_id", "handle"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    handle: Mapped[str]
    name: Mapped[str]
    needs: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rooms: Mapped[list[Any]] = mapped_column(default=list)
    stays: Mapped[bool] = mapped_column(default=True)

    members: Mapped[list[Person]] = relationship(
        secondary="panel_members", order_by=Person.handle, viewonly=True, lazy="raise"
    )


class PanelMember(Row):
    """One person's place in one panel."""

    __tablename__ = "panel_members"
    __table_args__ = (UniqueConstraint("panel_id", "person_id"),)

    panel_id: Mapped[UUID] = mapped_column(ForeignKey("panels.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)


class Session(Row):
    """A part of the programme: the plenary, lunch, a workshop.

    `windows` is a list of `[from, to]`; `rooms` and `after` are handles. Who comes is `for_suppliers` and
    `for_people`: everyone of the kind, or nobody.
    """

    __tablename__ = "sessions"
    __table_args__ = (UniqueConstraint("dialogue_id", "handle"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    handle: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    minutes: Mapped[int]
    windows: Mapped[list[Any]] = mapped_column(default=list)
    rooms: Mapped[list[Any]] = mapped_column(default=list)
    for_suppliers: Mapped[bool] = mapped_column(default=True)
    for_people: Mapped[bool] = mapped_column(default=True)
    after: Mapped[list[Any]] = mapped_column(default=list)
