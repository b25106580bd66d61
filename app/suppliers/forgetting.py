"""What is stored about a supplier: told to it whole, and its people erased while the organisation stays in the proof.

Rooms above keep things of suppliers, too: each says by `tells` what, and hears “supplier erased” when to forget.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import access, clock, engine, trail
from app.kernel.access import Capability, Right
from app.kernel.post import Letter
from app.kernel.refusals import Conflict
from app.kernel.trail import TrailEntry
from app.suppliers import service
from app.suppliers.changing import CHANGED_CONTACT
from app.suppliers.models import Supplier
from app.suppliers.schemas import SupplierOut

ERASE = "erase the people of a supplier"
ERASED_BY_ITSELF = 24 * 60 * 60  # seconds after a withdrawal, when the last letters have left
Teller = Callable[[Session, Supplier], Any]
_tellers: dict[str, Teller] = {}


def tells(part: str) -> Callable[[Teller], Teller]:
    """Make a function tell what is stored about a supplier, as JSON, under the name of a `part`."""

    def listen(teller: Teller) -> Teller:
        _tellers[part] = teller
        return teller

    return listen


def everything(db: Session, supplier: Supplier) -> dict[str, Any]:
    """All that is stored about a supplier, as JSON, and nothing of others."""
    dialogue = db.get_one(Dialogue, supplier.dialogue_id)
    return {
        "told_at": clock.now().isoformat(),
        "dialogue": {"id": str(dialogue.id), "title": dialogue.title, "held_on": dialogue.held_on.isoformat()},
        "registration": _registration(supplier),
        "letters": [_letter(letter) for letter in _letters(db, supplier)],
        "trail": [_entry(entry) for entry in _entries(db, supplier)],
        "links": [_link(link) for link in _links(db, supplier)],
        **{part: tell(db, supplier) for part, tell in sorted(_tellers.items())},
    }


def _registration(supplier: Supplier) -> dict[str, Any]:
    # The handle is the organiser's: it tells whether others of the same name came before.
    told = SupplierOut.model_validate(supplier).model_dump(mode="json", by_alias=True, exclude={"handle"})
    return {**told, "new_contact_email": supplier.new_contact_email}


def _letters(db: Session, supplier: Supplier) -> list[Letter]:
    # By address and dialogue: two suppliers of one dialogue may have the same contact, who then reads of both anyway
    # in the mailbox, but not here.
    mine = sa.and_(Letter.dialogue_id == supplier.dialogue_id, Letter.key.contains(str(supplier.id), autoescape=True))
    return list(db.scalars(sa.select(Letter).where(mine).order_by(Letter.written_at, Letter.key)))


def _letter(letter: Letter) -> dict[str, Any]:
    sent_at = letter.sent_at and letter.sent_at.isoformat()
    written_at = letter.written_at.isoformat()
    return {"recipient": letter.recipient, "subject": letter.subject, "written_at": written_at, "sent_at": sent_at}


def _entries(db: Session, supplier: Supplier) -> list[TrailEntry]:
    about = sa.or_(TrailEntry.about == supplier.id, TrailEntry.actor == f"supplier:{supplier.id}")
    return list(db.scalars(sa.select(TrailEntry).where(about).order_by(TrailEntry.number)))


def _entry(entry: TrailEntry) -> dict[str, Any]:
    # Without its number, which would tell how much others have done.
    return {"at": entry.at.isoformat(), "actor": entry.actor, "action": entry.action, "details": entry.details}


def _links(db: Session, supplier: Supplier) -> list[Capability]:
    mine = sa.select(Capability).where(Capability.about == supplier.id)
    return list(db.scalars(mine.order_by(Capability.created_at, Capability.id)))


def _link(link: Capability) -> dict[str, Any]:
    return {"right": link.right.value, "created_at": link.created_at.isoformat()}


def may_erase(dialogue: Dialogue, supplier: Supplier) -> bool:
    """Whether the people of a supplier are no longer needed: it has withdrawn, or the summary is out."""
    return supplier.withdrawn_at is not None or clock.now().astimezone(clock.OSLO).date() > dialogue.summary_due_on


def erase(db: Session, supplier: Supplier) -> None:
    """Put a pseudonym in the place of each person of a supplier; the organisation and the proof stay.

    Announces “supplier erased”; does nothing the second time. Raises Conflict while the people are still needed.
    """
    dialogue = db.get_one(Dialogue, supplier.dialogue_id, with_for_update=True)
    db.refresh(supplier)
    if supplier.erased_at is not None:
        return
    if not may_erase(dialogue, supplier):
        raise Conflict("Withdraw from the dialogue first. People are erased when they are no longer needed.")
    pseudonym = f"erased-{uuid4().hex[:12]}"
    _erase_letters(db, supplier, f"{pseudonym}@erased.invalid")
    _erase_row(supplier, pseudonym)
    trail.forget(db, supplier.id, CHANGED_CONTACT)
    service.close_doors(db, supplier)
    access.revoke(db, Right.NEW_ADDRESS, supplier.id)
    access.revoke(db, Right.SUPPLIER_FEED, supplier.id)
    trail.record(db, "had its people erased", supplier, dialogue_id=dialogue.id)
    engine.announce(db, "supplier erased", supplier.id)


def _erase_row(supplier: Supplier, pseudonym: str) -> None:
    supplier.contact_name, supplier.contact_email = pseudonym, f"{pseudonym}@erased.invalid"
    supplier.new_contact_email = supplier.contact_phone = None
    supplier.more_contacts, supplier.attendees = [], []
    supplier.needs = supplier.topics = None
    supplier.erased_at = clock.now()


def _erase_letters(db: Session, supplier: Supplier, pseudonym: str) -> None:
    people = {supplier.contact_email, supplier.new_contact_email, *(address for _, address in supplier.more_contacts)}
    listed = people | {letter.recipient for letter in _letters(db, supplier)}
    known = {form for address in listed if address for form in (address, address.casefold())}
    # Letters to sign in belong to no dialogue.
    here = sa.or_(Letter.dialogue_id == supplier.dialogue_id, Letter.dialogue_id.is_(None))
    for address in sorted(known):
        mine = sa.and_(here, Letter.recipient == address)
        has_left = sa.or_(Letter.sent_at.is_not(None), Letter.parked_at.is_not(None))
        # What a letter is, is told by its key, which may hold the address as it was written.
        keys = sa.func.replace(sa.func.replace(Letter.key, address, pseudonym), address.casefold(), pseudonym)
        db.execute(sa.update(Letter).where(mine, has_left).values(recipient=pseudonym, mime=b"", key=keys))


def withdraw_and_erase(db: Session, supplier: Supplier) -> None:
    """Withdraw a supplier, and have its people erased when the letters about that have left."""
    service.withdraw(db, supplier)
    engine.enqueue(db, ERASE, str(supplier.id), job_id=f"erasing {supplier.id}", delay_seconds=ERASED_BY_ITSELF)


def forget_needs(db: Session, supplier: Supplier) -> None:
    """Forget what people of a supplier need for access and food; does nothing the second time."""
    if supplier.needs is not None:
        supplier.needs = None
        trail.record(db, "had its needs forgotten", supplier, dialogue_id=supplier.dialogue_id)
