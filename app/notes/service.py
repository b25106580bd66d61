"""The dialogue note: each publishing makes a new version, and no version is ever changed."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.dialogues.service import page_changed
from app.kernel import trail
from app.kernel.refusals import Conflict, NotFound
from app.notes.models import Note
from app.notes.schemas import NoteIn

MOST_VERSIONS = 200


def publish_note(db: Session, dialogue: Dialogue, written: NoteIn) -> Note:
    """The next version of the dialogue's note."""
    former = latest(db, dialogue.id)
    version = former.version + 1 if former else 1
    if version > MOST_VERSIONS:
        raise Conflict("There are {most} already, and no more are taken.", most=MOST_VERSIONS)
    note = Note(dialogue_id=dialogue.id, version=version, **written.model_dump())
    db.add(note)
    page_changed(dialogue)
    db.flush()
    trail.record(db, "published", note, dialogue_id=dialogue.id, version=version, **written.model_dump())
    return note


def versions(db: Session, dialogue_id: UUID) -> list[Note]:
    """All versions of the dialogue's note, the latest first."""
    notes = sa.select(Note).where(Note.dialogue_id == dialogue_id).order_by(Note.version.desc())
    return list(db.scalars(notes))


def latest(db: Session, dialogue_id: UUID) -> Note | None:
    """The version that stands; None before there is any."""
    notes = sa.select(Note).where(Note.dialogue_id == dialogue_id).order_by(Note.version.desc())
    return db.scalars(notes.limit(1)).one_or_none()


def standing(db: Session, dialogue_id: UUID) -> Note:
    """The version that stands; raises NotFound before there is any."""
    note = latest(db, dialogue_id)
    if note is None:
        raise NotFound("The dialogue note has not been published yet.")
    return note


def version(db: Session, dialogue_id: UUID, number: int) -> Note:
    """One version of the dialogue's note; raises NotFound."""
    is_it = sa.and_(Note.dialogue_id == dialogue_id, Note.version == number)
    note = db.scalars(sa.select(Note).where(is_it)).one_or_none()
    if note is None:
        raise NotFound("There is no such version of the dialogue note.")
    return note
