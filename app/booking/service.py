"""Booking: a supplier looks, holds, takes, moves or gives back, and every other promise stays as it is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.booking import laying, queries
from app.booking.finding import Counter
from app.booking.models import ActKind, DeskState
from app.booking.queries import desk_of, hold_of, request_of, requests_of
from app.booking.schemas import Answer, NotYet, Opening, Order, WayIn
from app.booking.serving import HOLD, MOST_ACTS, act_of, have_laid, is_open_at, serve
from app.dialogues.models import BookingWay, Dialogue
from app.kernel import clock, trail
from app.kernel.refusals import Conflict, Invalid, Refusal
from app.meetings import service as meetings
from app.meetings.models import MeetingRequest
from app.meetings.queries import booking_of
from app.suppliers.models import Supplier

__all__ = [
    "HOLD",
    "MOST_ACTS",
    "acts_left",
    "answer",
    "desk_of",
    "give_back",
    "hold_of",
    "is_laid",
    "is_open_at",
    "is_stuck",
    "let_go",
    "look",
    "may_book",
    "opening_of",
    "request_of",
    "requests_of",
    "see_to_desk",
    "set_way",
]


def set_way(db: Session, dialogue: Dialogue, way: WayIn) -> None:
    """How suppliers of a dialogue come by their times; raises Conflict once any of them has booked.

    All suppliers may choose from one and the same moment, which must lie ahead of the day.
    """
    db.refresh(dialogue, with_for_update=True)
    if way.closes_at is not None and way.closes_at.astimezone(clock.OSLO).date() >= dialogue.held_on:
        raise Invalid("closes_at: Choosing times must end before the day.")
    if queries.has_acts(db, dialogue.id):
        raise Conflict("A supplier has chosen its time already: the same must hold for all.")
    dialogue.booking, dialogue.booking_opens_at, dialogue.booking_closes_at = way.way, way.opens_at, way.closes_at
    trail.record(db, "set how times are given out", dialogue, dialogue_id=dialogue.id, **way.model_dump(mode="json"))
    if way.way is BookingWay.FIRST_COME:
        laying.ask_for(db, dialogue)


def may_book(db: Session, supplier: Supplier) -> bool:
    """Whether a supplier has sent in what its meeting is about; where nothing is asked, nothing is due."""
    return supplier.id in queries.ready(db, supplier.dialogue_id, {supplier.id})


def acts_left(db: Session, supplier: Supplier) -> int:
    """How often a supplier may still take or move a time."""
    return max(0, MOST_ACTS - queries.acts_of_all(db, {supplier.id})[supplier.id])


def opening_of(request: MeetingRequest, starts_at: datetime) -> Opening:
    """The time of a meeting that begins then."""
    return Opening(starts_at, starts_at + timedelta(minutes=request.minutes))


def look(db: Session, dialogue: Dialogue, request: MeetingRequest) -> Sequence[Opening] | NotYet:
    """The times that a supplier's meeting can have now, in order; its own is among them."""
    desk = desk_of(db, dialogue.id)
    if desk is None or not queries.is_good(desk, dialogue):
        return NotYet()
    booked, held = queries.booked_in(db, dialogue.id), queries.held_in(db, dialogue.id, clock.now())
    return Counter(*queries.standing_at(db, desk), booked, held).openings(request)


def see_to_desk(db: Session, dialogue: Dialogue, at: datetime) -> None:
    """Have the desk laid anew when facts have changed since, where suppliers choose their times at this moment.

    Whoever looks may ask for it: until it is laid nobody is shown a time, and nobody can order what is not shown.
    """
    if is_open_at(dialogue, at) and not is_laid(db, dialogue):
        have_laid(db, dialogue, desk_of(db, dialogue.id))


def is_laid(db: Session, dialogue: Dialogue) -> bool:
    """Whether the desk is laid on the facts as they stand."""
    return queries.is_good(desk_of(db, dialogue.id), dialogue)


def is_stuck(db: Session, dialogue: Dialogue) -> bool:
    """Whether the desk could not be laid on the facts as they stand: only another fact can help."""
    desk = desk_of(db, dialogue.id)
    return desk is not None and desk.state is DeskState.FAILED and desk.facts_version == dialogue.facts_version


def answer(db: Session, dialogue_id: UUID, order: Order) -> Answer:
    """What comes of one order: the time is the supplier's now, or held for it; or what can be had instead.

    Raises Conflict when booking was not open, the supplier has changed its mind too often or its key came with another
    order, and Forbidden before its proposal is in.
    """
    (given,) = serve(db, dialogue_id, [order])
    if isinstance(given, Refusal):
        raise given
    return given


def give_back(db: Session, supplier: Supplier, request: MeetingRequest, received_at: datetime) -> None:
    """Take back a supplier's time, so that others can have it at once; does nothing when it has none.

    Raises Conflict when booking was not open.
    """
    dialogue = db.get_one(Dialogue, supplier.dialogue_id, with_for_update=True, populate_existing=True)
    if not is_open_at(dialogue, received_at):
        raise Conflict("Times cannot be chosen now.")
    booking, desk = booking_of(db, request.id), desk_of(db, dialogue.id)
    if booking is None:
        return
    was_good = queries.is_good(desk, dialogue)
    meetings.cancel(db, booking)
    db.add(act_of(request, ActKind.GAVE_BACK))
    db.flush()
    if desk is not None and was_good:
        desk.facts_version = dialogue.facts_version


def let_go(db: Session, supplier: Supplier) -> None:
    """Let go of what is held for a supplier; does nothing when nothing is."""
    queries.drop_holds(db, {supplier.id})
