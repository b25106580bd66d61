"""A mailbox on a real server, and one in a folder: what is read is marked when we say so, and not before."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.kernel import mailbox
from app.kernel.mailbox import MailboxFault
from tests.kernel.imap_server import PASSWORD, ImapServer, imap_server
from tests.kernel.mail_server import CERTIFICATE, free_port

FIRST, SECOND, THIRD = (f"Subject: {number}\r\n\r\nHei\r\n".encode() for number in (1, 2, 3))


@pytest.fixture(scope="module")
def listening() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.fixture
def server(listening: ImapServer, monkeypatch: pytest.MonkeyPatch) -> ImapServer:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    listening.empty()
    return listening


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    for number, content in enumerate((FIRST, SECOND, THIRD)):
        (tmp_path / "new" / f"179{number}.M1P1.host").write_bytes(content)
    return tmp_path


def _unread(url: str, at_most: int = 10) -> list[bytes | None]:
    with mailbox.opened(url) as box:
        return [message.content for message in box.unread(at_most)]


def _deal_with(url: str) -> None:
    """Settle the first message, flag the second, and leave the third."""
    with mailbox.opened(url) as box:
        first, second, _ = box.unread(10)
        box.settle(first.key)
        box.flag(second.key)


def test_messages_on_a_server_stay_unread_until_they_are_settled(server: ImapServer) -> None:
    server.deliver(FIRST, SECOND, THIRD)

    looked = [_unread(server.url()), _unread(server.url()), _unread(server.url(), at_most=1)]
    _deal_with(server.url())

    assert looked == [[FIRST, SECOND, THIRD], [FIRST, SECOND, THIRD], [FIRST]]
    assert _unread(server.url()) == [THIRD]
    assert server.flags() == {FIRST: "S", SECOND: "F", THIRD: ""}


def test_a_message_that_is_too_large_is_not_fetched(server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "LARGEST", len(FIRST))
    server.deliver(FIRST, SECOND + b"a")

    assert _unread(server.url()) == [FIRST, None]


def test_a_server_that_is_not_what_it_says_gets_no_password(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control is above: the same server, with a certificate that holds."""
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(MailboxFault, match="CERTIFICATE_VERIFY_FAILED"):
        _unread(server.url())


def test_what_goes_wrong_is_told_without_the_password(server: ImapServer) -> None:
    wrong = "n:ei/Æ@"
    nobody = server.url().replace(str(server.port), str(free_port()))
    unquoted = f"imaps://svar:{PASSWORD}@localhost:993/INBOX"
    faults = []
    for url in (server.url(wrong), server.url(folder="Nowhere"), nobody, unquoted):
        with pytest.raises(MailboxFault) as fault:
            _unread(url)
        faults.append(str(fault.value))

    assert [fault for fault in faults if wrong[:3] in fault or PASSWORD[:3] in fault] == []
    assert faults[1] == "the mail server has no folder Nowhere"


@pytest.mark.parametrize("url", ["imap://svar:x@mail.example/INBOX", "pop3://x@mail.example", "file:/etc", ""])
def test_a_password_goes_nowhere_unencrypted(url: str) -> None:
    with pytest.raises(MailboxFault, match="a mailbox is at imaps://"):
        _unread(url)


def test_messages_in_a_folder_stay_new_until_they_are_settled(maildir: Path) -> None:
    url = f"maildir:{maildir}"

    looked = [_unread(url), _unread(url, at_most=2)]
    _deal_with(url)

    assert looked == [[FIRST, SECOND, THIRD], [FIRST, SECOND]]
    assert _unread(url) == [THIRD]
    assert sorted(file.name for file in (maildir / "cur").iterdir()) == ["1790.M1P1.host:2,S", "1791.M1P1.host:2,F"]


def test_a_file_that_is_too_large_is_not_read(maildir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (maildir / "new" / "1793.M1P1.host").write_bytes(FIRST * 2)
    monkeypatch.setattr(mailbox, "LARGEST", len(FIRST))

    assert _unread(f"maildir:{maildir}") == [FIRST, SECOND, THIRD, None]


def test_a_message_that_another_process_has_dealt_with_is_passed_over(maildir: Path) -> None:
    with mailbox.opened(f"maildir:{maildir}") as box:
        messages = box.unread(10)
        first = next(messages)
        box.settle(first.key)
        box.settle(first.key)
        (maildir / "new" / "1791.M1P1.host").unlink()
        assert [message.content for message in messages] == [THIRD]


def test_a_folder_that_is_no_maildir_says_so(tmp_path: Path) -> None:
    with pytest.raises(MailboxFault, match="is no Maildir"):
        _unread(f"maildir:{tmp_path}")


def test_what_is_no_message_is_in_nobodys_way(maildir: Path) -> None:
    """I9: a folder, and a pipe that would never end."""
    (maildir / "new" / "1.folder").mkdir()
    os.mkfifo(maildir / "new" / "2.pipe")

    assert _unread(f"maildir:{maildir}") == [None, FIRST, SECOND, THIRD, None]
