"""The life of one meeting, letter by letter, and what a calendar that obeys RFC 5546 makes of it."""

from dataclasses import dataclass
from email.message import EmailMessage
from itertools import pairwise, permutations

import pytest
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.invitations import answering, quiet
from app.invitations.answers import Outcome
from app.invitations.reading import take
from app.kernel.ical import PartStat
from app.meetings import service as meetings
from app.meetings.models import MeetingRequest
from app.meetings.queries import bookings_of
from tests import calendar_rules
from tests.calendars import read
from tests.invitations import answers
from tests.invitations.factories import SUPPLIER, tell, to
from tests.mail_rules import broken, calendar_of
from tests.meetings.factories import place


@dataclass(frozen=True)
class Heard:
    """What one letter says to a calendar."""

    uid: str
    method: str
    sequence: int
    stamp: str
    status: str
    starts_at: str
    room: str
    organiser: str
    answer: str


def _heard(letter: EmailMessage) -> Heard:
    assert (broken(letter), calendar_rules.broken(calendar_of(letter))) == ([], [])
    calendar = read(calendar_of(letter))
    (event,) = calendar.events
    (asked,) = (line for line in calendar_of(letter).decode().replace("\r\n ", "").split("\r\n") if "PARTSTAT=" in line)
    return Heard(
        uid=event.uid,
        method=calendar.method,
        sequence=event.sequence,
        stamp=event.stamp,
        status=event.status,
        starts_at=event.starts_at[11:16],
        room=event.location.partition(",")[0],
        organiser=event.organisers[0][1],
        answer=asked.partition("PARTSTAT=")[2].partition(";")[0],
    )


def _shown(heard: list[Heard]) -> tuple[str, str] | None:
    """When and where the meeting stands in a calendar that has had these letters in some order (RFC 5546 2.1.5)."""
    last: Heard | None = None
    for one in heard:
        if last is None or (one.sequence, one.stamp) > (last.sequence, last.stamp):
            last = one
    return None if last is None or last.method == "CANCEL" else (last.starts_at, last.room)


def _edit(db: Session, dialogue: Dialogue, request: MeetingRequest, number: int) -> None:
    booking = bookings_of(db, dialogue.id)[request.id]
    meetings.move(db, booking, place(db, dialogue, f"1{number % 3}:{number % 4}5", "gran" if number % 2 else "furu"))
    quiet.note_change(db, dialogue.id)


def test_the_life_of_a_meeting(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """B13: each letter by the table of RFC 5546, the same UID and organiser throughout, a sequence that only grows."""
    answers.read_a_mailbox(monkeypatch)
    letters: list[EmailMessage] = []

    def told() -> EmailMessage:
        letters.append(to(SUPPLIER, tell(db, dialogue)))
        return letters[-1]

    dialogue, booking, first = answers.invited(db)
    request = db.get_one(MeetingRequest, booking.request_id)
    letters.append(to(SUPPLIER, first))
    assert take(db, answers.mailed(letters[0], answers.reply(letters[0]))) is Outcome.ANSWERED
    accepted = answering.answer_of(db, answers.told(db))
    assert accepted is not None
    assert accepted.answer is PartStat.ACCEPTED

    meetings.move(db, booking, place(db, dialogue, "11:00"))
    told()
    assert take(db, answers.mailed(letters[0], answers.reply(letters[0], "DECLINED"))) is Outcome.OLD
    meetings.move(db, booking, place(db, dialogue, "11:00", "gran"))
    told()
    assert take(db, answers.mailed(letters[-1], answers.reply(letters[-1]))) is Outcome.ANSWERED
    for number in range(10):
        _edit(db, dialogue, request, number)
    told()
    meetings.cancel(db, booking)
    told()
    assert tell(db, dialogue) == []
    meetings.book(db, request, place(db, dialogue, "14:00"))
    told()
    assert tell(db, dialogue) == []

    heard = [_heard(one) for one in letters]
    assert [(one.method, one.sequence, one.status, one.starts_at, one.room, one.answer) for one in heard] == [
        ("REQUEST", 0, "CONFIRMED", "08:00", "Furu", "NEEDS-ACTION"),
        ("REQUEST", 1, "CONFIRMED", "09:00", "Furu", "NEEDS-ACTION"),
        ("REQUEST", 2, "CONFIRMED", "09:00", "Gran", "NEEDS-ACTION"),
        ("REQUEST", 3, "CONFIRMED", "08:15", "Gran", "NEEDS-ACTION"),
        ("CANCEL", 4, "CANCELLED", "08:15", "Gran", "NEEDS-ACTION"),
        ("REQUEST", 5, "CONFIRMED", "12:00", "Furu", "NEEDS-ACTION"),
    ]
    assert {(one.uid, one.organiser) for one in heard} == {(str(request.id), heard[0].organiser)}
    assert heard[0].organiser.startswith("mailto:svar+")
    assert all(earlier.stamp < later.stamp for earlier, later in pairwise(heard))
    assert [_shown(heard[:count]) for count in range(1, 7)] == [
        ("08:00", "Furu"),
        ("09:00", "Furu"),
        ("09:00", "Gran"),
        ("08:15", "Gran"),
        None,
        ("12:00", "Furu"),
    ]
    assert {_shown(list(order)) for order in permutations(heard)} == {("12:00", "Furu")}
