"""Tables of the dialogue note."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import Row


class Note(Row):
    """One published version of a dialogue note, in its five parts; a published version is never changed."""

    __tablename__ = "notes"
    __table_args__ = (UniqueConstraint("dialogue_id", "version"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    version: Mapped[int]
    background: Mapped[str]
    challenges: Mapped[str]
    needs: Mapped[str]
    invitation: Mapped[str]
    next_steps: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(default=clock.now)
