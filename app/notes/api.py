"""The dialogue note and its documents for systems: the organiser publishes, whoever may see the dialogue reads."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, UploadFile
from pydantic import Json

from app.dialogues.service import get as get_dialogue
from app.dialogues.service import readable
from app.kernel.access import Token, TokenIfAny, check_organiser
from app.kernel.db import Db
from app.notes import documents, service
from app.notes.models import Note
from app.notes.schemas import DocumentIn, DocumentOut, NoteIn, NoteOut

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


@router.post("/documents", status_code=HTTPStatus.CREATED)
def publish_document(
    dialogue_id: UUID,
    document: Annotated[Json[DocumentIn], Form()],
    file: Annotated[UploadFile, File()],
    token: Token,
    db: Db,
) -> DocumentOut:
    """Publish a file beside the note; `document` is JSON, as a field of the form. For the organiser."""
    check_organiser(db, token, dialogue_id)
    made = documents.publish(db, get_dialogue(db, dialogue_id), document.title, file.filename or "", file.file.read())
    return documents.told(db, made)


@router.get("/documents")
def published_documents(dialogue_id: UUID, token: TokenIfAny, db: Db) -> list[DocumentOut]:
    """List the documents beside the note, in the order of publication."""
    return documents.published(db, readable(db, dialogue_id, token).id)


@router.delete("/documents/{document_id}", status_code=HTTPStatus.NO_CONTENT)
def withdraw_document(dialogue_id: UUID, document_id: UUID, token: Token, db: Db) -> None:
    """Show a document to nobody from now on; for the organiser."""
    check_organiser(db, token, dialogue_id)
    documents.withdraw(db, get_dialogue(db, dialogue_id), document_id)
