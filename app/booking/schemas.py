"""What crosses the doors of booking; moments are in UTC."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.booking.models import DeskState
from app.meetings.schemas import ThisMoment


@dataclass(frozen=True, slots=True)
class Opening:
    """A time that a supplier can have without anybody losing anything."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Took:
    """It worked: the supplier has the time now, or has given it back when `opening` is None."""

    opening: Opening | None


@dataclass(frozen=True, slots=True)
class Gone:
    """The time cannot be had; `fresh` are those that can be had now."""

    fresh: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class NotYet:
    """The day is being looked through after a change; times are given out again in some seconds."""


Answer = Took | Gone | NotYet


class OrderIn(BaseModel):
    """The start that a supplier wants for its meeting."""

    model_config = ConfigDict(extra="forbid")

    starts_at: ThisMoment


class OpeningOut(BaseModel):
    """A time that can be had."""

    model_config = ConfigDict(from_attributes=True)

    starts_at: datetime
    ends_at: datetime


class MeetingOut(BaseModel):
    """A supplier's meeting: with which panel, when if it has a time, and what else can be had."""

    meeting: UUID
    panel: str
    minutes: int
    starts_at: datetime | None
    ends_at: datetime | None
    openings: list[OpeningOut]


class DeskOut(BaseModel):
    """How a dialogue's desk stands, for its organiser."""

    state: DeskState
    meetings: int
    placed: int
    booked: int
    acts: dict[str, int]


Key = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$")]
