"""A mailbox that is read: over IMAP, or as a Maildir folder on this machine.

What is read stays unread in the mailbox until somebody says that it has been dealt with, which is after our own
commit: whoever ends in between reads it once more. What a person is to see is flagged, and left alone from then on.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

PATIENCE = 30  # seconds that a mail server may take for one answer
LARGEST = 2_000_000  # octets of a message that is read; what is larger is for a person to see
_ON_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxFault(Exception):
    """The mailbox cannot be read just now, or not at all; the words hold no password."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message in the mailbox; `content` is None where it is too large to be read."""

    key: str
    content: bytes | None


class Mailbox(Protocol):
    """Messages that nobody has dealt with, oldest first, and what became of them."""

    def unread(self, at_most: int) -> Iterator[Incoming]:
        """The messages, each fetched when it is asked for."""

    def settle(self, key: str) -> None:
        """Mark a message as read."""

    def flag(self, key: str) -> None:
        """Leave a message to a person: flagged, unread, and not fetched again."""


@contextmanager
def opened(address: str) -> Iterator[Mailbox]:
    """The mailbox at `imaps://user:password@host[:port]/FOLDER`, or at `maildir:/folder`.

    `imap://`, which is not encrypted, is for this machine alone. Raises MailboxFault when it cannot be read.
    """
    url = urlsplit(address)
    try:
        if url.scheme == "maildir":
            yield _Maildir(Path(url.path))
        elif url.scheme == "imaps" or (url.scheme == "imap" and url.hostname in _ON_THIS_MACHINE):
            with _signed_in(url) as server:
                yield _Imap(server)
        else:
            raise MailboxFault("a mailbox is at imaps://… or maildir:/…; imap://… is for this machine alone")
    except (OSError, imaplib.IMAP4.error) as fault:
        raise MailboxFault(str(fault) or type(fault).__name__) from fault


class _Maildir:
    """A folder with `new` and `cur`, as mail servers deliver to it."""

    def __init__(self, folder: Path) -> None:
        self.new, self.cur = folder / "new", folder / "cur"
        if not self.new.is_dir() or not self.cur.is_dir():
            raise MailboxFault(f"{folder} is no Maildir: it needs “new” and “cur”")

    def unread(self, at_most: int) -> Iterator[Incoming]:
        # The names begin with the time of delivery. The library would read every message whole to list them.
        for name in sorted(file.name for file in self.new.iterdir())[:at_most]:
            with suppress(FileNotFoundError):  # another process has dealt with it
                yield Incoming(name, _content(self.new / name))

    def settle(self, key: str) -> None:
        self._move(key, "S")

    def flag(self, key: str) -> None:
        self._move(key, "F")

    def _move(self, key: str, flags: str) -> None:
        with suppress(FileNotFoundError):
            (self.new / key).rename(self.cur / f"{key.partition(':')[0]}:2,{flags}")


def _content(file: Path) -> bytes | None:
    is_small = file.stat().st_size <= LARGEST
    try:
        return file.read_bytes() if is_small and file.is_file() else None
    except PermissionError:
        return None  # for a person to see, and not in the way of the others


class _Imap:
    """A folder of an IMAP server; messages are known by their UID, which stays when others are deleted."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        self.server = server

    def unread(self, at_most: int) -> Iterator[Incoming]:
        (found, *_) = self._ask("SEARCH", "UNSEEN", "UNFLAGGED", "UNDELETED")
        for uid in (found.split() if isinstance(found, bytes) else [])[:at_most]:
            key = uid.decode()
            size = self._size(key)
            if size is not None:
                yield Incoming(key, self._content(key) if size <= LARGEST else None)

    def settle(self, key: str) -> None:
        self._ask("STORE", key, "+FLAGS", r"(\Seen)")

    def flag(self, key: str) -> None:
        self._ask("STORE", key, "+FLAGS", r"(\Flagged)")

    def _size(self, key: str) -> int | None:
        (line, *_) = self._ask("FETCH", key, "(RFC822.SIZE)")
        told = _SIZE.search(line) if isinstance(line, bytes) else None
        return int(told[1]) if told else None

    def _content(self, key: str) -> bytes:
        # PEEK: what is only read stays unread.
        parts = self._ask("FETCH", key, "(BODY.PEEK[])")
        return next((part[1] for part in parts if isinstance(part, tuple)), b"")

    def _ask(self, command: str, *words: str) -> list[bytes | tuple[bytes, bytes] | None]:
        status, answer = self.server.uid(command, *words)
        if status != "OK":
            raise MailboxFault(f"the mail server does not take {command}")
        return list(answer)


@contextmanager
def _signed_in(url: SplitResult) -> Iterator[imaplib.IMAP4]:
    server = _dial(url)
    try:
        _sign_in(server, unquote(url.username or ""), unquote(url.password or ""))
        folder = unquote(url.path.strip("/")) or "INBOX"
        status, _ = server.select(_quoted(folder))
        if status != "OK":
            raise MailboxFault(f"the mail server has no folder {folder}")
        yield server
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _dial(url: SplitResult) -> imaplib.IMAP4:
    host, port = url.hostname or "localhost", _port(url)
    if url.scheme == "imap":
        return imaplib.IMAP4(host, port or 143, timeout=PATIENCE)
    return imaplib.IMAP4_SSL(host, port or 993, ssl_context=ssl.create_default_context(), timeout=PATIENCE)


def _port(url: SplitResult) -> int | None:
    try:
        return url.port
    except ValueError:
        # The library's words would tell what stands there instead, which may be the password.
        raise MailboxFault("the address of the mailbox cannot be read: %-encode its name and password") from None


def _sign_in(server: imaplib.IMAP4, user: str, password: str) -> None:
    if "AUTH=PLAIN" in server.capabilities:
        # It takes every letter; LOGIN takes ASCII alone.
        server.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
    else:
        server.login(_quoted(user), password)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
