"""Facts of a small day, made without a database."""

from datetime import UTC, datetime
from uuid import UUID, uuid5

from app.days.models import Day, Panel, Person, Room
from app.days.models import Session as DaySession
from app.dialogues.models import Buyer, BuyerRole
from app.meetings.models import Barred, Booking, MeetingRequest
from app.planning.translate import Facts
from app.suppliers.models import Supplier
from tests.days.factories import HELD_ON
from tests.meetings.factories import at

_HERE = UUID(int=0)


def id_of(name: str) -> UUID:
    """The id of the thing with this name, always the same."""
    return uuid5(_HERE, name)


def a_day(**changed: object) -> Day:
    """From nine to four on a grid of five minutes."""
    values = {"opens": 540, "closes": 960, "step_minutes": 5, "meeting_minutes": 30, "pause_minutes": 10}
    return Day(date=HELD_ON, timezone="Europe/Oslo", **{**values, "travel_minutes": 5, **changed})


def a_room(handle: str, **more: object) -> Room:
    """A room of eight seats, free all day."""
    return Room(
        id=id_of(handle), handle=handle, **{"name": handle.title(), "seats": 8, "features": [], "free": [], **more}
    )


def a_person(handle: str, **more: object) -> Person:
    """Somebody from the lead municipality, there all day."""
    values = {"name": handle.title(), "buyer_id": id_of("vikstrand"), "skills": [], "free": []}
    return Person(id=id_of(handle), handle=handle, **{**values, **more})


def a_panel(handle: str, *members: Person, **more: object) -> Panel:
    """A panel that stays in whatever room."""
    panel = Panel(
        id=id_of(handle), handle=handle, **{"name": handle.title(), "needs": {}, "rooms": [], "stays": True, **more}
    )
    panel.members = list(members)
    return panel


def a_supplier(handle: str, **more: object) -> Supplier:
    """A company of two persons, there all day."""
    values = {
        "name": f"{handle.title()} AS",
        "seats": 2,
        "online": False,
        "arrives": None,
        "leaves": None,
        "wishes": [],
    }
    return Supplier(id=id_of(handle), handle=handle, **{**values, **more})


def a_session(handle: str, kind: str, minutes: int, **more: object) -> DaySession:
    """A session for everyone, at whatever time and in whatever room."""
    values = {
        "title": handle.title(),
        "windows": [],
        "rooms": [],
        "for_suppliers": True,
        "for_people": True,
        "after": [],
    }
    return DaySession(id=id_of(handle), handle=handle, kind=kind, minutes=minutes, **{**values, **more})


def a_wish(supplier: str, panel: str, minutes: int = 30) -> MeetingRequest:
    """A wish for a meeting."""
    name = f"{supplier}--{panel}"
    return MeetingRequest(id=id_of(name), supplier_id=id_of(supplier), panel_id=id_of(panel), minutes=minutes)


def a_booking(supplier: str, panel: str, clock: str, room: str) -> Booking:
    """A booked meeting of half an hour."""
    return Booking(request_id=id_of(f"{supplier}--{panel}"), room_id=id_of(room), starts_at=at(clock), people=[])


def facts(**changed: object) -> Facts:
    """Two municipalities, two panels and three suppliers, one of which is booked."""
    kari, ola, per = (
        a_person("kari", skills=["health", "ict"]),
        a_person("ola"),
        a_person("per", buyer_id=id_of("elvemo")),
    )
    values: dict[str, object] = {
        "day": a_day(),
        "buyers": [
            Buyer(id=id_of("vikstrand"), handle="vikstrand", role=BuyerRole.LEAD),
            Buyer(id=id_of("elvemo"), handle="elvemo", role=BuyerRole.BUYER),
        ],
        "rooms": [
            a_room("aula", seats=99),
            a_room("furu", features=["video", "stage"]),
            a_room("gran", free=[[600, 720]]),
        ],
        "people": [kari, ola, per],
        "panels": [a_panel("a", kari, per, needs={"people": 2, "buyers": 2, "skills": {"ict": 1}}), a_panel("b", ola)],
        "sessions": [a_session("plenary", "plenary", 60, windows=[[540, 600]]), a_session("lunch", "break", 30)],
        "suppliers": [a_supplier("acme", wishes=[[780, 960, 2]]), a_supplier("beta", online=True), a_supplier("cura")],
        "requests": [a_wish("acme", "a"), a_wish("beta", "b", 45), a_wish("cura", "a")],
        "barred": [Barred(person_id=id_of("kari"), supplier_id=id_of("beta"))],
        "bookings": [a_booking("acme", "a", "13:15", "furu")],
    }
    return Facts(**{**values, **changed})  # type: ignore[arg-type]  # each test names what it changes


def moment(clock: str) -> datetime:
    """The moment of the day, in UTC."""
    return at(clock).astimezone(UTC)
