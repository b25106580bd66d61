"""Feeds follow what is so: the same bytes when nothing has changed, and what is gone stays for a while as cancelled."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.feeds import service
from app.feeds.models import Feed, FeedEvent, FeedKind
from app.kernel import clock, engine
from app.kernel.db import transaction
from app.meetings import service as meetings
from app.meetings.models import Booking, MeetingRequest
from app.suppliers import changing
from app.suppliers.schemas import Participation
from app.suppliers.service import of_dialogue
from tests.calendars import ReadEvent
from tests.feeds.factories import link, shown
from tests.invitations.factories import a_booked_day, time_programme
from tests.meetings.factories import a_planned_dialogue, a_wish, place

SPRING = datetime(2099, 3, 22, 12, tzinfo=UTC)


def _meeting(client: TestClient, path: str, booking: Booking) -> list[ReadEvent]:
    return [event for event in shown(client, path) if event.uid == str(booking.request_id)]


def _told(event: ReadEvent) -> tuple[int, str, str, str]:
    return event.sequence, event.status, event.starts_at[11:16], event.location.partition(",")[0]


def test_the_life_of_a_meeting_in_a_feed(client: TestClient, db: Session) -> None:
    """T10: moved, cancelled and booked anew, with a higher sequence each time."""
    dialogue, booking = a_booked_day(db)
    path, asked = link(db, dialogue, FeedKind.PANEL), db.get_one(MeetingRequest, booking.request_id)
    life = []

    def refreshed(minutes: int) -> None:
        with clock.as_if(SPRING + timedelta(minutes=minutes)):
            service.refresh(db, dialogue.id)
        db.commit()
        life.extend(_meeting(client, path, booking))

    refreshed(0)
    meetings.move(db, booking, place(db, dialogue, "11:00"))
    refreshed(1)
    meetings.move(db, booking, place(db, dialogue, "11:00", "gran"))
    refreshed(2)
    meetings.cancel(db, booking)
    refreshed(3)
    meetings.book(db, asked, place(db, dialogue, "14:00"))
    refreshed(4)

    assert [_told(event) for event in life] == [
        (0, "CONFIRMED", "08:00", "Furu"),
        (1, "CONFIRMED", "09:00", "Furu"),
        (2, "CONFIRMED", "09:00", "Gran"),
        (3, "CANCELLED", "09:00", "Gran"),
        (4, "CONFIRMED", "12:00", "Furu"),
    ]
    assert [event.stamp for event in life[1:]] == [
        (SPRING + timedelta(minutes=minutes)).isoformat() for minutes in (1, 2, 3, 4)
    ]
    assert (life[3].summary, life[3].transparency) == ("Avlyst: En-til-en-møte med Firma 0 AS", "TRANSPARENT")


def test_a_feed_that_shows_what_it_did_keeps_its_bytes(client: TestClient, db: Session) -> None:
    """N04."""
    dialogue, _ = a_booked_day(db)
    first = service.refresh(db, dialogue.id)
    before = list(db.execute(sa.select(Feed.id, Feed.body, Feed.rendered_at).order_by(Feed.id)))

    again = service.refresh(db, dialogue.id)

    after = list(db.execute(sa.select(Feed.id, Feed.body, Feed.rendered_at).order_by(Feed.id)))
    # The public feed, the organiser's, one supplier, two panels, four people and three rooms.
    assert (first, again, after) == (12, 0, before)


def test_only_the_feeds_of_those_whom_a_change_concerns_are_made_anew(db: Session) -> None:
    dialogue, booking = a_booked_day(db)
    service.refresh(db, dialogue.id)

    meetings.move(db, booking, place(db, dialogue, "11:00"))

    # The supplier, its panel, the two people of it, the room and the organiser.
    assert service.refresh(db, dialogue.id) == 6


def test_a_meeting_that_is_back_where_it_was_changes_nothing(db: Session) -> None:
    dialogue, booking = a_booked_day(db)
    service.refresh(db, dialogue.id)

    meetings.move(db, booking, place(db, dialogue, "11:00"))
    meetings.move(db, booking, place(db, dialogue, "10:00"))

    assert service.refresh(db, dialogue.id) == 0


def test_before_its_first_rendering_a_feed_is_served_with_the_bytes_it_will_have(
    client: TestClient, db: Session
) -> None:
    dialogue, _ = a_booked_day(db)
    time_programme(db, dialogue)
    db.commit()
    path = link(db, dialogue, FeedKind.PUBLIC)

    before = client.get(path)
    service.refresh(db, dialogue.id)
    db.commit()
    after = client.get(path)

    assert (before.content, before.headers["ETag"]) == (after.content, after.headers["ETag"])


def test_what_is_cancelled_goes_after_thirty_days(client: TestClient, db: Session) -> None:
    dialogue, booking = a_booked_day(db)
    path = link(db, dialogue, FeedKind.ROOM)
    with clock.as_if(SPRING - timedelta(days=60)):
        meetings.cancel(db, booking)
        service.refresh(db, dialogue.id)
    db.commit()
    cancelled = _meeting(client, path, booking)

    with clock.as_if(SPRING - timedelta(days=30, minutes=1)):
        kept = service.refresh(db, dialogue.id)
    with clock.as_if(SPRING - timedelta(days=30)):
        dropped = service.refresh(db, dialogue.id)
    db.commit()

    assert ([_told(event)[1] for event in cancelled], kept) == (["CANCELLED"], 0)
    assert (dropped > 0, _meeting(client, path, booking)) == (True, [])


def test_what_is_cancelled_goes_when_its_time_is_over(client: TestClient, db: Session) -> None:
    dialogue, booking = a_booked_day(db)
    path, ends_at = link(db, dialogue, FeedKind.ROOM), booking.ends_at
    with clock.as_if(ends_at - timedelta(hours=1)):
        meetings.cancel(db, booking)
        service.refresh(db, dialogue.id)
    with clock.as_if(ends_at):
        service.refresh(db, dialogue.id)
    db.commit()

    assert _meeting(client, path, booking) == []


def test_a_meeting_that_comes_back_after_it_was_dropped_still_has_a_higher_sequence(
    client: TestClient, db: Session
) -> None:
    """T10."""
    dialogue, booking = a_booked_day(db)
    path, asked = link(db, dialogue, FeedKind.ROOM), db.get_one(MeetingRequest, booking.request_id)
    meetings.cancel(db, booking)
    service.refresh(db, dialogue.id)
    with clock.as_if(clock.now() + timedelta(days=31)):
        service.refresh(db, dialogue.id)

    meetings.book(db, asked, place(db, dialogue, "10:00"))
    service.refresh(db, dialogue.id)
    db.commit()

    assert [_told(event)[:2] for event in _meeting(client, path, booking)] == [(2, "CONFIRMED")]


def test_a_cancellation_asks_for_its_own_removal(db: Session) -> None:
    dialogue, booking = a_booked_day(db)
    service.refresh(db, dialogue.id)
    meetings.cancel(db, booking)

    service.refresh(db, dialogue.id)
    db.commit()

    asked = engine._client().list_workflows(name="refresh feeds", status=["DELAYED"])
    assert [workflow.input["args"] if workflow.input else () for workflow in asked] == [(str(dialogue.id),)]


def test_another_title_is_shown_by_all_feeds(client: TestClient, db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    service.refresh(db, dialogue.id)

    db.execute(sa.update(Dialogue).values(title="Trygg og hjemme"))

    assert service.refresh(db, dialogue.id) == 12


def test_whoever_comes_later_no_longer_comes_to_what_is_earlier(client: TestClient, db: Session) -> None:
    """The change asks for the feeds to be made anew by itself."""
    dialogue, _ = a_booked_day(db)
    time_programme(db, dialogue)
    path = link(db, dialogue, FeedKind.SUPPLIER)
    db.commit()

    changing.change_participation(
        db, of_dialogue(db, dialogue.id)[0], Participation.model_validate({"arrives": "10:00"}), None
    )
    service.refresh(db, dialogue.id)
    db.commit()

    asked = engine._client().list_workflows(name="refresh feeds of the programme")
    assert [workflow.input["args"] if workflow.input else () for workflow in asked] == [(str(dialogue.id),)]
    assert {event.summary: event.status for event in shown(client, path) if "onferanse" in event.summary} == {
        "Avlyst: Dialogkonferanse – Trygg hjemme": "CANCELLED"
    }


def test_nobody_calls_the_feeds(house: object, running_engine: None, wait_until: Callable[..., Any]) -> None:
    def rows() -> tuple[int, int]:
        with transaction(reads_only=True) as session:
            counts = [session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in (Feed, FeedEvent)]
            return counts[0], counts[1]

    with transaction() as session:
        dialogue = a_planned_dialogue(session)
    wait_until(lambda: rows()[0] == 11)
    dates = rows()[1]

    with transaction() as session:
        dialogue = session.get_one(Dialogue, dialogue.id)
        meetings.book(session, a_wish(session, dialogue), place(session, dialogue, "10:00"))

    # A feed more; the meeting in six feeds, and five dates for the supplier.
    wait_until(lambda: rows() == (12, dates + 6 + 5))
