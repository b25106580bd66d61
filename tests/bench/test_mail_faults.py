"""Letters through a mail server that fails, by a process that is killed: none is lost, none goes as two."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from app.kernel import clock, post, posting
from app.kernel.db import transaction
from bench.mail_faults import _judged
from bench.measured import run


@pytest.mark.slow
def test_none_is_lost_and_none_goes_twice_but_as_the_same() -> None:
    """C2, C11: a hundred letters, one fault in five, three kills; `make faults` has fifty times as many."""
    ended = run("bench.mail_faults", 100, 3, most_seconds=200)

    assert (ended.status, ended.errors) == (0, "")
    told = json.loads(ended.output)
    came_of_it = {name: told[name] for name in ("letters", "kills", "lost", "parked", "doubled")}
    assert came_of_it == {"letters": 100, "kills": 3, "lost": 0, "parked": 0, "doubled": 0}
    # A repeat has its reason: a kill, or a server that took a letter and did not say so.
    assert told["repeated"] <= told["kills"] + told["faults"]
    assert (len(told["sent_after_seconds"]), told["faults"] > 5) == (100, True)


def _send(number: int) -> post.Letter:
    message = EmailMessage()
    message["From"], message["To"] = "dialog@vikstrand.example", f"recipient{number}@vikstrand.example"
    message["Subject"] = "Møtet på Gardermoen"
    with transaction() as db:
        return post.send(db, message, key=f"change {number}")


def test_what_is_lost_repeated_or_doubled_is_counted(house: Path) -> None:
    """The control: the judgement above is not blind."""
    lost, well, again, doubled = (_send(number) for number in range(4))
    lines = [f"{one.recipient} {one.message_id}" for one in (well, again, again, again, doubled)]
    (house / "ledger").write_text("\n".join([*lines, f"{doubled.recipient} <another@vikstrand.example>"]))
    posting.send_what_is_due()

    outcome = _judged(house / "ledger", clock.now(), [])

    assert lost.key == "change 0"
    assert (outcome.lost, outcome.repeated, outcome.doubled) == (1, 2, 1)
