"""Letters and a real mail server: faults are met with patience, refusals are shown, and nothing is lost."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from app.kernel import clock, db, engine, post
from tests.kernel.mail_server import CERTIFICATE, DROP, MailServer, free_port, mail_server

KARI, OLA, EVA = "kari@vikstrand.example", "ola@myrland.example", "eva@elvemo.example"
Wait = Callable[..., Any]


def _letter(recipient: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Dialogdag <dialog@vikstrand.example>"
    message["To"] = recipient
    message["Subject"] = "Møtet på Gardermoen"
    message.set_content("Hei på deg.\n.\nFra oss.")
    return message


def _send(recipient: str, dialogue_id: UUID | None = None) -> post.Letter:
    with db.transaction() as session:
        return post.send(session, _letter(recipient), key=str(uuid4()), dialogue_id=dialogue_id)


def _now(letter: post.Letter) -> post.Letter:
    with db.transaction(reads_only=True) as session:
        return session.get_one(post.Letter, letter.id)


def _attempt(letter: post.Letter) -> post.Letter:
    with db.transaction() as session:
        waiting = sa.and_(post.Letter.id == letter.id, post.Letter.due_at.is_not(None))
        session.execute(sa.update(post.Letter).where(waiting).values(due_at=clock.now()))
    post.send_what_is_due()
    return _now(letter)


def _is_settled(letter: post.Letter) -> post.Letter | None:
    now = _now(letter)
    return now if now.sent_at or now.parked_at else None


@pytest.fixture
def server(house: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server() as listening:
        monkeypatch.setenv("DIALOGDAG_SMTP_URL", f"smtp://127.0.0.1:{listening.port}")
        yield listening


@pytest.fixture
def working_engine(server: MailServer) -> Iterator[None]:
    engine.launch()
    yield
    engine.stop(seconds=10)


def test_a_letter_arrives_whole_at_its_one_recipient(server: MailServer) -> None:
    letter = _send(KARI)

    sent = _attempt(letter)

    ((envelope, message),) = server.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("dialog@vikstrand.example", [KARI])
    assert (message["Message-ID"], message["Subject"]) == (letter.message_id, "Møtet på Gardermoen")
    assert message.get_content() == "Hei på deg.\n.\nFra oss.\n"
    assert (sent.attempts, sent.last_error, sent.parked_at) == (1, None, None)


def test_what_goes_over_the_wire_is_seven_bits_wide(server: MailServer) -> None:
    assert _send(KARI).mime.isascii()


def test_the_engine_tries_again_after_each_passing_fault(
    server: MailServer, monkeypatch: pytest.MonkeyPatch, working_engine: None, wait_until: Wait
) -> None:
    monkeypatch.setattr(post, "PAUSES", (0.1, 0.1))
    server.at_recipient[KARI] = ["451 Greylisted"]
    server.at_content[KARI] = [DROP]

    letter = _send(KARI)
    sent = wait_until(lambda: _is_settled(letter))

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
    letter = _send(KARI)

    tried, sent = _attempt(letter), _attempt(letter)

    assert (tried.attempts, tried.sent_at, tried.parked_at) == (1, None, None)
    assert tried.last_error
    assert (sent.attempts, server.message_ids(KARI)) == (2, [letter.message_id])


def test_a_letter_is_parked_when_it_has_been_tried_often_enough(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "PAUSES", (600, 600))
    monkeypatch.setenv("DIALOGDAG_SMTP_URL", f"smtp://127.0.0.1:{free_port()}")
    letter = _send(KARI)

    tried = [_attempt(letter).parked_at is not None for _ in range(3)]

    assert tried == [False, False, True]
    assert "refused" in str(_now(letter).last_error)


def test_a_letter_that_is_refused_for_good_is_parked_at_once_and_shown_and_others_go(server: MailServer) -> None:
    """I9; C11: 550 is shown to the organiser."""
    dialogue_id = uuid4()
    server.at_recipient[KARI] = ["550 No such mailbox"]

    for recipient in (KARI, OLA):
        _attempt(_send(recipient, dialogue_id))

    with db.transaction(reads_only=True) as session:
        parked = [(letter.recipient, letter.attempts) for letter in post.parked(session, dialogue_id)]
        elsewhere = post.parked(session, uuid4())
    assert (parked, elsewhere, server.recipients()) == ([(KARI, 1)], [], [OLA])


def test_a_letter_that_cannot_be_put_on_the_wire_is_parked(server: MailServer) -> None:
    """I9."""
    letter = _send(KARI)
    with db.transaction() as session:
        session.get_one(post.Letter, letter.id).recipient = "kåri@vikstrand.example"

    tried = _attempt(letter)

    assert (server.taken, tried.attempts, tried.parked_at is not None) == ([], 1, True)


def test_letters_that_wait_hold_up_no_others(server: MailServer, working_engine: None, wait_until: Wait) -> None:
    """I9."""
    waiting = []
    for number in range(12):
        recipient = f"panel{number}@vikstrand.example"
        server.at_recipient[recipient] = ["451 Later"] * 2
        waiting.append(_send(recipient))

    last = _send(OLA)
    wait_until(lambda: _is_settled(last))

    # Had a dozen waiting letters filled the queue, they would have been tried again before this one.
    assert (server.recipients(), max(_now(letter).attempts for letter in waiting)) == ([OLA], 1)


def test_a_letter_that_hangs_holds_up_no_other_of_its_transaction(
    server: MailServer, working_engine: None, wait_until: Wait
) -> None:
    """C11: a slow server."""
    server.held.add(KARI)
    with db.transaction() as session:
        slow, *others = (post.send(session, _letter(to), key=to) for to in (KARI, OLA, EVA))

    wait_until(lambda: all(map(_is_settled, others)))

    assert (server.recipients(), _is_settled(slow)) == ([EVA, OLA], None)
    server.held.clear()
    assert wait_until(lambda: _is_settled(slow)).sent_at


def test_letters_leave_one_after_another_on_one_line(server: MailServer) -> None:
    for recipient in (KARI, OLA, EVA):
        _send(recipient)

    post.send_what_is_due()

    assert (server.connections, server.recipients()) == (1, [EVA, KARI, OLA])


def test_a_line_that_breaks_is_no_fault_of_the_next_letter(server: MailServer) -> None:
    """C11: 421 and a line that is dropped."""
    server.at_recipient[KARI], server.at_content[OLA] = ["421 Closing"], [DROP]
    letters = [_send(recipient) for recipient in (KARI, OLA, EVA, "per@elvemo.example")]

    post.send_what_is_due()

    assert [_now(letter).sent_at is not None for letter in letters] == [False, False, True, True]
    assert server.connections == 3


def test_dialogues_take_turns(server: MailServer) -> None:
    busy, quiet = uuid4(), uuid4()
    for number in range(4):
        _send(f"panel{number}@vikstrand.example", busy)
    for recipient, dialogue_id in ((KARI, quiet), (OLA, None)):
        _send(recipient, dialogue_id)

    post.send_what_is_due()

    # All six have waited; nobody waits for more than one letter of each other dialogue.
    order = [envelope.rcpt_tos[0] for envelope, _ in server.taken]
    assert sorted(order[:3]) == sorted([KARI, OLA, "panel0@vikstrand.example"])
    assert order[3:] == [f"panel{number}@vikstrand.example" for number in (1, 2, 3)]


def test_a_letter_that_somebody_has_taken_is_nobody_elses_until_its_time_is_up(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C2."""
    letter = _send(KARI)
    taken = post._next()
    post.send_what_is_due()
    while_taken = server.recipients()

    with clock.as_if(clock.now() + timedelta(seconds=post.CLAIM + 1)):
        post.send_what_is_due()

    assert (taken is not None, while_taken, server.message_ids(KARI)) == (True, [], [letter.message_id])


