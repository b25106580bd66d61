"""What the booking pages show of one supplier: its meetings with what can be had, and its own day."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.booking import picture, service
from app.booking.choices import Hour, by_hour
from app.booking.picture import Picture
from app.booking.schemas import NotYet, Opening
from app.days.models import Panel
from app.days.queries import find_day
from app.dialogues.models import Dialogue
from app.kernel import clock
from app.meetings.models import Booking, MeetingRequest
from app.meetings.queries import appointments, booking_of
from app.planning import own_day
from app.planning.own_day import Entry
from app.suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class Meeting:
    """A supplier's meeting; `hours` is None while nobody knows what can be had, and empty where nothing can."""

    request: MeetingRequest
    panel: Panel
    booking: Booking | None
    hours: Sequence[Hour] | None


@dataclass(frozen=True, slots=True)
class Own:
    """A supplier's meetings, and its day as a picture; None until the hours of the day are set."""

    meetings: Sequence[Meeting]
    picture: Picture | None


def own(db: Session, dialogue: Dialogue, supplier: Supplier, *, offers: bool) -> Own:
    """What there is to show; with `offers` the times that can be had."""
    entries = own_day.of_supplier(appointments(db, dialogue.id), supplier)
    asked = service.requests_of(db, supplier.id)
    found = {one.id: service.look(db, dialogue, one) if offers else () for one in asked}
    every = [opening for some in found.values() if not isinstance(some, NotYet) for opening in some]
    meetings = [_meeting(db, one, found[one.id], entries) for one in asked]
    return Own(meetings, day_of(db, dialogue, entries, every))


def _meeting(
    db: Session, asked: MeetingRequest, found: Sequence[Opening] | NotYet, entries: Sequence[Entry]
) -> Meeting:
    hours = None if isinstance(found, NotYet) else by_hour(found, entries)
    return Meeting(asked, db.get_one(Panel, asked.panel_id), booking_of(db, asked.id), hours)


def day_of(
    db: Session,
    dialogue: Dialogue,
    entries: Sequence[Entry],
    openings: Sequence[Opening] = (),
    held: Opening | None = None,
) -> Picture | None:
    """A supplier's day as a picture."""
    day = find_day(db, dialogue.id)
    if day is None:
        return None
    zone = ZoneInfo(day.timezone)
    opens, closes = clock.wall(day.date, day.opens, zone), clock.wall(day.date, day.closes, zone)
    return picture.draw(opens, closes, entries, openings, held)
