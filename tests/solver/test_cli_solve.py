"""Solving on the command line: the plan that is written, or why there is none, and how it is told."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from solver.files import problem_sha256, read_plan, read_problem
from solver.plan import Status
from solver.problem import DEFAULT_AIMS
from tests.solver.command_line import ENVIRONMENT, contents, run, said, write_day_and_plan
from tests.solver.day_files import as_file, smallest, with_change

LONG_DAY = Path(__file__).parents[2] / "examples" / "nine-municipalities.day.json"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a day and a true plan for it."""
    monkeypatch.chdir(tmp_path)
    write_day_and_plan(tmp_path)
    return tmp_path


def test_solve_writes_a_plan_that_the_check_lets_pass(folder: Path) -> None:
    result = run("solve", "day.json", "--out", "new.json", "--seconds", "20", "--seed", "3")

    assert said(result) == (0, "new.json: optimal, 1 of 1 meetings placed\n", "")
    plan = read_plan(Path("new.json").read_bytes(), read_problem(Path("day.json").read_bytes()))
    assert (plan.status, plan.unplaced, [found.aim for found in plan.aims]) == (Status.OPTIMAL, (), list(DEFAULT_AIMS))
    assert (plan.seed, plan.workers, plan.problem_sha256) == (3, 2, problem_sha256(as_file(smallest())))
    assert run("check", "day.json", "new.json").exit_code == 0


def test_solve_ends_with_status_3_and_writes_nothing_when_no_plan_keeps_every_rule(folder: Path) -> None:
    document = with_change(smallest(), "meetings[0].required", value=True)
    Path("day.json").write_bytes(as_file(with_change(document, "meetings[0].windows", [])))
    before = contents(folder)

    result = run("solve", "day.json", "--out", "plan.json")

    assert said(result) == (3, "", "day.json: proven infeasible: no plan keeps every rule\n")
    assert contents(folder) == before


def test_solve_ends_with_status_4_and_writes_nothing_when_its_time_is_up(folder: Path) -> None:
    before = contents(folder)

    result = run("solve", "day.json", "--out", "new.json", "--seconds", "1e-9")

    assert said(result) == (4, "", "day.json: no plan found within 1e-09 seconds\n")
    assert contents(folder) == before


def test_progress_is_told_to_a_program_as_lines_of_json(folder: Path) -> None:
    result = run("solve", "day.json", "--out", "new.json", "--progress", "json")

    told = [json.loads(line) for line in result.stderr.splitlines()]
    assert {tuple(event) for event in told} == {("aim", "step", "steps", "value", "bound", "seconds")}
    assert {event["aim"] for event in told} <= {None, *DEFAULT_AIMS}
    assert [event["step"] for event in told] == sorted(event["step"] for event in told)


@pytest.mark.slow
def test_ctrl_c_ends_a_solve_with_status_130_and_one_sentence(folder: Path) -> None:
    command = [sys.executable, "-m", "solver", "solve", str(LONG_DAY), "--out", "new.json", "--progress", "json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT) as solving:
        assert solving.stderr is not None
        for line in solving.stderr:
            if json.loads(line)["aim"] == "kept":
                break
        solving.send_signal(signal.SIGINT)
        _, told = solving.communicate(timeout=20)

    assert (solving.returncode, told.splitlines()[-1]) == (130, "Stopped; no plan was written.")
    assert {path.name for path in folder.iterdir()} == {"day.json", "plan.json"}
