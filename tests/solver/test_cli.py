"""The verbs on the command line: what they print, what they write, and the status they end with."""

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.solver.command_line import AIMS, ENVIRONMENT, contents, plan_document, python, run, said, write_day_and_plan
from tests.solver.day_files import as_file, smallest, with_change


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a day and a true plan for it."""
    monkeypatch.chdir(tmp_path)
    write_day_and_plan(tmp_path)
    return tmp_path


def test_check_says_that_a_lawful_and_true_plan_holds(folder: Path) -> None:
    result = run("check", "day.json", "plan.json")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "No rule is broken, and every figure is true.",
        "That nothing better can be had is the solver's claim: solve the day again to see it proven.",
        "reached: 1",
        "placed: 1",
        "kept: 0",
        "longest_wait: 0",
        "wait: 0",
        "breaks: 0",
        "wishes: 0",
        "panel_rooms: 0",
        "finish: 30",
    ]


def test_check_tells_each_breach_and_each_false_figure_on_a_line(folder: Path) -> None:
    plan = with_change(plan_document(), "meetings[0].people", [])
    Path("plan.json").write_bytes(as_file({**plan, "problem_sha256": "0" * 64}))

    result = run("check", "day.json", "plan.json")

    breach, figure = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (1, "")
    assert breach.startswith("R6 panel: meeting:m1, panel:p1: ")
    assert figure.startswith("figure: ")
    assert "0" * 64 in figure


def test_check_as_json_tells_the_same_to_a_program(folder: Path) -> None:
    plan = with_change(plan_document(), "meetings[0].people", [])
    Path("plan.json").write_bytes(as_file({**plan, "status": "feasible"}))

    result = run("check", "day.json", "plan.json", "--json")
    told = json.loads(result.stdout)

    assert (result.exit_code, result.stderr) == (1, "")
    assert list(told) == ["lawful", "breaches", "figures", "aims", "suppliers", "spread"]
    assert told["lawful"] is False
    assert [(breach["rule"], breach["about"]) for breach in told["breaches"]] == [("R6", ["meeting:m1", "panel:p1"])]
    assert [list(breach) for breach in told["breaches"]] == [["rule", "about", "text"]]
    assert len(told["figures"]) == 1
    assert told["aims"] == {**AIMS, "breaks": 0}


def test_check_as_json_calls_a_plan_with_a_false_figure_lawful_but_does_not_let_it_pass(folder: Path) -> None:
    Path("plan.json").write_bytes(as_file(with_change(plan_document(), "aims[7].value", 25)))

    result = run("check", "day.json", "plan.json", "--json")
    told = json.loads(result.stdout)

    assert result.exit_code == 1
    assert (told["lawful"], told["breaches"], told["aims"]["finish"]) == (True, [], 30)
    assert told["figures"] != []


def test_draw_writes_a_picture(folder: Path) -> None:
    result = run("draw", "day.json", "plan.json", "--out", "day.svg")

    assert said(result) == (0, "", "")
    assert Path("day.svg").read_text().startswith("<svg ")


@pytest.mark.parametrize("options", [[], ["--html"]])
def test_no_picture_is_drawn_of_a_plan_that_claims_what_is_not_so(folder: Path, options: list[str]) -> None:
    plan = json.loads(Path("plan.json").read_text())
    Path("plan.json").write_text(json.dumps({**plan, "problem_sha256": "0" * 64}))

    result = run("draw", "day.json", "plan.json", "--out", "day.svg", *options)

    sentence = "plan.json: breaks a rule of the day, or claims what is not so; `check` tells what\n"
    assert said(result) == (2, "", sentence)
    assert not Path("day.svg").exists()


@pytest.mark.parametrize(
    ("options", "language"), [([], "nb"), (["--language", "nn"], "nn"), (["--language", "en"], "en")]
)
def test_draw_speaks_the_language_it_is_told(folder: Path, options: list[str], language: str) -> None:
    result = run("draw", "day.json", "plan.json", "--out", "day.svg", *options)

    assert said(result) == (0, "", "")
    assert f' lang="{language}" ' in Path("day.svg").read_text()


def test_draw_writes_a_page_with_the_picture_and_tables(folder: Path) -> None:
    result = run("draw", "day.json", "plan.json", "--out", "day.html", "--html", "--language", "en")

    assert said(result) == (0, "", "")
    page = Path("day.html").read_text()
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert (page.count("<svg "), page.count("<table>")) == (1, 2)


def test_draw_speaks_no_other_language(folder: Path) -> None:
    result = run("draw", "day.json", "plan.json", "--out", "day.svg", "--language", "se")

    assert (result.exit_code, "--language" in result.stderr, Path("day.svg").exists()) == (2, True, False)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb.json", "a\\nb.json"),
        ("a\x1b[2J\u2028.json", "a\\x1b[2J\\u2028.json"),
        ("\udcff.json", "\\udcff.json"),
        ("på\u202e.json", "på\\u202e.json"),
    ],
)
def test_whatever_a_file_is_called_it_is_refused_on_one_line(folder: Path, name: str, shown: str) -> None:
    result = run("check", name, "plan.json")

    assert said(result) == (2, "", f"{shown}: No such file or directory\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "gone.json", "plan.json"], "gone.json: No such file or directory"),
        (["check", ".", "plan.json"], ".: Is a directory"),
        (["check", "day.json", "gone.json"], "gone.json: No such file or directory"),
        (["check", "plan.json", "day.json"], 'plan.json: format: expected "dialogdag.day/1", found "dialogdag.plan/1"'),
        (["check", "day.json", "day.json"], 'day.json: format: expected "dialogdag.plan/1", found "dialogdag.day/1"'),
        (["check", "acm.json", "plan.json"], 'acm.json: meetings[0].parties[0]: no supplier or panel "acm"'),
        (["check", "broken.json", "plan.json"], "broken.json: not JSON at line 1, column 1: Expecting value"),
        (["draw", "day.json", "plan.json", "--out", "gone/day.svg"], "gone/day.svg: Its folder does not exist"),
        (["draw", "day.json", "plan.json", "--out", "."], ".: Is a directory"),
        (
            ["draw", "day.json", "plan.json", "--out", "plan.json"],
            "plan.json: Is read from, and must not be written over",
        ),
        (
            ["draw", "acm.json", "plan.json", "--out", "day.svg"],
            'acm.json: meetings[0].parties[0]: no supplier or panel "acm"',
        ),
        (["solve", "acm.json", "--out", "new.json"], 'acm.json: meetings[0].parties[0]: no supplier or panel "acm"'),
        (["solve", "day.json", "--out", "gone/plan.json"], "gone/plan.json: Its folder does not exist"),
        (["solve", "day.json", "--out", "./day.json"], "day.json: Is read from, and must not be written over"),
    ],
)
def test_what_cannot_be_read_or_written_is_told_on_one_line_with_status_2(
    folder: Path, arguments: list[str], sentence: str
) -> None:
    Path("acm.json").write_bytes(as_file(with_change(smallest(), "meetings[0].parties[0]", "acm")))
    Path("broken.json").write_bytes(b"day")
    before = contents(folder)

    result = run(*arguments)

    assert said(result) == (2, "", f"{sentence}\n")
    assert contents(folder) == before


@pytest.mark.parametrize(
    "options",
    [
        ["--seconds", "0"],
        ["--seconds", "nan"],
        ["--seconds", "inf"],
        ["--seconds", "-1"],
        ["--seconds", "86401"],
        ["--seconds", "soon"],
        ["--seed", "-1"],
        ["--seed", str(2**31)],
        ["--workers", "0"],
        ["--workers", "65"],
        ["--progress", "loud"],
    ],
)
def test_an_option_out_of_its_range_ends_with_status_2(folder: Path, options: list[str]) -> None:
    result = run("solve", "day.json", "--out", "new.json", *options)

    assert (result.exit_code, result.stdout) == (2, "")
    assert options[0] in result.stderr
    assert not Path("new.json").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unwritable for root")
def test_a_folder_that_may_not_be_written_to_is_told_of(folder: Path) -> None:
    folder.chmod(0o500)

    result = run("draw", "day.json", "plan.json", "--out", "day.svg")

    assert said(result) == (2, "", "day.svg: Its folder cannot be written to\n")


def test_a_file_is_written_through_a_link_and_with_ordinary_rights(folder: Path) -> None:
    Path("real.svg").write_text("old")
    Path("day.svg").symlink_to("real.svg")
    Path("new").touch()

    result = run("draw", "day.json", "plan.json", "--out", "day.svg")

    assert said(result) == (0, "", "")
    assert Path("day.svg").is_symlink()
    assert Path("real.svg").read_text().startswith("<svg ")
    assert stat.S_IMODE(Path("real.svg").stat().st_mode) == stat.S_IMODE(Path("new").stat().st_mode)
    assert {path.name for path in folder.iterdir()} == {"day.json", "plan.json", "real.svg", "day.svg", "new"}


def test_a_device_is_written_to_and_not_replaced(folder: Path) -> None:
    result = run("draw", "day.json", "plan.json", "--out", os.devnull)

    assert said(result) == (0, "", "")
    assert not Path(os.devnull).is_file()


@pytest.mark.slow
def test_ctrl_c_ends_a_command_with_status_130_and_one_sentence(folder: Path) -> None:
    os.mkfifo("slow.json")
    command = [sys.executable, "-m", "solver", "check", "slow.json", "plan.json"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT) as check,
        # Opening the pipe waits for the command to open its other end; then it waits for a day that never comes.
        Path("slow.json").open("wb"),
    ):
        check.send_signal(signal.SIGINT)
        out, told = check.communicate(timeout=20)

    assert (check.returncode, out, told) == (130, "", "Stopped.\n")


def test_checking_and_drawing_load_no_solver(folder: Path) -> None:
    program = (
        "import sys; from typer.testing import CliRunner; from solver.cli import app\n"
        "drawn = 'draw day.json plan.json --out day'\n"
        "for words in ('check day.json plan.json --suppliers', f'{drawn}.svg', f'{drawn}.html --html'):\n"
        "    assert CliRunner().invoke(app, words.split()).exit_code == 0\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('ortools', 'pysat')))"
    )

    assert python("-c", program).stdout == "[]\n"
