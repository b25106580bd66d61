"""T10: a feed shows what has been published of one's own, and nothing that was, will be or is another's."""

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.feeds import service
from app.feeds.models import FeedKind
from app.meetings import service as meetings
from app.meetings.models import MeetingRequest
from app.planning import jobs
from app.planning import service as planning
from app.suppliers.models import Supplier
from tests.calendars import ReadEvent
from tests.feeds.factories import shown
from tests.meetings.factories import a_planned_dialogue, a_wish, place


def _feeds(db: Session, dialogue: Dialogue, asked: list[MeetingRequest]) -> list[str]:
    suppliers = [db.get_one(Supplier, one.supplier_id) for one in asked]
    links = [service.feed_link(db, FeedKind.SUPPLIER, supplier.id, dialogue) for supplier in suppliers]
    db.commit()
    return [link.removeprefix("http://testserver") for link in links]


def _meetings(events: list[ReadEvent], asked: list[MeetingRequest]) -> list[tuple[int, str, int, str]]:
    """Whose meeting each entry is, by place in `asked`; when it begins, its sequence and its status."""
    places = {str(one.id): number for number, one in enumerate(asked)}
    found = [(places[event.uid], event) for event in events if event.uid in places]
    return [(number, event.starts_at[11:16], event.sequence, event.status) for number, event in found]


def test_after_two_have_changed_places_each_sees_its_own_meeting_alone(client: TestClient, db: Session) -> None:
    """T10, Z4: the other's is neither shown nor taken back there, and one's own has a higher sequence."""
    dialogue = a_planned_dialogue(db)
    asked = [a_wish(db, dialogue, number) for number in (0, 1)]
    times = [place(db, dialogue, clock) for clock in ("10:00", "11:00")]
    meetings.give(db, dialogue.id, list(zip(asked, times, strict=True)))
    feeds = _feeds(db, dialogue, asked)
    before = [_meetings(shown(client, feed), asked) for feed in feeds]

    meetings.give(db, dialogue.id, list(zip(asked, reversed(times), strict=True)))
    service.refresh(db, dialogue.id)
    db.commit()
    after = [_meetings(shown(client, feed), asked) for feed in feeds]

    assert before == [[(0, "08:00", 0, "CONFIRMED")], [(1, "09:00", 0, "CONFIRMED")]]
    assert after == [[(0, "09:00", 1, "CONFIRMED")], [(1, "08:00", 1, "CONFIRMED")]]


def test_a_plan_is_in_no_feed_before_it_is_published(client: TestClient, db: Session) -> None:
    """T10: and in its supplier's from then on."""
    dialogue = a_planned_dialogue(db)
    asked = [a_wish(db, dialogue)]
    run = planning.request_plan(db, dialogue)
    (feed,) = _feeds(db, dialogue, asked)
    jobs.load(str(run.id))
    jobs.store(str(run.id), jobs.find_plan(str(run.id)))
    db.expire_all()
    service.refresh(db, dialogue.id)
    db.commit()
    before = _meetings(shown(client, feed), asked)

    planning.publish(db, planning.run_in(db, dialogue.id, run.id))
    service.refresh(db, dialogue.id)
    db.commit()

    assert before == []
    assert [number for number, *_ in _meetings(shown(client, feed), asked)] == [0]


def test_a_dialogue_that_is_called_off_leaves_no_meeting_that_holds(client: TestClient, db: Session) -> None:
    """T10: each is shown as cancelled, with a higher sequence."""
    dialogue = a_planned_dialogue(db)
    asked = [a_wish(db, dialogue)]
    booking = meetings.book(db, asked[0], place(db, dialogue, "10:00"))
    (feed,) = _feeds(db, dialogue, asked)
    assert _meetings(shown(client, feed), asked) == [(0, "08:00", 0, "CONFIRMED")]
    db.commit()

    meetings.cancel(db, booking)
    service.refresh(db, dialogue.id)
    db.commit()

    assert _meetings(shown(client, feed), asked) == [(0, "08:00", 1, "CANCELLED")]
