"""Why a day cannot hold all that was asked, on the command line."""

import json
from pathlib import Path

import pytest

from tests.solver.command_line import run, said, write_day_and_plan
from tests.solver.day_files import as_file, smallest, with_change


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a day that has time for what is asked, and one an hour too short."""
    monkeypatch.chdir(tmp_path)
    write_day_and_plan(tmp_path)
    meetings = [{"id": f"m{name}", "parties": [name, "p1"], "minutes": 60} for name in ("acme", "beta")]
    short = with_change({**smallest(), "meetings": meetings}, "day.closes", "10:00")
    Path("short.json").write_bytes(as_file(with_change(short, "day.step_minutes", 60)))
    return tmp_path


def test_a_day_with_nothing_to_explain_ends_with_status_0(folder: Path) -> None:
    plain, as_json = run("explain", "day.json", "--seconds", "5"), run("explain", "day.json", "--json")

    assert (plain.exit_code, len(plain.stdout.splitlines()), plain.stderr) == (0, 1, "")
    assert (as_json.exit_code, json.loads(as_json.stdout)) == (0, {"conflicts": [], "remedies": []})


def test_conflicts_end_with_status_1_and_are_told_to_a_program(folder: Path) -> None:
    result = run("explain", "short.json", "--json")
    told = json.loads(result.stdout)

    assert (result.exit_code, result.stderr, list(told)) == (1, "", ["conflicts", "remedies"])
    (conflict,) = told["conflicts"]
    assert [list(each) for each in conflict["rules"]] == [["rule", "about", "text"]] * len(conflict["rules"])
    named = {name for each in conflict["rules"] for name in each["about"]}
    assert {"meeting:macme", "meeting:mbeta"} <= named
    assert [list(each) for each in told["remedies"][:1]] == [["change", "text", "placed", "verified"]]


def test_it_speaks_three_languages(folder: Path) -> None:
    told = {language: run("explain", "short.json", "--language", language) for language in ("nb", "nn", "en")}

    assert [result.exit_code for result in told.values()] == [1, 1, 1]
    assert len({result.stdout for result in told.values()}) == 3
    assert run("explain", "short.json").stdout == told["nb"].stdout


def test_what_cannot_be_read_ends_with_status_2(folder: Path) -> None:
    Path("broken.json").write_bytes(b"day")

    assert said(run("explain", "broken.json")) == (
        2,
        "",
        "broken.json: not JSON at line 1, column 1: Expecting value\n",
    )
    for options in (["--seconds", "0"], ["--language", "se"]):
        assert run("explain", "day.json", *options).exit_code == 2
