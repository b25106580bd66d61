"""Reminding people of what they come to: once two days and once two hours before, by one letter for the whole day."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.dialogues.service import buyers_of
from app.invitations import reminder_letters, service
from app.invitations.answers import Answer
from app.invitations.difference import Audience, Said
from app.invitations.models import Told
from app.invitations.reminders import Ahead, Reminder, Standing, reminder_due
from app.kernel import clock, post, trail
from app.kernel.ical import PartStat
from app.suppliers import service as suppliers
from app.suppliers.links import personal_link
from app.suppliers.models import Supplier

MOST_AT_ONCE = 25  # letters in one transaction: others who write wait for as long as these take
_Day = tuple[str, date]  # whose, and which
_NOT_COMING = {PartStat.DECLINED, PartStat.DELEGATED}


def dialogues_near(db: Session) -> list[UUID]:
    """The dialogues whose day is near enough for reminders, and whose organiser wants any."""
    today = clock.now().astimezone(clock.OSLO).date()
    is_near = Dialogue.held_on.between(today - timedelta(days=1), today + timedelta(days=3))
    return list(db.scalars(sa.select(Dialogue.id).where(is_near, Dialogue.reminds).order_by(Dialogue.id)))


def remind_some(db: Session, dialogue_id: UUID) -> int:
    """Write some of the reminders that are due in a dialogue; how many, and 0 when none is left."""
    # One at a time in each dialogue: what is read next holds until the commit.
    dialogue = db.get_one(Dialogue, dialogue_id, with_for_update={"key_share": True}, populate_existing=True)
    if not dialogue.reminds:
        return 0
    due = _due(db, dialogue)
    for (recipient, day), (ahead, standing) in sorted(due.items())[:MOST_AT_ONCE]:
        _remind(db, dialogue, recipient, day, ahead, standing)
    return min(len(due), MOST_AT_ONCE)


def _due(db: Session, dialogue: Dialogue) -> dict[_Day, tuple[Ahead, list[Standing]]]:
    now, written = clock.now(), _written(db, dialogue)
    found = {key: (reminder_due(day, now), day) for key, day in _days(db, dialogue).items()}
    due = {key: (ahead, day) for key, (ahead, day) in found.items() if ahead and (*key, ahead) not in written}
    # Whoever is about to get a letter of a change is reminded of what stands after it.
    changing = {one.to.address for one in service.due(db, dialogue)} if due else set()
    return {key: one for key, one in due.items() if key[0] not in changing}


def _written(db: Session, dialogue: Dialogue) -> set[tuple[str, date, Ahead]]:
    mine = sa.select(Reminder.recipient, Reminder.day, Reminder.ahead).where(Reminder.dialogue_id == dialogue.id)
    return {(recipient, day, ahead) for recipient, day, ahead in db.execute(mine)}


def _days(db: Session, dialogue: Dialogue) -> dict[_Day, list[Standing]]:
    """What stands for each person on each day, in the order of time; rooms need no reminder."""
    is_mine = sa.and_(Told.dialogue_id == dialogue.id, Told.cancelled_at.is_(None))
    rows = db.execute(sa.select(Told, Answer.answer).outerjoin(Answer, Answer.told_id == Told.id).where(is_mine))
    days: dict[_Day, list[Standing]] = defaultdict(list)
    for told, answer in rows:
        one = Standing(Said.from_json(told.said), told.told_at)
        if one.said.audience is not Audience.ROOM and answer not in _NOT_COMING:
            days[told.recipient, one.day].append(one)
    return {key: sorted(day, key=lambda one: (one.said.starts_at, one.said.hash)) for key, day in days.items()}


def _remind(db: Session, dialogue: Dialogue, recipient: str, day: date, ahead: Ahead, standing: list[Standing]) -> None:
    said = [one.said for one in standing]
    message = reminder_letters.written(said, dialogue, buyers_of(db, dialogue.id), _links(db, said))
    key = f"reminder of {dialogue.id}: {day} {ahead} {recipient}"
    letter = post.send(db, message, key=key, dialogue_id=dialogue.id)
    db.flush()  # the row refers to it
    supplier_id = next((UUID(one.supplier_id) for one in said if one.supplier_id), None)
    facts = {"dialogue_id": dialogue.id, "recipient": recipient, "day": day, "ahead": ahead}
    reminder = Reminder(id=uuid4(), **facts, supplier_id=supplier_id, letter_id=letter.id, written_at=clock.now())
    db.add(reminder)
    db.flush()
    trail.record(db, "reminded", reminder, dialogue_id=dialogue.id, day=day.isoformat(), ahead=ahead.value)


def _links(db: Session, said: list[Said]) -> list[str]:
    mine = dict.fromkeys(one.supplier_id for one in said if one.audience is Audience.SUPPLIER)
    return [personal_link(suppliers.get(db, UUID(one))) for one in mine]


def set_reminds(db: Session, dialogue_id: UUID, *, reminds: bool) -> None:
    """Let people of a dialogue be reminded, or not; changes nothing the second time."""
    dialogue = db.get_one(Dialogue, dialogue_id, with_for_update=True, populate_existing=True)
    if dialogue.reminds != reminds:
        dialogue.reminds = reminds
        trail.record(db, "set the reminders", dialogue, dialogue_id=dialogue.id, reminds=reminds)


def forget(db: Session, supplier: Supplier) -> None:
    """Forget whom of a supplier was reminded."""
    db.execute(sa.delete(Reminder).where(Reminder.supplier_id == supplier.id))
