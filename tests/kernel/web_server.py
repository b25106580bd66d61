"""A real https server on this machine, for tests: it answers each path as it is told, well or badly."""

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from app.kernel.internet import Internet

_CERTIFICATE = Path(__file__).parent / "localhost.cert.pem"
_KEY = Path(__file__).parent / "localhost.key.pem"


@dataclass
class Answer:
    """What the server says at one path: `pause` is how many seconds it takes over each byte of headers and body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0


@dataclass
class WebServer:
    """The answers by path, and what was asked: path, Host, If-None-Match."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)  # that were named when connections were made
    resolved: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        """The address of a path here."""
        return f"https://localhost:{self.port}{path}"

    def internet(self, *, reaches_all: bool = True) -> Internet:
        """A network in which every name leads here, and our own certificate is believed."""

        def resolve(host: str, _port: int) -> list[str]:
            self.resolved.append(host)
            return ["127.0.0.1"]

        ports, trust = frozenset({443, self.port}), lambda: ssl.create_default_context(cafile=str(_CERTIFICATE))
        if not reaches_all:
            return Internet(resolve=resolve, ports=ports, tls=trust)
        return Internet(resolve=resolve, ports=ports, tls=trust, may_reach=lambda _: True)


@contextmanager
def web_server() -> Iterator[WebServer]:
    """A server that knows no path yet."""
    told = WebServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Host", ""), self.headers.get("If-None-Match", "")
            told.asked.append((self.path, *asked))
            answer = told.answers.get(self.path, Answer(status=404))
            if asked[1] and asked[1] == answer.headers.get("ETag"):
                answer = Answer(status=304, headers=answer.headers)
            self._say(answer)

        def _say(self, answer: Answer) -> None:
            lines = [f"HTTP/1.1 {answer.status} So", *(f"{name}: {value}" for name, value in answer.headers.items())]
            whole = "\r\n".join([*lines, f"Content-Length: {len(answer.body)}", "Connection: close", "", ""]).encode()
            with suppress(OSError):  # who waits may have gone
                self._write(whole + answer.body, answer.pause)

        def _write(self, whole: bytes, pause: float) -> None:
            for place in range(0, len(whole), 1 if pause else len(whole)):
                self.wfile.write(whole[place : place + 1] if pause else whole)
                self.wfile.flush()
                time.sleep(pause)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever refuses our certificate hangs up
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_CERTIFICATE, _KEY)
    context.sni_callback = lambda _socket, name, _context: told.names.append(name)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    told.port = server.server_address[1]
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
