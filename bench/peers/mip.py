"""The plain meeting problem as rows and columns, as one would write it for a solver of linear programmes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.peers.textbook import Textbook

INFINITE = float("inf")
HALF, TOLERANCE = 0.5, 1e-6


@dataclass(frozen=True, slots=True)
class Row:
    """A sum of columns, each with its factor, that lies between two figures."""

    factors: Mapping[int, int]
    least: float
    most: float


class Programme:
    """Columns of whole numbers from 0 to `most`, rows, and the columns whose sum is to be as small as can be."""

    def __init__(self, book: Textbook) -> None:
        self.most: list[int] = []
        self.rows: list[Row] = []
        self.costs: list[int] = []
        self.held = [{slot: self._column(1) for slot in allowed} for allowed in book.allowed]
        self._book = book
        self._place()
        fewest = self._column(book.slots)
        # A participant's first run of meetings comes after no break.
        self.first_runs = 0
        for participant in range(book.participants):
            begins, first = self._begins(participant), int(bool(book.meetings_of(participant)))
            self._keep_even(begins, fewest, first)
            self.costs += begins
            self.first_runs += first

    def _column(self, most: int) -> int:
        self.most.append(most)
        return len(self.most) - 1

    def _row(self, factors: Mapping[int, int], least: float, most: float) -> None:
        self.rows.append(Row(factors, least, most))

    def _place(self) -> None:
        for row in self.held:
            self._row(dict.fromkeys(row.values(), 1), 1, 1)
        for slot in range(self._book.slots):
            self._row({row[slot]: 1 for row in self.held if slot in row}, 0, self._book.tables)
        for later, earlier in self._book.after:
            slots = {column: slot for slot, column in self.held[later].items()}
            self._row({**slots, **{column: -slot for slot, column in self.held[earlier].items()}}, 1, INFINITE)

    def _begins(self, participant: int) -> list[int]:
        """For each slot a column that is 1 when the participant's meetings begin there after a slot without."""
        begins: list[int] = []
        before: list[int] = []
        for slot in range(self._book.slots):
            meetings = self._book.meetings_of(participant)
            used = [self.held[each][slot] for each in meetings if slot in self.held[each]]
            begins.append(begin := self._column(1))
            self._row(dict.fromkeys(used, 1), 0, 1)
            self._row({begin: 1, **dict.fromkeys(used, -1), **dict.fromkeys(before, 1)}, 0, INFINITE)
            self._row({begin: 1, **dict.fromkeys(used, -1)}, -INFINITE, 0)
            self._row({begin: 1, **dict.fromkeys(before, 1)}, -INFINITE, 1)
            before = used
        return begins

    def _keep_even(self, begins: list[int], fewest: int, runs: int) -> None:
        if self._book.differ_by is not None:
            self._row({**dict.fromkeys(begins, 1), fewest: -1}, runs, runs + self._book.differ_by)

    def slots_in(self, values: Sequence[float]) -> tuple[int, ...]:
        """The slot of each meeting, when the columns have these values."""
        return tuple(next(slot for slot, column in row.items() if values[column] > HALF) for row in self.held)

    def bound(self, cost: float) -> int:
        """The least number of breaks that a lower bound on the sum of the costs leaves thinkable."""
        return max(0, math.ceil(cost - TOLERANCE) - self.first_runs)
