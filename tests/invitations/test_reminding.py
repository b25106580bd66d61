"""People are reminded two days and two hours before their day begins: once, of what stands, by one letter."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.days.models import Room
from app.dialogues.models import Dialogue
from app.invitations import reminder_jobs, reminding, service
from app.invitations.answers import Answer
from app.invitations.models import Told
from app.invitations.reminders import Ahead, Reminder
from app.kernel import clock, engine
from app.kernel.db import Table, transaction
from app.kernel.ical import PartStat
from app.kernel.post import Letter
from app.kernel.refusals import Conflict
from app.kernel.trail import TrailEntry, first_flaw
from app.meetings import service as meetings
from app.meetings.models import Booking
from app.suppliers import forgetting
from app.suppliers import service as suppliers
from app.suppliers.models import Supplier
from tests.days.factories import api, organiser
from tests.invitations.factories import ANNE, LIV, SUPPLIER, a_booked_day, addressed, tell, time_programme, to
from tests.mail_rules import opened, parts, text_of
from tests.meetings.factories import a_wish, at, place

TOLD_AT = datetime(2099, 3, 20, 12, tzinfo=UTC)
TEN = at("10:00")
DAYS, HOURS, MINUTE = timedelta(days=2), timedelta(hours=2), timedelta(minutes=1)
ALL = sorted([ANNE, LIV, SUPPLIER])


@pytest.fixture
def booked(db: Session) -> tuple[Dialogue, Booking]:
    """A meeting at ten that all have known of for weeks."""
    dialogue, booking = a_booked_day(db)
    with clock.as_if(TOLD_AT):
        tell(db, dialogue)
    return dialogue, booking


def _remind(db: Session, moment: datetime) -> list[EmailMessage]:
    """The reminders that are written at a moment, as the job writes them."""
    before = set(db.scalars(sa.select(Letter.id)))
    with clock.as_if(moment):
        for dialogue_id in reminding.dialogues_near(db):
            while reminding.remind_some(db, dialogue_id):
                db.flush()
    written = db.scalars(sa.select(Letter).where(Letter.id.not_in(before)))
    return sorted((opened(letter.mime) for letter in written), key=lambda one: one["To"])


def test_reminders_come_in_their_time_and_not_too_late(db: Session, booked: tuple[Dialogue, Booking]) -> None:
    an_hour = timedelta(hours=1)
    expected = {
        TEN - DAYS - MINUTE: [],
        TEN - DAYS: ALL,
        TEN - 6 * an_hour - MINUTE: ALL,  # the server was down for a day and a half
        TEN - 6 * an_hour: [],  # too late for the first, too soon for the second
        TEN - HOURS - MINUTE: [],
        TEN - HOURS: ALL,
        TEN - MINUTE: ALL,
        TEN: [],
        TEN + HOURS: [],
    }

    assert {moment: sorted(addressed(_tried(db, moment))) for moment in expected} == expected


def _tried(db: Session, moment: datetime) -> list[EmailMessage]:
    """The reminders that would be written at a moment."""
    attempt = db.begin_nested()
    written = _remind(db, moment)
    attempt.rollback()
    db.expire_all()
    return written


def test_each_is_reminded_once_of_each_kind(db: Session, booked: tuple[Dialogue, Booking]) -> None:
    sweeps = [TEN - DAYS + 5 * minutes * MINUTE for minutes in range(3)] + [TEN - HOURS + 5 * MINUTE, TEN - HOURS / 2]

    written = [len(_remind(db, moment)) for moment in sweeps]

    assert written == [3, 0, 0, 3, 0]
    kept = db.execute(sa.select(Reminder.recipient, Reminder.ahead)).all()
    assert sorted(map(tuple, kept)) == sorted((who, ahead) for who in ALL for ahead in Ahead)


def test_a_supplier_reads_when_where_and_whom_in_its_language(db: Session, booked: tuple[Dialogue, Booking]) -> None:
    letter = to(SUPPLIER, _remind(db, TEN - DAYS))

    link = text_of(letter).partition("Åpne siden deres:\n")[2].partition("\n")[0]
    supplier = suppliers.of_dialogue(db, booked[0].id)[0]
    assert (letter["Subject"], letter["Content-Language"], letter["Auto-Submitted"]) == (
        "Påminnelse: Møtet deres onsdag 8. april 2099 kl. 10.00–10.30",
        "nb",
        "auto-generated",
    )
    assert link == f"http://testserver/s/{supplier.id}"
    assert text_of(letter) == (
        "Hei Kari Nordmann\n\n"
        "Dette venter deg onsdag 8. april 2099.\n\n"
        "10.00–10.30  Møtet deres\nFuru\n"
        "Panel A: Anne Solvang (Vikstrand kommune), Liv Elvebakk (Elvemo kommune)\n\n"
        "HVOR\nKulturhuset\n\n"
        f"Åpne siden deres:\n{link}\n"
        "For å logge inn der ber dere om en lenke til denne e-postadressen.\n\n"
        "Hvis du ikke kan komme, så svar på dette brevet med en gang.\n\n"
        "Vennlig hilsen\nAnne Solvang\n\n"
        "-- \nDette gjelder «Trygg hjemme». Spørsmål? Svar på dette brevet.\n"
    )


def test_a_reminder_carries_no_calendar_and_says_the_same_on_its_page(
    db: Session, booked: tuple[Dialogue, Booking]
) -> None:
    letter = to(LIV, _remind(db, TEN - DAYS))

    page = text_of(letter, "text/html")
    assert parts(letter) == ["multipart/alternative", "text/plain", "text/html"]
    for fact in ("Møtet med Firma 0 AS", "10.00–10.30", "Furu", "Panel A", "Kulturhuset"):
        assert fact in page
        assert fact in text_of(letter)
    assert "/s/" not in text_of(letter)


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("nn", "Påminning: Møtet dykkar onsdag 8. april 2099 kl. 10.00–10.30"),
        ("en", "Reminder: Your meeting, Wednesday 8 April 2099, 10:00–10:30"),
    ],
)
def test_a_reminder_is_in_the_language_of_its_recipient(db: Session, language: str, subject: str) -> None:
    dialogue, _ = a_booked_day(db)
    db.execute(sa.update(Supplier).values(language=language))
    with clock.as_if(TOLD_AT):
        tell(db, dialogue)

    letter = to(SUPPLIER, _remind(db, TEN - DAYS))

    assert (letter["Subject"], letter["Content-Language"]) == (subject, language)


def test_one_letter_tells_of_the_whole_day_and_comes_before_its_first_appointment(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    time_programme(db, dialogue)  # the conference begins at nine
    meetings.book(db, a_wish(db, dialogue, 1), place(db, dialogue, "11:00"))
    with clock.as_if(TOLD_AT):
        tell(db, dialogue)

    early, letters = _remind(db, at("09:00") - HOURS - MINUTE), _remind(db, at("09:00") - HOURS)

    lines = [line for line in text_of(to(ANNE, letters)).split("\n") if "–" in line[:6]]
    assert (early, addressed(letters).count(ANNE), to(ANNE, letters)["Subject"]) == (
        [],
        1,
        "Påminnelse: 3 avtaler onsdag 8. april 2099",
    )
    assert lines == [
        "09.00–10.00  Dialogkonferanse",
        "10.00–10.30  Møtet med Firma 0 AS",
        "11.00–11.30  Møtet med Firma 1 AS",
    ]


def test_suppliers_learn_nothing_of_one_another(db: Session) -> None:
    """Z7."""
    dialogue, _ = a_booked_day(db)
    meetings.book(db, a_wish(db, dialogue, 1), place(db, dialogue, "11:00"))
    with clock.as_if(TOLD_AT):
        tell(db, dialogue)

    letters = _remind(db, TEN - DAYS + 2 * HOURS)

    mine, other = (to(f"post@firma{number}.example", letters) for number in (0, 1))
    assert not any(word in str(mine) for word in ("firma1", "Firma 1"))
    assert not any(word in str(other) for word in ("firma0", "Firma 0"))


def test_what_is_cancelled_is_not_reminded_of(db: Session, booked: tuple[Dialogue, Booking]) -> None:
    dialogue, booking = booked
    with clock.as_if(TEN - 2 * DAYS):
        meetings.cancel(db, booking)
        before_the_letter = _remind(db, TEN - DAYS)
        tell(db, dialogue)

    assert (before_the_letter, _remind(db, TEN - DAYS), _remind(db, TEN - HOURS)) == ([], [], [])


def test_a_change_that_waits_to_be_told_is_told_first(db: Session, booked: tuple[Dialogue, Booking]) -> None:
    """Nobody is reminded of a time that no longer holds; the second reminder tells of the new one."""
    dialogue, booking = booked
    with clock.as_if(TEN - DAYS + HOURS):
        meetings.move(db, booking, place(db, dialogue, "11:00"))
        waits = _remind(db, TEN - DAYS + HOURS + MINUTE)
        tell(db, dialogue)

    after, second = _remind(db, TEN - DAYS + 2 * HOURS), _remind(db, TEN - HOURS / 2)

    assert (waits, after) == ([], [])
    assert "11.00–11.30  Møtet deres" in text_of(to(SUPPLIER, second))


def test_what_moves_after_its_reminder_gets_no_second_one_for_the_day(
    db: Session, booked: tuple[Dialogue, Booking]
) -> None:
    dialogue, booking = booked
    reminded = _remind(db, TEN - DAYS)
    with clock.as_if(TEN - DAYS + MINUTE):
        meetings.move(db, booking, place(db, dialogue, "15:00"))
        tell(db, dialogue)

    assert (len(reminded), _remind(db, at("15:00") - DAYS + MINUTE)) == (3, [])


def test_whoever_was_invited_a_moment_ago_is_not_reminded(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    expected = {DAYS: (3, 3), DAYS - MINUTE: (0, 3), HOURS: (0, 3), HOURS - MINUTE: (0, 0)}

    found = {}
    for told_before in expected:
        attempt = db.begin_nested()
        with clock.as_if(TEN - told_before):
            tell(db, dialogue)
        found[told_before] = tuple(len(_remind(db, TEN - ahead + 2 * MINUTE)) for ahead in (DAYS, HOURS))
        attempt.rollback()
        db.expire_all()

    assert found == expected


def test_whoever_has_declined_is_left_in_peace(db: Session, booked: tuple[Dialogue, Booking]) -> None:
    anne = db.scalars(sa.select(Told.id).where(Told.recipient == ANNE)).one()
    db.execute(sa.update(Answer).where(Answer.told_id == anne).values(answer=PartStat.DECLINED))

    assert sorted(addressed(_remind(db, TEN - DAYS))) == sorted([LIV, SUPPLIER])


def test_rooms_are_not_reminded(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    db.execute(sa.update(Room).where(Room.handle == "furu").values(email="furu@vikstrand.example"))
    with clock.as_if(TOLD_AT):
        told = addressed(tell(db, dialogue))

    assert "furu@vikstrand.example" in told
    assert sorted(addressed(_remind(db, TEN - DAYS))) == ALL


def test_the_organiser_may_want_no_reminders(client: TestClient, db: Session, booked: tuple[Dialogue, Booking]) -> None:
    dialogue, _ = booked
    headers, url = organiser(db, dialogue), f"{api(dialogue.id)}/letters/reminders"
    db.commit()

    answers = [client.put(url, headers=headers, json={"reminds": False}) for _ in range(2)]
    strangers = [
        client.put(url, headers=one, json={"reminds": True}).status_code for one in ({}, {"Authorization": "Bearer x"})
    ]

    db.expire_all()
    noted = db.scalars(sa.select(TrailEntry).where(TrailEntry.action == "set the reminders")).all()
    assert ([answer.json() for answer in answers], strangers) == ([{"reminds": False}] * 2, [401, 401])
    assert [entry.details for entry in noted] == [{"reminds": False}]
    assert (_remind(db, TEN - DAYS), first_flaw(db)) == ([], None)


def test_two_who_remind_at_once_remind_nobody_twice(db: Session, booked: tuple[Dialogue, Booking]) -> None:
    dialogue, _ = booked
    db.commit()

    def remind(_: int) -> int:
        with clock.as_if(TEN - DAYS), transaction() as session:
            return reminding.remind_some(session, dialogue.id)

    with ThreadPoolExecutor(4) as pool:
        written = sorted(pool.map(remind, range(4)))

    assert written == [0, 0, 0, 3]


def test_no_reminder_is_written_again_even_if_it_were_forgotten(db: Session, booked: tuple[Dialogue, Booking]) -> None:
    dialogue, _ = booked
    _remind(db, TEN - DAYS)
    db.commit()

    with pytest.raises(Conflict), clock.as_if(TEN - DAYS), transaction() as session:
        session.execute(sa.delete(Reminder))
        reminding.remind_some(session, dialogue.id)

    assert db.scalar(sa.select(sa.func.count()).select_from(Reminder)) == 3


def test_the_job_reminds_some_at_a_time_until_all_are(
    db: Session, booked: tuple[Dialogue, Booking], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogue, _ = booked
    db.commit()
    monkeypatch.setattr(reminding, "MOST_AT_ONCE", 2)

    with clock.as_if(TEN - DAYS):
        found = reminder_jobs.find_dialogues()
        written = [reminder_jobs.remind_some(str(dialogue.id)) for _ in range(3)]

    assert (found, written) == ([str(dialogue.id)], [2, 1, 0])
    assert ("remind people", 300) in [(job.name, job.seconds) for job in engine._repeated]


def test_whom_of_a_supplier_was_reminded_is_forgotten_with_its_people(
    db: Session, booked: tuple[Dialogue, Booking]
) -> None:
    """G2."""
    dialogue, _ = booked
    _remind(db, TEN - DAYS)
    db.execute(sa.update(Letter).values(sent_at=TOLD_AT, mime=b""))
    before = _everything(db)
    supplier = suppliers.of_dialogue(db, dialogue.id)[0]

    with clock.as_if(clock.wall(dialogue.summary_due_on + DAYS, 0)):
        forgetting.erase(db, supplier)
        service.forget(db, supplier)
        for _ in range(2):
            reminding.forget(db, supplier)

    after = _everything(db)
    assert (SUPPLIER in before, SUPPLIER in after, first_flaw(db)) == (True, False, None)
    assert sorted(db.scalars(sa.select(Reminder.recipient))) == sorted([ANNE, LIV])


def _everything(db: Session) -> str:
    db.flush()
    return "\n".join(str(tuple(row)) for table in Table.metadata.sorted_tables for row in db.execute(sa.select(table)))
