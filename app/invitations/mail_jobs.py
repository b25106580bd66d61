"""What reads the mailbox that invitations come from: every minute, and when the command line asks."""

import traceback
from collections import Counter

import structlog

from app.invitations import reading
from app.invitations.answers import FOR_A_PERSON, Outcome
from app.kernel import engine, mailbox
from app.kernel.db import transaction
from app.kernel.mailbox import Incoming, MailboxFault
from app.kernel.refusals import Conflict, Unavailable
from app.kernel.settings import settings

MOST_AT_ONCE = 500  # messages in one run; the rest come with the next

log = structlog.get_logger()


@engine.every(60, "read mail")
def read_mail() -> None:
    """Read the mailbox, where there is one."""
    if settings().mailbox_url is not None:
        look()


@engine.step("read what has come in")
def look() -> dict[str, int]:
    """Read what has come in, and how much of which kind; nothing while the mail server cannot be reached."""
    try:
        found = read()
    except (MailboxFault, Unavailable) as fault:
        log.warning("the mailbox cannot be read", fault=str(fault))
        return {}
    if found:
        log.info("mail read", **found)
    return found


def read() -> dict[str, int]:
    """Read what has come in: how many messages of each outcome.

    Raises MailboxFault when the mailbox cannot be read, Unavailable when the database is busy; what was read by then
    is kept.
    """
    url, found = settings().mailbox_url, Counter[str]()
    if url is None:
        raise MailboxFault("no mailbox is set: DIALOGDAG_MAILBOX_URL is empty")
    with mailbox.opened(url.get_secret_value()) as box:
        for incoming in box.unread(MOST_AT_ONCE):
            outcome = _taken(incoming)
            found[outcome.value] += 1
            (box.flag if outcome in FOR_A_PERSON else box.settle)(incoming.key)
    return dict(found)


def _taken(incoming: Incoming) -> Outcome:
    if incoming.content is None:
        return Outcome.UNREADABLE
    try:
        found = reading.read(incoming.content)
        with transaction(actor="mail") as db:
            return reading.take(db, found)
    except Unavailable:
        raise
    except Conflict:
        return Outcome.IGNORED  # another process has taken the same message in the same moment
    except Exception as fault:  # whatever is wrong with one message, the others are read
        # Where, and not with which words: they may be those of the letter.
        where = traceback.extract_tb(fault.__traceback__)[-1]
        log.error("a message cannot be read", fault=type(fault).__name__, where=f"{where.filename}:{where.lineno}")  # noqa: TRY400 a trace may hold the words of the letter
        return Outcome.UNREADABLE
