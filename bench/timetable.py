"""A plain timetable that every drawn day is built around, so that all its meetings can be had."""

from collections import Counter
from dataclasses import dataclass
from random import Random

from bench.shape import Shape


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Supplier and panel, by number, and the start of their meeting; None where the day has no time for it."""

    supplier: int
    panel: int
    start: int | None


def timetable(shape: Shape, random: Random) -> tuple[Cell, ...]:
    """The meetings of a day, evenly shared by suppliers and panels, nobody twice at one start; sorted.

    As many have a start as there is time for. No supplier meets a panel twice.
    """
    drawing = _Drawing(shape, random)
    loads = [len(range(panel, shape.meetings, shape.panels)) for panel in range(shape.panels)]
    fitting = [random.sample(shape.starts, min(load, len(shape.starts))) for load in loads]
    for start in shape.starts:
        drawing.draw(start, [panel for panel, starts in enumerate(fitting) if start in starts])
    for panel, load in enumerate(loads):
        for _ in range(load - len(fitting[panel])):
            drawing.draw(None, [panel])
    return tuple(sorted(drawing.cells, key=lambda cell: (cell.supplier, cell.panel)))


class _Drawing:
    def __init__(self, shape: Shape, random: Random) -> None:
        self.cells: list[Cell] = []
        self._suppliers = range(shape.suppliers)
        self._random = random
        self._meetings: Counter[int] = Counter()

    def draw(self, start: int | None, panels: list[int]) -> None:
        """A supplier for each of the panels at a start, one of those with the fewest meetings so far."""
        busy: set[int] = set()
        for panel in panels:
            met = {cell.supplier for cell in self.cells if cell.panel == panel}
            free = [each for each in self._suppliers if each not in busy | met]
            supplier = min(free, key=lambda each: (self._meetings[each], self._random.random()))
            busy.add(supplier)
            self._meetings[supplier] += 1
            self.cells.append(Cell(supplier, panel, start))
