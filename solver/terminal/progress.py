"""What a person, or the program that started us, is told while the solver works."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum

import typer

from solver.limits import Progress
from solver.terminal.leaving import interrupted_when_stopped

Tell = Callable[[Progress], None]


class Telling(StrEnum):
    """How progress is told: on a terminal only, as lines of JSON for a program, or not at all."""

    AUTO = "auto"
    JSON = "json"
    NONE = "none"


@contextmanager
def telling(how: Telling) -> Iterator[Tell]:
    """What to call with each piece of progress; everything is told on standard error."""
    if how is Telling.JSON:
        yield _tell_as_json
    elif how is Telling.AUTO and sys.stderr.isatty():
        # What draws on a terminal takes longer to load than a small day to solve.
        from solver.terminal.display import displayed

        # The terminal gets back its cursor, also when somebody stops us just here.
        with interrupted_when_stopped(), displayed() as tell:
            yield tell
    else:
        yield _tell_nobody


def _tell_as_json(progress: Progress) -> None:
    typer.echo(json.dumps(asdict(progress)), err=True)


def _tell_nobody(progress: Progress) -> None:
    """Keep it to ourselves; there is no terminal to show it on."""
    del progress
