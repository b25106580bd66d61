"""What somebody's calendar answers (RFC 5546): REPLY, COUNTER or REFRESH, however the program writes. Pure.

Programs differ from the standard, and are understood all the same: answers of Exchange name no organiser, and are in
small letters; some know no address of their attendee, and write `invalid:nomail`.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote
from uuid import UUID

from icalendar import Calendar, Component

from app.days.entries import Entry, entries_of
from app.days.moments import when
from app.days.repeats import Purse
from app.days.zones import Zones
from app.invitations.messages import Opened, Unreadable, decoded
from app.kernel import clock
from app.kernel.content_lines import one_line, prose
from app.kernel.ical import Method, PartStat
from app.kernel.refusals import Invalid

MOST_OCTETS = 256_000
MOST_COMMENT = 500  # letters
_MOST_LINES = 1_000
_MOST_STEPS = 5_000  # of what zones repeat: a real one takes a few hundred
_COUNT = {"BEGIN", "END", "METHOD", "UID", "SEQUENCE", "DTSTAMP", "ATTENDEE", "COMMENT"}
_UNFOLDED = re.compile(r"\r?\n[ \t]")
_ZONED_STAMP = re.compile("^DTSTAMP;[^:]*:", re.IGNORECASE)
_METHODS = {Method.REPLY, Method.COUNTER, Method.REFRESH}
_KINDS = ("text/calendar", "application/ics")


@dataclass(frozen=True, slots=True)
class Reply:
    """What one attendee says of one appointment.

    `attendee` is whom it is said of, in small letters, or empty where the program does not know; `sent_by` who says it
    on the attendee's behalf. `answer` is None where none is given. A proposed time is that of a COUNTER.
    """

    method: Method
    uid: UUID | None
    attendee: str
    sent_by: str
    answer: PartStat | None
    sequence: int
    stamp: datetime | None
    comment: str = ""
    delegated_to: str = ""
    proposed_start: datetime | None = None
    proposed_end: datetime | None = None


def reply_in(message: Opened) -> Reply | None:
    """The answer that a message carries; None where it is no answer of a calendar.

    Raises Unreadable where what it carries is not a calendar as calendars are.
    """
    part = next((part for part in message.parts if part.get_content_type() in _KINDS), None)
    content = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(content, bytes):
        return None
    if len(content) > MOST_OCTETS:
        raise Unreadable("the calendar is too large")
    return read_reply(decoded(content, part.get_content_charset()), message.sender.address)


def read_reply(text: str, sender: str) -> Reply | None:
    """The answer in a calendar that `sender` has sent; None where it is another message than an answer."""
    calendar = _calendar(text)
    method = _method(calendar)
    event = next(iter(calendar.walk("VEVENT")), None)
    if method is None or event is None:
        return None
    attendee = _attendee(event, sender)
    start, end = _proposed(text) if method is Method.COUNTER else (None, None)
    return Reply(
        method=method,
        uid=_uid(event),
        attendee=_address(attendee),
        sent_by=_address(_parameter(attendee, "SENT-BY")),
        answer=_answer(attendee),
        sequence=_sequence(event),
        stamp=_moment(event, "DTSTAMP"),
        comment=_comment(event),
        delegated_to=_address(_parameter(attendee, "DELEGATED-TO"))[:254],
        proposed_start=start,
        proposed_end=end,
    )


def _calendar(text: str) -> Component:
    try:
        (calendar, *_) = Calendar.from_ical(_what_counts(text), multiple=True)
    # The library says of a broken calendar what its parts happen to raise.
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as broken:
        raise Unreadable("the calendar cannot be read") from broken
    return calendar


def _what_counts(text: str) -> str:
    """The lines of a calendar that tell what is answered; raises Unreadable for more than any answer has.

    The library would follow what a time zone repeats for as long as that goes on, and would keep each zone, by its
    name alone, for all calendars that it reads afterwards: whoever names one first would set the clocks of others.
    """
    lines = [line for line in _UNFOLDED.sub("", text).split("\n") if _name(line) in _COUNT]
    if len(lines) > _MOST_LINES:
        raise Unreadable("the calendar is too long")
    # A stamp is in UTC, and needs no zone.
    return "\n".join(_ZONED_STAMP.sub("DTSTAMP:", line) for line in lines if not _is_of_zone(line.upper()))


def _name(line: str) -> str:
    return re.split("[:;\r]", line, maxsplit=1)[0].upper()


def _is_of_zone(line: str) -> bool:
    return line.startswith(("BEGIN", "END")) and "VTIMEZONE" in line


def _proposed(text: str) -> tuple[datetime | None, datetime | None]:
    """From when to when a calendar proposes, in the zones that it declares; None for each that it does not tell."""
    with suppress(Invalid, ValueError, OverflowError):
        entries = entries_of(text.encode(errors="replace"))
        event = next(entry for entry in entries if entry.kind == "VEVENT")
        near = datetime.strptime(event.word("DTSTART")[:8], "%Y%m%d")  # noqa: DTZ007 by the clock on the wall
        zones = Zones(entries, clock.OSLO, near, Purse(_MOST_STEPS))
        return _told(event, "DTSTART", zones), _told(event, "DTEND", zones)
    return None, None


def _told(event: Entry, name: str, zones: Zones) -> datetime | None:
    found = when(event.first(name), zones)
    # By the clock at the place, as it is shown: the end of time in UTC is past it there.
    return None if found is None or found.is_date else found.moment.astimezone(clock.OSLO)


def _method(calendar: Component) -> Method | None:
    said = str(calendar.get("METHOD", "")).strip().upper()
    return next((method for method in _METHODS if method.value == said), None)


def _uid(event: Component) -> UUID | None:
    with suppress(ValueError):
        return UUID(str(event.get("UID", "")).strip())
    return None


def _several(event: Component, name: str) -> Iterator[object]:
    found = event.get(name)
    yield from found if isinstance(found, list) else [found] if found is not None else []


def _attendee(event: Component, sender: str) -> object:
    # One answer is of one attendee; where a program lists more, it is the sender's.
    attendees = list(_several(event, "ATTENDEE"))
    known = (one for one in attendees if sender in (_address(one), _address(_parameter(one, "SENT-BY"))))
    return next(known, attendees[0] if attendees else None)


def _parameter(attendee: object, name: str) -> object:
    found = getattr(attendee, "params", {}).get(name)
    return found[0] if isinstance(found, list) and found else found


def _address(value: object) -> str:
    scheme, colon, address = one_line(str(value or "")).strip('" ').partition(":")
    return unquote(address).strip().casefold() if colon and scheme.casefold() == "mailto" else ""


def _answer(attendee: object) -> PartStat | None:
    said = str(_parameter(attendee, "PARTSTAT") or "").strip().upper()
    return next((answer for answer in PartStat if answer.value == said), None)


def _sequence(event: Component) -> int:
    with suppress(ValueError, TypeError):
        return max(0, min(int(event.get("SEQUENCE", 0)), 2**31 - 1))
    return 0


def _moment(event: Component, name: str) -> datetime | None:
    # ValueError is what the library says of a value that is no moment.
    with suppress(OverflowError, ValueError):
        found = getattr(event.get(name), "dt", None)
        if isinstance(found, datetime):
            aware = found if found.tzinfo else found.replace(tzinfo=clock.OSLO)
            return aware.astimezone(clock.OSLO)
    return None


def _comment(event: Component) -> str:
    said = (prose(str(comment)).strip() for comment in _several(event, "COMMENT"))
    return "\n".join(comment for comment in said if comment)[:MOST_COMMENT]
