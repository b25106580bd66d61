"""Serving orders for times, many at once: looked up together, decided one after another, written together."""

from collections import Counter as Count
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.booking import laying, queries
from app.booking.finding import Counter
from app.booking.models import Act, ActKind, Desk, DeskState, Hold
from app.booking.schemas import Answer, Gone, NotYet, Opening, Order, Took
from app.dialogues.models import BookingWay, Dialogue
from app.kernel import clock
from app.kernel.refusals import Conflict, Forbidden, Refusal
from app.meetings import service as meetings
from app.meetings.models import Booking, MeetingRequest
from app.meetings.queries import bookings_by_request
from app.meetings.schemas import Place

HOLD = timedelta(minutes=5)
MOST_ACTS = 10  # of one supplier: enough to change one's mind, too few to keep times from others


@dataclass
class Known:
    """What has been looked up for a batch of orders, and what has been decided so far."""

    counter: Counter
    requests: dict[UUID, MeetingRequest]
    bookings: dict[UUID, Booking]
    acts: Count[UUID]
    done: dict[tuple[UUID, str], Act]
    ready: set[UUID]
    places: dict[UUID, Place] = field(default_factory=dict)
    made: list[Act] = field(default_factory=list)
    holds: dict[UUID, tuple[Order, Opening]] = field(default_factory=dict)


def serve(db: Session, dialogue_id: UUID, orders: Sequence[Order]) -> list[Answer | Refusal]:
    """What comes of each order, in turn: the first that asks for a time has it, and is told as if it were alone.

    The dialogue is locked until the commit. Each order's request must be its supplier's own.
    """
    dialogue = db.get_one(Dialogue, dialogue_id, with_for_update=True, populate_existing=True)
    desk = queries.desk_of(db, dialogue_id)
    if desk is None or not queries.is_good(desk, dialogue):
        have_laid(db, dialogue, desk)
        return [NotYet() if is_open_at(dialogue, order.received_at) else _closed() for order in orders]
    known = _look_up(db, dialogue, desk, orders)
    answers = [_answer(dialogue, order, known) for order in orders]
    _write(db, dialogue, desk, known)
    return answers


def have_laid(db: Session, dialogue: Dialogue, desk: Desk | None) -> None:
    """Have a desk laid on the facts as they stand, unless it has been tried: what cannot be laid waits for a fact."""
    if desk is None or desk.state is not DeskState.FAILED or desk.facts_version != dialogue.facts_version:
        laying.ask_for(db, dialogue)


def _look_up(db: Session, dialogue: Dialogue, desk: Desk, orders: Sequence[Order]) -> Known:
    suppliers = {order.supplier_id for order in orders}
    standing, names = queries.standing_at(db, desk)
    return Known(
        counter=Counter(
            standing, names, queries.booked_in(db, dialogue.id), queries.held_in(db, dialogue.id, clock.now())
        ),
        requests=queries.requests_by_id(db, {order.request_id for order in orders}),
        bookings=bookings_by_request(db, {order.request_id for order in orders}),
        acts=queries.acts_of_all(db, suppliers),
        done=queries.acts_by_key(db, [(order.supplier_id, order.key) for order in orders if order.key]),
        ready=queries.ready(db, dialogue.id, suppliers),
    )


def is_open_at(dialogue: Dialogue, at: datetime) -> bool:
    """Whether suppliers of the dialogue choose their own times at this moment; both ends are in time."""
    opens, closes = dialogue.booking_opens_at, dialogue.booking_closes_at
    if dialogue.booking is not BookingWay.FIRST_COME or opens is None or closes is None:
        return False
    return opens <= at <= closes


def _closed() -> Conflict:
    return Conflict("Times cannot be chosen now.")


def _answer(dialogue: Dialogue, order: Order, known: Known) -> Answer | Refusal:
    request = known.requests[order.request_id]
    if order.key and (done := known.done.get((order.supplier_id, order.key))) is not None:
        return _done_before(done, order, request)
    if not is_open_at(dialogue, order.received_at):
        return _closed()
    if order.supplier_id not in known.ready:
        return Forbidden("Send in your solution proposal first: the meeting is about it.")
    return _decide(order, request, known)


def _done_before(done: Act, order: Order, request: MeetingRequest) -> Answer | Refusal:
    if (done.starts_at, done.request_id) != (order.starts_at, order.request_id):
        return Conflict("That key has been used for another order.")
    return Took(Opening(order.starts_at, order.starts_at + timedelta(minutes=request.minutes)))


def _decide(order: Order, request: MeetingRequest, known: Known) -> Answer | Refusal:
    booking = known.bookings.get(request.id)
    had = known.places[request.id].starts_at if request.id in known.places else booking.starts_at if booking else None
    opening = Opening(order.starts_at, order.starts_at + timedelta(minutes=request.minutes))
    if had == order.starts_at:
        return Took(opening)
    if not order.is_hold and known.acts[order.supplier_id] >= MOST_ACTS:
        sentence = "You have changed your time {most} times. Write to the organiser if it must be changed again."
        return Conflict(sentence, most=MOST_ACTS)
    changed = known.counter.find(request, order.starts_at)
    if changed is None:
        return Gone(known.counter.openings(request))
    if order.is_hold and had is not None:
        # Whoever has a time keeps it while looking at another, and keeps no second one from others.
        return Took(opening)
    place = known.counter.give(request, changed, held=order.is_hold)
    _note(order, known, place, opening, has_moved=had is not None)
    return Took(opening)


def _note(order: Order, known: Known, place: Place, opening: Opening, *, has_moved: bool) -> None:
    if order.is_hold:
        known.holds[order.supplier_id] = (order, opening)
        return
    known.holds.pop(order.supplier_id, None)
    known.places[order.request_id] = place
    kind = ActKind.MOVED if has_moved else ActKind.TOOK
    act = act_of(known.requests[order.request_id], kind, order)
    known.made.append(act)
    known.acts[order.supplier_id] += 1
    if order.key:
        known.done[order.supplier_id, order.key] = act


def act_of(request: MeetingRequest, kind: ActKind, order: Order | None = None) -> Act:
    """What a supplier has done with a meeting."""
    return Act(
        dialogue_id=request.dialogue_id,
        supplier_id=request.supplier_id,
        request_id=request.id,
        kind=kind,
        starts_at=order.starts_at if order else None,
        key=order.key if order else None,
    )


def _write(db: Session, dialogue: Dialogue, desk: Desk, known: Known) -> None:
    if known.places:
        meetings.give(db, dialogue.id, [(known.requests[one], place) for one, place in known.places.items()])
        queries.drop_holds(db, {known.requests[one].supplier_id for one in known.places})
    if known.holds:
        queries.drop_holds(db, set(known.holds))
        db.add_all(_hold(dialogue, order, opening) for order, opening in known.holds.values())
    db.add_all(known.made)
    db.flush()
    known.counter.keep(desk)
    desk.facts_version = dialogue.facts_version


def _hold(dialogue: Dialogue, order: Order, opening: Opening) -> Hold:
    return Hold(
        dialogue_id=dialogue.id,
        supplier_id=order.supplier_id,
        request_id=order.request_id,
        starts_at=opening.starts_at,
        until=clock.now() + HOLD,
    )
