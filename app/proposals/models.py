"""Tables of solution proposals."""

from datetime import datetime
from typing import Any
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

    `sha256` is the hash of the whole proposal in the canonical form of its `format`, and stands in the receipt. `late`
    is one that came in after the deadline, where the dialogue takes such. `reason` is why the supplier claims parts
    of it to be trade secrets.
    """

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("supplier_id", "version"),)

    supplier_id: Mapped[UUID] = mapped_column(ForeignKey("suppliers.id"), index=True)
    version: Mapped[int]
    submitted_at: Mapped[datetime] = mapped_column(default=clock.now)
    late: Mapped[bool] = mapped_column(default=False)
    format: Mapped[int]
    reason: Mapped[str | None]
    sha256: Mapped[str] = mapped_column(String(64))


class Answer(Row):
    """A supplier's answer to one question, in one version of its proposal.

    `claimed` is one that the supplier claims to be a trade secret from end to end.
    """

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("proposal_id", "question_id"),)

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposals.id"), index=True)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("proposal_questions.id"))
    text: Mapped[str]
    claimed: Mapped[bool] = mapped_column(default=False)


class ProposalFile(Row):
    """A file in one version of a proposal; later versions may keep the same file."""

    __tablename__ = "proposal_files"
    __table_args__ = (UniqueConstraint("proposal_id", "file_id"),)

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposals.id"), index=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
    claimed: Mapped[bool] = mapped_column(default=False)


class Draft(Row):
    """What a supplier has written and not sent: a proposal as it crosses the door, which need not be complete."""

    __tablename__ = "drafts"

    supplier_id: Mapped[UUID] = mapped_column(ForeignKey("suppliers.id"), unique=True)
    proposal: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime] = mapped_column(default=clock.now)


class Unsealing(Row):
    """When the seal on the proposals of a dialogue was broken, and the two persons who did it together."""

    __tablename__ = "unsealings"

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), unique=True)
    first_person: Mapped[str]
    second_person: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
