"""What the options of a command may be; another value is refused in the words of the day format."""

from collections.abc import Callable

import typer

from solver.format.json_text import shown

MOST_SECONDS = 24 * 60 * 60


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(value: str) -> int:
        # A default comes as the number it is.
        text = str(value)
        if not text.isascii() or not text.removeprefix("-").isdigit() or not least <= float(text) <= most:
            raise typer.BadParameter(f"expected a whole number from {least} to {most}, found {shown(text)}")
        return int(text)

    return read


def seconds(value: str) -> float:
    """A length of time that is more than nothing and at most a day."""
    try:
        found = float(value)
    except ValueError:
        found = 0
    if not 0 < found <= MOST_SECONDS:
        raise typer.BadParameter(f"expected seconds, more than 0 and at most {MOST_SECONDS}, found {shown(str(value))}")
    return found
