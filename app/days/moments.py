"""Moments and lengths as calendars write them (RFC 5545 3.3.4–3.3.6), by the clock on the wall of their zone. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from app.days.entries import Entry, Line
from app.days.zones import Zones

_STAMP = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.IGNORECASE)
_LENGTH = re.compile(r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?")
_PLACES = ((0, 4), (4, 2), (6, 2), (8, 2), (10, 2), (12, 2))  # of year, month, day, hour, minute and second


@dataclass(frozen=True, slots=True)
class When:
    """A moment by the clock on the wall of `zone`, or a whole day that begins then."""

    wall: datetime
    zone: tzinfo
    is_date: bool

    @property
    def moment(self) -> datetime:
        """The moment itself, in UTC."""
        return self.wall.replace(tzinfo=self.zone).astimezone(UTC)

    def at(self, wall: datetime) -> "When":
        """The same at another time."""
        return When(wall, self.zone, self.is_date)


def when(line: Line | None, zones: Zones) -> When | None:
    """The moment that a line tells; None where it tells none. Raises ValueError for the 31st of February."""
    return None if line is None else _when(line.value, line.parameters.get("TZID", ""), zones)


def each_when(entry: Entry, name: str, zones: Zones, first: datetime, last: datetime) -> list[When]:
    """The moments that lines of one name list, of those from `first` to `last`; of periods, their starts."""
    # By their first eight letters, those of other years are passed over unread.
    earliest, latest = f"{first:%Y%m%d}", f"{last:%Y%m%d}"
    zoned = ((line.parameters.get("TZID", ""), line.value.split(",")) for line in entry.lines.get(name, []))
    told = dict.fromkeys((value.strip(), zone) for zone, values in zoned for value in values)
    near = ((value, zone) for value, zone in told if earliest <= value[:8] <= latest)
    found = (_when(value.partition("/")[0], zone, zones) for value, zone in near)
    return [one for one in found if one is not None]


def period(value: str, zones: Zones) -> tuple[datetime, datetime] | None:
    """From when to when a period lasts that is told by its start, and its end or its length."""
    start, _, end = value.strip().partition("/")
    begins, span = _when(start, "", zones), length(end)
    ends = _when(end, "", zones) if span is None else None
    if begins is None or (ends is None and span is None):
        return None
    return begins.moment, ends.moment if ends else begins.moment + (span or timedelta())


def until(rule: str, start: When) -> datetime | None:
    """When a rule ends, by the clock on the wall where it began; None when it does not say."""
    told = dict(part.partition("=")[::2] for part in rule.upper().split(";")).get("UNTIL", "")
    found = _STAMP.fullmatch(told.strip())
    if found is None:
        return None
    wall = _wall(found)
    if found[3] and not start.is_date:
        return wall + (wall.replace(tzinfo=start.zone).utcoffset() or timedelta())
    return wall if found[2] else wall + timedelta(days=1, seconds=-1)


def length(text: str) -> timedelta | None:
    """How long a duration is; None for what is none."""
    found = _LENGTH.fullmatch(text.strip().upper())
    if found is None:
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in found.groups()[1:])
    span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if found[1] == "-" else span


def _when(value: str, zone: str, zones: Zones) -> When | None:
    found = _STAMP.fullmatch(value.strip())
    if found is None:
        return None
    where = UTC if found[3] else zones.named(zone) if zone and found[2] else zones.home
    return When(_wall(found), where, is_date=found[2] is None)


def _wall(found: re.Match[str]) -> datetime:
    # Second 60 is lawful in a calendar, and unknown to Python.
    told = found[1] + re.sub("60$", "59", found[2] or "000000")
    year, month, day, hour, minute, second = (int(told[place : place + size]) for place, size in _PLACES)
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 by the clock on the wall, whatever the zone
