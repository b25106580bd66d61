"""A register of companies for tests: a real server on this machine, which answers as it is told, well or badly."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Answer:
    """What the server says at one path: `pause` is how many seconds it takes over each piece of the body."""

    status: int = 200
    body: bytes = b""
    kind: str = "application/json"
    pause: float = 0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Registry:
    """The answers by path, what was asked, and where the server is."""

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def company(self, number: str, **facts: Any) -> None:
        """Let a company be known."""
        self.answers[f"/enheter/{number}"] = said(number, **facts)

    def branch(self, number: str, **facts: Any) -> None:
        """Let a branch be known."""
        self.answers[f"/underenheter/{number}"] = said(number, **facts)


def said(number: str, **facts: Any) -> Answer:
    """The answer that tells of one number."""
    form = {"kode": "AS", "beskrivelse": "Aksjeselskap"}
    told = {"organisasjonsnummer": number, "navn": "DOSEVAKT AS", "organisasjonsform": form, **facts}
    return Answer(body=json.dumps(told).encode())


@contextmanager
def registry() -> Iterator[Registry]:
    """A register that knows nobody yet."""
    known = Registry()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.asked.append(self.path)
            answer = known.answers.get(self.path, Answer(404))
            self.send_response(answer.status)
            for name, value in {"Content-Type": answer.kind, **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            for start in range(0, len(answer.body), 20_000):
                time.sleep(answer.pause)
                try:
                    self.wfile.write(answer.body[start : start + 20_000])
                except OSError:
                    return

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    known.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
