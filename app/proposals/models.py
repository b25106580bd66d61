"""Tables of solution proposals."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import Row


class ProposalQuestion(Row):
    """One question that every supplier answers, with its limit in words."""

    __tablename__ = "proposal_questions"
    __table_args__ = (UniqueConstraint("dialogue_id", "number"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    number: Mapped[int]
    text: Mapped[str]
    word_limit: Mapped[int] = mapped_column(default=500)


class Proposal(Row):
    """One version of what a supplier has sent in; the last version counts.

    `sha256` is the hash of the whole proposal in canonical form, and stands in the receipt.
    """

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("supplier_id", "version"),)

    supplier_id: Mapped[UUID] = mapped_column(ForeignKey("suppliers.id"), index=True)
    version: Mapped[int]
    submitted_at: Mapped[datetime] = mapped_column(default=clock.now)
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    sha256: Mapped[str] = mapped_column(String(64))


class Answer(Row):
    """A supplier's answer to one question, in one version of its proposal."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("proposal_id", "question_id"),)

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposals.id"), index=True)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("proposal_questions.id"))
    text: Mapped[str]
