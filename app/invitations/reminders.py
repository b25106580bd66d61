"""Reminders: of what somebody is reminded, when, and which have been written. Deciding is pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.invitations.difference import Said
from app.kernel import clock
from app.kernel.db import EnumText, Row


class Ahead(StrEnum):
    """How long before the first appointment of somebody's day the reminder comes."""

    TWO_DAYS = "two_days"
    TWO_HOURS = "two_hours"


SPANS = {Ahead.TWO_DAYS: timedelta(days=2), Ahead.TWO_HOURS: timedelta(hours=2)}
# A server that was down comes too late with the first of them; the second follows before long.
LATEST = {Ahead.TWO_DAYS: timedelta(hours=6), Ahead.TWO_HOURS: timedelta(0)}


class Reminder(Row):
    """A reminder that has been written: one for each person, day and kind, however often the day is changed.

    `supplier_id` is whose contact was reminded; with the people of the supplier, the reminder is forgotten.
    """

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("dialogue_id", "recipient", "day", "ahead"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    recipient: Mapped[str]
    day: Mapped[date]
    ahead: Mapped[Ahead] = mapped_column(EnumText(Ahead))
    supplier_id: Mapped[UUID | None]
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


@dataclass(frozen=True, slots=True)
class Standing:
    """An appointment that stands for somebody who has not declined it, and when that was told last."""

    said: Said
    told_at: datetime

    @property
    def day(self) -> date:
        """The day that it is on, at the place."""
        return self.said.starts_at.astimezone(clock.OSLO).date()


def reminder_due(day: Sequence[Standing], now: datetime) -> Ahead | None:
    """Which reminder of one person's day is to be written by now, if any.

    There is none of a day of which everything has been told within the same span: whoever was invited an hour ago
    knows.
    """
    first = min((one.said.starts_at for one in day), default=now)
    for ahead in (Ahead.TWO_HOURS, Ahead.TWO_DAYS):
        is_time = first - SPANS[ahead] <= now < first - LATEST[ahead]
        if is_time and any(one.told_at <= one.said.starts_at - SPANS[ahead] for one in day):
            return ahead
    return None
