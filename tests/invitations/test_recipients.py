"""Who is told: every contact of a supplier, the panel, and the room where it has a mailbox."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.invitations.models import Told
from app.meetings import service as meetings
from app.suppliers import changing
from app.suppliers.models import Supplier
from app.suppliers.schemas import Contact, Contacts
from app.suppliers.service import of_dialogue
from tests import calendar_rules
from tests.calendars import read
from tests.invitations.factories import ANNE, LIV, SUPPLIER, a_booked_day, addressed, tell, time_programme, to
from tests.mail_rules import broken, calendar_of, text_of
from tests.meetings.factories import a_supplier, place, room

TWO, FURU = "to@firma0.example", "furu@rom.example"


def _contacts(*more: str, address: str = SUPPLIER) -> Contacts:
    return Contacts(
        contact_name="Kari Nordmann",
        contact_email=address,
        more_contacts=[Contact(name="Ola Nordmann", email=address) for address in more],
    )


def _supplier(db: Session, dialogue_id: UUID) -> Supplier:
    (supplier,) = of_dialogue(db, dialogue_id)
    return supplier


def test_further_contacts_are_invited_each_in_a_letter_of_its_own(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    changing.change_contacts(db, _supplier(db, dialogue.id), _contacts(TWO))

    letters = tell(db, dialogue)

    assert sorted(addressed(letters)) == sorted([ANNE, LIV, SUPPLIER, TWO])
    assert [[who for _, who in read(calendar_of(one)).events[0].attendees] for one in letters] == [
        [f"mailto:{address}"] for address in addressed(letters)
    ]


def test_a_contact_that_is_none_any_longer_is_taken_off_and_the_others_hear_nothing(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    changing.change_contacts(db, _supplier(db, dialogue.id), _contacts(TWO))
    tell(db, dialogue)
    changing.change_contacts(db, _supplier(db, dialogue.id), _contacts())

    (letter,) = tell(db, dialogue)

    calendar = read(calendar_of(letter))
    assert (addressed([letter]), calendar.method, calendar.events[0].status) == ([TWO], "CANCEL", "")


def test_a_room_with_a_mailbox_is_invited_and_learns_of_nobody(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    room(db, dialogue).email = FURU

    letter = to(FURU, tell(db, dialogue))

    body = calendar_of(letter).decode().replace("\r\n ", "")
    assert (broken(letter), calendar_rules.broken(calendar_of(letter))) == ([], [])
    (attendee,) = (line for line in body.splitlines() if line.startswith("ATTENDEE"))
    assert attendee.endswith(f":mailto:{FURU}")
    assert {"CUTYPE=ROOM", "ROLE=NON-PARTICIPANT", "PARTSTAT=NEEDS-ACTION", "RSVP=TRUE"} <= {*attendee.split(";")}
    assert not any(name in body + text_of(letter) for name in ("Firma 0", "Anne Solvang (", "Liv", "Panel A"))


def test_whoever_meets_in_a_room_with_a_mailbox_sees_it_as_a_room(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    room(db, dialogue).email = FURU

    letter = to(ANNE, tell(db, dialogue))

    (event,) = read(calendar_of(letter)).events
    body = calendar_of(letter).decode().replace("\r\n ", "")
    assert [who for _, who in event.attendees] == [f"mailto:{ANNE}", f"mailto:{FURU}"]
    assert "CUTYPE=ROOM;ROLE=NON-PARTICIPANT;PARTSTAT=ACCEPTED" in body


def test_a_room_that_a_meeting_leaves_is_free_again(db: Session) -> None:
    dialogue, booking = a_booked_day(db)
    room(db, dialogue).email = FURU
    tell(db, dialogue)
    meetings.move(db, booking, place(db, dialogue, "10:00", "gran"))

    letter = to(FURU, tell(db, dialogue))

    assert read(calendar_of(letter)).method == "CANCEL"
    assert "Rommet er ledig igjen" in letter["Subject"]


def test_a_room_is_invited_to_the_programme_as_well(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    room(db, dialogue, "aulaen").email = "aulaen@rom.example"
    time_programme(db, dialogue)

    letter = to("aulaen@rom.example", tell(db, dialogue))

    assert read(calendar_of(letter)).events[0].summary == "Dialogkonferanse – Trygg hjemme"


def test_whoever_sits_in_a_panel_is_told_so_although_a_supplier_names_them_as_a_contact(db: Session) -> None:
    """Z1: naming somebody else as a contact changes nothing of what they are told."""
    dialogue, _ = a_booked_day(db)
    changing.change_contacts(db, _supplier(db, dialogue.id), _contacts(ANNE))

    letter = to(ANNE, tell(db, dialogue))

    assert read(calendar_of(letter)).events[0].summary == "En-til-en-møte med Firma 0 AS"


def test_whoever_is_the_contact_of_one_supplier_is_told_so_although_another_names_them(db: Session) -> None:
    """Z1."""
    dialogue, _ = a_booked_day(db)
    rival = a_supplier(db, dialogue, 1)
    changing.change_contacts(db, rival, _contacts(SUPPLIER, address=rival.contact_email))
    time_programme(db, dialogue)

    tell(db, dialogue)

    told = db.scalars(sa.select(Told).where(Told.recipient == SUPPLIER))
    assert {row.said["supplier"] for row in told} == {"Firma 0 AS"}
