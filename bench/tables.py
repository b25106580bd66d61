"""Tables in Markdown, and figures as they stand in them."""

from collections.abc import Iterable, Sequence
from math import ceil

NOTHING = "–"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; columns after the first are figures and stand to the right."""
    ruler = ["---", *("---:" for _ in heads[1:])]
    return "\n".join(_line(cells) for cells in (heads, ruler, *rows))


def seconds(value: float | None) -> str:
    """Seconds with two figures that count; a dash when not known."""
    if value is None:
        return NOTHING
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def times(ratio: float) -> str:
    """How many times more."""
    return f"{ratio:.0f} ×" if ratio >= 10 else f"{ratio:.1f} ×"


def known(value: float | None) -> str:
    """A figure, or a dash when there is none."""
    return NOTHING if value is None else str(value)


def yes(*, is_so: bool) -> str:
    """Yes or no."""
    return "yes" if is_so else "no"


def percentile(figures: Iterable[float], share: int) -> float:
    """The least of the figures that so many per cent of them do not exceed."""
    listed = sorted(figures)
    return listed[ceil(share / 100 * len(listed)) - 1]


def _line(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
