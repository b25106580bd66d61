"""Two hundred suppliers who all choose their times in the same moment, on a real server.

`make crowd` prints how long the answers took; what must be true of them, the tests say.
"""

import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from sqlalchemy.orm import Session

from app.days import service as days
from app.days.schemas import DayIn, PanelIn, PersonIn, RoomIn, SessionIn
from app.kernel import access, engine, schema
from app.kernel.access import Right
from app.kernel.db import transaction
from tests.booking.factories import first_come, lay
from tests.days.factories import a_dialogue
from tests.meetings.factories import wishes

ROOT = Path(__file__).parents[2]
SUPPLIERS, PANELS = 200, 30
MOST_TRIES = 25


@dataclass
class Crowd:
    """What came of it: every status and how many seconds its answer took, and who has which time in the end."""

    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    had: dict[UUID, datetime] = field(default_factory=dict)

    def percentile(self, share: float) -> float:
        """So many seconds, or fewer, took this share of the answers."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))]

    def told(self) -> str:
        """What came of it, in a line."""
        times = ", ".join(f"p{share:.0%} {self.percentile(share):.2f} s" for share in (0.5, 0.99))
        orders = f"{len(self.seconds)} orders {dict(Counter(self.statuses))}"
        return f"{len(self.had)} booked by {orders}: {times}, at most {max(self.seconds):.2f} s"


def a_large_day(suppliers: int = SUPPLIERS, panels: int = PANELS) -> tuple[UUID, dict[UUID, str]]:
    """A dialogue with its desk laid, and a token for each supplier's wished meeting."""
    with transaction(actor="test") as db:
        dialogue = a_dialogue(db)
        first_come(dialogue)
        handles = _rooms_and_panels(db, dialogue, panels)
        asked = wishes(db, dialogue, suppliers, *handles)
        tokens = {one.id: access.grant(db, Right.SUPPLIER, one.supplier_id) for one in asked}
    lay(dialogue.id)
    return dialogue.id, tokens


def _rooms_and_panels(db: Session, dialogue: Any, panels: int) -> list[str]:
    days.set_day(db, dialogue, DayIn(opens="08:30", closes="16:30", meeting_minutes=30, pause_minutes=10))
    days.add_room(db, dialogue, RoomIn(name="Aulaen", seats=1000))
    handles = []
    for number in range(panels):
        days.add_room(db, dialogue, RoomIn(name=f"Rom {number}", seats=8))
        members = [
            days.add_person(
                db,
                dialogue,
                PersonIn(name=f"Person {number} {place}", email=f"p{number}{place}@vikstrand.example", buyer=buyer),
            ).handle
            for place, buyer in enumerate(("vikstrand-kommune", "elvemo-kommune"))
        ]
        handles.append(days.add_panel(db, dialogue, PanelIn(name=f"Panel {number}", members=members)).handle)
    for title, kind, minutes, window in (
        ("Konferanse", "plenary", 60, ("08:30", "09:30")),
        ("Lunsj", "break", 30, ("11:30", "13:00")),
    ):
        days.add_session(db, dialogue, SessionIn(title=title, kind=kind, minutes=minutes, windows=[window]))
    return handles


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server on this process's database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "server.txt").open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", str(port)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/health")
        _wait_until_quiet()
        yield f"http://127.0.0.1:{port}/api/v1/meetings"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)


def _wait_for(address: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if httpx.get(address, timeout=2).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def _wait_until_quiet() -> None:
    """Until all that followed from laying the desk has been told: it is laid ten minutes before anybody may book."""
    end = time.monotonic() + 120
    while engine.has_work():
        if time.monotonic() > end:
            raise TimeoutError("the jobs do not end")
        time.sleep(0.2)


async def book_all(address: str, tokens: dict[UUID, str], seed: int = 1) -> Crowd:
    """Everybody looks, then all take one of the times they saw, in one moment, and try again where they lose."""
    crowd, draws = Crowd(), random.Random(seed)  # noqa: S311 - no secret
    looks = [_call("GET", address, token) for token in tokens.values()]
    seen = [answer[0]["openings"] for _, answer in await asyncio.gather(*looks)]
    people = zip(tokens.items(), seen, strict=True)
    await asyncio.gather(
        *(
            _take(f"{address}/{request}", token, found, crowd, request, random.Random(draws.random()))  # noqa: S311 - as above
            for (request, token), found in people
        )
    )
    return crowd


async def _take(
    address: str, token: str, found: list[dict[str, str]], crowd: Crowd, request: UUID, draws: random.Random
) -> None:
    for _ in range(MOST_TRIES):
        began = time.perf_counter()
        status, answer = await _call("PUT", address, token, {"starts_at": draws.choice(found)["starts_at"]})
        crowd.seconds.append(time.perf_counter() - began)
        crowd.statuses.append(status)
        if status == httpx.codes.OK:
            crowd.had[request] = datetime.fromisoformat(answer["starts_at"])
        if status != httpx.codes.CONFLICT:
            return
        found = answer["openings"]


async def _call(method: str, address: str, token: str, body: object = None) -> tuple[int, Any]:
    """One request on a connection of its own: whatever the client works, the server cannot meanwhile."""
    url, content = urlsplit(address), b"" if body is None else json.dumps(body).encode()
    reader, writer = await asyncio.open_connection(url.hostname, url.port)
    head = f"{method} {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\nAuthorization: Bearer {token}\r\n"
    about = f"Connection: close\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    writer.write((head + about).encode() + content)
    answer = await reader.read()
    writer.close()
    status, _, text = answer.partition(b"\r\n\r\n")
    return int(status.split(maxsplit=2)[1]), json.loads(text)


def main() -> None:
    """Print what came of it on a database of its own: DIALOGDAG_DATABASE_URL, or a new SQLite file."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.setdefault("DIALOGDAG_DATABASE_URL", f"sqlite:///{folder}/crowd.sqlite3")
        os.environ.update(DIALOGDAG_FILES=f"{folder}/files", DIALOGDAG_OUTBOX=f"{folder}/outbox")
        schema.upgrade()
        _, tokens = a_large_day()
        with served(folder) as address:
            print(asyncio.run(book_all(address, tokens)).told())  # noqa: T201 - this is what it is for


if __name__ == "__main__":
    main()
