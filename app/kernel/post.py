"""The outbox: a letter is a row, written in the transaction that it tells of, and sent by a job afterwards.

What sends it is `posting`; here it is put in, tried anew, and found again when it is in trouble.
"""

from datetime import datetime
from email.message import EmailMessage
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.kernel import clock, engine
from app.kernel.db import Row
from app.kernel.mail import on_the_wire
from app.kernel.refusals import Conflict

JOB = "send letters"
JOBS = 2  # asked for by one transaction with as many letters: while one letter hangs, the others go on
_ASKED_IN = "which transaction has asked for its letters to leave, and how often"
_WAITS = sa.text("due_at IS NOT NULL")


class Letter(Row):
    """One letter to one recipient, as it goes over the wire; `mime` is emptied once it has left.

    `sender` is the envelope's. `due_at` is when a job may take it next; there is none once it has left or is parked.
    """

    __tablename__ = "letters"
    __table_args__ = (
        sa.Index("ix_letters_waiting", "dialogue_id", "due_at", sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    key: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    dialogue_id: Mapped[UUID | None] = mapped_column(index=True)
    sender: Mapped[str]
    recipient: Mapped[str]
    subject: Mapped[str]
    mime: Mapped[bytes]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime | None] = mapped_column(default=clock.now)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]


def send(
    db: Session, message: EmailMessage, *, key: str, dialogue_id: UUID | None = None, envelope: str = ""
) -> Letter:
    """Put a letter in the outbox; it leaves after this transaction commits.

    `message` has From, exactly one To, Subject and content; Message-ID and Date are set here. `key` says what
    the letter is (“receipt of proposal …”), so that the same letter is never written twice: raises Conflict at
    commit when it was. `envelope` is the address that a bounce goes to, where that is not the one in From.
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
        sender=envelope or sender,
        recipient=recipient,
        subject=str(message["Subject"]),
        mime=on_the_wire(message),
        attempts=0,
    )
    db.add(letter)
    ask_for_job(db)
    return letter


def _only_address(message: EmailMessage, header: str) -> str:
    addresses = message[header].addresses
    if len(addresses) != 1:
        raise ValueError(f"a letter has one address in {header}, not {len(addresses)}")
    return str(addresses[0].addr_spec)


def ask_for_job(db: Session) -> None:
    """Ask for all letters of a transaction at once; one within it that is undone takes its own asking along."""
    db.connection()
    transaction_now = db.get_nested_transaction() or db.get_transaction()
    asked_in, times = db.info.get(_ASKED_IN, (None, 0))
    times = times if asked_in is transaction_now else 0
    if times < JOBS:
        engine.enqueue(db, JOB, queue=engine.LETTERS)
    db.info[_ASKED_IN] = (transaction_now, times + 1)


def retry(db: Session, letter: Letter) -> None:
    """Try a parked letter anew, as if it had never been tried; raises Conflict when it is not parked."""
    db.refresh(letter, with_for_update=True)
    if letter.parked_at is None:
        raise Conflict("That letter is on its way already.")
    if not letter.mime:
        raise Conflict("That letter has been erased with the people it was to.")
    letter.parked_at, letter.attempts, letter.due_at = None, 0, clock.now()
    ask_for_job(db)


def bounced(db: Session, letter: Letter, words: str) -> None:
    """Note that a letter left and came back, with the words that came with it."""
    db.refresh(letter, with_for_update=True)
    now = clock.now()
    letter.sent_at, letter.bounced_at = letter.sent_at or now, letter.bounced_at or now
    letter.last_error, letter.mime, letter.due_at, letter.parked_at = words[:500], b"", None, None


def hold_back(db: Session, words: str) -> list[Letter]:
    """Park every letter that waits, with `words` for the organiser to see; those letters."""
    waiting = list(db.scalars(sa.select(Letter).where(Letter.due_at.is_not(None)).with_for_update()))
    for letter in waiting:
        letter.parked_at, letter.due_at, letter.last_error = clock.now(), None, words
    return waiting


def parked(db: Session, dialogue_id: UUID) -> list[Letter]:
    """Letters that did not get through and will not be tried again by themselves, oldest first."""
    mine = sa.and_(Letter.dialogue_id == dialogue_id, Letter.parked_at.is_not(None))
    return list(db.scalars(sa.select(Letter).where(mine).order_by(Letter.parked_at)))


def troubled(db: Session, dialogue_id: UUID) -> list[Letter]:
    """Letters that are parked or came back, oldest trouble first."""
    since = sa.func.coalesce(Letter.parked_at, Letter.bounced_at)
    mine = sa.and_(Letter.dialogue_id == dialogue_id, since.is_not(None))
    return list(db.scalars(sa.select(Letter).where(mine).order_by(since, Letter.written_at)))


def by_message_id(db: Session, message_id: str) -> Letter | None:
    """The letter that went out with this Message-ID, as a reply or a bounce quotes it; None when none did."""
    return db.scalar(sa.select(Letter).where(Letter.message_id == message_id.strip()))
