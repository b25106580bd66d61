"""How a feed follows what is so: what changes is revised, and what is gone stays as cancelled for a while. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.dialogues.models import Dialogue
from app.feeds.contents import Entry, Shown, Whose
from app.feeds.models import FeedEvent
from app.kernel import clock, ical
from app.kernel.ical import Event, Status
from app.kernel.languages import translate
from app.kernel.settings import Language

KEPT_CANCELLED = timedelta(days=30)


def revise(
    whose: Whose, dialogue: Dialogue, kept: Iterable[FeedEvent], wanted: list[Entry], *, first_sequence: int = 0
) -> list[FeedEvent]:
    """The rows of a feed, brought from `kept` to what is wanted; those that are new are not yet in any database.

    A row is touched only when what it shows has changed: its sequence grows with times, places and cancellations.
    """
    rows = {row.uid: row for row in kept}
    for entry in wanted:
        if (row := rows.get(entry.uid)) is None:
            rows[entry.uid] = _new(whose, dialogue, entry, first_sequence)
        else:
            _show(row, entry.shown)
    for uid in rows.keys() - {entry.uid for entry in wanted}:
        _cancel(rows[uid])
    return list(rows.values())


def _new(whose: Whose, dialogue: Dialogue, entry: Entry, sequence: int) -> FeedEvent:
    return FeedEvent(
        dialogue_id=dialogue.id,
        kind=whose.kind,
        about=whose.about,
        uid=entry.uid,
        sequence=sequence,
        said=entry.shown.to_json(),
        revised_at=entry.since,
        cancelled_at=None,
    )


def _show(row: FeedEvent, shown: Shown) -> None:
    before = Shown.from_json(row.said)
    if row.cancelled_at is None and before == shown:
        return
    if row.cancelled_at is not None or before.when_and_where != shown.when_and_where:
        row.sequence += 1
    row.said, row.revised_at, row.cancelled_at = shown.to_json(), clock.now(), None


def _cancel(row: FeedEvent) -> None:
    if row.cancelled_at is None:
        row.sequence += 1
        row.revised_at = row.cancelled_at = clock.now()


def is_shown(row: FeedEvent, at: datetime) -> bool:
    """Whether a row stands in the feed: one that is cancelled does for thirty days, and not after its own time."""
    if row.cancelled_at is None:
        return True
    return at < row.cancelled_at + KEPT_CANCELLED and not Shown.from_json(row.said).is_past_at(at)


def body(name: str, language: Language, rows: Iterable[FeedEvent], page: str) -> bytes:
    """The feed as it is served; `page` is the public address of the dialogue."""
    shown = [_event(row, language, page) for row in rows if is_shown(row, clock.now())]
    return ical.calendar(sorted(shown, key=lambda event: (event.starts_at.isoformat(), event.uid)), name=name)


def _event(row: FeedEvent, language: Language, page: str) -> Event:
    shown = Shown.from_json(row.said)
    is_cancelled = row.cancelled_at is not None
    return Event(
        uid=row.uid,
        starts_at=shown.starts_at,
        ends_at=shown.ends_at,
        summary=_cancelled(language, shown.summary) if is_cancelled else shown.summary,
        stamp=row.revised_at,
        sequence=row.sequence,
        description=shown.description,
        location=shown.location,
        url=page,
        status=Status.CANCELLED if is_cancelled else Status.CONFIRMED,
        is_busy=shown.is_busy and not is_cancelled,
    )


def _cancelled(language: Language, summary: str) -> str:
    return translate(language, "Cancelled: {summary}", summary=summary)
