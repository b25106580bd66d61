"""Calendars (RFC 5545, RFC 7986) as bytes: pure, the same for the same events, and read alike by every client.

What stands here against the grain of the library has a cause. The zone is a fixed text, since the one that
icalendar makes up is misread by an hour. The calendar has no UID, since it would be random, and makes some
programs keep a whole feed as one entry. Texts are cleaned and escaped here, since the library leaves names of
calendars as they are, and reads a backslash before a capital N as a line break.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from urllib.parse import quote
from uuid import UUID

from icalendar import Calendar, Component, vCalAddress, vText, vUri
from icalendar import Event as CalendarEvent

from app.kernel import clock

PRODUCT = "-//Dialogdag//Dialogdag//EN"
REFRESH = timedelta(hours=1)
ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Oslo
X-LIC-LOCATION:Europe/Oslo
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
_INVISIBLE = {"Cc", "Cf", "Cs"}
_JOINERS = "\u200c\u200d"  # needed by some scripts, harmless elsewhere
_LINE_BREAK = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


class Method(StrEnum):
    """What a calendar sent by mail asks of its reader (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


class Status(StrEnum):
    """Whether an event takes place."""

    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody who can be written to."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event: at two moments, or on whole days of which `ends_at` is the first day after.

    `stamp` is when a message was made, or when what a feed shows was last revised. `status` is None only where one
    person is taken off an event that goes on for others.
    """

    uid: UUID
    starts_at: datetime | date
    ends_at: datetime | date
    summary: str
    stamp: datetime
    sequence: int = 0
    description: str = ""
    location: str = ""
    url: str = ""
    status: Status | None = Status.CONFIRMED
    is_busy: bool = True
    organiser: Mailbox | None = None
    attendee: Mailbox | None = None

    def __post_init__(self) -> None:
        if isinstance(self.starts_at, datetime) != isinstance(self.ends_at, datetime):
            raise ValueError("an event is at two moments or on whole days, never both")
        if self.ends_at <= self.starts_at:
            raise ValueError("an event ends after its start")


def calendar(events: Iterable[Event], *, method: Method | None = None, name: str = "") -> bytes:
    """One calendar with these events in this order: a message when it has a `method`, a feed when it has a `name`."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", PRODUCT)
    made.add("calscale", "GREGORIAN")
    if method is not None:
        made.add("method", method.value)
    if name:
        _add_feed_facts(made, name)
    made.add_component(_zone())
    for event in events:
        made.add_component(_component(event))
    return bytes(made.to_ical(sorted=False))


def _add_feed_facts(made: Calendar, name: str) -> None:
    for key in ("name", "x-wr-calname"):
        made.add(key, _Text(one_line(name)))
    made.add("x-wr-timezone", _Text("Europe/Oslo"))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", _Text("PT1H"))


@cache
def _zone() -> Component:
    zone = Component.from_ical(ZONE)
    rules = re.findall("RRULE:(.*)", ZONE)
    for part, rule in zip(zone.subcomponents, rules, strict=True):
        # As it was written: the library would put its parts in another order.
        part["RRULE"] = _Verbatim(rule)
    return zone


def _component(event: Event) -> CalendarEvent:
    made = CalendarEvent()
    made.add("uid", str(event.uid))
    made.add("dtstamp", event.stamp)
    made.add("last-modified", event.stamp)
    made.add("sequence", event.sequence)
    _add_time(made, event)
    _add_texts(made, event)
    if event.status is not None:
        made.add("status", event.status.value)
    made.add("transp", "OPAQUE" if event.is_busy else "TRANSPARENT")
    _add_people(made, event)
    return made


def _add_time(made: CalendarEvent, event: Event) -> None:
    for key, moment in (("dtstart", event.starts_at), ("dtend", event.ends_at)):
        if not isinstance(moment, datetime):
            made.add(key, moment)
            continue
        local = moment.astimezone(clock.OSLO)
        # Half of all programs are an hour off in the hour that comes twice, however good the zone: so there in UTC.
        made.add(key, local if clock.is_told_once(local) else moment.astimezone(UTC))


def _add_texts(made: CalendarEvent, event: Event) -> None:
    made.add("summary", _Text(one_line(event.summary)))
    if event.location:
        made.add("location", _Text(one_line(event.location)))
    if event.description:
        made.add("description", _Text(prose(event.description)))
    if event.url:
        made.add("url", vUri(event.url))


def _add_people(made: CalendarEvent, event: Event) -> None:
    if event.organiser is not None:
        made.add("organizer", _address(event.organiser))
    if event.attendee is not None:
        asked = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
        made.add("attendee", _address(event.attendee, **asked))


def _address(mailbox: Mailbox, **parameters: str) -> vCalAddress:
    address = vCalAddress("mailto:" + quote(mailbox.address, safe="@!$'*+/="))
    for key, value in parameters.items():
        address.params[key] = value
    # A quotation mark cannot stand in a parameter, and not every program knows the way round it of RFC 6868.
    if name := one_line(mailbox.name).translate({ord('"'): "'", ord("^"): " "}).strip():
        address.params["CN"] = name
    return address


class _Verbatim(vText):
    """A value that is written as it stands."""

    def to_ical(self) -> bytes:
        """The value itself."""
        return str(self).encode()


class _Text(vText):
    """A TEXT value (RFC 5545 3.3.11), escaped once and for all."""

    def to_ical(self) -> bytes:
        """The text with its backslashes, semicolons, commas and line breaks escaped."""
        return re.sub(r"([\\;,])", r"\\\1", str(self)).replace("\n", "\\n").encode()


def one_line(text: str) -> str:
    """The text on one line, of visible characters only."""
    return " ".join(prose(text).replace("\t", " ").split("\n")).strip()


def prose(text: str) -> str:
    """The text with plain line breaks, and otherwise of visible characters only."""
    lines = _LINE_BREAK.sub("\n", text)
    return "".join(character for character in lines if character in "\n\t" + _JOINERS or not _is_invisible(character))


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE
