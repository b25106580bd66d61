"""What the meetings of one panel keep among themselves besides their pause: order, distance, and rests."""

from collections.abc import Mapping
from itertools import product

from solver.foresight.ground import Apart, Line, Order, Piece
from solver.foresight.stretches import keeps_stretch
from solver.problem import Span

# The number of the start of every task that is placed.
Times = Mapping[str, int]


class InLine:
    """One line of a piece."""

    def __init__(self, piece: Piece, line: Line, step: int) -> None:
        self._line, self._step = line, step
        names = set(line.tasks)
        self._minutes = {task.id: task.minutes for task in piece.tasks if task.id in names}
        self._apart = [each for each in piece.apart if names.intersection(each.one) and names.intersection(each.other)]
        self._orders = [each for each in piece.orders if {each.earlier, each.later} <= names]

    @property
    def has_more_to_keep(self) -> bool:
        """Whether a pause between any two is not all."""
        return bool(self._apart or self._orders or self._line.limits is not None)

    def is_kept(self, times: Times) -> bool:
        """Whether all of it is kept at these times."""
        spans = {name: self._span(times[name], minutes) for name, minutes in self._minutes.items() if name in times}
        return (
            self._has_rests(spans)
            and all(self._lie_apart(spans, apart) for apart in self._apart)
            and all(self._lie_in_order(spans, order) for order in self._orders)
        )

    def _span(self, start: int, minutes: int) -> Span:
        return Span(start * self._step, start * self._step + minutes)

    def _has_rests(self, spans: Mapping[str, Span]) -> bool:
        if self._line.limits is None:
            return True
        fixed = (Span(start, start + minutes) for start, minutes in self._line.fixed)
        return keeps_stretch([*fixed, *spans.values()], *self._line.limits)

    @staticmethod
    def _lie_apart(spans: Mapping[str, Span], apart: Apart) -> bool:
        pairs = (
            (spans[one], spans[other]) for one, other in product(apart.one, apart.other) if {one, other} <= set(spans)
        )
        return all(max(two.start - one.end, one.start - two.end) >= apart.minutes for one, two in pairs)

    @staticmethod
    def _lie_in_order(spans: Mapping[str, Span], order: Order) -> bool:
        if order.later not in spans:
            return True
        return order.earlier in spans and spans[order.earlier].end <= spans[order.later].start
