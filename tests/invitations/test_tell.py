"""Each person is told what they have not been told: once, by the rules, and nothing of others."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.models import Person
from app.dialogues.models import Dialogue
from app.invitations import service
from app.invitations.answers import Answer
from app.invitations.models import Told
from app.kernel import clock
from app.kernel.db import transaction
from app.kernel.post import Letter
from app.kernel.refusals import Conflict
from app.kernel.trail import TrailEntry, first_flaw
from app.meetings import service as meetings
from app.meetings.models import MeetingRequest
from app.suppliers import service as suppliers
from app.suppliers.models import Supplier
from tests import calendar_rules
from tests.calendars import ReadEvent, read
from tests.invitations.factories import ANNE, LIV, SUPPLIER, a_booked_day, addressed, tell, time_programme, to
from tests.mail_rules import SHAPE, broken, calendar_of, parts, text_of
from tests.meetings.factories import a_wish, place


def _event(letter: EmailMessage) -> ReadEvent:
    (event,) = read(calendar_of(letter)).events
    return event


def _standing(letter: EmailMessage) -> tuple[str, int, str, str]:
    event = _event(letter)
    return read(calendar_of(letter)).method, event.sequence, event.status, event.starts_at[11:16]


def test_everyone_who_is_to_be_there_is_told_once_by_the_rules(db: Session) -> None:
    dialogue, _ = a_booked_day(db)

    letters, again = tell(db, dialogue), tell(db, dialogue)

    assert (sorted(addressed(letters)), again) == ([ANNE, LIV, SUPPLIER], [])
    assert [broken(letter) for letter in letters] == [[], [], []]
    assert [calendar_rules.broken(calendar_of(letter)) for letter in letters] == [[], [], []]


def test_a_supplier_reads_when_where_and_whom_it_meets(db: Session) -> None:
    dialogue, booking = a_booked_day(db)

    letter = to(SUPPLIER, tell(db, dialogue))

    assert (letter["Subject"], letter["From"], letter["Content-Language"]) == (
        "Møtet deres er onsdag 8. april kl. 10.00",
        "Anne Solvang <post@vikstrand.example>",
        "nb",
    )
    answer = text_of(letter).partition("Svar her:\n")[2].partition("\n")[0]
    link = text_of(letter).partition("Åpne siden deres:\n")[2].partition("\n")[0]
    assert text_of(letter) == (
        "Hei Kari Nordmann\n\n"
        "Firma 0 AS har fått et en-til-en-møte. Der legger dere fram løsningsforslaget muntlig. "
        "Møtet varer 30 minutter, og alle leverandører får de samme spørsmålene.\n\n"
        "NÅR\nOnsdag 8. april 2099 kl. 10.00–10.30\n\n"
        "HVOR\nFuru\nKulturhuset\n\n"
        "DERE MØTER\nPanel A: Anne Solvang (Vikstrand kommune), Liv Elvebakk (Elvemo kommune)\n\n"
        "Svar i kalenderen: invitasjonen ligger ved, og blir oppdatert hvis tiden endres.\n\n"
        f"Svar her:\n{answer}\n\n"
        f"Åpne siden deres:\n{link}\n"
        "For å logge inn der ber dere om en lenke til denne e-postadressen.\n\n"
        "Vennlig hilsen\nAnne Solvang\n\n"
        "-- \nDette gjelder «Trygg hjemme». Spørsmål? Svar på dette brevet.\n"
    )
    assert suppliers.get(db, UUID(link.rpartition("/")[2])).contact_email == SUPPLIER
    event = _event(letter)
    assert (event.uid, event.summary, event.location, event.description) == (
        str(booking.request_id),
        "En-til-en-møte – Trygg hjemme",
        "Furu, Kulturhuset",
        "Trygg hjemme\nPanel A: Anne Solvang (Vikstrand kommune), Liv Elvebakk (Elvemo kommune)",
    )


def test_the_page_of_a_letter_holds_the_same_facts_as_its_text(db: Session) -> None:
    dialogue, _ = a_booked_day(db)

    letter = to(SUPPLIER, tell(db, dialogue))

    page = text_of(letter, "text/html")
    for fact in (
        "<title>Møtet deres er onsdag 8. april kl. 10.00</title>",
        "<strong>Onsdag 8. april 2099 kl. 10.00–10.30</strong>",
        "<strong>Furu</strong><br>Kulturhuset",
        "Panel A: Anne Solvang (Vikstrand kommune), Liv Elvebakk (Elvemo kommune)",
        "<strong>Vikstrand kommune</strong>",
        "for 2 kommuner",
    ):
        assert fact in page


def test_a_panel_member_reads_whom_the_panel_meets(db: Session) -> None:
    dialogue, _ = a_booked_day(db)

    letter = to(LIV, tell(db, dialogue))

    assert letter["Subject"] == "Møtet med Firma 0 AS er onsdag 8. april kl. 10.00"
    assert "Du sitter i Panel A, som møter Firma 0 AS." in text_of(letter)
    assert _event(letter).summary == "En-til-en-møte med Firma 0 AS"


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("nn", "Møtet dykkar er onsdag 8. april kl. 10.00"),
        ("en", "Your meeting is on Wednesday 8 April at 10:00"),
    ],
)
def test_a_letter_is_in_the_language_of_its_recipient(db: Session, language: str, subject: str) -> None:
    dialogue, _ = a_booked_day(db)
    db.execute(sa.update(Supplier).values(language=language))

    letter = to(SUPPLIER, tell(db, dialogue))

    assert (letter["Subject"], letter["Content-Language"]) == (subject, language)


def test_a_part_of_the_programme_is_told_to_all_who_come_but_lunch_is_not(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    tell(db, dialogue)

    time_programme(db, dialogue)
    letters = tell(db, dialogue)

    others = ["jonas@vikstrand.example", "per@vikstrand.example"]
    assert sorted(addressed(letters)) == sorted([ANNE, LIV, SUPPLIER, *others])
    assert {letter["Subject"] for letter in letters} == {"Dialogkonferanse er onsdag 8. april kl. 09.00"}
    assert {_event(letter).summary for letter in letters} == {"Dialogkonferanse – Trygg hjemme"}


def test_the_life_of_a_meeting_in_a_calendar(db: Session) -> None:
    """Invited, moved, given another room, taken back, invited again: the UID stays, and the sequence grows."""
    dialogue, booking = a_booked_day(db)
    asked = db.get_one(MeetingRequest, booking.request_id)
    life = [to(SUPPLIER, tell(db, dialogue))]

    meetings.move(db, booking, place(db, dialogue, "11:00"))
    life.append(to(SUPPLIER, tell(db, dialogue)))
    meetings.move(db, booking, place(db, dialogue, "11:00", "gran"))
    life.append(to(SUPPLIER, tell(db, dialogue)))
    meetings.cancel(db, booking)
    life.append(to(SUPPLIER, tell(db, dialogue)))
    meetings.book(db, asked, place(db, dialogue, "14:00"))
    life.append(to(SUPPLIER, tell(db, dialogue)))

    assert [_standing(letter) for letter in life] == [
        ("REQUEST", 0, "CONFIRMED", "08:00"),
        ("REQUEST", 1, "CONFIRMED", "09:00"),
        ("REQUEST", 2, "CONFIRMED", "09:00"),
        ("CANCEL", 3, "CANCELLED", "09:00"),
        ("REQUEST", 4, "CONFIRMED", "12:00"),
    ]
    assert [letter["Subject"] for letter in life] == [
        "Møtet deres er onsdag 8. april kl. 10.00",
        "Endret: Møtet deres er onsdag 8. april kl. 11.00",
        "Endret: Møtet deres er onsdag 8. april kl. 11.00",
        "Avlyst: Møtet deres onsdag 8. april kl. 11.00",
        "Møtet deres er onsdag 8. april kl. 14.00",
    ]
    assert "Før var det onsdag 8. april 2099 kl. 11.00–11.30, Furu." in text_of(life[2])
    assert {_event(letter).uid for letter in life} == {str(asked.id)}
    stamps = [_event(letter).stamp for letter in life]
    assert stamps == sorted(set(stamps))
    assert [broken(letter) + calendar_rules.broken(calendar_of(letter)) for letter in life] == [[]] * 5


def test_nothing_is_told_when_a_meeting_is_back_where_it_was(db: Session) -> None:
    dialogue, booking = a_booked_day(db)
    tell(db, dialogue)

    meetings.move(db, booking, place(db, dialogue, "11:00"))
    meetings.move(db, booking, place(db, dialogue, "10:00"))

    assert tell(db, dialogue) == []


def test_a_supplier_that_withdraws_is_taken_off_what_goes_on_and_its_meeting_is_cancelled(db: Session) -> None:
    dialogue, booking = a_booked_day(db)
    time_programme(db, dialogue)
    tell(db, dialogue)

    supplier = suppliers.of_dialogue(db, dialogue.id)[0]
    suppliers.withdraw(db, supplier)
    meetings.cancel(db, booking)
    letters = [letter for letter in tell(db, dialogue) if "trukket" not in letter["Subject"]]

    told = {(addressed([letter])[0], letter["Subject"]): _standing(letter) for letter in letters}
    assert told == {
        (SUPPLIER, "Dere er ikke lenger med: Dialogkonferanse onsdag 8. april kl. 09.00"): ("CANCEL", 1, "", "07:00"),
        (SUPPLIER, "Avlyst: Møtet deres onsdag 8. april kl. 10.00"): ("CANCEL", 1, "CANCELLED", "08:00"),
        (ANNE, "Avlyst: Møtet med Firma 0 AS onsdag 8. april kl. 10.00"): ("CANCEL", 1, "CANCELLED", "08:00"),
        (LIV, "Avlyst: Møtet med Firma 0 AS onsdag 8. april kl. 10.00"): ("CANCEL", 1, "CANCELLED", "08:00"),
    }


def test_suppliers_learn_nothing_of_one_another(db: Session) -> None:
    """Z7: not in text, page, calendar or headers."""
    dialogue, _ = a_booked_day(db)
    meetings.book(db, a_wish(db, dialogue, 1), place(db, dialogue, "11:00"))
    time_programme(db, dialogue)

    letters = tell(db, dialogue)

    mine, others = ([one for one in letters if addressed([one]) == [f"post@firma{n}.example"]] for n in (0, 1))
    assert (len(mine), len(others)) == (2, 2)
    assert not any("firma0" in _all_of(letter) or "Firma 0" in _all_of(letter) for letter in others)
    assert not any("firma1" in _all_of(letter) or "Firma 1" in _all_of(letter) for letter in mine)


def _all_of(letter: EmailMessage) -> str:
    texts = (text_of(letter), text_of(letter, "text/html"), calendar_of(letter).decode(), str(letter.items()))
    return "\n".join(texts)


def test_the_organisers_own_mailbox_gets_a_letter_without_an_invitation(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    db.execute(sa.update(Person).where(Person.email == ANNE).values(email="Post@Vikstrand.example"))

    letters = tell(db, dialogue)

    own = to("Post@Vikstrand.example", letters)
    assert parts(own) == ["multipart/alternative", "text/plain", "text/html"]
    assert "kalenderen" not in text_of(own)
    assert parts(to(LIV, letters)) == SHAPE


def test_one_mailbox_is_told_of_one_appointment_once(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    db.execute(sa.update(Person).values(email="Panel@vikstrand.example"))

    assert sorted(addressed(tell(db, dialogue))) == ["Panel@vikstrand.example", SUPPLIER]


def test_nobody_is_told_of_what_is_past(db: Session) -> None:
    dialogue, booking = a_booked_day(db)

    with clock.as_if(booking.ends_at):
        after = tell(db, dialogue)
    with clock.as_if(booking.ends_at - timedelta(minutes=1)):
        before = tell(db, dialogue)

    assert (after, len(before)) == ([], 3)


def test_letters_are_written_some_at_a_time(db: Session) -> None:
    dialogue, _ = a_booked_day(db)

    written = [service.tell(db, dialogue, at_most=2) for _ in range(3)]

    assert written == [2, 1, 0]


def test_what_was_told_is_remembered_with_the_letter_and_on_the_trail(db: Session) -> None:
    dialogue, booking = a_booked_day(db)
    with clock.as_if(datetime(2099, 3, 20, 12, tzinfo=UTC)):
        tell(db, dialogue)
    db.commit()

    told = db.scalars(sa.select(Told).where(Told.recipient == SUPPLIER)).one()
    letter = db.get_one(Letter, told.letter_id)
    noted = db.scalars(sa.select(TrailEntry).where(TrailEntry.about == told.id)).one()
    assert (letter.recipient, letter.dialogue_id, told.sequence, told.cancelled_at) == (SUPPLIER, dialogue.id, 0, None)
    assert (told.uid, told.told_at) == (booking.request_id, datetime(2099, 3, 20, 12, tzinfo=UTC))
    assert (noted.action, noted.details) == (
        "invited",
        {"appointment": str(booking.request_id), "sequence": 0, "letter": str(letter.id)},
    )
    assert first_flaw(db) is None


def test_a_letter_is_not_written_again_even_if_it_were_forgotten(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    tell(db, dialogue)
    db.commit()

    with pytest.raises(Conflict), transaction() as session:
        session.execute(sa.delete(Answer))
        session.execute(sa.delete(Told))
        service.tell(session, session.get_one(Dialogue, dialogue.id))

    assert db.scalar(sa.select(sa.func.count()).select_from(Told)) == 3


def test_two_who_tell_at_once_tell_nobody_twice(db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    db.commit()

    def tell_all(_: int) -> int:
        with transaction() as session:
            return service.tell(session, session.get_one(Dialogue, dialogue.id))

    with ThreadPoolExecutor(4) as pool:
        written = sorted(pool.map(tell_all, range(4)))

    assert written == [0, 0, 0, 3]
