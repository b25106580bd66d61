"""The command line as tests use it: a folder with a day and a plan, and what a command said."""

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from solver.cli import app
from solver.files import problem_sha256
from tests.solver.day_files import Document, as_file, smallest

AIMS = {"reached": 1, "placed": 1, "kept": 0, "longest_wait": 0, "wait": 0, "wishes": 0, "panel_rooms": 0, "finish": 30}
PLACED = {"id": "m1", "start": "09:00", "end": "09:30", "room": "r1", "people": ["kari"]}
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def plan_document() -> Document:
    """A true plan for the smallest day."""
    return {
        "format": "dialogdag.plan/1",
        "status": "optimal",
        "sessions": [],
        "meetings": [PLACED],
        "unplaced": [],
        "aims": [{"aim": aim, "value": value, "bound": value, "proven": True} for aim, value in AIMS.items()],
        "seed": 1,
        "workers": 2,
        "solver": "by hand",
        "seconds": 0.0,
        "problem_sha256": problem_sha256(as_file(smallest())),
    }


def write_day_and_plan(folder: Path) -> None:
    (folder / "day.json").write_bytes(as_file(smallest()))
    (folder / "plan.json").write_bytes(as_file(plan_document()))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def said(result: Result) -> tuple[int, str, str]:
    return result.exit_code, result.stdout, result.stderr


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True, env=ENVIRONMENT)
