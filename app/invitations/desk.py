"""The organiser's letters: what waits to be sent, when it goes, what did not get through, and what people answered."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.dialogues.door import OwnDialogue
from app.dialogues.models import Dialogue
from app.invitations import quiet, service
from app.invitations.preview import lines_of
from app.invitations.schemas import QuietTyped
from app.kernel.db import Db
from app.kernel.forms import Typed, check, typed_texts
from app.kernel.html import page
from app.kernel.languages import language_of

router = APIRouter(prefix="/o/{token}/letters", include_in_schema=False)

Texts = Annotated[dict[str, str], Depends(typed_texts)]


@router.get("")
def read(token: str, dialogue: OwnDialogue, request: Request, db: Db) -> Response:
    """What waits to be sent, what did not get through, and what people have answered."""
    return _desk(token, dialogue, request, db, Typed({"quiet_minutes": str(dialogue.quiet_minutes)}))


@router.post("/now")
def send_now(token: str, dialogue: OwnDialogue, db: Db) -> Response:
    """Send what waits without waiting longer."""
    quiet.tell_now(db, dialogue.id)
    return _back(token)


@router.post("/quiet")
def set_quiet(token: str, request: Request, texts: Texts, dialogue: OwnDialogue, db: Db) -> Response:
    """Set how long it is to be quiet before people are told."""
    typed = check(QuietTyped, texts, language_of(request))
    if typed.value is None:
        return _desk(token, dialogue, request, db, typed)
    quiet.set_quiet(db, dialogue.id, typed.value.quiet_minutes)
    return _back(token)


def _back(token: str) -> Response:
    return RedirectResponse(f"/o/{token}/letters", HTTPStatus.SEE_OTHER)


def _desk(token: str, dialogue: Dialogue, request: Request, db: Session, typed: Typed[QuietTyped]) -> Response:
    telling = quiet.waiting(db, dialogue.id)
    return page(
        request,
        "invitations/desk.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.OK,
        token=token,
        dialogue=dialogue,
        run=None,
        refusal=None,
        typed=typed,
        due_at=telling.due_at if telling else None,
        letters=lines_of(service.due(db, dialogue) if telling else [], language_of(request)),
    )
