"""When people are told: some quiet time after the last change, so that many edits make one letter."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.invitations import service
from app.invitations.models import Telling
from app.kernel import clock, engine, trail

TELL = "tell when quiet"
LOOKS = 60  # seconds between looks for what was not told in its time
MOST_PERIODS = 6  # so many quiet periods after the first change people are told, however busy it still is


def due_at(dialogue: Dialogue, since: datetime, now: datetime) -> datetime:
    """When people are told of a change made `now`, where the first that they do not know of was made at `since`.

    Never later than the midnight before the day, and on the day itself at once.
    """
    quiet, day = timedelta(minutes=dialogue.quiet_minutes), clock.wall(dialogue.held_on, 0)
    return max(now, min(now + quiet, since + MOST_PERIODS * quiet, day))


def note_change(db: Session, dialogue_id: UUID) -> Telling:
    """Note that there may be something to tell; it is told once this transaction has committed and it has been quiet.

    A change that comes meanwhile puts it off.
    """
    # One at a time in each dialogue: two changes at once count as two.
    dialogue = db.get_one(Dialogue, dialogue_id, with_for_update={"key_share": True}, populate_existing=True)
    now, telling = clock.now(), waiting(db, dialogue_id)
    if telling is None:
        telling = Telling(dialogue_id=dialogue_id, since=now, due_at=now)
        db.add(telling)
    telling.due_at = due_at(dialogue, telling.since, now)
    _ask_to_tell(db, telling)
    return telling


def tell_now(db: Session, dialogue_id: UUID) -> None:
    """Tell people what waits without waiting longer; does nothing where nothing waits."""
    if (telling := waiting(db, dialogue_id)) is not None:
        telling.due_at = clock.now()
        _ask_to_tell(db, telling)


def set_quiet(db: Session, dialogue_id: UUID, minutes: int) -> None:
    """Let it be quiet for so many minutes after a change before people are told; holds for what waits as well."""
    dialogue = db.get_one(Dialogue, dialogue_id, with_for_update=True, populate_existing=True)
    if dialogue.quiet_minutes == minutes:
        return
    dialogue.quiet_minutes = minutes
    trail.record(db, "set the quiet period", dialogue, dialogue_id=dialogue.id, minutes=minutes)
    if waiting(db, dialogue_id) is not None:
        note_change(db, dialogue_id)


def _ask_to_tell(db: Session, telling: Telling) -> None:
    delay = max(0.0, (telling.due_at - clock.now()).total_seconds())
    db.flush()
    engine.enqueue(db, TELL, str(telling.dialogue_id), delay_seconds=delay)


def ask_for_overdue(db: Session) -> list[UUID]:
    """Ask once more for what should have been told by now, each dialogue by itself; whose that is.

    The job that was asked for may have come too soon, by a clock that was put back or that of another machine, or not
    at all: it went wrong, or a restored backup has put off what waits.
    """
    late = sa.select(Telling).where(Telling.due_at < clock.now() - timedelta(seconds=LOOKS)).order_by(Telling.id)
    overdue = list(db.scalars(late))
    for telling in overdue:
        _ask_to_tell(db, telling)
    return [telling.dialogue_id for telling in overdue]


def waiting(db: Session, dialogue_id: UUID) -> Telling | None:
    """What waits to be told in a dialogue; None when nothing does."""
    return db.scalars(sa.select(Telling).where(Telling.dialogue_id == dialogue_id)).one_or_none()


def tell_some(db: Session, dialogue_id: UUID) -> int:
    """Write some of the letters that are due; how many, and 0 while it is not quiet yet or when all are written."""
    dialogue = db.get_one(Dialogue, dialogue_id, with_for_update={"key_share": True}, populate_existing=True)
    telling = waiting(db, dialogue_id)
    if telling is None or telling.due_at > clock.now():
        return 0
    if written := service.tell(db, dialogue):
        return written
    db.delete(telling)
    return 0
