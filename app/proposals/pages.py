"""The supplier's own page: the road, what is registered, and the solution proposal with its draft and its receipt."""

from functools import partial
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.dialogues.service import get as get_dialogue
from app.kernel import clock, downloads
from app.kernel.db import Db
from app.kernel.forms import Typed
from app.kernel.html import page
from app.kernel.languages import language_of
from app.kernel.received import ReceivedAt
from app.kernel.settings import settings
from app.proposals import checking, claims, form, queries, service, shareable
from app.proposals.attachments import MOST_FILES
from app.proposals.canonical import FORMAT
from app.proposals.checking import Unacceptable
from app.proposals.deadline import timing
from app.proposals.form import Posted
from app.proposals.schemas import AnswerOut, FileOut, ProposalIn, ShareableAnswer
from app.suppliers.door import OwnSupplier
from app.suppliers.models import Supplier

router = APIRouter(prefix="/s/{supplier_id}", include_in_schema=False)
PostedForm = Annotated[Posted, Depends(form.posted)]


@router.get("")
def own_page(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """Where a supplier stands, and the form for its proposal with what it wrote last."""
    return _own_page(request, db, supplier, Typed(form.texts_of(queries.written(db, supplier.id))))


@router.post("/proposal")
def submit(
    posted: PostedForm,
    received_at: ReceivedAt,
    supplier: OwnSupplier,
    request: Request,
    db: Db,
) -> Response:
    """Take in a version of the proposal; the page that follows is its receipt."""
    language = language_of(request)
    typed = form.typed_proposal(posted.texts, service.questions(db, supplier.dialogue_id), language)
    if typed.value is not None:
        try:
            service.submit(db, supplier, typed.value, posted.uploads, received_at=received_at)
            return RedirectResponse(f"/s/{supplier.id}/receipt", HTTPStatus.SEE_OTHER)
        except Unacceptable as refusal:
            typed = form.refused(posted.texts, refusal.faults, language)
    return _own_page(request, db, supplier, typed)


@router.post("/proposal/draft")
def save_draft(
    posted: PostedForm, received_at: ReceivedAt, supplier: OwnSupplier, request: Request, db: Db
) -> Response:
    """Keep what is written as a draft; it need not be complete, and nothing is sent."""
    typed = form.typed_proposal(posted.texts, service.questions(db, supplier.dialogue_id), language_of(request))
    if typed.value is None:
        return _own_page(request, db, supplier, typed)
    service.save_draft(db, supplier, typed.value, received_at=received_at)
    return RedirectResponse(f"/s/{supplier.id}#proposal", HTTPStatus.SEE_OTHER)


@router.post("/proposal/draft/shareable")
def save_and_preview(
    posted: PostedForm, received_at: ReceivedAt, supplier: OwnSupplier, request: Request, db: Db
) -> Response:
    """Keep what is written as a draft, and show what of it could be shared."""
    language = language_of(request)
    typed = form.typed_proposal(posted.texts, service.questions(db, supplier.dialogue_id), language)
    if typed.value is not None and (faults := checking.faults_of_marks(typed.value.by_number())):
        typed = form.refused(posted.texts, faults, language)
    if typed.value is None:
        return _own_page(request, db, supplier, typed)
    service.save_draft(db, supplier, typed.value, received_at=received_at)
    return RedirectResponse(f"/s/{supplier.id}/proposal/draft/shareable", HTTPStatus.SEE_OTHER)


def _own_page(request: Request, db: Session, supplier: Supplier, typed: Typed[ProposalIn]) -> Response:
    dialogue, last = get_dialogue(db, supplier.dialogue_id), service.latest(db, supplier.id)
    draft, asked = queries.draft(db, supplier.id), service.questions(db, dialogue.id)
    written = queries.written(db, supplier.id)
    return page(
        request,
        "proposals/own.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.OK,
        dialogue=dialogue,
        supplier=supplier,
        at=partial(clock.wall, dialogue.held_on),
        receipt=queries.receipt(db, last) if last else None,
        draft=draft,
        unanswered=form.unanswered(written, asked) if draft and written else [],
        fields=form.fields(asked, typed.texts),
        typed=typed,
        timing=timing(dialogue, clock.now()),
        most_files=MOST_FILES,
        most_megabytes=settings().max_upload_bytes // 1_000_000,
    )


@router.get("/receipt")
def receipt(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """The receipt for the last version, with all that was sent and what of it is claimed."""
    dialogue = get_dialogue(db, supplier.dialogue_id)
    proposal = queries.whole(db, service.last_of(db, supplier.id))
    return page(
        request,
        "proposals/receipt.html",
        dialogue=dialogue,
        supplier=supplier,
        proposal=proposal,
        timing=timing(dialogue, clock.now()),
        submitted_at=proposal.submitted_at.astimezone(clock.OSLO),
        answers=[(answer, claims.paragraphs(shareable.parts(answer, proposal.format))) for answer in proposal.answers],
        questions=_questions(db, supplier),
    )


@router.get("/proposal/shareable")
def shareable_version(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """What of the last version could be shared: all but what the supplier claims to be trade secrets."""
    proposal = queries.whole(db, service.last_of(db, supplier.id))
    shared = shareable.of(proposal, language_of(request))
    return _shareable(request, db, supplier, shared.answers, shared.files, version=proposal.version)


@router.get("/proposal/draft/shareable")
def shareable_draft(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """What of the draft could be shared; without a draft, of the last version."""
    written, last = queries.written(db, supplier.id), service.latest(db, supplier.id)
    if written is None:
        return RedirectResponse(f"/s/{supplier.id}", HTTPStatus.SEE_OTHER)
    listed = [AnswerOut(**answer.model_dump()) for answer in written.answers]
    shown = {file.id for file in written.keeps_files if not file.claimed}
    attached = queries.receipt(db, last).files if last else []
    answers = shareable.answers_of(listed, FORMAT, language_of(request))
    return _shareable(request, db, supplier, answers, [file for file in attached if file.id in shown])


def _shareable(
    request: Request,
    db: Session,
    supplier: Supplier,
    answers: list[ShareableAnswer],
    files: list[FileOut],
    *,
    version: int | None = None,
) -> Response:
    return page(
        request,
        "proposals/shareable.html",
        dialogue=get_dialogue(db, supplier.dialogue_id),
        supplier=supplier,
        answers=answers,
        files=files,
        version=version,
        questions=_questions(db, supplier),
    )


def _questions(db: Session, supplier: Supplier) -> dict[int, str]:
    return {question.number: question.text for question in service.questions(db, supplier.dialogue_id)}


@router.get("/proposal/files/{file_id}")
def file(file_id: str, supplier: OwnSupplier, db: Db) -> Response:
    """A file of the last version, as an attachment."""
    return downloads.of_file(service.file_of(db, supplier.id, file_id))


@router.get("/proposal/answers.json")
def answers(supplier: OwnSupplier, db: Db) -> Response:
    """The very bytes whose hash stands in the receipt of the last version."""
    content = queries.canonical_bytes(db, service.last_of(db, supplier.id))
    return downloads.of_bytes(content, "answers.json", "application/json")
