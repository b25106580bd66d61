"""What crosses the doors of one-to-one meetings; suppliers, panels, rooms and people are named by handle or id."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.kernel.texts import Slug


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a meeting is to take place; `people` None means everyone in the panel who may attend."""

    room_id: UUID
    starts_at: datetime
    people: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class SessionPlace:
    """Where and when a session is to take place; `room_id` None means that it needs no room."""

    room_id: UUID | None
    starts_at: datetime


def _only_text(value: object) -> object:
    if not isinstance(value, str | datetime):
        raise PydanticCustomError("timezone_aware", "Write a date and a time, with its offset from UTC.")
    return value


def _near(moment: datetime) -> datetime:
    # Far-off years overflow when they are moved to another zone.
    if not 2000 <= moment.year < 2200:
        raise PydanticCustomError("far_date", "That date is too far off.")
    return moment


ThisMoment = Annotated[AwareDatetime, BeforeValidator(_only_text), AfterValidator(_near)]
HandleOrId = Slug


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MeetingRequestIn(_In):
    """A supplier's wish to meet a panel; without `minutes` it is as long as meetings of the day are."""

    supplier: HandleOrId
    panel: HandleOrId
    minutes: Annotated[int, Field(strict=True, ge=5, le=240)] | None = None


class MeetingRequestOut(BaseModel):
    """A wished meeting."""

    id: UUID
    supplier: str
    panel: str
    minutes: int


class BarredIn(_In):
    """A person who must not attend a supplier's meetings."""

    person: HandleOrId
    supplier: HandleOrId


class BarredOut(BaseModel):
    """A person who must not attend a supplier's meetings."""

    person: str
    supplier: str


class BookingIn(_In):
    """Where and when a requested meeting is to be; without `people` everyone in the panel who may attend does."""

    request: UUID
    room: HandleOrId
    starts_at: ThisMoment
    people: Annotated[list[HandleOrId], Field(max_length=100)] | None = None


class MoveIn(_In):
    """Where and when a booked meeting is to be instead."""

    room: HandleOrId
    starts_at: ThisMoment
    people: Annotated[list[HandleOrId], Field(max_length=100)] | None = None


class BookingOut(BaseModel):
    """A booked meeting; moments are in UTC."""

    id: UUID
    request: UUID
    supplier: str
    panel: str
    room: str
    starts_at: datetime
    ends_at: datetime
    people: list[str]
