"""A statement that no test misses is told, and makes the command fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

BAKERY = """
def bake(day):
    oven = []
    oven.append("bread")
    if "feast" in day and "rich" in day:
        oven.append("cake")
    return oven

def greet():
    yield "hello"

BAKERS: dict[str, object] = {"bake": bake}
"""

BREAD, CAKE = "bakery:4 bake: oven.append('bread')", "bakery:6 bake: oven.append('cake')"
FEAST, RICH = "bakery:5 bake: … and 'feast' in day", "bakery:5 bake: … and 'rich' in day"
HELLO, BAKER = "bakery:10 greet: yield 'hello'", "bakery:12 BAKERS: bake"

BREAD_IS_TESTED = """
import bakery

def test_there_is_bread_every_day():
    assert bakery.bake({"rich"})[:1] == ["bread"]
"""

ALL_IS_TESTED = f"""{BREAD_IS_TESTED}
def test_the_rich_have_cake_at_a_feast():
    ovens = [bakery.bake(day) for day in ({{"rich"}}, {{"feast"}}, {{"rich", "feast"}})]
    assert ovens == [["bread"], ["bread"], ["bread", "cake"]]

def test_guests_are_greeted():
    assert list(bakery.greet()) == ["hello"]

def test_the_baker_bakes():
    assert bakery.BAKERS["bake"]({{}}) == ["bread"]
"""

NOTHING_HOLDS = """
def test_nothing_holds():
    assert False
"""


def told(folder: Path, tests: str) -> tuple[int, set[str], set[str]]:
    """The exit status, and what was killed and what survived."""
    (folder / "bakery.py").write_text(BAKERY)
    (folder / "test_bakery.py").write_text(tests)
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutants", "bakery", "--tests", "test_bakery.py", "--wider"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    lines = [tuple(line.split(maxsplit=1)) for line in done.stdout.splitlines()]
    killed, survived = ({name for word, name in lines if word == wanted} for wanted in ("killed", "SURVIVED"))
    return done.returncode, killed, survived


@pytest.mark.slow
def test_what_no_test_misses_is_told_and_the_command_fails(tmp_path: Path) -> None:
    assert told(tmp_path, BREAD_IS_TESTED) == (1, {BREAD}, {CAKE, FEAST, RICH, HELLO, BAKER})


@pytest.mark.slow
def test_when_a_test_misses_each_statement_none_survives(tmp_path: Path) -> None:
    assert told(tmp_path, ALL_IS_TESTED) == (0, {BREAD, CAKE, FEAST, RICH, HELLO, BAKER}, set())


@pytest.mark.slow
def test_tests_that_fail_with_every_statement_in_place_prove_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, NOTHING_HOLDS) == (2, set(), set())
