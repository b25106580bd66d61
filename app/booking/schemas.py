"""What crosses the doors of booking; moments are in UTC."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.booking.models import DeskState
from app.dialogues.models import BookingWay
from app.dialogues.schemas import Moment
from app.meetings.schemas import ThisMoment


@dataclass(frozen=True, slots=True)
class Opening:
    """A time that a supplier can have without anybody losing anything."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Took:
    """It worked: the supplier has the time now, or it is held for it."""

    opening: Opening


@dataclass(frozen=True, slots=True)
class Gone:
    """The time cannot be had; `fresh` are those that can be had now."""

    fresh: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class NotYet:
    """The day is being looked through after a change; times are given out again in some seconds."""


Answer = Took | Gone | NotYet


@dataclass(frozen=True, slots=True)
class Order:
    """What a supplier asks for: a time for one of its meetings, for good or held; the same `key` is the same order.

    `received_at` is when the order had come in whole.
    """

    supplier_id: UUID
    request_id: UUID
    starts_at: datetime
    received_at: datetime
    key: str | None = None
    is_hold: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """An order as a system sends it: the token tells whose it is."""

    token: str
    request_id: UUID
    starts_at: datetime
    received_at: datetime
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """What came of an order, for a meeting of so many minutes with this panel."""

    answer: Answer
    panel: str
    minutes: int


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


class WayIn(BaseModel):
    """How suppliers come by their times, and from when to when they choose, where they do."""

    model_config = ConfigDict(extra="forbid")

    way: BookingWay
    opens_at: Moment | None = None
    closes_at: Annotated[Moment | None, Field(validate_default=True)] = None

    @field_validator("closes_at")
    @classmethod
    def _closes_after_it_opens(cls, closes: datetime | None, info: ValidationInfo) -> datetime | None:
        opens, way = info.data.get("opens_at"), info.data.get("way")
        if way is BookingWay.FIRST_COME and (opens is None or closes is None):
            raise PydanticCustomError("dates", "Say when suppliers may begin to choose their times, and until when.")
        if closes is not None and opens is not None and closes <= opens:
            raise PydanticCustomError("dates", "Choosing times must end after it has begun.")
        return closes


class DeskOut(BaseModel):
    """How times are given out, and how the desk stands, for the organiser."""

    way: BookingWay
    opens_at: datetime | None
    closes_at: datetime | None
    state: DeskState
    meetings: int
    placed: int
    booked: int
    acts: dict[str, int]


Key = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$")]
