"""The dialogue note for systems: its organiser publishes versions, anybody who may see the dialogue reads them."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter

from app.dialogues.service import get as get_dialogue
from app.dialogues.service import readable
from app.kernel.access import Token, TokenIfAny, check_organiser
from app.kernel.db import Db
from app.notes import service
from app.notes.models import Note
from app.notes.schemas import NoteIn, NoteOut

router = APIRouter(prefix="/api/v1/dialogues/{dialogue_id}", tags=["notes"])


@router.post("/notes", status_code=HTTPStatus.CREATED, response_model=NoteOut)
def publish(dialogue_id: UUID, written: NoteIn, token: Token, db: Db) -> Note:
    """Publish a new version of the dialogue note."""
    check_organiser(db, token, dialogue_id)
    return service.publish_note(db, get_dialogue(db, dialogue_id), written)


@router.get("/notes", response_model=list[NoteOut])
def versions(dialogue_id: UUID, token: TokenIfAny, db: Db) -> list[Note]:
    """List all versions of the dialogue note, the latest first."""
    return service.versions(db, readable(db, dialogue_id, token).id)


@router.get("/note", response_model=NoteOut)
def standing(dialogue_id: UUID, token: TokenIfAny, db: Db) -> Note:
    """Read the version of the dialogue note that stands."""
    return service.standing(db, readable(db, dialogue_id, token).id)
