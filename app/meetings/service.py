"""One-to-one meetings: asked for, booked, moved and given back; nobody is ever in two places at once."""

from collections.abc import Mapping, Sequence
from datetime import UTC, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.models import Panel, Person
from app.days.service import day_of
from app.dialogues.service import facts_changed
from app.kernel import clock, engine, trail
from app.kernel.refusals import Conflict, Invalid, NotFound
from app.meetings import checks, programme, queries
from app.meetings.claims import claim, claim_all, release
from app.meetings.models import Barred, Booking, MeetingRequest
from app.meetings.schemas import Place, SessionPlace
from app.suppliers.models import Supplier

MEETINGS_CHANGED = "meetings changed"
QUIET_SECONDS = 5  # while suppliers choose their times, what follows from it is told for many of them at once


def request(db: Session, supplier: Supplier, panel: Panel, minutes: int | None = None) -> MeetingRequest:
    """A supplier's wish to meet a panel; without `minutes`, as long as meetings of the day are.

    Raises Conflict when it has been asked for before, or the supplier has withdrawn.
    """
    facts_changed(db, panel.dialogue_id)
    db.refresh(supplier)
    day = day_of(db, panel.dialogue_id)
    minutes = minutes or day.meeting_minutes
    if minutes % day.step_minutes:
        raise Invalid("minutes: the grid of the day has steps of {step} minutes.", step=day.step_minutes)
    checks.check_takes_part(supplier)
    if queries.request_of(db, supplier.id, panel.id) is not None:
        raise Conflict("{name} has asked for a meeting with {panel} already.", name=supplier.name, panel=panel.name)
    asked = MeetingRequest(dialogue_id=panel.dialogue_id, supplier_id=supplier.id, panel_id=panel.id, minutes=minutes)
    db.add(asked)
    db.flush()
    trail.record(db, "requested", asked, dialogue_id=asked.dialogue_id, supplier=supplier.handle, panel=panel.handle)
    return asked


def bar(db: Session, person: Person, supplier: Supplier) -> Barred:
    """Note that a person must not attend a supplier's meetings; noting it again changes nothing.

    A meeting that is booked already stands: the next plan finds somebody else for it.
    """
    facts_changed(db, person.dialogue_id)
    same = sa.and_(Barred.person_id == person.id, Barred.supplier_id == supplier.id)
    if (known := db.scalars(sa.select(Barred).where(same)).one_or_none()) is not None:
        return known
    barred = Barred(person_id=person.id, supplier_id=supplier.id)
    db.add(barred)
    db.flush()
    details = {"person": person.handle, "supplier": supplier.handle}
    trail.record(db, "barred", barred, dialogue_id=person.dialogue_id, **details)
    return barred


def book(db: Session, asked: MeetingRequest, place: Place) -> Booking:
    """Give a requested meeting its time and room.

    Raises Invalid when the place breaks a rule by itself, Conflict when the meeting has a time already, or the room,
    the supplier or somebody of the panel is taken then; nothing is booked then.
    """
    facts_changed(db, asked.dialogue_id)
    if queries.booking_of(db, asked.id) is not None:
        raise Conflict("That meeting has a time already: move it instead.")
    place = checks.checked(db, asked, place)
    with db.begin_nested():
        booking = _booked(db, asked, place)
    engine.announce(db, MEETINGS_CHANGED, asked.dialogue_id)
    return booking


def give(db: Session, dialogue_id: UUID, places: Sequence[tuple[MeetingRequest, Place]]) -> None:
    """Give wished meetings the places that their suppliers have chosen, all or none: those that had another move.

    The trail lays each to its supplier. Every place names its people, and breaks no rule of the day: that has been seen
    to. Raises Conflict when a room, a supplier or somebody is taken then, and nothing is changed.
    """
    facts_changed(db, dialogue_id)
    booked = queries.bookings_by_request(db, {asked.id for asked, _ in places})
    with db.begin_nested():
        given = [(booked.get(asked.id), asked, place) for asked, place in places]
        for booking in (one for one, _, _ in given if one is not None):
            release(db, booking)
        made = [(_at(booking, asked, place), asked, place) for booking, asked, place in given]
        db.add_all(booking for booking, _, _ in made)
        db.flush()
        claim_all(db, [(booking, _takes(asked, place)) for booking, asked, place in made])
        for booking, asked, _ in made:
            db.info["actor"] = f"supplier:{asked.supplier_id}"
            action = "moved" if asked.id in booked else "booked"
            trail.record(db, action, booking, dialogue_id=dialogue_id, **_told(booking))
    engine.announce(db, MEETINGS_CHANGED, dialogue_id, quiet_seconds=QUIET_SECONDS)


def _at(booking: Booking | None, asked: MeetingRequest, place: Place) -> Booking:
    """The booking of a meeting at its place, which is new where it had none."""
    if booking is None:
        booking = Booking(dialogue_id=asked.dialogue_id, request_id=asked.id)
    else:
        booking.changed_at = clock.now()
    booking.room_id, booking.starts_at = place.room_id, place.starts_at.astimezone(UTC)
    booking.ends_at = booking.starts_at + timedelta(minutes=asked.minutes)
    booking.people = _texts(place)
    return booking


def _takes(asked: MeetingRequest, place: Place) -> list[UUID]:
    """What a meeting takes at a place: the room, the supplier, and those who attend."""
    return [place.room_id, asked.supplier_id, *(place.people or ())]


