"""Where people answer an invitation: by the link in the letter, and on their own pages. Looking records nothing."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.days.door import own_person
from app.dialogues import service as dialogues
from app.invitations import answered, answering, words
from app.invitations.answer_form import CHOSEN, AnswerTyped, typed_answer
from app.invitations.answered import Answered
from app.invitations.answers import How
from app.invitations.difference import Change, Kind
from app.invitations.models import Told
from app.kernel.db import Db
from app.kernel.forms import Typed, typed_texts
from app.kernel.html import page
from app.kernel.languages import language_of, translate
from app.kernel.rates import Rate, spend
from app.kernel.refusals import Conflict, NotFound
from app.suppliers.door import OwnSupplier
from app.suppliers.models import Supplier

router = APIRouter(include_in_schema=False)

Texts = Annotated[dict[str, str], Depends(typed_texts)]


@router.api_route("/r/{token}", methods=["GET", "HEAD"])
def look_by_link(token: str, request: Request, db: Db) -> Response:
    """What a letter invites to, as it stands now, and how it may be answered."""
    return _page(request, db, answering.by_token(db, token))


@router.post("/r/{token}")
def answer_by_link(token: str, request: Request, texts: Texts, db: Db) -> Response:
    """Take in the answer of whoever has the letter."""
    return _answer(request, db, answering.by_token(db, token), texts, How.LINK)


@router.get("/s/{supplier_id}/answer/{uid}")
def look_as_supplier(uid: UUID, supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """What a supplier is invited to, and how it may be answered."""
    told = _told(db, answered.of_supplier(db, supplier), uid)
    return _page(request, db, told, supplier=supplier, back=f"/s/{supplier.id}/meeting")


@router.post("/s/{supplier_id}/answer/{uid}")
def answer_as_supplier(uid: UUID, texts: Texts, supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """Take in the answer of a supplier."""
    told = _told(db, answered.of_supplier(db, supplier), uid)
    return _answer(request, db, told, texts, How.PAGE, supplier=supplier, back=f"/s/{supplier.id}/meeting")


@router.get("/p/{token}/answer/{uid}")
def look_as_person(token: str, uid: UUID, request: Request, db: Db) -> Response:
    """What somebody who sits in panels is invited to, and how it may be answered."""
    told = _told(db, answered.of_person(db, own_person(db, token)), uid)
    return _page(request, db, told, back=f"/p/{token}")


@router.post("/p/{token}/answer/{uid}")
def answer_as_person(token: str, uid: UUID, texts: Texts, request: Request, db: Db) -> Response:
    """Take in the answer of somebody who sits in panels."""
    told = _told(db, answered.of_person(db, own_person(db, token)), uid)
    return _answer(request, db, told, texts, How.PAGE, back=f"/p/{token}")


def _told(db: Session, own: dict[UUID, Answered], uid: UUID) -> Told:
    if uid not in own:
        raise NotFound("There is nothing to answer here.")
    return db.get_one(Told, own[uid].told_id)


def _answer(
    request: Request,
    db: Session,
    told: Told,
    texts: dict[str, str],
    how: How,
    *,
    supplier: Supplier | None = None,
    back: str = "",
) -> Response:
    spend(Rate.ANSWER, str(told.id))
    language = language_of(request)
    typed = typed_answer(texts, language)
    if typed.value is None:
        return _page(request, db, told, typed, supplier=supplier, back=back)
    try:
        answering.answer(db, told, typed.value.given(how))
    except Conflict as refusal:
        sentence = translate(language, refusal.sentence, **refusal.values)
        return _page(
            request, db, told, Typed(texts, None, {"": sentence}), refusal.status, supplier=supplier, back=back
        )
    query = request.url.include_query_params(answered="yes").query
    return RedirectResponse(f"{request.url.path}?{query}", HTTPStatus.SEE_OTHER)


def _page(
    request: Request,
    db: Session,
    told: Told,
    typed: Typed[AnswerTyped] | None = None,
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
    *,
    supplier: Supplier | None = None,
    back: str = "",
) -> Response:
    own = answered.of_told(db, told)
    said = replace(own.said, language=language_of(request))
    kind = Kind.CANCELLED if own.is_cancelled else Kind.INVITED
    when = words.when(said)
    kept = {"answer": CHOSEN.get(own.answer, ""), "comment": own.comment}
    return page(
        request,
        "invitations/answer.html",
        status=status if typed else HTTPStatus.OK,
        dialogue=dialogues.get(db, told.dialogue_id),
        supplier=supplier,
        back=back,
        heading=words.heading(Change(kind, said, said, own.sequence), goes_on=False),
        when=when[:1].upper() + when[1:],
        said=said,
        own=own,
        is_open=answering.is_open(told),
        is_noted="answered" in request.query_params and not typed,
        typed=Typed({**kept, **typed.texts}, None, typed.errors) if typed else Typed(kept),
    )
