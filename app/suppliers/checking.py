"""What Enhetsregisteret has said of companies: kept for a day by number, and beside each supplier as it was found."""

import re
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from datetime import timedelta
from difflib import SequenceMatcher
from threading import BoundedSemaphore

import sqlalchemy as sa
from sqlalchemy.orm import Session
from stdnum.no import orgnr

from app.kernel import clock, trail
from app.kernel.db import transaction
from app.kernel.texts import slug_of
from app.suppliers import register
from app.suppliers.models import NORWAY, RegisterEntry, RegisterState, Supplier
from app.suppliers.register import Entry, NoAnswer

FRESH = timedelta(days=1)
SECONDS_AT_THE_DOOR = 1.5
ALIKE = 0.6  # of two names, from 0 to 1
_ASKING_AT_ONCE = 4
_asking = ThreadPoolExecutor(_ASKING_AT_ONCE, "register")
_free = BoundedSemaphore(_ASKING_AT_ONCE)
_FORMS = {"as", "asa", "ans", "da", "ks", "sa", "nuf", "enk", "ab", "a-s", "aps", "gmbh", "ltd", "oy", "bv", "inc"}


def kept(db: Session, number: str) -> Entry | None:
    """What the register said of a number during the last day."""
    fresh = sa.and_(RegisterEntry.number == number, RegisterEntry.fetched_at > clock.now() - FRESH)
    row = db.scalars(sa.select(RegisterEntry).where(fresh)).one_or_none()
    return None if row is None else Entry(state=row.state, name=row.name, form=row.form, since=row.since)


def keep(db: Session, number: str, entry: Entry) -> None:
    """Keep what the register has just said of a number."""
    row = db.scalars(sa.select(RegisterEntry).where(RegisterEntry.number == number).with_for_update()).one_or_none()
    if row is None:
        row = RegisterEntry(number=number)
        db.add(row)
    for name, value in entry.model_dump().items():
        setattr(row, name, value)
    row.fetched_at = clock.now()
    db.flush()


def at_the_door(typed: str, country: str) -> Entry | None:
    """What the register says of a number within a second and a half; None when it does not.

    It is asked anew each time: a quick answer from what is kept would tell that somebody has been here with the same
    number. Opens a transaction of its own when the register has answered, so that none is open while it thinks.
    """
    number = re.sub(r"[\s.]", "", typed[:40])
    if country not in {"", NORWAY} or not orgnr.is_valid(number):
        return None
    if not _free.acquire(blocking=False):
        return None
    asked = _asking.submit(register.look_up, number, seconds=SECONDS_AT_THE_DOOR)
    asked.add_done_callback(lambda _: _free.release())
    try:
        entry = asked.result(timeout=SECONDS_AT_THE_DOOR)
    except (TooSlow, NoAnswer):
        return None
    with transaction() as db:
        keep(db, number, entry)
    return entry


def note(db: Session, supplier: Supplier, entry: Entry) -> None:
    """Keep beside a supplier what the register says of it, for the organiser; it changes nothing else."""
    is_news = (supplier.register_state, supplier.register_name) != (entry.state, entry.name)
    supplier.register_state, supplier.register_since = entry.state, entry.since
    supplier.register_name, supplier.register_form = entry.name, entry.form
    supplier.register_checked_at = clock.now()
    if is_news:
        told = {"state": entry.state.value, "name": entry.name, "form": entry.form}
        trail.record(db, "was checked in the register", supplier, dialogue_id=supplier.dialogue_id, **told)


def is_to_be_checked(supplier: Supplier) -> bool:
    """Whether the register can say anything of a supplier, and has not."""
    is_new = supplier.register_state is RegisterState.NOT_CHECKED and supplier.country == NORWAY
    return is_new and supplier.withdrawn_at is None


def differs(supplier: Supplier) -> bool:
    """Whether a supplier calls itself something quite unlike its name in the register."""
    if supplier.register_name is None:
        return False
    given, official = _core(supplier.name), _core(supplier.register_name)
    return given not in official and official not in given and SequenceMatcher(None, given, official).ratio() < ALIKE


def _core(name: str) -> str:
    words = [word for word in slug_of(name).split("-") if word not in _FORMS]
    return "".join(words) or slug_of(name)
