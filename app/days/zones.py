"""Which zone a foreign calendar means: by its IANA name, by Windows' names, or as the calendar declares it. Pure.

Outlook and Exchange write names that are in no list (“W. Europe Standard Time”, “(UTC+01:00) Brussels, Paris”), and
often declare nothing of them. Where all fails, the zone of the day is taken: what is read is shown before it is used.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from app.days.entries import Entry
from app.days.repeats import Purse, starts_between

_SHOWN = re.compile(r"\((?:UTC|GMT)(?:([+-])(\d\d)[:.]?(\d\d))?\)\s*(.*)")
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(?:\d\d)?")
_STAMP = "%Y%m%dT%H%M%S"
_MOST_PARTS = 40  # of one declared zone
_WINTER = datetime(2027, 1, 15)  # noqa: DTZ001 by the clock on the wall, whatever the zone


class Declared(tzinfo):
    """A zone as a calendar declares it: `onsets` are local times, each with the offset that holds from it on."""

    def __init__(self, onsets: Iterable[tuple[datetime, timedelta]]) -> None:
        self.onsets = sorted(onsets)

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """The offset at a local time."""
        if dt is None:
            return None
        wall = dt.replace(tzinfo=None)
        return next((offset for onset, offset in reversed(self.onsets) if onset <= wall), self.onsets[0][1])

    def dst(self, _dt: datetime | None) -> timedelta | None:
        """Nothing: a calendar does not tell."""
        return None

    def tzname(self, _dt: datetime | None) -> str | None:
        """Nothing: it is never shown."""
        return None


class Zones:
    """The zones that one calendar speaks of, as they are around `near`; `home` is taken for what nobody knows."""

    def __init__(self, entries: Iterable[Entry], home: ZoneInfo, near: datetime, purse: Purse) -> None:
        self.home, self.near, self.purse = home, near, purse
        self._declared = {line.value: entry for entry in entries if (line := entry.first("TZID"))}
        self._found: dict[str, tzinfo] = {}

    def named(self, name: str) -> tzinfo:
        """The zone that the calendar calls by this name."""
        if name not in self._found:
            self._found[name] = known(name) or self._declared_as(name) or self.home
        return self._found[name]

    def _declared_as(self, name: str) -> tzinfo | None:
        parts = self._declared[name].parts[:_MOST_PARTS] if name in self._declared else []
        onsets = [onset for part in parts for onset in self._onsets(part)]
        return Declared(onsets) if onsets else None

    def _onsets(self, part: Entry) -> Iterable[tuple[datetime, timedelta]]:
        start, offset, rule = part.first("DTSTART"), _OFFSET.fullmatch(part.word("TZOFFSETTO")), part.first("RRULE")
        if start is None or offset is None:
            return []
        try:
            begins = datetime.strptime(start.value[:15], _STAMP)  # noqa: DTZ007 an onset is a local time
            return [(onset, _span(offset)) for onset in (begins, *self._repeated(begins, rule.value if rule else ""))]
        except ValueError:
            return []

    def _repeated(self, begins: datetime, rule: str) -> list[datetime]:
        if "FREQ=YEARLY" not in rule.upper():
            return []
        # Windows' zones begin in 1601: what holds now is found from a few years ago.
        lately = begins.replace(year=max(begins.year, self.near.year - 2))
        first, last = self.near - timedelta(days=500), self.near + timedelta(days=500)
        return starts_between(rule, lately, first, last, None, self.purse)


def known(name: str) -> tzinfo | None:
    """The zone of this name, by IANA's or by Windows' list, or as Windows shows it; None when it is in none."""
    # Some programs put words of their own before the name: /citadel.org/20210210_1/Europe/Oslo.
    steps = name.strip().strip('"').split("/")
    tails = ("/".join(steps[-count:]) for count in (len(steps), 3, 2))
    for candidate in (*tails, WINDOWS_TO_OLSON.get(name.strip(), "")):
        if zone := _zone(candidate):
            return zone
    return _as_shown(name)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name in available() else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@cache
def available() -> frozenset[str]:
    """The names of all zones that this machine knows."""
    return frozenset(available_timezones())


@cache
def _cities() -> Mapping[str, str]:
    return {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in sorted(available(), reverse=True)}


def _as_shown(name: str) -> tzinfo | None:
    """The zone that Windows shows as “(UTC+01:00) Brussels, Copenhagen, Madrid, Paris”: of the first city there is."""
    found = _SHOWN.fullmatch(name.strip())
    if found is None:
        return None
    offset = _span(found)
    cities = (_cities().get(city.strip().casefold(), "") for city in found[4].split(","))
    zones = (zone for city in cities if (zone := _zone(city)))
    return next((zone for zone in zones if zone.utcoffset(_WINTER) == offset), None)


def _span(found: re.Match[str]) -> timedelta:
    sign = -1 if found[1] == "-" else 1
    return sign * timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0))
