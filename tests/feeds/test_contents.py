"""What each feed shows, and to whom: suppliers are named to the municipalities and to themselves, and to no others."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.days.service import sessions_of
from app.feeds.models import FeedKind
from app.meetings import service as meetings
from app.suppliers.service import of_dialogue
from tests.calendars import read
from tests.feeds.factories import link, shown, summaries
from tests.invitations.factories import a_booked_day, time_programme
from tests.meetings.factories import a_planned_dialogue, a_wish, place

DATES = [
    ("2099-03-01T11:30", "Frist for påmelding – Trygg hjemme"),
    ("2099-03-10T11:30", "Frist for løsningsforslag – Trygg hjemme"),
    ("2099-03-20T11:30", "Tidene for dagen blir sendt ut – Trygg hjemme"),
    ("2099-04-08", "Trygg hjemme"),
    ("2099-06-01", "Oppsummeringen legges ut – Trygg hjemme"),
]
PROGRAMME = [
    ("2099-04-08T07:00", "Dialogkonferanse – Trygg hjemme"),
    ("2099-04-08T10:00", "Lunsj – Trygg hjemme"),
]


def test_before_there_is_a_programme_the_public_feed_has_the_dates_to_note(client: TestClient, db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    db.commit()

    events = shown(client, link(db, dialogue, FeedKind.PUBLIC))

    assert summaries(events) == DATES
    assert {event.transparency for event in events} == {"TRANSPARENT"}
    day = next(event for event in events if event.summary == "Trygg hjemme")
    assert (day.starts_at, day.ends_at, day.location) == ("2099-04-08", "2099-04-09", "Kulturhuset")


def test_the_public_feed_has_the_programme_and_no_meeting(client: TestClient, db: Session) -> None:
    """Z6."""
    dialogue, _ = a_booked_day(db)
    time_programme(db, dialogue)
    db.commit()

    events = shown(client, link(db, dialogue, FeedKind.PUBLIC))

    assert summaries(events) == sorted(DATES + PROGRAMME)
    assert [(event.location, event.transparency) for event in events if "konferanse" in event.summary] == [
        ("Aulaen, Kulturhuset", "OPAQUE")
    ]


def test_what_is_not_for_suppliers_is_not_in_the_public_feed(client: TestClient, db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    time_programme(db, dialogue)
    sessions_of(db, dialogue.id)[0].for_suppliers = False
    db.commit()

    events = shown(client, link(db, dialogue, FeedKind.PUBLIC))

    assert summaries(events) == sorted([*DATES, PROGRAMME[1]])


OWN = {
    FeedKind.SUPPLIER: ("En-til-en-møte – Trygg hjemme", "Trygg hjemme\nPanel A: Anne Solvang, Liv Elvebakk"),
    FeedKind.PANEL: ("En-til-en-møte med Firma 0 AS", "Trygg hjemme\nPanel A: Anne Solvang, Liv Elvebakk"),
    FeedKind.PERSON: ("En-til-en-møte med Firma 0 AS", "Trygg hjemme\nPanel A: Anne Solvang, Liv Elvebakk"),
    FeedKind.ROOM: ("En-til-en-møte – Trygg hjemme", ""),
    FeedKind.ORGANISER: ("Firma 0 AS – Panel A", "Trygg hjemme\nPanel A: Anne Solvang, Liv Elvebakk"),
}


@pytest.mark.parametrize("kind", OWN)
def test_a_secret_feed_has_the_meeting_in_the_words_of_its_reader(
    client: TestClient, db: Session, kind: FeedKind
) -> None:
    dialogue, booking = a_booked_day(db)
    path = link(db, dialogue, kind)
    db.commit()

    (meeting,) = (event for event in shown(client, path) if event.uid == str(booking.request_id))

    assert (meeting.summary, meeting.description) == OWN[kind]
    assert (meeting.starts_at[11:16], meeting.ends_at[11:16], meeting.location) == (
        "08:00",
        "08:30",
        "Furu, Kulturhuset",
    )
    assert (meeting.sequence, meeting.status, meeting.transparency) == (0, "CONFIRMED", "OPAQUE")


@pytest.mark.parametrize(
    ("kind", "others"),
    [
        (FeedKind.SUPPLIER, [*DATES, *PROGRAMME]),
        (FeedKind.PANEL, [("2099-04-08", "Trygg hjemme"), *PROGRAMME]),
        (FeedKind.PERSON, [("2099-04-08", "Trygg hjemme"), *PROGRAMME]),
        (FeedKind.ROOM, []),
        (FeedKind.ORGANISER, [*DATES, *PROGRAMME]),
    ],
)
def test_beside_its_meetings_a_secret_feed_has_what_else_its_reader_does_that_day(
    client: TestClient, db: Session, kind: FeedKind, others: list[tuple[str, str]]
) -> None:
    dialogue, booking = a_booked_day(db)
    time_programme(db, dialogue)
    path = link(db, dialogue, kind)
    db.commit()

    events = [event for event in shown(client, path) if event.uid != str(booking.request_id)]

    assert summaries(events) == sorted(others)


@pytest.mark.parametrize("kind", [FeedKind.PUBLIC, FeedKind.SUPPLIER, FeedKind.ROOM])
def test_a_feed_that_others_may_read_names_no_other_supplier(client: TestClient, db: Session, kind: FeedKind) -> None:
    """Z7."""
    dialogue, _ = a_booked_day(db)
    meetings.book(db, a_wish(db, dialogue, 1), place(db, dialogue, "11:00"))
    path = link(db, dialogue, kind)
    db.commit()

    body = client.get(path).text

    assert "Firma 1" not in body.replace("\r\n ", "")
    assert ("Firma 0" in body) == (kind is FeedKind.SUPPLIER)
    assert "firma" not in body.lower() or kind is FeedKind.SUPPLIER


def test_a_supplier_reads_its_feed_in_its_own_language(client: TestClient, db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    of_dialogue(db, dialogue.id)[0].language = "nn"
    path = link(db, dialogue, FeedKind.SUPPLIER)
    db.commit()

    answer = read(client.get(path).content)

    assert answer.name == "Firma 0 AS – Trygg hjemme"
    assert "Ein-til-ein-møte – Trygg hjemme" in [event.summary for event in answer.events]
