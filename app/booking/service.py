"""Booking: a supplier looks, holds, takes, moves or gives back, and every other promise stays as it is."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from app.booking.finding import Found, find, kept_of, openings
from app.booking.models import Act, ActKind, Hold
from app.booking.queries import act_by_key, acts_of, desk_of, hold_of, is_good, request_of, requests_of, standing_at
from app.booking.schemas import Answer, Gone, NotYet, Opening, Took
from app.dialogues.models import BookingWay, Dialogue
from app.kernel import clock
from app.kernel.refusals import Conflict, Forbidden
from app.meetings import service as meetings
from app.meetings.models import MeetingRequest
from app.meetings.queries import booking_of
from app.proposals.service import latest, questions
from app.suppliers.models import Supplier

__all__ = ["desk_of", "give_back", "hold", "hold_of", "is_open", "let_go", "look", "request_of", "requests_of", "take"]

HOLD = timedelta(minutes=5)
EVER = datetime.min.replace(tzinfo=UTC)
MOST_ACTS = 10  # of one supplier: enough to change one's mind, too few to keep times from others


def is_open(dialogue: Dialogue, at: datetime) -> bool:
    """Whether suppliers of the dialogue choose their own times at this moment; both ends are in time."""
    opens, closes = dialogue.booking_opens_at, dialogue.booking_closes_at
    if dialogue.booking is not BookingWay.FIRST_COME or opens is None or closes is None:
        return False
    return opens <= at <= closes


def may_book(db: Session, supplier: Supplier) -> bool:
    """Whether a supplier has sent in what its meeting is about; where nothing is asked, nothing is due."""
    return not questions(db, supplier.dialogue_id) or latest(db, supplier.id) is not None


def look(db: Session, dialogue: Dialogue, request: MeetingRequest) -> Sequence[Opening] | NotYet:
    """The times that a supplier's meeting can have now, in order; its own is among them."""
    desk = desk_of(db, dialogue.id)
    if desk is None or not is_good(desk, dialogue):
        return NotYet()
    standing, names = standing_at(db, desk)
    return openings(request, standing, names, kept_of(db, request, names))


def hold(
    db: Session, supplier: Supplier, request: MeetingRequest, starts_at: datetime, received_at: datetime
) -> Answer:
    """Keep a time for a supplier for five minutes, in place of what was held for it; raises as `take` does."""
    found = _find(db, supplier, request, starts_at, received_at)
    if not isinstance(found, Found):
        return found
    held = hold_of(db, supplier.id, EVER) or Hold(supplier_id=supplier.id)
    held.dialogue_id, held.request_id, held.until = request.dialogue_id, request.id, clock.now() + HOLD
    held.starts_at = found.opening.starts_at
    db.add(held)
    found.keep(db)
    return Took(found.opening)


def take(
    db: Session,
    supplier: Supplier,
    request: MeetingRequest,
    starts_at: datetime,
    received_at: datetime,
    key: str | None = None,
) -> Answer:
    """Give a supplier's meeting the time, or move it there; if it cannot be had, the answer is what can.

    The same order with the same `key` is done once. Raises Conflict when booking is not open, the proposal is not in,
    the supplier has changed its mind too often, or the key came with another order before.
    """
    if key is not None and (done := act_by_key(db, supplier.id, key)) is not None:
        return _done_before(done, request, starts_at)
    found = _find(db, supplier, request, starts_at, received_at)
    if not isinstance(found, Found):
        return found
    _book(db, supplier, request, found, key)
    let_go(db, supplier)
    found.keep(db)
    return Took(found.opening)


def _done_before(done: Act, request: MeetingRequest, starts_at: datetime) -> Took:
    if done.starts_at != starts_at or done.request_id != request.id:
        raise Conflict("That key has been used for another order.")
    return Took(Opening(starts_at, starts_at + timedelta(minutes=request.minutes)))


def _book(db: Session, supplier: Supplier, request: MeetingRequest, found: Found, key: str | None) -> None:
    booking = booking_of(db, request.id)
    if booking is not None and booking.starts_at == found.opening.starts_at:
        return
    _refuse_too_often(db, supplier)
    if booking is None:
        meetings.book(db, request, found.place)
    else:
        meetings.move(db, booking, found.place)
    _note(db, request, ActKind.MOVED if booking else ActKind.TOOK, found.opening.starts_at, key)


def give_back(db: Session, supplier: Supplier, request: MeetingRequest, received_at: datetime) -> Answer:
    """Take back a supplier's time, so that others can have it at once; does nothing when it has none."""
    dialogue = _locked(db, supplier, received_at)
    booking, desk = booking_of(db, request.id), desk_of(db, dialogue.id)
    if booking is None:
        return Took(None)
    was_good = is_good(desk, dialogue)
    meetings.cancel(db, booking)
    _note(db, request, ActKind.GAVE_BACK, None, None)
    if desk is not None and was_good:
        desk.facts_version = dialogue.facts_version
    return Took(None)


def let_go(db: Session, supplier: Supplier) -> None:
    """Let go of what is held for a supplier; does nothing when nothing is."""
    held = hold_of(db, supplier.id, EVER)
    if held is not None:
        db.delete(held)
        db.flush()


def _find(
    db: Session, supplier: Supplier, request: MeetingRequest, starts_at: datetime, received_at: datetime
) -> Found | Gone | NotYet:
    return find(db, _locked(db, supplier, received_at), request, starts_at)


def _locked(db: Session, supplier: Supplier, received_at: datetime) -> Dialogue:
    # One at a time in each dialogue: what is read after this holds until the commit.
    dialogue = db.get_one(Dialogue, supplier.dialogue_id, with_for_update=True, populate_existing=True)
    if not is_open(dialogue, received_at):
        raise Conflict("Times cannot be chosen now.")
    if not may_book(db, supplier):
        raise Forbidden("Send in your solution proposal first: the meeting is about it.")
    return dialogue


def _refuse_too_often(db: Session, supplier: Supplier) -> None:
    if acts_of(db, supplier.id) >= MOST_ACTS:
        sentence = "You have changed your time {most} times. Write to the organiser if it must be changed again."
        raise Conflict(sentence, most=MOST_ACTS)


def _note(db: Session, request: MeetingRequest, kind: ActKind, starts_at: datetime | None, key: str | None) -> None:
    db.add(
        Act(
            dialogue_id=request.dialogue_id,
            supplier_id=request.supplier_id,
            request_id=request.id,
            kind=kind,
            starts_at=starts_at,
            key=key,
        )
    )
    db.flush()
