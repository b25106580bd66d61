"""How the command line says no: one line on standard error that begins with the file, and a status."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import NoReturn, ParamSpec

import typer

from solver.files import FileFault, problem_sha256, read_plan, read_problem
from solver.plan import Plan
from solver.problem import Problem
from solver.terminal.disk import read_whole, write_whole
from solver.terminal.leaving import INTERRUPTED, STOPPED, interrupted_when_stopped, left_when_stopped
from solver.terminal.one_line import UNREADABLE

P = ParamSpec("P")


def refuse(path: Path, sentence: str, status: int = UNREADABLE) -> NoReturn:
    """End the command with what is wrong with a file."""
    typer.echo(f"{shown(path)}: {sentence}", err=True)
    raise typer.Exit(status)


def stoppable(verb: Callable[P, None], sentence: str = STOPPED) -> Callable[P, None]:
    """The verb, which ends with the sentence and a status of its own when Ctrl-C or SIGTERM stops it."""

    @wraps(verb)
    def ending(*args: P.args, **kwargs: P.kwargs) -> None:
        with left_when_stopped(sentence):
            try:
                verb(*args, **kwargs)
            except KeyboardInterrupt:
                end_stopped(STOPPED)

    return ending


def end_stopped(sentence: str) -> NoReturn:
    """End the command as stopped by somebody who did not want to wait."""
    typer.echo(sentence, err=True)
    raise typer.Exit(INTERRUPTED)


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Within, whatever is wrong with a file, or with reading or writing it, ends the command."""
    try:
        yield
    except FileFault as fault:
        refuse(path, str(fault))
    except OSError as error:
        refuse(path, error.strerror or str(error))


def day_at(path: Path) -> tuple[Problem, str]:
    """The problem of a day file and its fingerprint; ends the command when it cannot be read."""
    with refusals(path):
        content = read_whole(path)
        return read_problem(content), problem_sha256(content)


def plan_at(path: Path, problem: Problem) -> Plan:
    """The plan of a plan file for this day; ends the command when it cannot be read."""
    with refusals(path):
        return read_plan(read_whole(path), problem)


def write_at(path: Path, content: bytes) -> None:
    """Write a file whole, or leave no trace of it; ends the command when it cannot be written."""
    with refusals(path), interrupted_when_stopped():
        write_whole(path, content)


def shown(path: Path) -> str:
    """The path on one line, whatever a file may be called."""
    return "".join(char if char.isprintable() else _escaped(char) for char in str(path))


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode()
