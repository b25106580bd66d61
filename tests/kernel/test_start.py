"""What every process does first."""

import inspect
import subprocess
import sys
from importlib import import_module

import pytest
from pydantic import SecretStr

from app.kernel.settings import Settings
from app.kernel.start import contradiction_in


@pytest.mark.parametrize(
    ("flags", "code", "said"), [(["-O"], 1, "Dialogdag does not run under python -O.\n"), ([], 0, "")]
)
def test_no_process_runs_without_the_assertions_that_guard_calendars(flags: list[str], code: int, said: str) -> None:
    """I7: and the control, with them."""
    start = "from app.kernel import start; start.prepare()"

    ended = subprocess.run([sys.executable, *flags, "-c", start], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (code, said)


@pytest.mark.parametrize("module", ["app.serving", "app.worker", "app.demo.show"])
def test_every_process_begins_by_looking(module: str) -> None:
    """I7: whichever verb starts it."""
    assert "start.prepare()" in inspect.getsource(import_module(module))


@pytest.mark.parametrize(
    ("replies", "mailbox", "wrong"),
    [
        (None, None, ""),
        ("svar@dialog.example", "maildir:/var/mail/svar", ""),
        ("svar@dialog.example", None, "DIALOGDAG_MAILBOX_URL"),
        ("svar", "maildir:/var/mail/svar", "no address"),
        ("svar+en@dialog.example", "maildir:/var/mail/svar", "no address"),
        ("@dialog.example", "maildir:/var/mail/svar", "no address"),
    ],
)
def test_nobody_is_asked_to_answer_into_a_mailbox_that_nobody_reads(
    replies: str | None, mailbox: str | None, wrong: str
) -> None:
    """M08."""
    said = contradiction_in(Settings(replies=replies, mailbox_url=SecretStr(mailbox) if mailbox else None))

    assert (wrong in said, bool(said)) == (True, bool(wrong))
