"""What an address opens: one feed, in each form in which it can be read. All forms are made from what is kept."""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues import service as dialogues
from app.dialogues.models import Dialogue
from app.feeds import forms, queries
from app.feeds.answers import CALENDAR, JCAL, Served
from app.feeds.contents import Whose, entries
from app.feeds.models import RIGHTS, FeedEvent, FeedKind
from app.feeds.revision import body, is_shown, revise
from app.kernel import access, clock
from app.kernel.ical import Mailbox
from app.kernel.refusals import NotFound
from app.kernel.settings import settings
from app.meetings.queries import appointments

KINDS = {right: kind for kind, right in RIGHTS.items()}
HAVE_BUSY_TIMES = (FeedKind.PANEL, FeedKind.PERSON)


class Opened(NamedTuple):
    """Whose feed it is, what it is about, and of which dialogue."""

    whose: Whose
    about: queries.About
    dialogue: Dialogue


def by_slug(db: Session, slug: str) -> Opened:
    """The feed of a published dialogue; raises NotFound."""
    dialogue = dialogues.by_slug(db, slug)
    return Opened(queries.public(dialogue), dialogue, dialogue)


def by_token(db: Session, token: str) -> Opened:
    """The feed that a token opens; raises NotFound for every other token alike, and when it has been withdrawn."""
    opened = access.opened_by(db, token, *KINDS)
    whose, about = queries.find(db, KINDS[opened.right], opened.about)
    return Opened(whose, about, db.get_one(Dialogue, queries.dialogue_of(about)))


def calendar(db: Session, opened: Opened) -> Served:
    """The feed as a calendar (RFC 5545), as it was rendered."""
    feed = queries.kept_feed(db, opened.whose)
    if feed is not None:
        return Served(feed.body, feed.etag, feed.rendered_at)
    # Whoever asks before the first rendering gets what it will be: the same entries, with the same stamps.
    rows = _first_rows(db, opened)
    rendered = body(name_of(opened.whose, opened.dialogue), opened.whose.language, rows, page_of(opened.dialogue))
    changed_at = max((row.revised_at for row in rows), default=opened.dialogue.created_at)
    return Served(rendered, etag_of(rendered), changed_at)


def _first_rows(db: Session, opened: Opened) -> list[FeedEvent]:
    whose, dialogue = opened.whose, opened.dialogue
    wanted = entries(whose, dialogue, appointments(db, dialogue.id))
    return revise(whose, dialogue, [], wanted, first_sequence=queries.first_sequence(db))


def jcal(db: Session, opened: Opened) -> Served:
    """The same as JSON (RFC 7265)."""
    return _made_of(calendar(db, opened), forms.jcal, JCAL)


def free_busy(db: Session, opened: Opened) -> Served:
    """When a panel or a person is busy, and nothing more; raises NotFound for other feeds."""
    if opened.whose.kind not in HAVE_BUSY_TIMES:
        raise NotFound("There is nothing here. The link may have been withdrawn, or cut off on its way.")
    served, rows = calendar(db, opened), agenda(db, opened)
    who = Mailbox(opened.whose.name, getattr(opened.about, "email", opened.dialogue.organiser_email))
    day = opened.dialogue.held_on
    return _made_of(served, lambda _: forms.free_busy(opened.whose.about, who, day, served.changed_at, rows), CALENDAR)


def _made_of(served: Served, make: Callable[[bytes], bytes], media_type: str) -> Served:
    made = make(served.body)
    return Served(made, etag_of(made), served.changed_at, media_type)


def agenda(db: Session, opened: Opened) -> list[FeedEvent]:
    """What stands in the feed, by its start; what is cancelled is among it for as long as the feed shows it."""
    kept = sa.and_(FeedEvent.kind == opened.whose.kind, FeedEvent.about == opened.whose.about)
    rows = list(db.scalars(sa.select(FeedEvent).where(kept)))
    if not rows and queries.kept_feed(db, opened.whose) is None:
        rows = _first_rows(db, opened)
    return sorted((row for row in rows if is_shown(row, clock.now())), key=_by_start)


def _by_start(row: FeedEvent) -> tuple[str, str]:
    return str(row.said["starts_at"]), str(row.uid)


def name_of(whose: Whose, dialogue: Dialogue) -> str:
    """What the feed is called."""
    return f"{whose.name} – {dialogue.title}" if whose.name else dialogue.title


def page_of(dialogue: Dialogue) -> str:
    """The public address of the dialogue."""
    return f"{settings().base_url}/d/{dialogue.slug}"


def etag_of(rendered: bytes) -> str:
    """The strong tag of what goes out, without its quotation marks."""
    return hashlib.sha256(rendered).hexdigest()
