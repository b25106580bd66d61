"""Stored files: under ids of our own, with their hash; the row is written after the bytes are safe on disk."""

import hashlib
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.kernel import clock
from app.kernel.db import Row
from app.kernel.disk import write_whole
from app.kernel.settings import settings


class StoredFile(Row):
    """A file that somebody sent in; `name` is theirs, and is only ever shown."""

    __tablename__ = "files"

    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime] = mapped_column(default=clock.now)


def store(db: Session, content: bytes, *, name: str, media_type: str) -> StoredFile:
    """Keep a file: first its bytes, flushed to disk, then its row in this transaction."""
    file_id = uuid4()
    write_whole(path_of(file_id), content)
    digest = hashlib.sha256(content).hexdigest()
    stored = StoredFile(id=file_id, name=name, media_type=media_type, size=len(content), sha256=digest)
    db.add(stored)
    db.flush()
    return stored


def path_of(file_id: UUID) -> Path:
    """Where the bytes of a stored file lie."""
    return settings().files / file_id.hex[:2] / file_id.hex
