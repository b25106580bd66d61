"""D4: yesterday's backup is restored, while people have been told more since."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.invitations import quiet
from app.invitations.models import Told
from app.invitations.restoring import LEAP
from app.kernel import restored
from app.kernel.post import Letter
from app.meetings import service as meetings
from tests.calendars import read
from tests.invitations.factories import SUPPLIER, a_booked_day, tell, to
from tests.mail_rules import calendar_of
from tests.meetings.factories import at, place


def test_what_is_told_after_a_restored_backup_overtakes_all_that_was_told_before(db: Session) -> None:
    """D4."""
    dialogue, booking = a_booked_day(db)
    tell(db, dialogue)

    restored.note(db)
    nothing = tell(db, dialogue)
    db.expire_all()
    meetings.move(db, booking, place(db, dialogue, "11:00"))
    letter = to(SUPPLIER, tell(db, dialogue))

    assert (nothing, read(calendar_of(letter)).events[0].sequence) == ([], LEAP + 1)


def test_letters_that_waited_in_the_backup_are_not_sent_anew(db: Session) -> None:
    """D4."""
    dialogue, _ = a_booked_day(db)
    tell(db, dialogue)

    restored.note(db)

    assert {
        (one.sent_at, one.last_error) for one in db.scalars(sa.select(Letter).where(Letter.key.like("%REQUEST%")))
    } == {(None, restored.WORDS)}
    assert set(db.scalars(sa.select(Letter.due_at).where(Letter.key.like("%REQUEST%")))) == {None}


def test_what_waited_to_be_told_waits_for_the_organiser(db: Session) -> None:
    """D4."""
    dialogue, _ = a_booked_day(db)
    quiet.note_change(db, dialogue.id)

    restored.note(db)

    telling = quiet.waiting(db, dialogue.id)
    assert telling is not None
    assert (telling.due_at, quiet.tell_some(db, dialogue.id)) == (at("00:00"), 0)
    quiet.tell_now(db, dialogue.id)
    assert quiet.tell_some(db, dialogue.id) == 3


def test_without_the_leap_a_calendar_would_keep_what_it_knew(db: Session) -> None:
    """The control: a sequence that goes back is not above that of a letter sent since the backup."""
    dialogue, booking = a_booked_day(db)
    tell(db, dialogue)
    backup = {row.id: row.sequence for row in db.scalars(sa.select(Told))}
    for clock_face in ("11:00", "12:00"):
        meetings.move(db, booking, place(db, dialogue, clock_face))
        last = to(SUPPLIER, tell(db, dialogue))
    for row in db.scalars(sa.select(Told)):
        row.sequence = backup[row.id]
    meetings.move(db, booking, place(db, dialogue, "13:00"))

    again = to(SUPPLIER, tell(db, dialogue))

    assert read(calendar_of(again)).events[0].sequence < read(calendar_of(last)).events[0].sequence
