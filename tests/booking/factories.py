"""Dialogues whose suppliers choose their own times, with a desk that has been laid."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.booking import laying
from app.booking.laying import SEED
from app.dialogues.models import BookingWay, Dialogue
from app.kernel import clock
from app.kernel.db import transaction
from app.meetings.models import MeetingRequest
from app.planning import solving
from app.suppliers.models import Supplier
from tests.meetings.factories import a_planned_dialogue, wishes


def first_come(dialogue: Dialogue) -> None:
    """Let the suppliers of a dialogue choose their times, since an hour ago and until the day before."""
    dialogue.booking = BookingWay.FIRST_COME
    dialogue.booking_opens_at = clock.now() - timedelta(hours=1)
    dialogue.booking_closes_at = datetime(2099, 4, 1, 12, tzinfo=UTC)


def a_booking_day(db: Session, suppliers: int = 4) -> tuple[Dialogue, list[MeetingRequest]]:
    """An open dialogue whose suppliers wish in turn for one of two panels, with its desk laid; committed."""
    dialogue = a_planned_dialogue(db)
    first_come(dialogue)
    asked = wishes(db, dialogue, suppliers, "panel-a", "panel-b")
    db.commit()
    lay(dialogue.id)
    for row in (dialogue, *asked):
        db.refresh(row)
    # What has been read holds a lock on SQLite: others are to come in now.
    db.commit()
    return dialogue, asked


def lay(dialogue_id: UUID) -> None:
    """Lay the desk, as the job does."""
    with transaction() as db:
        problem = laying.begin(db, dialogue_id)
    assert problem is not None
    outcome = solving.solved(problem, SEED, lambda _: None)
    with transaction() as db:
        assert laying.finish(db, dialogue_id, outcome)


def supplier_of(db: Session, request: MeetingRequest) -> Supplier:
    """Whose wish it is."""
    return db.get_one(Supplier, request.supplier_id)
