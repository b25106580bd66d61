"""Questions and answers for people: what all were told, a supplier's own questions, and the organiser's desk."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.dialogues.service import by_slug
from app.dialogues.service import get as get_dialogue
from app.kernel import clock
from app.kernel.db import Db
from app.kernel.forms import Typed, check, typed_texts
from app.kernel.html import page, render
from app.kernel.languages import language_of, translate
from app.kernel.rates import Rate, spend
from app.kernel.received import ReceivedAt
from app.kernel.refusals import Conflict
from app.kernel.settings import Language
from app.notes import sections
from app.questions import desk, queries, service
from app.questions.schemas import QuestionIn
from app.suppliers.door import OwnSupplier
from app.suppliers.models import Supplier

router = APIRouter(include_in_schema=False)
router.include_router(desk.router)

Texts = Annotated[dict[str, str], Depends(typed_texts)]


@router.get("/d/{slug}/questions")
def answers(slug: str, request: Request, db: Db) -> Response:
    """What all have been told, for everybody to see."""
    dialogue = by_slug(db, slug)
    return page(request, "questions/public.html", status=HTTPStatus.OK, **_public(db, dialogue))


def _section(db: Session, dialogue: Dialogue, language: Language) -> str:
    return render("questions/section.html", language, **_public(db, dialogue))


def _public(db: Session, dialogue: Dialogue) -> dict[str, object]:
    is_open = service.is_open(dialogue, clock.now())
    due_at, told = service.due_at(dialogue), queries.answers(db, dialogue.id)
    return {"dialogue": dialogue, "answers": told, "due_at": due_at, "is_open": is_open}


sections.show("questions", "Questions and answers", _section, place=2)


@router.get("/s/{supplier_id}/questions")
def own_questions(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """What a supplier has asked and how far that has come, what all were told, and a form for one more question."""
    return _own_questions(request, db, supplier, Typed({}))


@router.post("/s/{supplier_id}/questions")
def ask(request: Request, texts: Texts, received_at: ReceivedAt, supplier: OwnSupplier, db: Db) -> Response:
    """Take in a question; the page that follows shows it as waiting."""
    spend(Rate.QUESTION, str(supplier.id))
    language = language_of(request)
    typed = check(QuestionIn, texts, language)
    if not texts.get("text", "").strip():
        typed = Typed(texts, None, {"text": translate(language, "Write your question.")})
    if typed.value is None:
        return _own_questions(request, db, supplier, typed)
    try:
        service.ask(db, supplier, typed.value.text, received_at=received_at)
    except Conflict as refusal:
        sentence = translate(language, refusal.sentence, **refusal.values)
        return _own_questions(request, db, supplier, Typed(texts, None, {"": sentence}), refusal.status)
    return RedirectResponse(f"/s/{supplier.id}/questions", HTTPStatus.SEE_OTHER)


def _own_questions(
    request: Request,
    db: Session,
    supplier: Supplier,
    typed: Typed[QuestionIn],
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> Response:
    return page(
        request,
        "questions/own.html",
        status=status if typed.errors else HTTPStatus.OK,
        supplier=supplier,
        typed=typed,
        asked=queries.own_questions(db, supplier.id),
        **_public(db, get_dialogue(db, supplier.dialogue_id)),
    )
