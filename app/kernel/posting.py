"""What sends the letters of the outbox: some jobs at once, each over a line of its own.

None is lost; one goes twice only after a crash between the server's yes and our commit, and then with the
same Message-ID. A job takes letters one by one, each for as long as it may need, in turn from all dialogues, and
commits what came of each by itself: one that hangs holds up its own job alone. Without an SMTP server each letter
becomes an `.eml` file in the outbox folder.
"""

import time
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.kernel import clock, engine, post
from app.kernel.content_lines import one_line
from app.kernel.db import transaction
from app.kernel.disk import write_whole
from app.kernel.post import Letter
from app.kernel.refusals import Unavailable
from app.kernel.settings import settings
from app.kernel.smtp import Line, is_final, words_of

PAUSES = (5, 30, 120, 600, 3600, 3600 * 6)  # seconds between attempts; then the letter is parked for a person to see
CLAIM = 300  # seconds that one attempt may take with all its answers; after a crash the letter waits for so long
LOOKS = 60  # seconds between looks for letters whose attempt came to no end


def _ask_for_job_at(db: Session, moment: datetime) -> None:
    second = ceil(moment.timestamp())
    delay = second - clock.now().timestamp()
    engine.enqueue(db, post.JOB, job_id=f"{post.JOB} {second}", delay_seconds=delay, queue=engine.LETTERS)


@engine.workflow(post.JOB)
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
    except Exception as fault:
        # Whatever goes wrong with one letter, be it ours, must hold up no other: it is kept where people see it.
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
            post.ask_for_job(db)
            return None
        return _take(db, None if tried is None else tried.dialogue_id)


def _take(db: Session, last: UUID | None) -> Letter | None:
    """The letter that has waited longest in the next dialogue after `last`, and nobody else's for as long as CLAIM.

    Letters that are of no dialogue have their turn after the last of all.
    """
    now = clock.now()
    due = sa.select(Letter.id).where(Letter.due_at <= now).order_by(Letter.dialogue_id, Letter.due_at)
    first = due.limit(1).with_for_update(skip_locked=True)
    turns = (Letter.dialogue_id > (last or UUID(int=0)), Letter.dialogue_id.is_(None), sa.true())
    in_turn = sa.func.coalesce(*(first.where(turn).scalar_subquery() for turn in turns))
    taken = {"attempts": Letter.attempts + 1, "due_at": now + timedelta(seconds=CLAIM)}
    take = sa.update(Letter).where(Letter.id == in_turn).values(taken).returning(Letter)
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
