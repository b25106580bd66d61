"""Many at one desk in one moment, each in a thread of its own: they are served in turn, and told as if alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.booking import queueing, service
from app.booking.models import Act
from app.booking.schemas import Answer, Gone, NotYet, Order, Took
from app.dialogues.service import get
from app.kernel import clock, trail
from app.kernel.db import transaction
from app.kernel.refusals import NotFound, Refusal
from app.kernel.trail import TrailEntry
from app.meetings.models import Booking, MeetingRequest
from tests.booking.factories import a_booking_day


def all_at_once(db: Session, orders: list[Order]) -> list[Answer | Exception]:
    """What comes of orders that are placed in the same moment; the test's own transaction is over by then."""
    db.commit()
    gate = Barrier(len(orders))

    def place(order: Order) -> Answer | Exception:
        gate.wait()
        try:
            return queueing.order(order)
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(orders)) as threads:
        return list(threads.map(place, orders))


def order(request: MeetingRequest, starts_at: datetime, key: str | None = None) -> Order:
    return Order(request.supplier_id, request.id, starts_at, clock.now(), key)


def some_start(db: Session, request: MeetingRequest, place: int = -1) -> datetime:
    found = service.look(db, get(db, request.dialogue_id), request)
    assert not isinstance(found, NotYet)
    return found[place].starts_at


def test_of_all_who_want_one_time_one_has_it_and_the_others_see_what_is_left(db: Session) -> None:
    """B4."""
    _, asked = a_booking_day(db, suppliers=20)
    same_panel = asked[::2]
    wanted = some_start(db, same_panel[0])

    answers = all_at_once(db, [order(request, wanted) for request in same_panel])

    lost = [answer for answer in answers if isinstance(answer, Gone)]
    assert ([isinstance(answer, Took) for answer in answers].count(True), len(lost)) == (1, len(same_panel) - 1)
    assert all(answer.fresh and wanted not in {one.starts_at for one in answer.fresh} for answer in lost)
    with transaction(reads_only=True) as after:
        assert [one.starts_at for one in after.scalars(sa.select(Booking))] == [wanted]


def test_one_supplier_that_grabs_four_times_at_once_has_one(db: Session) -> None:
    """B6."""
    _, (request, *_) = a_booking_day(db)
    wanted = [some_start(db, request, place) for place in (0, 5, 10, -1)]

    answers = all_at_once(db, [order(request, start) for start in wanted])

    assert all(isinstance(answer, Took) for answer in answers), "each is a move of the one before"
    with transaction(reads_only=True) as after:
        assert len(list(after.scalars(sa.select(Booking)))) == 1


def test_the_same_order_eight_times_at_once_is_one_booking_and_one_answer(db: Session) -> None:
    """B7."""
    _, (request, *_) = a_booking_day(db)
    wanted = some_start(db, request)

    answers = all_at_once(db, [order(request, wanted, "order-1") for _ in range(8)])

    assert answers == [answers[0]] * 8
    assert isinstance(answers[0], Took)
    with transaction(reads_only=True) as after:
        assert len(list(after.scalars(sa.select(Act)))) == 1


def test_one_key_with_two_orders_at_once_is_one_booking(db: Session) -> None:
    """B8."""
    _, (request, *_) = a_booking_day(db)
    one, two = some_start(db, request, 0), some_start(db, request, -1)

    answers = all_at_once(db, [order(request, one, "order-1"), order(request, two, "order-1")])

    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Took"]


def test_what_fails_for_one_who_waits_fails_for_nobody_else(db: Session) -> None:
    dialogue, asked = a_booking_day(db)
    wanted = some_start(db, asked[0])
    unknown = Order(asked[0].supplier_id, dialogue.id, wanted, clock.now())

    answers = all_at_once(db, [unknown, order(asked[0], wanted)])

    assert [type(answer) for answer in answers] == [NotFound, Took]


def test_the_trail_lays_each_booking_to_its_supplier(db: Session) -> None:
    _, asked = a_booking_day(db)
    orders = [order(request, some_start(db, request, place)) for place, request in enumerate(asked[:2])]

    all_at_once(db, orders)

    with transaction(reads_only=True) as after:
        booked = after.scalars(sa.select(TrailEntry.actor).where(TrailEntry.action == "booked"))
        assert set(booked) == {f"supplier:{one.supplier_id}" for one in orders}
        assert trail.first_flaw(after) is None


def test_nobody_is_served_before_booking_opens(db: Session) -> None:
    dialogue, (request, *_) = a_booking_day(db)
    wanted = some_start(db, request)
    dialogue.booking_opens_at = datetime(2099, 1, 1, tzinfo=clock.OSLO)

    (answer,) = all_at_once(db, [order(request, wanted)])

    assert str(answer) == "Times cannot be chosen now."
