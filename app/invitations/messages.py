"""What a message in the mailbox is, whoever sent it and however it is made: bounded, and forgiving. Pure.

Headers are cut off where none is that long, parts are counted, and what lies inside of a returned or forwarded message
is not taken for the message's own.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32
from email.utils import getaddresses
from html import unescape

from app.kernel.content_lines import one_line, prose
from app.kernel.ical import Mailbox

MOST_PARTS = 200
MOST_TEXT = 20_000  # letters of what a person has written
_MOST_HEADER = 2_000
_MOST_BOUNDARIES = 40  # each is looked for in each line of what lies inside of it
_MOST_OF_A_KIND = 20  # headers of one name
_ARRIVED_AT = ("To", "Cc", "Delivered-To", "X-Original-To", "X-Delivered-To", "Envelope-To", "X-Envelope-To")
_CHARSETS = ("ascii", "utf-", "iso8859", "cp", "koi8", "gb", "big5", "shift_jis", "euc_")
_TAG = re.compile("<(!--|[A-Za-z]{1,10}|[/!?])")
_BLOCKS = ("p", "div", "br", "tr", "li")
_HIDDEN = ("script", "style", "title")
_MACHINES = ("mailer-daemon", "postmaster", "noreply", "no-reply")


class Unreadable(ValueError):
    """The message is not made as messages are: a person is to look at it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A message, and what is known of it at first sight.

    `sender` is who it says that it is from, without proof, its address in small letters and empty where there is not
    exactly one. `arrived_at` are the addresses that it was sent or delivered to. To what a machine has sent, nothing is
    ever sent in answer.
    """

    message: "Message[str, str]"
    parts: "list[Message[str, str]]"
    sender: Mailbox
    arrived_at: tuple[str, ...]
    subject: str
    is_from_machine: bool


class _ShortHeaders(Compat32):
    """The library's policy, with headers cut off: it reads the parameters of a long one for minutes."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """The header as a message keeps it."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_MOST_HEADER]


_SHORT_HEADERS = _ShortHeaders()


def opened(content: bytes) -> Opened:
    """The message in these bytes; raises Unreadable where it has more parts, or deeper ones, than any letter."""
    if content.lower().count(b"boundary") > _MOST_BOUNDARIES:
        raise Unreadable("more parts inside each other than any letter has")
    try:
        return _opened(message_from_bytes(content, policy=_SHORT_HEADERS))
    except RecursionError as broken:
        raise Unreadable("its parts lie too deep inside each other") from broken


def _opened(message: "Message[str, str]") -> Opened:
    return Opened(
        message,
        _parts(message),
        _sender(message),
        tuple(_addresses(message)),
        header(message, "Subject")[:200],
        _is_from_machine(message),
    )


def _parts(message: "Message[str, str]") -> "list[Message[str, str]]":
    found: list[Message[str, str]] = []
    ahead = [message]
    while ahead:
        part = ahead.pop()
        found.append(part)
        if len(found) > MOST_PARTS:
            raise Unreadable(f"more than {MOST_PARTS} parts")
        inner = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inner, list):
            ahead += [one for one in reversed(inner) if isinstance(one, Message)]
    return found


def header(message: "Message[str, str]", name: str) -> str:
    """A header on one line, decoded; empty where there is none."""
    return one_line(_decoded_header(str(message.get(name, ""))[:_MOST_HEADER]))


def _decoded_header(raw: str) -> str:
    try:
        return str(make_header(decode_header(raw)))
    except (LookupError, ValueError, HeaderParseError):
        return raw


def _sender(message: "Message[str, str]") -> Mailbox:
    written = [str(value)[:_MOST_HEADER] for value in message.get_all("From", [])]
    found = getaddresses(written) if len(written) == 1 else []
    if len(found) != 1 or "@" not in found[0][1]:
        return Mailbox("", "")
    name, address = found[0]
    return Mailbox(one_line(_decoded_header(name))[:200], one_line(address).casefold())


def _addresses(message: "Message[str, str]") -> Iterator[str]:
    for name in _ARRIVED_AT:
        for value in message.get_all(name, [])[:_MOST_OF_A_KIND]:
            yield from (word for word in re.split(r'[\s<>,;:"()]+', str(value)[:_MOST_HEADER]) if "@" in word)


def _is_from_machine(message: "Message[str, str]") -> bool:
    first = {name: header(message, name).casefold() for name in ("Auto-Submitted", "Precedence", "Return-Path")}
    return (
        first["Auto-Submitted"].partition(";")[0].strip() not in ("", "no")
        or first["Precedence"] in ("bulk", "junk", "list", "auto_reply")
        or first["Return-Path"] == "<>"
        or header(message, "X-Auto-Response-Suppress").casefold() not in ("", "none")
        or any(name in message for name in ("X-Autoreply", "X-Autorespond", "List-Id", "List-Unsubscribe"))
        or _sender(message).address.partition("@")[0] in _MACHINES
        or is_report(message)
    )


def is_report(message: "Message[str, str]") -> bool:
    """Whether a mail server tells what became of a letter (RFC 6522)."""
    return message.get_content_type() == "multipart/report"


def text_of(part: "Message[str, str]") -> str:
    """The text in a part, in whatever charset it says or seems to be in."""
    content = part.get_payload(decode=True)
    return decoded(content, part.get_content_charset()) if isinstance(content, bytes) else ""


def decoded(content: bytes, charset: str | None) -> str:
    """Bytes as text: in the charset that was named, else as UTF-8, UTF-16 or Windows' own."""
    for name in (charset, "utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else None, "cp1252"):
        # Some codecs of the language are no charsets, and slow.
        if name and _is_charset(name):
            try:
                return content.decode(name).removeprefix("\ufeff")
            except UnicodeError:
                continue
    return content.decode("latin-1")


def _is_charset(name: str) -> bool:
    try:
        return codecs.lookup(name).name.startswith(_CHARSETS)
    except (LookupError, ValueError):
        return False


def letter_of(opened_message: Opened) -> str:
    """What a person has written: the plain text of a message, or the words of its page."""
    shown = [part for part in opened_message.parts if part.get_content_disposition() != "attachment"]
    plain = next((part for part in shown if part.get_content_type() == "text/plain"), None)
    page = next((part for part in shown if part.get_content_type() == "text/html"), None)
    if plain is not None:
        return prose(text_of(plain)).strip()[:MOST_TEXT]
    return prose(_words_of(text_of(page))).strip()[:MOST_TEXT] if page is not None else ""


def has_files(opened_message: Opened) -> bool:
    """Whether something is attached."""
    return any(part.get_content_disposition() == "attachment" for part in opened_message.parts)


def _words_of(page: str) -> str:
    lines = (" ".join(line.split()) for line in "".join(_words(page[: 10 * MOST_TEXT])).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _words(page: str) -> Iterator[str]:
    """The words of a page, a block on each line.

    Not by the library's parser: it looks for the end of each thing that is torn anew, through all the rest.
    """
    place = 0
    while begins := _TAG.search(page, place):
        yield unescape(page[place : begins.start()])
        name = begins[1].lower()
        yield "\n" if name in _BLOCKS else ""
        place = _after(page, "-->" if name == "!--" else ">", _end_of_hidden(page, name, begins.start()))
    yield unescape(page[place:])


def _end_of_hidden(page: str, name: str, start: int) -> int:
    return _after(page, f"</{name}", start) if name in _HIDDEN else start


def _after(page: str, end: str, start: int) -> int:
    found = re.compile(re.escape(end), re.IGNORECASE).search(page, start)
    return found.end() if found else len(page)
