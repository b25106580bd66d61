"""Which suppliers there are, and how they stand."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import clock
from app.kernel.post import Letter
from app.suppliers.models import Supplier

AN_HOUR = timedelta(hours=1)


def standing(db: Session, dialogue_id: UUID, country: str, organisation_number: str) -> Supplier | None:
    """The company as it is registered or waits in the dialogue."""
    same = sa.and_(Supplier.country == country, Supplier.organisation_number == organisation_number)
    here = sa.and_(Supplier.dialogue_id == dialogue_id, Supplier.withdrawn_at.is_(None))
    return db.scalars(sa.select(Supplier).where(same, here)).one_or_none()


def taking_part(dialogue_id: UUID) -> sa.ColumnElement[bool]:
    """The condition that a supplier is registered, has not withdrawn and does not wait for a place."""
    stands = sa.and_(Supplier.withdrawn_at.is_(None), Supplier.waiting_since.is_(None))
    return sa.and_(Supplier.dialogue_id == dialogue_id, stands)


def taken_places(db: Session, dialogue_id: UUID) -> int:
    """How many companies take part."""
    return db.scalars(sa.select(sa.func.count()).select_from(Supplier).where(taking_part(dialogue_id))).one()


def waiting(db: Session, dialogue_id: UUID) -> list[Supplier]:
    """The companies that wait for a place, in the order in which they get one: the first to confirm is the first."""
    waits = sa.and_(Supplier.dialogue_id == dialogue_id, Supplier.withdrawn_at.is_(None))
    listed = sa.select(Supplier).where(waits, Supplier.waiting_since.is_not(None))
    return list(db.scalars(listed.order_by(Supplier.waiting_since, Supplier.id)))


def partners(db: Session, dialogue: Dialogue) -> list[Supplier]:
    """The companies that let the others on the list see their names, by name; none before registration has closed."""
    if clock.now() <= dialogue.registration_closes_at:
        return []
    listed = sa.select(Supplier).where(taking_part(dialogue.id), Supplier.on_partner_list)
    return sorted(db.scalars(listed), key=lambda supplier: (supplier.name.casefold(), supplier.handle))


def letters_lately(db: Session, key: str, *, recipient: str | None = None) -> int:
    """How many letters whose key begins with `key` were written in the last hour, to one mailbox or to all."""
    alike = sa.and_(Letter.key.startswith(key, autoescape=True), Letter.written_at > clock.now() - AN_HOUR)
    to_whom = sa.true() if recipient is None else _reaches(recipient)
    return db.scalars(sa.select(sa.func.count()).select_from(Letter).where(alike, to_whom)).one()


def _reaches(address: str) -> sa.ColumnElement[bool]:
    """The condition that a letter went to this mailbox: what stands after a plus sign leads to the same one."""
    local, _, domain = address.lower().rpartition("@")
    name, written_to = local.partition("+")[0], sa.func.lower(Letter.recipient)
    tagged = written_to.startswith(f"{name}+", autoescape=True) & written_to.endswith(f"@{domain}", autoescape=True)
    return sa.or_(written_to == f"{name}@{domain}", tagged)
