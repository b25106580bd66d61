"""Tables of registration."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import EnumText, Row
from app.kernel.settings import Language


class RegisterState(StrEnum):
    """What Enhetsregisteret has said of an organisation number."""

    NOT_CHECKED = "not_checked"
    ACTIVE = "active"
    BANKRUPT = "bankrupt"
    WINDING_UP = "winding_up"
    DELETED = "deleted"
    REMOVED = "removed"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """How a supplier stands in its dialogue."""

    REGISTERED = "registered"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


NORWAY = "NO"


class Supplier(Row):
    """A company that has registered for one dialogue, and confirmed it or been registered by the organiser.

    `organisation_number` is the Norwegian number, or what `country` (ISO 3166) gives its companies. `arrives` and
    `leaves` are minutes after midnight of the day, by the clock on the wall; `wishes` is a list of
    `[from, to, weight]` in the same minutes. `seats` is how many persons come; `attendees` are the names of those who
    are named, `more_contacts` a list of `[name, address]`. `needs` is forgotten after the day. One that has been
    withdrawn stands as history: a company that registers once more becomes a new supplier, and sees nothing of the
    one before. One that is waiting for a place takes no part before it gets one.
    """

    __tablename__ = "suppliers"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "handle"),
        Index(
            "uq_suppliers_dialogue_id_country_organisation_number",
            "dialogue_id",
            "country",
            "organisation_number",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    handle: Mapped[str]
    country: Mapped[str] = mapped_column(Text(), default=NORWAY)
    organisation_number: Mapped[str]
    register_state: Mapped[RegisterState] = mapped_column(EnumText(RegisterState), default=RegisterState.NOT_CHECKED)
    register_name: Mapped[str | None]
    register_form: Mapped[str | None]
    register_since: Mapped[date | None]
    register_checked_at: Mapped[datetime | None]
    name: Mapped[str]
    contact_name: Mapped[str]
    contact_email: Mapped[str]
    contact_phone: Mapped[str | None]
    new_contact_email: Mapped[str | None]
    more_contacts: Mapped[list[Any]] = mapped_column(default=list)
    seats: Mapped[int]
    attendees: Mapped[list[Any]] = mapped_column(default=list)
    needs: Mapped[str | None]
    topics: Mapped[str | None]
    online: Mapped[bool] = mapped_column(default=False)
    arrives: Mapped[int | None]
    leaves: Mapped[int | None]
    wishes: Mapped[list[Any]] = mapped_column(default=list)
    wants_meeting: Mapped[bool] = mapped_column(default=True)
    on_partner_list: Mapped[bool] = mapped_column(default=False)
    language: Mapped[Language] = mapped_column(Text(), default="nb")
    registered_at: Mapped[datetime] = mapped_column(default=clock.now)
    waiting_since: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    @property
    def standing(self) -> Standing:
        """How it stands in its dialogue just now."""
        if self.withdrawn_at is not None:
            return Standing.WITHDRAWN
        return Standing.WAITING if self.waiting_since is not None else Standing.REGISTERED

    @property
    def shown_number(self) -> str:
        """The organisation number as people read it: 313 204 863, or SE 5560360793."""
        number = self.organisation_number
        return f"{number[:3]} {number[3:6]} {number[6:]}" if self.country == NORWAY else f"{self.country} {number}"


class UnconfirmedRegistration(Row):
    """What somebody has asked for and not confirmed by the letter: it counts nowhere, and is forgotten when it lapses.

    Several may stand for one company, and bar nobody; `registration` is a schemas.Registration as JSON.
    """

    __tablename__ = "unconfirmed_registrations"

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    address: Mapped[str] = mapped_column(index=True)
    registration: Mapped[dict[str, Any]]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)


class RegisterEntry(Row):
    """What Enhetsregisteret last said of one organisation number; `since` is the day of a bankruptcy or deletion."""

    __tablename__ = "register_entries"

    number: Mapped[str] = mapped_column(unique=True)
    state: Mapped[RegisterState] = mapped_column(EnumText(RegisterState))
    name: Mapped[str | None]
    form: Mapped[str | None]
    since: Mapped[date | None]
    fetched_at: Mapped[datetime] = mapped_column(default=clock.now)
