"""What calendars answer is understood, however their programs write it, and what is no answer is none."""

from base64 import b64encode
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.invitations.messages import Unreadable, opened
from app.invitations.replies import MOST_COMMENT, Reply, read_reply, reply_in
from app.kernel.ical import Method, PartStat
from tests.hostile import NAMES

KARI = "kari@firma.example"
UID = UUID("6a0e9a5e-98fc-4b51-a1a0-1d8fbd2f7c11")
STAMP = datetime(2027, 3, 1, 9, tzinfo=UTC)


def _calendar(*lines: str, method: str = "REPLY", attendee: str = f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{KARI}") -> str:
    known = [f"UID:{UID}", "DTSTAMP:20270301T090000Z", "SEQUENCE:2", attendee, *lines]
    body = ["BEGIN:VCALENDAR", f"METHOD:{method}", "VERSION:2.0", "BEGIN:VEVENT", *known, "END:VEVENT", "END:VCALENDAR"]
    return "\r\n".join([*body, ""])


def _read(*lines: str, **more: str) -> Reply:
    found = read_reply(_calendar(*lines, **more), KARI)
    assert found is not None
    return found


def _mail(body: bytes, kind: str, *, encoding: str = "base64") -> bytes:
    return f"From: {KARI}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def test_an_answer_by_the_standard_is_read_whole() -> None:
    assert _read("ORGANIZER:mailto:svar@dialog.example", "COMMENT:Jeg gleder meg\\, vi sees") == Reply(
        Method.REPLY, UID, KARI, "", PartStat.ACCEPTED, 2, STAMP, "Jeg gleder meg, vi sees"
    )


@pytest.mark.parametrize(
    "attendee",
    [
        "ATTENDEE;PARTSTAT=accepted:mailto:kari@firma.example",
        'ATTENDEE;CN="Nordmann, Kari";PARTSTAT=ACCEPTED;RSVP=FALSE:MAILTO:Kari@Firma.Example',
        'ATTENDEE;PARTSTAT="Accepted";CN=Kari^\'s;X-NUM-GUESTS=0:mailto:kari%40firma.example',
    ],
)
def test_answers_of_different_programs_are_understood_alike(attendee: str) -> None:
    reply = _read(attendee=attendee)

    assert (reply.attendee, reply.answer) == (KARI, PartStat.ACCEPTED)


def test_a_program_that_does_not_know_its_attendee_says_so() -> None:
    assert _read(attendee="ATTENDEE;PARTSTAT=DECLINED:invalid:nomail").attendee == ""


def test_of_several_attendees_it_is_the_senders_answer() -> None:
    reply = _read(
        f"ATTENDEE;PARTSTAT=DECLINED:mailto:{KARI}", attendee="ATTENDEE;PARTSTAT=ACCEPTED:mailto:ola@firma.example"
    )

    assert (reply.attendee, reply.answer) == (KARI, PartStat.DECLINED)


def test_somebody_answers_on_anothers_behalf() -> None:
    reply = _read(attendee=f'ATTENDEE;SENT-BY="mailto:{KARI}";PARTSTAT=TENTATIVE:mailto:sjef@firma.example')

    assert (reply.attendee, reply.sent_by) == ("sjef@firma.example", KARI)


def test_somebody_would_send_another() -> None:
    reply = _read(attendee=f'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:Ola@Firma.Example":mailto:{KARI}')

    assert (reply.answer, reply.delegated_to) == (PartStat.DELEGATED, "ola@firma.example")


@pytest.mark.parametrize(
    "times",
    [
        ("DTSTART:20270408T120000Z", "DTEND:20270408T123000Z"),
        ("DTSTART;TZID=Europe/Oslo:20270408T140000", "DTEND;TZID=Europe/Oslo:20270408T143000"),
        ("DTSTART;TZID=W. Europe Standard Time:20270408T140000", "DTEND;TZID=W. Europe Standard Time:20270408T143000"),
        ("DTSTART:20270408T140000", "DTEND:20270408T143000"),
    ],
)
def test_another_time_is_proposed(times: tuple[str, str]) -> None:
    reply = _read(*times, "COMMENT:Kan vi ta det senere?", method="COUNTER")

    assert (reply.proposed_start, reply.proposed_end) == (
        datetime(2027, 4, 8, 12, tzinfo=UTC),
        datetime(2027, 4, 8, 12, 30, tzinfo=UTC),
    )


def test_a_time_in_an_answer_proposes_nothing() -> None:
    assert _read("DTSTART:20270408T120000Z", "DTEND:20270408T123000Z").proposed_start is None


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH", "ADD", "", "REPLY X"])
def test_what_is_no_answer_is_none(method: str) -> None:
    assert read_reply(_calendar(method=method), KARI) is None


def test_an_answer_to_nothing_of_ours_has_no_id() -> None:
    foreign = read_reply(_calendar().replace(str(UID), "040000008200E00074C5B7101A82E008@example"), KARI)

    assert foreign is not None
    assert foreign.uid is None


ENCODED = {
    "base64": (b64encode(_calendar().encode()), "text/calendar; method=REPLY; charset=utf-8", "base64"),
    "no charset": (_calendar("COMMENT:Møtet passer").encode(), "text/calendar", "8bit"),
    "latin-1": (_calendar("COMMENT:Møtet passer").encode("latin-1"), "text/calendar; charset=iso-8859-1", "8bit"),
    "windows, unsaid": (_calendar("COMMENT:Møtet passer").encode("cp1252"), "text/calendar", "8bit"),
    "utf-16": (b64encode(_calendar().encode("utf-16")), "text/calendar; charset=utf-16", "base64"),
    "utf-16, unsaid": (b64encode(_calendar().encode("utf-16")), "text/calendar", "base64"),
    "with a mark": (b64encode(b"\xef\xbb\xbf" + _calendar().encode()), "text/calendar", "base64"),
    "a charset that is none": (b64encode(_calendar().encode()), "text/calendar; charset=punycode", "base64"),
    "as a file": (b64encode(_calendar().encode()), "application/ics; name=a.ics", "base64"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_an_answer_is_read_in_whatever_way_it_is_encoded(name: str) -> None:
    body, kind, encoding = ENCODED[name]

    reply = reply_in(opened(_mail(body, kind, encoding=encoding)))

    assert reply is not None
    assert (reply.uid, reply.answer) == (UID, PartStat.ACCEPTED)
    assert reply.comment in ("", "Møtet passer")


def test_quoted_printable_is_read_too() -> None:
    body = _calendar("COMMENT:M=C3=B8tet passer").replace("PARTSTAT=", "PARTSTAT=3D").encode()

    reply = reply_in(opened(_mail(body, "text/calendar; charset=utf-8", encoding="quoted-printable")))

    assert reply is not None
    assert (reply.answer, reply.comment) == (PartStat.ACCEPTED, "Møtet passer")


BROKEN = {
    "nothing": "",
    "no calendar": "BEGIN:VEVENT\r\nEND:VEVENT\r\n",
    "cut off": _calendar()[:90],
    "lines without a colon": "BEGIN:VCALENDAR\r\nMETHOD\r\nREPLY\r\nEND:VCALENDAR\r\n",
    "a well of components": "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 15_000,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_calendar_says_that_it_is(name: str) -> None:
    try:
        found = read_reply(BROKEN[name], KARI)
    except Unreadable:
        found = None

    assert found is None


def test_a_calendar_that_is_too_large_is_not_read() -> None:
    large = _calendar("COMMENT:" + "a" * 300_000).encode()

    with pytest.raises(Unreadable):
        reply_in(opened(_mail(b64encode(large), "text/calendar")))


ODD = ["DTSTAMP:yesterday", "SEQUENCE:many", "SEQUENCE:-1", "SEQUENCE:99999999999999999999", "DTSTAMP:00010101T000000Z"]


@pytest.mark.parametrize("line", ODD)
def test_odd_values_are_no_faults(line: str) -> None:
    name = line.partition(":")[0]
    lines = [line if one.startswith(name) else one for one in _calendar().split("\r\n")]

    reply = read_reply("\r\n".join(lines), KARI)

    assert reply is not None
    assert reply.answer is PartStat.ACCEPTED
    assert 0 <= reply.sequence < 2**31


@pytest.mark.parametrize(("case", "words"), NAMES)
def test_hostile_words_are_words(case: str, words: str) -> None:
    """I1, I2, I5, I6, I8: in the comment of an answer."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\\n")
    line = "COMMENT:" + escaped.replace("\r", "\\n").replace("\n", "\\n")

    reply = _read(line)

    assert (reply.uid, reply.attendee, reply.answer, reply.sequence) == (UID, KARI, PartStat.ACCEPTED, 2)
    assert len(reply.comment) <= MOST_COMMENT
    assert all(letter.isprintable() or letter in "\n\u200c\u200d" for letter in reply.comment)


def _zone(name: str, rule: str, offset: str = "+0100") -> list[str]:
    onset = ["BEGIN:STANDARD", "DTSTART:19810101T000000", f"TZOFFSETFROM:{offset}", f"TZOFFSETTO:{offset}"]
    return ["BEGIN:VTIMEZONE", f"TZID:{name}", *onset, f"RRULE:FREQ={rule}", "END:STANDARD", "END:VTIMEZONE"]


def _proposal(zone: str, *declared: str) -> Reply | None:
    calendar = _calendar(f"DTSTART;TZID={zone}:20270408T140000", f"DTEND;TZID={zone}:20270408T143000", method="COUNTER")
    return read_reply(calendar.replace("BEGIN:VEVENT", "\r\n".join([*declared, "BEGIN:VEVENT"])), KARI)


@pytest.mark.usefixtures("ten_seconds")
@pytest.mark.parametrize("end", ["END:VTIMEZONE", "END:VTIME\r\n ZONE", "end:vtimezone"])
def test_a_zone_that_changes_every_second_keeps_nobody_waiting(end: str) -> None:
    """I18: anybody may write to the mailbox, and what is read there is read one by one."""
    declared = "\r\n".join(_zone("Hvert sekund", "SECONDLY")).replace("END:VTIMEZONE", end)

    assert _proposal("Hvert sekund", declared) is not None


@pytest.mark.usefixtures("ten_seconds")
def test_a_calendar_of_many_lines_and_zones_keeps_nobody_waiting() -> None:
    """I18."""
    zone = "/a" * 60
    lines = [f"DTSTART;TZID={zone}:20270408T140000"] * 1_500 + [f"DTSTAMP;TZID={zone}:20270408T140000"] * 500

    assert _read(*lines, *["X-LINE:"] * 10_000).answer is PartStat.ACCEPTED
    with pytest.raises(Unreadable):
        _read(*["COMMENT:a"] * 2_000)


def test_nobody_sets_the_clock_of_anothers_calendar() -> None:
    """A name of a zone says in each calendar what that calendar declares, whoever has used it before."""
    name = "Tilpasset sone"
    first = _proposal(name, *_zone(name, "YEARLY", "-0900"))
    second = _proposal(name, *_zone(name, "YEARLY", "+0200"))

    assert first is not None
    assert second is not None
    assert (first.proposed_start, second.proposed_start) == (
        datetime(2027, 4, 8, 23, tzinfo=UTC),
        datetime(2027, 4, 8, 12, tzinfo=UTC),
    )


@pytest.mark.parametrize("times", [("99991231T230000Z", "99991231T235959Z"), ("00010101T000000", "00010101T010000")])
def test_a_time_that_no_clock_shows_proposes_nothing(times: tuple[str, str]) -> None:
    reply = _read(f"DTSTART:{times[0]}", f"DTEND:{times[1]}", method="COUNTER")

    assert (reply.proposed_start, reply.proposed_end) == (None, None)
