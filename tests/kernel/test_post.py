"""Letters leave after the transaction that writes them, once."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from app.kernel import db, post
from app.kernel.refusals import Conflict


def _letter(recipient: str = "kari@vikstrand.example") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Dialogdag <dialog@vikstrand.example>"
    message["To"] = recipient
    message["Subject"] = "Møtet på Gardermoen"
    message.set_content("Hei på deg.")
    return message


def _stored() -> post.Letter:
    with db.transaction(reads_only=True) as session:
        return session.query(post.Letter).one()


def test_a_letter_without_a_mail_server_becomes_one_file_in_the_outbox(
    house: Path, running_engine: None, wait_until: Callable[..., Any]
) -> None:
    with db.transaction() as session:
        letter = post.send(session, _letter(), key="greeting")

    files = wait_until(lambda: list((house / "outbox").glob("*.eml")))

    written = message_from_bytes(files[0].read_bytes())
    assert (len(files), written["Message-ID"]) == (1, letter.message_id)
    wait_until(lambda: _stored().sent_at)
    assert _stored().mime == b""  # T2: the link in a letter that has left stands nowhere else


def test_a_letter_of_a_transaction_that_fails_is_never_written(house: Path, running_engine: None) -> None:
    with pytest.raises(RuntimeError), db.transaction() as session:
        post.send(session, _letter(), key="greeting")
        raise RuntimeError

    with db.transaction() as session:
        assert session.query(post.Letter).count() == 0


def test_the_same_letter_is_not_written_twice(house: Path) -> None:
    with db.transaction() as session:
        post.send(session, _letter(), key="greeting")

    with pytest.raises(Conflict), db.transaction() as session:
        post.send(session, _letter(), key="greeting")
