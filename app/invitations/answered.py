"""What people have answered: for the organiser who reads all of it, and for each who reads its own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.models import Person
from app.invitations.answers import Answer, How, Outcome, ReadMail
from app.invitations.difference import Said
from app.invitations.models import Told
from app.kernel.ical import PartStat
from app.suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class Unproved:
    """An answer that nothing proves: what it said, who it said it was from, and when it was read."""

    sender: str
    words: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """What one recipient has answered to what it was told of one appointment.

    `proposed` is another time, which the organiser takes up or declines; `delegated_to` whom the recipient would send
    instead; `unproved` are answers that came in its name, and count for nothing.
    """

    told_id: UUID
    appointment: UUID
    name: str
    address: str
    said: Said
    sequence: int
    is_cancelled: bool
    answer: PartStat = PartStat.NEEDS_ACTION
    how: How | None = None
    answered_at: datetime | None = None
    comment: str = ""
    delegated_to: str = ""
    proposed: tuple[datetime, datetime] | None = None
    proposed_at: datetime | None = None
    unproved: tuple[Unproved, ...] = ()


def of_dialogue(db: Session, dialogue_id: UUID) -> list[Answered]:
    """What everybody has answered who is invited as things stand, by the hour of the appointment and by name."""
    standing = sa.and_(Told.dialogue_id == dialogue_id, Told.cancelled_at.is_(None))
    rows = [(told, answer) for told, answer in db.execute(_with_answers().where(standing))]
    unproved = _unproved(db, [told.id for told, _ in rows])
    answered = [_answered(told, answer, unproved[told.id]) for told, answer in rows]
    return sorted(answered, key=lambda one: (one.said.starts_at, one.name, str(one.told_id)))


def of_told(db: Session, told: Told) -> Answered:
    """What one recipient has answered."""
    told, answer = db.execute(_with_answers().where(Told.id == told.id)).one()
    return _answered(told, answer)


def of_supplier(db: Session, supplier: Supplier) -> dict[UUID, Answered]:
    """What a supplier's contact has answered, by appointment."""
    mine = _of_address(db, supplier.dialogue_id, supplier.contact_email)
    return {one.appointment: one for one in mine if one.said.supplier_id == str(supplier.id)}


def of_person(db: Session, person: Person) -> dict[UUID, Answered]:
    """What somebody who sits in panels has answered, by appointment."""
    mine = _of_address(db, person.dialogue_id, person.email)
    return {one.appointment: one for one in mine if not one.said.supplier_id}


def _of_address(db: Session, dialogue_id: UUID, address: str) -> Iterable[Answered]:
    mine = sa.and_(Told.dialogue_id == dialogue_id, Told.recipient == address.casefold())
    return [_answered(told, answer) for told, answer in db.execute(_with_answers().where(mine))]


def _with_answers() -> sa.Select[Told, Answer]:
    return sa.select(Told, Answer).outerjoin(Answer, Answer.told_id == Told.id)


def _answered(told: Told, answer: Answer | None, unproved: Iterable[Unproved] = ()) -> Answered:
    said = Said.from_json(told.said)
    known = Answered(
        told_id=told.id,
        appointment=told.uid,
        name=said.name,
        address=said.address,
        said=said,
        sequence=told.sequence,
        is_cancelled=told.cancelled_at is not None,
        unproved=tuple(unproved),
    )
    return known if answer is None else _filled(known, answer)


def _filled(known: Answered, answer: Answer) -> Answered:
    proposed = (answer.proposed_start, answer.proposed_end)
    return replace(
        known,
        answer=answer.answer,
        how=answer.how,
        answered_at=answer.answered_at,
        comment=answer.comment,
        delegated_to=answer.delegated_to,
        proposed=(proposed[0], proposed[1]) if proposed[0] and proposed[1] else None,
        proposed_at=answer.proposed_at,
    )


def _unproved(db: Session, told_ids: list[UUID]) -> dict[UUID, list[Unproved]]:
    found: dict[UUID, list[Unproved]] = defaultdict(list)
    mine = sa.and_(ReadMail.outcome == Outcome.UNPROVED, ReadMail.told_id.in_(told_ids))
    for row in db.scalars(sa.select(ReadMail).where(mine).order_by(ReadMail.read_at, ReadMail.id)):
        if row.told_id is not None:
            found[row.told_id].append(Unproved(row.sender, row.words, row.read_at))
    return found
