"""Booking: what is offered can be had, everybody else keeps a place, and whoever was first has it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.booking import service, translate
from app.booking.models import Act, ActKind, Desk, Hold
from app.booking.queries import desk_of, standing_at
from app.booking.schemas import Gone, NotYet, Opening, Order, Took
from app.dialogues.models import BookingWay, Dialogue
from app.dialogues.service import facts_changed
from app.kernel import clock
from app.kernel.refusals import Conflict, Forbidden, NotFound
from app.main import EXPORTS
from app.meetings.models import Booking, ClaimedCell, MeetingRequest
from app.meetings.queries import booking_of
from app.proposals import service as proposals
from app.suppliers import forgetting
from solver.verify import breaches
from tests.booking.factories import a_booking_day, lay, supplier_of
from tests.meetings.factories import at


def openings(db: Session, dialogue: Dialogue, request: MeetingRequest) -> Sequence[Opening]:
    found = service.look(db, dialogue, request)
    assert not isinstance(found, NotYet)
    return found


def starts(db: Session, dialogue: Dialogue, request: MeetingRequest) -> list[datetime]:
    return [opening.starts_at for opening in openings(db, dialogue, request)]


def take(db: Session, request: MeetingRequest, starts_at: datetime, key: str | None = None) -> object:
    return ordered(db, request, starts_at, key=key)


def ordered(
    db: Session,
    request: MeetingRequest,
    starts_at: datetime,
    received_at: datetime | None = None,
    *,
    key: str | None = None,
    is_hold: bool = False,
) -> object:
    """What comes of a supplier's order, alone."""
    order = Order(request.supplier_id, request.id, starts_at, received_at or clock.now(), key, is_hold)
    return service.answer(db, request.dialogue_id, order)


def hold(db: Session, request: MeetingRequest, starts_at: datetime) -> object:
    return ordered(db, request, starts_at, is_hold=True)


def is_whole(db: Session, dialogue: Dialogue) -> bool:
    """Whether the desk's timetable breaks no rule, has a place for everybody, and agrees with what is booked."""
    desk = desk_of(db, dialogue.id)
    assert desk is not None
    standing, names = standing_at(db, desk)
    booked = {
        names.requests[one.request_id]: (names.minutes(one.starts_at), one.room_id)
        for one in db.scalars(sa.select(Booking).where(Booking.dialogue_id == dialogue.id))
    }
    placed = {name: (at.start, names.rooms[at.room]) for name, at in standing.placements.items() if name in booked}
    everybody = set(names.requests.values()) == set(standing.placements)
    return not breaches(standing.problem, standing.plan()) and everybody and booked == placed


def test_a_supplier_takes_a_time_that_is_offered(db: Session) -> None:
    dialogue, (request, *_) = a_booking_day(db)
    chosen = openings(db, dialogue, request)[-1]

    assert take(db, request, chosen.starts_at) == Took(chosen)

    booking = booking_of(db, request.id)
    assert booking is not None
    assert (booking.starts_at, booking.ends_at) == (chosen.starts_at, chosen.ends_at)
    assert is_whole(db, dialogue)


def test_no_time_is_offered_during_the_conference_and_lunch(db: Session) -> None:
    dialogue, (request, *_) = a_booking_day(db)

    found = openings(db, dialogue, request)

    assert found
    assert min(opening.starts_at for opening in found) >= at("10:00")
    assert max(opening.ends_at for opening in found) <= at("16:00")
    assert not [opening for opening in found if opening.starts_at < at("12:00") and opening.ends_at > at("11:30")] or (
        not [opening for opening in found if opening.starts_at < at("13:00") and opening.ends_at > at("12:30")]
    )


def test_whoever_comes_second_sees_what_can_be_had_now(db: Session) -> None:
    dialogue, (first, _, second, _) = a_booking_day(db)
    wanted = starts(db, dialogue, first)[-1]
    take(db, first, wanted)

    lost = take(db, second, wanted)

    assert isinstance(lost, Gone)
    assert lost.fresh == tuple(openings(db, dialogue, second))
    assert wanted not in [opening.starts_at for opening in lost.fresh]
    assert booking_of(db, second.id) is None


def test_everybody_can_still_be_met_whatever_is_taken(db: Session) -> None:
    dialogue, asked = a_booking_day(db, suppliers=10)

    for place, request in enumerate(asked):
        found = starts(db, dialogue, request)
        take(db, request, found[place * 7 % len(found)])
        assert is_whole(db, dialogue)

    assert all(booking_of(db, request.id) for request in asked)


