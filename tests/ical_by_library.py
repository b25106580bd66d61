"""The same calendars as `app.kernel.ical` writes, built by the library icalendar: what its bytes are held against."""

import re
from collections.abc import Iterable
from datetime import UTC, timedelta
from functools import cache
from urllib.parse import quote

from icalendar import Calendar, Component, vCalAddress, vText, vUri
from icalendar import Event as CalendarEvent

from app.kernel import clock
from app.kernel.content_lines import one_line, prose
from app.kernel.ical import PRODUCT, ZONE, Event, Mailbox, Method


def calendar(events: Iterable[Event], *, method: Method | None = None, name: str = "") -> bytes:
    """One calendar with these events in this order."""
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
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
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
        if not hasattr(moment, "astimezone"):
            made.add(key, moment)
            continue
        local = moment.astimezone(clock.OSLO)
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
    for attendee in event.attendees:
        asked = {"CUTYPE": attendee.kind.value, "ROLE": attendee.role.value, "PARTSTAT": attendee.answer.value}
        rsvp = {"RSVP": "TRUE"} if attendee.rsvp else {}
        made.add("attendee", _address(attendee.mailbox, **asked, **rsvp))


def _address(mailbox: Mailbox, **parameters: str) -> vCalAddress:
    address = vCalAddress("mailto:" + quote(mailbox.address, safe="@!$'*+/="))
    for key, value in parameters.items():
        address.params[key] = value
    if name := one_line(mailbox.name).translate({ord('"'): "'", ord("^"): " "}).strip():
        address.params["CN"] = name
    return address


class _Verbatim(vText):
    """A value that is written as it stands."""

    def to_ical(self) -> bytes:
        return str(self).encode()


class _Text(vText):
    """A TEXT value (RFC 5545 3.3.11), escaped once and for all."""

    def to_ical(self) -> bytes:
        return re.sub(r"([\\;,])", r"\\\1", str(self)).replace("\n", "\\n").encode()
