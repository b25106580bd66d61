"""Reads of feeds: whose there are in a dialogue, and what is kept of each."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.models import Panel, Person, Room
from app.dialogues.models import Dialogue
from app.feeds.contents import Whose
from app.feeds.models import Feed, FeedEvent, FeedKind
from app.kernel.languages import LANGUAGES
from app.kernel.refusals import NotFound
from app.kernel.restored import Restoration
from app.kernel.settings import Language, settings
from app.meetings.queries import those_of
from app.suppliers.models import Supplier

LEAP = 1000  # more versions of one entry than there are between a backup and its restoring
About = Supplier | Panel | Person | Room | Dialogue
_TABLES: dict[FeedKind, type[About]] = {
    FeedKind.SUPPLIER: Supplier,
    FeedKind.PANEL: Panel,
    FeedKind.PERSON: Person,
    FeedKind.ROOM: Room,
    FeedKind.ORGANISER: Dialogue,
}


@dataclass(slots=True)
class Kept:
    """What is kept of one feed: its entries, its bytes when it has been rendered, and where a new entry begins."""

    first_sequence: int
    rows: list[FeedEvent] = field(default_factory=list)
    feed: Feed | None = None


def everybody(db: Session, dialogue: Dialogue) -> Iterator[Whose]:
    """Whose feeds there are: everybody's, the organiser's, and one for each supplier, panel, person and room."""
    yield public(dialogue)
    yield _whose(FeedKind.ORGANISER, dialogue)
    those = those_of(db, dialogue.id)
    yield from (_whose(FeedKind.SUPPLIER, supplier) for supplier in those.suppliers.values())
    yield from (_whose(FeedKind.PANEL, panel) for panel in those.panels.values())
    yield from (_whose(FeedKind.PERSON, person) for person in those.people.values())
    yield from (_whose(FeedKind.ROOM, room) for room in those.rooms.values())


def public(dialogue: Dialogue) -> Whose:
    """The feed that is everybody's."""
    return Whose(FeedKind.PUBLIC, dialogue.id, "", settings().language)


def find(db: Session, kind: FeedKind, about: UUID) -> tuple[Whose, About]:
    """Whose feed it is, and what it is about; raises NotFound for the withdrawn as for the unknown."""
    found = db.get(_TABLES[kind], about)
    is_withdrawn = isinstance(found, Supplier) and found.withdrawn_at is not None
    if is_withdrawn or not isinstance(found, About):
        raise NotFound("There is nothing here. The link may have been withdrawn, or cut off on its way.")
    return _whose(kind, found), found


def _whose(kind: FeedKind, about: About) -> Whose:
    kept = about.language if isinstance(about, Supplier | Person) else ""
    name = about.organiser_name if isinstance(about, Dialogue) else about.name
    return Whose(kind, about.id, name, _language(kept))


def dialogue_of(about: About) -> UUID:
    """The id of the dialogue that somebody, a panel or a room is in, or that is itself what is asked about."""
    return about.id if isinstance(about, Dialogue) else about.dialogue_id


def _language(kept: str) -> Language:
    return next((language for language in LANGUAGES if language == kept), settings().language)


def kept_of(db: Session, dialogue_id: UUID) -> dict[tuple[FeedKind, UUID], Kept]:
    """What is kept of each feed of a dialogue, by its kind and what it is about."""
    kept: dict[tuple[FeedKind, UUID], Kept] = defaultdict(partial(Kept, first_sequence(db)))
    for row in db.scalars(sa.select(FeedEvent).where(FeedEvent.dialogue_id == dialogue_id)):
        kept[row.kind, row.about].rows.append(row)
    for feed in db.scalars(sa.select(Feed).where(Feed.dialogue_id == dialogue_id)):
        kept[feed.kind, feed.about].feed = feed
    return kept


def first_sequence(db: Session) -> int:
    """Where the sequence of an entry begins that no feed has shown: past what one did that a restored backup forgot."""
    return LEAP * (db.scalar(sa.select(sa.func.count()).select_from(Restoration)) or 0)


def kept_feed(db: Session, whose: Whose) -> Feed | None:
    """One feed as it was last rendered; None before that."""
    return db.scalars(sa.select(Feed).where(Feed.kind == whose.kind, Feed.about == whose.about)).one_or_none()
