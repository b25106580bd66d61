"""What crosses the doors of the dialogue note: its five parts, in paragraphs and lists of plain text."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from app.kernel.texts import Line, Prose


def _written(text: str) -> str:
    if not text:
        raise PydanticCustomError("empty_text", "This must be filled in.")
    return text


Part = Annotated[Prose, AfterValidator(_written)]


class NoteIn(BaseModel):
    """A dialogue note; empty lines part its paragraphs, and “- ” or “1. ” begins an item of a list."""

    model_config = ConfigDict(extra="forbid", strict=True)

    background: Part
    challenges: Part
    needs: Part
    invitation: Part
    next_steps: Part


class NoteOut(BaseModel):
    """One published version of a dialogue note."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    published_at: datetime
    background: str
    challenges: str
    needs: str
    invitation: str
    next_steps: str


class DocumentIn(BaseModel):
    """What a document is called on the public page."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: Line


class DocumentOut(BaseModel):
    """A document that is published beside the note; its file is at `/d/…/documents/{id}`."""

    id: UUID
    title: str
    name: str
    media_type: str
    size: int
    sha256: str
    published_at: datetime
