"""When people are busy, by their calendars, over the API: what was read is answered first, and used when asked for."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, UploadFile
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from app.days import looking, reading
from app.days.looking import given_by
from app.days.models import Person, Source
from app.days.reading import BusyShown
from app.days.schemas import ClockOut, PersonOut, WindowsOut
from app.kernel import rates
from app.kernel.access import Token, check_organiser
from app.kernel.db import Db, transaction
from app.kernel.rates import Rate
from app.kernel.refusals import NotFound

router = APIRouter(prefix="/api/v1/dialogues/{dialogue_id}/people/{handle}/busy", tags=["day"])


class PeriodOut(BaseModel):
    """From when to when a person is busy, and whether that is settled."""

    start: ClockOut = Field(serialization_alias="from")
    end: ClockOut = Field(serialization_alias="to")
    tentative: bool


class BusyOut(BaseModel):
    """What was read of a person's calendar for the day, within its hours, and what it would leave free."""

    id: UUID
    source: Source
    day: date
    read_at: datetime
    used_at: datetime | None
    busy: list[PeriodOut]
    free: WindowsOut
    free_without_tentative: WindowsOut

    @classmethod
    def of(cls, shown: BusyShown) -> "BusyOut":
        """What is told of a reading."""
        told: dict[str, Any] = {
            name: getattr(shown.reading, name) for name in ("id", "source", "day", "read_at", "used_at")
        }
        busy = [PeriodOut(start=one.start, end=one.end, tentative=one.is_tentative) for one in shown.busy]
        return cls(**told, busy=busy, free=shown.free, free_without_tentative=shown.free_without_tentative)


class UseIn(BaseModel):
    """Which reading is to be used, and whether what is tentative in it leaves the person free."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    tentative_is_free: Annotated[bool, Field(strict=True)] = False


def _own_person(dialogue_id: UUID, handle: str, token: Token, db: Db) -> Person:
    return _person(db, dialogue_id, handle, token)


Own = Annotated[Person, Depends(_own_person, scope="function")]


@router.get("")
def read_last(person: Own, db: Db) -> BusyOut:
    """What was read last of the person's calendar."""
    return _shown(db, person)


@router.post("")
def read_calendar(
    dialogue_id: UUID,
    handle: str,
    token: Token,
    file: Annotated[UploadFile | None, File(description="an .ics file")] = None,
    address: Annotated[str, Form(description="an https or webcal address, which is used once and not kept")] = "",
) -> BusyOut:
    """Read a person's calendar, from a file or an address; nothing else is changed by it."""
    # Not by the dependency that opens a transaction for the request: a foreign server may take ten seconds.
    with transaction(reads_only=True) as db:
        person = _person(db, dialogue_id, handle, token)
    rates.spend(Rate.CALENDAR, str(person.id))
    looking.look(person.id, given_by(file, address), actor="organiser")
    with transaction(reads_only=True) as db:
        return _shown(db, person)


@router.post("/use", response_model=PersonOut)
def use_reading(asked: UseIn, person: Own, db: Db) -> Person:
    """Make what was read the free times of the person."""
    reading.use(db, person, asked.id, tentative_is_free=asked.tentative_is_free)
    return person


def _person(db: Session, dialogue_id: UUID, handle: str, token: str) -> Person:
    check_organiser(db, token, dialogue_id)
    return reading.person_in(db, dialogue_id, handle)


def _shown(db: Session, person: Person) -> BusyOut:
    found = reading.shown(db, person)
    if found is None:
        raise NotFound("No calendar of this person has been read for the day.")
    return BusyOut.of(found)
