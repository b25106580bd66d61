"""What crosses the doors of registration; times are “HH:MM” (“H.MM” will do), kept as minutes after local midnight."""

import re
import unicodedata
from datetime import date, datetime
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

from app.dialogues.schemas import Places
from app.kernel.settings import Language
from app.kernel.texts import EmailAddress, Line, Phone, Prose, norwegian_number
from app.suppliers.countries import countries
from app.suppliers.models import NORWAY, RegisterState, Standing

GRID_MINUTES = 5
MOST_SEATS = 3
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_WEB_ADDRESS = re.compile(r"://|\bwww\.|\b(?:https?|ftp|mailto|tel):|\w\.[a-z]{2,}/", re.IGNORECASE)
_NATIONAL_NUMBER = re.compile(r"[A-Z0-9]{2,30}")


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


def _country(code: str) -> str:
    if code not in countries():
        raise PydanticCustomError("country", "Choose a country from the list.")
    return code


def _number_of(country: str, number: str) -> str:
    if country == NORWAY:
        return norwegian_number(number)
    plain = re.sub(r"[\s./-]", "", unicodedata.normalize("NFKC", number)).upper()
    if not _NATIONAL_NUMBER.fullmatch(plain):
        raise PydanticCustomError("national_number", "Write the company's number with 2 to 30 letters and digits.")
    return plain


ClockTime = Annotated[
    int,
    BeforeValidator(_minutes, json_schema_input_type=str),
    PlainSerializer(clock_text, return_type=str, when_used="json"),
]
ClockOut = Annotated[int, PlainSerializer(clock_text, return_type=str)]
Name = Annotated[Line, AfterValidator(_without_web_address)]
Country = Annotated[str, AfterValidator(_country)]
Told = Annotated[Prose, Field(max_length=1000)]


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


class Contact(BaseModel):
    """A person that the organiser may write to."""

    model_config = ConfigDict(strict=True, extra="forbid")

    name: Name
    email: EmailAddress


class Identity(BaseModel):
    """Which company it is: by its Norwegian number, or by the number that its own country gave it."""

    model_config = ConfigDict(strict=True, extra="forbid")

    country: Country = NORWAY
    organisation_number: Annotated[str, Field(max_length=40)]
    name: Name

    @field_validator("organisation_number")
    @classmethod
    def _is_one_of_its_country(cls, number: str, info: ValidationInfo) -> str:
        return _number_of(info.data.get("country", NORWAY), number)


class Contacts(BaseModel):
    """Who is written to on behalf of a company."""

    model_config = ConfigDict(strict=True, extra="forbid")

    contact_name: Name
    contact_email: EmailAddress
    contact_phone: Phone | None = None
    more_contacts: list[Contact] = Field(default=[], max_length=3)


class Participation(BaseModel):
    """How a company takes part; `arrives` and `leaves` bound when it can be met."""

    model_config = ConfigDict(strict=True, extra="forbid")

    wants_meeting: bool = True
    online: bool = False
    seats: int = Field(default=2, ge=1, le=MOST_SEATS)
    attendees: list[Name] = Field(default=[], max_length=MOST_SEATS)
    arrives: ClockTime | None = None
    leaves: ClockTime | None = None
    topics: Told | None = None
    needs: Told | None = None
    on_partner_list: bool = False

    @field_validator("leaves")
    @classmethod
    def _leaves_after_it_arrives(cls, leaves: int | None, info: ValidationInfo) -> int | None:
        arrives = info.data.get("arrives")
        if leaves is not None and arrives is not None and leaves <= arrives:
            raise PydanticCustomError("stay_order", "“Latest” must be later than “earliest”.")
        return leaves

    @field_validator("attendees")
    @classmethod
    def _no_more_than_come(cls, attendees: list[str], info: ValidationInfo) -> list[str]:
        if len(attendees) > info.data.get("seats", MOST_SEATS):
            raise PydanticCustomError("attendees", "There are more names than persons who come.")
        return attendees


class Registration(Participation, Contacts, Identity):
    """What it takes to register a company for a dialogue; `language` is that of the letters it gets."""

    wishes: list[WishIn] = Field(default=[], max_length=5)
    language: Language = "nb"


class PlacesIn(BaseModel):
    """How many companies may take part in a dialogue; no limit when None."""

    model_config = ConfigDict(strict=True, extra="forbid")

    places: Places | None


class WishOut(BaseModel):
    """A wish, as it is kept."""

    start: ClockOut = Field(serialization_alias="from")
    end: ClockOut = Field(serialization_alias="to")
    weight: int


def _wish(kept: object) -> object:
    return dict(zip(("start", "end", "weight"), kept, strict=True)) if isinstance(kept, list) else kept


class ContactOut(BaseModel):
    """A contact, as it is kept."""

    name: str
    email: str


def _contact(kept: object) -> object:
    return dict(zip(("name", "email"), kept, strict=True)) if isinstance(kept, list) else kept


class SupplierOut(BaseModel):
    """A registered company, as its organiser sees it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    handle: str
    standing: Standing
    country: str
    organisation_number: str
    register_state: RegisterState
    register_name: str | None
    register_form: str | None
    register_since: date | None
    register_checked_at: datetime | None
    name: str
    contact_name: str
    contact_email: str
    contact_phone: str | None
    more_contacts: list[Annotated[ContactOut, BeforeValidator(_contact)]]
    seats: int
    attendees: list[str]
    online: bool
    arrives: ClockOut | None
    leaves: ClockOut | None
    wishes: list[Annotated[WishOut, BeforeValidator(_wish)]]
    wants_meeting: bool
    topics: str | None
    needs: str | None
    on_partner_list: bool
    language: Language
    registered_at: datetime
    withdrawn_at: datetime | None


class Noted(BaseModel):
    """What the open door answers to whoever registers a company, known here or not."""

    detail: str
