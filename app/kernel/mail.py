"""E-mail messages (RFC 5322, and RFC 6047 for calendars by mail): one sender, one recipient, headers that hold.

Names are cleaned once more on their way into a header: some versions of the language decode an encoded word into
header lines of its own (CPython gh-121650).
"""

from email.headerregistry import Address
from email.message import EmailMessage

from app.kernel.content_lines import one_line
from app.kernel.ical import Mailbox, Method


def letter(sender: Mailbox, recipient: Mailbox, *, subject: str, plain: str, html: str = "") -> EmailMessage:
    """A message with its text, and the same text as HTML when there is one."""
    message = EmailMessage()
    message["From"] = _address(sender)
    message["To"] = _address(recipient)
    message["Subject"] = header_text(subject)
    message.set_content(plain, cte="quoted-printable")
    if html:
        message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def add_calendar(message: EmailMessage, calendar: bytes, method: Method) -> None:
    """Make a letter an invitation: the calendar as the last alternative of its text, and as a file.

    Mail programs that know invitations take the first and show buttons; the others offer the file. The two are the
    same bytes, as RFC 6047 2.4 asks, and are bytes throughout: as text they would lose their line ends.
    """
    parameters = {"method": method.value, "charset": "UTF-8"}
    message.add_alternative(calendar, maintype="text", subtype="calendar", params=parameters)
    message.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")


def _address(mailbox: Mailbox) -> Address:
    # Not by addr_spec: its parser refuses a local part such as “.kari”, which mail servers do hand out.
    local, _, domain = mailbox.address.rpartition("@")
    return Address(header_text(mailbox.name), username=local, domain=domain)


def header_text(text: str) -> str:
    """The text as a header may carry it: one line, and nothing that could be read as an encoded word."""
    return one_line(text).replace("=?", "= ?")
