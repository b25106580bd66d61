"""Dialogues: opening, publishing, who takes part, and what counts as new facts for the plan."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Buyer, BuyerRole, Dialogue, Phase
from app.dialogues.schemas import MOST_BUYERS, BuyerIn, DialogueIn
from app.dialogues.search import folded, words_of
from app.kernel import access, clock, engine, trail
from app.kernel.refusals import Conflict, NotFound, Refusal
from app.kernel.settings import settings
from app.kernel.texts import first_free, slug_of


def open_dialogue(db: Session, asked: DialogueIn) -> Dialogue:
    """A new dialogue with its buyers, as a draft that only its organiser sees.

    Raises Conflict when the address that was asked for is taken.
    """
    values = asked.model_dump(exclude={"slug", "buyers"})
    dialogue = Dialogue(slug=_free_slug(db, asked), **values)
    db.add(dialogue)
    db.flush()
    handles: set[str] = set()
    for buyer in asked.buyers:
        handle = first_free(slug_of(buyer.name), handles)
        handles.add(handle)
        db.add(Buyer(dialogue_id=dialogue.id, handle=handle, **buyer.model_dump()))
    db.flush()
    _names_changed(db, dialogue)
    trail.record(db, "opened", dialogue, dialogue_id=dialogue.id, **asked.model_dump(mode="json"))
    return dialogue


def _free_slug(db: Session, asked: DialogueIn) -> str:
    wanted = asked.slug or slug_of(asked.title)
    alike = sa.or_(Dialogue.slug == wanted, Dialogue.slug.like(f"{wanted}-%"))
    taken = set(db.scalars(sa.select(Dialogue.slug).where(alike)))
    if asked.slug in taken:
        raise Conflict("The address “{slug}” is taken. Choose another.", slug=wanted)
    return first_free(wanted, taken)


def publish(db: Session, dialogue: Dialogue) -> None:
    """Let everybody see the dialogue and register for it; raises Conflict when it is no draft."""
    is_draft = sa.and_(Dialogue.id == dialogue.id, Dialogue.phase == Phase.DRAFT)
    values = {"phase": Phase.OPEN, "published_at": clock.now(), "changed_at": clock.now()}
    published = db.scalars(sa.update(Dialogue).where(is_draft).values(values).returning(Dialogue.id)).all()
    if not published:
        raise Conflict("The dialogue is published already.")
    trail.record(db, "published", dialogue, dialogue_id=dialogue.id)
    engine.announce(db, "dialogue published", dialogue.id)


def get(db: Session, dialogue_id: UUID) -> Dialogue:
    """The dialogue, in whatever phase; raises NotFound."""
    dialogue = db.get(Dialogue, dialogue_id)
    if dialogue is None:
        raise NotFound("There is no such dialogue.")
    return dialogue


def readable(db: Session, dialogue_id: UUID, token: str | None) -> Dialogue:
    """The dialogue, when it is published or `token` is its organiser's; else it is as if it were not there."""
    dialogue = get(db, dialogue_id)
    if dialogue.phase is Phase.DRAFT:
        try:
            access.check_organiser(db, token or "", dialogue_id)
        except Refusal as stranger:
            raise NotFound("There is no such dialogue.") from stranger
    return dialogue


def by_slug(db: Session, slug: str) -> Dialogue:
    """The published dialogue with this address; raises NotFound."""
    is_it = sa.and_(Dialogue.slug == slug, Dialogue.phase != Phase.DRAFT)
    # PostgreSQL takes no NUL in a text, not even to look for it.
    dialogue = db.scalars(sa.select(Dialogue).where(is_it)).one_or_none() if slug.isprintable() else None
    if dialogue is None:
        raise NotFound("There is no such dialogue.")
    return dialogue


def published(db: Session, *, asked: str = "") -> list[Dialogue]:
    """The five hundred published dialogues whose day is latest, the latest first.

    With `asked`, only those that hold all of its words: in title, summary, place, or the names of organiser and buyers.
    """
    latest = sa.select(Dialogue).where(Dialogue.phase != Phase.DRAFT)
    for word in words_of(asked):
        latest = latest.where(Dialogue.folded.contains(word, autoescape=True))
    return list(db.scalars(latest.order_by(Dialogue.held_on.desc(), Dialogue.slug).limit(500)))


