"""A real mail server on this machine, for tests: it takes letters, and can be told how to fail."""

import asyncio
import socket
import ssl
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CERTIFICATE = Path(__file__).parent / "localhost.cert.pem"
_KEY = Path(__file__).parent / "localhost.key.pem"
DROP = "drop the connection"


@dataclass
class MailServer:
    """What has come in, and what the server is to answer before it takes a recipient's letter.

    `at_recipient` and `at_content` hold answers by recipient, each given once, in order; `at_quit` is the answer to
    the sender's leave. A recipient in `held` is thought about until it is let go. `on_recipient`, `on_data` and
    `on_content` are called with what has come in, before it is answered; `connections` counts who has come.
    """

    port: int = 0
    taken: list[tuple[Envelope, EmailMessage]] = field(default_factory=list)
    at_recipient: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    at_content: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    at_quit: str = "221 Bye"
    held: set[str] = field(default_factory=set)
    connections: int = 0
    on_recipient: Callable[[str], None] = lambda _: None
    on_data: Callable[[], None] = lambda: None
    on_content: Callable[[EmailMessage], None] = lambda _: None

    def message_ids(self, recipient: str) -> list[str]:
        return [message["Message-ID"] for envelope, message in self.taken if envelope.rcpt_tos == [recipient]]

    def recipients(self) -> list[str]:
        return sorted(recipient for envelope, _ in self.taken for recipient in envelope.rcpt_tos)

    async def handle_RCPT(  # noqa: N802 the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.on_recipient(address)
        while address in self.held:
            await asyncio.sleep(0.05)
        if self.at_recipient[address]:
            return self.at_recipient[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 the library's name
        assert isinstance(envelope.original_content, bytes)
        message = message_from_bytes(envelope.original_content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        (recipient,) = envelope.rcpt_tos
        answer = self.at_content[recipient].pop(0) if self.at_content[recipient] else "250 OK"
        if answer == DROP:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "451 Gone"
        if answer.startswith("250"):
            self.taken.append((envelope, message))
            self.on_content(message)
        return answer

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 the library's name
        return self.at_quit


class _Protocol(SMTP):
    """What is said on one connection; the sender's DATA can be heard before its content comes."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.event_handler.connections += 1
        super().connection_made(transport)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 the library's name
        self.event_handler.on_data()
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Protocol(self.handler, **self.SMTP_kwargs)


@contextmanager
def mail_server(*, encrypted: bool = False) -> Iterator[MailServer]:
    """A mail server that listens while the block runs; an encrypted one asks for TLS and for a name and password."""
    server = MailServer()
    options = _encryption() if encrypted else {}
    controller = _Controller(server, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    server.connections = 0  # the controller has tried whether anybody answers
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()


def _encryption() -> dict[str, Any]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE, _KEY)
    return {"tls_context": tls, "require_starttls": True, "authenticator": _knows, "auth_required": True}


def _knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, shown: object) -> AuthResult:
    known = LoginPassword(b"post@vikstrand", b"p:a/s@s")
    return AuthResult(success=shown == known, handled=False)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
