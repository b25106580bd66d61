"""When somebody is busy on one day, by the calendar that the person has given. Pure.

What is free, cancelled or only for information does not count, and what is not settled is told apart. Times without
a zone are taken as the day's.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from app.days.entries import Entry, entries_of
from app.days.moments import When, each_when, length, period, until, when
from app.days.repeats import Purse, starts_between
from app.days.zones import Zones

_A_DAY = timedelta(days=1)
_LONGEST = timedelta(days=400)  # of one appointment: what lasts longer says nothing of a day
_MOST_RULES = 5  # of one appointment
_BUSY_STATUS = "X-MICROSOFT-CDO-BUSYSTATUS"


T = TypeVar("T")


class Busy(NamedTuple):
    """From when to when somebody is busy, in minutes after midnight; `is_tentative` where that is not settled."""

    start: int
    end: int
    is_tentative: bool


class _Span(NamedTuple):
    starts_at: datetime
    ends_at: datetime
    is_tentative: bool


def busy_periods(content: bytes, day: date, zone: ZoneInfo) -> list[Busy]:
    """When the calendar says that its owner is busy on this day, in the order of time; those that meet are one.

    Raises Invalid, with a sentence, for what is no calendar, or holds more than is read.
    """
    return _Diary(entries_of(content), day, zone).periods()


class _Diary:
    """The entries of one calendar, looked at for one day."""

    def __init__(self, entries: list[Entry], day: date, zone: ZoneInfo) -> None:
        self.entries, self.purse = entries, Purse()
        midnight = datetime.combine(day, time())
        # A day more on both sides: a clock somewhere else may show another date.
        self.first, self.last = midnight - _A_DAY, midnight + 2 * _A_DAY
        zones = [entry for entry in entries if entry.kind == "VTIMEZONE"]
        self.zones = Zones(zones, zone, midnight, self.purse)
        self.opens_at, self.closes_at = (moment.replace(tzinfo=zone) for moment in (midnight, midnight + _A_DAY))

    def periods(self) -> list[Busy]:
        """When its owner is busy."""
        moved = set(self._each("VEVENT", self._moved))
        spans = chain(
            self._each("VEVENT", lambda entry: self._event(entry, moved)), self._each("VFREEBUSY", self._free_busy)
        )
        return _joined(self._on_the_day(span) for span in spans if self._touches_the_day(span))

    def _each(self, kind: str, read: Callable[[Entry], Iterable[T]]) -> Iterator[T]:
        for entry in self.entries:
            # An entry that makes no sense says nothing of when its owner is busy.
            with suppress(ValueError, OverflowError):
                yield from list(read(entry)) if entry.kind == kind else ()

    def _moved(self, entry: Entry) -> Iterator[tuple[str, datetime]]:
        """Which one of a series an entry is about, by UID and the moment at which it was to begin."""
        told = when(entry.first("RECURRENCE-ID"), self.zones)
        if told is not None:
            yield entry.word("UID"), told.moment

    def _event(self, entry: Entry, moved: set[tuple[str, datetime]]) -> Iterator[_Span]:
        if _is_free(entry) or self._is_elsewhere(entry):
            return
        start = when(entry.first("DTSTART"), self.zones)
        lasts = self._length(entry, start) if start else timedelta()
        if start is None or not timedelta() < lasts <= _LONGEST:
            return
        is_moved = "RECURRENCE-ID" in entry.lines
        for one in [start] if is_moved else self._series(entry, start, lasts):
            if is_moved or (entry.word("UID"), one.moment) not in moved:
                ends_at = one.at(one.wall + lasts).moment if one.is_date else one.moment + lasts
                yield _Span(one.moment, ends_at, _is_tentative(entry))

    def _is_elsewhere(self, entry: Entry) -> bool:
        """Whether a single appointment is on another day, by its first eight letters: most of a calendar is."""
        if {"RRULE", "RDATE"} & entry.lines.keys():
            return False
        start, end = entry.word("DTSTART")[:8], entry.word("DTEND")[:8]
        return start > f"{self.last:%Y%m%d}" or "" < end < f"{self.first:%Y%m%d}"

    def _series(self, entry: Entry, start: When, lasts: timedelta) -> list[When]:
        """Each time that an appointment takes place, of those that may touch the day."""
        first = self.first - lasts
        listed = [start, *each_when(entry, "RDATE", self.zones, first, self.last)]
        for rule in [line.value for line in entry.lines.get("RRULE", [])[:_MOST_RULES]]:
            walls = starts_between(rule, start.wall, first, self.last, until(rule, start), self.purse)
            listed += [start.at(wall) for wall in walls]
        left_out = each_when(entry, "EXDATE", self.zones, first, self.last)
        moments, dates = {one.moment for one in left_out}, {one.wall.date() for one in left_out if one.is_date}
        kept = {one.moment: one for one in listed if one.moment not in moments and one.wall.date() not in dates}
        return list(kept.values())

    def _length(self, entry: Entry, start: When) -> timedelta:
        end = when(entry.first("DTEND"), self.zones)
        if end is not None:
            return end.wall - start.wall if start.is_date else end.moment - start.moment
        told = length(entry.word("DURATION"))
        return timedelta(days=start.is_date) if told is None else told

    def _free_busy(self, entry: Entry) -> Iterator[_Span]:
        for line in entry.lines.get("FREEBUSY", []):
            kind = line.parameters.get("FBTYPE", "BUSY").upper()
            spans = (period(value, self.zones) for value in line.value.split(",") if kind != "FREE")
            yield from (_Span(*span, kind == "BUSY-TENTATIVE") for span in spans if span)

    def _touches_the_day(self, span: _Span) -> bool:
        return max(span.starts_at, self.opens_at) < min(span.ends_at, self.closes_at)

    def _on_the_day(self, span: _Span) -> Busy:
        start, end = self._minutes(span.starts_at), self._minutes(span.ends_at, up=True)
        # In the hour that comes twice, what begins at half past two may end at two.
        lasts = int((span.ends_at - span.starts_at).total_seconds()) // 60
        return Busy(start, end if end > start else start + lasts, span.is_tentative)

    def _minutes(self, moment: datetime, *, up: bool = False) -> int:
        """Minutes after midnight by the clock on the wall, within the day; a minute that has begun counts as over."""
        wall = min(max(moment, self.opens_at), self.closes_at).astimezone(self.opens_at.tzinfo)
        begun = int(up and bool(wall.second))
        return (wall.date() - self.opens_at.date()).days * 24 * 60 + wall.hour * 60 + wall.minute + begun


def _is_free(entry: Entry) -> bool:
    is_off = entry.word("STATUS") == "CANCELLED" or entry.word("TRANSP") == "TRANSPARENT"
    return is_off or entry.word(_BUSY_STATUS) == "FREE"


def _is_tentative(entry: Entry) -> bool:
    return "TENTATIVE" in {entry.word("STATUS"), entry.word(_BUSY_STATUS)}


def _joined(periods: Iterable[Busy]) -> list[Busy]:
    joined: list[Busy] = []
    for one in sorted(set(periods), key=lambda each: (each.is_tentative, each.start, each.end)):
        last = joined[-1] if joined else None
        if last is not None and last.is_tentative == one.is_tentative and one.start <= last.end:
            joined[-1] = last._replace(end=max(last.end, one.end))
        elif one.start < one.end:
            joined.append(one)
    return sorted(joined)
