"""People who have been invited, with a mailbox that is read, and how their calendars answer."""

import base64
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.invitations.models import Told
from app.kernel.settings import settings
from app.meetings.models import Booking
from tests.calendars import by_icalendar
from tests.invitations.factories import SUPPLIER, a_booked_day, tell
from tests.mail_rules import calendar_of, text_of

REPLIES = "svar@dialog.example"
STAMP = datetime(2026, 11, 1, 9, tzinfo=UTC)


def read_a_mailbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let invitations come from a mailbox that is read."""
    monkeypatch.setenv("DIALOGDAG_REPLIES", REPLIES)
    settings.cache_clear()


def invited(db: Session) -> tuple[Dialogue, Booking, list[EmailMessage]]:
    """A day with one meeting, and the invitations to it."""
    dialogue, booking = a_booked_day(db)
    return dialogue, booking, tell(db, dialogue)


def told(db: Session, address: str = SUPPLIER) -> Told:
    """What somebody was told of the one meeting."""
    return db.scalars(sa.select(Told).where(Told.recipient == address)).one()


def link_in(letter: EmailMessage) -> str:
    """Where a letter is answered, without the host."""
    after = text_of(letter).partition("/r/")[2]
    return "/r/" + after.split()[0]


def organiser_of(letter: EmailMessage) -> str:
    """The address that a calendar answers to."""
    (event,) = by_icalendar(calendar_of(letter)).events
    return event.organisers[0][1].removeprefix("mailto:")


def reply(letter: EmailMessage, answer: str = "ACCEPTED", *more: str, **changes: str) -> str:
    """What a calendar answers, as the standard says; `changes` replace properties, and "" leaves one out."""
    (event,) = by_icalendar(calendar_of(letter)).events
    lines = {
        "METHOD": "METHOD:REPLY",
        "BEGIN": "BEGIN:VEVENT",
        "UID": f"UID:{event.uid}",
        "DTSTAMP": f"DTSTAMP:{STAMP:%Y%m%dT%H%M%SZ}",
        "SEQUENCE": f"SEQUENCE:{event.sequence}",
        "ORGANIZER": f"ORGANIZER:mailto:{organiser_of(letter)}",
        "ATTENDEE": f"ATTENDEE;PARTSTAT={answer}:{event.attendees[0][1]}",
        **changes,
    }
    body = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", *lines.values(), *more]
    return "\r\n".join([line for line in body if line] + ["END:VEVENT", "END:VCALENDAR", ""])


def stamped(seconds: int) -> str:
    """A DTSTAMP so many seconds after that of other answers."""
    return f"DTSTAMP:{STAMP + timedelta(seconds=seconds):%Y%m%dT%H%M%SZ}"


def mailed(letter: EmailMessage, calendar: str, *, headers: str = "", sender: str = "", to: str = "") -> bytes:
    """An answer as it lies in the mailbox: from the one whom the letter was to, unless said otherwise."""
    return (
        f"From: {sender or letter['To']}\r\nTo: {to or organiser_of(letter)}\r\nSubject: Svar\r\n{headers}"
        "Message-ID: <1@firma0.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/calendar; method=REPLY; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    ).encode() + base64.encodebytes(calendar.encode())


def written(letter: EmailMessage, text: str, *, headers: str = "", sender: str = "", subject: str = "Svar") -> bytes:
    """A letter that a person writes in answer to an invitation."""
    return (
        f"From: {sender or letter['To']}\r\nTo: {organiser_of(letter)}\r\nSubject: {subject}\r\n{headers}"
        "Message-ID: <2@firma0.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    ).encode()


def returned(letter: EmailMessage, *, action: str = "failed", to: str = "", with_headers: bool = True) -> bytes:
    """What a mail server says became of a letter."""
    address = letter["To"].addresses[0].addr_spec
    head = f"Message-ID: {letter['Message-ID']}\r\nSubject: x\r\n" if with_headers else ""
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.firma0.example\r\n"
        f"To: {to or organiser_of(letter)}\r\nSubject: Undelivered\r\nAuto-Submitted: auto-replied\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.firma0.example\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n--b--\r\n"
    ).encode()