def buyers_of(db: Session, dialogue_id: UUID) -> list[Buyer]:
    """Who takes part: the lead first, then the others by name."""
    buyers = db.scalars(sa.select(Buyer).where(Buyer.dialogue_id == dialogue_id))
    return sorted(buyers, key=lambda buyer: (buyer.role is not BuyerRole.LEAD, _alphabetical(buyer.name), buyer.handle))


def _alphabetical(name: str) -> str:
    # By code points, å would stand before æ and ø.
    return name.casefold().replace("å", "ø\uffff")


def add_buyer(db: Session, dialogue: Dialogue, buyer: BuyerIn) -> Buyer:
    """One more municipality, at any time: it moves nobody. If it is to lead, the former lead takes part as a buyer."""
    others = _locked_buyers(db, dialogue)
    if len(others) >= MOST_BUYERS:
        raise Conflict("There are {most} already, and no more are taken.", most=MOST_BUYERS)
    _refuse_known_number(others, buyer)
    _pass_the_lead(db, others, buyer)
    handle = first_free(slug_of(buyer.name), {other.handle for other in others})
    added = Buyer(dialogue_id=dialogue.id, handle=handle, **buyer.model_dump())
    db.add(added)
    db.flush()
    _names_changed(db, dialogue)
    trail.record(db, "joined", added, dialogue_id=dialogue.id, **buyer.model_dump(mode="json"))
    return added


def change_buyer(db: Session, dialogue: Dialogue, handle: str, buyer: BuyerIn) -> Buyer:
    """The municipality with new facts and its old handle; raises Conflict when nobody would be left to lead."""
    everybody = _locked_buyers(db, dialogue)
    changed = next((one for one in everybody if one.handle == handle), None)
    if changed is None:
        raise NotFound("There is no such municipality in the dialogue.")
    others = [one for one in everybody if one is not changed]
    if changed.role is BuyerRole.LEAD and buyer.role is not BuyerRole.LEAD:
        raise Conflict("Somebody must lead the dialogue. Let another municipality lead first.")
    _refuse_known_number(others, buyer)
    _pass_the_lead(db, others, buyer)
    for name, value in buyer.model_dump().items():
        setattr(changed, name, value)
    db.flush()
    _names_changed(db, dialogue)
    trail.record(db, "changed", changed, dialogue_id=dialogue.id, **buyer.model_dump(mode="json"))
    return changed


def _locked_buyers(db: Session, dialogue: Dialogue) -> list[Buyer]:
    # The lock keeps two who come at once from leaving two leads.
    db.scalars(sa.select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update()).one()
    return buyers_of(db, dialogue.id)


def _refuse_known_number(others: list[Buyer], buyer: BuyerIn) -> None:
    number = buyer.organisation_number
    if number is not None and any(other.organisation_number == number for other in others):
        raise Conflict("A municipality with that organisation number takes part already.")


def _pass_the_lead(db: Session, others: list[Buyer], buyer: BuyerIn) -> None:
    if buyer.role is not BuyerRole.LEAD:
        return
    for former in (other for other in others if other.role is BuyerRole.LEAD):
        former.role = BuyerRole.BUYER
        trail.record(db, "passed the lead", former, dialogue_id=former.dialogue_id)


def _names_changed(db: Session, dialogue: Dialogue) -> None:
    dialogue.folded = folded(dialogue, buyers_of(db, dialogue.id))
    page_changed(dialogue)


def page_changed(dialogue: Dialogue) -> None:
    """Note that what everybody sees of the dialogue has changed."""
    dialogue.changed_at = clock.now()


def facts_changed(db: Session, dialogue_id: UUID) -> None:
    """Note that something a plan depends on has changed; holds the dialogue until the transaction ends."""
    grown = sa.update(Dialogue).where(Dialogue.id == dialogue_id).values(facts_version=Dialogue.facts_version + 1)
    db.execute(grown.execution_options(synchronize_session="fetch"))


def organiser_link(db: Session, dialogue: Dialogue) -> str:
    """A new link that makes whoever holds it the organiser of this dialogue."""
    token = access.grant(db, access.Right.ORGANISER, dialogue.id)
    return f"{settings().base_url}/o/{token}"
