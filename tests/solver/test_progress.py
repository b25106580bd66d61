"""What is shown on a terminal while a day is being solved."""

import io
import re

import pytest
from rich.console import Console

from solver.limits import Progress
from solver.problem import Aim
from solver.terminal import progress
from solver.terminal.display import displayed


def test_a_terminal_shows_a_line_for_each_aim_with_its_value_and_what_is_still_thinkable() -> None:
    screen = io.StringIO()
    terminal = Console(file=screen, force_terminal=True, width=80)

    with displayed(terminal) as tell:
        tell(Progress(None, 0, 2, None, None, 0.0))
        tell(Progress(Aim.PLACED, 1, 2, 20, 24, 0.5))
        tell(Progress(Aim.PLACED, 1, 2, 24, 24, 0.6))
        tell(Progress(Aim.FINISH, 2, 2, 420, None, 0.7))

    last = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue()).splitlines()[-3:]
    assert [re.split(r"\s+\d:\d\d:\d\d", line.strip("\r"))[0] for line in last] == [
        "✓ a first plan",
        "✓ 1/2 placed   24 (at best 24)",
        "✓ 2/2 finish   420",
    ]


@pytest.mark.parametrize("how", [progress.Telling.AUTO, progress.Telling.NONE])
def test_nobody_is_told_where_there_is_no_terminal(how: progress.Telling, capsys: pytest.CaptureFixture[str]) -> None:
    with progress.telling(how) as tell:
        tell(Progress(Aim.PLACED, 1, 2, 20, 24, 0.5))

    assert capsys.readouterr() == ("", "")
