"""The waiting list: who comes when all places are taken. The first to confirm is the first to get a place."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.dialogues.service import facts_changed
from app.kernel import engine, post, trail
from app.kernel.refusals import Conflict
from app.suppliers import letters, queries
from app.suppliers.links import personal_link
from app.suppliers.models import Supplier


def is_full(db: Session, dialogue: Dialogue) -> bool:
    """Whether all places are taken; holds until the commit when the dialogue is held."""
    return dialogue.places is not None and queries.taken_places(db, dialogue.id) >= dialogue.places


def move_up(db: Session, dialogue: Dialogue) -> None:
    """Let those who wait longest have the places that are free, and tell each by letter; `dialogue` is held."""
    db.flush()
    for supplier in queries.waiting(db, dialogue.id):
        if is_full(db, dialogue):
            return
        _let_in(db, dialogue, supplier)
        db.flush()


def _let_in(db: Session, dialogue: Dialogue, supplier: Supplier) -> None:
    supplier.waiting_since = None
    facts_changed(db, dialogue.id)
    trail.record(db, "got a place from the waiting list", supplier, dialogue_id=dialogue.id)
    letter = letters.moved_up(supplier, dialogue, personal_link(supplier))
    post.send(db, letter, key=f"place of {supplier.id}", dialogue_id=dialogue.id)
    engine.announce(db, "supplier got a place", supplier.id)


def set_places(db: Session, dialogue: Dialogue, places: int | None) -> None:
    """Say how many companies may take part; those who wait get what becomes free.

    Raises Conflict when more than that take part already: nobody who has a place loses it.
    """
    db.refresh(dialogue, with_for_update=True)
    taken = queries.taken_places(db, dialogue.id)
    if places is not None and places < taken:
        raise Conflict("{taken} companies have a place already.", taken=taken)
    if places == dialogue.places:
        return
    db.execute(sa.update(Dialogue).where(Dialogue.id == dialogue.id).values(places=places))
    db.refresh(dialogue)
    trail.record(db, "set the places", dialogue, dialogue_id=dialogue.id, places=places)
    move_up(db, dialogue)
