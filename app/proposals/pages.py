"""The supplier's own page: the road, what is registered, and the solution proposal."""

from functools import partial
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.dialogues.service import get as get_dialogue
from app.kernel import clock
from app.kernel.db import Db
from app.kernel.forms import Typed
from app.kernel.html import page
from app.kernel.languages import language_of
from app.kernel.received import ReceivedAt
from app.kernel.settings import settings
from app.proposals import downloads, form, queries, service
from app.proposals.checking import Unacceptable, field_of
from app.proposals.form import Posted
from app.proposals.schemas import ProposalIn
from app.suppliers.door import OwnSupplier
from app.suppliers.models import Supplier

router = APIRouter(prefix="/s/{supplier_id}", include_in_schema=False)


@router.get("")
def own_page(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """Where a supplier stands, and the form for its proposal with what it sent last."""
    return _own_page(request, db, supplier, _sent(db, supplier))


@router.post("/proposal")
def submit(
    posted: Annotated[Posted, Depends(form.posted)],
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
            service.submit(db, supplier, typed.value, posted.upload, received_at=received_at)
            return RedirectResponse(f"/s/{supplier.id}/receipt", HTTPStatus.SEE_OTHER)
        except Unacceptable as refusal:
            typed = form.refused(posted.texts, refusal, language)
    return _own_page(request, db, supplier, typed)


def _sent(db: Session, supplier: Supplier) -> Typed[ProposalIn]:
    last = service.latest(db, supplier.id)
    texts = {field_of(number): text for number, text in queries.answers(db, last).items()} if last else {}
    return Typed({**texts, "keeps_file": "true"})


def _own_page(request: Request, db: Session, supplier: Supplier, typed: Typed[ProposalIn]) -> Response:
    dialogue, last = get_dialogue(db, supplier.dialogue_id), service.latest(db, supplier.id)
    return page(
        request,
        "proposals/own.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.OK,
        dialogue=dialogue,
        supplier=supplier,
        at=partial(clock.wall, dialogue.held_on),
        receipt=queries.receipt(db, last) if last else None,
        fields=form.fields(service.questions(db, dialogue.id), typed.texts),
        typed=typed,
        is_open=service.is_open(dialogue, clock.now()),
        most_megabytes=settings().max_upload_bytes // 1_000_000,
    )


@router.get("/receipt")
def receipt(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """The receipt for the last version, with all that was sent."""
    proposal = queries.whole(db, service.last_of(db, supplier.id))
    return page(
        request,
        "proposals/receipt.html",
        dialogue=get_dialogue(db, supplier.dialogue_id),
        supplier=supplier,
        proposal=proposal,
        submitted_at=proposal.submitted_at.astimezone(clock.OSLO),
        questions={question.number: question.text for question in service.questions(db, supplier.dialogue_id)},
    )


@router.get("/proposal/file")
def file(supplier: OwnSupplier, db: Db) -> Response:
    """The file of the last version, as an attachment."""
    return downloads.of_file(service.file_of(db, supplier.id))


@router.get("/proposal/answers.json")
def answers(supplier: OwnSupplier, db: Db) -> Response:
    """The very bytes whose hash stands in the receipt of the last version."""
    content = queries.canonical_bytes(db, service.last_of(db, supplier.id))
    return downloads.of_bytes(content, "answers.json", "application/json")
