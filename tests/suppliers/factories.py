"""Suppliers for tests, and the letters that were written to them."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session
from stdnum.no import orgnr

from app.dialogues.models import Dialogue
from app.kernel import access
from app.kernel.access import Right
from app.kernel.db import transaction
from app.kernel.post import Letter
from app.suppliers import service
from app.suppliers.door import COOKIE
from app.suppliers.models import Supplier
from app.suppliers.schemas import Registration

DOSEVAKT: dict[str, Any] = {
    "organisation_number": "313204863",
    "name": "Dosevakt AS",
    "contact_name": "Silje Arnesen",
    "contact_email": "silje.arnesen@dosevakt.example",
}


def organisation_number(place: int) -> str:
    """The valid organisation number at this place among some that begin with 9."""
    candidates = range(900_000_000 + place * 100, 900_000_000 + place * 100 + 100)
    return next(str(number) for number in candidates if orgnr.is_valid(str(number)))


def asked(**changes: Any) -> dict[str, Any]:
    """What a system sends to register Dosevakt, but for `changes`."""
    return {**DOSEVAKT, **changes}


def registered(db: Session, dialogue: Dialogue, **changes: Any) -> Supplier:
    """Dosevakt as a supplier of the dialogue, but for `changes`."""
    return service.register(db, dialogue, Registration.model_validate(asked(**changes)))


def session_of(db: Session, supplier: Supplier) -> str:
    """The token of a session as this supplier, which lasts as far as these tests travel in time."""
    return access.grant(db, Right.SUPPLIER, supplier.id, timedelta(days=100 * 365))


def signed_in(client: TestClient, db: Session, supplier: Supplier) -> str:
    """The path of the supplier's own page, which the client is signed in to from here on; it commits."""
    address = f"/s/{supplier.id}"
    client.cookies.set(COOKIE, session_of(db, supplier), path=address)
    db.commit()
    return address


def letters() -> list[EmailMessage]:
    """All letters that were written, oldest first, as a mail program reads them."""
    with transaction(reads_only=True) as db:
        written = db.scalars(sa.select(Letter).order_by(Letter.written_at, Letter.key)).all()
    return [read(letter.mime) for letter in written]


def read(mime: bytes) -> EmailMessage:
    """A letter as a mail program reads it."""
    return message_from_bytes(mime, policy=policy.default)


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    """What a letter says: its text, or the same as "html"."""
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def link_in(letter: EmailMessage) -> str:
    """The personal link in a letter."""
    return next(line for line in text_of(letter).splitlines() if line.startswith("http://testserver/s/"))


def link_to_confirm(letter: EmailMessage) -> str:
    """The link in a letter that makes something count."""
    return next(line for line in text_of(letter).splitlines() if line.startswith("http://testserver/d/"))


def confirm_all(client: TestClient) -> list[str]:
    """Answer all letters that ask to confirm, as their readers; where each answer led."""
    asking = [letter for letter in letters() if "/confirm/" in text_of(letter)]
    return [client.post(link_to_confirm(letter)).headers.get("location", "") for letter in asking]


def recipient_of(letter: EmailMessage) -> str:
    """The address that a letter goes to."""
    return str(letter["To"].addresses[0].addr_spec)
