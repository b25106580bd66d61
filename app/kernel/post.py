"""The outbox: a letter is a row, written in the transaction that it tells of, and sent by a job afterwards.

None is lost; one goes twice only after a crash between the server's yes and our commit, and then with the
same Message-ID. Without an SMTP server each letter becomes an `.eml` file in the outbox folder.
"""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.kernel import clock, engine
from app.kernel.db import Row, transaction
from app.kernel.disk import write_whole
from app.kernel.settings import settings

PAUSES = (5, 30, 120, 600, 3600, 3600 * 6)  # seconds between attempts; then the letter is parked for a person to see


class Letter(Row):
    """One letter to one recipient, as it goes over the wire."""

    __tablename__ = "letters"

    key: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    dialogue_id: Mapped[UUID | None] = mapped_column(index=True)
    sender: Mapped[str]
    recipient: Mapped[str]
    subject: Mapped[str]
    mime: Mapped[bytes]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Attempt:
    """How one attempt to deliver went; `again_after` is None when there will be no further attempt."""

    again_after: int | None


def send(db: Session, message: EmailMessage, *, key: str, dialogue_id: UUID | None = None) -> Letter:
    """Put a letter in the outbox; it leaves after this transaction commits.

    `message` has From, exactly one To, Subject and content; Message-ID and Date are set here. `key` says what
    the letter is (“receipt of proposal …”), so that the same letter is never written twice: raises Conflict at
    commit when it was.
    """
    letter_id = uuid4()
    sender, recipient = _only_address(message, "From"), _only_address(message, "To")
    message_id = f"<{letter_id}@{sender.rpartition('@')[2]}>"
    for header in ("Message-ID", "Date"):
        del message[header]
    message["Message-ID"] = message_id
    message["Date"] = clock.now()
    letter = Letter(
        id=letter_id,
        key=key,
        message_id=message_id,
        dialogue_id=dialogue_id,
        sender=sender,
        recipient=recipient,
        subject=str(message["Subject"]),
        mime=message.as_bytes(policy=SMTP),
    )
    db.add(letter)
    engine.enqueue(db, "deliver letter", str(letter.id), job_id=f"letter-{letter.id}")
    return letter


def _only_address(message: EmailMessage, header: str) -> str:
    addresses = message[header].addresses
    if len(addresses) != 1:
        raise ValueError(f"a letter has one address in {header}, not {len(addresses)}")
    return str(addresses[0].addr_spec)


@engine.workflow("deliver letter")
def deliver(letter_id: str) -> None:
    """Try to deliver one letter until it is sent, refused for good, or has been tried often enough."""
    while (again_after := attempt(letter_id)) is not None:
        engine.sleep(again_after)


@engine.step("attempt delivery")
def attempt(letter_id: str) -> int | None:
    """Deliver one letter if it can be; the seconds until the next attempt, or None when there is to be none."""
    with transaction(reads_only=True) as db:
        letter = db.get_one(Letter, UUID(letter_id))
    if letter.sent_at or letter.parked_at:
        return None
    fault = _deliver(letter)
    with transaction() as db:
        return _note(db.get_one(Letter, UUID(letter_id)), fault)


def _note(letter: Letter, fault: Exception | None) -> int | None:
    letter.attempts += 1
    if fault is None:
        letter.sent_at, letter.last_error = clock.now(), None
        return None
    letter.last_error = str(fault)[:500]
    if letter.attempts > len(PAUSES) or _is_final(fault):
        letter.parked_at = clock.now()
        return None
    return PAUSES[letter.attempts - 1]


def _is_final(fault: Exception) -> bool:
    refused = fault.recipients.values() if isinstance(fault, smtplib.SMTPRecipientsRefused) else []
    codes = [code for code, _ in refused] or [getattr(fault, "smtp_code", 0)]
    return all(500 <= code < 600 for code in codes)


def _deliver(letter: Letter) -> Exception | None:
    try:
        if (url := settings().smtp_url) is None:
            _write_file(letter)
        else:
            _send_by_smtp(letter, url.get_secret_value())
    except (OSError, smtplib.SMTPException) as fault:
        return fault
    return None


def _write_file(letter: Letter) -> None:
    write_whole(settings().outbox / f"{letter.written_at:%Y%m%dT%H%M%S}-{letter.id}.eml", letter.mime)


def _send_by_smtp(letter: Letter, url: str) -> None:
    with _connect(url) as server:
        server.sendmail(letter.sender, [letter.recipient], letter.mime)


def _connect(url_text: str) -> smtplib.SMTP:
    url = urlsplit(url_text)
    host, timeout = url.hostname or "localhost", 30
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, url.port or 465, timeout=timeout, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=timeout)
        if server.has_extn("starttls") or url.username:
            server.starttls(context=ssl.create_default_context())
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))
    return server


def parked(db: Session, dialogue_id: UUID) -> list[Letter]:
    """Letters that did not get through and will not be tried again by themselves, oldest first."""
    mine = sa.and_(Letter.dialogue_id == dialogue_id, Letter.parked_at.is_not(None))
    return list(db.scalars(sa.select(Letter).where(mine).order_by(Letter.parked_at)))
