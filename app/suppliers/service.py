"""Registration: a company comes into a dialogue, is known by its session, and withdraws."""

import secrets
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue, Phase
from app.dialogues.service import facts_changed
from app.kernel import access, clock, engine, post, trail
from app.kernel.access import Right
from app.kernel.refusals import Conflict, NotFound, Unauthorized, UnknownToken
from app.kernel.texts import slug_of
from app.suppliers import letters, queries, waiting
from app.suppliers.links import personal_link
from app.suppliers.models import Standing, Supplier
from app.suppliers.schemas import Registration

FORGET_NEEDS = "forget needs"


def register(
    db: Session, dialogue: Dialogue, registration: Registration, *, received_at: datetime | None = None
) -> Supplier:
    """Register a company for a dialogue that is open, and write to it where its own page is.

    `received_at` is when the registration had come in whole: now, unless told. Raises Conflict when registration
    was not open then, or the company is registered.
    """
    check_open(db, dialogue, received_at or clock.now())
    if queries.standing(db, dialogue.id, registration.country, registration.organisation_number) is not None:
        raise Conflict("{name} has already registered.", name=registration.name)
    return enter(db, dialogue, registration)


def is_open(dialogue: Dialogue, at: datetime) -> bool:
    """Whether a registration that has come in whole at this moment is taken: the deadline itself is in time.

    A plan that has been published early changes nothing of what all were told of the deadline.
    """
    return dialogue.phase in {Phase.OPEN, Phase.PLANNED} and at <= dialogue.registration_closes_at


def check_open(db: Session, dialogue: Dialogue, received_at: datetime) -> None:
    """Hold the dialogue until the transaction ends; raises Conflict when registration was not open."""
    # One registration at a time in each dialogue: what is looked up next then holds until the commit.
    db.refresh(dialogue, with_for_update=True)
    if not is_open(dialogue, received_at):
        raise Conflict("Registration for “{title}” is not open.", title=dialogue.title)


def enter(db: Session, dialogue: Dialogue, registration: Registration) -> Supplier:
    """The new supplier, which counts from now on, or waits when all places are taken; `dialogue` is held.

    Announces “supplier registered”.
    """
    supplier = Supplier(
        **registration.model_dump(exclude={"wishes", "more_contacts"}),
        dialogue_id=dialogue.id,
        handle=_free_handle(db, dialogue, registration.name),
        wishes=[[wish.start, wish.end, wish.weight] for wish in registration.wishes],
        more_contacts=[[contact.name, contact.email] for contact in registration.more_contacts],
        waiting_since=clock.now() if waiting.is_full(db, dialogue) else None,
    )
    db.add(supplier)
    db.flush()
    if supplier.standing is Standing.REGISTERED:
        facts_changed(db, dialogue.id)
    trail.record(
        db,
        "registered" if supplier.standing is Standing.REGISTERED else "registered, and waits for a place",
        supplier,
        dialogue_id=dialogue.id,
        organisation_number=supplier.organisation_number,
    )
    letter = letters.registered(supplier, dialogue, personal_link(supplier))
    post.send(db, letter, key=f"registration of {supplier.id}", dialogue_id=dialogue.id)
    have_needs_forgotten(db, dialogue, supplier)
    engine.announce(db, "supplier registered", supplier.id)
    return supplier


def have_needs_forgotten(db: Session, dialogue: Dialogue, supplier: Supplier) -> None:
    """See to it that what people need for access and food is erased on the day after the day."""
    if supplier.needs is None:
        return
    day_after = clock.wall(dialogue.held_on + timedelta(days=1), 0)
    seconds = max((day_after - clock.now()).total_seconds(), 1)
    engine.enqueue(db, FORGET_NEEDS, str(supplier.id), job_id=f"needs of {supplier.id}", delay_seconds=seconds)


def _free_handle(db: Session, dialogue: Dialogue, name: str) -> str:
    # Of companies of one name, the later ones get letters by chance: a number would tell who came before whom.
    taken = set(db.scalars(sa.select(Supplier.handle).where(Supplier.dialogue_id == dialogue.id)))
    wanted = slug_of(name)
    by_chance = (f"{wanted}-{secrets.token_hex(3)}" for _ in iter(int, 1))
    return next(handle for handle in chain([wanted], by_chance) if handle not in taken)


def by_token(db: Session, token: str) -> Supplier:
    """The supplier whose session `token` stands for, who is named as actor from here on.

    Raises UnknownToken, a NotFound, for every other token alike.
    """
    supplier = get(db, access.opened_by(db, token, Right.SUPPLIER).about)
    if supplier.withdrawn_at is not None:
        raise UnknownToken
    db.info["actor"] = f"supplier:{supplier.id}"
    return supplier


def by_bearer(db: Session, token: str) -> Supplier:
    """The supplier whose session `token` stands for, for systems; raises Unauthorized for every other token."""
    try:
        return by_token(db, token)
    except UnknownToken as unknown:
        raise Unauthorized("That token opens nothing.") from unknown


def close_doors(db: Session, supplier: Supplier) -> None:
    """End every session of the supplier, and every link that would start one: for when an address of it changes."""
    for right in (Right.SIGN_IN, Right.SUPPLIER):
        access.revoke(db, right, supplier.id)


def get(db: Session, supplier_id: UUID) -> Supplier:
    """The supplier with this id, withdrawn or not; raises NotFound."""
    supplier = db.get(Supplier, supplier_id)
    if supplier is None:
        raise NotFound("There is no such supplier.")
    return supplier


def get_in(db: Session, dialogue_id: UUID, supplier_id: UUID) -> Supplier:
    """The supplier with this id in this dialogue, withdrawn or not; raises NotFound for those of others, too."""
    supplier = get(db, supplier_id)
    if supplier.dialogue_id != dialogue_id:
        raise NotFound("There is no such supplier.")
    return supplier


def of_dialogue(db: Session, dialogue_id: UUID) -> list[Supplier]:
    """The suppliers that take part, by handle: none that has withdrawn, or still waits for a place."""
    return list(db.scalars(sa.select(Supplier).where(queries.taking_part(dialogue_id)).order_by(Supplier.handle)))


def withdraw(db: Session, supplier: Supplier) -> None:
    """Take a supplier out of its dialogue, close its links at once, confirm it by letter, and let the next one in.

    Announces “supplier withdrawn”; does nothing to one that has withdrawn before.
    """
    dialogue = db.get_one(Dialogue, supplier.dialogue_id, with_for_update=True)
    db.refresh(supplier)
    if supplier.withdrawn_at is not None:
        return
    supplier.withdrawn_at = clock.now()
    close_doors(db, supplier)
    access.revoke(db, Right.SUPPLIER_FEED, supplier.id)
    if supplier.waiting_since is None:
        facts_changed(db, dialogue.id)
    trail.record(db, "withdrew", supplier, dialogue_id=dialogue.id)
    letter = letters.withdrawn(supplier, dialogue)
    post.send(db, letter, key=f"withdrawal of {supplier.id}", dialogue_id=dialogue.id)
    engine.announce(db, "supplier withdrawn", supplier.id)
    waiting.move_up(db, dialogue)
