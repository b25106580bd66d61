"""Calendars: by the rules, read alike by four programs, and the same bytes for the same events."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.ical import Attendee, AttendeeKind, Event, Mailbox, Method, PartStat, Role, Status, calendar
from tests import ical_by_library
from tests.calendar_rules import RULES, broken, written
from tests.calendars import ReadCalendar, ReadEvent, by_icalendar, by_vobject, read

LONG = "Kommunalteknisk Velferdsteknologi og Ærverdig Ånd " * 6
MEETING = Event(
    uid=UUID("6f0c2f0e-9d0a-4a5c-8a55-3c1f5d0f6a01"),
    starts_at=datetime(2027, 4, 8, 11, 45, tzinfo=UTC),
    ends_at=datetime(2027, 4, 8, 12, 30, tzinfo=UTC),
    summary="En-til-en-møte",
    stamp=datetime(2027, 3, 1, 8, 0, tzinfo=UTC),
    sequence=2,
    description="Panel C: Kari Steinsvik (Steinvåg)\nVerksted; lunsj, kaffe",
    location="Rom Bjørk, Nordlysveien 12",
    url="https://dialog.vikstrand.example/d/medisin",
    organiser=Mailbox("Vikstrand kommune", "markedsdialog@vikstrand.example"),
    attendees=(Attendee(Mailbox("Silje Arnesen", "silje@dosevakt.example")),),
)
SHOWN = replace(MEETING, organiser=None, attendees=())
READ = ReadEvent(
    uid="6f0c2f0e-9d0a-4a5c-8a55-3c1f5d0f6a01",
    sequence=2,
    status="CONFIRMED",
    starts_at="2027-04-08T11:45:00+00:00",
    ends_at="2027-04-08T12:30:00+00:00",
    summary="En-til-en-møte",
    location="Rom Bjørk, Nordlysveien 12",
    description="Panel C: Kari Steinsvik (Steinvåg)\nVerksted; lunsj, kaffe",
    transparency="OPAQUE",
    stamp="2027-03-01T08:00:00+00:00",
    organisers=[["Vikstrand kommune", "mailto:markedsdialog@vikstrand.example"]],
    attendees=[["Silje Arnesen", "mailto:silje@dosevakt.example"]],
)
READ_SHOWN = replace(READ, organisers=[], attendees=[])


def test_a_request_is_read_alike_by_four_programs() -> None:
    body = calendar([MEETING], method=Method.REQUEST)

    assert broken(body) == []
    assert read(body) == ReadCalendar("REQUEST", "", [READ])


def test_a_cancellation_is_read_alike_by_four_programs() -> None:
    taken_back = replace(MEETING, status=Status.CANCELLED, sequence=3)

    body = calendar([taken_back], method=Method.CANCEL)

    assert broken(body) == []
    assert read(body) == ReadCalendar("CANCEL", "", [replace(READ, status="CANCELLED", sequence=3)])


def test_one_who_is_taken_off_gets_a_cancellation_without_a_status() -> None:
    body = calendar([replace(MEETING, status=None)], method=Method.CANCEL)

    assert broken(body) == []
    assert read(body).events == [replace(READ, status="")]


def test_a_feed_is_read_alike_by_four_programs() -> None:
    other = replace(SHOWN, uid=UUID(int=7), is_busy=False, status=Status.CANCELLED, summary="Avlyst: møte")

    body = calendar([SHOWN, other], name="Dosevakt AS – Riktig medisin, til riktig tid")

    assert broken(body) == []
    also = replace(
        READ_SHOWN, uid=str(UUID(int=7)), status="CANCELLED", summary="Avlyst: møte", transparency="TRANSPARENT"
    )
    assert read(body) == ReadCalendar("", "Dosevakt AS – Riktig medisin, til riktig tid", [READ_SHOWN, also])


def test_an_empty_feed_is_a_calendar_still() -> None:
    body = calendar([], name="Rom Bjørk")

    assert (broken(body), read(body)) == ([], ReadCalendar("", "Rom Bjørk", []))


def test_whole_days_are_read_alike_by_four_programs() -> None:
    whole = replace(SHOWN, starts_at=date(2027, 4, 8), ends_at=date(2027, 4, 9))

    body = calendar([whole], name="Dialogdag")

    assert broken(body) == []
    assert read(body).events == [replace(READ_SHOWN, starts_at="2027-04-08", ends_at="2027-04-09")]


TEXTS = {
    "a backslash before a capital n": r"C:\Nord \n og \\ så",
    "commas and semicolons": "a,b;c:d\"e'f",
    "line breaks": "en\nto\n\ntre",
    "letters across a fold": "æøå" * 100,
    "signs of four bytes across a fold": "a" + "🚌" * 90,
    "300 letters": LONG[:300],
    "a line that begins with a space": " " * 80 + "x",
}


@pytest.mark.parametrize("text", TEXTS)
def test_texts_come_back_as_they_were(text: str) -> None:
    """L08, L09."""
    body = calendar([replace(SHOWN, description=TEXTS[text])], name="Dialogdag")

    assert broken(body) == []
    assert read(body).events == [replace(READ_SHOWN, description=TEXTS[text])]


OFFSETS = {
    "January": (datetime(2027, 1, 14, 8, tzinfo=UTC), "20270114T090000"),
    "July": (datetime(2027, 7, 15, 7, tzinfo=UTC), "20270715T090000"),
    "the evening before the spring change": (datetime(2027, 3, 27, 20, tzinfo=UTC), "20270327T210000"),
    "the morning after the spring change": (datetime(2027, 3, 28, 7, tzinfo=UTC), "20270328T090000"),
    "the morning after the autumn change": (datetime(2026, 10, 25, 8, tzinfo=UTC), "20261025T090000"),
}


@pytest.mark.parametrize("season", OFFSETS)
def test_times_are_written_as_on_the_wall_and_read_as_the_same_moments(season: str) -> None:
    """Z03: in both offsets, and on both sides of both changes."""
    starts_at, wall = OFFSETS[season]
    ends_at = starts_at + timedelta(minutes=45)

    body = calendar([replace(SHOWN, starts_at=starts_at, ends_at=ends_at)], name="Dialogdag")

    assert broken(body) == []
    assert f"DTSTART;TZID=Europe/Oslo:{wall}\r\n".encode() in body
    assert [(event.starts_at, event.ends_at) for event in read(body).events] == [
        (starts_at.isoformat(), ends_at.isoformat())
    ]


@pytest.mark.parametrize("hour", [0, 1], ids=["the first time it is 02:30", "the second time it is 02:30"])
def test_the_hour_that_comes_twice_is_written_in_utc(hour: int) -> None:
    starts_at = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    ends_at = datetime(2026, 10, 25, 3, 0, tzinfo=UTC)

    body = calendar([replace(SHOWN, starts_at=starts_at, ends_at=ends_at)], name="Dialogdag")

    assert broken(body) == []
    assert f"DTSTART:20261025T{hour:02}3000Z\r\n".encode() in body
    assert read(body).events == [
        replace(READ_SHOWN, starts_at=starts_at.isoformat(), ends_at="2026-10-25T03:00:00+00:00")
    ]


def test_a_name_of_three_hundred_letters_comes_back_as_it_was() -> None:
    """L02, L03, L12: of a feed, and of somebody in a letter."""
    long = ("Kommunalteknisk Velferdsteknologi, Ærverdig: Ånd – " * 6)[:300].rstrip()
    silje = replace(MEETING.attendees[0], mailbox=Mailbox(long, "silje@dosevakt.example"))

    feed = calendar([SHOWN], name=long)
    letter = calendar([replace(MEETING, attendees=(silje,))], method=Method.REQUEST)

    assert (broken(feed), read(feed).name) == ([], long)
    assert (broken(letter), read(letter).events[0].attendees) == ([], [[long, "mailto:silje@dosevakt.example"]])


def test_three_hundred_events_are_read_alike_by_four_programs() -> None:
    """What is moved, cancelled and whole-day is among them, over a year with both changes of the clock."""
    moved = [replace(SHOWN, uid=UUID(int=number), sequence=number % 3) for number in range(300)]
    events = [
        replace(
            event,
            starts_at=datetime(2026, 9, 1, 7, tzinfo=UTC) + number * timedelta(days=1, hours=1),
            ends_at=datetime(2026, 9, 1, 7, 45, tzinfo=UTC) + number * timedelta(days=1, hours=1),
            status=Status.CANCELLED if number % 7 == 6 else Status.CONFIRMED,
            sequence=event.sequence + (number % 7 == 6),
        )
        if number % 10
        else replace(event, starts_at=date(2026, 9, 1 + number // 10), ends_at=date(2026, 9, 2 + number // 10))
        for number, event in enumerate(moved[:290])
    ]

    body = calendar([*events, *moved[290:]], name="Alle")

    told = read(body).events
    assert broken(body) == []
    assert [(event.uid, event.sequence, event.status) for event in told] == [
        (str(event.uid), event.sequence, event.status.value if event.status else "")
        for event in [*events, *moved[290:]]
    ]
    assert [event.starts_at for event in told[:3]] == [
        "2026-09-01",
        "2026-09-02T08:00:00+00:00",
        "2026-09-03T09:00:00+00:00",
    ]
    assert len(body) < 1_000_000  # what Google takes


def test_the_same_events_give_the_same_bytes() -> None:
    assert calendar([SHOWN], name="Dialogdag") == calendar([SHOWN], name="Dialogdag")


def test_an_event_ends_after_its_start() -> None:
    with pytest.raises(ValueError, match="ends after its start"):
        replace(MEETING, ends_at=MEETING.starts_at)


def test_an_event_is_never_half_a_whole_day() -> None:
    with pytest.raises(ValueError, match="never both"):
        replace(MEETING, ends_at=date(2027, 4, 9))


def test_a_request_may_name_the_room_beside_its_one_recipient() -> None:
    """E20, I01: a room is held, and answers nothing."""
    room = Attendee.room(Mailbox("Rom Bjørk", "rom-bjork@vikstrand.example"))

    body = calendar([replace(MEETING, attendees=(*MEETING.attendees, room))], method=Method.REQUEST)

    assert broken(body) == []
    assert [(line.parameters, line.value) for line in written(body).events[0] if line.name == "ATTENDEE"] == [
        (
            ';CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Silje Arnesen"',
            "mailto:silje@dosevakt.example",
        ),
        (
            ';CUTYPE=ROOM;ROLE=NON-PARTICIPANT;PARTSTAT=ACCEPTED;CN="Rom Bjørk"',
            "mailto:rom-bjork@vikstrand.example",
        ),
    ]
    assert read(body).events[0].attendees[1] == ["Rom Bjørk", "mailto:rom-bjork@vikstrand.example"]


@pytest.mark.parametrize("answer", PartStat)
def test_an_answer_says_who_answers_and_how(answer: PartStat) -> None:
    """E20, I04."""
    silje = replace(MEETING.attendees[0], answer=answer)

    body = calendar([replace(MEETING, attendees=(silje,))], method=Method.REPLY)

    assert broken(body) == []
    assert f";PARTSTAT={answer.value};RSVP=TRUE;CN=" in str(written(body).events[0])
    assert by_icalendar(body).method == by_vobject(body).method == "REPLY"


def test_an_address_that_would_be_two_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="no line break"):
        calendar([replace(MEETING, url="https://dialog.example/\r\nATTENDEE:mailto:x@y")], method=Method.REQUEST)


ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=120) | st.text('\r\n\\;,:"N n\x85\u2028 ', max_size=30)
ANY_HOUR = st.integers(0, 24 * 4 * 366 * 2).map(
    lambda quarter: datetime(2026, 1, 1, tzinfo=UTC) + quarter * timedelta(minutes=15)
)


@settings(max_examples=80, deadline=None)
@given(summary=ANY_TEXT, name=ANY_TEXT, starts_at=ANY_HOUR, quarters=st.integers(1, 40))
def test_whatever_people_write_the_calendar_keeps_the_rules_and_its_shape(
    summary: str, name: str, starts_at: datetime, quarters: int
) -> None:
    """I1, I2, I3, I4, I7."""
    event = replace(
        MEETING,
        summary=summary,
        description="Panel C: " + summary,
        attendees=(Attendee(Mailbox(name, "silje@dosevakt.example")),),
        starts_at=starts_at,
        ends_at=starts_at + quarters * timedelta(minutes=15),
    )

    body = calendar([event], method=Method.REQUEST)

    assert broken(body) == []
    assert [line.name for line in written(body).events[0]] == [line.name for line in written(HARMLESS).events[0]]
    moments = [(one.starts_at, one.ends_at) for by in (by_icalendar, by_vobject) for one in by(body).events]
    assert set(moments) == {(event.starts_at.isoformat(), event.ends_at.isoformat())}


ANY_ATTENDEE = st.builds(
    Attendee,
    st.builds(Mailbox, ANY_TEXT, st.sampled_from(["silje@dosevakt.example", 'å,;:"%x@dosevakt.example'])),
    st.sampled_from(AttendeeKind),
    st.sampled_from(Role),
    st.sampled_from(PartStat),
    st.booleans(),
)
ANY_EVENT = st.builds(
    Event,
    uid=st.uuids(),
    starts_at=ANY_HOUR,
    ends_at=ANY_HOUR.map(lambda hour: hour + timedelta(days=900)),
    summary=ANY_TEXT,
    stamp=ANY_HOUR.map(lambda hour: hour + timedelta(microseconds=123_456)),
    sequence=st.integers(0, 10**6),
    description=ANY_TEXT | st.text("\\^,;æ🚌", min_size=60, max_size=300),
    location=ANY_TEXT,
    url=st.sampled_from(["", "https://dialog.vikstrand.example/d/" + "medisin" * 20]),
    status=st.sampled_from([None, *Status]),
    is_busy=st.booleans(),
    organiser=st.none() | st.builds(Mailbox, ANY_TEXT, st.just("markedsdialog@vikstrand.example")),
    attendees=st.lists(ANY_ATTENDEE, max_size=3).map(tuple),
)
WHOLE_DAYS = st.builds(
    lambda event, day: replace(event, starts_at=day, ends_at=day + timedelta(days=1)),
    ANY_EVENT,
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY_EVENT | WHOLE_DAYS, max_size=3), st.sampled_from([None, *Method]), ANY_TEXT)
def test_every_byte_is_what_a_library_writes(events: list[Event], method: Method | None, name: str) -> None:
    assert calendar(events, method=method, name=name) == ical_by_library.calendar(events, method=method, name=name)


HARMLESS = calendar([MEETING], method=Method.REQUEST)

FLAWS = {
    "L01": (b"VERSION:2.0\r\n", b"VERSION:2.0\n"),
    "L02": (b"En-til-en-m", b"x" * 80),
    "L03": ("Bjørk".encode(), b"Bj" + b"\xc3\r\n \xb8rk"),
    "L04": ("Bjørk".encode(), b"Bj\xf8rk"),
    "L05": (b"BEGIN:VCALENDAR", b" BEGIN:VCALENDAR"),
    "L06": (b"En-til-en", b"En\x00til-en"),
    "L08": (b"\\, ", b", "),
    "L10": (b"END:VEVENT\r\n", b""),
    "L11": (b"END:VCALENDAR\r\n", b"END:VCALENDAR"),
    "L12": (b'CN="Silje', b'CN="Sil"je'),
    "C01": (b"VERSION:2.0", b"VERSION:1.0"),
    "C02": (b"PRODID", b"X-PRODID"),
    "C03": (b"METHOD:REQUEST", b"METHOD:REQUEST\r\nMETHOD:REQUEST"),
    "C04": (b"GREGORIAN", b"JULIAN"),
    "C06": (b"END:VCALENDAR\r\n", b"END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
    "E01": (b"UID:6f0c2f0e", b"UID:6f0c2f0e@vikstrand"),
    "E02": (b"20270301T080000Z", b"20270301T080000"),
    "E05": (b"T143000", b"T133000"),
    "E06": (b"DTSTART;TZID=Europe/Oslo", b"DTSTART"),
    "E11": (b"STATUS:CONFIRMED", b"STATUS:CANCELED"),
    "E07": (b"20270408T134500", b"20270408T134500Z"),
    "E08": (b"DTSTART;TZID=Europe/Oslo", b"DTSTART"),
    "E15": (b"TRANSP:", b"GEO:59,10\r\nTRANSP:"),
    "E18": (b"LAST-MODIFIED:20270301T080000Z", b"LAST-MODIFIED:20270301T080000"),
    "E25": (b"TRANSP:", b"RRULE:FREQ=DAILY\r\nTRANSP:"),
    "H01": (b"TRANSP:", b"X-ALT-DESC;FMTTYPE=text/html:<p>\r\nTRANSP:"),
    "Z01": (b"DTSTART;TZID=Europe/Oslo", b"DTSTART;TZID=Europe/Berlin"),
    "Z02": (b"BEGIN:STANDARD\r\n", b""),
    "Z04": (b"TZID:Europe/Oslo", b"TZID:GMT"),
    "F01": (b"METHOD:REQUEST", b"METHOD:REQUEST\r\nNAME:Dialogdag"),
    "F06": (b"TRANSP:", b"CONFERENCE:https://video.example\r\nTRANSP:"),
    "E12": (b"SEQUENCE:2", b"SEQUENCE:two"),
    "E13": (b"TRANSP:OPAQUE", b"TRANSP:OPAQUE\r\nTRANSP:OPAQUE"),
    "E14": (b"TRANSP:OPAQUE", b"TRANSP:FREE"),
    "E16": (b"URL:https", b"URL:javascript"),
    "E19": (b":mailto:silje", b":silje"),
    "E20": (b"=TRUE", b"=FALSE"),
    "A01": (b"END:VEVENT", b"BEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT"),
    "Z05": (b"FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
    "Z06": (b"20270408T134500", b"20270328T024500"),
    "I01": (b"ATTENDEE;", b"X-ATTENDEE;"),
    "I02": (b"STATUS:CONFIRMED", b"STATUS:CANCELLED"),
    "I04": (b"ORGANIZER;", b"X-ORGANIZER;"),
    "F03": (b"METHOD:REQUEST\r\n", b""),
    "F04": (b"METHOD:REQUEST\r\n", b""),
    "F07": (b"METHOD:REQUEST\r\n", b""),
    "F02": (b"METHOD:REQUEST\r\n", b""),
    "F08": (b"VERSION:2.0\r\n", b"VERSION:2.0\r\nUID:1\r\n"),
    "F09": (b"URL:https://dialog.vikstrand.example/d/", b"URL:https://dialog.vikstrand.example/p/"),
    "I03": (b"SEQUENCE:2\r\n", b"SEQUENCE:0\r\nSTATUS:CANCELLED\r\n"),
    "E03": (b"DTSTART;", b"X-START;"),
    "E04": (b"DTEND;", b"X-END;"),
    "E10": (
        b"END:VEVENT\r\n",
        b"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:6f0c2f0e-9d0a-4a5c-8a55-3c1f5d0f6a01\r\nEND:VEVENT\r\n",
    ),
    "E22": (b"ATTENDEE;CUTYPE", b"ATTENDEE:mailto:silje@dosevakt.example\r\nATTENDEE;CUTYPE"),
}
"""For each rule a change that breaks it: what stands in a harmless calendar, and what is put there instead."""


@pytest.mark.parametrize("rule", RULES)
def test_the_check_of_each_rule_finds_a_calendar_that_breaks_it(rule: str) -> None:
    stands, is_put = FLAWS[rule]
    assert stands in HARMLESS

    assert rule in broken(HARMLESS.replace(stands, is_put))
