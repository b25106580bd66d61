"""What crosses the doors of invitations."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.dialogues.schemas import QuietMinutes
from app.invitations.answers import How
from app.invitations.difference import Change, Kind
from app.kernel.ical import PartStat


class QuietIn(BaseModel):
    """How many minutes after the last change people are told of it; 0 is at once."""

    model_config = ConfigDict(extra="forbid")

    quiet_minutes: QuietMinutes


class LettersTyped(BaseModel):
    """When letters go, as it is typed into a form: the quiet period in minutes, and whether people are reminded."""

    quiet_minutes: int = Field(ge=0, le=24 * 60)
    reminds: bool = False


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

    @classmethod
    def of(cls, change: Change) -> Self:
        """The letter that brings this change."""
        said = change.said
        return cls(
            kind=change.kind,
            name=said.name,
            address=said.address,
            title=said.title,
            starts_at=said.starts_at,
            ends_at=said.ends_at,
            room=said.room,
        )


class LettersDue(BaseModel):
    """All letters that wait, and when they are sent; None when nothing waits."""

    due_at: datetime | None
    letters: list[LetterDue]


class ProposedOut(BaseModel):
    """Another time that somebody has proposed, in UTC."""

    starts_at: datetime
    ends_at: datetime


class UnprovedOut(BaseModel):
    """An answer that nothing proves: who it says it is from, and what it said."""

    model_config = ConfigDict(from_attributes=True)

    sender: str
    words: str
    read_at: datetime


class AnswerOut(BaseModel):
    """What one recipient has answered to one invitation, in the words of calendars; moments are in UTC."""

    id: UUID
    appointment: UUID
    name: str
    address: str
    starts_at: datetime
    answer: PartStat
    how: How | None
    answered_at: datetime | None
    comment: str
    delegated_to: str
    proposed: ProposedOut | None
    unproved: list[UnprovedOut]
