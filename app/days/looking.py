"""Looking into somebody's calendar: fetched and read while no transaction is open, then kept.

The address is a secret of whoever gave it, for it opens all that stands in the calendar. It is used and forgotten;
its hash tells whether the same is given again, so that its server may say that nothing has changed.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from fastapi import UploadFile

from app.days import reading
from app.days.busy import Busy
from app.days.entries import MOST_BYTES
from app.days.models import BusyReading, Day, Person, Source
from app.days.reading import Found
from app.days.service import day_of
from app.days.watched import read_apart
from app.kernel.db import transaction
from app.kernel.fetch import fetch
from app.kernel.refusals import Invalid


@dataclass(frozen=True, slots=True)
class Given:
    """A calendar as somebody gives it: the bytes of a file, or an address."""

    content: bytes = b""
    address: str = ""


def given_by(file: UploadFile | None, address: str) -> Given:
    """The calendar that a form gave, of which no more is read than is taken."""
    content = file.file.read(MOST_BYTES + 1) if file is not None else b""
    return Given(content, address.strip())


def look(person_id: UUID, given: Given, *, actor: str) -> None:
    """Read when a person is busy on the day, and keep it; for a caller that holds no transaction.

    Raises NotFound until the hours of the day are set, Invalid for a calendar that cannot be had or read, and
    Unavailable while others are read.
    """
    with transaction(reads_only=True) as db:
        person = db.get_one(Person, person_id)
        day, before = day_of(db, person.dialogue_id), reading.last_reading(db, person)
    found = _from_file(day, given.content) if given.content else _from_address(day, given.address, before)
    with transaction(actor=actor) as db:
        reading.keep(db, db.get_one(Person, person_id), found)


def _from_file(day: Day, content: bytes) -> Found:
    return Found(Source.FILE, read_apart(content, day.date, day.timezone))


def _from_address(day: Day, address: str, before: BusyReading | None) -> Found:
    if not address.strip():
        raise Invalid("Choose a file, or write an address.")
    place_hash = hashlib.sha256(address.strip().encode("utf-8", "surrogatepass")).hexdigest()
    same = before if before is not None and before.place_hash == place_hash else None
    fetched = fetch(address, etag=same.etag if same else "")
    if fetched.body is None and same is not None:
        return Found(Source.ADDRESS, [Busy(*period) for period in same.periods], place_hash, same.etag)
    periods = read_apart(fetched.body or b"", day.date, day.timezone)
    return Found(Source.ADDRESS, periods, place_hash, fetched.etag)
