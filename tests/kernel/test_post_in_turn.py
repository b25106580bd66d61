"""Letters leave in turn, each by itself: none holds up another, none is sent by two, and a line carries many."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.kernel import clock, db, engine, post, posting
from app.kernel.refusals import Unavailable
from tests.kernel.letters import EVA, KARI, OLA, a_letter, as_it_is_now, attempt, send, settled
from tests.kernel.mail_server import DROP, MailServer

Wait = Callable[..., Any]


def test_letters_that_wait_hold_up_no_others(server: MailServer, working_engine: None, wait_until: Wait) -> None:
    """I9."""
    waiting = []
    for number in range(12):
        recipient = f"panel{number}@vikstrand.example"
        server.at_recipient[recipient] = ["451 Later"] * 2
        waiting.append(send(recipient))

    last = send(OLA)
    wait_until(lambda: settled(last))

    # Had a dozen waiting letters filled the queue, they would have been tried again before this one.
    assert (server.recipients(), max(as_it_is_now(letter).attempts for letter in waiting)) == ([OLA], 1)


def test_a_letter_that_hangs_holds_up_no_other_of_its_transaction(
    server: MailServer, working_engine: None, wait_until: Wait
) -> None:
    """C11: a slow server."""
    server.held.add(KARI)
    with db.transaction() as session:
        slow, *others = (post.send(session, a_letter(to), key=to) for to in (KARI, OLA, EVA))

    wait_until(lambda: all(map(settled, others)))

    assert (server.recipients(), settled(slow)) == ([EVA, OLA], None)
    server.held.clear()
    assert wait_until(lambda: settled(slow)).sent_at


def test_a_transaction_asks_for_as_many_jobs_as_keep_one_free_and_no_more(house: object) -> None:
    with db.transaction() as session:
        for number in range(5):
            post.send(session, a_letter(KARI), key=f"of one transaction {number}")
    of_five = _jobs()

    send(OLA)

    assert (of_five, _jobs()) == (2, 3)


def _jobs() -> int:
    return len(engine._client().list_workflows(name="send letters"))


def test_what_is_undone_takes_its_asking_along_and_what_stays_asks_anew(house: object) -> None:
    with db.transaction() as session:
        with pytest.raises(RuntimeError), session.begin_nested():
            post.send(session, a_letter(KARI), key="undone")
            raise RuntimeError
        post.send(session, a_letter(OLA), key="stays")

    assert _jobs() == 1


def test_a_letter_that_has_left_is_not_sent_again_because_the_database_was_away(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter, answers = send(KARI), iter([True, False, True, True])

    def now_and_then() -> AbstractContextManager[Session]:
        if not next(answers):
            raise Unavailable("The database is busy. Try again in a few seconds.")
        return db.transaction()

    monkeypatch.setattr(posting, "transaction", now_and_then)
    posting.send_what_is_due()

    assert (server.message_ids(KARI), as_it_is_now(letter).attempts) == ([letter.message_id], 1)
    assert as_it_is_now(letter).sent_at


def test_letters_leave_one_after_another_on_one_line(server: MailServer) -> None:
    for recipient in (KARI, OLA, EVA):
        send(recipient)

    posting.send_what_is_due()

    assert (server.connections, server.recipients()) == (1, [EVA, KARI, OLA])


def test_a_line_that_breaks_is_no_fault_of_the_next_letter(server: MailServer) -> None:
    """C11: 421 and a line that is dropped."""
    server.at_recipient[KARI], server.at_content[OLA] = ["421 Closing"], [DROP]
    letters = [send(recipient) for recipient in (KARI, OLA, EVA, "per@elvemo.example")]

    posting.send_what_is_due()

    assert [as_it_is_now(letter).sent_at is not None for letter in letters] == [False, False, True, True]
    assert server.connections == 3


def test_dialogues_take_turns(server: MailServer) -> None:
    busy, quiet = uuid4(), uuid4()
    for number in range(4):
        send(f"panel{number}@vikstrand.example", busy)
    for recipient, dialogue_id in ((KARI, quiet), (OLA, None)):
        send(recipient, dialogue_id)

    posting.send_what_is_due()

    # All six have waited; nobody waits for more than one letter of each other dialogue.
    order = [envelope.rcpt_tos[0] for envelope, _ in server.taken]
    assert sorted(order[:3]) == sorted([KARI, OLA, "panel0@vikstrand.example"])
    assert order[3:] == [f"panel{number}@vikstrand.example" for number in (1, 2, 3)]


def test_a_letter_that_somebody_has_taken_is_nobody_elses_until_its_time_is_up(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C2."""
    letter = send(KARI)
    taken = posting._next()
    posting.send_what_is_due()
    while_taken = server.recipients()

    with clock.as_if(clock.now() + timedelta(seconds=posting.CLAIM + 1)):
        posting.send_what_is_due()

    assert (taken is not None, while_taken, server.message_ids(KARI)) == (True, [], [letter.message_id])


def test_without_that_time_a_letter_would_leave_while_somebody_sends_it(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C2, the control."""
    letter = send(KARI)
    with monkeypatch.context() as patch:
        patch.setattr(posting, "CLAIM", 0)
        posting._noted(None, None, is_last=False)

    posting.send_what_is_due()

    assert server.message_ids(KARI) == [letter.message_id]


def test_who_was_slow_to_say_that_a_letter_failed_changes_nothing_of_what_came_after(server: MailServer) -> None:
    """C2: a process that was thought dead, and was not."""
    letter = send(KARI)
    slow = posting._next()
    sent = attempt(letter)

    posting._next(slow, TimeoutError("timed out"))

    assert (as_it_is_now(letter).sent_at, as_it_is_now(letter).last_error) == (sent.sent_at, None)
