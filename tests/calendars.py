"""What four programs that share no code read in a calendar; `read` is what they agree on."""

import atexit
import base64
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import vobject

ROOT = Path(__file__).parent.parent
# The one of the tests' own environment first: node-ical needs a later one than many machines have.
_NODE = shutil.which("node", path=str(Path(sys.executable).parent)) or "node"


@dataclass(frozen=True)
class ReadEvent:
    """One event, as a program understands it; moments are ISO texts in UTC, whole days are dates."""

    uid: str
    sequence: int
    status: str
    starts_at: str
    ends_at: str
    summary: str
    location: str
    description: str
    transparency: str
    stamp: str
    organisers: list[list[str]]
    attendees: list[list[str]]


@dataclass(frozen=True)
class ReadCalendar:
    """One calendar, as a program understands it."""

    method: str
    name: str
    events: list[ReadEvent]


def read(body: bytes) -> ReadCalendar:
    """What icalendar, vobject, ical.js and node-ical all read; fails when they differ."""
    by_js, by_node = _by_programs(body)
    first, *others = (by_icalendar(body), by_vobject(body), by_js, by_node)
    # node-ical 0.27 takes a backslash that stands before an n for a line break, however it is escaped.
    for other in others[:-1] if re.search(rb"\\\\[nN]", body.replace(b"\r\n ", b"")) else others:
        assert other == first
    return first


def by_ical_js(body: bytes) -> ReadCalendar:
    """What ical.js reads, which Thunderbird and Nextcloud read with: a calendar, or one as JSON (RFC 7265)."""
    return _by_programs(body)[0]


def _by_programs(body: bytes) -> list[ReadCalendar]:
    process = _programs()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(base64.b64encode(body) + b"\n")
    process.stdin.flush()
    return [_told(answer) for answer in json.loads(process.stdout.readline()) if answer]


def _told(answer: dict[str, Any]) -> ReadCalendar:
    return ReadCalendar(answer["method"], _text(answer["name"]), [ReadEvent(**event) for event in answer["events"]])


@cache
def _programs() -> subprocess.Popen[bytes]:
    # One for all tests of this process, since to start it takes longer than to read a hundred calendars.
    command = [_NODE, str(ROOT / "tests/calendars.cjs")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    atexit.register(process.communicate)
    return process


def by_icalendar(body: bytes) -> ReadCalendar:
    """What icalendar reads."""
    read = icalendar.Calendar.from_ical(body)
    events = [_by_icalendar(event) for event in read.walk("VEVENT")]
    return ReadCalendar(str(read.get("METHOD", "")), _text(str(read.get("NAME", ""))), events)


def _by_icalendar(event: Any) -> ReadEvent:
    return ReadEvent(
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        status=str(event.get("STATUS", "")),
        starts_at=_iso(event["DTSTART"].dt),
        ends_at=_iso(event["DTEND"].dt),
        summary=str(event["SUMMARY"]),
        location=str(event.get("LOCATION", "")),
        description=str(event.get("DESCRIPTION", "")),
        transparency=str(event["TRANSP"]),
        stamp=_iso(event["DTSTAMP"].dt),
        organisers=_people(event.get("ORGANIZER")),
        attendees=_people(event.get("ATTENDEE")),
    )


def _people(found: Any) -> list[list[str]]:
    several = found if isinstance(found, list) else [found] if found is not None else []
    return [[str(one.params.get("CN", "")), str(one)] for one in several]


def by_vobject(body: bytes) -> ReadCalendar:
    """What vobject reads."""
    read = vobject.readOne(body.decode())
    events = [_by_vobject(event.contents) for event in read.contents.get("vevent", [])]
    return ReadCalendar(_first(read.contents, "method"), _first(read.contents, "name"), events)


def _text(name: str) -> str:
    # Most do not know NAME of RFC 7986: they leave it as it stands on the line.
    return re.sub(r"\\(.)", r"\1", name)


def _by_vobject(event: Mapping[str, list[Any]]) -> ReadEvent:
    return ReadEvent(
        uid=_first(event, "uid"),
        sequence=int(_first(event, "sequence")),
        status=_first(event, "status"),
        starts_at=_iso(event["dtstart"][0].value),
        ends_at=_iso(event["dtend"][0].value),
        summary=_first(event, "summary"),
        location=_first(event, "location"),
        description=_first(event, "description"),
        transparency=_first(event, "transp"),
        stamp=_iso(event["dtstamp"][0].value),
        organisers=_with_names(event.get("organizer", [])),
        attendees=_with_names(event.get("attendee", [])),
    )


def _first(contents: Mapping[str, list[Any]], name: str) -> str:
    return str(contents[name][0].value) if name in contents else ""


def _with_names(people: list[Any]) -> list[list[str]]:
    return [[one.params.get("CN", [""])[0], one.value] for one in people]


def _iso(moment: date | datetime) -> str:
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else moment.isoformat()
