"""Who is told what of which appointment: a supplier learns of itself and the municipalities, and of nobody else."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, TypedDict
from uuid import UUID

from app.days.models import Person, Room
from app.dialogues.models import Buyer, Dialogue
from app.invitations.difference import Audience, Said
from app.kernel.languages import LANGUAGES
from app.kernel.settings import Language, settings
from app.meetings.queries import Appointment, AppointmentKind
from app.suppliers.models import Supplier


class _WhenAndWhere(TypedDict):
    title: str
    starts_at: datetime
    ends_at: datetime
    room: str
    room_address: str
    place: str


class Recipient(NamedTuple):
    """Somebody to be told of one appointment, known by the address in small letters."""

    uid: UUID
    address: str


def what_is_so(
    appointments: Iterable[Appointment], dialogue: Dialogue, buyers: Iterable[Buyer]
) -> dict[Recipient, Said]:
    """All that anybody is to know of the day; breaks need no letter, and nobody is told the same twice."""
    names = {buyer.id: buyer.name for buyer in buyers}
    known: dict[Recipient, Said] = {}
    for appointment in appointments:
        if appointment.kind is not AppointmentKind.BREAK:
            for said in _said_of(appointment, dialogue, names):
                known.setdefault(Recipient(appointment.uid, said.address.casefold()), said)
    return known


def _said_of(appointment: Appointment, dialogue: Dialogue, names: dict[UUID, str]) -> Iterator[Said]:
    to_suppliers = [(one, _to_supplier(appointment, dialogue, names, one)) for one in appointment.suppliers]
    yield from (said for _, said in to_suppliers)
    yield from (_to_person(appointment, dialogue, person) for person in appointment.people)
    if appointment.room is not None and appointment.room.email:
        yield _to_room(appointment, dialogue, appointment.room, appointment.room.email)
    # Last: whoever is named as a further contact of one is told first of all as who they are themselves.
    for supplier, said in to_suppliers:
        yield from (replace(said, name=name, address=address) for name, address in supplier.more_contacts)


def _to_supplier(appointment: Appointment, dialogue: Dialogue, names: dict[UUID, str], supplier: Supplier) -> Said:
    meets = appointment.people if appointment.kind is AppointmentKind.MEETING else ()
    return Said(
        audience=Audience.SUPPLIER,
        name=supplier.contact_name,
        address=supplier.contact_email,
        language=_language(supplier.language),
        supplier=supplier.name,
        supplier_id=str(supplier.id),
        panel=_panel(appointment),
        people=tuple(f"{person.name} ({names[person.buyer_id]})" for person in meets),
        **_when_and_where(appointment, dialogue),
    )


def _to_person(appointment: Appointment, dialogue: Dialogue, person: Person) -> Said:
    return Said(
        audience=Audience.PERSON,
        name=person.name,
        address=person.email,
        language=_language(person.language),
        supplier=appointment.suppliers[0].name if appointment.kind is AppointmentKind.MEETING else "",
        supplier_id="",
        panel=_panel(appointment),
        people=(),
        **_when_and_where(appointment, dialogue),
    )


def _to_room(appointment: Appointment, dialogue: Dialogue, room: Room, address: str) -> Said:
    # Whoever passes by reads the calendar of a room: it names no supplier, and nobody who meets one.
    return Said(
        audience=Audience.ROOM,
        name=room.name,
        address=address,
        language=settings().language,
        supplier="",
        supplier_id="",
        panel="",
        people=(),
        **_when_and_where(appointment, dialogue),
    )


def _when_and_where(appointment: Appointment, dialogue: Dialogue) -> _WhenAndWhere:
    room = appointment.room
    return {
        "title": appointment.title,
        "starts_at": appointment.starts_at,
        "ends_at": appointment.ends_at,
        "room": room.name if room else "",
        "room_address": (room.email or "") if room else "",
        "place": dialogue.place,
    }


def _panel(appointment: Appointment) -> str:
    return appointment.panels[0].name if appointment.kind is AppointmentKind.MEETING else ""


def _language(kept: str) -> Language:
    return next((language for language in LANGUAGES if language == kept), settings().language)
