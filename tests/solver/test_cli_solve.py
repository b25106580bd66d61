"""Solving on the command line: the plan that is written, or why there is none, and how it is told."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from solver.files import problem_sha256, read_plan, read_problem
from solver.plan import Move, Place, Status
from solver.problem import DEFAULT_AIMS
from tests.solver.command_line import ENVIRONMENT, contents, run, said, write_day_and_plan
from tests.solver.day_files import Document, as_file, smallest, with_change
from tests.solver.factories import at


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
    Path("day.json").write_bytes(as_file(long_day(12, ["finish"])))
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


def test_who_is_moved_is_told_on_a_line_each(folder: Path) -> None:
    Path("day.json").write_bytes(as_file(announced_day()))

    result = run("solve", "day.json", "--out", "new.json")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "new.json: optimal, 1 of 2 meetings placed, 2 moved",
        "m1 (acme): 09:00 r1 → 10:30 r1",
        "m2 (beta): 11:00 r1 → not placed",
    ]
    plan = read_plan(Path("new.json").read_bytes(), read_problem(Path("day.json").read_bytes()))
    assert plan.moved == (
        Move("m1", Place(at("09:00"), "r1"), Place(at("10:30"), "r1")),
        Move("m2", Place(at("11:00"), "r1"), None),
    )
    assert run("check", "day.json", "new.json").exit_code == 0


def test_where_nobody_is_moved_that_is_told_too(folder: Path) -> None:
    document = with_change(announced_day(), "meetings[0].windows", [["09:00", "12:00"]])
    Path("day.json").write_bytes(as_file(with_change(document, "meetings[1].windows", [["09:00", "12:00"]])))

    result = run("solve", "day.json", "--out", "new.json")

    assert said(result) == (0, "new.json: optimal, 2 of 2 meetings placed, 0 moved\n", "")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_solve_that_is_stopped_writes_the_best_plan_so_far_and_says_so(folder: Path, number: signal.Signals) -> None:
    Path("long.json").write_bytes(as_file(long_day(12, ["reached", "placed", "wait", "finish"])))

    status, out, told = _stopped(number)

    assert (status, told[-1]) == (130, "Stopped: the best plan so far is written.")
    assert out.startswith("new.json: feasible, ")
    checked = run("check", "long.json", "new.json")
    assert (checked.exit_code, checked.stdout.splitlines()[0]) == (0, "No rule is broken, and every figure is true.")


@pytest.mark.slow
def test_a_solve_that_is_asked_twice_to_stop_ends_at_once_and_writes_nothing(folder: Path) -> None:
    Path("long.json").write_bytes(as_file(long_day(12, ["reached", "placed", "wait", "finish"])))
    before = contents(folder)

    # Two different signals, since two of a kind may be heard as one.
    assert _stopped(signal.SIGTERM, signal.SIGINT) == (130, "", ["Stopped; no plan was written."])
    assert contents(folder) == before


def announced_day() -> Document:
    """Two announced meetings, neither of which can be where it was; the second can be nowhere."""
    document = smallest()
    told = [{"id": "m1", "start": "09:00", "room": "r1"}, {"id": "m2", "start": "11:00", "room": "r1"}]
    meetings = [
        {"id": "m1", "parties": ["acme", "p1"], "minutes": 30, "windows": [["10:30", "11:00"]]},
        {"id": "m2", "parties": ["beta", "p1"], "minutes": 30, "windows": [["08:00", "09:15"]]},
    ]
    return {**document, "meetings": meetings, "announced": {"meetings": told}}


def long_day(suppliers: int, aims: list[str]) -> Document:
    """Each supplier wants to meet two of three panels; twelve can, and it takes minutes to prove what is best."""
    panels = [f"p{number}" for number in range(3)]
    wanted = [(f"s{number}", panels[(number + turn) % 3]) for number in range(suppliers) for turn in (0, 1)]
    return {
        **smallest(),
        "day": {**smallest()["day"], "opens": "08:00"},
        "rooms": [{"id": f"r{number}", "seats": 8} for number in range(3)],
        "people": [{"id": f"k{number}", "buyer": "larvik"} for number in range(3)],
        "panels": [{"id": name, "members": [f"k{name[1]}"], "pause_minutes": 10} for name in panels],
        "suppliers": [{"id": f"s{number}"} for number in range(suppliers)],
        "aims": aims,
        "meetings": [
            {"id": f"{supplier}-{panel}", "parties": [supplier, panel], "minutes": 20} for supplier, panel in wanted
        ],
    }


def _stopped(*numbers: signal.Signals) -> tuple[int, str, list[str]]:
    command = [sys.executable, "-m", "solver", "solve", "long.json", "--out", "new.json", "--progress", "json"]
    with subprocess.Popen(
        [*command, "--seconds", "600"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as solving:
        assert solving.stdout is not None
        assert solving.stderr is not None
        for line in solving.stderr:
            if json.loads(line)["step"] >= 1:
                break
        for number in numbers:
            solving.send_signal(number)
        out, told = solving.communicate(timeout=60)
    return solving.returncode, out, [line for line in told.splitlines() if not line.startswith("{")]
