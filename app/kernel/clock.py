"""What time it is: the one place that asks the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def as_if(moment: datetime) -> Iterator[None]:
    """Let `now` answer `moment` in here: for tests, and for an example that is played after its dates have passed."""
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)


def wall(day: date, minutes: int, zone: ZoneInfo = OSLO) -> datetime:
    """The moment, aware and in `zone`, that is `minutes` after local midnight of `day` by the clock on the wall."""
    return datetime.combine(day, time(), zone) + timedelta(minutes=minutes)


def minutes_after_midnight(moment: datetime, zone: ZoneInfo = OSLO) -> int:
    """Whole minutes after local midnight, by the clock on the wall in `zone`."""
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute


def is_told_once(local: datetime) -> bool:
    """Whether a wall-clock time exists, and only once: false inside the change hours of March and October."""
    return local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset()
