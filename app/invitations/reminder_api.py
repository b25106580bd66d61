"""Whether people are reminded, over the API."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from app.invitations import reminding
from app.kernel.access import Token, check_organiser
from app.kernel.db import Db

router = APIRouter(prefix="/api/v1/dialogues/{dialogue_id}/letters/reminders", tags=["letters"])


class RemindsIn(BaseModel):
    """Whether people are reminded two days and two hours before their day begins."""

    model_config = ConfigDict(extra="forbid")

    reminds: Annotated[bool, Field(strict=True)]


@router.put("")
def set_reminds(dialogue_id: UUID, asked: RemindsIn, token: Token, db: Db) -> RemindsIn:
    """Set whether people are reminded."""
    check_organiser(db, token, dialogue_id)
    reminding.set_reminds(db, dialogue_id, reminds=asked.reminds)
    return asked
