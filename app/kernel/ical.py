"""Calendars (RFC 5545, RFC 7986) as bytes: pure, the same for the same events, and read alike by every client.

They are written line by line, ten times as fast as a library builds them: feeds are many, and made anew with every
change. The tests hold every byte against what a library writes, except where we differ from it with cause. The zone
is a fixed text, since the one that icalendar makes up is misread by an hour. The calendar has no UID, since it would
be random, and makes some programs keep a whole feed as one entry. Texts are cleaned and escaped once and for all,
since icalendar leaves names of calendars as they are, and reads a backslash before a capital N as a line break.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote
from uuid import UUID

from app.kernel import clock
from app.kernel.content_lines import escaped, one_line, prose, written

PRODUCT = "-//Dialogdag//Dialogdag//EN"
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
_BEGINNING = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\nCALSCALE:GREGORIAN\r\n".encode()
_ZONE = ZONE.replace("\n", "\r\n").encode()
_END = b"END:VCALENDAR\r\n"
_QUOTED = re.compile("[ ',;:’]")  # with one of these in it, a parameter stands in quotation marks


class Method(StrEnum):
    """What a calendar sent by mail asks of its reader (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"
    REPLY = "REPLY"
    COUNTER = "COUNTER"
    DECLINECOUNTER = "DECLINECOUNTER"
    REFRESH = "REFRESH"


class Status(StrEnum):
    """Whether an event takes place."""

    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class AttendeeKind(StrEnum):
    """What an attendee is (CUTYPE)."""

    INDIVIDUAL = "INDIVIDUAL"
    ROOM = "ROOM"
    RESOURCE = "RESOURCE"


class Role(StrEnum):
    """What part an attendee has in an event."""

    CHAIR = "CHAIR"
    REQUIRED = "REQ-PARTICIPANT"
    OPTIONAL = "OPT-PARTICIPANT"
    NONE = "NON-PARTICIPANT"


class PartStat(StrEnum):
    """What an attendee has answered."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"
    DELEGATED = "DELEGATED"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody who can be written to."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who or what an event is with: unless more is said, somebody who has not answered yet, and is asked to."""

    mailbox: Mailbox
    kind: AttendeeKind = AttendeeKind.INDIVIDUAL
    role: Role = Role.REQUIRED
    answer: PartStat = PartStat.NEEDS_ACTION
    rsvp: bool = True

    @classmethod
    def room(cls, mailbox: Mailbox) -> "Attendee":
        """A room, which is held and answers nothing."""
        return cls(mailbox, AttendeeKind.ROOM, Role.NONE, PartStat.ACCEPTED, rsvp=False)


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
    attendees: tuple[Attendee, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.starts_at, datetime) != isinstance(self.ends_at, datetime):
            raise ValueError("an event is at two moments or on whole days, never both")
        if self.ends_at <= self.starts_at:
            raise ValueError("an event ends after its start")


def calendar(events: Iterable[Event], *, method: Method | None = None, name: str = "") -> bytes:
    """One calendar with these events in this order: a message when it has a `method`, a feed when it has a `name`."""
    lines = [line for event in events for line in _event(event)]
    return b"".join((_BEGINNING, written(_own(method, name)), _ZONE, written(lines), _END))


def declined_counter(uid: UUID, sequence: int, stamp: datetime, organiser: Mailbox) -> bytes:
    """A message to whoever has proposed another time (RFC 5546 3.2.8): the time stays."""
    said = (f"UID:{uid}", f"DTSTAMP:{utc(stamp)}", f"SEQUENCE:{sequence}", person("ORGANIZER", organiser))
    lines = (f"METHOD:{Method.DECLINECOUNTER.value}", "BEGIN:VEVENT", *said, "END:VEVENT")
    return b"".join((_BEGINNING, written(lines), _END))


def _own(method: Method | None, name: str) -> Iterator[str]:
    if method is not None:
        yield f"METHOD:{method.value}"
    if name:
        shown = escaped(one_line(name))
        yield from (f"NAME:{shown}", f"X-WR-CALNAME:{shown}", "X-WR-TIMEZONE:Europe/Oslo")
        yield from ("REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H")


def _event(event: Event) -> Iterator[str]:
    stamp = utc(event.stamp)
    yield from ("BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{stamp}", f"LAST-MODIFIED:{stamp}")
    yield f"SEQUENCE:{event.sequence}"
    yield from (f"DTSTART{_time(event.starts_at)}", f"DTEND{_time(event.ends_at)}")
    yield from _texts(event)
    if event.status is not None:
        yield f"STATUS:{event.status.value}"
    yield "TRANSP:OPAQUE" if event.is_busy else "TRANSP:TRANSPARENT"
    if event.organiser is not None:
        yield person("ORGANIZER", event.organiser)
    for attendee in event.attendees:
        yield _attendee(attendee)
    yield "END:VEVENT"


def _texts(event: Event) -> Iterator[str]:
    yield f"SUMMARY:{_escaped_line(event.summary)}"
    if event.location:
        yield f"LOCATION:{_escaped_line(event.location)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(prose(event.description))}"
    if event.url:
        yield f"URL:{event.url}"


@lru_cache(maxsize=1_000)  # the same few rooms and titles stand in many events
def _escaped_line(text: str) -> str:
    return escaped(one_line(text))


def utc(moment: datetime) -> str:
    """A moment in UTC as calendars write it: 20270408T114500Z."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S}Z"


@lru_cache(maxsize=1_000)  # as the same hours do
def _time(moment: datetime | date) -> str:
    if not isinstance(moment, datetime):
        return f";VALUE=DATE:{moment:%Y%m%d}"
    local = moment.astimezone(clock.OSLO)
    # Half of all programs are an hour off in the hour that comes twice, however good the zone: so there in UTC.
    return f";TZID=Europe/Oslo:{local:%Y%m%dT%H%M%S}" if clock.is_told_once(local) else f":{utc(moment)}"


def _attendee(attendee: Attendee) -> str:
    asked = ";RSVP=TRUE" if attendee.rsvp else ""
    parameters = f";CUTYPE={attendee.kind.value};ROLE={attendee.role.value};PARTSTAT={attendee.answer.value}{asked}"
    return person(f"ATTENDEE{parameters}", attendee.mailbox)


def person(who: str, mailbox: Mailbox) -> str:
    """The line that says `who` has this mailbox, by name where there is one."""
    # A quotation mark cannot stand in a parameter, and not every program knows the way round it of RFC 6868.
    name = one_line(mailbox.name).translate({ord('"'): "'", ord("^"): " "}).strip()
    if name:
        who += f';CN="{name}"' if _QUOTED.search(name) else f";CN={name}"
    return f"{who}:mailto:" + quote(mailbox.address, safe="@!$'*+/=")
