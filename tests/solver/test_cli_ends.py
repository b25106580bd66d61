"""How a command ends as a process: stopped while it loads or works, with its output refused, or asked wrongly."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.solver.command_line import ENVIRONMENT, run, said, write_day_and_plan

MODULES = ["solver", "app"]
SIGNALS = [signal.SIGINT, signal.SIGTERM]
STOPPED, NO_PLAN = "Stopped.\n", "Stopped; no plan was written.\n"
VERBS = {
    "check": (["check", "slow.json", "plan.json"], STOPPED),
    "draw": (["draw", "slow.json", "plan.json", "--out", "new.svg"], STOPPED),
    "explain": (["explain", "slow.json"], STOPPED),
    "openings": (["openings", "slow.json", "--meeting", "m1"], STOPPED),
    "solve": (["solve", "slow.json", "--out", "new.json"], NO_PLAN),
}
# What prints an answer, with Python holding it back until it is asked to print, or not.
ANSWERS = [
    ("check day.json plan.json", ""),
    ("check day.json plan.json", "1"),
    ("openings day.json --meeting m1", "1"),
    ("explain day.json", ""),
    ("solve day.json --out new.json", "1"),
    ("--help", ""),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a day and a true plan for it, and a day that never comes."""
    monkeypatch.chdir(tmp_path)
    write_day_and_plan(tmp_path)
    os.mkfifo("slow.json")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_is_stopped_before_its_work_says_one_sentence(folder: Path, verb: str) -> None:
    arguments, sentence = VERBS[verb]

    assert _stopped_when_loaded("solver", arguments, "solver.cli", signal.SIGTERM) == (130, "", sentence)


@pytest.mark.slow
@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize(
    ("module", "loaded"), [("solver", "typer.models"), ("solver", "solver.problem"), ("app", "typer.main")]
)
def test_a_command_that_is_stopped_while_it_loads_says_one_sentence(
    folder: Path, module: str, loaded: str, number: signal.Signals
) -> None:
    arguments, sentence = VERBS["solve"]

    assert _stopped_when_loaded(module, arguments, loaded, number) == (130, "", sentence)


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES)
def test_the_signals_are_heard_before_anything_heavy_is_loaded(folder: Path, module: str) -> None:
    # A typer whose loading never ends: whatever is loaded before it, the signal is heard.
    (folder / "typer.py").write_text("open('slow.json', 'rb')\n")
    environment = {**ENVIRONMENT, "PYTHONPATH": f"{folder}:{ENVIRONMENT['PYTHONPATH']}"}
    with _begun(module, ["check", "day.json", "plan.json"], environment) as command, Path("slow.json").open("wb"):
        command.send_signal(signal.SIGTERM)
        out, told = command.communicate(timeout=60)

    assert (command.returncode, out, told) == (130, "", STOPPED)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize(("arguments", "buffering"), ANSWERS)
def test_an_output_that_cannot_be_written_is_told_on_one_line_with_status_2(
    folder: Path, arguments: str, buffering: str
) -> None:
    with Path("/dev/full").open("wb") as full:
        command = subprocess.run(
            [sys.executable, "-m", "solver", *arguments.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**ENVIRONMENT, "PYTHONUNBUFFERED": buffering},
        )

    assert (command.returncode, command.stderr) == (2, "standard output: No space left on device\n")


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "buffering"), ANSWERS)
def test_an_output_that_nobody_reads_any_more_ends_the_command_silently(
    folder: Path, arguments: str, buffering: str
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = subprocess.run(
        [sys.executable, "-m", "solver", *arguments.split()],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**ENVIRONMENT, "PYTHONUNBUFFERED": buffering},
    )
    os.close(writer)

    assert (command.returncode != 0, command.stderr) == (True, "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "solve day.json --out new.json --seconds 0",
            "solve: Invalid value for '--seconds': expected seconds, more than 0 and at most 86400, found \"0\"",
        ),
        (
            "solve day.json --out new.json --seconds soon",
            "solve: Invalid value for '--seconds': expected seconds, more than 0 and at most 86400, found \"soon\"",
        ),
        (
            "solve day.json --out new.json --workers 0",
            "solve: Invalid value for '--workers': expected a whole number from 1 to 64, found \"0\"",
        ),
        (
            "solve day.json --out new.json --seed -1",
            "solve: Invalid value for '--seed': expected a whole number from 0 to 2147483647, found \"-1\"",
        ),
        (
            "solve day.json --out new.json --seed 1.5",
            "solve: Invalid value for '--seed': expected a whole number from 0 to 2147483647, found \"1.5\"",
        ),
        (
            "draw day.json plan.json --out new.svg --language sv",
            "draw: Invalid value for '--language': 'sv' is not one of 'nb', 'nn', 'en'.",
        ),
        (
            "solve day.json --out new.json --progress loud",
            "solve: Invalid value for '--progress': 'loud' is not one of 'auto', 'json', 'none'.",
        ),
        ("solve --out new.json", "solve: Missing argument 'DAY.json'."),
        ("solve day.json", "solve: Missing option '--out'."),
        ("solve day.json --outt new.json", "solve: No such option: --outt (Possible options: --out)"),
        ("solve day.json --out", "Option '--out' requires an argument."),
        ("check day.json plan.json more.json", "check: Got unexpected extra argument(s) (more.json)"),
        (
            "plan day.json",
            "No such command 'plan'. Did you mean 'explain'? There are solve, check, explain, openings, draw.",
        ),
        ("--fast", "No such option: --fast"),
    ],
)
def test_a_wrong_word_on_the_command_line_is_told_on_one_line_with_status_2(
    folder: Path, words: str, sentence: str
) -> None:
    before = {path.name for path in folder.iterdir()}

    status, out, told = said(run(*words.split()))

    assert (status, out, re.sub(r"^root( |: )", "", told)) == (2, "", f"{sentence}\n")
    assert {path.name for path in folder.iterdir()} == before


def _begun(
    module: str, arguments: list[str], environment: dict[str, str] = ENVIRONMENT, *options: str
) -> subprocess.Popen[str]:
    command = [sys.executable, *options, "-m", module, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def _stopped_when_loaded(
    module: str, arguments: list[str], loaded: str, number: signal.Signals
) -> tuple[int, str, str]:
    """Status, output and sentence of a command that gets the signal as soon as it tells that a module is loaded."""
    with _begun(module, arguments, ENVIRONMENT, "-X", "importtime") as command:
        assert command.stderr is not None
        for line in command.stderr:
            if line.split("|")[-1].strip() == loaded:
                command.send_signal(number)
                break
        out, told = command.communicate(timeout=60)
    return (
        command.returncode,
        out,
        "".join(line for line in told.splitlines(keepends=True) if not line.startswith("import ")),
    )
