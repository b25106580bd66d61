"""Whom letters did not reach, with what there is to call them by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.service import people_of
from app.invitations.models import Told
from app.kernel import post
from app.kernel.post import Letter
from app.kernel.refusals import Conflict, NotFound
from app.suppliers.models import Supplier

_METHOD = re.compile(":(?:REQUEST|CANCEL):")  # in the key of a letter about an appointment


@dataclass(frozen=True, slots=True)
class Reach:
    """Who an address belongs to: a name, the company where it is a supplier's, and a telephone number or None."""

    name: str
    company: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class Unreached:
    """A letter that did not get through: whom it was for, what the mail server said, and since when that is known.

    `may_be_retried` says whether it has not left, and nothing newer was written about the same: a letter that came back
    is not sent anew to the same address, nor one that tells what is no longer so.
    """

    letter_id: UUID
    address: str
    subject: str
    reach: Reach
    words: str
    since: datetime | None
    may_be_retried: bool


def unreached(db: Session, dialogue_id: UUID) -> list[Unreached]:
    """The letters of a dialogue that were refused, given up, or came back; the oldest trouble first."""
    troubled = post.troubled(db, dialogue_id)
    known, overtaken = (dict(_known(db, dialogue_id)), _overtaken(db, troubled)) if troubled else ({}, set())
    nobody = Reach("", "", None)
    return [
        _unreached(letter, known.get(letter.recipient.casefold(), nobody), is_last=letter.id not in overtaken)
        for letter in troubled
    ]


def _overtaken(db: Session, letters: list[Letter]) -> set[UUID]:
    """Those of the letters about an appointment after which another was written: what they say may not be so."""
    about = {letter.id for letter in letters if _METHOD.search(letter.key)}
    return about - set(db.scalars(sa.select(Told.letter_id).where(Told.letter_id.in_(about))))


def _unreached(letter: Letter, reach: Reach, *, is_last: bool) -> Unreached:
    return Unreached(
        letter_id=letter.id,
        address=letter.recipient,
        subject=letter.subject,
        reach=reach,
        words=letter.last_error or "",
        since=letter.parked_at or letter.bounced_at,
        may_be_retried=letter.parked_at is not None and is_last and bool(letter.mime),
    )


def _known(db: Session, dialogue_id: UUID) -> Iterator[tuple[str, Reach]]:
    for person in people_of(db, dialogue_id):
        yield person.email.casefold(), Reach(person.name, "", person.phone)
    for supplier in db.scalars(sa.select(Supplier).where(Supplier.dialogue_id == dialogue_id)):
        for name, address in supplier.more_contacts:
            yield address.casefold(), Reach(name, supplier.name, None)
        reach = Reach(supplier.contact_name, supplier.name, supplier.contact_phone)
        yield supplier.contact_email.casefold(), reach


def retry(db: Session, dialogue_id: UUID, letter_id: UUID) -> None:
    """Try a letter of this dialogue anew.

    Raises NotFound for those of others, Conflict when it is on its way, or something newer was written about the same.
    """
    letter = db.get(Letter, letter_id)
    if letter is None or letter.dialogue_id != dialogue_id:
        raise NotFound("There is no such letter.")
    if _overtaken(db, [letter]):
        raise Conflict("Something newer has been written about that since. This letter is not sent any more.")
    post.retry(db, letter)
