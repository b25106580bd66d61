"""What crosses the doors of the day: its frame, rooms, people, panels and programme; times are "HH:MM"."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Protocol, Self, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator
from pydantic_core import PydanticCustomError

from app.kernel.settings import Language
from app.kernel.texts import EmailAddress, Line, Phone, Slug

CELL_MINUTES = 5
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
Value = TypeVar("Value")


class SessionKind(StrEnum):
    """What part of the programme a session is; a break without rooms needs none."""

    PLENARY = "plenary"
    WORKSHOP = "workshop"
    BREAK = "break"


def clock_text(minutes: int) -> str:
    """Minutes after midnight as they are written: 825 is 13:45."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _minutes(value: object) -> int:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("clock", "Write a time of day such as 13:45.")
    minutes = int(found[1]) * 60 + int(found[2])
    if minutes % CELL_MINUTES:
        raise PydanticCustomError("clock_grid", "Write a time of day in whole five minutes.")
    return minutes


def _forwards(window: tuple[int, int]) -> tuple[int, int]:
    if window[1] <= window[0]:
        raise PydanticCustomError("window", "The end must be later than the start.")
    return window


def _each_once(values: list[Value]) -> list[Value]:
    if any(value in values[:place] for place, value in enumerate(values)):
        raise PydanticCustomError("repeated", "The same is named twice.")
    return values


ClockTime = Annotated[int, BeforeValidator(_minutes), PlainSerializer(clock_text, return_type=str, when_used="json")]
Window = Annotated[tuple[ClockTime, ClockTime], AfterValidator(_forwards)]
ClockOut = Annotated[int, PlainSerializer(clock_text, return_type=str)]
WindowsOut = list[tuple[ClockOut, ClockOut]]
Windows = Annotated[list[Window], Field(max_length=20)]
Word = Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$")]
Words = Annotated[list[Word], Field(max_length=20), AfterValidator(_each_once)]
Handles = Annotated[list[Slug], Field(max_length=100), AfterValidator(_each_once)]
Yes = Annotated[bool, Field(strict=True)]


Whole = Annotated[int, Field(strict=True)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID


class _NamedOut(_Out):
    handle: str


class _Named(Protocol):
    handle: str


def _handles_of(things: list[_Named]) -> list[str]:
    return [thing.handle for thing in things]


class DayIn(_In):
    """The frame of the day; its date is the dialogue's."""

    opens: ClockTime = Field(ge=5 * 60)
    closes: ClockTime
    step_minutes: Literal[5, 10, 15, 30] = 5
    meeting_minutes: Annotated[Whole, Field(ge=5, le=240)] = 45
    pause_minutes: Annotated[Whole, Field(ge=0, le=120)] = 15
    travel_minutes: Annotated[Whole, Field(ge=0, le=120)] = 0

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _forwards((self.opens, self.closes))
        if self.opens % self.step_minutes or self.closes % self.step_minutes:
            raise PydanticCustomError("day_grid", "The day opens and closes in whole steps of its grid.")
        if self.meeting_minutes % self.step_minutes:
            raise PydanticCustomError("length_grid", "The length is in whole steps of the grid of the day.")
        return self


class DayOut(_Out):
    """The frame of the day, as it is kept."""

    date: date
    timezone: str
    opens: ClockOut
    closes: ClockOut
    step_minutes: int
    meeting_minutes: int
    pause_minutes: int
    travel_minutes: int


class RoomIn(_In):
    """A room at the place of the day; without `free` it is free all day, and with `email` it is invited, too."""

    name: Line
    email: EmailAddress | None = None
    seats: Annotated[Whole, Field(ge=1, le=10_000)]
    features: Words = []
    free: Windows = []


class RoomOut(_NamedOut):
    """A room, with the handle that others use for it."""

    name: str
    email: str | None
    seats: int
    features: list[str]
    free: WindowsOut


class PersonIn(_In):
    """Somebody from a buyer, who is named by its handle; without `free` the person is there all day."""

    name: Line
    email: EmailAddress
    phone: Phone | None = None
    buyer: Slug
    language: Language = "nb"
    skills: Words = []
    free: Windows = []


class PersonOut(_NamedOut):
    """A person, with the handle that others use."""

    name: str
    email: str
    phone: str | None
    language: Language
    skills: list[str]
    free: WindowsOut


class NeedsIn(_In):
    """What the people who attend a meeting must at least amount to."""

    people: Annotated[Whole, Field(ge=1, le=50)] = 1
    buyers: Annotated[Whole, Field(ge=0, le=50)] = 0
    skills: Annotated[dict[Word, Annotated[Whole, Field(ge=1, le=50)]], Field(max_length=20)] = {}


class PanelIn(_In):
    """People who meet suppliers together; members and rooms by handle, and no rooms means any room."""

    name: Line
    members: Annotated[Handles, Field(min_length=1)]
    needs: NeedsIn = NeedsIn()
    rooms: Handles = []
    stays: Yes = True


class PanelOut(_NamedOut):
    """A panel, with the handle that others use."""

    name: str
    members: Annotated[list[str], BeforeValidator(_handles_of)]
    needs: NeedsIn
    rooms: list[str]
    stays: bool


class SessionIn(_In):
    """A part of the programme; rooms and what it comes `after` by handle, and no windows means the whole day."""

    model_config = ConfigDict(use_enum_values=True)

    title: Line
    kind: SessionKind
    minutes: Annotated[Whole, Field(ge=5, le=720)]
    windows: Windows = []
    rooms: Handles = []
    for_suppliers: Yes = True
    for_people: Yes = True
    after: Handles = []


class SessionOut(_NamedOut):
    """A part of the programme, with the handle that others use."""

    title: str
    kind: SessionKind
    minutes: int
    windows: WindowsOut
    rooms: list[str]
    for_suppliers: bool
    for_people: bool
    after: list[str]
