"""A mail server for measuring: it writes down each letter that it takes, and fails as often as it is told.

`python -m bench.postbox ledger share` says on its first line which port it listens on. A line of the ledger is a
recipient and a Message-ID.
"""

import asyncio
import re
import signal
import socket
import sys
from pathlib import Path
from random import Random

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session

AT_RECIPIENT = ("421 Closing", "451 Greylisted", "dropped")
AT_CONTENT = ("452 Out of space", "dropped", "taken and dropped")


class Postbox:
    """What is said to senders; `share` of all letters meet a fault, half before their content and half after it."""

    def __init__(self, ledger: Path, share: float, seed: int = 1) -> None:
        self._ledger = ledger.open("ab", buffering=0)
        self._share = share / 2
        self._draws = Random(seed)  # noqa: S311 - no secret

    def _fault(self, faults: tuple[str, ...]) -> str:
        return self._draws.choice(faults) if self._draws.random() < self._share else ""

    async def handle_RCPT(  # noqa: N802 the library's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the recipient, or fail."""
        fault = self._fault(AT_RECIPIENT)
        if fault == "dropped":
            _drop(server)
        if fault:
            return fault
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 the library's name
        """Take the letter and write it down, or fail, or both."""
        fault = self._fault(AT_CONTENT)
        if fault in {"", "taken and dropped"}:
            found = re.search(rb"^Message-ID: *(\S+)", bytes(envelope.original_content or b""), re.MULTILINE)
            self._ledger.write(envelope.rcpt_tos[0].encode() + b" " + (found[1] if found else b"none") + b"\n")
        if "dropped" in fault:
            _drop(server)
        return fault or "250 OK"


def _drop(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()


def main(ledger: str, share: str) -> None:
    """Listen until told to stop."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    loop = asyncio.new_event_loop()
    controller = UnthreadedController(Postbox(Path(ledger), float(share)), "127.0.0.1", port, loop=loop)
    controller.begin()  # type: ignore[no-untyped-call]  # the library has types for all but this
    loop.add_signal_handler(signal.SIGTERM, loop.stop)
    print(port, flush=True)  # noqa: T201 - whoever has started it waits for this
    loop.run_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
