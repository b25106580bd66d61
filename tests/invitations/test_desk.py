"""The organiser sees the letters before they go, sends them at once, and sets how long it is to be quiet."""

from http import HTTPStatus

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues import service as dialogues
from app.dialogues.models import Dialogue
from app.invitations import answering, quiet
from app.invitations.answering import Given
from app.invitations.answers import How
from app.invitations.models import Told
from app.kernel import clock
from app.kernel.ical import PartStat
from app.kernel.post import Letter
from app.meetings import service as meetings
from app.suppliers.models import Supplier
from tests.days.factories import a_dialogue, api, organiser
from tests.invitations.factories import ANNE, LIV, SUPPLIER, a_booked_day, tell
from tests.meetings.factories import at, place


def _waiting(db: Session, minutes: int = 30) -> tuple[Dialogue, str]:
    """A dialogue whose first letters wait, and its organiser's page of letters."""
    dialogue, _ = a_booked_day(db)
    dialogue.quiet_minutes = minutes
    quiet.note_change(db, dialogue.id)
    link = dialogues.organiser_link(db, dialogue).removeprefix("http://testserver")
    db.commit()
    return dialogue, f"{link}/letters"


def test_letters_that_wait_are_shown_with_whom_they_go_to(db: Session, client: TestClient) -> None:
    _, page = _waiting(db)

    words = client.get(page).text

    assert "3 brev går " in words
    assert all(address in words for address in (ANNE, LIV, SUPPLIER))
    assert all(word in words for word in ("Møtet med Firma 0 AS", "10.00–10.30", "Furu"))


def test_a_move_is_shown_with_the_time_that_was_told(db: Session, client: TestClient) -> None:
    dialogue, booking = a_booked_day(db)
    tell(db, dialogue)
    meetings.move(db, booking, place(db, dialogue, "11:00", "gran"))
    dialogue.quiet_minutes = 30
    quiet.note_change(db, dialogue.id)
    link = dialogues.organiser_link(db, dialogue).removeprefix("http://testserver")
    db.commit()

    words = client.get(f"{link}/letters").text

    assert ("Nytt tidspunkt eller sted: 3" in words, "var 10.00–10.30, Furu" in words) == (True, True)


def test_letters_go_at_once_when_the_organiser_says_so(db: Session, client: TestClient) -> None:
    dialogue, page = _waiting(db)
    still = quiet.tell_some(db, dialogue.id)
    db.commit()

    answer = client.post(f"{page}/now")

    assert (still, answer.status_code, answer.headers["location"]) == (0, HTTPStatus.SEE_OTHER, page)
    assert quiet.tell_some(db, dialogue.id) == 3


