"""D4: after a backup has been restored no subscriber sees a sequence go back."""

from datetime import datetime

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.feeds import restoring, service
from app.feeds.models import Feed, FeedKind
from app.feeds.queries import LEAP
from app.kernel import clock, restored
from app.meetings import service as meetings
from app.meetings.models import MeetingRequest
from tests.calendars import ReadEvent
from tests.feeds.factories import link, shown
from tests.invitations.factories import a_booked_day
from tests.meetings.factories import a_wish, place


def _meeting(client: TestClient, path: str, request: MeetingRequest) -> list[ReadEvent]:
    return [event for event in shown(client, path) if event.uid == str(request.id)]


def test_what_was_served_since_the_backup_is_older_than_what_is_served_after_it(
    client: TestClient, db: Session
) -> None:
    """D4: every entry of every feed, and the same moments and places."""
    dialogue, booking = a_booked_day(db)
    path, asked = link(db, dialogue, FeedKind.ROOM), db.get_one(MeetingRequest, booking.request_id)
    service.refresh(db, dialogue.id)
    db.commit()
    (before,) = _meeting(client, path, asked)
    tags = {feed.etag for feed in db.scalars(sa.select(Feed)) if b"BEGIN:VEVENT" in feed.body}
    restored_at = clock.now()

    restored.note(db)
    db.commit()
    (after,) = _meeting(client, path, asked)

    assert restoring.leap in restored._listeners
    assert (after.sequence, after.starts_at, after.location) == (LEAP, before.starts_at, before.location)
    assert datetime.fromisoformat(after.stamp) >= restored_at.replace(microsecond=0)
    assert (len(tags), tags & set(db.scalars(sa.select(Feed.etag)))) == (10, set())


def test_a_meeting_that_the_backup_did_not_know_is_newer_than_what_was_served_of_it(
    client: TestClient, db: Session
) -> None:
    """D4: it was booked and moved after the backup was taken, and is booked again after the restoring."""
    dialogue, _ = a_booked_day(db)
    asked, path = a_wish(db, dialogue, 1), link(db, dialogue, FeedKind.ROOM)
    restored.note(db)

    meetings.book(db, asked, place(db, dialogue, "11:00"))
    service.refresh(db, dialogue.id)
    db.commit()

    assert [event.sequence for event in _meeting(client, path, asked)] == [LEAP]
