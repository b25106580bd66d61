"""Many edits in a row make one letter: people are told when it has been quiet for a while, and on the day at once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.invitations import jobs, quiet, service
from app.kernel import clock, engine
from app.kernel.db import transaction
from app.kernel.post import Letter
from app.meetings import service as meetings
from app.meetings.models import Booking
from tests.invitations.factories import ANNE, LIV, SUPPLIER, a_booked_day, tell
from tests.meetings.factories import at, place

NOW = datetime(2099, 4, 1, 12, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(-30), timedelta(30)).map(NOW.__add__)


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def _recipients(db: Session) -> list[str]:
    db.flush()
    return sorted(db.scalars(sa.select(Letter.recipient).where(Letter.key.like("%REQUEST%"))))


def _quiet_day(db: Session, set_clock: Callable[[datetime], None], minutes: int = 10) -> tuple[Dialogue, Booking]:
    dialogue, booking = a_booked_day(db)
    dialogue.quiet_minutes = minutes
    db.flush()
    set_clock(NOW)
    return dialogue, booking


def _tell_all(db: Session, dialogue: Dialogue) -> int:
    written = 0
    while some := quiet.tell_some(db, dialogue.id):
        written += some
    return written


def test_nobody_is_told_before_it_has_been_quiet(db: Session, set_clock: Callable[[datetime], None]) -> None:
    dialogue, _ = _quiet_day(db, set_clock)
    quiet.note_change(db, dialogue.id)

    set_clock(NOW + timedelta(minutes=9, seconds=59))
    too_early = _tell_all(db, dialogue)
    set_clock(NOW + timedelta(minutes=10))

    assert (too_early, _tell_all(db, dialogue), _recipients(db)) == (0, 3, [ANNE, LIV, SUPPLIER])


def test_ten_edits_in_a_row_make_one_letter(db: Session, set_clock: Callable[[datetime], None]) -> None:
    dialogue, booking = _quiet_day(db, set_clock)
    tell(db, dialogue)
    for number in range(10):
        set_clock(NOW + timedelta(minutes=number))
        meetings.move(db, booking, place(db, dialogue, f"10:{30 + 5 * (number % 3)}"))
        quiet.note_change(db, dialogue.id)
        _tell_all(db, dialogue)

    set_clock(NOW + timedelta(minutes=19))

    assert _tell_all(db, dialogue) == 3
    assert _recipients(db) == sorted([ANNE, LIV, SUPPLIER] * 2)
    assert quiet.waiting(db, dialogue.id) is None


def test_what_is_undone_in_time_is_told_to_nobody(db: Session, set_clock: Callable[[datetime], None]) -> None:
    dialogue, booking = _quiet_day(db, set_clock)
    tell(db, dialogue)
    for hour in ("11:00", "10:00"):
        meetings.move(db, booking, place(db, dialogue, hour))
        quiet.note_change(db, dialogue.id)

    set_clock(NOW + timedelta(minutes=10))

    assert (_tell_all(db, dialogue), quiet.waiting(db, dialogue.id)) == (0, None)


def test_without_a_quiet_period_each_of_them_would_be_told(db: Session, set_clock: Callable[[datetime], None]) -> None:
    """The control: the same two moves, with nothing to wait for."""
    dialogue, booking = _quiet_day(db, set_clock, minutes=0)
    tell(db, dialogue)
    written = 0
    for hour in ("11:00", "10:00"):
        meetings.move(db, booking, place(db, dialogue, hour))
        quiet.note_change(db, dialogue.id)
        written += _tell_all(db, dialogue)

    assert written == 6


@pytest.mark.parametrize(
    ("now", "told_after"),
    [
        (at("00:00"), timedelta(0)),
        (at("09:30"), timedelta(0)),
        (at("00:00") - timedelta(minutes=3), timedelta(minutes=3)),
        (at("00:00") - timedelta(minutes=30), timedelta(minutes=10)),
    ],
    ids=["as the day begins", "on the day itself", "just before midnight", "the evening before"],
)
def test_on_the_day_itself_people_are_told_at_once(now: datetime, told_after: timedelta) -> None:
    dialogue = Dialogue(quiet_minutes=10, held_on=at("09:00").date())

    assert quiet.due_at(dialogue, now, now) - now == told_after


def test_a_desk_that_is_never_quiet_puts_nobody_off_for_ever() -> None:
    dialogue = Dialogue(quiet_minutes=10, held_on=at("09:00").date())

    assert quiet.due_at(dialogue, NOW, NOW + timedelta(minutes=55)) == NOW + timedelta(minutes=60)


@given(quiet_minutes=st.integers(0, 1440), since=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=3)))
def test_people_are_told_after_the_change_and_within_the_quiet_period(
    quiet_minutes: int, since: datetime, later: timedelta
) -> None:
    dialogue = Dialogue(quiet_minutes=quiet_minutes, held_on=at("09:00").date())
    now = since + later

    due = quiet.due_at(dialogue, since, now)

    assert now <= due <= now + timedelta(minutes=quiet_minutes)
    assert due == now or due <= since + quiet.MOST_PERIODS * timedelta(minutes=quiet_minutes)
    assert due == now or due.astimezone(clock.OSLO).date() < dialogue.held_on or due == clock.wall(dialogue.held_on, 0)


def test_the_organiser_may_send_at_once(db: Session, set_clock: Callable[[datetime], None]) -> None:
    dialogue, _ = _quiet_day(db, set_clock, minutes=60)
    quiet.note_change(db, dialogue.id)
    before = _tell_all(db, dialogue)

    quiet.tell_now(db, dialogue.id)

    assert (before, _tell_all(db, dialogue)) == (0, 3)


def test_a_shorter_quiet_period_holds_for_what_waits(db: Session, set_clock: Callable[[datetime], None]) -> None:
    dialogue, _ = _quiet_day(db, set_clock, minutes=60)
    quiet.note_change(db, dialogue.id)

    quiet.set_quiet(db, dialogue.id, 5)

    telling = quiet.waiting(db, dialogue.id)
    assert telling is not None
    assert telling.due_at == NOW + timedelta(minutes=5)


def test_the_job_waits_until_it_is_quiet(
    house: object, running_engine: None, wait_until: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the real engine: two moves within the quiet period, one letter for each."""
    monkeypatch.setattr(quiet, "timedelta", lambda **spans: timedelta(seconds=2 * spans["minutes"]))
    with transaction() as db:
        dialogue, booking = a_booked_day(db)
        dialogue.quiet_minutes = 1
    with transaction() as db:
        meetings.move(db, db.get_one(Booking, booking.id), place(db, dialogue, "11:00"))

    def all_told() -> bool:
        with transaction(reads_only=True) as db:
            return len(_recipients(db)) >= 3 and quiet.waiting(db, dialogue.id) is None

    wait_until(all_told)
    with transaction() as db:
        assert _recipients(db) == [ANNE, LIV, SUPPLIER]
        assert service.due(db, db.get_one(Dialogue, dialogue.id)) == []


