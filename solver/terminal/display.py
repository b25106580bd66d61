"""A terminal that shows how far the solver has come: a line for each aim."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Display
from rich.progress import SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from solver.limits import Progress


@contextmanager
def displayed(console: Console | None = None) -> Iterator[Callable[[Progress], None]]:
    """What to call with each piece of progress, so that it is shown; on standard error unless told otherwise."""
    with _display(console or Console(stderr=True)) as display:
        lines = _Lines(display)
        yield lines.tell
        lines.tick_off()


class _Lines:
    """A display with one line for each aim, the one at work marked by its spinner."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._lines: dict[int, TaskID] = {}

    def tell(self, progress: Progress) -> None:
        """Show how far the aim has come, and that those before it are done."""
        if progress.step not in self._lines:
            self.tick_off()
            name = f"{progress.step}/{progress.steps} {progress.aim}" if progress.aim else "a first plan"
            self._lines[progress.step] = self._display.add_task(name, total=None, figures="")
        self._display.update(self._lines[progress.step], figures=_figures(progress))

    def tick_off(self) -> None:
        """Show that everything so far is done."""
        for line in self._lines.values():
            self._display.update(line, total=1, completed=1)


def _display(console: Console) -> Display:
    return Display(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[figures]}"),
        TimeElapsedColumn(),
        console=console,
    )


def _figures(progress: Progress) -> str:
    if progress.value is None:
        return ""
    return f"{progress.value}" if progress.bound is None else f"{progress.value} (at best {progress.bound})"
