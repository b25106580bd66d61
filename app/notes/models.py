"""Tables of the dialogue note, and of the documents beside it."""

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


class Document(Row):
    """A file that the organiser has published beside the note; one that was withdrawn is shown to nobody."""

    __tablename__ = "documents"

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    title: Mapped[str]
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
    published_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
