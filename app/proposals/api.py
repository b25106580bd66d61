"""Solution proposals for systems: organisers ask and read, suppliers send in with the token of their own page."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response
from pydantic import Json

from app.dialogues.models import Dialogue
from app.dialogues.service import get as get_dialogue
from app.kernel import downloads
from app.kernel.access import Token, check_organiser
from app.kernel.db import Db
from app.kernel.languages import language_of_system
from app.kernel.received import ReceivedAt
from app.proposals import queries, sealing, service, shareable
from app.proposals.attachments import Upload
from app.proposals.models import ProposalQuestion
from app.proposals.schemas import (
    ArrivalOut,
    ProposalIn,
    ProposalOut,
    QuestionIn,
    QuestionOut,
    Receipt,
    ShareableOut,
    UnsealingIn,
    UnsealingOut,
)
from app.suppliers.models import Supplier
from app.suppliers.service import by_bearer, get_in

router = APIRouter(prefix="/api/v1", tags=["proposals"])


def _own_dialogue(dialogue_id: UUID, token: Token, db: Db) -> Dialogue:
    check_organiser(db, token, dialogue_id)
    return get_dialogue(db, dialogue_id)


Own = Annotated[Dialogue, Depends(_own_dialogue, scope="function")]


def _read_supplier(supplier_id: UUID, dialogue: Own, db: Db) -> Supplier:
    supplier = get_in(db, dialogue.id, supplier_id)
    sealing.check_readable(db, dialogue)
    return supplier


# A supplier of the organiser's own dialogue, whose proposal is not sealed: the one way to what proposals say.
Read = Annotated[Supplier, Depends(_read_supplier, scope="function")]


@router.post("/dialogues/{dialogue_id}/proposal-questions", status_code=HTTPStatus.CREATED, response_model=QuestionOut)
def ask(question: QuestionIn, dialogue: Own, db: Db) -> ProposalQuestion:
    """Put a question to every supplier; for the organiser, before anybody has answered."""
    return service.ask(db, dialogue, question.number, question.text, question.word_limit)


@router.get("/dialogues/{dialogue_id}/proposal-questions", response_model=list[QuestionOut])
def questions(dialogue: Own, db: Db) -> list[ProposalQuestion]:
    """The questions that every supplier answers, by number; for the organiser."""
    return service.questions(db, dialogue.id)


@router.get("/dialogues/{dialogue_id}/proposals")
def arrivals(dialogue: Own, db: Db) -> list[ArrivalOut]:
    """Which suppliers' proposals are in, with time and hash, sealed or not; for the organiser."""
    return queries.arrivals(db, dialogue.id)


@router.post("/dialogues/{dialogue_id}/proposals/open", status_code=HTTPStatus.CREATED)
def unseal(together: UnsealingIn, dialogue: Own, db: Db) -> UnsealingOut:
    """Break the seal on the proposals, once its time has come, as two persons together; for the organiser."""
    broken = sealing.unseal(db, dialogue, together.persons)
    return UnsealingOut(opened_at=broken.opened_at, persons=[broken.first_person, broken.second_person])


@router.get("/dialogues/{dialogue_id}/suppliers/{supplier_id}/proposal")
def proposal(supplier: Read, db: Db) -> ProposalOut:
    """The last version of a supplier's proposal, with what the supplier claims to be trade secrets."""
    return queries.whole(db, service.last_of(db, supplier.id))


@router.get("/dialogues/{dialogue_id}/suppliers/{supplier_id}/proposal/shareable")
def shareable_version(supplier: Read, request: Request, db: Db) -> ShareableOut:
    """The last version of a supplier's proposal without what the supplier claims to be trade secrets."""
    return shareable.of(queries.whole(db, service.last_of(db, supplier.id)), language_of_system(request))


@router.get("/dialogues/{dialogue_id}/suppliers/{supplier_id}/proposal/files/{file_id}", response_class=Response)
def file(file_id: str, supplier: Read, db: Db) -> Response:
    """A file of the last version of a supplier's proposal, as an attachment; for the organiser."""
    return downloads.of_file(service.file_of(db, supplier.id, file_id))


@router.post("/proposals", status_code=HTTPStatus.CREATED)
def submit(proposal: ProposalIn, received_at: ReceivedAt, token: Token, db: Db) -> Receipt:
    """Send in a proposal, or a new version of it, without new files; the token is that of the supplier's own page."""
    return service.submit(db, by_bearer(db, token), proposal, received_at=received_at)


@router.post("/proposals/with-file", status_code=HTTPStatus.CREATED)
def submit_with_files(
    proposal: Annotated[Json[ProposalIn], Form()],
    received_at: ReceivedAt,
    token: Token,
    db: Db,
    file: Annotated[list[UploadFile], File(default_factory=list)],
    claimed_file: Annotated[list[UploadFile], File(default_factory=list)],
) -> Receipt:
    """Send in a proposal with up to five files.

    `proposal` is the same JSON as without files, as a field of the form. Each file is a field `file`, or
    `claimed_file` when the supplier claims that the whole of it is a trade secret.
    """
    uploads = [
        Upload(each.filename or "", each.file.read(), claimed)
        for claimed, listed in ((False, file), (True, claimed_file))
        for each in listed
    ]
    return service.submit(db, by_bearer(db, token), proposal, uploads, received_at=received_at)
