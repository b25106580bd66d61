"""What may still be booked, on the command line."""

import json
from pathlib import Path

import pytest

from tests.solver.command_line import python, run, said, write_day_and_plan
from tests.solver.day_files import as_file, smallest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a day of one panel that meets acme at ten, and wants beta for an hour."""
    monkeypatch.chdir(tmp_path)
    write_day_and_plan(tmp_path)
    meetings = [
        {"id": "m1", "parties": ["acme", "p1"], "minutes": 30, "start": "10:00", "required": True},
        {"id": "m2", "parties": ["beta", "p1"], "minutes": 60},
    ]
    day = {**smallest()["day"], "step_minutes": 30}
    Path("day.json").write_bytes(as_file({**smallest(), "day": day, "meetings": meetings}))
    return tmp_path


def test_every_opening_stands_on_a_line(folder: Path) -> None:
    result = run("openings", "day.json", "--meeting", "m2")

    assert said(result) == (0, "09:00 r1\n10:30 r1\n11:00 r1\nm2: 3 openings; 3 places look free\n", "")


def test_a_program_is_told_the_same_as_json(folder: Path) -> None:
    result = run("openings", "day.json", "--meeting", "m2", "--json")

    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {
        "meeting": "m2",
        "openings": [{"start": start, "room": "r1"} for start in ("09:00", "10:30", "11:00")],
        "naive": 3,
        "safe": 3,
    }


def test_a_meeting_that_the_day_does_not_know_is_refused(folder: Path) -> None:
    result = run("openings", "day.json", "--meeting", "m\n9")

    assert said(result) == (2, "", 'day.json: no meeting "m\\n9"\n')


def test_a_meeting_must_be_named(folder: Path) -> None:
    result = run("openings", "day.json")

    assert (result.exit_code, result.stdout, "--meeting" in result.stderr) == (2, "", True)


def test_openings_load_no_or_tools(folder: Path) -> None:
    program = (
        "import sys; from typer.testing import CliRunner; from solver.cli import app\n"
        "assert CliRunner().invoke(app, 'openings day.json --meeting m2'.split()).exit_code == 0\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] == 'ortools'))"
    )

    assert python("-c", program).stdout == "[]\n"
