"""Solution proposals: the organiser asks, each supplier answers until the deadline, and gets a receipt."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue, Phase
from app.kernel import clock, files, post, trail
from app.kernel.files import StoredFile
from app.kernel.refusals import Conflict, NotFound
from app.kernel.settings import settings
from app.proposals import letters, queries
from app.proposals.attachments import Upload, clean_name, kind_of
from app.proposals.canonical import sha256_of
from app.proposals.checking import Fault, Unacceptable, check
from app.proposals.models import Answer, Proposal, ProposalQuestion
from app.proposals.queries import latest, questions
from app.proposals.schemas import ProposalIn, Receipt
from app.suppliers.models import Supplier

__all__ = ["ask", "file_of", "is_open", "last_of", "latest", "questions", "submit"]


def ask(db: Session, dialogue: Dialogue, number: int, text: str, word_limit: int = 500) -> ProposalQuestion:
    """Put a question to every supplier of a dialogue.

    Raises Conflict when the number is taken, or a supplier has answered already: all get the same questions.
    """
    db.refresh(dialogue, with_for_update=True)
    if any(question.number == number for question in questions(db, dialogue.id)):
        raise Conflict("There is a question {number} already.", number=number)
    if queries.has_proposals(db, dialogue.id):
        raise Conflict("A supplier has already answered, and everybody must get the same questions.")
    question = ProposalQuestion(dialogue_id=dialogue.id, number=number, text=text, word_limit=word_limit)
    db.add(question)
    trail.record(db, "asked", question, dialogue_id=dialogue.id, number=number, text=text, word_limit=word_limit)
    db.flush()
    return question


def is_open(dialogue: Dialogue, at: datetime) -> bool:
    """Whether a proposal that has come in whole at this moment is taken: the deadline itself is in time."""
    return dialogue.phase in {Phase.OPEN, Phase.PLANNED} and at <= dialogue.proposals_due_at


def submit(
    db: Session,
    supplier: Supplier,
    proposal: ProposalIn,
    upload: Upload | None = None,
    *,
    received_at: datetime | None = None,
) -> Receipt:
    """Take in a version of a supplier's proposal, and send the receipt as a letter, too.

    `received_at` is when all of it had come in: now, unless told. Raises Conflict after the deadline, and
    Unacceptable with all that must be mended.
    """
    moment = received_at or clock.now()
    dialogue = _still_open(db, supplier, moment)
    before, asked = latest(db, supplier.id), questions(db, dialogue.id)
    kept = queries.file(db, before) if before and proposal.keeps_file else None
    check(asked, proposal.by_number(), upload, settings().max_upload_bytes)
    if not asked and upload is None and kept is None:
        raise Unacceptable({"file": Fault("There is nothing in the proposal.", {})})
    made = Proposal(supplier_id=supplier.id, version=before.version + 1 if before else 1, submitted_at=moment)
    _store(db, made, asked, proposal.by_number(), kept if upload is None else _keep(db, upload))
    return _confirm(db, supplier, dialogue, made)


def _still_open(db: Session, supplier: Supplier, moment: datetime) -> Dialogue:
    # One at a time in each dialogue: versions and questions then hold until the commit.
    dialogue = db.get_one(Dialogue, supplier.dialogue_id, with_for_update=True, populate_existing=True)
    db.refresh(supplier)
    if not is_open(dialogue, moment) or supplier.withdrawn_at is not None:
        raise Conflict("Solution proposals are no longer taken in.")
    return dialogue


def _keep(db: Session, upload: Upload) -> StoredFile:
    kind = kind_of(upload.content)
    assert kind is not None  # noqa: S101 it has been checked
    return files.store(db, upload.content, name=clean_name(upload.name, kind), media_type=kind.media_type)


def _store(
    db: Session, made: Proposal, asked: list[ProposalQuestion], texts: dict[int, str], file: StoredFile | None
) -> None:
    made.file_id = file.id if file else None
    made.sha256 = sha256_of(texts, file.sha256 if file else None)
    db.add(made)
    db.flush()
    db.add_all(Answer(proposal_id=made.id, question_id=question.id, text=texts[question.number]) for question in asked)
    db.flush()


def _confirm(db: Session, supplier: Supplier, dialogue: Dialogue, made: Proposal) -> Receipt:
    receipt = queries.receipt(db, made)
    details = {"supplier": supplier.handle, "version": made.version, "sha256": made.sha256}
    trail.record(db, "submitted", made, dialogue_id=dialogue.id, **details)
    letter = letters.received(supplier, dialogue, receipt)
    post.send(db, letter, key=f"receipt of proposal {made.id}", dialogue_id=dialogue.id)
    return receipt


def last_of(db: Session, supplier_id: UUID) -> Proposal:
    """The last version of a supplier's proposal; raises NotFound before there is one."""
    found = latest(db, supplier_id)
    if found is None:
        raise NotFound("There is no solution proposal yet.")
    return found


def file_of(db: Session, supplier_id: UUID) -> StoredFile:
    """The file of a supplier's last version; raises NotFound when it holds none."""
    kept = queries.file(db, last_of(db, supplier_id))
    if kept is None:
        raise NotFound("No file came with the solution proposal.")
    return kept
