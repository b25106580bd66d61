"""The outbox: a letter is a row, written in the transaction that it tells of, and sent by a job afterwards.

None is lost; one goes twice only after a crash between the server's yes and our commit, and then with the
same Message-ID. Each attempt is a job of its own, so that a letter that waits holds up no other. Without an SMTP
server each letter becomes an `.eml` file in the outbox folder.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
PATIENCE = 30  # seconds that a mail server may take for one answer
# Where each line of a letter is seven bits wide, no server on the way needs to rewrite it.
_WIRE = SMTP.clone(cte_type="7bit")


class Letter(Row):
    """One letter to one recipient, as it goes over the wire; `mime` is emptied once it has left."""

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
        mime=message.as_bytes(policy=_WIRE),
        attempts=0,
    )
    db.add(letter)
    _ask_for_attempt(db, letter)
    return letter


def _only_address(message: EmailMessage, header: str) -> str:
    addresses = message[header].addresses
    if len(addresses) != 1:
        raise ValueError(f"a letter has one address in {header}, not {len(addresses)}")
    return str(addresses[0].addr_spec)


def _ask_for_attempt(db: Session, letter: Letter, *, after_seconds: float = 0) -> None:
    number = str(letter.attempts)
    job_id = f"letter-{letter.id}-{number}"
    engine.enqueue(
        db,
        "deliver letter",
        str(letter.id),
        number,
        job_id=job_id,
        delay_seconds=after_seconds,
        queue=engine.LETTERS,
    )


@engine.workflow("deliver letter")
def deliver(letter_id: str, number: str) -> None:
    """Make one attempt to deliver a letter; a further one is asked for when this one fails for now."""
    attempt(letter_id, number)


@engine.step("attempt delivery")
def attempt(letter_id: str, number: str) -> None:
    """Deliver a letter that has been tried `number` times; does nothing when that attempt has been made."""
    with transaction(reads_only=True) as db:
        letter = db.get_one(Letter, UUID(letter_id))
    if not _awaits(letter, number):
        return
    fault = _deliver(letter)
    with transaction() as db:
        tried = db.get_one(Letter, UUID(letter_id), with_for_update=True)
        if _awaits(tried, number):
            _note(db, tried, fault)


def _awaits(letter: Letter, number: str) -> bool:
    return letter.sent_at is None and letter.parked_at is None and letter.attempts == int(number)


def _note(db: Session, letter: Letter, fault: Exception | None) -> None:
    letter.attempts += 1
    letter.last_error = None if fault is None else _words(fault)
    if fault is None:
        # A letter may hold a link that opens something: once it has left, only its recipient has that (T2).
        letter.sent_at, letter.mime = clock.now(), b""
    elif letter.attempts > len(PAUSES) or _is_final(fault):
        letter.parked_at = clock.now()
    else:
        _ask_for_attempt(db, letter, after_seconds=PAUSES[letter.attempts - 1])


def _words(fault: Exception) -> str:
    return (str(fault) or type(fault).__name__)[:500]


def _is_final(fault: Exception) -> bool:
    """Whether it is the letter that is refused for good; a server that refuses us is another matter."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in fault.recipients.values()]
    elif isinstance(fault, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        codes = [fault.smtp_code]
    else:
        # A certificate that does not hold is a ValueError, too: the server's, and not the letter's.
        return isinstance(fault, ValueError) and not isinstance(fault, OSError)
    return all(500 <= code < 600 for code in codes)


def _deliver(letter: Letter) -> Exception | None:
    try:
        if (url := settings().smtp_url) is None:
            _write_file(letter)
        else:
            _send_by_smtp(letter, url.get_secret_value())
    except (OSError, smtplib.SMTPException, ValueError) as fault:
        return fault
    return None


def _write_file(letter: Letter) -> None:
    write_whole(settings().outbox / f"{letter.written_at:%Y%m%dT%H%M%S}-{letter.id}.eml", letter.mime)


def _send_by_smtp(letter: Letter, url: str) -> None:
    with _connected(url) as server:
        server.sendmail(letter.sender, [letter.recipient], letter.mime)


@contextmanager
def _connected(url_text: str) -> Iterator[smtplib.SMTP]:
    url, server = urlsplit(url_text), _dial(url_text)
    try:
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server
    finally:
        # The server has said its yes or no by now: how it takes leave changes nothing.
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _dial(url_text: str) -> smtplib.SMTP:
    url, tls = urlsplit(url_text), ssl.create_default_context()
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        return smtplib.SMTP_SSL(host, url.port or 465, timeout=PATIENCE, context=tls)
    server = smtplib.SMTP(host, url.port or 25, timeout=PATIENCE)
    try:
        server.ehlo_or_helo_if_needed()
        if server.has_extn("starttls") or url.username:
            server.starttls(context=tls)
    except BaseException:
        server.close()
        raise
    return server


def parked(db: Session, dialogue_id: UUID) -> list[Letter]:
    """Letters that did not get through and will not be tried again by themselves, oldest first."""
    mine = sa.and_(Letter.dialogue_id == dialogue_id, Letter.parked_at.is_not(None))
    return list(db.scalars(sa.select(Letter).where(mine).order_by(Letter.parked_at)))
