"""What a supplier changes about itself: who is written to, always; how it takes part, until registration closes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.dialogues.service import facts_changed
from app.kernel import access, clock, engine, post, trail
from app.kernel.access import Right
from app.kernel.refusals import Conflict, NotFound
from app.suppliers import letters, queries, service
from app.suppliers.links import address_link
from app.suppliers.models import Standing, Supplier
from app.suppliers.schemas import Contacts, Participation, WishIn

LASTS = timedelta(hours=48)
MOST_AN_HOUR = 5  # letters to new addresses of one supplier
CHANGED_CONTACT = "changed its contact"
_FOR_THE_PLAN = {"wants_meeting", "online", "seats", "arrives", "leaves", "wishes"}


def change_participation(
    db: Session,
    supplier: Supplier,
    asked: Participation,
    wishes: list[WishIn] | None,
    *,
    received_at: datetime | None = None,
) -> None:
    """Let the supplier take part in another way; its wishes stay as they are when None.

    Raises Conflict when registration had closed.
    """
    dialogue = db.get_one(Dialogue, supplier.dialogue_id, with_for_update=True, populate_existing=True)
    db.refresh(supplier)
    if not service.is_open(dialogue, received_at or clock.now()):
        raise Conflict("Registration for “{title}” is not open.", title=dialogue.title)
    values = asked.model_dump()
    if wishes is not None:
        values["wishes"] = [[wish.start, wish.end, wish.weight] for wish in wishes]
    changed = {name for name, value in values.items() if getattr(supplier, name) != value}
    for name in changed:
        setattr(supplier, name, values[name])
    if changed:
        _note(db, supplier, changed)
        service.have_needs_forgotten(db, dialogue, supplier)


def _note(db: Session, supplier: Supplier, changed: set[str]) -> None:
    if changed & _FOR_THE_PLAN and supplier.standing is Standing.REGISTERED:
        facts_changed(db, supplier.dialogue_id)
        engine.announce(db, "who comes when has changed", supplier.dialogue_id)
    # What people need, and who they are, stands in no trail: only that it was changed.
    told = {name: getattr(supplier, name) for name in sorted(changed & {*_FOR_THE_PLAN, "on_partner_list"})}
    trail.record(
        db, "changed its registration", supplier, dialogue_id=supplier.dialogue_id, changed=sorted(changed), **told
    )


@dataclass(frozen=True, slots=True)
class ChangedContacts:
    """What else came of it: a letter to a new address is to be answered first; all sessions have ended."""

    asks_new_address: bool
    ended_sessions: bool


def change_contacts(db: Session, supplier: Supplier, asked: Contacts) -> ChangedContacts:
    """Let others be written to and sign in; sessions end when somebody is no longer among them.

    A new e-mail address of the contact holds when the letter to it has been answered.
    Raises Conflict when too many letters have gone to new addresses during the last hour.
    """
    dialogue = db.get_one(Dialogue, supplier.dialogue_id, with_for_update=True)
    db.refresh(supplier)
    more = [[contact.name, contact.email] for contact in asked.more_contacts]
    is_one_gone = not {address for _, address in supplier.more_contacts} <= {address for _, address in more}
    if is_one_gone:
        service.close_doors(db, supplier)
    told = {"contact_name": asked.contact_name, "contact_phone": asked.contact_phone, "more_contacts": more}
    if any(getattr(supplier, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(supplier, name, value)
        trail.record(db, CHANGED_CONTACT, supplier, dialogue_id=dialogue.id, **told)
        engine.announce(db, "supplier's contacts changed", supplier.id)
    if asked.contact_email == supplier.contact_email:
        _forget_new_address(db, supplier)
        return ChangedContacts(asks_new_address=False, ended_sessions=is_one_gone)
    _ask_new_address(db, dialogue, supplier, asked.contact_email)
    return ChangedContacts(asks_new_address=True, ended_sessions=is_one_gone)


def _forget_new_address(db: Session, supplier: Supplier) -> None:
    supplier.new_contact_email = None
    access.revoke(db, Right.NEW_ADDRESS, supplier.id)


def _ask_new_address(db: Session, dialogue: Dialogue, supplier: Supplier, address: str) -> None:
    key = f"new address of {supplier.id}"
    number = queries.letters_lately(db, key)
    if number >= MOST_AN_HOUR:
        raise Conflict("Too many letters have been sent to new addresses. Try again in an hour.")
    _forget_new_address(db, supplier)
    supplier.new_contact_email = address
    token = access.grant(db, Right.NEW_ADDRESS, supplier.id, LASTS)
    letter = letters.new_address(supplier, dialogue, address, address_link(dialogue, token))
    post.send(db, letter, key=f"{key}, {clock.now():%Y-%m-%d %H:%M:%S.%f}", dialogue_id=dialogue.id)


def new_address(db: Session, dialogue: Dialogue, token: str) -> Supplier:
    """The supplier whose new address the link would make hold, and changes nothing; raises NotFound when it ended."""
    return _with_new_address(db, dialogue, access.opened_by(db, token, Right.NEW_ADDRESS).about)


def confirm_address(db: Session, dialogue: Dialogue, token: str) -> Supplier:
    """The supplier with its new address; its sessions and sign-in links have ended, and the old address is told.

    Raises NotFound when the link has ended.
    """
    supplier = new_address(db, dialogue, token)
    access.use_up(db, token, Right.NEW_ADDRESS)
    db.info["actor"] = f"supplier:{supplier.id}"
    former, supplier.contact_email = supplier.contact_email, str(supplier.new_contact_email)
    supplier.new_contact_email = None
    service.close_doors(db, supplier)
    trail.record(db, CHANGED_CONTACT, supplier, dialogue_id=dialogue.id, contact_email=supplier.contact_email)
    engine.announce(db, "supplier's contacts changed", supplier.id)
    letter = letters.address_changed(supplier, dialogue, former)
    key = f"former address of {supplier.id}, {clock.now():%Y-%m-%d %H:%M:%S.%f}"
    post.send(db, letter, key=key, dialogue_id=dialogue.id)
    return supplier


def _with_new_address(db: Session, dialogue: Dialogue, supplier_id: object) -> Supplier:
    waits = sa.and_(Supplier.id == supplier_id, Supplier.dialogue_id == dialogue.id, Supplier.withdrawn_at.is_(None))
    supplier = db.scalars(sa.select(Supplier).where(waits, Supplier.new_contact_email.is_not(None))).one_or_none()
    if supplier is None:
        raise NotFound("There is nothing here. The link may have been withdrawn, or cut off on its way.")
    return supplier