def test_a_time_off_the_grid_or_of_another_day_is_not_to_be_had(db: Session) -> None:
    dialogue, (request, *_) = a_booking_day(db)
    wanted = starts(db, dialogue, request)[0]

    for wrong in (wanted + timedelta(minutes=1), wanted + timedelta(seconds=1), wanted + timedelta(days=1)):
        assert isinstance(take(db, request, wrong), Gone)


def test_a_supplier_moves_its_meeting_and_the_old_time_is_free_at_once(db: Session) -> None:
    dialogue, (request, _, other, _) = a_booking_day(db)
    early, late = starts(db, dialogue, request)[0], starts(db, dialogue, request)[-1]
    take(db, request, early)
    assert early not in starts(db, dialogue, other)

    assert isinstance(take(db, request, late), Took)

    assert early in starts(db, dialogue, other)
    assert is_whole(db, dialogue)


def test_what_is_given_back_is_open_to_everybody_at_once(db: Session) -> None:
    """B9: nobody is told apart: the time is in the next answer to each."""
    dialogue, (request, _, other, _) = a_booking_day(db)
    wanted = starts(db, dialogue, request)[-1]
    take(db, request, wanted)

    service.give_back(db, supplier_of(db, request), request, clock.now())

    assert booking_of(db, request.id) is None
    assert wanted in starts(db, dialogue, other)
    assert list(db.scalars(sa.select(ClaimedCell.booking_id).where(ClaimedCell.booking_id.is_not(None)))) == []


def test_a_supplier_that_changes_its_mind_too_often_is_sent_to_the_organiser(db: Session) -> None:
    """B9, B10: a limit to taking and giving back, kept beside who did what."""
    dialogue, (request, *_) = a_booking_day(db)
    one, other = starts(db, dialogue, request)[:2]
    for turn in range(service.MOST_ACTS):
        take(db, request, (one, other)[turn % 2])

    with pytest.raises(Conflict, match="Write to the organiser"):
        take(db, request, one)

    kinds = list(db.scalars(sa.select(Act.kind)))
    assert (kinds.count(ActKind.TOOK), kinds.count(ActKind.MOVED)) == (1, service.MOST_ACTS - 1)


def test_a_held_time_is_nobody_elses_for_five_minutes(db: Session) -> None:
    dialogue, (request, _, other, _) = a_booking_day(db)
    wanted = starts(db, dialogue, request)[-1]

    held = hold(db, request, wanted)
    db.flush()

    assert held == Took(Opening(wanted, wanted + timedelta(minutes=30)))
    assert wanted not in starts(db, dialogue, other)
    assert wanted in starts(db, dialogue, request)
    with clock.as_if(clock.now() + service.HOLD + timedelta(seconds=1)):
        assert wanted in starts(db, dialogue, other)
        assert isinstance(take(db, other, wanted), Took)
        assert isinstance(take(db, request, wanted), Gone)


def test_whoever_has_a_time_keeps_it_and_no_other_while_looking_at_another(db: Session) -> None:
    """B9: a supplier never keeps two times from others, and loses none by looking."""
    dialogue, (request, _, other, _) = a_booking_day(db)
    one, two = starts(db, dialogue, request)[0], starts(db, dialogue, request)[-1]
    take(db, request, one)

    looked = hold(db, request, two)

    assert looked == Took(Opening(two, two + timedelta(minutes=30)))
    assert list(db.scalars(sa.select(Hold))) == []
    assert (one in starts(db, dialogue, other), two in starts(db, dialogue, other)) == (False, True)
    assert is_whole(db, dialogue)
    assert isinstance(take(db, other, two), Took)
    assert isinstance(take(db, request, two), Gone)
    booking = booking_of(db, request.id)
    assert booking is not None
    assert (booking.starts_at, is_whole(db, dialogue)) == (one, True)


def test_a_supplier_holds_one_time_at_a_time_and_lets_go_of_it(db: Session) -> None:
    dialogue, (request, _, other, _) = a_booking_day(db)
    one, two = starts(db, dialogue, request)[-1], starts(db, dialogue, request)[0]
    supplier = supplier_of(db, request)

    hold(db, request, one)
    hold(db, request, two)
    db.flush()
    assert (one in starts(db, dialogue, other), two in starts(db, dialogue, other)) == (True, False)

    service.let_go(db, supplier)
    assert two in starts(db, dialogue, other)
    assert list(db.scalars(sa.select(Hold))) == []


