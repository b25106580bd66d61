"""L5, L6: more than is taken, at a real server: cut off early, and never in memory."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from tests.demo.conftest import ROOT, free_port

pytestmark = pytest.mark.slow
MOST_MEMORY = 50_000_000  # bytes more than before
PAGE, API = f"/s/{UUID(int=7)}/proposal", "/api/v1/proposals/with-file"
DOORS = (PAGE, f"{PAGE}/draft", API)
START = "import sys; from app.serving import serve; serve('127.0.0.1', int(sys.argv[1]), runs_jobs=False)"


@dataclass
class Server:
    """The web app in a process of its own."""

    port: int
    process: subprocess.Popen[bytes]

    def memory(self) -> dict[str, int]:
        """Bytes in memory now (VmRSS), and at the most since the peak was last forgotten (VmHWM)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return {name: int(size) * 1024 for name, size in re.findall(r"(VmRSS|VmHWM):\s+(\d+) kB", status)}

    def growth(self, act: Callable[[], None]) -> int:
        """How many bytes of memory the act took at the most."""
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        before = self.memory()["VmRSS"]
        act()
        return self.memory()["VmHWM"] - before

    def dial(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("flooded"), free_port()
    known = {name: value for name, value in os.environ.items() if not name.startswith("DIALOGDAG_")}
    environment = {**known, "PYTHONPATH": str(ROOT), "DIALOGDAG_DATABASE_URL": f"sqlite:///{folder}/flooded.sqlite3"}
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", START, str(port)], cwd=folder, env=environment, stdout=output, stderr=output
        )
    started = Server(port, process)
    try:
        _wait_until_it_answers(started)
        yield started
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_it_answers(server: Server) -> None:
    for _ in range(600):
        try:
            server.dial().close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not start")


def _answer(connection: socket.socket) -> int:
    """The status of what the server says; 0 when it hung up without a word."""
    try:
        return int(connection.recv(65536).split()[1])
    except (OSError, IndexError):
        return 0


def _head(path: str, **headers: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: testserver", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _post(server: Server, path: str, kind: str, body: bytes) -> int:
    """The status for this body, sent until the server wants no more of it."""
    head = _head(path, **{"Content-Type": kind, "Content-Length": str(len(body)), "Authorization": "Bearer x"})
    with server.dial() as connection:
        with suppress(OSError):
            connection.sendall(head + body)
        return _answer(connection)


MULTIPART = "multipart/form-data; boundary=b"


@pytest.mark.parametrize("path", DOORS)
def test_a_gigabyte_that_is_announced_is_refused_before_it_is_sent(server: Server, path: str) -> None:
    """L5."""
    with server.dial() as connection:
        connection.sendall(_head(path, **{"Content-Type": MULTIPART, "Content-Length": str(10**9)}))
        assert _answer(connection) == 413


@pytest.mark.parametrize("path", DOORS)
def test_a_gigabyte_without_a_length_is_cut_off_where_it_is_too_much(server: Server, path: str) -> None:
    """L5: chunked, as one file that never ends."""
    chunk = b"10000\r\n" + bytes(65536) + b"\r\n"
    part = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    told: list[int] = []

    def flood() -> None:
        sent = 0
        with server.dial() as connection:
            head = _head(
                path, **{"Content-Type": MULTIPART, "Transfer-Encoding": "chunked", "Authorization": "Bearer x"}
            )
            connection.sendall(head + b"%x\r\n%b\r\n" % (len(part), part))
            try:
                while sent < 10**9:
                    connection.sendall(chunk)
                    sent += 65536
            except OSError:
                told.append(sent)
            told.append(_answer(connection))

    growth = server.growth(flood)

    # What lies in the buffers between the two has been sent, too.
    assert told[0] < 40_000_000
    assert told[1] in {413, 0}
    assert growth < MOST_MEMORY


def _parts(count: int) -> bytes:
    part = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF\r\n'
    return part * count + b"--b--\r\n"


def _long_header() -> bytes:
    return b"--b\r\nContent-Disposition: form-data; name=" + b"x" * 10_000_000 + b"\r\n\r\n\r\n--b--\r\n"


def _many_headers() -> bytes:
    return b"--b\r\n" + b"X-A: b\r\n" * 1_000_000 + b"\r\n\r\n--b--\r\n"


URLENCODED = "application/x-www-form-urlencoded"
# What is too much is 413; headers that the parser of forms refuses by itself are a form that cannot be read.
FLOODS: dict[str, tuple[str, bytes, int]] = {
    "L5 10 000 parts": (MULTIPART, _parts(10_000), 413),
    "L5 huge part header": (MULTIPART, _long_header(), 400),
    "L5 a million part headers": (MULTIPART, _many_headers(), 400),
    "L6 a million fields": (URLENCODED, b"a=&" * 1_000_000, 413),
    "L6 a million answers": (URLENCODED, b"answer-1=x&" * 900_000, 413),
    "L6 one field of ten megabytes": (URLENCODED, b"answer-1=" + b"x" * 10_000_000, 413),
}


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize(("kind", "body", "status"), FLOODS.values(), ids=FLOODS)
def test_a_form_of_too_many_or_too_long_parts_is_refused(
    server: Server, path: str, kind: str, body: bytes, status: int
) -> None:
    """L5, L6."""
    statuses: list[int] = []
    began = time.monotonic()

    growth = server.growth(lambda: statuses.append(_post(server, path, kind, body)))

    assert statuses == [status]
    assert growth < MOST_MEMORY
    assert time.monotonic() - began < 20


def test_a_form_of_an_honest_size_is_taken(server: Server) -> None:
    """The control: it is read whole, and only then asked who sent it."""
    assert _post(server, API, MULTIPART, _parts(5)) in {401, 422}
    assert _post(server, PAGE, URLENCODED, b"answer-1=x&" * 100) in {303, 401, 403}