def move(db: Session, booking: Booking, place: Place) -> Booking:
    """Give a booked meeting another time, room or people; raises as `book` does, and nothing is changed then."""
    booking = _locked(db, booking)
    asked = db.get_one(MeetingRequest, booking.request_id)
    place = checks.checked(db, asked, place)
    if _is_so(booking, place):
        return booking
    with db.begin_nested():
        release(db, booking)
        _moved(db, booking, asked, place)
    engine.announce(db, MEETINGS_CHANGED, asked.dialogue_id)
    return booking


def cancel(db: Session, booking: Booking) -> None:
    """Take a meeting's time back, so that others can have it; the wish for the meeting stands."""
    booking = _locked(db, booking)
    _cancelled(db, booking)
    engine.announce(db, MEETINGS_CHANGED, booking.dialogue_id)


def cancel_all(db: Session, supplier_id: UUID) -> None:
    """Take back the time of every meeting of a supplier; does nothing when it has none."""
    booked = sa.select(Booking).join(MeetingRequest, MeetingRequest.id == Booking.request_id)
    for booking in db.scalars(booked.where(MeetingRequest.supplier_id == supplier_id)).all():
        cancel(db, booking)


def request_in(db: Session, dialogue_id: UUID, request_id: UUID) -> MeetingRequest:
    """The wished meeting with this id in this dialogue; raises NotFound for those of others, too."""
    asked = db.get(MeetingRequest, request_id)
    if asked is None or asked.dialogue_id != dialogue_id:
        raise NotFound("There is no such wish for a meeting.")
    return asked


def booking_in(db: Session, dialogue_id: UUID, booking_id: UUID) -> tuple[Booking, MeetingRequest]:
    """The booking with this id in this dialogue, with what was wished; raises NotFound for those of others, too."""
    booking = db.get(Booking, booking_id)
    if booking is None or booking.dialogue_id != dialogue_id:
        raise NotFound("There is no such booking.")
    return booking, db.get_one(MeetingRequest, booking.request_id)


def apply(
    db: Session, dialogue_id: UUID, places: Mapping[UUID, Place], session_places: Mapping[UUID, SessionPlace]
) -> None:
    """Make the day as a plan says: meetings by the ids of their requests, sessions by their own.

    Only what differs is changed; a meeting that is not in `places` loses its time. Every place names its people.
    Raises Conflict when anything would be in two places at once, and nothing is changed then.
    """
    facts_changed(db, dialogue_id)
    with db.begin_nested():
        # Everything is given back before anything is claimed: meetings may change places with each other.
        differing, dropped = _give_back(db, dialogue_id, places)
        has_moved = programme.place(db, dialogue_id, session_places)
        _claim(db, dialogue_id, differing)
    if differing or dropped or has_moved:
        engine.announce(db, MEETINGS_CHANGED, dialogue_id)


def _locked(db: Session, booking: Booking) -> Booking:
    # What was read before the dialogue was locked may have been moved or cancelled since.
    facts_changed(db, booking.dialogue_id)
    present = db.get(Booking, booking.id, populate_existing=True)
    if present is None:
        raise NotFound("There is no such booking.")
    return present


def _give_back(db: Session, dialogue_id: UUID, places: Mapping[UUID, Place]) -> tuple[dict[UUID, Place], list[Booking]]:
    booked = queries.bookings_of(db, dialogue_id)
    dropped = [booking for asked, booking in booked.items() if asked not in places]
    for booking in dropped:
        _cancelled(db, booking)
    differing = {
        asked: place for asked, place in places.items() if not (asked in booked and _is_so(booked[asked], place))
    }
    for asked in differing.keys() & booked.keys():
        release(db, booked[asked])
    return differing, dropped


def _claim(db: Session, dialogue_id: UUID, places: Mapping[UUID, Place]) -> None:
    asked, booked = queries.requests_of(db, dialogue_id), queries.bookings_of(db, dialogue_id)
    for request_id, place in sorted(places.items()):
        if request_id in booked:
            _moved(db, booked[request_id], asked[request_id], place)
        else:
            _booked(db, asked[request_id], place)


def _booked(db: Session, asked: MeetingRequest, place: Place) -> Booking:
    booking = _settled(db, None, asked, place)
    trail.record(db, "booked", booking, dialogue_id=booking.dialogue_id, **_told(booking))
    return booking


def _moved(db: Session, booking: Booking, asked: MeetingRequest, place: Place) -> None:
    _settled(db, booking, asked, place)
    trail.record(db, "moved", booking, dialogue_id=booking.dialogue_id, **_told(booking))


def _settled(db: Session, booking: Booking | None, asked: MeetingRequest, place: Place) -> Booking:
    settled = _at(booking, asked, place)
    db.add(settled)
    db.flush()
    claim(db, settled, _takes(asked, place))
    return settled


def _cancelled(db: Session, booking: Booking) -> None:
    release(db, booking)
    db.delete(booking)
    db.flush()
    trail.record(db, "cancelled", booking, dialogue_id=booking.dialogue_id, **_told(booking))


def _is_so(booking: Booking, place: Place) -> bool:
    return (booking.room_id, booking.starts_at, booking.people) == (place.room_id, place.starts_at, _texts(place))


def _texts(place: Place) -> list[str]:
    return sorted(str(person) for person in place.people or ())


def _told(booking: Booking) -> dict[str, object]:
    return {
        "request": str(booking.request_id),
        "room": str(booking.room_id),
        "starts_at": booking.starts_at.isoformat(),
        "people": booking.people,
    }
