"""The rules of calendars by mail (RFC 6047) by their ids, checked on a message as it goes over the wire."""

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

from tests.calendar_rules import values, written

SHAPE = [
    "multipart/mixed",
    "multipart/alternative",
    "text/plain",
    "text/html",
    "text/calendar",
    "application/ics",
]
"""The parts of an invitation, from the outside in and from first to last."""


def opened(mime: bytes) -> EmailMessage:
    """A message as a mail program opens it."""
    message = message_from_bytes(mime, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def parts(message: EmailMessage) -> list[str]:
    """What a message consists of, from the outside in and from first to last."""
    return [part.get_content_type() for part in message.walk()]


def calendar_of(message: EmailMessage) -> bytes:
    """The calendar that a mail program shows buttons for."""
    return _content(_part(message, "text/calendar"))


def text_of(message: EmailMessage, kind: str = "text/plain") -> str:
    """The text of a message, or its HTML."""
    return str(_part(message, kind).get_content()).replace("\r\n", "\n")


def _part(message: EmailMessage, kind: str) -> EmailMessage:
    (found,) = (part for part in message.walk() if part.get_content_type() == kind)
    assert isinstance(found, EmailMessage)
    return found


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def broken(message: EmailMessage) -> list[str]:
    """The ids of the rules that an invitation breaks, sorted."""
    return sorted(rule for rule, holds in RULES.items() if not holds(message))


def _people(message: EmailMessage, name: str) -> list[str]:
    (event,) = written(calendar_of(message)).events
    return values(event, name)


def _addresses(message: EmailMessage, header: str) -> list[str]:
    return ["mailto:" + address.addr_spec for value in message.get_all(header, []) for address in value.addresses]


def _method_is_that_of_the_calendar(message: EmailMessage) -> bool:
    return [_part(message, "text/calendar").get_param("method")] == values(written(calendar_of(message)).own, "METHOD")


def _text_says_when(message: EmailMessage) -> bool:
    (event,) = written(calendar_of(message)).events
    (start,) = (line for line in event if line.name == "DTSTART")
    hour, minute = start.value[9:11], start.value[11:13]
    return any(f"{hour}{sign}{minute}" in text_of(message) for sign in ".:")


def _calendar_is_last_of_the_alternatives(message: EmailMessage) -> bool:
    (alternatives,) = (part for part in message.walk() if part.get_content_type() == "multipart/alternative")
    return [part.get_content_type() for part in alternatives.iter_parts()][-1] == "text/calendar"


def _has_what_a_message_needs(message: EmailMessage) -> bool:
    return all(len(message.get_all(name, [])) == 1 for name in ("From", "To", "Subject", "Date", "Message-ID"))


RULES: dict[str, Callable[[EmailMessage], bool]] = {
    "M01": lambda message: parts(message) == SHAPE,
    "M02": lambda message: _part(message, "text/calendar").get_param("method") is not None,
    "M03": _method_is_that_of_the_calendar,
    "M04": lambda message: str(_part(message, "text/calendar").get_param("charset")).lower() == "utf-8",
    "M05": lambda message: _part(message, "text/calendar")["Content-Transfer-Encoding"] == "base64",
    "M06": lambda message: _part(message, "text/calendar")["Content-Disposition"] is None,
    "M07": _text_says_when,
    "M08": lambda message: _people(message, "ORGANIZER") == _addresses(message, "From"),
    "M09": lambda message: _people(message, "ATTENDEE") == _addresses(message, "To"),
    "M10": lambda message: calendar_of(message) == _content(_part(message, "application/ics")),
    "M12": _calendar_is_last_of_the_alternatives,
    "M13": lambda message: not any(message[name] for name in ("Cc", "Bcc", "Resent-To")),
    "M14": _has_what_a_message_needs,
}
