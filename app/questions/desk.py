"""The organiser's desk: what has been asked, what is being answered, and what all have been told."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.dialogues.door import OwnDialogue
from app.dialogues.models import Dialogue
from app.kernel.db import Db
from app.kernel.forms import Typed, typed_texts
from app.kernel.html import page
from app.kernel.languages import language_of
from app.kernel.refusals import Conflict, Refusal
from app.questions import form, queries, service
from app.questions.models import SharedAnswer
from app.questions.schemas import AnswerIn, DeclineIn, DraftIn
from app.questions.service import Identifying

router = APIRouter(prefix="/o/{token}/questions", include_in_schema=False)

Texts = Annotated[dict[str, str], Depends(typed_texts)]


@router.get("")
def read(token: str, dialogue: OwnDialogue, request: Request, db: Db) -> Response:
    """What waits, what is written, and what has been published."""
    return _desk(token, dialogue, request, db)


@router.post("/drafts")
def write(token: str, request: Request, texts: Texts, dialogue: OwnDialogue, db: Db) -> Response:
    """Keep an answer to the ticked questions as a draft."""
    language = language_of(request)
    typed = form.typed_draft(texts, language)
    if typed.value is None:
        return _desk(token, dialogue, request, db, typed)
    try:
        with db.begin_nested():  # a no leaves nothing behind
            service.write(db, dialogue, typed.value)
    except Identifying as refusal:
        return _desk(token, dialogue, request, db, Typed(texts, None, form.faults_of(refusal, language)))
    except Refusal as refusal:
        return _desk(token, dialogue, request, db, Typed(texts), refusal)
    return _back(token)


@router.post("/publish")
def publish(token: str, request: Request, texts: Texts, dialogue: OwnDialogue, db: Db) -> Response:
    """Publish the ticked drafts to all at once."""
    try:
        with db.begin_nested():
            service.publish(db, dialogue, form.ticked(texts, "draft"))
    except Refusal as refusal:
        return _desk(token, dialogue, request, db, refusal=refusal)
    return _back(token)


def _desk(
    token: str,
    dialogue: Dialogue,
    request: Request,
    db: Session,
    typed: Typed[DraftIn] | None = None,
    refusal: Refusal | None = None,
) -> Response:
    return page(
        request,
        "questions/desk.html",
        status=refusal.status if refusal else HTTPStatus.UNPROCESSABLE_ENTITY if typed else HTTPStatus.OK,
        token=token,
        dialogue=dialogue,
        run=None,
        refusal=refusal,
        typed=typed or Typed({}),
        desk=queries.desk(db, dialogue.id),
    )


@router.get("/{question_id}/decline")
def ask_why(token: str, question_id: UUID, dialogue: OwnDialogue, request: Request, db: Db) -> Response:
    """The form for why a question gets no answer."""
    return _decline(token, question_id, dialogue, request, db, Typed({}))


@router.post("/{question_id}/decline")
def decline(token: str, question_id: UUID, request: Request, texts: Texts, dialogue: OwnDialogue, db: Db) -> Response:
    """Give a question no answer, and its supplier the reason."""
    typed = form.asked(DeclineIn, texts, language_of(request))
    if typed.value is None:
        return _decline(token, question_id, dialogue, request, db, typed)
    try:
        service.decline(db, dialogue, question_id, typed.value.reason)
    except Conflict as refusal:
        return _desk(token, dialogue, request, db, refusal=refusal)
    return _back(token)


def _decline(
    token: str, question_id: UUID, dialogue: Dialogue, request: Request, db: Session, typed: Typed[DeclineIn]
) -> Response:
    question = queries.question_in(db, dialogue.id, question_id)
    return _form("decline", request, typed, token=token, dialogue=dialogue, question=question)


@router.get("/answers/{answer_id}")
def look_at(token: str, answer_id: UUID, dialogue: OwnDialogue, request: Request, db: Db) -> Response:
    """The form with the words of one answer."""
    answer = queries.in_dialogue(db, dialogue.id, answer_id)
    return _answer(token, answer, dialogue, request, db, Typed({"wording": answer.wording, "text": answer.text}))


@router.post("/answers/{answer_id}")
def change(token: str, answer_id: UUID, request: Request, texts: Texts, dialogue: OwnDialogue, db: Db) -> Response:
    """Change a draft, or correct what has been published."""
    language = language_of(request)
    answer, typed = queries.in_dialogue(db, dialogue.id, answer_id), form.asked(AnswerIn, texts, language)
    if typed.value is None:
        return _answer(token, answer, dialogue, request, db, typed)
    try:
        with db.begin_nested():
            service.change(db, dialogue, answer, typed.value)
    except Identifying as refusal:
        faults = form.faults_of(refusal, language)
        return _answer(token, answer, dialogue, request, db, Typed(texts, None, faults))
    return _back(token)


@router.post("/answers/{answer_id}/discard")
def discard(token: str, answer_id: UUID, dialogue: OwnDialogue, request: Request, db: Db) -> Response:
    """Throw a draft away: its questions wait again."""
    try:
        service.discard(db, dialogue, answer_id)
    except Conflict as refusal:
        return _desk(token, dialogue, request, db, refusal=refusal)
    return _back(token)


def _answer(
    token: str, answer: SharedAnswer, dialogue: Dialogue, request: Request, db: Session, typed: Typed[AnswerIn]
) -> Response:
    questions = queries.in_answer(db, answer.id)
    return _form("answer", request, typed, token=token, dialogue=dialogue, answer=answer, questions=questions)


def _form(name: str, request: Request, typed: Typed[DeclineIn] | Typed[AnswerIn], **shown: object) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.OK
    return page(request, f"questions/{name}.html", status=status, run=None, refusal=None, typed=typed, **shown)


def _back(token: str) -> Response:
    return RedirectResponse(f"/o/{token}/questions", HTTPStatus.SEE_OTHER)
