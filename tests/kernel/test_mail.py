"""Messages: one sender, one recipient, and calendars as mail programs understand them."""

from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

import pytest

from app.kernel.ical import Attendee, Event, Mailbox, Method, calendar
from app.kernel.mail import add_calendar, letter, on_the_wire
from tests import calendar_rules
from tests.hostile import NAMES
from tests.mail_rules import RULES, broken, calendar_of, opened, parts, text_of

VIKSTRAND = Mailbox("Vikstrand kommune", "markedsdialog@vikstrand.example")
SILJE = Mailbox("Silje Arnesen", "silje@dosevakt.example")
PLAIN = "Møtet deres er torsdag 8. april kl. 13.45, rom Bjørk.\n" * 4


def _invitation(recipient: Mailbox = SILJE, title: str = "Møtet deres") -> EmailMessage:
    event = Event(
        uid=UUID(int=1),
        starts_at=datetime(2027, 4, 8, 11, 45, tzinfo=UTC),
        ends_at=datetime(2027, 4, 8, 12, 30, tzinfo=UTC),
        summary=title,
        stamp=datetime(2027, 3, 1, tzinfo=UTC),
        organiser=VIKSTRAND,
        attendees=(Attendee(recipient),),
    )
    message = letter(VIKSTRAND, recipient, subject=title, plain=PLAIN, html="<p>Møtet deres</p>")
    add_calendar(message, calendar([event], method=Method.REQUEST), Method.REQUEST)
    message["Message-ID"], message["Date"] = "<1@vikstrand.example>", datetime(2027, 3, 1, tzinfo=UTC)
    return opened(message.as_bytes(policy=SMTP))


def test_an_invitation_keeps_the_rules_of_calendars_by_mail() -> None:
    message = _invitation()

    assert (broken(message), calendar_rules.broken(calendar_of(message))) == ([], [])
    assert (text_of(message), text_of(message, "text/html")) == (PLAIN, "<p>Møtet deres</p>\n")
    assert [part.get_filename() for part in message.iter_attachments()] == ["invite.ics"]


def test_a_letter_without_a_calendar_is_its_text_and_its_page() -> None:
    message = letter(VIKSTRAND, SILJE, subject="Møtet deres", plain=PLAIN, html="<p>Møtet</p>")

    assert parts(message) == ["multipart/alternative", "text/plain", "text/html"]
    assert [str(message[name]) for name in ("From", "To", "Subject")] == [
        "Vikstrand kommune <markedsdialog@vikstrand.example>",
        "Silje Arnesen <silje@dosevakt.example>",
        "Møtet deres",
    ]


def test_a_header_is_one_line_with_plain_spaces() -> None:
    message = letter(VIKSTRAND, SILJE, subject="Møtet\tderes\r\ner flyttet ", plain=PLAIN)

    assert message["Subject"] == "Møtet deres er flyttet"


def test_an_address_of_an_unusual_shape_is_kept_as_it_is() -> None:
    message = letter(VIKSTRAND, replace(SILJE, address=".silje%x@dosevakt.example"), subject="Hei", plain=PLAIN)

    assert message["To"].addresses[0].addr_spec == ".silje%x@dosevakt.example"


@pytest.mark.parametrize(("case", "name"), NAMES)
def test_a_hostile_name_changes_neither_headers_nor_parts_nor_recipients(case: str, name: str) -> None:
    """I1, I2, I3, I4, I5, I6, I8: one recipient, our headers and parts, and the lines of a harmless calendar."""
    harmless, message = _invitation(), _invitation(replace(SILJE, name=name), title=name)

    assert (broken(message), calendar_rules.broken(calendar_of(message))) == ([], [])
    assert message.keys() == harmless.keys()
    assert [address.addr_spec for address in message["To"].addresses] == [SILJE.address]
    assert _names(calendar_of(message)) == _names(calendar_of(harmless))


def _names(calendar: bytes) -> list[str]:
    return [line.name for line in calendar_rules.written(calendar).lines]


FLAWS = {
    "M01": (b"Content-Type: text/html", b"Content-Type: text/richtext"),
    "M02": (b'; method="REQUEST"', b""),
    "M03": (b'method="REQUEST"', b'method="CANCEL"'),
    "M04": (b'charset="UTF-8"', b'charset="latin-1"'),
    "M05": (b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: 8bit"),
    "M06": (b"Content-Type: text/calendar", b"Content-Disposition: attachment\r\nContent-Type: text/calendar"),
    "M07": (b"kl. 13.45", b"snart"),
    "M08": (b"<markedsdialog@", b"<noreply@"),
    "M09": (b"To: Silje", b"To: Per <per@dosevakt.example>, Silje"),
    "M10": (b"application/ics\r\nContent-Transfer-Encoding: base64", b"application/ics"),
    "M12": (b"--=_alternative--", b"--=_alternative\r\nContent-Type: text/x-more\r\n\r\nHei\r\n--=_alternative--"),
    "M13": (b"To: Silje", b"Cc: Per <per@dosevakt.example>\r\nTo: Silje"),
    "M14": (b"Message-ID", b"X-ID"),
}
"""For each rule a change that breaks it: what stands in an invitation, and what is put there instead."""


@pytest.mark.parametrize("rule", RULES)
def test_the_check_of_each_rule_finds_a_message_that_breaks_it(rule: str) -> None:
    stands, is_put = FLAWS[rule]
    mime = _invitation().as_bytes(policy=SMTP)
    assert stands in mime

    assert not RULES[rule](opened(mime.replace(stands, is_put)))


def test_what_goes_over_the_wire_is_what_the_library_would_send() -> None:
    long_name = replace(SILJE, name="Åse " * 30)
    message = letter(VIKSTRAND, long_name, subject="Møtet deres " * 12, plain=PLAIN, html="<p>Møtet deres</p>")
    bare = letter(VIKSTRAND, SILJE, subject="Møtet deres", plain=PLAIN + "x" * 2000 + "\r\nFra oss: \n.\n\n")
    for each in (message, bare):
        add_calendar(each, b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", Method.CANCEL)
        each["Message-ID"], each["Date"] = "<1@vikstrand.example>", datetime(2027, 3, 1, tzinfo=UTC)

        assert on_the_wire(each).isascii()
        assert on_the_wire(each) == each.as_bytes(policy=SMTP.clone(cte_type="7bit"))


def test_a_message_that_was_not_made_here_is_encoded_for_the_wire() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@a.example", "b@b.example", "Hei"
    message.set_content("Hei på deg.", cte="8bit")

    assert on_the_wire(message).isascii()
    assert opened(on_the_wire(message)).get_content() == "Hei på deg.\n"
