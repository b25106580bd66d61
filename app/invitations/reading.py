"""What the mail that comes in says, and what is done about it: one message at a time, each once.

An answer counts only with proof: it came to the address that one recipient alone was given, and from that recipient.
Nothing is ever sent in answer to what a machine has sent, a returned letter least of all.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.invitations import answering, forwarding, service
from app.invitations.addresses import fingerprints
from app.invitations.answering import Given
from app.invitations.answers import Answer, How, Outcome, ReadMail
from app.invitations.difference import Audience
from app.invitations.messages import Opened, Unreadable, opened
from app.invitations.models import Told
from app.invitations.replies import Reply, reply_in
from app.invitations.returned import Returned, returned_in
from app.kernel import clock, post, trail
from app.kernel.ical import Method, PartStat
from app.kernel.post import Letter

REFRESHED_EVERY = timedelta(hours=1)  # at most: who asks for an invitation more often than that is a machine
MOST_UNPROVED = 5  # that the organiser sees of one invitation: the UID of a session is no secret


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message, what it is about, and what the organiser is to see of one that nothing proves."""

    outcome: Outcome
    told: Told | None = None
    sender: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A message as it was read, known by the SHA-256 of its bytes; None for one that cannot be read."""

    digest: str
    message: Opened | None = None
    returned: list[Returned] | None = None
    reply: Reply | None = None


def read(content: bytes) -> Read:
    """What a message says: for a caller without a transaction, since a hostile one takes seconds."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        message = opened(content)
        returned = returned_in(message)
        return Read(digest, message, returned, reply_in(message) if returned is None else None)
    except Unreadable:
        return Read(digest)


def take(db: Session, content: bytes | Read) -> Outcome:
    """Do what a message asks for, and remember that it was read; does nothing the second time."""
    found = read(content) if isinstance(content, bytes) else content
    digest = found.digest
    if (known := db.scalar(sa.select(ReadMail.outcome).where(ReadMail.digest == digest))) is not None:
        return known
    taken = _taken(db, found)
    told_id = taken.told.id if taken.told else None
    db.add(ReadMail(digest=digest, outcome=taken.outcome, told_id=told_id, sender=taken.sender, words=taken.words))
    db.flush()
    return taken.outcome


def _taken(db: Session, found: Read) -> Taken:
    if (message := found.message) is None:
        return Taken(Outcome.UNREADABLE)
    told = _addressed(db, message)
    if found.returned is not None:
        return _return(db, told, found.returned)
    if found.reply is not None:
        return _reply(db, told, message, found.reply)
    if message.is_from_machine:
        return Taken(Outcome.IGNORED, told)
    if told is not None and forwarding.forward(db, told, message, found.digest):
        return Taken(Outcome.FORWARDED, told)
    return Taken(Outcome.UNKNOWN)


def _addressed(db: Session, message: Opened) -> Told | None:
    """What a message is about, by the token in the address that it was sent to."""
    tokens = fingerprints(message.arrived_at)
    mine = sa.select(Told).join(Answer, Answer.told_id == Told.id).where(Answer.fingerprint.in_(tokens))
    return db.scalars(mine.limit(1)).one_or_none()


def _return(db: Session, told: Told | None, failed: list[Returned]) -> Taken:
    if not failed:
        return Taken(Outcome.IGNORED, told)  # only late, or even delivered
    letters = {letter.id: (letter, one.words) for one in failed if (letter := _letter(db, told, one)) is not None}
    for letter, words in letters.values():
        post.bounced(db, letter, words)
        trail.record(db, "bounced", letter, dialogue_id=letter.dialogue_id)
    return Taken(Outcome.BOUNCED, told) if letters else Taken(Outcome.UNKNOWN)


def _letter(db: Session, told: Told | None, one: Returned) -> Letter | None:
    if one.message_id:
        return post.by_message_id(db, one.message_id)
    # Some servers send nothing of the letter back. It was the last to this recipient, or one before it.
    return db.get(Letter, told.letter_id) if told is not None and one.recipient in ("", told.recipient) else None