def test_when_letters_go_is_set_on_the_page_and_bounded(db: Session, client: TestClient) -> None:
    dialogue, page = _waiting(db)

    kept = client.post(f"{page}/times", data={"quiet_minutes": "45"})
    refused = client.post(f"{page}/times", data={"quiet_minutes": "-1"})

    assert (kept.status_code, refused.status_code) == (HTTPStatus.SEE_OTHER, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert "Det minste er 0." in refused.text
    db.refresh(dialogue)
    assert (dialogue.quiet_minutes, dialogue.reminds) == (45, False)


def test_a_system_reads_what_waits_sends_it_and_sets_the_quiet_period(db: Session, client: TestClient) -> None:
    dialogue, _ = _waiting(db)
    headers, letters = organiser(db, dialogue), f"{api(dialogue.id)}/letters"
    db.commit()

    waiting = client.get(f"{letters}/waiting", headers=headers).json()
    sent = client.post(f"{letters}/now", headers=headers)
    kept = client.put(f"{letters}/quiet", headers=headers, json={"quiet_minutes": 0})

    assert [(one["kind"], one["address"], one["room"]) for one in waiting["letters"]] == [
        ("invited", address, "Furu") for address in (ANNE, LIV, SUPPLIER)
    ]
    assert (sent.status_code, kept.json()) == (HTTPStatus.ACCEPTED, {"quiet_minutes": 0})
    assert client.get(f"{letters}/waiting").status_code == HTTPStatus.UNAUTHORIZED


def test_nothing_waits_when_everybody_has_been_told(db: Session, client: TestClient) -> None:
    dialogue, _ = a_booked_day(db)
    tell(db, dialogue)
    link = dialogues.organiser_link(db, dialogue).removeprefix("http://testserver")
    db.commit()

    assert "Ingenting venter" in client.get(f"{link}/letters").text


def _page_of(db: Session, dialogue: Dialogue) -> str:
    link = dialogues.organiser_link(db, dialogue).removeprefix("http://testserver")
    db.commit()
    return f"{link}/letters"


def _refused(db: Session, dialogue: Dialogue) -> Letter:
    """The letter to the supplier, refused for good by its mail server."""
    tell(db, dialogue)
    letter = db.scalars(sa.select(Letter).where(Letter.recipient == SUPPLIER, Letter.key.like("%REQUEST%"))).one()
    letter.parked_at, letter.due_at, letter.last_error = clock.now(), None, "550 5.1.1 no such user here"
    return letter


def test_whom_a_letter_did_not_reach_is_listed_with_a_number_to_call(db: Session, client: TestClient) -> None:
    """C11: what a mail server refuses for good is shown to the organiser."""
    dialogue, _ = a_booked_day(db)
    _refused(db, dialogue)
    db.scalars(sa.select(Supplier)).one().contact_phone = "40 00 00 00"

    words = client.get(_page_of(db, dialogue)).text

    assert all(word in words for word in ("Kari Nordmann", "Firma 0 AS", 'href="tel:40000000"', "no such user here"))


def test_a_letter_that_did_not_get_through_is_tried_again_when_the_organiser_says_so(
    db: Session, client: TestClient
) -> None:
    dialogue, _ = a_booked_day(db)
    letter = _refused(db, dialogue)
    page = _page_of(db, dialogue)

    again, twice = (client.post(f"{page}/{letter.id}/retry") for _ in range(2))

    assert (again.status_code, twice.status_code) == (HTTPStatus.SEE_OTHER, HTTPStatus.CONFLICT)
    db.refresh(letter)
    assert (letter.parked_at, letter.attempts, letter.due_at is None) == (None, 0, False)


def test_a_letter_of_another_dialogue_cannot_be_tried_again(db: Session, client: TestClient) -> None:
    dialogue, _ = a_booked_day(db)
    letter = _refused(db, dialogue)
    other = _page_of(db, a_dialogue(db, title="En annen"))

    answer = client.post(f"{other}/{letter.id}/retry")

    db.refresh(letter)
    assert (answer.status_code, letter.parked_at is None) == (HTTPStatus.NOT_FOUND, False)


def test_answers_are_counted_and_those_that_ask_for_something_are_listed(db: Session, client: TestClient) -> None:
    dialogue, _ = a_booked_day(db)
    tell(db, dialogue)
    told = {row.recipient: row for row in db.scalars(sa.select(Told))}
    answering.answer(db, told[ANNE], Given(How.LINK, PartStat.ACCEPTED, 0, clock.now()))
    answering.answer(db, told[LIV], Given(How.LINK, PartStat.DECLINED, 0, clock.now(), "Jeg er <b>syk</b>"))

    words = client.get(_page_of(db, dialogue)).text

    assert all(word in words for word in ("Ikke svart", "Kommer ikke", "Liv Elvebakk", "Jeg er &lt;b&gt;syk&lt;/b&gt;"))
    assert "Anne Solvang <" not in words


def test_a_proposed_time_is_shown_and_can_be_declined(db: Session, client: TestClient) -> None:
    dialogue, _ = a_booked_day(db)
    tell(db, dialogue)
    told = db.scalars(sa.select(Told).where(Told.recipient == LIV)).one()
    proposed = (at("13:00"), at("13:30"))
    answering.keep(db, told, Given(How.MAIL, PartStat.TENTATIVE, 0, clock.now(), proposed=proposed))
    page = _page_of(db, dialogue)

    words = client.get(page).text
    declined = client.post(f"{page}/proposals/{told.id}/decline")

    assert ("13.00" in words, declined.status_code) == (True, HTTPStatus.SEE_OTHER)
    assert "Tiden står fast" not in client.get(page).text
    (letter,) = db.scalars(sa.select(Letter).where(Letter.key.like("kept:%")))
    assert letter.recipient == LIV


def test_a_letter_that_another_has_overtaken_is_not_sent_any_more(db: Session, client: TestClient) -> None:
    dialogue, booking = a_booked_day(db)
    letter = _refused(db, dialogue)
    meetings.cancel(db, booking)
    tell(db, dialogue)
    page = _page_of(db, dialogue)

    words, answer = client.get(page).text, client.post(f"{page}/{letter.id}/retry")

    assert ("Prøv igjen" in words, answer.status_code) == (False, HTTPStatus.CONFLICT)
    assert "Det er skrevet noe nyere om dette siden." in answer.text


def test_a_letter_whose_people_are_erased_is_not_sent_any_more(db: Session, client: TestClient) -> None:
    """G2."""
    dialogue, _ = a_booked_day(db)
    letter = _refused(db, dialogue)
    letter.mime = b""
    page = _page_of(db, dialogue)

    words, answer = client.get(page).text, client.post(f"{page}/{letter.id}/retry")

    assert ("Prøv igjen" in words, answer.status_code) == (False, HTTPStatus.CONFLICT)
