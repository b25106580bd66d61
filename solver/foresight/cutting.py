"""A piece of a day cut into pieces that have nothing to do with each other."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from solver.foresight.ground import Apart, Line, Order, Pause, Piece, Task


def cut(whole: Piece) -> tuple[Piece, ...]:
    """The pieces, in the order of their first tasks."""
    groups = [
        *(line.tasks for line in whole.lines),
        *((*each.one, *each.other) for each in whole.apart),
        *((each.earlier, each.later) for each in whole.orders),
        *(each.tasks for each in whole.pauses),
    ]
    leader = _leaders([task.id for task in whole.tasks], groups)
    cuts = {name: _Cut() for name in leader.values()}
    for task in whole.tasks:
        cuts[leader[task.id]].tasks.append(task)
    for line in whole.lines:
        cuts[leader[line.tasks[0]]].lines.append(line)
    for apart in whole.apart:
        cuts[leader[apart.one[0]]].apart.append(apart)
    for order in whole.orders:
        cuts[leader[order.later]].orders.append(order)
    for pause in whole.pauses:
        cuts[leader[pause.tasks[0]]].pauses.append(pause)
    return tuple(each.piece() for each in cuts.values())


@dataclass
class _Cut:
    """A piece while it is being gathered."""

    tasks: list[Task] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)

    def piece(self) -> Piece:
        return Piece(tuple(self.tasks), tuple(self.lines), tuple(self.apart), tuple(self.orders), tuple(self.pauses))


def _leaders(names: Iterable[str], groups: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """For each name one and the same name of those it is grouped with, directly or by way of others."""
    leader = {name: name for name in names}

    def lead(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for first, *others in groups:
        for other in others:
            one, two = sorted((lead(first), lead(other)))
            leader[two] = one
    return {name: lead(name) for name in leader}