def _reply(db: Session, told: Told | None, message: Opened, reply: Reply) -> Taken:
    if told is None or not _is_proved(told, message, reply):
        return _unproved(db, told, message, reply)
    db.refresh(told, with_for_update={"key_share": True})
    if reply.method is Method.REFRESH:
        return Taken(_refresh(db, told, message), told)
    if _is_old(db, told, reply):
        return Taken(Outcome.OLD, told)
    given = _given(db, told, reply)
    if given is None:
        return Taken(Outcome.IGNORED, told)
    answering.keep(db, told, given)
    return Taken(_outcome(given), told)


def _is_proved(told: Told, message: Opened, reply: Reply) -> bool:
    """Whether it is the recipient who answers, or somebody on its behalf who has its letter."""
    is_of_recipient = reply.uid == told.uid and reply.attendee in ("", told.recipient)
    sender = message.sender.address
    # Whoever passes reads the calendar of a room, and with it where the room answers.
    on_behalf = reply.sent_by if told.said["audience"] != Audience.ROOM else ""
    return is_of_recipient and bool(sender) and sender in (told.recipient, on_behalf)


def _unproved(db: Session, told: Told | None, message: Opened, reply: Reply) -> Taken:
    about = _about(db, reply.uid, reply.attendee, message.sender.address) or told
    if about is None or _unproved_before(db, about) >= MOST_UNPROVED:
        return Taken(Outcome.UNKNOWN)
    words = reply.answer.value if reply.answer else reply.method.value
    return Taken(Outcome.UNPROVED, about, message.sender.address[:254], words)


def _unproved_before(db: Session, told: Told) -> int:
    mine = sa.and_(ReadMail.told_id == told.id, ReadMail.outcome == Outcome.UNPROVED)
    return db.scalar(sa.select(sa.func.count()).select_from(ReadMail).where(mine)) or 0


def _about(db: Session, uid: UUID | None, *addresses: str) -> Told | None:
    """Who of those that were told of an appointment has the first of these addresses that is known; else anybody."""
    rows = list(db.scalars(sa.select(Told).where(Told.uid == uid).order_by(Told.id))) if uid else []
    by_address = {row.recipient: row for row in rows}
    known = (by_address[address] for address in addresses if address in by_address)
    return next(known, rows[0] if rows else None)


def _refresh(db: Session, told: Told, message: Opened) -> Outcome:
    kept, now = answering.answer_of(db, told), clock.now()
    is_soon = kept is not None and kept.refreshed_at is not None and now < kept.refreshed_at + REFRESHED_EVERY
    if kept is None or is_soon or message.is_from_machine or not answering.is_ahead(told):
        return Outcome.IGNORED
    kept.refreshed_at = now
    service.tell_again(db, told)
    return Outcome.REFRESHED


def _is_old(db: Session, told: Told, reply: Reply) -> bool:
    """Whether something newer is known (RFC 5546 2.1.5), or there is nothing to answer any more."""
    kept = answering.answer_of(db, told)
    if kept is None or reply.sequence < kept.last_sequence or not answering.is_open(told):
        return True
    # Calendars tell whole seconds.
    return bool(kept.stamp and reply.stamp and reply.stamp < kept.stamp.replace(microsecond=0))


def _given(db: Session, told: Told, reply: Reply) -> Given | None:
    kept = answering.answer_of(db, told)
    answer, proposed = reply.answer or PartStat.NEEDS_ACTION, (reply.proposed_start, reply.proposed_end)
    if answer is PartStat.NEEDS_ACTION and reply.method is Method.REPLY:
        return None
    if answer is PartStat.NEEDS_ACTION and kept is not None:
        answer = kept.answer
    return Given(
        how=How.MAIL,
        answer=answer,
        sequence=told.sequence,
        stamp=reply.stamp or clock.now(),
        comment=reply.comment,
        delegated_to=reply.delegated_to if answer is PartStat.DELEGATED else "",
        proposed=(proposed[0], proposed[1]) if proposed[0] and proposed[1] and proposed[0] < proposed[1] else None,
    )


def _outcome(given: Given) -> Outcome:
    if given.proposed:
        return Outcome.PROPOSED
    return Outcome.DELEGATED if given.answer is PartStat.DELEGATED else Outcome.ANSWERED
