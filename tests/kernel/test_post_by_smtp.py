"""Letters and a real mail server: faults are met with patience, refusals are shown, and nothing is lost."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from app.kernel import clock, db, post, posting
from tests.kernel.letters import EVA, KARI, OLA, as_it_is_now, attempt, send, settled
from tests.kernel.mail_server import CERTIFICATE, DROP, MailServer, free_port, mail_server

Wait = Callable[..., Any]


def test_a_letter_arrives_whole_at_its_one_recipient(server: MailServer) -> None:
    letter = send(KARI)

    sent = attempt(letter)

    ((envelope, message),) = server.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("dialog@vikstrand.example", [KARI])
    assert (message["Message-ID"], message["Subject"]) == (letter.message_id, "Møtet på Gardermoen")
    assert message.get_content() == "Hei på deg.\n.\nFra oss.\n"
    assert (sent.attempts, sent.last_error, sent.parked_at) == (1, None, None)


def test_what_goes_over_the_wire_is_seven_bits_wide(server: MailServer) -> None:
    assert send(KARI).mime.isascii()


def test_the_engine_tries_again_after_each_passing_fault(
    server: MailServer, monkeypatch: pytest.MonkeyPatch, working_engine: None, wait_until: Wait
) -> None:
    monkeypatch.setattr(posting, "PAUSES", (0.1, 0.1))
    server.at_recipient[KARI] = ["451 Greylisted"]
    server.at_content[KARI] = [DROP]

    letter = send(KARI)
    sent = wait_until(lambda: settled(letter))

    assert server.message_ids(KARI) == [letter.message_id]
    assert (sent.attempts, sent.parked_at, sent.last_error) == (3, None, None)


FAULTS = {
    "421 at the recipient": ("at_recipient", "421 Closing"),
    "451 at the recipient": ("at_recipient", "451 Greylisted"),
    "452 at the content": ("at_content", "452 Out of space"),
    "dropped after the content": ("at_content", DROP),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_passing_fault_parks_nothing(fault: str, server: MailServer) -> None:
    """C11."""
    place, answer = FAULTS[fault]
    getattr(server, place)[KARI] = [answer]
    letter = send(KARI)

    tried, sent = attempt(letter), attempt(letter)

    assert (tried.attempts, tried.sent_at, tried.parked_at) == (1, None, None)
    assert tried.last_error
    assert (sent.attempts, server.message_ids(KARI)) == (2, [letter.message_id])


def test_a_letter_is_parked_when_it_has_been_tried_often_enough(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "PAUSES", (600, 600))
    monkeypatch.setenv("DIALOGDAG_SMTP_URL", f"smtp://127.0.0.1:{free_port()}")
    letter = send(KARI)

    tried = [attempt(letter).parked_at is not None for _ in range(3)]

    assert tried == [False, False, True]
    assert "refused" in str(as_it_is_now(letter).last_error)


def test_a_letter_that_is_refused_for_good_is_parked_at_once_and_shown_and_others_go(server: MailServer) -> None:
    """I9; C11: 550 is shown to the organiser."""
    dialogue_id = uuid4()
    server.at_recipient[KARI] = ["550 No such mailbox"]

    for recipient in (KARI, OLA):
        attempt(send(recipient, dialogue_id))

    with db.transaction(reads_only=True) as session:
        parked = [(letter.recipient, letter.attempts) for letter in post.parked(session, dialogue_id)]
        elsewhere = post.parked(session, uuid4())
    assert (parked, elsewhere, server.recipients()) == ([(KARI, 1)], [], [OLA])


def test_a_letter_that_cannot_be_put_on_the_wire_is_parked(server: MailServer) -> None:
    """I9."""
    letter = send(KARI)
    with db.transaction() as session:
        session.get_one(post.Letter, letter.id).recipient = "kåri@vikstrand.example"

    tried = attempt(letter)

    assert (server.taken, tried.attempts, tried.parked_at is not None) == ([], 1, True)


def test_the_pauses_grow(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """C11: the server is down."""
    monkeypatch.setenv("DIALOGDAG_SMTP_URL", f"smtp://127.0.0.1:{free_port()}")
    moment, pauses = clock.now(), []
    letter = send(KARI)

    for _ in posting.PAUSES:
        with clock.as_if(moment):
            due_at = attempt(letter).due_at
        assert due_at is not None
        pauses.append(round((due_at - moment).total_seconds()))
        moment = due_at

    assert pauses == [5, 30, 120, 600, 3600, 21600]


def test_a_server_that_takes_leave_badly_has_still_taken_the_letter(server: MailServer) -> None:
    server.at_quit = "421 Not now"
    letter = send(KARI)

    sent = attempt(letter)

    assert (sent.sent_at is not None, server.message_ids(KARI)) == (True, [letter.message_id])


def test_what_has_left_is_parked_or_waits_is_not_tried(server: MailServer) -> None:
    server.at_recipient[KARI] = ["451 Later"]
    server.at_recipient[OLA] = ["550 No such mailbox"]
    letters = [attempt(send(recipient)) for recipient in (KARI, OLA, EVA)]

    posting.send_what_is_due()

    assert [as_it_is_now(letter).attempts for letter in letters] == [1, 1, 1]
    assert server.recipients() == [EVA]


def _encrypted(monkeypatch: pytest.MonkeyPatch, login: str) -> tuple[MailServer, post.Letter]:
    with mail_server(encrypted=True) as server:
        monkeypatch.setenv("DIALOGDAG_SMTP_URL", f"smtp://{login}localhost:{server.port}")
        return server, attempt(send(KARI))


def test_a_server_that_asks_for_encryption_and_a_password_gets_both(
    house: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    server, sent = _encrypted(monkeypatch, "post%40vikstrand:p%3Aa%2Fs%40s@")

    assert (server.message_ids(KARI), sent.last_error) == ([sent.message_id], None)


def test_a_wrong_password_is_the_operators_to_mend_and_parks_nothing(
    house: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    server, tried = _encrypted(monkeypatch, "post%40vikstrand:wrong@")

    assert (server.taken, tried.attempts, tried.parked_at) == ([], 1, None)


def test_a_server_that_cannot_prove_who_it_is_gets_no_letter(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    server, tried = _encrypted(monkeypatch, "")

    assert (server.taken, "certificate" in str(tried.last_error), tried.parked_at) == ([], True, None)