def test_the_same_order_with_the_same_key_is_done_once(db: Session) -> None:
    """B7: late, too, and with the same answer."""
    dialogue, (request, *_) = a_booking_day(db)
    wanted = openings(db, dialogue, request)[-1]

    answers = [take(db, request, wanted.starts_at, "order-1") for _ in range(3)]

    assert answers == [Took(wanted)] * 3
    assert len(list(db.scalars(sa.select(Act)))) == 1


def test_a_key_with_another_order_is_refused_and_is_each_suppliers_own(db: Session) -> None:
    """B8."""
    dialogue, (request, other, *_) = a_booking_day(db)
    one, two = starts(db, dialogue, request)[:2]
    take(db, request, one, "order-1")

    with pytest.raises(Conflict, match="another order"):
        take(db, request, two, "order-1")

    assert isinstance(take(db, other, starts(db, dialogue, other)[0], "order-1"), Took)


@pytest.mark.parametrize("seconds", [-1, 3601])
def test_times_are_given_out_only_while_booking_is_open(db: Session, seconds: int) -> None:
    dialogue, (request, *_) = a_booking_day(db)
    wanted = starts(db, dialogue, request)[0]
    dialogue.booking_opens_at = clock.now()
    dialogue.booking_closes_at = clock.now() + timedelta(hours=1)
    db.flush()
    at_that_time = dialogue.booking_opens_at + timedelta(seconds=seconds)

    with pytest.raises(Conflict, match="Times cannot be chosen now"):
        ordered(db, request, wanted, at_that_time)
    assert isinstance(ordered(db, request, wanted, dialogue.booking_closes_at), Took)


def test_where_a_plan_is_made_from_wishes_nobody_books(db: Session) -> None:
    dialogue, (request, *_) = a_booking_day(db)
    wanted = starts(db, dialogue, request)[0]
    dialogue.booking = BookingWay.WISHES_THEN_PLAN
    db.flush()

    with pytest.raises(Conflict, match="Times cannot be chosen now"):
        take(db, request, wanted)


def test_a_meeting_is_booked_when_its_proposal_is_in(db: Session) -> None:
    dialogue, (request, *_) = a_booking_day(db)
    wanted = starts(db, dialogue, request)[0]
    proposals.ask(db, dialogue, 1, "Hva tilbyr dere?")

    with pytest.raises(Forbidden, match="Send in your solution proposal first"):
        take(db, request, wanted)


def test_a_supplier_reaches_no_meeting_but_its_own(db: Session) -> None:
    """Z3."""
    _, (request, other, *_) = a_booking_day(db)

    with pytest.raises(NotFound):
        service.request_of(db, other.supplier_id, request.id)


def test_when_facts_change_the_desk_is_laid_anew_and_what_is_booked_stands(db: Session) -> None:
    dialogue, (request, _, other, _) = a_booking_day(db)
    wanted = starts(db, dialogue, request)[-1]
    take(db, request, wanted)
    facts_changed(db, dialogue.id)
    db.flush()

    assert isinstance(service.look(db, dialogue, other), NotYet)
    assert isinstance(take(db, other, wanted), NotYet)
    db.commit()
    lay(dialogue.id)
    db.expire_all()

    booking = booking_of(db, request.id)
    assert booking is not None
    assert (booking.starts_at, is_whole(db, dialogue)) == (wanted, True)
    assert wanted not in starts(db, dialogue, other)


def test_an_auditor_can_lay_the_desk_again_from_its_files(db: Session) -> None:
    dialogue, _ = a_booking_day(db)
    desk = db.scalars(sa.select(Desk).where(Desk.dialogue_id == dialogue.id)).one()

    problem, plan = translate.files_of(desk.problem, desk.plan)

    assert breaches(problem, plan) == ()
    assert translate.kept_placements(translate.first_placements(plan)) == desk.placements


def test_a_supplier_is_told_what_booking_keeps_of_it_and_of_nobody_else(db: Session) -> None:
    """G1, Z12."""
    dialogue, (request, _, other, _) = a_booking_day(db)
    mine, theirs = starts(db, dialogue, request)[0], starts(db, dialogue, other)[-1]
    take(db, request, mine)
    hold(db, other, theirs)
    db.flush()

    told = forgetting.everything(db, supplier_of(db, request))["booking"]

    assert EXPORTS
    assert [(act["what"], act["starts_at"]) for act in told["acts"]] == [("took", mine.isoformat())]
    assert told["held"] == []
    assert forgetting.everything(db, supplier_of(db, other))["booking"]["held"][0]["starts_at"] == theirs.isoformat()
