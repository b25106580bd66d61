"""A day with one supplier and one meeting, and the letters that people have had."""

from email.message import EmailMessage

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.service import sessions_of
from app.dialogues.models import Dialogue
from app.invitations import service
from app.kernel.post import Letter
from app.meetings import programme
from app.meetings import service as meetings
from app.meetings.models import Booking
from app.meetings.schemas import SessionPlace
from tests.mail_rules import opened
from tests.meetings.factories import a_planned_dialogue, a_wish, at, place, room

SUPPLIER, ANNE, LIV = "post@firma0.example", "anne@vikstrand.example", "liv@vikstrand.example"


def a_booked_day(db: Session) -> tuple[Dialogue, Booking]:
    """A day with one meeting at 10:00 in Furu, of a supplier with Anne and Liv, and no programme yet."""
    dialogue = a_planned_dialogue(db)
    booking = meetings.book(db, a_wish(db, dialogue), place(db, dialogue, "10:00"))
    return dialogue, booking


def time_programme(db: Session, dialogue: Dialogue) -> None:
    """Give the conference its hour from 09:00 in Aulaen, and lunch its half hour from 12:00."""
    sessions = {session.title: session.id for session in sessions_of(db, dialogue.id)}
    places = {
        sessions["Dialogkonferanse"]: SessionPlace(room(db, dialogue, "aulaen").id, at("09:00")),
        sessions["Lunsj"]: SessionPlace(None, at("12:00")),
    }
    programme.place(db, dialogue.id, places)


def tell(db: Session, dialogue: Dialogue) -> list[EmailMessage]:
    """Tell everybody of what is so; the letters that this has written, by recipient and subject."""
    before = set(db.scalars(sa.select(Letter.id)))
    while service.tell(db, dialogue):
        db.flush()
    written = db.scalars(sa.select(Letter).where(Letter.id.not_in(before)))
    return sorted((opened(letter.mime) for letter in written), key=lambda one: (one["To"], one["Subject"]))


def addressed(letters: list[EmailMessage]) -> list[str]:
    """Whom letters go to."""
    return [address.addr_spec for letter in letters for address in letter["To"].addresses]


def to(address: str, letters: list[EmailMessage]) -> EmailMessage:
    """The one letter to an address."""
    (found,) = (letter for letter in letters if addressed([letter]) == [address])
    return found
