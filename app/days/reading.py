"""What a person's calendar says of the day: kept as it was read, shown, and used only when somebody says so."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.busy import Busy
from app.days.models import BusyReading, Day, Person, Source
from app.days.service import day_of
from app.dialogues.models import Dialogue
from app.dialogues.service import facts_changed
from app.kernel import clock, trail
from app.kernel.refusals import Conflict, NotFound

MOST_WINDOWS = 20  # of one person, as many as come in at the other doors
Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """What has been read: from a file, or from an address with this hash, whose server calls it `etag`."""

    source: Source
    periods: list[Busy]
    place_hash: str | None = None
    etag: str = ""


@dataclass(frozen=True, slots=True)
class BusyShown:
    """A reading as it is shown: when the person is busy within the hours of the day, and what would be left free."""

    reading: BusyReading
    busy: list[Busy]
    free: list[Window]
    free_without_tentative: list[Window]


def person_in(db: Session, dialogue_id: UUID, handle: str) -> Person:
    """The person with this handle in this dialogue; raises NotFound."""
    mine = sa.select(Person).where(Person.dialogue_id == dialogue_id, Person.handle == handle)
    person = db.scalars(mine).one_or_none() if handle.isprintable() else None
    if person is None:
        raise NotFound("There is no such person in the dialogue.")
    return person


def last_reading(db: Session, person: Person) -> BusyReading | None:
    """What was read last for the day as it now is; None where nothing was."""
    mine = sa.and_(BusyReading.person_id == person.id, BusyReading.day == day_of(db, person.dialogue_id).date)
    return db.scalars(sa.select(BusyReading).where(mine)).one_or_none()


def keep(db: Session, person: Person, found: Found) -> BusyReading:
    """Keep what has been read in place of what was read before; nothing comes of it until it is used."""
    day = day_of(db, person.dialogue_id)
    db.execute(sa.delete(BusyReading).where(BusyReading.person_id == person.id))
    reading = BusyReading(
        person_id=person.id,
        source=found.source,
        place_hash=found.place_hash,
        etag=found.etag,
        day=day.date,
        periods=[list(period) for period in found.periods],
        read_at=clock.now(),
    )
    db.add(reading)
    db.flush()
    return reading


def shown(db: Session, person: Person) -> BusyShown | None:
    """What was read last, as it is shown; None where nothing was read for the day as it now is."""
    reading, day = last_reading(db, person), day_of(db, person.dialogue_id)
    if reading is None:
        return None
    periods = [Busy(*period) for period in reading.periods]
    within = [one._replace(start=max(one.start, day.opens), end=min(one.end, day.closes)) for one in periods]
    return BusyShown(
        reading=reading,
        busy=[one for one in within if one.start < one.end],
        free=free_windows(day, periods),
        free_without_tentative=free_windows(day, [one for one in periods if not one.is_tentative]),
    )


def use(db: Session, person: Person, reading_id: UUID, *, tentative_is_free: bool = False) -> None:
    """Make what was read the free times of the person; changes nothing the second time.

    Raises Conflict when something else has been read meanwhile, or nothing of the day would be left.
    """
    dialogue = db.get_one(Dialogue, person.dialogue_id, with_for_update=True, populate_existing=True)
    db.refresh(person)
    found = shown(db, person)
    if found is None or found.reading.id != reading_id:
        raise Conflict("The calendar has been read anew since. Look at it here, and say so once more.")
    free = found.free_without_tentative if tentative_is_free else found.free
    if not free:
        raise Conflict("By this calendar you are busy all day. Write to the organiser if you cannot come.")
    day = day_of(db, dialogue.id)
    windows = [] if free == [(day.opens, day.closes)] else [list(window) for window in free]
    found.reading.used_at = found.reading.used_at or clock.now()
    if person.free == windows:
        return
    facts_changed(db, dialogue.id)
    person.free = windows
    trail.record(db, "took free times from a calendar", person, dialogue_id=dialogue.id, free=windows)


def free_windows(day: Day, periods: list[Busy]) -> list[Window]:
    """What the busy periods leave of the hours of the day, on its grid: the longest of them, in the order of time."""
    windows, free_from = [], day.opens
    for one in [*sorted(periods), Busy(day.closes, day.closes, is_tentative=False)]:
        start, end = -(-free_from // day.step_minutes), min(one.start, day.closes) // day.step_minutes
        if start < end:
            windows.append((start * day.step_minutes, end * day.step_minutes))
        free_from = max(free_from, one.end)
    return sorted(sorted(windows, key=lambda window: window[0] - window[1])[:MOST_WINDOWS])
