"""What crosses the doors of invitations."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from app.dialogues.schemas import QuietMinutes
from app.invitations.difference import Kind


class QuietIn(BaseModel):
    """How many minutes after the last change people are told of it; 0 is at once."""

    model_config = ConfigDict(extra="forbid")

    quiet_minutes: QuietMinutes


class QuietTyped(BaseModel):
    """The same, as it is typed into a form."""

    quiet_minutes: int = Field(ge=0, le=24 * 60)


class LetterDue(BaseModel):
    """A letter that waits to be sent: what it brings, to whom, and about what; moments are in UTC."""

    model_config = ConfigDict(from_attributes=True)

    kind: Kind
    name: str
    address: str
    title: str
    starts_at: datetime
    ends_at: datetime
    room: str


class LettersDue(BaseModel):
    """All letters that wait, and when they are sent; None when nothing waits."""

    due_at: datetime | None
    letters: list[LetterDue]
