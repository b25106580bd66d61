"""Letters over the API: what waits to be sent, and when it goes."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter

from app.dialogues.service import get
from app.invitations import quiet, service
from app.invitations.schemas import LetterDue, LettersDue, QuietIn
from app.kernel.access import Token, check_organiser
from app.kernel.db import Db

router = APIRouter(prefix="/api/v1/dialogues/{dialogue_id}/letters", tags=["letters"])


@router.get("/waiting")
def waiting(dialogue_id: UUID, token: Token, db: Db) -> LettersDue:
    """The letters that wait for the quiet period to end."""
    check_organiser(db, token, dialogue_id)
    telling = quiet.waiting(db, dialogue_id)
    due = service.due(db, get(db, dialogue_id)) if telling else []
    return LettersDue(due_at=telling.due_at if telling else None, letters=[LetterDue.of(one.change) for one in due])


@router.post("/now", status_code=HTTPStatus.ACCEPTED)
def send_now(dialogue_id: UUID, token: Token, db: Db) -> None:
    """Send what waits without waiting longer; does nothing where nothing waits."""
    check_organiser(db, token, dialogue_id)
    quiet.tell_now(db, dialogue_id)


@router.put("/quiet")
def set_quiet(dialogue_id: UUID, asked: QuietIn, token: Token, db: Db) -> QuietIn:
    """Set how long it is to be quiet before people are told of a change."""
    check_organiser(db, token, dialogue_id)
    quiet.set_quiet(db, dialogue_id, asked.quiet_minutes)
    return asked
