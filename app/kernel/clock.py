"""What time it is: the one place that asks the machine."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def wall(day: date, minutes: int, zone: ZoneInfo = OSLO) -> datetime:
    """The moment, aware and in `zone`, that is `minutes` after local midnight of `day` by the clock on the wall."""
    return datetime.combine(day, time(), zone) + timedelta(minutes=minutes)


def minutes_after_midnight(moment: datetime, zone: ZoneInfo = OSLO) -> int:
    """Whole minutes after local midnight, by the clock on the wall in `zone`."""
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute


def is_told_once(local: datetime) -> bool:
    """Whether a wall-clock time exists, and only once: false inside the change hours of March and October."""
    earlier, later = local.replace(fold=0), local.replace(fold=1)
    return earlier.utcoffset() == later.utcoffset()
