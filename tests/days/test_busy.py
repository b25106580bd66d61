"""When somebody is busy, as the calendars of all kinds of programs tell it."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from app.days.busy import busy_periods
from app.kernel.refusals import Invalid
from tests.days.foreign import DAY, OSLO, calendar, event, read

TEN = ("DTSTART;TZID=Europe/Oslo:20270408T100000", "DTEND;TZID=Europe/Oslo:20270408T110000")
HALF = "DURATION:PT30M"


@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        (TEN, ["10:00–11:00"]),
        (("DTSTART:20270408T080000Z", "DTEND:20270408T090000Z"), ["10:00–11:00"]),
        (("DTSTART:20270408T100000", "DTEND:20270408T110000"), ["10:00–11:00"]),  # no zone: the day's
        (("DTSTART:20270408T080000Z", "DURATION:PT1H30M"), ["10:00–11:30"]),
        (("DTSTART;VALUE=DATE:20270408", "DTEND;VALUE=DATE:20270409"), ["00:00–24:00"]),
        (("DTSTART;VALUE=DATE:20270408",), ["00:00–24:00"]),
        (("DTSTART;VALUE=DATE:20270401", "DTEND;VALUE=DATE:20270411"), ["00:00–24:00"]),
        (("DTSTART;VALUE=DATE:20270408", "DURATION:P2D"), ["00:00–24:00"]),
        (("DTSTART;VALUE=DATE:20270407", "DTEND;VALUE=DATE:20270408"), []),
        (("DTSTART:20270407T200000Z", "DTEND:20270408T083000Z"), ["00:00–10:30"]),
        (("DTSTART:20270408T190000Z", "DTEND:20270409T060000Z"), ["21:00–24:00"]),
        (("DTSTART:20270408T080030Z", "DTEND:20270408T081530Z"), ["10:00–10:16"]),
        (("DTSTART;TZID=America/New_York:20270407T190000", "DURATION:PT2H"), ["01:00–03:00"]),
        (("DTSTART;TZID=Asia/Tokyo:20270409T050000", "DURATION:PT1H"), ["22:00–23:00"]),
        (("DTSTART:20270408T080000Z",), []),  # without a length it takes no time
        (("DTSTART:20270408T090000Z", "DTEND:20270408T080000Z"), []),
        (("DTSTART:20270231T090000Z", "DTEND:20270408T080000Z"), []),
        (("DTSTART:tomorrow", "DTEND:20270408T080000Z"), []),
        (("SUMMARY:Nothing else",), []),
        (("DTSTART:20260408T080000Z", "DTEND:20260408T090000Z"), []),
        ((*TEN, "TRANSP:TRANSPARENT"), []),
        ((*TEN, "TRANSP:OPAQUE", "STATUS:CONFIRMED"), ["10:00–11:00"]),
        ((*TEN, "STATUS:CANCELLED"), []),
        ((*TEN, "STATUS:TENTATIVE"), ["10:00–11:00?"]),
        ((*TEN, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), []),
        ((*TEN, "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"), ["10:00–11:00?"]),
        ((*TEN, "X-MICROSOFT-CDO-BUSYSTATUS:OOF"), ["10:00–11:00"]),
    ],
)
def test_one_appointment_is_read_as_it_is_meant(lines: tuple[str, ...], busy: list[str]) -> None:
    assert read(event("UID:1", *lines)) == busy


@pytest.mark.parametrize(
    "zone",
    [
        *("Europe/Oslo", "W. Europe Standard Time", "Romance Standard Time", "Central European Standard Time"),
        '"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris"',
        "(UTC+01:00) Brussels\\, Copenhagen\\, Madrid\\, Paris",
        '"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"',
        '"(UTC+01.00) Amsterdam, Berlin, Bern, Roma, Stockholm, Wien"',
        '"(GMT+01:00) Belgrade, Bratislava, Budapest, Ljubljana, Prague"',
        *("/citadel.org/20210210_1/Europe/Oslo", "/freeassociation.sourceforge.net/Europe/Oslo", "Nobody's Zone"),
    ],
)
def test_the_zones_of_outlook_and_others_are_known_without_being_declared(zone: str) -> None:
    lines = (f"DTSTART;TZID={zone}:20270408T100000", f"DTEND;TZID={zone}:20270408T110000")

    assert read(event("UID:1", *lines)) == ["10:00–11:00"]
    assert read(event("UID:1", *(line.replace("20270408", "20270108") for line in lines)), day=date(2027, 1, 8)) == [
        "10:00–11:00"
    ]


@pytest.mark.parametrize(
    ("zone", "busy"),
    [
        ("Tokyo Standard Time", "03:00–04:00"),
        ("GMT Standard Time", "11:00–12:00"),
        ('"(UTC+00:00) Dublin, Edinburgh, Lisbon, London"', "11:00–12:00"),
        ('"(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius"', "09:00–10:00"),
        ("Pacific Standard Time", "19:00–20:00"),
    ],
)
def test_windows_zones_elsewhere_are_their_own(zone: str, busy: str) -> None:
    assert read(event("UID:1", f"DTSTART;TZID={zone}:20270408T100000", "DURATION:PT1H")) == [busy]


CUSTOMISED = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


@pytest.mark.parametrize(("day", "busy"), [(date(2027, 4, 8), "11:00–12:00"), (date(2027, 2, 3), "11:00–12:00")])
def test_a_zone_that_only_the_calendar_knows_is_taken_as_declared(day: date, busy: str) -> None:
    start = f"DTSTART;TZID=Customized Time Zone:{day:%Y%m%d}T120000"

    assert read(CUSTOMISED, event("UID:1", start, "DURATION:PT1H"), day=day) == [busy]


def test_a_known_name_is_not_declared_anew() -> None:
    """The declaration is a stranger's; Oslo is Oslo."""
    declared = CUSTOMISED.replace("Customized Time Zone", "Europe/Oslo")

    assert read(declared, event("UID:1", *TEN)) == ["10:00–11:00"]


