"""Letters through a mail server that fails one time in five, while the process that sends them is killed over and over.

`python -m bench.mail_faults letters kills` prints what came of it as JSON. Letters are written all the while, as
changes come; each names its recipient alone, so that the ledger of the mail server tells what has become of it.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from random import Random

import sqlalchemy as sa

from app.kernel import clock, post
from app.kernel.db import transaction
from app.kernel.ical import Mailbox
from app.kernel.mail import letter
from bench.mail import house, sent_after, waiting
from bench.measured import ROOT

SHARE = 0.2
AT_ONCE = 25  # letters in one transaction
PATIENCE = 900
_US = Mailbox("Vikstrand kommune", "svar@dialog.example")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: letters that never arrived, that arrived again as the same, and that arrived again as another.

    `faults` are attempts beyond the first.
    """

    letters: int
    kills: int
    faults: int
    lost: int
    parked: int
    repeated: int
    doubled: int
    killed_after_seconds: list[float]
    sent_after_seconds: list[float]


def tried(letters: int, kills: int, seed: int = 1) -> Outcome:
    """What comes of so many letters and kills."""
    with house(SHARE) as folder:
        began = clock.now()
        killed = _send_all(letters, kills, folder / "ledger", Random(seed))  # noqa: S311 - no secret
        return _judged(folder / "ledger", began, killed)


def _send_all(letters: int, kills: int, ledger: Path, draws: Random) -> list[datetime]:
    """Write letters and have them sent, killing the sender each time that one more share of them has arrived."""
    killed = []
    for round_number in range(kills + 1):
        first, last = (letters * number // (kills + 1) for number in (round_number, round_number + 1))
        with _sender():
            _write(first, last)
            if round_number < kills:
                _wait(partial(_has_arrived, ledger, (first + last) // 2))
                time.sleep(draws.uniform(0, 0.5))
            else:
                _wait(_is_all_sent)
        killed.append(clock.now())
    return killed[:-1]


@contextmanager
def _sender() -> Iterator[None]:
    with subprocess.Popen([sys.executable, "-m", "bench.mail_worker"], cwd=ROOT) as child:
        try:
            yield
        finally:
            child.kill()


def _write(first: int, last: int) -> None:
    for start in range(first, last, AT_ONCE):
        with transaction() as db:
            for number in range(start, min(start + AT_ONCE, last)):
                post.send(db, _message(number), key=f"change {number}")


def _message(number: int) -> EmailMessage:
    recipient = Mailbox(f"Åse {number}", f"recipient{number}@vikstrand.example")
    return letter(_US, recipient, subject=f"Møtet er flyttet {number}", plain="Hei på deg.\n" * 20)


def _wait(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError("the letters do not arrive")
        time.sleep(0.1)


def _has_arrived(ledger: Path, letters: int) -> bool:
    return len(set(ledger.read_text().splitlines())) >= letters


def _is_all_sent() -> bool:
    return not waiting()


def _judged(ledger: Path, began: datetime, killed: list[datetime]) -> Outcome:
    arrivals = Counter(tuple(line.split()) for line in ledger.read_text().splitlines())
    with transaction(reads_only=True) as db:
        letters = list(db.scalars(sa.select(post.Letter)))
    known = {(one.recipient, one.message_id) for one in letters}
    return Outcome(
        letters=len(letters),
        kills=len(killed),
        faults=sum(one.attempts - 1 for one in letters),
        lost=len(known - arrivals.keys()),
        parked=sum(one.parked_at is not None for one in letters),
        repeated=sum(count - 1 for count in arrivals.values()),
        doubled=len(arrivals.keys() - known),
        killed_after_seconds=[round((moment - began).total_seconds(), 1) for moment in killed],
        sent_after_seconds=sent_after(began),
    )


def main(letters: str, kills: str) -> None:
    """Print what came of it."""
    print(json.dumps(asdict(tried(int(letters), int(kills)))))  # noqa: T201 - what it is for


if __name__ == "__main__":
    main(*sys.argv[1:])
