"""A real IMAP server on this machine, for tests: Dovecot, with one user whose mail lies in a folder of the test."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest

from tests.kernel.mail_server import CERTIFICATE, free_port

DOVECOT = os.environ.get("DOVECOT") or shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
USER, PASSWORD = "svar@dialog.example", "p:æ/s@s"
_KEY = CERTIFICATE.with_name("localhost.key.pem")
_SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
ssl = required
ssl_cert = <{certificate}
ssl_key = <{folder}/key.pem
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:{folder}/mail
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 0
first_valid_gid = 0
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
"""


@dataclass(frozen=True)
class ImapServer:
    """Where the server listens, and the Maildir of its one user."""

    port: int
    mail: Path

    def url(self, password: str = PASSWORD, folder: str = "INBOX") -> str:
        """The address of the mailbox, as an operator sets it."""
        return f"imaps://{quote(USER)}:{quote(password, safe='')}@localhost:{self.port}/{folder}"

    def empty(self) -> None:
        """Take all messages away."""
        for folder in ("new", "cur"):
            for file in (self.mail / folder).iterdir():
                file.unlink()

    def flags(self) -> dict[bytes, str]:
        """What is marked on each message that is in the mailbox, by its content."""
        marked = {file.read_bytes(): file.name.rpartition(",")[2] for file in (self.mail / "cur").iterdir()}
        return {**marked, **{file.read_bytes(): "" for file in (self.mail / "new").iterdir()}}

    def deliver(self, *contents: bytes) -> None:
        """Lay messages into the mailbox, the first first."""
        for number, content in enumerate(contents):
            name = f"{time.time():.0f}.M{time.monotonic_ns()}P{number:06}.test"
            (self.mail / "tmp" / name).write_bytes(content)
            shutil.chown(self.mail / "tmp" / name, _owner().pw_uid, _owner().pw_gid)
            (self.mail / "tmp" / name).rename(self.mail / "new" / name)


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """A server that listens while the block runs; fails, with a sentence, where Dovecot is not installed."""
    if DOVECOT is None:
        pytest.fail("These tests need Dovecot: tests/install-dovecot says how to get it.")
    # A short path: the name of a socket may be no longer than a hundred letters.
    with TemporaryDirectory(prefix="imap", dir="/tmp") as name:
        folder, port = Path(name), free_port()
        server = ImapServer(port, folder / "mail")
        _lay_out(folder, port)
        command = [DOVECOT, "-F", "-c", str(folder / "dovecot.conf")]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _await(port, process, folder)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=10)


def _owner() -> pwd.struct_passwd:
    """Who the server runs as: whoever runs the tests, and of root's tests nobody."""
    return pwd.getpwuid(os.getuid()) if os.getuid() else pwd.getpwnam("nobody")


def _lay_out(folder: Path, port: int) -> None:
    owner, group = _owner(), "nogroup"
    for part in ("run", "state", "mail", "mail/new", "mail/cur", "mail/tmp"):
        (folder / part).mkdir()
    shutil.copy(_KEY, folder / "key.pem")
    folder.chmod(0o755)
    for path in (folder / "mail", *(folder / "mail").iterdir()):
        shutil.chown(path, owner.pw_uid, owner.pw_gid)
    known = {"user": owner.pw_name, "uid": owner.pw_uid, "gid": owner.pw_gid, "certificate": CERTIFICATE}
    text = _SETTINGS.format(folder=folder, port=port, group=group, password=PASSWORD, **known)
    (folder / "dovecot.conf").write_text(text)


def _await(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    end = time.monotonic() + 15
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    log = folder / "log"
    pytest.fail(f"Dovecot does not listen: {log.read_text()[-2000:] if log.exists() else process.returncode}")
