"""A command line that says no on one line: to options it does not know, and when nobody takes what it prints."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Never

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

UNREADABLE = 2
_OUTPUT_FAULTS = (errno.ENOSPC, errno.EPIPE, errno.EIO, errno.EDQUOT, errno.EFBIG)


class OneLine(TyperGroup):
    """A group of verbs; to be called as typer calls any group."""

    def main(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 -- whatever typer's own takes and gives
        """Run the verb that the arguments name, and end with its status."""
        try:
            with _output_taken():
                status = super().main(*args, **{**options, "standalone_mode": False})
        except TyperException as error:
            _refuse(error)
        sys.exit(status or 0)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 -- typer keeps the type of its context to itself
        """Run the verb; that nobody takes what it prints is seen before typer sees it."""
        with _output_taken():
            return super().invoke(ctx)


def _refuse(error: TyperException) -> Never:
    said, where = error.format_message(), getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(said, err=True)
    else:
        # The words of the reader that typer uses.
        said = said.replace("Value error, ", "")
        known = ", ".join(getattr(where.command, "commands", ())) if where else ""
        hint = f" There are {known}." if said.startswith("No such command") else ""
        line = " ".join(f"{said}{hint}".split())
        typer.echo(f"{where.command_path}: {line}" if where else line, err=True)
    sys.exit(UNREADABLE)


@contextmanager
def _output_taken() -> Iterator[None]:
    """Within, an output that cannot be written ends the command; one that is no longer read does so silently."""
    try:
        yield
    except OSError as error:
        # Whatever goes wrong with a file has a refusal of its own: only what is printed comes as far as this.
        if error.errno not in _OUTPUT_FAULTS or error.filename is not None:
            raise
        with suppress(OSError):
            if not isinstance(error, BrokenPipeError):
                typer.echo(f"standard output: {error.strerror}", err=True)
        _print_no_more()
        sys.exit(UNREADABLE)


def _print_no_more() -> None:
    try:
        sys.stdout.flush()
    except OSError:
        # What could not be printed is tried once more when Python ends; let it go nowhere then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
