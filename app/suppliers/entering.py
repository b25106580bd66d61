"""The door where anybody may stand: a registration counts when the letter about it is answered, and not before."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue, Phase
from app.kernel import access, clock, engine, post, trail
from app.kernel.access import Right
from app.kernel.refusals import Conflict, NotFound
from app.suppliers import letters, queries, service, signing
from app.suppliers.links import confirm_link, personal_link
from app.suppliers.models import Supplier, UnconfirmedRegistration
from app.suppliers.schemas import Registration

LASTS = timedelta(hours=48)
MOST_AN_HOUR = 5  # letters that our door writes to one address
FORGET = "forget a registration that was not confirmed"


def register_openly(
    db: Session, dialogue: Dialogue, registration: Registration, *, received_at: datetime | None = None
) -> None:
    """Ask for a registration where anybody may: what comes of it is told by letter alone.

    Whoever is named as contact gets a letter with a link that makes the registration count, whether the company is
    registered already or not: a letter that does not come would tell. Only a contact that the company has already is
    shown the way to its page instead. Raises Conflict when registration was not open.
    """
    moment = received_at or clock.now()
    service.check_open(db, dialogue, moment)
    known = queries.standing(db, dialogue.id, registration.country, registration.organisation_number)
    if known is not None and signing.is_contact(known, registration.contact_email):
        tell_of_attempt(db, dialogue, known)
    else:
        _ask_to_confirm(db, dialogue, registration, moment)


def _ask_to_confirm(db: Session, dialogue: Dialogue, registration: Registration, received_at: datetime) -> None:
    # Nobody is to fill another's mailbox from our door; whoever tries is not told that it did not work.
    if queries.letters_lately(db, "confirmation of ", recipient=registration.contact_email) >= MOST_AN_HOUR:
        return
    _replace_earlier(db, dialogue, registration)
    asked = UnconfirmedRegistration(
        dialogue_id=dialogue.id,
        address=registration.contact_email.lower(),
        registration=registration.model_dump(mode="json", by_alias=True),
        received_at=received_at,
    )
    db.add(asked)
    db.flush()
    token = access.grant(db, Right.CONFIRM, asked.id, LASTS)
    letter = letters.to_confirm(registration, dialogue, confirm_link(dialogue, token))
    post.send(db, letter, key=f"confirmation of {asked.id}", dialogue_id=dialogue.id)
    engine.enqueue(db, FORGET, str(asked.id), delay_seconds=LASTS.total_seconds() + 1)


def _replace_earlier(db: Session, dialogue: Dialogue, registration: Registration) -> None:
    # From the same mailbox, the last word counts. What others have asked for the same company stays: who holds
    # no mailbox of theirs must not be able to take their letter's force away.
    for earlier in _asked_from(db, dialogue, registration.contact_email):
        if _company(Registration.model_validate(earlier.registration)) == _company(registration):
            access.revoke(db, Right.CONFIRM, earlier.id)
            db.delete(earlier)


def _asked_from(db: Session, dialogue: Dialogue, address: str) -> list[UnconfirmedRegistration]:
    mine = sa.and_(
        UnconfirmedRegistration.dialogue_id == dialogue.id, UnconfirmedRegistration.address == address.lower()
    )
    return list(db.scalars(sa.select(UnconfirmedRegistration).where(mine)))


def _company(registration: Registration) -> tuple[str, str]:
    return registration.country, registration.organisation_number


def tell_of_attempt(db: Session, dialogue: Dialogue, supplier: Supplier) -> None:
    """Tell the registered contact that somebody has tried to register the company: once an hour at the most."""
    key = f"attempt to register {supplier.id} again, {clock.now():%Y-%m-%d %H}"
    if db.scalar(sa.select(sa.exists().where(post.Letter.key == key))):
        return
    trail.record(db, "was registered once more, unchanged", supplier, dialogue_id=dialogue.id)
    letter = letters.registered_again(supplier, dialogue, personal_link(supplier))
    post.send(db, letter, key=key, dialogue_id=dialogue.id)


def to_be_confirmed(db: Session, dialogue: Dialogue, token: str) -> Registration:
    """What the link in the letter would make count, and changes nothing; raises NotFound when it has ended."""
    asked = _asked(db, dialogue, access.opened_by(db, token, Right.CONFIRM).about)
    return Registration.model_validate(asked.registration)


def confirm(db: Session, dialogue: Dialogue, token: str) -> Supplier | None:
    """The supplier that the letter's link makes, once; None when the company has come in by another letter.

    Who was in time with the registration may confirm for 48 hours, whatever the deadline. Raises NotFound when the
    link has ended, and Conflict when the dialogue is over.
    """
    asked = _asked(db, dialogue, access.opened_by(db, token, Right.CONFIRM).about)
    access.use_up(db, token, Right.CONFIRM)
    db.refresh(dialogue, with_for_update=True)
    if dialogue.phase is Phase.CLOSED:
        raise Conflict("Registration for “{title}” is not open.", title=dialogue.title)
    registration = Registration.model_validate(asked.registration)
    db.delete(asked)
    known = queries.standing(db, dialogue.id, *_company(registration))
    if known is not None:
        tell_of_attempt(db, dialogue, known)
        _tell_of_claim(db, dialogue, known, registration)
        return None
    return service.enter(db, dialogue, registration)


def _tell_of_claim(db: Session, dialogue: Dialogue, known: Supplier, claim: Registration) -> None:
    # Whoever was first need not be the one who may act for the company: only people can find out.
    if signing.is_contact(known, claim.contact_email):
        return
    key = f"claim on {known.id} by {sha256(claim.contact_email.lower().encode()).hexdigest()}"
    if not db.scalar(sa.select(sa.exists().where(post.Letter.key == key))):
        post.send(db, letters.claimed_twice(known, dialogue, claim), key=key, dialogue_id=dialogue.id)


def _asked(db: Session, dialogue: Dialogue, asked_id: UUID) -> UnconfirmedRegistration:
    asked = db.get(UnconfirmedRegistration, asked_id)
    if asked is None or asked.dialogue_id != dialogue.id:
        raise NotFound("There is nothing here. The link may have been withdrawn, or cut off on its way.")
    return asked


def forget_unconfirmed(db: Session, asked_id: UUID) -> None:
    """Forget a registration that nobody has confirmed in time; does nothing to one that was."""
    db.execute(sa.delete(UnconfirmedRegistration).where(UnconfirmedRegistration.id == asked_id))
