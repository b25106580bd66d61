"""Tests run in a child process of their own, with all statements in place or with one left out."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.mutants.guards import Guard

# A mutant for which the tests never come to an end is noticed as well; the very first run is of all tests there are.
SECONDS, SECONDS_OF_ALL = 60, 600

# Of the plugins only those that the settings of the tests speak of: each run would load all anew.
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
OPTIONS = (
    "-q",
    "-p",
    "pytest_timeout",
    "-p",
    "_hypothesis_pytestplugin",
    "--noconftest",
    "--assert=plain",
    "-p",
    "no:cacheprovider",
)


@dataclass(slots=True)
class Heard:
    """What came of one run: the tests in the order of running, each with its seconds and what it reached."""

    seconds: dict[str, float] = field(default_factory=dict)
    reached: dict[str, set[int]] = field(default_factory=dict)
    failed: str = ""


class Listener:
    """A pytest plugin that runs the tests named, in that order (all, when none is), and notes what came of them."""

    def __init__(self, guard: Guard, tests: Sequence[str]) -> None:
        self._guard, self._tests = guard, tests
        self.heard = Heard()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self._tests:
            place = {name: number for number, name in enumerate(self._tests)}
            items[:] = sorted((item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid])

    def pytest_runtest_setup(self) -> None:
        self._guard.reached.clear()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.heard.seconds[report.nodeid] = report.duration
            self.heard.reached[report.nodeid] = set(self._guard.reached)
        if report.failed:
            self.heard.failed = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.heard.failed = report.nodeid


def tried(guard: Guard, mutant: int | None, files: Sequence[str], tests: Sequence[str] = ()) -> Heard:
    """What comes of the tests with the mutant in place, or with none; the first failure ends the run."""

    def run(answer: Connection) -> None:
        guard.on_trial = mutant
        answer.send(_run(guard, files, tests))

    seconds = SECONDS if tests else SECONDS_OF_ALL
    return _in_a_child(run, seconds) or Heard(failed=f"no end within {seconds} seconds")


def _run(guard: Guard, files: Sequence[str], tests: Sequence[str]) -> Heard:
    listener = Listener(guard, tests)
    _say_nothing()
    status = pytest.main([*OPTIONS, "-x", *files], plugins=[listener])
    if status and not listener.heard.failed:
        listener.heard.failed = f"pytest ended with {status!r}"
    return listener.heard


def _say_nothing() -> None:
    sys.stdout.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _in_a_child(run: Callable[[Connection], None], seconds: int) -> Heard | None:
    """What `run` answers in a copy of this process, which forgets whatever it does; None when it takes too long."""
    ours, theirs = get_context("fork").Pipe(duplex=False)
    child = get_context("fork").Process(target=run, args=(theirs,))
    child.start()
    theirs.close()
    try:
        heard: Heard | None = ours.recv() if ours.poll(seconds) else None
    except EOFError:
        heard = Heard(failed="the process ended without an answer")
    child.kill()
    child.join()
    return heard


def load(files: Sequence[str]) -> None:
    """Import the tests and all that they need, once for all children."""
    with redirect_stdout(StringIO()):
        pytest.main([*OPTIONS, "--collect-only", *files])


def use_plain_hypothesis() -> TemporaryDirectory[str]:
    """Let every run of Hypothesis try the same examples, shrink nothing and write nothing into the checkout."""
    from hypothesis import Phase, configuration, settings

    written = TemporaryDirectory()
    configuration.set_hypothesis_home_dir(Path(written.name))
    settings.register_profile("mutants", database=None, derandomize=True, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("mutants")
    return written
