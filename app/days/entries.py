"""The entries of a foreign calendar (RFC 5545, RFC 2445), of which only what tells when somebody is busy is kept. Pure.

What others have made is read line by line, and the rest is thrown away as it goes by: however deep, large or odd a
calendar is, what is left of it is small.
"""

import re
from dataclasses import dataclass, field

from app.kernel.refusals import Invalid

MOST_BYTES = 5_000_000
MOST_ENTRIES = 20_000
MOST_VALUES = 2_000  # of one name in one entry: dates on which a series does not take place, say
MOST_DEPTH = 10
_KINDS = {"VEVENT", "VFREEBUSY", "VTIMEZONE"}
_PARTS = {"STANDARD", "DAYLIGHT"}
_KEPT = {
    *("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "TRANSP"),
    *("X-MICROSOFT-CDO-BUSYSTATUS", "FREEBUSY", "TZID", "TZOFFSETFROM", "TZOFFSETTO"),
}
_FOLD = re.compile(r"\r?\n[ \t]")
# Outlook leaves out the quotation marks round “(UTC+01:00) Brussels, Paris”, which has a colon of its own.
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|\((?:UTC|GMT)[^)]*\)[^";:]*|[^";:]*)')


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says: its parameters by name in capitals, and its value as it stands."""

    parameters: dict[str, str]
    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One component: its kind, its lines by name, and the parts of a time zone."""

    kind: str
    lines: dict[str, list[Line]] = field(default_factory=dict)
    parts: list["Entry"] = field(default_factory=list)

    def first(self, name: str) -> Line | None:
        """The first line of this name; None when there is none."""
        return next(iter(self.lines.get(name, ())), None)

    def word(self, name: str) -> str:
        """The value of the first line of this name in capitals, empty when there is none."""
        line = self.first(name)
        return line.value.strip().upper() if line else ""


def entries_of(content: bytes) -> list[Entry]:
    """The appointments, busy times and time zones of a calendar, in its order.

    Raises Invalid for what is no calendar, is torn, or holds more than is read.
    """
    if len(content) > MOST_BYTES:
        raise Invalid("The calendar is larger than {megabytes} MB.", megabytes=MOST_BYTES // 1_000_000)
    text = content.decode("utf-8-sig", "replace").lstrip()
    if not text[:15].upper() == "BEGIN:VCALENDAR":
        raise Invalid("This is not a calendar file. Choose one whose name ends in .ics.")
    if text.upper().count("BEGIN:VEVENT") > MOST_ENTRIES:
        raise Invalid("There are more than {most} appointments in the calendar.", most=MOST_ENTRIES)
    return _Reader().read(_FOLD.sub("", text))


class _Reader:
    """Goes through the lines of one calendar; `open_kinds` are the components that the present line stands in."""

    def __init__(self) -> None:
        self.open_kinds: list[str] = []
        self.found: list[Entry] = []

    def read(self, text: str) -> list[Entry]:
        for line in text.split("\n"):
            name = line[: min(place for place in (line.find(":"), line.find(";"), len(line)) if place >= 0)].upper()
            if name == "BEGIN":
                self._begin(line[6:].strip().upper())
            elif name == "END":
                self._end(line[4:].strip().upper())
            elif name in _KEPT:
                self._keep(name, line.rstrip("\r")[len(name) :])
        if self.open_kinds:
            raise Invalid("The calendar is torn: its end is missing.")
        return self.found

    def _begin(self, kind: str) -> None:
        if len(self.open_kinds) >= MOST_DEPTH:
            raise Invalid("The calendar cannot be read.")
        self.open_kinds.append(kind)
        if kind in _KINDS and self.open_kinds == ["VCALENDAR", kind]:
            self.found.append(Entry(kind))
        elif kind in _PARTS and self.open_kinds == ["VCALENDAR", "VTIMEZONE", kind]:
            self.found[-1].parts.append(Entry(kind))

    def _end(self, kind: str) -> None:
        if not self.open_kinds or self.open_kinds.pop() != kind:
            raise Invalid("The calendar cannot be read.")

    def _keep(self, name: str, rest: str) -> None:
        entry = self._present()
        if entry is None:
            return
        parameters: dict[str, str] = {}
        place = 0
        while found := _PARAMETER.match(rest, place):
            parameters[found[1].upper()] = found[2].strip('"')
            place = found.end()
        kept = entry.lines.setdefault(name, [])
        if rest.startswith(":", place) and len(kept) < MOST_VALUES:
            kept.append(Line(parameters, rest[place + 1 :].strip()))

    def _present(self) -> Entry | None:
        match self.open_kinds:
            case ["VCALENDAR", kind] if kind in _KINDS:
                return self.found[-1]
            case ["VCALENDAR", "VTIMEZONE", kind] if kind in _PARTS:
                return self.found[-1].parts[-1]
        return None
