"""Feeds: calendars to subscribe to, kept as they were last served, and opened by secret addresses."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.feeds import queries
from app.feeds.contents import Entry, Whose, entries
from app.feeds.models import RIGHTS, Feed, FeedEvent, FeedKind
from app.feeds.opening import etag_of, name_of, page_of
from app.feeds.queries import Kept
from app.feeds.revision import KEPT_CANCELLED, body, is_shown, revise
from app.kernel import access, clock, engine, trail
from app.kernel.refusals import Conflict, NotFound
from app.kernel.settings import settings
from app.meetings.queries import appointments

MOST_AT_ONCE = 25


def refresh(db: Session, dialogue_id: UUID) -> int:
    """Bring the dialogue's feeds up to date; how many have changed. One that shows what it did keeps its bytes."""
    changed, part = 0, 0
    while (some := refresh_part(db, dialogue_id, part)) is not None:
        changed, part = changed + some, part + 1
    return changed


def refresh_part(db: Session, dialogue_id: UUID, part: int) -> int | None:
    """Bring some of the dialogue's feeds up to date, of all those by number; how many have changed, None past the last.

    Others who write wait for as long as this transaction takes: so it takes no more at once.
    """
    dialogue = _locked(db, dialogue_id)
    those = list(queries.everybody(db, dialogue))[part * MOST_AT_ONCE : (part + 1) * MOST_AT_ONCE]
    if not those:
        return None
    shown, kept = appointments(db, dialogue.id), queries.kept_of(db, dialogue.id)
    changed = [
        _refresh(db, dialogue, whose, entries(whose, dialogue, shown), kept[whose.kind, whose.about]) for whose in those
    ]
    if any(isinstance(row, FeedEvent) and row.cancelled_at for row in db.dirty):
        _ask_to_clean_up(db, dialogue)
    db.flush()
    return sum(changed)


def _locked(db: Session, dialogue_id: UUID) -> Dialogue:
    # One at a time in each dialogue: what is read after this holds until the commit.
    return db.get_one(Dialogue, dialogue_id, with_for_update={"key_share": True}, populate_existing=True)


def _ask_to_clean_up(db: Session, dialogue: Dialogue) -> None:
    job_id = f"feeds-{dialogue.id}-without-what-was-cancelled-on-{clock.now():%Y-%m-%d}"
    delay = KEPT_CANCELLED + timedelta(days=1)
    engine.enqueue(db, "refresh feeds", str(dialogue.id), job_id=job_id, delay_seconds=delay.total_seconds())


def _refresh(db: Session, dialogue: Dialogue, whose: Whose, wanted: list[Entry], kept: Kept) -> bool:
    feed, name = kept.feed, name_of(whose, dialogue)
    rows = revise(whose, dialogue, kept.rows, wanted, first_sequence=kept.first_sequence)
    if feed is not None and feed.name == name and not _has_changed(db, rows, feed.rendered_at):
        return False
    db.add_all(rows)
    rendered = body(name, whose.language, rows, page_of(dialogue))
    if feed is not None and feed.body == rendered:
        return False
    feed = feed or Feed(dialogue_id=dialogue.id, kind=whose.kind, about=whose.about)
    feed.name, feed.body, feed.etag, feed.rendered_at = name, rendered, etag_of(rendered), clock.now()
    db.add(feed)
    return True


def _has_changed(db: Session, rows: list[FeedEvent], since: datetime) -> bool:
    return any(
        row not in db or db.is_modified(row) or is_shown(row, since) != is_shown(row, clock.now()) for row in rows
    )


def feed_link(db: Session, kind: FeedKind, about: UUID, dialogue: Dialogue) -> str:
    """A new address of a feed, beside those given before; the public one is always the same.

    Raises NotFound when what it is about is not in the dialogue.
    """
    if kind is FeedKind.PUBLIC:
        return f"{page_of(dialogue)}/program.ics"
    whose, row = _find(db, kind, about, dialogue)
    locked = _locked(db, dialogue.id)
    kept = queries.kept_of(db, dialogue.id)[kind, about]
    _refresh(db, locked, whose, entries(whose, locked, appointments(db, dialogue.id)), kept)
    token = access.grant(db, RIGHTS[kind], about)
    trail.record(db, "gave the link to a feed", row, dialogue_id=dialogue.id, kind=kind.value)
    return f"{settings().base_url}/f/{token}.ics"


def new_link(db: Session, kind: FeedKind, about: UUID, dialogue: Dialogue) -> str:
    """A new address of a feed in place of all earlier ones; raises as `feed_link` does."""
    if kind is not FeedKind.PUBLIC:
        withdraw_links(db, kind, about, dialogue)
    return feed_link(db, kind, about, dialogue)


def withdraw_links(db: Session, kind: FeedKind, about: UUID, dialogue: Dialogue) -> None:
    """Close every address of a feed at once; raises Conflict for the public one, which has no secret."""
    if kind is FeedKind.PUBLIC:
        raise Conflict("The public calendar has no link to withdraw.")
    _, row = _find(db, kind, about, dialogue)
    access.revoke(db, RIGHTS[kind], about)
    trail.record(db, "withdrew the links to a feed", row, dialogue_id=dialogue.id, kind=kind.value)


def has_links(db: Session, kind: FeedKind, about: UUID) -> bool:
    """Whether a secret feed has addresses that open it."""
    return access.opens_something(db, RIGHTS[kind], about)


def _find(db: Session, kind: FeedKind, about: UUID, dialogue: Dialogue) -> tuple[Whose, queries.About]:
    whose, row = queries.find(db, kind, about)
    if queries.dialogue_of(row) != dialogue.id:
        raise NotFound("There is nothing here. The link may have been withdrawn, or cut off on its way.")
    return whose, row
