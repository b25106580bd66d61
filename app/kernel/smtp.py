"""The line to a mail server: one connection that carries letters one after another for as long as it holds."""

import smtplib
import ssl
from contextlib import suppress
from time import monotonic
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

PATIENCE = 30  # seconds that a mail server may take for one answer
GREETING = 45  # seconds that it may take until it is ready for a letter


class Line:
    """A connection to the mail server at `url`, made when the first letter leaves and again when it has broken."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _: TracebackType | None
    ) -> None:
        if self._server is not None:
            # The server has said its yes or no by now: how it takes leave changes nothing.
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
            self._drop()

    def send(self, sender: str, recipient: str, message: bytes) -> None:
        """Hand over one letter; it is the server's when this returns.

        Raises OSError, SMTPException or ValueError when the server did not take it; `is_final` tells for how long.
        """
        server = self._ready()
        try:
            server.sendmail(sender, [recipient], message)
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
            raise  # an answer: the line holds
        except BaseException:
            self._drop()
            raise

    def _ready(self) -> smtplib.SMTP:
        if self._server is not None and _holds(self._server):
            return self._server
        self._drop()
        began = monotonic()
        self._server = _dial(self._url)
        if monotonic() - began > GREETING:
            # What is left of the time that the letter is ours might not do for handing it over.
            self._drop()
            raise TimeoutError("the mail server took too long to be ready")
        return self._server

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None


def _holds(server: smtplib.SMTP) -> bool:
    # Servers end a line that has carried enough, and say so at the next command: that is no letter's fault.
    try:
        code, _ = server.noop()
    except (OSError, smtplib.SMTPException):
        return False
    return code == 250


def _dial(url_text: str) -> smtplib.SMTP:
    url = urlsplit(url_text)
    server = _greet(url_text)
    try:
        server.ehlo_or_helo_if_needed()
        if url.scheme != "smtps" and (server.has_extn("starttls") or url.username):
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _greet(url_text: str) -> smtplib.SMTP:
    url = urlsplit(url_text)
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        return smtplib.SMTP_SSL(host, url.port or 465, timeout=PATIENCE, context=ssl.create_default_context())
    return smtplib.SMTP(host, url.port or 25, timeout=PATIENCE)


def is_final(fault: Exception) -> bool:
    """Whether it is the letter that is refused for good; a server that refuses us is another matter."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return all(500 <= code < 600 for code, _ in _answers(fault))
    # A certificate that does not hold is a ValueError, too: the server's, and not the letter's.
    return isinstance(fault, ValueError) and not isinstance(fault, OSError)


def words_of(fault: Exception) -> str:
    """What the mail server has said, as it said it: “550 5.1.1 User unknown”; else what the fault says of itself."""
    if said := "; ".join(f"{code} {words}".strip() for code, words in _answers(fault)):
        return said
    return str(fault) or type(fault).__name__


def _answers(fault: Exception) -> list[tuple[int, str]]:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return [(code, _text(words)) for code, words in fault.recipients.values()]
    return [(fault.smtp_code, _text(fault.smtp_error))] if isinstance(fault, smtplib.SMTPResponseException) else []


def _text(words: bytes | str) -> str:
    return " ".join((words.decode("utf-8", "replace") if isinstance(words, bytes) else words).split())
