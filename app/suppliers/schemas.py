"""What crosses the doors of registration; times are “HH:MM” (“H.MM” will do), kept as minutes after local midnight."""

import re
import unicodedata
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from app.kernel.settings import Language
from app.kernel.texts import EmailAddress, Line, OrganisationNumber
from app.suppliers.models import RegisterState

GRID_MINUTES = 5
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_WEB_ADDRESS = re.compile(r"://|\bwww\.|\b(?:https?|ftp|mailto|tel):|\w\.[a-z]{2,}/", re.IGNORECASE)


def clock_text(minutes: int) -> str:
    """Minutes after midnight as they are written: 825 is 13:45."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _minutes(value: object) -> int:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("clock", "Write a time of day such as 13:45.")
    minutes = int(found[1]) * 60 + int(found[2])
    if minutes % GRID_MINUTES:
        raise PydanticCustomError("clock_grid", "Write a time of day in whole five minutes.")
    return minutes


def _without_web_address(name: str) -> str:
    # Our letters greet people by these names: a stranger must not send links to others in our name.
    if _WEB_ADDRESS.search(unicodedata.normalize("NFKC", name)):
        raise PydanticCustomError("web_address", "Write the name without a web address.")
    return name


ClockTime = Annotated[
    int,
    BeforeValidator(_minutes, json_schema_input_type=str),
    PlainSerializer(clock_text, return_type=str, when_used="json"),
]
ClockOut = Annotated[int, PlainSerializer(clock_text, return_type=str)]
Name = Annotated[Line, AfterValidator(_without_web_address)]


class WishIn(BaseModel):
    """A part of the day in which the supplier would like its meeting, and how much that counts."""

    model_config = ConfigDict(strict=True, extra="forbid", populate_by_name=True)

    start: ClockTime = Field(alias="from")
    end: ClockTime = Field(alias="to")
    weight: int = Field(default=1, ge=1, le=3)

    @field_validator("end")
    @classmethod
    def _ends_after_its_start(cls, end: int, info: ValidationInfo) -> int:
        if end <= info.data.get("start", -1):
            raise PydanticCustomError("wish_order", "A wish must end later than it begins.")
        return end


class Company(BaseModel):
    """A company that wants to take part; `arrives` and `leaves` bound when it can be met."""

    model_config = ConfigDict(strict=True, extra="forbid")

    organisation_number: OrganisationNumber
    name: Name
    contact_name: Name
    contact_email: EmailAddress
    wants_meeting: bool = True
    online: bool = False
    seats: int = Field(default=2, ge=1, le=3)
    arrives: ClockTime | None = None
    leaves: ClockTime | None = None

    @field_validator("leaves")
    @classmethod
    def _leaves_after_it_arrives(cls, leaves: int | None, info: ValidationInfo) -> int | None:
        arrives = info.data.get("arrives")
        if leaves is not None and arrives is not None and leaves <= arrives:
            raise PydanticCustomError("stay_order", "“Latest” must be later than “earliest”.")
        return leaves


class Registration(Company):
    """What it takes to register a company for a dialogue; `language` is that of the letters it gets."""

    wishes: list[WishIn] = Field(default=[], max_length=5)
    language: Language = "nb"


class WishOut(BaseModel):
    """A wish, as it is kept."""

    start: ClockOut = Field(serialization_alias="from")
    end: ClockOut = Field(serialization_alias="to")
    weight: int


def _wish(kept: object) -> object:
    return dict(zip(("start", "end", "weight"), kept, strict=True)) if isinstance(kept, list) else kept


class SupplierOut(BaseModel):
    """A registered company, as its organiser sees it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    handle: str
    organisation_number: str
    register_state: RegisterState
    name: str
    contact_name: str
    contact_email: str
    seats: int
    online: bool
    arrives: ClockOut | None
    leaves: ClockOut | None
    wishes: list[Annotated[WishOut, BeforeValidator(_wish)]]
    wants_meeting: bool
    language: Language
    registered_at: datetime
    withdrawn_at: datetime | None


class Noted(BaseModel):
    """What the open door answers to whoever registers a company, known here or not."""

    detail: str
