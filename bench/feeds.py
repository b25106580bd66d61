"""Feeds, measured: how many a server gives out a second, beside a bare route; polling; and rendering after a change.

`python -m bench.feeds` prints what came of it as JSON, on a database of its own. Ours and the bare route are each a
process of its own on the same kind of server, asked by turns over connections that are kept. Their CPU seconds are
read from /proc: it runs on Linux.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import typer

from app.dialogues.models import Dialogue
from app.feeds.contents import Entry, Shown, Whose
from app.feeds.models import RIGHTS, Feed, FeedKind
from app.feeds.opening import etag_of
from app.feeds.revision import body, revise
from app.kernel import access, schema
from app.kernel.db import transaction
from bench.measured import ROOT
from bench.web_client import Asked, many, one_by_one
from tests.days.factories import a_dialogue

EVENTS = 60
SUBSCRIBED_EVENTS = 12  # in a feed such as one person has
CONNECTIONS = 4
_NINE = datetime(2027, 4, 8, 7, tzinfo=UTC)
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens: its port, and its process."""

    port: int
    process: int

    @property
    def cpu_seconds(self) -> float:
        """What it has used so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


@contextmanager
def server(kind: str, log: Path) -> Iterator[Server]:
    """A server of `kind`, ours or bare; what it logs goes to a file."""
    command = [sys.executable, "-m", "bench.web_server", kind]
    with (
        log.open("wb") as errors,
        subprocess.Popen(  # noqa: S603 - our own module
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors
        ) as process,
    ):
        try:
            assert process.stdout is not None  # noqa: S101 - asked for above
            yield Server(int(process.stdout.readline()), process.pid)
        finally:
            process.terminate()


def entries(count: int, later: timedelta = timedelta()) -> list[Entry]:
    """So many meetings, one every hour."""
    starts = [_NINE + number * timedelta(hours=1) + later for number in range(count)]
    return [
        Entry(
            UUID(int=number),
            Shown(
                starts_at,
                starts_at + timedelta(minutes=45),
                f"En-til-en-møte med Leverandør nummer {number} AS",
                f"Rom {number % 12}, Gardermoen møtesenter",
                "Riktig medisin, til riktig tid\nPanel C: Kari Steinsvik, Åse Østby, Liv Elvebakk",
                is_busy=True,
            ),
            _NINE,
        )
        for number, starts_at in enumerate(starts)
    ]


def rendered(count: int, later: timedelta = timedelta()) -> tuple[bytes, float]:
    """A feed of so many meetings, and the milliseconds of CPU that rendering it took."""
    whose = Whose(FeedKind.PANEL, UUID(int=1), "Panel C", "nb")
    dialogue = Dialogue(id=UUID(int=2), title="Riktig medisin, til riktig tid")
    rows = revise(whose, dialogue, [], entries(count, later))
    began = time.process_time()
    made = body("Panel C – Riktig medisin, til riktig tid", "nb", rows, "https://dialog.example/d/medisin")
    return made, 1000 * (time.process_time() - began)


def keep(feeds: int) -> tuple[Asked, list[Asked]]:
    """The address and tag of a feed of sixty meetings, and of so many smaller ones, each a person's."""
    with transaction() as db:
        dialogue_id = a_dialogue(db).id
        large, small = rendered(EVENTS)[0], rendered(SUBSCRIBED_EVENTS)[0]

        def kept(content: bytes) -> Asked:
            about = uuid4()
            made = Feed(dialogue_id=dialogue_id, kind=FeedKind.PERSON, about=about, name="Panel C", body=content)
            made.etag = etag_of(content)
            db.add(made)
            return Asked(f"/f/{access.grant(db, RIGHTS[FeedKind.PERSON], about)}.ics", made.etag)

        return kept(large), [kept(small) for _ in range(feeds)]


def rates(ours: Server, bare: Server, feed: Asked, *, rounds: int, seconds: float) -> dict[str, list[float]]:
    """Requests answered a second in each round: by the bare route, of the unchanged feed, and of the whole one."""
    asked = {
        "bare_a_second": (bare, Asked("/"), 200),
        "unchanged_a_second": (ours, feed, 304),
        "whole_a_second": (ours, Asked(feed.path), 200),
    }
    counted: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(rounds):
        for name, (server, what, status) in asked.items():
            counted[name].append(asyncio.run(many(server.port, what, CONNECTIONS, seconds, status)))
    return counted


def polled(ours: Server, feeds: Sequence[Asked], seconds: float) -> float:
    """The CPU seconds of the server while each feed is asked for once, evenly over so many seconds.

    Nine in ten have what there is; each comes over a connection of its own, as calendar programs do.
    """
    known = [asked if number % 10 else Asked(asked.path) for number, asked in enumerate(feeds)]
    before = ours.cpu_seconds
    asyncio.run(one_by_one(ours.port, known, seconds))
    return ours.cpu_seconds - before


def measure(feeds: int, seconds: float, rounds: int) -> dict[str, object]:
    """Everything, as a row of the results without its cost."""
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        os.environ["DIALOGDAG_DATABASE_URL"] = f"sqlite:///{folder}/feeds.sqlite3"
        os.environ.update(DIALOGDAG_FILES=f"{folder}/files", DIALOGDAG_OUTBOX=f"{folder}/outbox")
        schema.upgrade()
        large, small = keep(feeds)
        ours = stack.enter_context(server("ours", folder / "ours.log"))
        bare = stack.enter_context(server("bare", folder / "bare.log"))
        rates(ours, bare, large, rounds=1, seconds=1)  # once to get going, uncounted
        counted = rates(ours, bare, large, rounds=rounds, seconds=seconds / 30)
        cpu_seconds = polled(ours, small, seconds)
    renders = [rendered(EVENTS, number * timedelta(minutes=1))[1] for number in range(60)]
    return {
        **counted,
        "polled": feeds,
        "polled_seconds": seconds,
        "polled_cpu_seconds": cpu_seconds,
        "render_milliseconds": median(renders),
    }


def report(feeds: int = 5000, seconds: float = 60.0, rounds: int = 5) -> None:
    """Print what it came to, as JSON."""
    typer.echo(json.dumps(measure(feeds, seconds, rounds)))


if __name__ == "__main__":
    typer.run(report)
