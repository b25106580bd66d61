"""Invitations: each person is told what they have not been told, once, and nothing when there is nothing to tell."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Buyer, Dialogue
from app.dialogues.service import buyers_of
from app.invitations import answering, forwarding, letters
from app.invitations.difference import Audience, Change, Kind, Last, Said, change_between
from app.invitations.letters import Letter
from app.invitations.models import Told
from app.invitations.recipients import Recipient, what_is_so
from app.kernel import clock, post, trail
from app.kernel.refusals import NotFound
from app.kernel.settings import settings
from app.meetings.queries import Appointment, appointments
from app.suppliers import service as suppliers
from app.suppliers.links import personal_link
from app.suppliers.models import Supplier

MOST_AT_ONCE = 100  # letters in one transaction: others who write wait for as long as these take


@dataclass(frozen=True, slots=True)
class Due:
    """A letter that is due, and the row that remembers the last one to the same recipient; None where it is the first.

    `goes_on` says whether an appointment that is taken back goes on for others.
    """

    to: Recipient
    change: Change
    told: Told | None
    goes_on: bool


def tell(db: Session, dialogue: Dialogue, *, at_most: int = MOST_AT_ONCE) -> int:
    """Write the letters that are due, the earliest appointments first; how many were written, 0 when none is due.

    A letter is due where what somebody was told differs from what is so. Nobody is written to about what is past.
    """
    # One at a time in each dialogue: what is read next holds until the commit.
    db.refresh(dialogue, with_for_update={"key_share": True})
    buyers, letters_due = buyers_of(db, dialogue.id), due(db, dialogue)[:at_most]
    _tell(db, dialogue, buyers, letters_due)
    return len(letters_due)


def due(db: Session, dialogue: Dialogue, so: Iterable[Appointment] | None = None) -> list[Due]:
    """The letters that are due, the earliest appointments first; with `so`, those that would be if it were so."""
    so = appointments(db, dialogue.id) if so is None else so
    found = _due(db, dialogue, what_is_so(so, dialogue, buyers_of(db, dialogue.id)))
    return sorted(found, key=lambda one: (one.change.said.starts_at, one.to))


def _due(db: Session, dialogue: Dialogue, so: dict[Recipient, Said]) -> Iterator[Due]:
    rows = db.scalars(sa.select(Told).where(Told.dialogue_id == dialogue.id))
    told = {Recipient(row.uid, row.recipient): row for row in rows}
    standing = {to.uid for to in so}
    for to in {*so, *told}:
        change = change_between(_last(told.get(to)), so.get(to))
        if change is not None and _is_ahead(change):
            yield Due(to, change, told.get(to), goes_on=to.uid in standing)


def told_in(db: Session, dialogue_id: UUID, told_id: UUID) -> Told:
    """What somebody was told, by its id in this dialogue; raises NotFound for that of others, too."""
    told = db.get(Told, told_id)
    if told is None or told.dialogue_id != dialogue_id:
        raise NotFound("There is no such invitation.")
    return told


def _last(told: Told | None) -> Last | None:
    if told is None:
        return None
    return Last(Said.from_json(told.said), told.sequence, is_cancelled=told.cancelled_at is not None)


def _is_ahead(change: Change) -> bool:
    return any(said.ends_at > clock.now() for said in (change.said, change.before) if said is not None)


def _tell(db: Session, dialogue: Dialogue, buyers: list[Buyer], letters_due: list[Due]) -> None:
    # All rows of a table go in at once: one by one they cost more than the letters themselves.
    with db.no_autoflush:
        written = [(due, *_written(db, dialogue, buyers, due)) for due in letters_due]
    db.flush()  # the rows refer to their letters
    for due, told, sent, made_at in written:
        told.sequence, told.letter_id, told.told_at = due.change.sequence, sent.id, made_at
        told.said, told.said_hash = due.change.said.to_json(), due.change.said.hash
        told.cancelled_at = made_at if due.change.kind is Kind.CANCELLED else None
        db.add(told)
    db.flush()  # and the answers to these rows
    for due, told, sent, _ in written:
        answering.asked(db, told, due.change, is_first=due.told is None)
        details = {"appointment": str(due.to.uid), "sequence": told.sequence, "letter": str(sent.id)}
        trail.record(db, due.change.kind.value, told, dialogue_id=dialogue.id, **details)


def _written(db: Session, dialogue: Dialogue, buyers: list[Buyer], due: Due) -> tuple[Told, post.Letter, datetime]:
    """The row that is to remember the letter, the letter in the outbox, and the moment that it names."""
    made_at = _made_at(due.told)
    told = due.told or Told(id=uuid4(), dialogue_id=dialogue.id, uid=due.to.uid, recipient=due.to.address)
    asking = answering.asking(db, told, due.change)
    letter = Letter(due.to.uid, due.change, made_at, link=_link(db, due.change), goes_on=due.goes_on, asking=asking)
    message = letters.written(letter, dialogue, buyers, f"{settings().base_url}/d/{dialogue.slug}")
    return told, post.send(db, message, key=_key(due), dialogue_id=dialogue.id), made_at


def tell_again(db: Session, told: Told) -> None:
    """Write the last letter about an appointment once more to whoever asks for it: the same, and made now."""
    dialogue, said = db.get_one(Dialogue, told.dialogue_id), Said.from_json(told.said)
    kind = Kind.REPEATED if told.cancelled_at is None else Kind.CANCELLED
    again = Due(Recipient(told.uid, told.recipient), Change(kind, said, said, told.sequence), told, goes_on=False)
    _tell(db, dialogue, buyers_of(db, dialogue.id), [again])


def _made_at(told: Told | None) -> datetime:
    # Calendars put letters of one sequence in order by this moment, in whole seconds (RFC 5546 2.1.5).
    now = clock.now()
    return now if told is None else max(now, told.told_at + timedelta(seconds=1))


def _key(due: Due) -> str:
    # One letter can follow another, and no second: two who tell at once cannot both tell the same.
    before = due.told.letter_id if due.told else "the first"
    return f"{due.to.uid}:{due.to.address}:{due.change.sequence}:{due.change.method}:{before}"


def _link(db: Session, change: Change) -> str:
    said = change.said
    if said.audience is not Audience.SUPPLIER or not said.is_meeting or change.kind is Kind.CANCELLED:
        return ""
    return personal_link(suppliers.get(db, UUID(said.supplier_id)))


def forget(db: Session, supplier: Supplier) -> None:
    """Put the supplier's present contact in the place of whom was told of its meetings: a pseudonym, after erasing.

    Further contacts get it with a number, since nobody is told of one appointment twice.
    """
    known: Counter[UUID] = Counter()
    for row in db.scalars(sa.select(Told).where(Told.dialogue_id == supplier.dialogue_id).order_by(Told.id)):
        if row.said["supplier_id"] == str(supplier.id):
            forwarding.forget(db, row.id)
            answering.forget(db, row.id)
            known[row.uid] += 1
            row.recipient = _numbered(supplier.contact_email, known[row.uid])
            row.said = {**row.said, "name": supplier.contact_name, "address": row.recipient}
            row.said_hash = Said.from_json(row.said).hash


def _numbered(address: str, number: int) -> str:
    local, at, domain = address.rpartition("@")
    return address if number == 1 else f"{local}+{number}{at}{domain}"