def test_what_was_not_told_in_its_time_is_asked_for_once_more(
    db: Session, set_clock: Callable[[datetime], None]
) -> None:
    """C15: a job that a clock has brought too soon tells nothing, and is not the last."""
    dialogue, _ = _quiet_day(db, set_clock)
    quiet.note_change(db, dialogue.id)
    set_clock(NOW + timedelta(minutes=9))
    too_soon = _tell_all(db, dialogue)
    db.commit()
    set_clock(NOW + timedelta(minutes=10))
    not_late_yet = jobs.ask_for_overdue()
    set_clock(NOW + timedelta(minutes=12))
    asked_for = jobs.ask_for_overdue()

    tell_jobs = sa.text("SELECT count(*) FROM dbos.workflow_status WHERE name = :name")
    schemaless = sa.text("SELECT count(*) FROM workflow_status WHERE name = :name")
    counted = schemaless if db.get_bind().dialect.name == "sqlite" else tell_jobs
    assert (too_soon, not_late_yet, asked_for) == (0, [], [str(dialogue.id)])
    assert db.scalar(counted, {"name": quiet.TELL}) == 2
    _tell_all(db, dialogue)
    db.commit()
    assert jobs.ask_for_overdue() == []
    assert ("look for what waits to be told", quiet.LOOKS) in [(job.name, job.seconds) for job in engine._repeated]
