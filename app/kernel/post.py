"""The outbox: a letter is a row, written in the transaction that it tells of, and sent by a job afterwards.

None is lost; one goes twice only after a crash between the server's yes and our commit, and then with the
same Message-ID. The job takes letters one by one, each for as long as it may need, in turn from all dialogues, and
commits what came of each by itself: one that hangs holds up its own job alone. Without an SMTP server each letter
becomes an `.eml` file in the outbox folder.
"""

import smtplib
import time
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from email.message import EmailMessage
from math import ceil
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.kernel import clock, engine
from app.kernel.content_lines import one_line
from app.kernel.db import Row, transaction
from app.kernel.disk import write_whole
from app.kernel.mail import on_the_wire
from app.kernel.refusals import Conflict, Unavailable
from app.kernel.settings import settings
from app.kernel.smtp import Line, is_final, words_of

PAUSES = (5, 30, 120, 600, 3600, 3600 * 6)  # seconds between attempts; then the letter is parked for a person to see
CLAIM = 300  # seconds that one attempt may take with all its answers; after a crash the letter waits for so long
JOBS = 2  # asked for by one transaction with as many letters: while one letter hangs, the others go on
LOOKS = 60  # seconds between looks for letters whose attempt came to no end
_JOB = "send letters"
_ASKED_IN = "which transaction has asked for its letters to leave, and how often"
_NO_DIALOGUE = sa.literal(UUID(int=0), sa.Uuid())


class Letter(Row):
    """One letter to one recipient, as it goes over the wire; `mime` is emptied once it has left.

    `sender` is the envelope's. `due_at` is when a job may take it next; there is none once it has left or is parked.
    """

    __tablename__ = "letters"

    key: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    dialogue_id: Mapped[UUID | None] = mapped_column(index=True)
    sender: Mapped[str]
    recipient: Mapped[str]
    subject: Mapped[str]
    mime: Mapped[bytes]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime | None] = mapped_column(index=True, default=clock.now)
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
    _ask_for_job(db)
    return letter


def _only_address(message: EmailMessage, header: str) -> str:
    addresses = message[header].addresses
    if len(addresses) != 1:
        raise ValueError(f"a letter has one address in {header}, not {len(addresses)}")
    return str(addresses[0].addr_spec)


def _ask_for_job(db: Session) -> None:
    """Ask for all letters of a transaction at once; one within it that is undone takes its own asking along."""
    db.connection()
    transaction_now = db.get_nested_transaction() or db.get_transaction()
    asked_in, times = db.info.get(_ASKED_IN, (None, 0))
    times = times if asked_in is transaction_now else 0
    if times < JOBS:
        engine.enqueue(db, _JOB, queue=engine.LETTERS)
    db.info[_ASKED_IN] = (transaction_now, times + 1)


def _ask_for_job_at(db: Session, moment: datetime) -> None:
    second = ceil(moment.timestamp())
    delay = second - clock.now().timestamp()
    engine.enqueue(db, _JOB, job_id=f"{_JOB} {second}", delay_seconds=delay, queue=engine.LETTERS)


@engine.workflow(_JOB)
def send_letters() -> None:
    """Send what is due; any number may do so at once."""
    send_what_is_due()


@engine.every(LOOKS, "look for letters that wait", queue=engine.LETTERS)
def look_for_letters() -> None:
    """Send what is due, as well what a process took that has died since."""
    send_what_is_due()


@engine.step("send what is due")
def send_what_is_due() -> None:
    """Send letters until none is due, or this process is told to stop: then another job goes on."""
    stopping = engine.stopping()
    with _line() as line:
        letter = _next()
        while letter is not None:
            letter = _next(letter, _carried(letter, line), is_last=stopping.is_set())


def _line() -> AbstractContextManager[Line | None]:
    url = settings().smtp_url
    return nullcontext() if url is None else Line(url.get_secret_value())


def _carried(letter: Letter, line: Line | None) -> Exception | None:
    """What went wrong, or None when the letter has left."""
    try:
        if line is None:
            write_whole(settings().outbox / f"{letter.written_at:%Y%m%dT%H%M%S}-{letter.id}.eml", letter.mime)
        else:
            line.send(letter.sender, letter.recipient, letter.mime)
    except (OSError, smtplib.SMTPException, ValueError) as fault:
        return fault
    return None


def _next(tried: Letter | None = None, fault: Exception | None = None, *, is_last: bool = False) -> Letter | None:
    """Note what came of a letter, and take the next one, in one transaction; None when none is due.

    A letter that has left must not leave again because the database is away for a while: it is asked again.
    """
    for seconds_left in reversed(range(CLAIM)):
        try:
            return _noted(tried, fault, is_last=is_last)
        except Unavailable:
            if not seconds_left:
                raise
            time.sleep(1)
    return None


def _noted(tried: Letter | None, fault: Exception | None, *, is_last: bool) -> Letter | None:
    with transaction() as db:
        if tried is not None:
            _note(db, tried, fault)
        if is_last:
            _ask_for_job(db)
            return None
        return _take(db, None if tried is None else tried.dialogue_id)


def _take(db: Session, last: UUID | None) -> Letter | None:
    """The letter that has waited longest in the next dialogue after `last`, and nobody else's for as long as CLAIM."""
    now, dialogue = clock.now(), sa.func.coalesce(Letter.dialogue_id, _NO_DIALOGUE)
    turn = dialogue <= sa.literal(last or UUID(int=0), sa.Uuid())
    due = sa.select(Letter.id).where(Letter.due_at <= now).order_by(turn, dialogue, Letter.due_at, Letter.id)
    first = due.limit(1).with_for_update(skip_locked=True).scalar_subquery()
    taken = {"attempts": Letter.attempts + 1, "due_at": now + timedelta(seconds=CLAIM)}
    take = sa.update(Letter).where(Letter.id == first).values(taken).returning(Letter)
    return db.scalars(take, execution_options={"synchronize_session": False}).one_or_none()


def _note(db: Session, tried: Letter, fault: Exception | None) -> None:
    """Note what came of it, unless somebody has noted better since: that it left is true whoever took it meanwhile."""
    now, mine = clock.now(), sa.and_(Letter.id == tried.id, Letter.sent_at.is_(None))
    if fault is None:
        # A letter may hold a link that opens something: once it has left, only its recipient has that (T2).
        left = {"sent_at": now, "mime": b"", "due_at": None, "parked_at": None, "last_error": None}
        db.execute(sa.update(Letter).where(mine).values(left))
        return
    is_parked = tried.attempts > len(PAUSES) or is_final(fault)
    due_at = None if is_parked else now + timedelta(seconds=PAUSES[tried.attempts - 1])
    failed = {"last_error": _words(fault), "due_at": due_at, "parked_at": now if is_parked else None}
    still_mine = sa.and_(mine, Letter.due_at.is_not(None), Letter.attempts == tried.attempts)
    db.execute(sa.update(Letter).where(still_mine).values(failed))
    if due_at is not None:
        _ask_for_job_at(db, due_at)


def _words(fault: Exception) -> str:
    return one_line(words_of(fault))[:500]


def retry(db: Session, letter: Letter) -> None:
    """Try a parked letter anew, as if it had never been tried; raises Conflict when it is not parked."""
    db.refresh(letter, with_for_update=True)
    if letter.parked_at is None:
        raise Conflict("That letter is on its way already.")
    letter.parked_at, letter.attempts, letter.due_at = None, 0, clock.now()
    _ask_for_job(db)


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
