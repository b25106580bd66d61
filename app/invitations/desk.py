"""The organiser's letters: what waits to be sent, when it goes, what did not get through, and what people answered."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.dialogues.door import OwnDialogue
from app.dialogues.models import Dialogue
from app.invitations import answered, answering, quiet, reminding, service, unreached
from app.invitations.preview import answers_of, lines_of
from app.invitations.schemas import LettersTyped
from app.kernel.db import Db
from app.kernel.forms import Typed, check, typed_texts
from app.kernel.html import page
from app.kernel.languages import language_of
from app.kernel.refusals import Conflict, Refusal

router = APIRouter(prefix="/o/{token}/letters", include_in_schema=False)

Texts = Annotated[dict[str, str], Depends(typed_texts)]


@router.get("")
def read(token: str, dialogue: OwnDialogue, request: Request, db: Db) -> Response:
    """What waits to be sent, what did not get through, and what people have answered."""
    return _desk(token, dialogue, request, db)


@router.post("/now")
def send_now(token: str, dialogue: OwnDialogue, db: Db) -> Response:
    """Send what waits without waiting longer."""
    quiet.tell_now(db, dialogue.id)
    return _back(token)


@router.post("/times")
def set_times(token: str, request: Request, texts: Texts, dialogue: OwnDialogue, db: Db) -> Response:
    """Set how long it is to be quiet before people are told, and whether they are reminded."""
    typed = check(LettersTyped, texts, language_of(request))
    if typed.value is None:
        return _desk(token, dialogue, request, db, typed)
    quiet.set_quiet(db, dialogue.id, typed.value.quiet_minutes)
    reminding.set_reminds(db, dialogue.id, reminds=typed.value.reminds)
    return _back(token)


@router.post("/{letter_id}/retry")
def try_again(token: str, letter_id: UUID, request: Request, dialogue: OwnDialogue, db: Db) -> Response:
    """Try a letter that did not get through anew."""
    try:
        with db.begin_nested():
            unreached.retry(db, dialogue.id, letter_id)
    except Conflict as refusal:
        return _desk(token, dialogue, request, db, refusal=refusal)
    return _back(token)


@router.post("/proposals/{told_id}/decline")
def decline_proposal(token: str, told_id: UUID, request: Request, dialogue: OwnDialogue, db: Db) -> Response:
    """Tell somebody who proposed another time that the time stays."""
    try:
        with db.begin_nested():
            answering.decline_counter(db, service.told_in(db, dialogue.id, told_id))
    except Conflict as refusal:
        return _desk(token, dialogue, request, db, refusal=refusal)
    return _back(token)


def _back(token: str) -> Response:
    return RedirectResponse(f"/o/{token}/letters", HTTPStatus.SEE_OTHER)


def _desk(
    token: str,
    dialogue: Dialogue,
    request: Request,
    db: Session,
    typed: Typed[LettersTyped] | None = None,
    refusal: Refusal | None = None,
) -> Response:
    telling, language = quiet.waiting(db, dialogue.id), language_of(request)
    return page(
        request,
        "invitations/desk.html",
        status=refusal.status if refusal else HTTPStatus.UNPROCESSABLE_ENTITY if typed else HTTPStatus.OK,
        token=token,
        dialogue=dialogue,
        run=None,
        refusal=refusal,
        typed=typed or Typed(_as_typed(dialogue)),
        due_at=telling.due_at if telling else None,
        letters=lines_of(service.due(db, dialogue) if telling else [], language),
        unreached=unreached.unreached(db, dialogue.id),
        answers=answers_of(answered.of_dialogue(db, dialogue.id), language),
    )


def _as_typed(dialogue: Dialogue) -> dict[str, str]:
    return {"quiet_minutes": str(dialogue.quiet_minutes), "reminds": "true" if dialogue.reminds else ""}
