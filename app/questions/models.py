"""Tables of questions and answers: what a supplier asks, and what all are told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import Row


class SharedAnswer(Row):
    """A question in the organiser's words, and its answer: a draft until it is published to all at once.

    `number` counts what has been published, and nothing else. A correction makes the next `version`; the trail holds
    the earlier ones.
    """

    __tablename__ = "shared_answers"
    __table_args__ = (UniqueConstraint("dialogue_id", "number"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    number: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    wording: Mapped[str]
    text: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_at: Mapped[datetime | None]
    corrected_at: Mapped[datetime | None]


class Question(Row):
    """What a supplier has asked, in its own words, which nobody but it and the organiser sees.

    `answer_id` is the answer, draft or published, that it was taken into; `declined_because` is why it gets none.
    """

    __tablename__ = "questions"

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    supplier_id: Mapped[UUID] = mapped_column(ForeignKey("suppliers.id"), index=True)
    text: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    answer_id: Mapped[UUID | None] = mapped_column(ForeignKey("shared_answers.id"), index=True)
    declined_because: Mapped[str | None]
    declined_at: Mapped[datetime | None]
