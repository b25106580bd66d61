"""Tables of the dialogue: what is asked of the market, by whom, and when."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import EnumText, Row


class Phase(StrEnum):
    """How far a dialogue has come."""

    DRAFT = "draft"
    OPEN = "open"
    PLANNED = "planned"
    CLOSED = "closed"


class BuyerRole(StrEnum):
    """What part a municipality has in a joint dialogue."""

    LEAD = "lead"
    BUYER = "buyer"
    OPTION = "option"
    PROCESS_ONLY = "process_only"
    OBSERVER = "observer"


class Decision(StrEnum):
    """Whether a municipality has a political decision to buy."""

    MADE = "made"
    PENDING = "pending"
    NOT_SOUGHT = "not_sought"


class LateRule(StrEnum):
    """What becomes of a proposal that comes in after the deadline."""

    REFUSE = "refuse"
    MARK = "mark"


class BookingWay(StrEnum):
    """How suppliers come by the times of their meetings."""

    WISHES_THEN_PLAN = "wishes_then_plan"
    FIRST_COME = "first_come"


class Dialogue(Row):
    """One market dialogue, from the dialogue note to the published outcome.

    `facts_version` grows with every change that a plan of the day depends on, so that a plan made on old facts
    can be told from one made on the present ones. `questions_due_at` is None where questions are taken in until
    registration closes. `changed_at` is when what everybody sees last changed; `folded` is what the search looks in.
    Before `sealed_until`, and before two persons have broken the seal after it, nobody but its supplier reads a
    proposal; where it is None there is no seal. `places` is how many companies may take part; None is no limit.
    `quiet_minutes` is how long people are written nothing of a change, so that further changes make one letter.
    `reminds` is whether people get a letter two days and two hours before their day begins.
    """

    __tablename__ = "dialogues"

    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str]
    place: Mapped[str]
    organiser_name: Mapped[str]
    organiser_email: Mapped[str]
    phase: Mapped[Phase] = mapped_column(EnumText(Phase), default=Phase.DRAFT)
    held_on: Mapped[date]
    announced_at: Mapped[datetime]
    registration_closes_at: Mapped[datetime]
    proposals_due_at: Mapped[datetime]
    questions_due_at: Mapped[datetime | None]
    plan_told_at: Mapped[datetime]
    summary_due_on: Mapped[date]
    late_rule: Mapped[LateRule] = mapped_column(EnumText(LateRule), default=LateRule.REFUSE)
    sealed_until: Mapped[datetime | None]
    places: Mapped[int | None]
    booking: Mapped[BookingWay] = mapped_column(EnumText(BookingWay), default=BookingWay.WISHES_THEN_PLAN)
    booking_opens_at: Mapped[datetime | None]
    booking_closes_at: Mapped[datetime | None]
    quiet_minutes: Mapped[int] = mapped_column(default=10, server_default="10")
    reminds: Mapped[bool] = mapped_column(default=True, server_default=true())
    facts_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    folded: Mapped[str] = mapped_column(default="", server_default="")


class Buyer(Row):
    """A municipality that takes part in a dialogue."""

    __tablename__ = "buyers"
    __table_args__ = (UniqueConstraint("dialogue_id", "handle"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    handle: Mapped[str]
    name: Mapped[str]
    organisation_number: Mapped[str | None]
    role: Mapped[BuyerRole] = mapped_column(EnumText(BuyerRole))
    decision: Mapped[Decision] = mapped_column(EnumText(Decision), default=Decision.NOT_SOUGHT)
    inhabitants: Mapped[int | None]
