"""A sender that is killed while it sends: the letter is not lost, and a repeat is known by its Message-ID."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from app.kernel import db, post
from tests.kernel.mail_server import MailServer, mail_server

ROOT = Path(__file__).parent.parent.parent
# What a killed sender had taken, others take up after a second instead of minutes.
SENDER = """
import signal
from dataclasses import replace
from app.kernel import engine, posting
posting.CLAIM = 1
engine._repeated[:] = [replace(job, seconds=1) for job in engine._repeated]
engine.launch()
signal.pause()
"""
KARI = "kari@vikstrand.example"

pytestmark = pytest.mark.slow


@contextmanager
def _sender() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", SENDER], cwd=ROOT) as child:
        try:
            yield child
        finally:
            child.kill()


def _write() -> post.Letter:
    message = EmailMessage()
    message["From"] = "Dialogdag <dialog@vikstrand.example>"
    message["To"] = KARI
    message["Subject"] = "Møtet på Gardermoen"
    message.set_content("Hei på deg.")
    with db.transaction() as session:
        return post.send(session, message, key="greeting")


def _is_sent(letter: post.Letter) -> bool:
    with db.transaction(reads_only=True) as session:
        return session.get_one(post.Letter, letter.id).sent_at is not None


@pytest.fixture
def server(house: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server() as listening:
        monkeypatch.setenv("DIALOGDAG_SMTP_URL", f"smtp://127.0.0.1:{listening.port}")
        monkeypatch.setenv("DIALOGDAG_EXECUTOR", "the one that sends letters")
        yield listening


def test_a_letter_goes_twice_at_most_and_then_with_the_same_message_id(
    server: MailServer, wait_until: Callable[..., Any]
) -> None:
    """C2: after DATA, before the sender has noted the server's yes."""
    letter = _write()
    with _sender() as first:
        server.on_content = lambda _: first.kill()
        assert first.wait(timeout=60) == -signal.SIGKILL
    after_the_crash = (_is_sent(letter), server.message_ids(KARI))
    server.on_content = lambda _: None

    with _sender():
        wait_until(lambda: _is_sent(letter), seconds=60)

    assert after_the_crash == (False, [letter.message_id])
    assert server.message_ids(KARI) == [letter.message_id] * 2


@pytest.mark.parametrize("moment", ["on_recipient", "on_data"])
def test_a_letter_whose_sender_is_killed_before_it_is_taken_goes_once(
    moment: str, server: MailServer, wait_until: Callable[..., Any]
) -> None:
    """C2: before and during DATA."""
    letter = _write()
    with _sender() as first:
        setattr(server, moment, lambda *_: first.kill())
        assert first.wait(timeout=60) == -signal.SIGKILL
    setattr(server, moment, lambda *_: None)

    with _sender():
        wait_until(lambda: _is_sent(letter), seconds=60)

    assert server.message_ids(KARI) == [letter.message_id]
