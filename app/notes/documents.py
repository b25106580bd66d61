"""Documents beside the note: each is known by its content, listed by its title, and can be withdrawn."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.dialogues.service import page_changed
from app.kernel import clock, files, trail
from app.kernel.attachments import clean_name, kind_of
from app.kernel.files import StoredFile
from app.kernel.refusals import Conflict, Invalid, NotFound, TooLarge
from app.kernel.settings import settings
from app.notes.models import Document
from app.notes.schemas import DocumentOut

MOST_DOCUMENTS = 50


def publish(db: Session, dialogue: Dialogue, title: str, name: str, content: bytes) -> Document:
    """A document that everybody may read from now on.

    Raises Invalid for a kind of file that is not taken, TooLarge, and Conflict when there are fifty.
    """
    db.refresh(dialogue, with_for_update=True)
    if len(content) > settings().max_upload_bytes:
        raise TooLarge("The file is too large: at most {most} MB.", most=settings().max_upload_bytes // 1_000_000)
    if (kind := kind_of(content)) is None:
        raise Invalid("Only PDF, docx, odt and xlsx files can be published, without macros or a lock.")
    if len(published(db, dialogue.id)) >= MOST_DOCUMENTS:
        raise Conflict("There are {most} already, and no more are taken.", most=MOST_DOCUMENTS)
    kept = files.store(db, content, name=clean_name(name, kind), media_type=kind.media_type)
    document = Document(dialogue_id=dialogue.id, title=title, file_id=kept.id)
    db.add(document)
    page_changed(dialogue)
    db.flush()
    trail.record(db, "published", document, dialogue_id=dialogue.id, title=title, name=kept.name, sha256=kept.sha256)
    return document


def withdraw(db: Session, dialogue: Dialogue, document_id: UUID) -> None:
    """Show a document to nobody from now on; its file is kept. Raises NotFound when it is not shown."""
    db.refresh(dialogue, with_for_update=True)
    document, _ = _shown(db, dialogue.id, document_id)
    document.withdrawn_at = clock.now()
    page_changed(dialogue)
    trail.record(db, "withdrew", document, dialogue_id=dialogue.id)


def published(db: Session, dialogue_id: UUID) -> list[DocumentOut]:
    """The documents that everybody may read, in the order of publication."""
    rows = db.execute(_documents(dialogue_id).order_by(Document.published_at, Document.id))
    return [_told(document, kept) for document, kept in rows]


def told(db: Session, document: Document) -> DocumentOut:
    """What everybody may know of a document."""
    return _told(document, db.get_one(StoredFile, document.file_id))


def file_of(db: Session, dialogue_id: UUID, document_id: UUID) -> StoredFile:
    """The file of a document; raises NotFound when it is not shown."""
    return _shown(db, dialogue_id, document_id)[1]


def _shown(db: Session, dialogue_id: UUID, document_id: UUID) -> tuple[Document, StoredFile]:
    found = db.execute(_documents(dialogue_id).where(Document.id == document_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such document.")
    document, kept = found
    return document, kept


def _documents(dialogue_id: UUID) -> sa.Select[Document, StoredFile]:
    rows = sa.select(Document, StoredFile).join(StoredFile, Document.file_id == StoredFile.id)
    return rows.where(Document.dialogue_id == dialogue_id, Document.withdrawn_at.is_(None))


def _told(document: Document, kept: StoredFile) -> DocumentOut:
    return DocumentOut(
        id=document.id,
        title=document.title,
        name=kept.name,
        media_type=kept.media_type,
        size=kept.size,
        sha256=kept.sha256,
        published_at=document.published_at,
    )