MONDAYS = ("DTSTART;TZID=Europe/Oslo:20240104T100000", "DTEND;TZID=Europe/Oslo:20240104T110000")


@pytest.mark.parametrize(
    ("rule", "busy"),
    [
        ("FREQ=WEEKLY", ["10:00–11:00"]),  # the 8th of April 2027 is a Thursday, as the 4th of January 2024 was
        ("FREQ=WEEKLY;INTERVAL=2", ["10:00–11:00"]),
        ("FREQ=WEEKLY;INTERVAL=4", []),
        ("FREQ=WEEKLY;BYDAY=MO,TU", []),
        ("FREQ=WEEKLY;BYDAY=MO,TH", ["10:00–11:00"]),
        ("FREQ=WEEKLY;COUNT=170", []),
        ("FREQ=WEEKLY;COUNT=171", ["10:00–11:00"]),
        ("FREQ=WEEKLY;COUNT=1000000000", ["10:00–11:00"]),
        ("FREQ=WEEKLY;UNTIL=20270408T080000Z", ["10:00–11:00"]),
        ("FREQ=WEEKLY;UNTIL=20270408T075959Z", []),
        ("FREQ=WEEKLY;UNTIL=20270408", ["10:00–11:00"]),
        ("FREQ=WEEKLY;UNTIL=20270407", []),
        ("FREQ=WEEKLY;UNTIL=20270408T100000", ["10:00–11:00"]),
        ("FREQ=DAILY", ["10:00–11:00"]),
        ("FREQ=DAILY;INTERVAL=2", ["10:00–11:00"]),
        ("FREQ=DAILY;INTERVAL=3", []),
        ("FREQ=DAILY;BYMONTH=4;BYHOUR=9,14", ["09:00–10:00", "14:00–15:00"]),
        ("FREQ=MONTHLY;BYDAY=2TH", ["10:00–11:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=8", ["10:00–11:00"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=6", ["10:00–11:00"]),
        ("FREQ=YEARLY;BYMONTH=4;BYDAY=2TH", ["10:00–11:00"]),
        ("FREQ=YEARLY;BYWEEKNO=14;BYDAY=TH", ["10:00–11:00"]),
        ("FREQ=HOURLY;INTERVAL=12;BYDAY=TH", ["10:00–11:00", "22:00–23:00"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", []),  # never
        ("FREQ=DAILY;INTERVAL=0", []),
        ("FREQ=OFTEN", []),
        ("FREQ=MONTHLY;BYDAY=53MO,MO", []),  # the library stumbles over these two
        ("FREQ=HOURLY;BYHOUR=366", []),
    ],
)
def test_what_repeats_is_found_on_its_days(rule: str, busy: list[str]) -> None:
    """E25: an end in UTC, and the ends that others write."""
    assert read(event("UID:1", *MONDAYS, f"RRULE:{rule}")) == busy


def test_what_repeats_keeps_its_hour_when_the_clocks_change() -> None:
    summer = event("UID:1", "DTSTART;TZID=Europe/Oslo:20260708T100000", HALF, "RRULE:FREQ=DAILY")
    universal = event("UID:2", "DTSTART:20260708T100000Z", HALF, "RRULE:FREQ=DAILY")

    assert read(summer, universal, day=date(2027, 1, 8)) == ["10:00–10:30", "11:00–11:30"]
    assert read(summer, universal, day=date(2027, 7, 8)) == ["10:00–10:30", "12:00–12:30"]


@pytest.mark.parametrize(
    ("day", "busy"),
    [(date(2027, 3, 28), ["03:30–04:00"]), (date(2027, 10, 31), ["02:30–03:00"]), (date(2027, 3, 27), ["02:30–03:00"])],
)
def test_the_hour_that_is_not_and_the_hour_that_comes_twice_end_nothing(day: date, busy: list[str]) -> None:
    nightly = event("UID:1", "DTSTART;TZID=Europe/Oslo:20260708T023000", HALF, "RRULE:FREQ=DAILY")

    assert read(nightly, day=day) == busy


def test_days_are_left_out_and_added_one_by_one() -> None:
    """E26: of the kind that the start has, and of the kinds that others write."""
    weekly = (*MONDAYS, "RRULE:FREQ=WEEKLY")
    added = "RDATE;TZID=Europe/Oslo:20270408T140000,20270409T140000"
    period = "RDATE;VALUE=PERIOD:20270408T140000Z/PT1H"

    assert read(event("UID:1", *weekly, "EXDATE;TZID=Europe/Oslo:20270401T100000,20270408T100000")) == []
    assert read(event("UID:1", *weekly, "EXDATE:20270408T080000Z")) == []
    assert read(event("UID:1", *weekly, "EXDATE;VALUE=DATE:20270408")) == []
    assert read(event("UID:1", *weekly, "EXDATE;TZID=Europe/Oslo:20270401T100000")) == ["10:00–11:00"]
    assert read(event("UID:1", *MONDAYS, added)) == ["14:00–15:00"]
    assert read(event("UID:1", *MONDAYS, period)) == ["16:00–17:00"]


def test_one_of_a_series_is_moved_away_here_or_cancelled() -> None:
    series = event("UID:1", *MONDAYS, "RRULE:FREQ=WEEKLY")
    this = "RECURRENCE-ID;TZID=Europe/Oslo:20270408T100000"
    next_week = "RECURRENCE-ID:20270415T080000Z"
    other = event("UID:2", this, "DTSTART;TZID=Europe/Oslo:20270408T180000", HALF)

    assert read(series, event("UID:1", this, "DTSTART;TZID=Europe/Oslo:20270408T130000", HALF)) == ["13:00–13:30"]
    assert read(series, event("UID:1", this, "DTSTART;TZID=Europe/Oslo:20270410T130000", HALF)) == []
    assert read(series, event("UID:1", this, *TEN, "STATUS:CANCELLED")) == []
    assert read(series, event("UID:1", next_week, "DTSTART:20270408T150000Z", HALF)) == ["10:00–11:00", "17:00–17:30"]
    assert read(series, other) == ["10:00–11:00", "18:00–18:30"]


def test_whole_days_that_repeat_are_busy_from_midnight_to_midnight() -> None:
    home = event("UID:1", "DTSTART;VALUE=DATE:20260402", "RRULE:FREQ=WEEKLY;UNTIL=20270408")
    zone = ZoneInfo("America/New_York")

    assert (read(home), read(home, day=date(2027, 4, 15))) == (["00:00–24:00"], [])
    assert read(home, zone=zone) == ["00:00–24:00"]


def test_free_and_busy_times_are_read() -> None:
    """B01."""
    published = "\n".join(
        [
            "BEGIN:VFREEBUSY",
            "UID:1",
            "DTSTART:20270401T000000Z",
            "DTEND:20270501T000000Z",
            "FREEBUSY:20270408T080000Z/20270408T090000Z,20270409T080000Z/PT1H",
            "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270408T110000Z/PT30M",
            "FREEBUSY;FBTYPE=FREE:20270408T120000Z/PT1H",
            "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20270408T130000Z/PT1H",
            "FREEBUSY;FBTYPE=X-ODD:20270408T150000Z/PT1H",
            "FREEBUSY:nonsense,20270408T180000Z/20270408T190000Z",
            "END:VFREEBUSY",
        ]
    )

    assert read(published) == ["10:00–11:00", "13:00–13:30?", "15:00–16:00", "17:00–18:00", "20:00–21:00"]


def test_what_meets_is_one_and_what_is_not_settled_stays_apart() -> None:
    spans = [("08:00", "09:00", ""), ("09:00", "10:00", ""), ("09:30", "09:45", ""), ("09:30", "10:30", "TENTATIVE")]
    events = [
        event(
            f"UID:{start}{end}",
            f"DTSTART:20270408T{start.replace(':', '')}00",
            f"DTEND:20270408T{end.replace(':', '')}00",
            f"STATUS:{status}",
        )
        for start, end, status in spans
    ]

    assert read(*events, *events) == ["08:00–10:00", "09:30–10:30?"]


def test_times_that_somebody_offers_keep_nobody_busy() -> None:
    """V01 (RFC 7953): they are read over, and so are those who lack what each must have."""
    offered = """BEGIN:VAVAILABILITY
UID:2
DTSTAMP:20270301T080000Z
DTSTART:20270408T060000Z
DTEND:20270408T160000Z
BUSYTYPE:BUSY-UNAVAILABLE
BEGIN:AVAILABLE
UID:3
DTSTAMP:20270301T080000Z
DTSTART:20270408T100000Z
DURATION:PT2H
END:AVAILABLE
BEGIN:AVAILABLE
SUMMARY:Neither when nor who
END:AVAILABLE
END:VAVAILABILITY"""

    assert read(offered) == []
    assert read(offered, event("UID:1", *TEN)) == ["10:00–11:00"]


def test_folded_lines_alarms_and_words_of_others_change_nothing() -> None:
    odd = """begin:vevent
UID:1
X-ODD;X="a:b;c":DTSTART:20270408T030000Z
DTSTART;X-A="b,c;d:e";TZID=Europe/
 Oslo:20270408T1000
\t00
DTEND;TZID=Europe/Oslo:20270408T110000
BEGIN:VALARM
TRIGGER:-PT15M
DTSTART:20270408T060000Z
DURATION:PT9H
END:VALARM
BEGIN:VLOCATION
UID:2
END:VLOCATION
END:VEVENT
BEGIN:VTODO
DTSTART:20270408T120000Z
DURATION:PT1H
END:VTODO"""

    assert read(odd) == ["10:00–11:00"]


@pytest.mark.parametrize(
    "content",
    [
        calendar(event("UID:1", *TEN)).replace(b"\r\n", b"\n"),
        b"\xef\xbb\xbf" + calendar(event("UID:1", *TEN)),
        b"\r\n" + calendar(event("UID:1", *TEN)),
        calendar(event("UID:1", *TEN, "SUMMARY:\ud800".encode("utf-8", "surrogatepass").decode("latin-1"))),
        calendar(event("UID:1", *TEN)) * 2,
    ],
)
def test_calendars_are_read_however_they_are_packed(content: bytes) -> None:
    assert [(one.start, one.end) for one in busy_periods(content, DAY, OSLO)] == [(600, 660)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This is not a calendar file. Choose one whose name ends in .ics."),
        (b"<html>", "This is not a calendar file. Choose one whose name ends in .ics."),
        (b"\x00" * 100, "This is not a calendar file. Choose one whose name ends in .ics."),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "The calendar is torn: its end is missing."),
        (
            b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nBEGIN:VTIMEZONE\r\nBEGIN:STANDARD\r\n",
            "The calendar is torn: its end is missing.",
        ),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "The calendar cannot be read."),
    ],
)
def test_what_is_no_calendar_is_told_so(content: bytes, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        busy_periods(content, DAY, OSLO)

    assert str(refusal.value) == sentence
