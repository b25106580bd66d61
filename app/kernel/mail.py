"""E-mail messages (RFC 5322, and RFC 6047 for calendars by mail): one sender, one recipient, headers that hold.

Names are cleaned once more on their way into a header: some versions of the language decode an encoded word into
header lines of its own (CPython gh-121650). Hundreds of letters differ in little: the headers that they share are read
and written once, and their parts are put together here, which takes a third of the time that the library would.
"""

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from functools import lru_cache
from typing import Any

from app.kernel.content_lines import one_line
from app.kernel.ical import Mailbox, Method

_SHARED = {"content-type", "content-transfer-encoding", "content-language", "mime-version", "subject"}
_WRITTEN_ALIKE = {*_SHARED, "from", "to"}


class _Policy(EmailPolicy):
    """The library's policy, which remembers how it has read and written headers that many letters share."""

    def header_store_parse(self, name: str, value: str) -> tuple[str, Any]:
        """The header as a message keeps it."""
        return _kept(self, name, value) if name.lower() in _SHARED else super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as it goes over the wire."""
        return _folded(self, name, value) if name.lower() in _WRITTEN_ALIKE else super().fold_binary(name, value)


@lru_cache(maxsize=1000)
def _kept(policy: _Policy, name: str, value: str) -> tuple[str, Any]:
    return super(_Policy, policy).header_store_parse(name, value)


@lru_cache(maxsize=1000)
def _folded(policy: _Policy, name: str, value: str) -> bytes:
    return super(_Policy, policy).fold_binary(name, value)


_POLICY = _Policy()
# Where each line of a letter is seven bits wide, no server on the way needs to rewrite it.
_WIRE = _Policy(linesep="\r\n", cte_type="7bit")


def letter(sender: Mailbox, recipient: Mailbox, *, subject: str, plain: str, html: str = "") -> EmailMessage:
    """A message with its text, and the same text as HTML when there is one."""
    message = EmailMessage(_POLICY)
    message["From"] = _address("From", sender)
    message["To"] = _address("To", recipient)
    message["Subject"] = header_text(subject)
    message["MIME-Version"] = "1.0"
    if html:
        _hold(message, "alternative", [_text(_part(), "plain", plain), _text(_part(), "html", html)])
    else:
        _text(message, "plain", plain)
    return message


def add_calendar(message: EmailMessage, calendar: bytes, method: Method) -> None:
    """Make a letter an invitation: the calendar as the last alternative of its text, and as a file.

    Mail programs that know invitations take the first and show buttons; the others offer the file. The two are the
    same bytes, as RFC 6047 2.4 asks, and are bytes throughout: as text they would lose their line ends.
    """
    buttons = _bytes(f'text/calendar; method="{method.value}"; charset="UTF-8"', calendar)
    file = _bytes("application/ics", calendar)
    file["Content-Disposition"] = 'attachment; filename="invite.ics"'
    texts, alternatives = message.get_payload(), _part()
    _hold(alternatives, "alternative", [*texts, buttons] if isinstance(texts, list) else [_taken_out(message), buttons])
    _hold(message, "mixed", [alternatives, file])


def on_the_wire(message: EmailMessage) -> bytes:
    """A message as a mail server takes it: lines that end in CRLF, each seven bits wide."""
    # The library looks for what it must encode; what was put together here has been encoded already.
    return _joined(message) if message.policy is _POLICY else message.as_bytes(policy=_WIRE)


def _joined(part: MIMEPart) -> bytes:
    headers = b"".join(_WIRE.fold_binary(name, value) for name, value in part.raw_items())
    body = part.get_payload()
    if isinstance(body, str):
        return headers + b"\r\n" + body.replace("\n", "\r\n").encode("ascii")
    line = b"--=_" + part.get_content_subtype().encode("ascii")
    inside = (b"\r\n".join((line, _joined(each), b"")) for each in part.iter_parts())
    return headers + b"\r\n" + b"".join(inside) + line + b"--\r\n"


def _part() -> EmailMessage:
    return EmailMessage(_POLICY)


def _text(part: EmailMessage, subtype: str, text: str) -> EmailMessage:
    lines = b"".join(line + b"\n" for line in text.encode().splitlines())
    return _filled(part, f'text/{subtype}; charset="utf-8"', "quoted-printable", b2a_qp(lines))


def _bytes(kind: str, content: bytes) -> EmailMessage:
    return _filled(_part(), kind, "base64", encodebytes(content))


def _filled(part: EmailMessage, kind: str, encoding: str, body: bytes) -> EmailMessage:
    part["Content-Type"], part["Content-Transfer-Encoding"] = kind, encoding
    part.set_payload(body.decode("ascii"))
    return part


def _taken_out(message: EmailMessage) -> EmailMessage:
    """The text of a message that has nothing else, as a part."""
    part = _part()
    for header in ("Content-Type", "Content-Transfer-Encoding"):
        part[header] = message[header]
    part.set_payload(message.get_payload())
    return part


def _hold(whole: EmailMessage, subtype: str, parts: Sequence[EmailMessage]) -> None:
    for header in ("Content-Type", "Content-Transfer-Encoding"):
        del whole[header]
    # Neither quoted-printable nor base64 holds “=_”: nothing that is written ends a part (RFC 2045 6.7).
    whole["Content-Type"] = f'multipart/{subtype}; boundary="=_{subtype}"'
    whole.set_payload([*parts])


@lru_cache(maxsize=1000)
def _address(header: str, mailbox: Mailbox) -> str:
    # Not by addr_spec: its parser refuses a local part such as “.kari”, which mail servers do hand out.
    local, _, domain = mailbox.address.rpartition("@")
    address = Address(header_text(mailbox.name), username=local, domain=domain)
    kept: str = _POLICY.header_factory(header, address)
    return kept


def header_text(text: str) -> str:
    """The text as a header may carry it: one line, and nothing that could be read as an encoded word."""
    return one_line(text).replace("=?", "= ?")
