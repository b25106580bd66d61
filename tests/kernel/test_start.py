"""What every process does first."""

import inspect
import subprocess
import sys
from importlib import import_module

import pytest


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
