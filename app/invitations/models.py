"""Tables of what people have been told, and of what waits to be told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import Row


class Told(Row):
    """What one person was last told of one appointment.

    `uid` is the appointment's, the same for its whole life (RFC 5545 3.8.4.7); `sequence` is that of RFC 5546
    2.1.4; `said` is the content of the last letter, to be held against what is so; `cancelled_at` is set when the
    last letter took the appointment back.
    """

    __tablename__ = "told"
    __table_args__ = (UniqueConstraint("uid", "recipient"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    uid: Mapped[UUID] = mapped_column(index=True)
    recipient: Mapped[str]
    sequence: Mapped[int]
    said: Mapped[dict[str, Any]]
    said_hash: Mapped[str] = mapped_column(String(64))
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"))
    told_at: Mapped[datetime] = mapped_column(default=clock.now)
    cancelled_at: Mapped[datetime | None]


class Telling(Row):
    """What a dialogue's people are to be told once it has been quiet for a while.

    `since` is the first change that they have not been told of; at `due_at` they are told. There is none when
    everybody has been told everything.
    """

    __tablename__ = "tellings"

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), unique=True)
    since: Mapped[datetime]
    due_at: Mapped[datetime]
