"""Whether a meeting can be at a place at all, told before anything is claimed."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.models import Day, Person, Room
from app.days.models import Session as DaySession
from app.days.schemas import clock_text
from app.days.service import day_of, members_of
from app.kernel import clock
from app.kernel.refusals import Conflict, Invalid
from app.meetings.models import Barred, MeetingRequest, SessionTime
from app.meetings.schemas import Place
from app.suppliers.models import Standing, Supplier


def checked(db: Session, asked: MeetingRequest, place: Place) -> Place:
    """The place with its people named; raises Invalid or Conflict with what stands against it."""
    supplier = db.get_one(Supplier, asked.supplier_id, populate_existing=True)
    room = db.get(Room, place.room_id)
    check_takes_part(supplier)
    if room is None or room.dialogue_id != asked.dialogue_id:
        raise Invalid("room: there is no such room.")
    _refuse_outside(day_of(db, asked.dialogue_id), asked, place)
    _refuse_during_sessions(db, asked, place)
    people = _attending(db, asked, place)
    _refuse_room(room, supplier, people)
    return Place(place.room_id, place.starts_at, tuple(person.id for person in people))


def check_takes_part(supplier: Supplier) -> None:
    """Let a supplier pass that takes part; raises Conflict for one that has withdrawn or waits for a place."""
    if supplier.standing is Standing.WITHDRAWN:
        raise Conflict("{name} has withdrawn.", name=supplier.name)
    if supplier.standing is Standing.WAITING:
        raise Conflict("{name} is on the waiting list.", name=supplier.name)


def _refuse_outside(day: Day, asked: MeetingRequest, place: Place) -> None:
    local = place.starts_at.astimezone(ZoneInfo(day.timezone))
    start = clock.minutes_after_midnight(local, ZoneInfo(day.timezone))
    if local.date() != day.date or start < day.opens or start + asked.minutes > day.closes:
        raise Invalid(
            "starts_at: the day is {date}, from {opens} to {closes}.",
            date=day.date.isoformat(),
            opens=clock_text(day.opens),
            closes=clock_text(day.closes),
        )
    if start % day.step_minutes or local.second or local.microsecond:
        raise Invalid("starts_at: the grid of the day has steps of {step} minutes.", step=day.step_minutes)


def _refuse_during_sessions(db: Session, asked: MeetingRequest, place: Place) -> None:
    # Who registered after the plan was published holds no cells of the sessions yet, but is expected there.
    ends_at = place.starts_at + timedelta(minutes=asked.minutes)
    during = sa.and_(SessionTime.starts_at < ends_at, SessionTime.ends_at > place.starts_at)
    meant = sa.or_(DaySession.for_suppliers, DaySession.for_people)
    timed = sa.select(DaySession.title).join(SessionTime, SessionTime.session_id == DaySession.id)
    title = db.scalars(timed.where(DaySession.dialogue_id == asked.dialogue_id, during, meant)).first()
    if title is not None:
        raise Conflict("“{title}” is at that time.", title=title)


def _attending(db: Session, asked: MeetingRequest, place: Place) -> list[Person]:
    members = members_of(db, asked.panel_id)
    barred = set(db.scalars(sa.select(Barred.person_id).where(Barred.supplier_id == asked.supplier_id)))
    chosen = [one for one in members if one.id not in barred if place.people is None or one.id in place.people]
    if place.people is not None and len(chosen) < len(place.people):
        raise Invalid("people: only members of the panel who are not barred from this supplier may attend.")
    if not chosen:
        raise Invalid("people: nobody of the panel may meet this supplier.")
    return chosen


def _refuse_room(room: Room, supplier: Supplier, people: Sequence[Person]) -> None:
    coming = supplier.seats + len(people)
    if coming > room.seats:
        raise Invalid(
            "room: {name} has {seats} seats, and {coming} come.", name=room.name, seats=room.seats, coming=coming
        )
    if supplier.online and "video" not in room.features:
        raise Invalid(
            "room: {supplier} comes by video, which {name} does not have.", supplier=supplier.name, name=room.name
        )