def test_who_was_slow_to_say_that_a_letter_failed_changes_nothing_of_what_came_after(server: MailServer) -> None:
    """C2: a process that was thought dead, and was not."""
    letter = _send(KARI)
    slow = post._next()
    sent = _attempt(letter)

    post._next(slow, TimeoutError("timed out"))

    assert (_now(letter).sent_at, _now(letter).last_error) == (sent.sent_at, None)


def test_the_pauses_grow(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """C11: the server is down."""
    monkeypatch.setenv("DIALOGDAG_SMTP_URL", f"smtp://127.0.0.1:{free_port()}")
    moment, pauses = clock.now(), []
    letter = _send(KARI)

    for _ in post.PAUSES:
        with clock.as_if(moment):
            due_at = _attempt(letter).due_at
        assert due_at is not None
        pauses.append(round((due_at - moment).total_seconds()))
        moment = due_at

    assert pauses == [5, 30, 120, 600, 3600, 21600]


def test_a_server_that_takes_leave_badly_has_still_taken_the_letter(server: MailServer) -> None:
    server.at_quit = "421 Not now"
    letter = _send(KARI)

    sent = _attempt(letter)

    assert (sent.sent_at is not None, server.message_ids(KARI)) == (True, [letter.message_id])


def test_what_has_left_is_parked_or_waits_is_not_tried(server: MailServer) -> None:
    server.at_recipient[KARI] = ["451 Later"]
    server.at_recipient[OLA] = ["550 No such mailbox"]
    letters = [_attempt(_send(recipient)) for recipient in (KARI, OLA, EVA)]

    post.send_what_is_due()

    assert [_now(letter).attempts for letter in letters] == [1, 1, 1]
    assert server.recipients() == [EVA]


def _encrypted(monkeypatch: pytest.MonkeyPatch, login: str) -> tuple[MailServer, post.Letter]:
    with mail_server(encrypted=True) as server:
        monkeypatch.setenv("DIALOGDAG_SMTP_URL", f"smtp://{login}localhost:{server.port}")
        return server, _attempt(_send(KARI))


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
