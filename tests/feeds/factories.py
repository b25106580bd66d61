"""Feeds of the day of `tests.invitations.factories`, and what four programs read in them."""

from uuid import UUID

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.days.service import panels_of, people_of, rooms_of
from app.dialogues.models import Dialogue
from app.feeds import service
from app.feeds.models import FeedKind
from app.suppliers import service as suppliers
from tests import calendar_rules
from tests.calendars import ReadEvent, read


def about(db: Session, dialogue: Dialogue, kind: FeedKind) -> UUID:
    """The id of the supplier, of Panel A, of Anne, of Furu, or of the dialogue."""
    if kind in (FeedKind.PUBLIC, FeedKind.ORGANISER):
        return dialogue.id
    if kind is FeedKind.SUPPLIER:
        return suppliers.of_dialogue(db, dialogue.id)[0].id
    if kind is FeedKind.ROOM:
        return next(room.id for room in rooms_of(db, dialogue.id) if room.handle == "furu")
    return (panels_of if kind is FeedKind.PANEL else people_of)(db, dialogue.id)[0].id


def link(db: Session, dialogue: Dialogue, kind: FeedKind) -> str:
    """The path of a feed: the public one, or a new secret one."""
    return service.feed_link(db, kind, about(db, dialogue, kind), dialogue).removeprefix("http://testserver")


def shown(client: TestClient, path: str) -> list[ReadEvent]:
    """The entries of a feed that keeps the rules, as four programs read them."""
    answer = client.get(path)
    assert (answer.status_code, calendar_rules.broken(answer.content)) == (200, [])
    return read(answer.content).events


def summaries(events: list[ReadEvent]) -> list[tuple[str, str]]:
    """When each entry begins, and what it is called."""
    return [(event.starts_at[:16], event.summary) for event in events]
