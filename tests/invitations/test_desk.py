"""The organiser sees the letters before they go, sends them at once, and sets how long it is to be quiet."""

from http import HTTPStatus

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues import service as dialogues
from app.dialogues.models import Dialogue
from app.invitations import quiet
from app.meetings import service as meetings
from tests.days.factories import api, organiser
from tests.invitations.factories import ANNE, LIV, SUPPLIER, a_booked_day, tell
from tests.meetings.factories import place


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


def test_the_quiet_period_is_set_on_the_page_and_bounded(db: Session, client: TestClient) -> None:
    dialogue, page = _waiting(db)

    kept = client.post(f"{page}/quiet", data={"quiet_minutes": "45"})
    refused = client.post(f"{page}/quiet", data={"quiet_minutes": "-1"})

    assert (kept.status_code, refused.status_code) == (HTTPStatus.SEE_OTHER, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert "Det minste er 0." in refused.text
    db.refresh(dialogue)
    assert dialogue.quiet_minutes == 45


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
