"""Other forms of a feed: as JSON (jCal, RFC 7265), and when somebody is busy (VFREEBUSY, RFC 5546 3.3.1). Pure."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import chain
from uuid import UUID, uuid5

from icalendar import Calendar

from app.feeds.contents import Shown
from app.feeds.models import FeedEvent
from app.kernel import clock
from app.kernel.content_lines import written
from app.kernel.ical import PRODUCT, Mailbox, Method, person, utc

Period = tuple[datetime, datetime]
_A_DAY = 24 * 60


@lru_cache(maxsize=64)  # of bytes that say all of it: what may be read is asked of the database each time
def jcal(calendar: bytes) -> bytes:
    """A calendar as JSON."""
    return json.dumps(Calendar.from_ical(calendar).to_jcal(), ensure_ascii=False, separators=(",", ":")).encode()


def free_busy(about: UUID, who: Mailbox, day: date, stamp: datetime, rows: Iterable[FeedEvent]) -> bytes:
    """When somebody is busy on the day, and on other days that have appointments; not where, nor with whom."""
    periods = busy_periods(rows)
    moments = [clock.wall(day, 0), *chain.from_iterable(periods)]
    begins, ends = (moment.astimezone(clock.OSLO).date() for moment in (min(moments), max(moments)))
    lines = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"),
        *(f"METHOD:{Method.PUBLISH.value}", "BEGIN:VFREEBUSY", f"UID:{uuid5(about, 'busy times')}"),
        *(f"DTSTAMP:{utc(stamp)}", f"DTSTART:{utc(clock.wall(begins, 0))}", f"DTEND:{utc(clock.wall(ends, _A_DAY))}"),
        person("ORGANIZER", who),
        *(f"FREEBUSY;FBTYPE=BUSY:{utc(start)}/{utc(end)}" for start, end in periods),
        *("END:VFREEBUSY", "END:VCALENDAR"),
    )
    return written(lines)


def busy_periods(rows: Iterable[FeedEvent]) -> list[Period]:
    """The times in UTC that are taken, sorted; those that touch or overlap are one."""
    merged: list[Period] = []
    for start, end in sorted(filter(None, map(_busy, rows))):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _busy(row: FeedEvent) -> Period | None:
    shown = Shown.from_json(row.said)
    if row.cancelled_at or not shown.is_busy:
        return None
    if not isinstance(shown.starts_at, datetime) or not isinstance(shown.ends_at, datetime):
        return None
    return shown.starts_at.astimezone(UTC), shown.ends_at.astimezone(UTC)
