"""Answers to invitations: each letter says how it is answered, and what comes in is kept beside what was told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.dialogues.service import buyers_of
from app.invitations import letters
from app.invitations.addresses import fingerprint, reply_address
from app.invitations.answers import Answer, How, ReadMail
from app.invitations.difference import Audience, Change, Kind, Said
from app.invitations.letters import Asking, Letter
from app.invitations.models import Told
from app.kernel import access, clock, post, trail
from app.kernel.access import Right, opened_by
from app.kernel.ical import PartStat
from app.kernel.refusals import Conflict
from app.kernel.settings import settings

_KEEP_THE_ANSWER = {Kind.CORRECTED, Kind.REPEATED, Kind.KEPT}


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it came in: to the letter with which sequence, and when it was given."""

    how: How
    answer: PartStat
    sequence: int
    stamp: datetime
    comment: str = ""
    delegated_to: str = ""
    proposed: tuple[datetime, datetime] | None = None


def asking(db: Session, told: Told, change: Change) -> Asking:
    """How the letter of this change is answered; each letter has a link of its own, and all lead to the same."""
    kept = answer_of(db, told) if change.kind in _KEEP_THE_ANSWER else None
    answer = kept.answer if kept else PartStat.NEEDS_ACTION
    return Asking(reply_address(told.uid, told.recipient) or "", _link(db, told, change), answer)


def _link(db: Session, told: Told, change: Change) -> str:
    if change.kind is Kind.CANCELLED or change.said.audience is Audience.ROOM:
        return ""
    token = access.grant(db, Right.ANSWER, told.id)
    return f"{settings().base_url}/r/{token}?lang={change.said.language}"


def asked(db: Session, told: Told, change: Change, *, is_first: bool) -> None:
    """Note that a letter of this change has been written, the first or a later one; a new time or place asks anew."""
    # Many letters are written at once: it is not asked whether there is an answer to the first.
    answer = _new_answer(db, told) if is_first else _answer(db, told)
    answer.fingerprint = fingerprint(told.uid, told.recipient) or answer.fingerprint
    answer.last_sequence = told.sequence
    if change.kind in (Kind.INVITED, Kind.MOVED):
        answer.ask_anew()


def answer_of(db: Session, told: Told) -> Answer | None:
    """What the recipient has answered; None where nothing was asked yet."""
    return db.scalars(sa.select(Answer).where(Answer.told_id == told.id)).one_or_none()


def _answer(db: Session, told: Told) -> Answer:
    return answer_of(db, told) or _new_answer(db, told)


def _new_answer(db: Session, told: Told) -> Answer:
    made = Answer(told_id=told.id, last_sequence=told.sequence)
    made.ask_anew()
    db.add(made)
    return made


def by_token(db: Session, token: str) -> Told:
    """What the link in a letter is about; raises UnknownToken, a NotFound, for every other token alike."""
    told = db.get_one(Told, opened_by(db, token, Right.ANSWER).about)
    db.info["actor"] = f"recipient:{told.id}"
    return told


def is_open(told: Told) -> bool:
    """Whether it can still be answered: it stands, and is not over."""
    return told.cancelled_at is None and is_ahead(told)


def is_ahead(told: Told) -> bool:
    """Whether it is not over yet."""
    return Said.from_json(told.said).ends_at > clock.now()


def answer(db: Session, told: Told, given: Given) -> None:
    """Keep an answer that was given on a page.

    Raises Conflict when there is nothing to answer any more, or something else was told since the page was opened.
    """
    db.refresh(told, with_for_update={"key_share": True})
    if not is_open(told):
        raise Conflict("There is nothing to answer any more.")
    if given.sequence != told.sequence:
        raise Conflict("The time or the place has been changed. Look at it here, and answer once more.")
    keep(db, told, given)


def keep(db: Session, told: Told, given: Given) -> bool:
    """Keep an answer to what is told now, with its entry in the trail; false when it says nothing new."""
    kept, now = _answer(db, told), clock.now()
    new = (given.answer, given.comment, given.delegated_to, given.proposed)
    proposed = (kept.proposed_start, kept.proposed_end) if kept.proposed_start and kept.proposed_end else None
    is_new = (kept.answer, kept.comment, kept.delegated_to, proposed) != new
    kept.answer, kept.comment, kept.delegated_to = given.answer, given.comment, given.delegated_to
    kept.how, kept.sequence, kept.answered_at = given.how, given.sequence, now
    # A clock that runs ahead must not make all later answers look old.
    kept.stamp = min(given.stamp, now)
    kept.proposed_start, kept.proposed_end = given.proposed or (None, None)
    kept.proposed_at = now if given.proposed else None
    db.flush()
    if is_new:
        _record(db, told, given)
    return is_new


def _record(db: Session, told: Told, given: Given) -> None:
    # The words stand on the answer alone: what a person writes is not kept twice.
    details = {"appointment": str(told.uid), "sequence": given.sequence, "answer": given.answer.value}
    trail.record(db, "answered", told, dialogue_id=told.dialogue_id, how=given.how.value, **details)


def decline_counter(db: Session, told: Told) -> None:
    """Tell somebody who has proposed another time that the time stays; raises Conflict when nothing is proposed."""
    kept = answer_of(db, told)
    if kept is None or kept.proposed_at is None:
        raise Conflict("Nobody has proposed another time there, or it has been answered.")
    said, dialogue = Said.from_json(told.said), db.get_one(Dialogue, told.dialogue_id)
    change = Change(Kind.KEPT, said, said, told.sequence)
    letter = Letter(told.uid, change, clock.now(), asking=asking(db, told, change))
    message = letters.written(letter, dialogue, buyers_of(db, dialogue.id), f"{settings().base_url}/d/{dialogue.slug}")
    post.send(db, message, key=f"kept:{told.id}:{kept.proposed_at.isoformat()}", dialogue_id=dialogue.id)
    kept.proposed_at = kept.proposed_start = kept.proposed_end = None
    trail.record(db, "kept the time", told, dialogue_id=dialogue.id, appointment=str(told.uid))
    db.flush()


def forget(db: Session, told_id: UUID) -> None:
    """Forget the words of an answer, and who sent it; its links and its address open nothing from then on."""
    for kept in db.scalars(sa.select(Answer).where(Answer.told_id == told_id)):
        kept.forget_words()
    db.execute(sa.update(ReadMail).where(ReadMail.told_id == told_id).values(sender="", words=""))
    access.revoke(db, Right.ANSWER, told_id)
