"""What is kept of solution proposals: questions, versions, answers, files."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.kernel.files import StoredFile
from app.proposals.canonical import canonical
from app.proposals.models import Answer, Proposal, ProposalQuestion
from app.proposals.schemas import AnswerOut, FileOut, ProposalOut, Receipt
from app.suppliers.models import Supplier


def questions(db: Session, dialogue_id: UUID) -> list[ProposalQuestion]:
    """The questions of a dialogue, by number."""
    mine = ProposalQuestion.dialogue_id == dialogue_id
    return list(db.scalars(sa.select(ProposalQuestion).where(mine).order_by(ProposalQuestion.number)))


def latest(db: Session, supplier_id: UUID) -> Proposal | None:
    """The last version of what a supplier has sent in, which is the one that counts."""
    versions = sa.select(Proposal).where(Proposal.supplier_id == supplier_id)
    return db.scalars(versions.order_by(Proposal.version.desc()).limit(1)).one_or_none()


def answers(db: Session, proposal: Proposal) -> dict[int, str]:
    """The answers of a proposal by the number of their question, in order."""
    given = (
        sa.select(ProposalQuestion.number, Answer.text)
        .join(ProposalQuestion, ProposalQuestion.id == Answer.question_id)
        .where(Answer.proposal_id == proposal.id)
        .order_by(ProposalQuestion.number)
    )
    return dict(db.execute(given).all())


def file(db: Session, proposal: Proposal) -> StoredFile | None:
    """The file that came with a proposal."""
    return None if proposal.file_id is None else db.get_one(StoredFile, proposal.file_id)


def receipt(db: Session, proposal: Proposal) -> Receipt:
    """The receipt for a proposal."""
    kept = file(db, proposal)
    return Receipt(
        version=proposal.version,
        submitted_at=proposal.submitted_at,
        sha256=proposal.sha256,
        file=None if kept is None else FileOut.model_validate(kept),
    )


def whole(db: Session, proposal: Proposal) -> ProposalOut:
    """A proposal with its answers and its receipt."""
    listed = [AnswerOut(number=number, text=text) for number, text in answers(db, proposal).items()]
    return ProposalOut(**receipt(db, proposal).model_dump(), answers=listed)


def canonical_bytes(db: Session, proposal: Proposal) -> bytes:
    """The very bytes whose SHA-256 stands in the receipt."""
    kept = file(db, proposal)
    return canonical(answers(db, proposal), None if kept is None else kept.sha256)


def has_proposals(db: Session, dialogue_id: UUID) -> bool:
    """Whether any supplier of a dialogue has sent in a proposal."""
    sent = sa.exists().where(Proposal.supplier_id == Supplier.id, Supplier.dialogue_id == dialogue_id)
    return bool(db.scalar(sa.select(sent)))
