"""Calendars made to keep us busy: each ends soon, with a sentence."""

import resource
import time

import pytest

from app.days.busy import Busy, busy_periods
from app.days.entries import MOST_BYTES, MOST_ENTRIES
from app.days.watched import read_apart
from app.kernel.refusals import Invalid
from tests.days.foreign import DAY, OSLO, calendar, event, read

TEN = ("DTSTART:20270408T080000Z", "DURATION:PT1H")
TOO_MANY = "There are more than 20000 appointments in the calendar."
TOO_FAST = "An appointment in the calendar repeats every minute or every second. That is not read."
TOO_OFTEN = "The appointments in the calendar repeat more often than can be read."
OLD = ("DTSTART:19700101T080000Z", "DURATION:PT1H")
EVERY_MINUTE = "BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60)))
POSITIONS = ",".join(str(place) for place in range(1, 366))


def _many(count: int, *lines: str) -> bytes:
    return calendar(*(event(f"UID:{number}", *lines) for number in range(count)))


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("FREQ=SECONDLY", TOO_FAST),
        ("FREQ=MINUTELY;COUNT=3", TOO_FAST),
        (f"FREQ=YEARLY;{EVERY_MINUTE};BYSECOND=1,2,3;COUNT=1", TOO_OFTEN),
        (f"FREQ=DAILY;{EVERY_MINUTE}", TOO_OFTEN),
        (f"FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS={POSITIONS}", TOO_OFTEN),
        (f"FREQ=MONTHLY;BYMONTHDAY={'1,' * 5000}1", TOO_OFTEN),
        ("FREQ=HOURLY;COUNT=400000;BYMONTH=2;BYMONTHDAY=30", TOO_OFTEN),
    ],
)  # fmt: skip
def test_a_rule_that_asks_for_too_much_is_refused_before_it_is_followed(rule: str, sentence: str) -> None:
    began = time.process_time()

    with pytest.raises(Invalid) as refusal:
        read(event("UID:1", *OLD, f"RRULE:{rule}"))

    assert (str(refusal.value), time.process_time() - began < 0.5) == (sentence, True)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=HOURLY;INTERVAL=24",
        "FREQ=WEEKLY;BYSETPOS=-1",
    ],
)
def test_a_rule_that_only_looks_large_is_followed(rule: str) -> None:
    began = time.process_time()

    read(event("UID:1", *OLD, f"RRULE:{rule}"))

    assert time.process_time() - began < 0.5


def test_many_rules_together_are_refused_and_many_ordinary_ones_are_read() -> None:
    ordinary = _many(1500, *TEN, "RRULE:FREQ=WEEKLY;BYDAY=TH")

    with pytest.raises(Invalid, match="repeat more often"):
        busy_periods(_many(1500, *OLD, "RRULE:FREQ=YEARLY;BYDAY=1TH;BYMONTH=4"), DAY, OSLO)
    assert busy_periods(ordinary, DAY, OSLO) == [Busy(600, 660, is_tentative=False)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (_many(MOST_ENTRIES + 1, "DTSTART:20270408T080000Z"), TOO_MANY),
        (calendar("X" * MOST_BYTES), "The calendar is larger than 5 MB."),
        (calendar(*["BEGIN:VEVENT"] * 100_000), TOO_MANY),
        (calendar(*["BEGIN:VALARM"] * 100_000), "The calendar cannot be read."),
        (b"BEGIN:VCALENDAR\r\n" * 100_000, "The calendar cannot be read."),
    ],
)  # fmt: skip
def test_what_is_too_much_is_refused(content: bytes, sentence: str) -> None:
    began = time.process_time()

    with pytest.raises(Invalid) as refusal:
        busy_periods(content, DAY, OSLO)

    assert (str(refusal.value), time.process_time() - began < 1) == (sentence, True)


@pytest.mark.parametrize(
    "lines",
    [
        "EXDATE:" + "20270408T090000Z," * 100_000,
        "RDATE:" + "20270408T080000Z," * 100_000,
        "\r\n".join(["RRULE:FREQ=WEEKLY"] * 10_000),
        ";X=1" * 500_000 + ":",
        "DTSTART" + ";A=B" * 500_000 + ":20270408T080000Z",
        "\r\n ".join("SUMMARY:x" for _ in range(100_000)),
        'X-ODD;A="' + "a" * 2_000_000,
    ],
)
def test_one_appointment_with_very_much_in_it_is_read_in_time(lines: str) -> None:
    before = _seconds_of_children()

    read_apart(calendar(event("UID:1", *TEN, *lines.split("\r\n"))), DAY, "Europe/Oslo")

    assert _seconds_of_children() - before < 2.5


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_a_zone_with_very_many_rules_is_not_followed() -> None:
    rule = "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"
    part = f"BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0200\n{rule}\nEND:STANDARD"
    zones = [f"BEGIN:VTIMEZONE\nTZID:Zone {number}\n{part}\nEND:VTIMEZONE" for number in range(3000)]
    events = [
        event(f"UID:{number}", f"DTSTART;TZID=Zone {number}:20270408T100000", "DURATION:PT1H") for number in range(3000)
    ]
    began = time.process_time()

    with pytest.raises(Invalid, match="repeat more often"):
        read(*zones, *events)

    assert time.process_time() - began < 2


def test_what_gets_past_every_bound_is_ended_by_the_system() -> None:
    """The 99th moment of an hour is looked for until the year 9999. The control: the first is read."""
    never, often = (event("UID:1", *OLD, f"RRULE:FREQ=HOURLY;BYSETPOS={place}") for place in (99, 1))
    before = _seconds_of_children()

    with pytest.raises(Invalid) as refusal:
        read_apart(calendar(never), DAY, "Europe/Oslo")

    assert str(refusal.value) == "The calendar takes too long to read, and has been laid aside."
    assert _seconds_of_children() - before < 2.5
    assert read_apart(calendar(often), DAY, "Europe/Oslo") == [Busy(0, 1440, is_tentative=False)]


def test_a_sentence_comes_back_from_the_process_that_reads() -> None:
    with pytest.raises(Invalid) as refusal:
        read_apart(_many(MOST_ENTRIES + 1, "UID:1"), DAY, "Europe/Oslo")

    assert refusal.value.values == {"most": MOST_ENTRIES}


def test_the_process_that_reads_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALOGDAG_DATABASE_URL", "postgresql://secret")
    monkeypatch.setattr("subprocess.run", lambda *_, env, **__: pytest.fail(f"{sorted(env)}"))

    with pytest.raises(pytest.fail.Exception) as told:
        read_apart(b"", DAY, "Europe/Oslo")

    assert "DIALOGDAG" not in str(told.value)
