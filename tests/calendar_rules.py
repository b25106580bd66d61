"""The rules of calendars by their ids, checked on the bytes without any calendar library.

L are of lines and text, C of the calendar, E of events, Z of the time zone, I of messages (RFC 5546), F of feeds.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
LINE = re.compile(
    r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', re.DOTALL
)
TEXTS = {"SUMMARY", "LOCATION", "DESCRIPTION", "NAME", "X-WR-CALNAME"}
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


@dataclass(frozen=True)
class Line:
    """One content line, unfolded: a property with its parameters as they were written."""

    name: str
    parameters: str
    value: str


@dataclass(frozen=True)
class Written:
    """A calendar as it is written: its bytes, its own lines, and the lines of each event."""

    body: bytes
    lines: list[Line]
    own: list[Line]
    events: list[list[Line]]

    @property
    def method(self) -> str:
        return values(self.own, "METHOD")[0] if values(self.own, "METHOD") else ""


def values(lines: list[Line], name: str) -> list[str]:
    """The values of one property, in order."""
    return [line.value for line in lines if line.name == name]


def written(body: bytes) -> Written:
    """A calendar taken apart, line by line."""
    unfolded = body.decode("utf-8", "replace").replace("\r\n ", "").replace("\r\n\t", "")
    lines = [_line(text) for text in unfolded.split("\r\n")[:-1]]
    own, events, depth = [], [], list[str]()
    for line in lines:
        if line.name == "BEGIN":
            depth.append(line.value)
            if line.value == "VEVENT":
                events.append(list[Line]())
        elif line.name == "END" and depth:
            depth.pop()
        elif depth == ["VCALENDAR"]:
            own.append(line)
        elif depth == ["VCALENDAR", "VEVENT"]:
            events[-1].append(line)
    return Written(body, lines, own, events)


def _line(text: str) -> Line:
    found = LINE.fullmatch(text)
    return Line(found[1].upper(), found[2], found[3]) if found else Line("?", "", text)


def broken(body: bytes) -> list[str]:
    """The ids of the rules that a calendar breaks, sorted."""
    calendar = written(body)
    return sorted(rule for rule, holds in RULES.items() if not holds(calendar))


def _lines_are_short(calendar: Written) -> bool:
    return all(len(line) <= 75 for line in calendar.body.split(b"\r\n"))


def _letters_are_whole(calendar: Written) -> bool:
    try:
        return all(line.decode() is not None for line in calendar.body.split(b"\r\n"))
    except UnicodeDecodeError:
        return False


def _ends_are_crlf(calendar: Written) -> bool:
    return not re.search(rb"(?<!\r)\n|\r(?!\n)", calendar.body)


def _texts_are_escaped(calendar: Written) -> bool:
    once = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
    return all(once.fullmatch(line.value) for line in calendar.lines if line.name in TEXTS)


def _nests(calendar: Written) -> bool:
    depth = list[str]()
    for line in calendar.lines:
        if line.name == "BEGIN":
            depth.append(line.value)
        elif line.name == "END" and (not depth or depth.pop() != line.value):
            return False
    return not depth


def _each(holds: Callable[[list[Line]], bool]) -> Callable[[Written], bool]:
    return lambda calendar: all(holds(event) for event in calendar.events)


def _once(name: str) -> Callable[[list[Line]], bool]:
    return lambda event: len(values(event, name)) == 1


def _is_uuid(event: list[Line]) -> bool:
    try:
        return [str(UUID(uid)) for uid in values(event, "UID")] == values(event, "UID")
    except ValueError:
        return False


def _time(event: list[Line], name: str) -> Line:
    return next((line for line in event if line.name == name), Line(name, "", ""))


def _ends_later(event: list[Line]) -> bool:
    start, end = _time(event, "DTSTART"), _time(event, "DTEND")
    same_kind = (len(start.value) == 8) == (len(end.value) == 8)
    return same_kind and (start.value.rstrip("Z") < end.value.rstrip("Z") or start.parameters != end.parameters)


def _is_fixed_in_time(event: list[Line]) -> bool:
    shapes = {("", 16): "Z", (";TZID=Europe/Oslo", 15): "", (";VALUE=DATE", 8): ""}
    return all(
        shapes.get((line.parameters, len(line.value))) == ("Z" if line.value.endswith("Z") else "")
        for line in (_time(event, "DTSTART"), _time(event, "DTEND"))
    )


def _avoids_the_change_hour(event: list[Line]) -> bool:
    # The change is on the last Sunday of March and October: there, 02:xx is said twice or never.
    for line in (_time(event, "DTSTART"), _time(event, "DTEND")):
        if not line.parameters.startswith(";TZID") or len(line.value) != 15:
            continue
        day = datetime.strptime(line.value, "%Y%m%dT%H%M%S")  # noqa: DTZ007 wall time is what is meant
        if day.month in (3, 10) and day.weekday() == 6 and day.day > 24 and day.hour == 2:
            return False
    return True


def _people_are_mailboxes(event: list[Line]) -> bool:
    people = [line for line in event if line.name in ("ORGANIZER", "ATTENDEE")]
    return all(re.fullmatch(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+", line.value) for line in people)


ASKED = re.compile(
    ";CUTYPE=INDIVIDUAL;ROLE=(?:CHAIR|REQ-PARTICIPANT|OPT-PARTICIPANT);PARTSTAT=(?:NEEDS-ACTION;RSVP=TRUE|"
    "(?:ACCEPTED|DECLINED|TENTATIVE|DELEGATED)(?:;RSVP=TRUE)?)(?:;CN=.*)?"
)
HELD = re.compile(
    ";CUTYPE=(?:ROOM|RESOURCE);ROLE=NON-PARTICIPANT;PARTSTAT=(?:ACCEPTED|NEEDS-ACTION;RSVP=TRUE)(?:;CN=.*)?"
)


def _roles_are_of_attendees(event: list[Line]) -> bool:
    attendees = [line.parameters for line in event if line.name == "ATTENDEE"]
    organisers = [line.parameters for line in event if line.name == "ORGANIZER"]
    return all(ASKED.fullmatch(parameters) or HELD.fullmatch(parameters) for parameters in attendees) and not any(
        re.search("CUTYPE|ROLE|PARTSTAT|RSVP", re.sub('"[^"]*"', "", parameters)) for parameters in organisers
    )


TO_ONE = ("REQUEST", "CANCEL", "DECLINECOUNTER", "REPLY", "COUNTER", "REFRESH")


def _is_between_two(calendar: Written) -> bool:
    if calendar.method not in TO_ONE:
        return True
    those = [[line for line in event if line.name == "ATTENDEE"] for event in calendar.events]
    people = [[line for line in each if "CUTYPE=INDIVIDUAL" in line.parameters] or each for each in those]
    return [len(each) for each in people] == [1]


EXACTLY_ONCE = {
    "PUBLISH": {"DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "UID"},
    "REQUEST": {"DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "UID"},
    "REPLY": {"ATTENDEE", "DTSTAMP", "ORGANIZER", "UID"},
    "CANCEL": {"DTSTAMP", "ORGANIZER", "SEQUENCE", "UID"},
    "COUNTER": {"DTSTAMP", "DTSTART", "ORGANIZER", "SEQUENCE", "SUMMARY", "UID"},
    "DECLINECOUNTER": {"DTSTAMP", "ORGANIZER", "UID"},
    "REFRESH": {"ATTENDEE", "DTSTAMP", "ORGANIZER", "UID"},
}
"""What must stand once in an event of each method (RFC 5546 3.2)."""
NEVER = {
    "PUBLISH": {"ATTENDEE", "REQUEST-STATUS"},
    "REQUEST": {"REQUEST-STATUS"},
    "CANCEL": {"REQUEST-STATUS"},
    "REFRESH": {"DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "TRANSP", "URL"},
}
"""What must not stand in an event of each method."""


def _fits_its_method(calendar: Written) -> bool:
    once, never = EXACTLY_ONCE.get(calendar.method, set()), NEVER.get(calendar.method, set())
    return all(
        all(len(values(event, name)) == 1 for name in once) and not any(values(event, name) for name in never)
        for event in calendar.events
    )


def _status_fits(calendar: Written) -> bool:
    lawful = {"REQUEST": [["CONFIRMED"], ["TENTATIVE"]], "CANCEL": [["CANCELLED"], []]}
    any_of_them = [["CONFIRMED"], ["TENTATIVE"], ["CANCELLED"], []]
    return all(values(event, "STATUS") in lawful.get(calendar.method, any_of_them) for event in calendar.events)


def _cancels_with_a_higher_sequence(calendar: Written) -> bool:
    cancelled = [
        event for event in calendar.events if calendar.method == "CANCEL" or "CANCELLED" in values(event, "STATUS")
    ]
    return all(values(event, "SEQUENCE") not in (["0"], []) for event in cancelled)


def _is_feed(calendar: Written) -> bool:
    return calendar.method in ("", "PUBLISH")


def _knows_its_name(calendar: Written) -> bool:
    names = values(calendar.own, "NAME"), values(calendar.own, "X-WR-CALNAME")
    return not _is_feed(calendar) or (len(names[0]) == 1 and names[0] == names[1])


def _knows_its_pace(calendar: Written) -> bool:
    pace = [(line.parameters, line.value) for line in calendar.own if line.name == "REFRESH-INTERVAL"]
    return not _is_feed(calendar) or (
        pace == [(";VALUE=DURATION", "PT1H")] and values(calendar.own, "X-PUBLISHED-TTL") == ["PT1H"]
    )


def _tells_no_secret(calendar: Written) -> bool:
    return not values(calendar.own, "SOURCE") and b"/f/" not in calendar.body and b"/p/" not in calendar.body


def _is_utf_8(calendar: Written) -> bool:
    try:
        return bool(calendar.body.decode())
    except UnicodeDecodeError:
        return False


def _has_both_times_of_the_year(calendar: Written) -> bool:
    needed = {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"}
    found = {kind: {line.name for line in _between(calendar, kind)} for kind in ("STANDARD", "DAYLIGHT")}
    return all(needed <= names for names in found.values())


def _between(calendar: Written, kind: str) -> list[Line]:
    begins, ends = Line("BEGIN", "", kind), Line("END", "", kind)
    if begins not in calendar.lines or ends not in calendar.lines:
        return []
    return calendar.lines[calendar.lines.index(begins) : calendar.lines.index(ends)]


def _declares_its_zones(calendar: Written) -> bool:
    declared = values(calendar.lines, "TZID")
    used = {zone for line in calendar.lines for zone in re.findall(";TZID=([^;:]+)", line.parameters)}
    return len(set(declared)) == len(declared) and used <= set(declared)


def _names_a_zone_for_wall_times_alone(event: list[Line]) -> bool:
    zoned = [line.value for line in event if ";TZID=" in line.parameters]
    return all(re.fullmatch(r"\d{8}T\d{6}", value) for value in zoned)


def _never_floats(event: list[Line]) -> bool:
    bare = [line.value for line in event if line.name in ("DTSTART", "DTEND") and not line.parameters]
    return all(value.endswith("Z") for value in bare)


REPEATING = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")


def _is_whole_number(event: list[Line]) -> bool:
    return all(re.fullmatch("[0-9]+", value) for value in values(event, "SEQUENCE"))


RULES: dict[str, Callable[[Written], bool]] = {
    "L01": _ends_are_crlf,
    "L02": _lines_are_short,
    "L03": _letters_are_whole,
    "L04": _is_utf_8,
    "L05": lambda calendar: calendar.body.startswith(b"BEGIN:VCALENDAR\r\n"),
    "L06": lambda calendar: not any(CONTROL.search(line.value + line.parameters) for line in calendar.lines),
    "L08": _texts_are_escaped,
    "L10": _nests,
    "L11": lambda calendar: calendar.body.endswith(b"END:VCALENDAR\r\n"),
    "L12": lambda calendar: all(line.name != "?" for line in calendar.lines),
    "C01": lambda calendar: values(calendar.own, "VERSION") == ["2.0"],
    "C02": lambda calendar: len(values(calendar.own, "PRODID")) == 1,
    "C03": lambda calendar: len(values(calendar.own, "METHOD")) <= 1,
    "C04": lambda calendar: values(calendar.own, "CALSCALE") == ["GREGORIAN"],
    "C06": lambda calendar: [line.value for line in calendar.lines if line.name == "BEGIN"].count("VCALENDAR") == 1,
    "E01": _each(_is_uuid),
    "E02": _each(
        lambda event: _once("DTSTAMP")(event) and all(stamp.endswith("Z") for stamp in values(event, "DTSTAMP"))
    ),
    "E03": _each(_once("DTSTART")),
    "E04": _each(lambda event: _once("DTEND")(event) and not values(event, "DURATION")),
    "E05": _each(_ends_later),
    "E06": _each(_is_fixed_in_time),
    "E07": _each(_names_a_zone_for_wall_times_alone),
    "E08": _each(_never_floats),
    "E10": lambda calendar: len({tuple(values(event, "UID")) for event in calendar.events}) == len(calendar.events),
    "E11": _each(lambda event: set(values(event, "STATUS")) <= {"TENTATIVE", "CONFIRMED", "CANCELLED"}),
    "E12": _each(lambda event: _once("SEQUENCE")(event) and _is_whole_number(event)),
    "E13": _each(lambda event: all(_once(name)(event) for name in ("SUMMARY", "TRANSP", "LAST-MODIFIED"))),
    "E14": _each(lambda event: set(values(event, "TRANSP")) <= {"OPAQUE", "TRANSPARENT"}),
    "E15": _each(lambda event: all(re.fullmatch(r"-?\d+\.\d+;-?\d+\.\d+", place) for place in values(event, "GEO"))),
    "E16": _each(lambda event: all(url.startswith(("https://", "http://")) for url in values(event, "URL"))),
    "E18": _each(
        lambda event: all(stamp.endswith("Z") for name in ("CREATED", "LAST-MODIFIED") for stamp in values(event, name))
    ),
    "E19": _each(_people_are_mailboxes),
    "E20": _each(_roles_are_of_attendees),
    "E22": _each(lambda event: len(set(values(event, "ATTENDEE"))) == len(values(event, "ATTENDEE"))),
    "E25": _each(lambda event: not any(values(event, name) for name in REPEATING)),  # ours never repeat: nor E26
    "H01": _each(
        lambda event: not values(event, "X-ALT-DESC") and not any("ALTREP" in line.parameters for line in event)
    ),
    "A01": lambda calendar: "VALARM" not in [line.value for line in calendar.lines if line.name == "BEGIN"],
    "Z01": _declares_its_zones,
    "Z02": _has_both_times_of_the_year,
    "Z04": lambda calendar: not {"UTC", "GMT", "Z"} & set(values(calendar.lines, "TZID")),
    "Z05": lambda calendar: calendar.body.count(ZONE.replace("\n", "\r\n").encode()) == 1,
    "Z06": _each(_avoids_the_change_hour),
    "I01": _is_between_two,
    "I04": _fits_its_method,
    "I02": _status_fits,
    "I03": _cancels_with_a_higher_sequence,
    "F01": lambda calendar: _is_feed(calendar) or not values(calendar.own, "NAME"),
    "F02": lambda calendar: not _is_feed(calendar) or not any(values(event, "ATTENDEE") for event in calendar.events),
    "F03": _knows_its_name,
    "F04": _knows_its_pace,
    "F06": lambda calendar: all(
        "VALUE=" in line.parameters for line in calendar.lines if line.name in ("SOURCE", "CONFERENCE", "IMAGE")
    ),
    "F07": lambda calendar: not _is_feed(calendar) or values(calendar.own, "X-WR-TIMEZONE") == ["Europe/Oslo"],
    "F08": lambda calendar: not values(calendar.own, "UID"),
    "F09": _tells_no_secret,
}
