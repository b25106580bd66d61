"""Tables of booking: the desk where a day's times are given out, what is held for a while, and who did what."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import EnumText, Row


class DeskState(StrEnum):
    """Whether times can be given out at a desk."""

    WAITING = "waiting"
    LAYING = "laying"
    READY = "ready"
    FAILED = "failed"


class Desk(Row):
    """One dialogue's lawful timetable that holds every promise, and the facts that it was laid on.

    `problem` is the day file that it was laid from and `plan` the solver's plan of it, for an auditor to run again;
    `names` tells whom they mean. `placements` is the timetable as it has become: `[start, room, people]` by the id of
    the meeting, in the words of the day file. It is good as long as `facts_version` is the dialogue's.
    """

    __tablename__ = "booking_desks"

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), unique=True)
    state: Mapped[DeskState] = mapped_column(EnumText(DeskState), default=DeskState.WAITING)
    facts_version: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(default="", deferred=True)
    plan: Mapped[str] = mapped_column(default="", deferred=True)
    names: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)
    placements: Mapped[dict[str, Any]] = mapped_column(default=dict)
    laid_at: Mapped[datetime] = mapped_column(default=clock.now)


class Hold(Row):
    """A time that is kept for a supplier while it decides; nobody else can have it before `until`."""

    __tablename__ = "booking_holds"

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    supplier_id: Mapped[UUID] = mapped_column(ForeignKey("suppliers.id"), unique=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_requests.id"))
    starts_at: Mapped[datetime]
    until: Mapped[datetime]


class ActKind(StrEnum):
    """What a supplier did at the desk."""

    TOOK = "took"
    MOVED = "moved"
    GAVE_BACK = "gave_back"


class Act(Row):
    """One thing that a supplier did at the desk; a `key` of its own makes the same order, sent twice, one act."""

    __tablename__ = "booking_acts"
    __table_args__ = (UniqueConstraint("supplier_id", "key"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    supplier_id: Mapped[UUID] = mapped_column(ForeignKey("suppliers.id"), index=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_requests.id"))
    kind: Mapped[ActKind] = mapped_column(EnumText(ActKind))
    starts_at: Mapped[datetime | None]
    key: Mapped[str | None] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(default=clock.now)
