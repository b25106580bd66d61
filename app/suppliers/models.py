"""Tables of registration."""

from datetime import datetime
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


class Supplier(Row):
    """A company that has registered for one dialogue.

    `arrives` and `leaves` are minutes after midnight of the day, by the clock on the wall; `wishes` is a list of
    `[from, to, weight]` in the same minutes. `seats` is how many persons come. One that has been withdrawn stands
    as history: a company that registers once more becomes a new supplier, and sees nothing of the one before.
    """

    __tablename__ = "suppliers"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "handle"),
        Index(
            "uq_suppliers_dialogue_id_organisation_number",
            "dialogue_id",
            "organisation_number",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    handle: Mapped[str]
    organisation_number: Mapped[str]
    register_state: Mapped[RegisterState] = mapped_column(EnumText(RegisterState), default=RegisterState.NOT_CHECKED)
    name: Mapped[str]
    contact_name: Mapped[str]
    contact_email: Mapped[str]
    seats: Mapped[int]
    online: Mapped[bool] = mapped_column(default=False)
    arrives: Mapped[int | None]
    leaves: Mapped[int | None]
    wishes: Mapped[list[Any]] = mapped_column(default=list)
    wants_meeting: Mapped[bool] = mapped_column(default=True)
    language: Mapped[Language] = mapped_column(Text(), default="nb")
    registered_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
