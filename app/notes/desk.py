"""The organiser's page for the documents that are published beside the note."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile

from app.dialogues.door import OwnDialogue
from app.dialogues.models import Dialogue
from app.kernel.db import Db
from app.kernel.forms import Typed, check
from app.kernel.html import page
from app.kernel.languages import language_of, translate
from app.kernel.refusals import Invalid, Refusal, TooLarge
from app.kernel.settings import settings
from app.notes import documents
from app.notes.schemas import DocumentIn

router = APIRouter(prefix="/o/{token}/documents", include_in_schema=False)


async def _posted(request: Request) -> tuple[dict[str, str], str, bytes]:
    async with request.form(max_files=1, max_fields=20, max_part_size=200_000) as form:
        texts = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        file = form.get("file")
        return (texts, file.filename or "", await file.read()) if isinstance(file, UploadFile) else (texts, "", b"")


Posted = Annotated[tuple[dict[str, str], str, bytes], Depends(_posted)]


@router.get("")
def read(token: str, dialogue: OwnDialogue, request: Request, db: Db) -> Response:
    """The documents that everybody may read, and a form for one more."""
    return _page(token, dialogue, request, db, Typed({}))


@router.post("")
def publish(token: str, request: Request, posted: Posted, dialogue: OwnDialogue, db: Db) -> Response:
    """Publish a document."""
    (texts, name, content), language = posted, language_of(request)
    typed = check(DocumentIn, texts, language)
    errors = {} if content else {"file": translate(language, "Choose a file.")}
    errors.update(typed.errors)
    if not texts.get("title", "").strip():
        errors["title"] = translate(language, "Write what the document is called.")
    if typed.value is None or errors:
        return _page(token, dialogue, request, db, Typed(texts, None, errors))
    try:
        documents.publish(db, dialogue, typed.value.title, name, content)
    except (Invalid, TooLarge) as refusal:
        errors["file"] = translate(language, refusal.sentence, **refusal.values)
        return _page(token, dialogue, request, db, Typed(texts, None, errors))
    except Refusal as refusal:
        return _page(token, dialogue, request, db, Typed(texts), refusal)
    return _back(token)


@router.post("/{document_id}/withdraw")
def withdraw(token: str, document_id: UUID, dialogue: OwnDialogue, db: Db) -> Response:
    """Show a document to nobody from now on."""
    documents.withdraw(db, dialogue, document_id)
    return _back(token)


def _page(
    token: str,
    dialogue: Dialogue,
    request: Request,
    db: Session,
    typed: Typed[DocumentIn],
    refusal: Refusal | None = None,
) -> Response:
    return page(
        request,
        "notes/documents.html",
        status=refusal.status if refusal else HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.OK,
        token=token,
        dialogue=dialogue,
        run=None,
        refusal=refusal,
        typed=typed,
        documents=documents.published(db, dialogue.id),
        most_megabytes=settings().max_upload_bytes // 1_000_000,
    )


def _back(token: str) -> Response:
    return RedirectResponse(f"/o/{token}/documents", HTTPStatus.SEE_OTHER)
