"""Letters, measured: those of a publication composed and queued, then sent to a mail server on this machine.

`python -m bench.mail` prints what came of it as JSON, on a database of its own.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from app.dialogues.models import Dialogue
from app.invitations import service as invitations
from app.kernel import engine, post, schema
from app.kernel.db import transaction
from bench import publication
from bench.measured import ROOT

PATIENCE = 300


@contextmanager
def postbox(ledger: Path, share: float) -> Iterator[str]:
    """The address of a mail server that writes down what it takes, and fails for a `share` of all letters."""
    command = [sys.executable, "-m", "bench.postbox", str(ledger), str(share)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as server:  # noqa: S603 - our own module
        try:
            assert server.stdout is not None  # noqa: S101 - asked for above
            yield f"smtp://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.terminate()


@contextmanager
def house(share: float = 0.0) -> Iterator[Path]:
    """A folder with a database of its own and the ledger of a mail server, which this process uses from then on.

    So do the processes that it starts. The mail server fails for a `share` of all letters.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["DIALOGDAG_DATABASE_URL"] = f"sqlite:///{folder}/mail.sqlite3"
        os.environ.update(DIALOGDAG_FILES=f"{folder}/files", DIALOGDAG_OUTBOX=f"{folder}/outbox")
        with postbox(folder / "ledger", share) as address:
            os.environ["DIALOGDAG_SMTP_URL"] = address
            schema.upgrade()
            yield folder


def composed(dialogue: Dialogue) -> list[float]:
    """Seconds that each transaction took, until everybody has been told."""
    seconds = []
    while True:
        began = time.perf_counter()
        with transaction() as db:
            written = invitations.tell(db, db.get_one(Dialogue, dialogue.id))
        seconds.append(time.perf_counter() - began)
        if not written:
            return seconds


def waiting() -> int:
    """How many letters have neither left nor been parked."""
    with transaction(reads_only=True) as db:
        return db.scalar(sa.select(sa.func.count()).where(post.Letter.due_at.is_not(None))) or 0


def sent() -> list[float]:
    """When the jobs have sent each letter, in seconds after the first."""
    engine.launch()
    try:
        end = time.monotonic() + PATIENCE
        while waiting() and time.monotonic() < end:
            time.sleep(0.2)
    finally:
        engine.stop(seconds=10)
    return sent_after()


def sent_after(start: datetime | None = None) -> list[float]:
    """When each letter was sent, in seconds after `start` or after the first."""
    with transaction(reads_only=True) as db:
        moments = sorted(moment for moment in db.scalars(sa.select(post.Letter.sent_at)) if moment is not None)
    return [round((moment - (start or moments[0])).total_seconds(), 2) for moment in moments]


def main() -> None:
    """Print the figures."""
    with house() as folder:
        with transaction() as db:
            dialogue = publication.publish(db)
        seconds = composed(dialogue)
        moments = sent()
        figures = {
            "suppliers": publication.SUPPLIERS,
            "panels": publication.PANELS,
            "letters": len((folder / "ledger").read_text().splitlines()),
            "composed_seconds": sum(seconds),
            "longest_transaction_seconds": max(seconds),
            "sent_after_seconds": moments,
        }
    print(json.dumps(figures))  # noqa: T201 - what it is for


if __name__ == "__main__":
    main()
