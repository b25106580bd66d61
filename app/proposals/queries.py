"""What is kept of solution proposals: questions, versions, answers, files, drafts, and whether they are sealed."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.kernel.files import StoredFile
from app.proposals import shareable
from app.proposals.canonical import Given, GivenAnswer, GivenFile, canonical
from app.proposals.models import Answer, Draft, Proposal, ProposalFile, ProposalQuestion, Unsealing
from app.proposals.schemas import AnswerIn, AnswerOut, ArrivalOut, FileOut, KeptFile, ProposalIn, ProposalOut, Receipt
from app.suppliers.models import Supplier


def questions(db: Session, dialogue_id: UUID) -> list[ProposalQuestion]:
    """The questions of a dialogue, by number."""
    mine = ProposalQuestion.dialogue_id == dialogue_id
    return list(db.scalars(sa.select(ProposalQuestion).where(mine).order_by(ProposalQuestion.number)))


def latest(db: Session, supplier_id: UUID) -> Proposal | None:
    """The last version of what a supplier has sent in, which is the one that counts."""
    versions = sa.select(Proposal).where(Proposal.supplier_id == supplier_id)
    return db.scalars(versions.order_by(Proposal.version.desc()).limit(1)).one_or_none()


def draft(db: Session, supplier_id: UUID) -> Draft | None:
    """What a supplier has written and not sent; for that supplier alone."""
    return db.scalars(sa.select(Draft).where(Draft.supplier_id == supplier_id)).one_or_none()


def written(db: Session, supplier_id: UUID) -> ProposalIn | None:
    """What a supplier has written last: its draft, else its last version."""
    kept, last = draft(db, supplier_id), latest(db, supplier_id)
    if kept is not None:
        return ProposalIn.model_validate(kept.proposal, strict=False)
    if last is None:
        return None
    return ProposalIn(
        answers=[AnswerIn(**answer.model_dump()) for answer in answers(db, last)],
        keeps_files=[KeptFile(id=file.id, claimed=claimed) for file, claimed in files(db, last)],
        reason=last.reason,
    )


def answers(db: Session, proposal: Proposal) -> list[AnswerOut]:
    """The answers of a proposal, by the number of their question."""
    answered = (
        sa.select(ProposalQuestion.number, Answer.text, Answer.claimed)
        .join(ProposalQuestion, ProposalQuestion.id == Answer.question_id)
        .where(Answer.proposal_id == proposal.id)
        .order_by(ProposalQuestion.number)
    )
    return [AnswerOut(number=number, text=text, claimed=claimed) for number, text, claimed in db.execute(answered)]


def files(db: Session, proposal: Proposal) -> list[tuple[StoredFile, bool]]:
    """The files of a proposal by name, each with whether it is claimed to be a trade secret."""
    attached = (
        sa.select(StoredFile, ProposalFile.claimed)
        .join(ProposalFile, ProposalFile.file_id == StoredFile.id)
        .where(ProposalFile.proposal_id == proposal.id)
        .order_by(StoredFile.name, StoredFile.sha256)
    )
    return [(file, claimed) for file, claimed in db.execute(attached)]


def receipt(db: Session, proposal: Proposal) -> Receipt:
    """The receipt for a proposal."""
    return Receipt(
        version=proposal.version,
        submitted_at=proposal.submitted_at,
        late=proposal.late,
        sha256=proposal.sha256,
        files=[_told(file, claimed=claimed) for file, claimed in files(db, proposal)],
    )


def _told(file: StoredFile, *, claimed: bool) -> FileOut:
    return FileOut(
        id=file.id, name=file.name, media_type=file.media_type, size=file.size, sha256=file.sha256, claimed=claimed
    )


def whole(db: Session, proposal: Proposal) -> ProposalOut:
    """A proposal with its answers, its claims and its receipt."""
    listed, received = answers(db, proposal), receipt(db, proposal)
    return ProposalOut(
        **received.model_dump(),
        format=proposal.format,
        answers=listed,
        claims=shareable.claims(listed, received.files, proposal.reason, proposal.format),
    )


def canonical_bytes(db: Session, proposal: Proposal) -> bytes:
    """The very bytes whose SHA-256 stands in the receipt."""
    return canonical(given(db, proposal))


def given(db: Session, proposal: Proposal) -> Given:
    """All that was sent in, in one version of a proposal."""
    return Given(
        answers=[GivenAnswer(answer.number, answer.text, answer.claimed) for answer in answers(db, proposal)],
        files=[GivenFile(file.sha256, file.name, claimed) for file, claimed in files(db, proposal)],
        reason=proposal.reason,
        format=proposal.format,
    )


def has_proposals(db: Session, dialogue_id: UUID) -> bool:
    """Whether any supplier of a dialogue has sent in a proposal."""
    sent = sa.exists().where(Proposal.supplier_id == Supplier.id, Supplier.dialogue_id == dialogue_id)
    return bool(db.scalar(sa.select(sent)))


def arrivals(db: Session, dialogue_id: UUID) -> list[ArrivalOut]:
    """Which suppliers' proposals are in, in the order their last versions came, without anything that they say."""
    mine = sa.select(Proposal, Supplier).join(Supplier, Supplier.id == Proposal.supplier_id)
    versions = db.execute(mine.where(Supplier.dialogue_id == dialogue_id).order_by(Proposal.version)).all()
    last = {supplier.id: (proposal, supplier) for proposal, supplier in versions}
    listed = [
        ArrivalOut(
            supplier_id=supplier.id,
            supplier=supplier.handle,
            version=proposal.version,
            submitted_at=proposal.submitted_at,
            late=proposal.late,
            sha256=proposal.sha256,
        )
        for proposal, supplier in last.values()
    ]
    return sorted(listed, key=lambda one: (one.submitted_at, one.supplier))


def unsealing(db: Session, dialogue_id: UUID) -> Unsealing | None:
    """How the seal on the proposals of a dialogue was broken; None while it holds, or where there is none."""
    return db.scalars(sa.select(Unsealing).where(Unsealing.dialogue_id == dialogue_id)).one_or_none()
