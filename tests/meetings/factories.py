"""Suppliers, wishes and places to test meetings with, on the day of `tests.days.factories`."""

from datetime import UTC, datetime, timedelta
from functools import cache

from sqlalchemy.orm import Session
from stdnum.no import orgnr

from app.days.models import Panel, Room
from app.days.service import panels_of, rooms_of
from app.dialogues.models import Dialogue
from app.meetings import service
from app.meetings.models import MeetingRequest
from app.meetings.schemas import Place
from app.suppliers import service as suppliers
from app.suppliers.models import Supplier
from app.suppliers.schemas import Registration
from tests.days.factories import HELD_ON, a_day, a_dialogue


@cache
def _organisation_numbers() -> tuple[str, ...]:
    return tuple(str(number) for number in range(310_000_000, 310_005_000) if orgnr.is_valid(str(number)))


def organisation_number(place: int) -> str:
    """A valid test number; another `place` is another number."""
    return _organisation_numbers()[place]


def a_supplier(db: Session, dialogue: Dialogue, place: int = 0, *, seats: int = 2, online: bool = False) -> Supplier:
    """A registered company; another `place` is another company."""
    registration = Registration(
        organisation_number=organisation_number(place),
        name=f"Firma {place} AS",
        contact_name="Kari Nordmann",
        contact_email=f"post@firma{place}.example",
        seats=seats,
        online=online,
    )
    return suppliers.register(db, dialogue, registration)


def wishes(db: Session, dialogue: Dialogue, count: int, *handles: str) -> list[MeetingRequest]:
    """A wish of each of so many suppliers, in turn for each of the panels; quicker than by registering."""
    panels = [panel(db, dialogue, handle) for handle in handles]
    companies = [
        Supplier(
            dialogue_id=dialogue.id,
            handle=f"firma-{number}",
            organisation_number=organisation_number(number),
            name=f"Firma {number} AS",
            contact_name="Kari Nordmann",
            contact_email=f"post@firma{number}.example",
            seats=2,
        )
        for number in range(count)
    ]
    db.add_all(companies)
    db.flush()
    asked = [
        MeetingRequest(dialogue_id=dialogue.id, supplier_id=one.id, panel_id=panels[place % len(panels)].id, minutes=30)
        for place, one in enumerate(companies)
    ]
    db.add_all(asked)
    db.flush()
    return asked


def panel(db: Session, dialogue: Dialogue, handle: str = "panel-a") -> Panel:
    """The panel with the handle."""
    return next(one for one in panels_of(db, dialogue.id) if one.handle == handle)


def room(db: Session, dialogue: Dialogue, handle: str = "furu") -> Room:
    """The room with the handle."""
    return next(one for one in rooms_of(db, dialogue.id) if one.handle == handle)


def at(clock: str) -> datetime:
    """The moment of the day of the factories when clocks on Norwegian walls show `clock`: two hours before UTC."""
    hours, minutes = map(int, clock.split(":"))
    return datetime(HELD_ON.year, HELD_ON.month, HELD_ON.day, tzinfo=UTC) + timedelta(hours=hours - 2, minutes=minutes)


def place(db: Session, dialogue: Dialogue, clock: str, handle: str = "furu") -> Place:
    """A place for a meeting of everyone who may attend."""
    return Place(room(db, dialogue, handle).id, at(clock))


def a_wish(db: Session, dialogue: Dialogue, number: int = 0, handle: str = "panel-a") -> MeetingRequest:
    """A wish of a new supplier to meet a panel for half an hour."""
    return service.request(db, a_supplier(db, dialogue, number), panel(db, dialogue, handle))


def a_planned_dialogue(db: Session) -> Dialogue:
    """An open dialogue with its day laid out."""
    dialogue = a_dialogue(db)
    a_day(db, dialogue)
    return dialogue
