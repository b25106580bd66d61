"""Letters in trouble: shown, tried anew, found again when they come back, and held back after a restored backup."""

from email.message import EmailMessage
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from app.cli import app as command_line
from app.kernel import clock, post, posting, restored, schema, trail
from app.kernel.db import transaction
from app.kernel.refusals import Conflict


def _letter(recipient: str = "kari@vikstrand.example") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Dialogdag <svar@dialog.example>"
    message["To"] = recipient
    message["Subject"] = "Møtet på Gardermoen"
    message.set_content("Hei på deg.")
    return message


def _send(key: str = "greeting", dialogue_id: UUID | None = None, envelope: str = "") -> post.Letter:
    with transaction() as db:
        return post.send(db, _letter(), key=key, dialogue_id=dialogue_id, envelope=envelope)


def _park(letter: post.Letter) -> None:
    with transaction() as db:
        kept = db.get_one(post.Letter, letter.id)
        kept.attempts, kept.parked_at, kept.due_at, kept.last_error = 7, clock.now(), None, "550 No such mailbox"


def _now(letter: post.Letter) -> post.Letter:
    with transaction(reads_only=True) as db:
        return db.get_one(post.Letter, letter.id)


def test_a_parked_letter_is_tried_anew_and_leaves(house: Path) -> None:
    letter = _send()
    _park(letter)

    with transaction() as db:
        post.retry(db, db.get_one(post.Letter, letter.id))
    again = _now(letter)
    posting.send_what_is_due()

    assert (again.parked_at, again.attempts) == (None, 0)
    assert (_now(letter).sent_at is not None, len(list((house / "outbox").glob("*.eml")))) == (True, 1)


def test_a_letter_that_is_not_parked_is_not_tried_anew(house: Path) -> None:
    letter = _send()

    with pytest.raises(Conflict, match="on its way"), transaction() as db:
        post.retry(db, db.get_one(post.Letter, letter.id))


def test_what_came_back_and_what_is_parked_is_shown_oldest_first(house: Path) -> None:
    dialogue_id = uuid4()
    came_back, is_parked, well = (_send(key, dialogue_id) for key in ("one", "two", "three"))
    elsewhere = _send("four", uuid4())
    posting.send_what_is_due()

    with transaction() as db:
        for letter in (came_back, elsewhere):
            post.bounced(db, db.get_one(post.Letter, letter.id), "550 5.1.1 Unknown user")
    _park(is_parked)

    with transaction(reads_only=True) as db:
        troubled = [(letter.key, letter.last_error) for letter in post.troubled(db, dialogue_id)]
    assert troubled == [("one", "550 5.1.1 Unknown user"), ("two", "550 No such mailbox")]
    assert (_now(came_back).bounced_at is not None, _now(well).bounced_at) == (True, None)


def test_a_letter_that_comes_back_before_it_is_known_to_have_left_is_not_sent_again(house: Path) -> None:
    letter = _send()
    with transaction() as db:
        post.bounced(db, db.get_one(post.Letter, letter.id), "550 5.1.1 Unknown user")

    posting.send_what_is_due()

    assert (_now(letter).attempts, _now(letter).mime) == (0, b"")


def test_a_letter_is_found_by_its_message_id(db: Session) -> None:
    letter = post.send(db, _letter(), key="greeting")

    found = [post.by_message_id(db, f" {letter.message_id}\n"), post.by_message_id(db, "<another@dialog.example>")]

    assert found == [letter, None]


def test_bounces_go_to_the_envelopes_sender_and_the_letter_is_from_us(house: Path) -> None:
    letter = _send(envelope="svar+abc@dialog.example")

    assert (letter.sender, b"From: Dialogdag <svar@dialog.example>" in letter.mime) == ("svar+abc@dialog.example", True)


def _restore() -> str:
    answer = CliRunner().invoke(command_line, ["restored"])
    assert answer.exit_code == 0
    return answer.output


def test_after_a_restored_backup_letters_that_waited_are_held_back_and_shown(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D4."""
    told: list[int] = []
    monkeypatch.setattr(restored, "_listeners", [lambda _db: told.append(1)])
    dialogue_id = uuid4()
    sent = _send("one", dialogue_id)
    posting.send_what_is_due()
    waiting = _send("two", dialogue_id)

    output = _restore()
    posting.send_what_is_due()

    assert output.startswith("1 letters that waited are held back")
    assert (told, len(list((house / "outbox").glob("*.eml")))) == ([1], 1)
    with transaction(reads_only=True) as db:
        shown = [(letter.id, letter.last_error) for letter in post.troubled(db, dialogue_id)]
        entries = [(entry.action, entry.actor, entry.dialogue_id) for entry in trail.entries(db)]
    assert shown == [(waiting.id, "may have been sent before the backup was restored")]
    held_back = [("restored", "operator", None), ("held back", "operator", dialogue_id)]
    assert (entries, _now(sent).parked_at) == (held_back, None)


def test_without_that_word_they_would_leave_again(house: Path) -> None:
    """D4, the control: it is the word that holds them back."""
    _send()

    posting.send_what_is_due()

    assert len(list((house / "outbox").glob("*.eml"))) == 1


def test_a_room_that_cannot_mend_what_it_must_undoes_it_all(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """D4."""

    def fail(_db: Session) -> None:
        raise Conflict("That no longer fits.")

    monkeypatch.setattr(restored, "_listeners", [fail])
    letter = _send()

    with pytest.raises(Conflict), transaction() as db:
        restored.note(db)

    assert _now(letter).parked_at is None


def test_letters_that_waited_in_an_earlier_version_leave(house: Path) -> None:
    waiting, sent = _send("one"), _send("two")
    with transaction() as db:
        db.get_one(post.Letter, sent.id).sent_at = clock.now()
    command.downgrade(schema.config(), "0014")
    command.upgrade(schema.config(), "head")

    posting.send_what_is_due()

    assert (_now(waiting).attempts, _now(sent).attempts) == (1, 0)
    assert len(list((house / "outbox").glob("*.eml"))) == 1
