"""Solution proposals for systems: organisers ask and read, suppliers send in with the token of their personal link."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import Response
from pydantic import Json

from app.dialogues.service import get as get_dialogue
from app.kernel.access import Token, check_organiser
from app.kernel.db import Db
from app.kernel.received import ReceivedAt
from app.proposals import downloads, queries, service
from app.proposals.attachments import Upload
from app.proposals.models import ProposalQuestion
from app.proposals.schemas import ProposalIn, ProposalOut, QuestionIn, QuestionOut, Receipt
from app.suppliers.service import by_bearer, get_in

router = APIRouter(prefix="/api/v1", tags=["proposals"])


@router.post("/dialogues/{dialogue_id}/proposal-questions", status_code=HTTPStatus.CREATED, response_model=QuestionOut)
def ask(dialogue_id: UUID, question: QuestionIn, token: Token, db: Db) -> ProposalQuestion:
    """Put a question to every supplier; for the organiser, before anybody has answered."""
    check_organiser(db, token, dialogue_id)
    return service.ask(db, get_dialogue(db, dialogue_id), question.number, question.text, question.word_limit)


@router.get("/dialogues/{dialogue_id}/proposal-questions", response_model=list[QuestionOut])
def questions(dialogue_id: UUID, token: Token, db: Db) -> list[ProposalQuestion]:
    """The questions that every supplier answers, by number; for the organiser."""
    check_organiser(db, token, dialogue_id)
    return service.questions(db, dialogue_id)


@router.get("/dialogues/{dialogue_id}/suppliers/{supplier_id}/proposal")
def proposal(dialogue_id: UUID, supplier_id: UUID, token: Token, db: Db) -> ProposalOut:
    """The last version of a supplier's proposal; for the organiser."""
    check_organiser(db, token, dialogue_id)
    return queries.whole(db, service.last_of(db, get_in(db, dialogue_id, supplier_id).id))


@router.get("/dialogues/{dialogue_id}/suppliers/{supplier_id}/proposal/file", response_class=Response)
def file(dialogue_id: UUID, supplier_id: UUID, token: Token, db: Db) -> Response:
    """The file that came with a supplier's proposal, as an attachment; for the organiser."""
    check_organiser(db, token, dialogue_id)
    return downloads.of_file(service.file_of(db, get_in(db, dialogue_id, supplier_id).id))


@router.post("/proposals", status_code=HTTPStatus.CREATED)
def submit(proposal: ProposalIn, received_at: ReceivedAt, token: Token, db: Db) -> Receipt:
    """Send in a proposal, or a new version of it, without a file; the token is that of the supplier's own page."""
    return service.submit(db, by_bearer(db, token), proposal, None, received_at=received_at)


@router.post("/proposals/with-file", status_code=HTTPStatus.CREATED)
def submit_with_file(
    proposal: Annotated[Json[ProposalIn], Form()],
    file: Annotated[UploadFile, File()],
    received_at: ReceivedAt,
    token: Token,
    db: Db,
) -> Receipt:
    """Send in a proposal with its file; `proposal` is the same JSON as without one, as a field of the form."""
    upload = Upload(file.filename or "", file.file.read())
    return service.submit(db, by_bearer(db, token), proposal, upload, received_at=received_at)
