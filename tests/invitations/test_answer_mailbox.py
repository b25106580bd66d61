"""The mailbox is read from end to end: each message once, whatever lies beside it, and marked after our own commit."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from app.cli import app
from app.invitations import answered, mail_jobs, reading
from app.invitations.answers import Outcome, ReadMail
from app.kernel import mailbox, post
from app.kernel.db import transaction
from app.kernel.ical import PartStat
from app.kernel.mailbox import LARGEST, Incoming
from app.kernel.post import Letter
from app.kernel.settings import settings
from app.kernel.trail import TrailEntry
from tests.invitations.answers import invited, mailed, read_a_mailbox, reply, returned, stamped, told, written
from tests.invitations.factories import ANNE, LIV, SUPPLIER, to
from tests.kernel.imap_server import ImapServer, imap_server
from tests.kernel.mail_server import CERTIFICATE

BAD = {
    "noise": bytes(range(256)) * 40,
    "ten thousand parts": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 10_000,
    "a well of parts": b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(2_000)
    ),
    "an endless header": b"To: " + b"a@b.example, " * 100_000 + b"\r\n\r\nx",
    "charsets that are none": b"Subject: =?nonsense?q?x?=\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff",
    "a calendar of noise": b"Content-Type: text/calendar\r\n\r\n" + bytes(range(128, 256)) * 100,
    "a calendar that is too large": b"Content-Type: text/calendar\r\n\r\n" + b"BEGIN:VCALENDAR\r\n" * 20_000,
    "too large": b"Subject: x\r\n\r\n" + b"x" * LARGEST,
}


@pytest.fixture(scope="module")
def listening() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.fixture(autouse=True)
def server(listening: ImapServer, house: object, monkeypatch: pytest.MonkeyPatch) -> ImapServer:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    monkeypatch.setenv("DIALOGDAG_MAILBOX_URL", listening.url())
    read_a_mailbox(monkeypatch)
    listening.empty()
    return listening


def _answer(address: str) -> PartStat:
    with transaction(reads_only=True) as session:
        return answered.of_told(session, told(session, address)).answer


def test_one_bad_message_stops_no_other_and_stays_for_a_person(server: ImapServer, db: Session) -> None:
    """I9: and each of the others is taken once, however often it is looked."""
    letters = {address: to(address, invited_letters) for invited_letters in [invited(db)[2]] for address in (ANNE, LIV)}
    db.commit()
    yes, no = mailed(letters[ANNE], reply(letters[ANNE])), mailed(letters[LIV], reply(letters[LIV], "DECLINED"))
    server.deliver(yes, *BAD.values(), no)

    found, again = mail_jobs.read(), mail_jobs.read()

    flags = server.flags()
    assert (_answer(ANNE), _answer(LIV)) == (PartStat.ACCEPTED, PartStat.DECLINED)
    assert ({name: flags[content] for name, content in BAD.items()}, flags[yes], flags[no]) == (
        dict.fromkeys(BAD, "F"),
        "S",
        "S",
    )
    assert (found["answered"], sum(found.values()), again) == (2, len(BAD) + 2, {})


def test_who_dies_between_our_commit_and_the_mark_takes_nothing_twice(
    server: ImapServer, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    db.commit()
    server.deliver(written(letter, "Hei"), mailed(letter, reply(letter)))
    with monkeypatch.context() as dying:
        dying.setattr(mailbox._Imap, "settle", _die)
        with pytest.raises(KeyboardInterrupt):
            mail_jobs.read()

    found = mail_jobs.read()

    with transaction(reads_only=True) as session:
        forwarded = session.scalars(sa.select(Letter).where(Letter.key.startswith("forwarded:"))).all()
        taken = session.scalar(sa.select(sa.func.count()).select_from(ReadMail))
    assert (found, len(forwarded), taken) == ({"forwarded": 1, "answered": 1}, 1, 2)


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_message_that_was_not_committed_is_read_once_more(
    server: ImapServer, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    db.commit()
    server.deliver(mailed(letter, reply(letter)))
    with monkeypatch.context() as dying:
        dying.setattr(reading, "_addressed", _die)
        with pytest.raises(KeyboardInterrupt):
            mail_jobs.read()

    assert (mail_jobs.read(), _answer(SUPPLIER)) == ({"answered": 1}, PartStat.ACCEPTED)


def test_of_several_who_read_the_same_message_at_once_one_takes_it(db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    db.commit()
    messages = [Incoming("1", written(letter, "Hei")), Incoming("2", mailed(letter, reply(letter)))]

    with ThreadPoolExecutor(4) as pool:
        outcomes = set(pool.map(mail_jobs._taken, messages * 4))

    with transaction(reads_only=True) as session:
        forwarded = session.scalars(sa.select(Letter).where(Letter.key.startswith("forwarded:"))).all()
        noted = session.scalars(sa.select(TrailEntry).where(TrailEntry.action == "answered")).all()
        taken = session.scalar(sa.select(sa.func.count()).select_from(ReadMail))
    assert (len(forwarded), len(noted), taken) == (1, 1, 2)
    assert {Outcome.FORWARDED, Outcome.ANSWERED} <= outcomes <= {Outcome.FORWARDED, Outcome.ANSWERED, Outcome.IGNORED}


def test_two_hundred_returned_letters_come_in_one_run(server: ImapServer, db: Session) -> None:
    """C12: all are read, and none stays; which letter each was is tried where one message is taken."""
    letter = to(SUPPLIER, invited(db)[2])
    before = db.scalar(sa.select(sa.func.count()).select_from(Letter))
    db.commit()
    server.deliver(*(returned(letter).replace(b"Undelivered", b"Undelivered %d" % n) for n in range(200)))

    found = mail_jobs.read()

    with transaction(reads_only=True) as session:
        after = session.scalar(sa.select(sa.func.count()).select_from(Letter))
    assert (found, after, set(server.flags().values())) == ({"bounced": 200}, before, {"S"})


def test_every_kind_of_message_is_taken_as_what_it_is(server: ImapServer, db: Session) -> None:
    """The control of what else is tried on one database alone."""
    letters = invited(db)[2]
    letter, other = to(SUPPLIER, letters), to(LIV, letters)
    db.commit()
    times = ("DTSTART:20990408T120000Z", "DTEND:20990408T123000Z", "SUMMARY:x")
    server.deliver(
        mailed(letter, reply(letter, "DECLINED", DTSTAMP=stamped(2))),
        mailed(letter, reply(letter, "ACCEPTED", DTSTAMP=stamped(1))),
        mailed(letter, reply(letter, "TENTATIVE", *times, METHOD="METHOD:COUNTER", DTSTAMP=stamped(3))),
        mailed(letter, reply(letter, METHOD="METHOD:REFRESH", SEQUENCE="")),
        mailed(letter, reply(other, "DECLINED")),
        written(letter, "Ferie", headers="Auto-Submitted: auto-replied\r\n"),
        returned(other, with_headers=False),
    )

    found = mail_jobs.read()

    with transaction(reads_only=True) as session:
        seen = {one.address: one for one in answered.of_dialogue(session, told(session).dialogue_id)}
        (troubled,) = post.troubled(session, told(session).dialogue_id)
    kinds = ("answered", "old", "proposed", "refreshed", "unproved", "ignored", "bounced")
    assert found == dict.fromkeys(kinds, 1)
    assert (seen[SUPPLIER].answer, seen[SUPPLIER].proposed is None) == (PartStat.TENTATIVE, False)
    assert [one.sender for one in seen[LIV].unproved] == [SUPPLIER]
    assert (troubled.recipient, set(server.flags().values())) == (LIV, {"S"})


def test_the_command_line_reads_once_and_says_what_it_found(server: ImapServer, db: Session) -> None:
    letter = to(SUPPLIER, invited(db)[2])
    db.commit()
    server.deliver(mailed(letter, reply(letter)), written(letter, "Hei"))

    said = [CliRunner().invoke(app, ["mail", "read"]) for _ in range(2)]

    assert [(one.exit_code, one.output) for one in said] == [
        (0, "Read: 1 answered, 1 forwarded.\n"),
        (0, "Nothing new.\n"),
    ]


def test_the_command_line_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIALOGDAG_MAILBOX_URL")
    settings.cache_clear()

    said = CliRunner().invoke(app, ["mail", "read"])

    assert (said.exit_code, said.output) == (
        1,
        "The mailbox cannot be read: no mailbox is set: DIALOGDAG_MAILBOX_URL is empty.\n",
    )


def test_the_job_bears_a_mail_server_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALOGDAG_MAILBOX_URL", "imaps://svar:x@localhost:1/INBOX")
    settings.cache_clear()

    assert mail_jobs.look() == {}
