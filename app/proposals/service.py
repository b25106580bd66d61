"""Solution proposals: the organiser asks, each supplier answers until the deadline, and gets a receipt."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import clock, files, post, trail
from app.kernel.attachments import clean_name, kind_of
from app.kernel.files import StoredFile
from app.kernel.refusals import Conflict, NotFound
from app.kernel.settings import settings
from app.proposals import letters, queries
from app.proposals.attachments import Upload
from app.proposals.canonical import Given, GivenAnswer, GivenFile, sha256_of
from app.proposals.checking import Attached, Fault, Unacceptable, check
from app.proposals.deadline import Timing, timing
from app.proposals.models import Answer, Draft, Proposal, ProposalFile, ProposalQuestion
from app.proposals.queries import latest, questions
from app.proposals.schemas import ProposalIn, Receipt
from app.suppliers.models import Supplier

__all__ = ["ask", "file_of", "last_of", "latest", "questions", "save_draft", "submit"]


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


def submit(
    db: Session,
    supplier: Supplier,
    proposal: ProposalIn,
    uploads: Sequence[Upload] = (),
    *,
    received_at: datetime | None = None,
) -> Receipt:
    """Take in a version of a supplier's proposal in place of its draft, and send the receipt as a letter, too.

    `received_at` is when all of it had come in: now, unless told. Raises Conflict when it is too late, and
    Unacceptable with all that must be mended.
    """
    moment = received_at or clock.now()
    dialogue = _taking_in(db, supplier, moment)
    before, asked = latest(db, supplier.id), questions(db, dialogue.id)
    kept = _kept(db, before, proposal, uploads)
    sizes = [file.size for file, _ in kept]
    check(asked, proposal.by_number(), Attached(uploads, sizes, settings().max_upload_bytes))
    attached = [*kept, *((_keep(db, upload), upload.claimed) for upload in uploads)]
    made = _next_version(supplier, before, proposal, attached)
    made.submitted_at, made.late = moment, timing(dialogue, moment) is Timing.LATE
    _store(db, made, asked, proposal, attached)
    db.execute(sa.delete(Draft).where(Draft.supplier_id == supplier.id))
    return _confirm(db, supplier, dialogue, made)


def _taking_in(db: Session, supplier: Supplier, moment: datetime) -> Dialogue:
    # One at a time in each dialogue: versions and questions then hold until the commit.
    dialogue = db.get_one(Dialogue, supplier.dialogue_id, with_for_update=True, populate_existing=True)
    db.refresh(supplier)
    if timing(dialogue, moment) is Timing.REFUSED or supplier.withdrawn_at is not None:
        raise Conflict("Solution proposals are no longer taken in.")
    return dialogue


def _kept(
    db: Session, before: Proposal | None, proposal: ProposalIn, uploads: Sequence[Upload]
) -> list[tuple[StoredFile, bool]]:
    standing = {file.id: file for file, _ in queries.files(db, before)} if before else {}
    if not standing.keys() >= {file.id for file in proposal.keeps_files}:
        raise Unacceptable({"files": Fault("A file that was to be kept is not in the version before.", {})})
    anew = {upload.sha256 for upload in uploads}  # what is sent once more takes the place of what was kept
    kept = [(standing[file.id], file.claimed) for file in proposal.keeps_files]
    return [(file, claimed) for file, claimed in kept if file.sha256 not in anew]


def _keep(db: Session, upload: Upload) -> StoredFile:
    kind = kind_of(upload.content)
    assert kind is not None  # noqa: S101 it has been checked
    return files.store(db, upload.content, name=clean_name(upload.name, kind), media_type=kind.media_type)


def _next_version(
    supplier: Supplier, before: Proposal | None, proposal: ProposalIn, attached: list[tuple[StoredFile, bool]]
) -> Proposal:
    given = Given(
        answers=[GivenAnswer(answer.number, answer.text, answer.claimed) for answer in proposal.answers],
        files=[GivenFile(file.sha256, file.name, claimed) for file, claimed in attached],
        reason=proposal.reason,
    )
    return Proposal(
        supplier_id=supplier.id,
        version=before.version + 1 if before else 1,
        format=given.format,
        reason=given.reason,
        sha256=sha256_of(given),
    )


def _store(
    db: Session,
    made: Proposal,
    asked: list[ProposalQuestion],
    proposal: ProposalIn,
    attached: list[tuple[StoredFile, bool]],
) -> None:
    db.add(made)
    db.flush()
    given = {answer.number: answer for answer in proposal.answers}
    db.add_all(
        Answer(
            proposal_id=made.id,
            question_id=question.id,
            text=given[question.number].text,
            claimed=given[question.number].claimed,
        )
        for question in asked
    )
    db.add_all(ProposalFile(proposal_id=made.id, file_id=file.id, claimed=claimed) for file, claimed in attached)
    db.flush()


def _confirm(db: Session, supplier: Supplier, dialogue: Dialogue, made: Proposal) -> Receipt:
    receipt = queries.receipt(db, made)
    details = {"supplier": supplier.handle, "version": made.version, "late": made.late, "sha256": made.sha256}
    trail.record(db, "submitted", made, dialogue_id=dialogue.id, **details)
    letter = letters.received(supplier, dialogue, receipt)
    post.send(db, letter, key=f"receipt of proposal {made.id}", dialogue_id=dialogue.id)
    return receipt


def save_draft(db: Session, supplier: Supplier, proposal: ProposalIn, *, received_at: datetime | None = None) -> Draft:
    """Keep what a supplier has written, in place of its draft before; it is neither a version nor seen by others.

    It may lack answers, have too many words, and hold marks that do not match.
    Raises Conflict when proposals are no longer taken in.
    """
    moment = received_at or clock.now()
    _taking_in(db, supplier, moment)
    kept = queries.draft(db, supplier.id) or Draft(supplier_id=supplier.id)
    kept.proposal, kept.saved_at = proposal.model_dump(mode="json"), moment
    db.add(kept)
    db.flush()
    return kept


def last_of(db: Session, supplier_id: UUID) -> Proposal:
    """The last version of a supplier's proposal; raises NotFound before there is one."""
    found = latest(db, supplier_id)
    if found is None:
        raise NotFound("There is no solution proposal yet.")
    return found


def file_of(db: Session, supplier_id: UUID, file_id: str) -> StoredFile:
    """A file of a supplier's last version; raises NotFound for every other id alike, and for what is none."""
    proposal = latest(db, supplier_id)
    mine = {str(file.id): file for file, _ in queries.files(db, proposal)} if proposal else {}
    if file_id not in mine:
        raise NotFound("There is no such file.")
    return mine[file_id]
