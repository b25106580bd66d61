"""What can be changed in a known timetable by moving the meetings of one panel, everything else staying as it is.

Without one of them, the other meetings of the panel keep their order: those before a gap as early as can be, those
after it as late as can be. Where the one fits in between, it can be had. Exact for that order; others may do better.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

from solver.foresight.ground import Line, Pause, Piece, Task
from solver.foresight.inline import InLine, Times
from solver.foresight.starts import Starts, between, clashing, each, first, last, steps_until


@dataclass
class Timetable:
    """A lawful choice of starts for one piece; `left` remembers what it leaves to each task."""

    times: Times
    left: dict[str, Starts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Partner:
    """A task, and the steps before and after its start in which another one may not start."""

    name: str
    before: int
    after: int


class Moves:
    """The moves within one piece."""

    def __init__(self, piece: Piece, step: int) -> None:
        self._step = step
        self._tasks = {task.id: task for task in piece.tasks}
        self._line = {name: line for line in piece.lines for name in line.tasks}
        self._partners: dict[str, list[_Partner]] = {name: [] for name in self._tasks}
        self._lines = {line.panel: InLine(piece, line, step) for line in piece.lines}
        self._pauses: dict[str, list[Pause]] = {}
        self._earlier: dict[str, list[str]] = {}
        self._later: dict[str, list[str]] = {}
        self._relate(piece)

    def _relate(self, piece: Piece) -> None:
        for apart in piece.apart:
            for one, other in product(apart.one, apart.other):
                self._add(one, other, apart.minutes)
                self._add(other, one, apart.minutes)
        for order in piece.orders:
            self._earlier.setdefault(order.later, []).append(order.earlier)
            self._later.setdefault(order.earlier, []).append(order.later)
        for pause in piece.pauses:
            for name in pause.tasks:
                self._pauses.setdefault(name, []).append(pause)

    def _add(self, name: str, partner: str, minutes: int) -> None:
        before = steps_until(self._tasks[name].minutes + minutes, self._step) - 1
        after = steps_until(self._tasks[partner].minutes + minutes, self._step) - 1
        self._partners[name].append(_Partner(partner, before, after))

    # -- what is left --------------------------------------------------------------------------------------------

    def left(self, table: Timetable, name: str) -> Starts:
        """The starts that all but the line of the task leave to it."""
        if name not in table.left:
            table.left[name] = self._left(table.times, name)
        return table.left[name]

    def _left(self, times: Times, name: str) -> Starts:
        starts = self._tasks[name].safe
        for partner in self._partners[name]:
            start = times.get(partner.name)
            if start is not None:
                starts &= ~between(start - partner.before, start + partner.after)
        for earlier in self._earlier.get(name, ()):
            starts &= -(1 << times[earlier] + self._tasks[earlier].steps) if earlier in times else 0
        for later in self._later.get(name, ()):
            if later in times:
                starts &= between(0, times[later] - self._tasks[name].steps)
        for pause in self._pauses.get(name, ()):
            starts &= ~self._rest(times, pause, self._tasks[name])
        return starts

    def _rest(self, times: Times, pause: Pause, task: Task) -> Starts:
        """The starts with which a task would spoil the rest as it lies now."""
        tasks = [self._tasks[name] for name in pause.tasks if name in times]
        for begin in pause.begins:
            end = begin + pause.minutes
            if not any(clashing(begin, end, each.minutes, self._step) >> times[each.id] & 1 for each in tasks):
                return clashing(begin, end, task.minutes, self._step)
        return -1

    # -- moving --------------------------------------------------------------------------------------------------

    def reach(self, table: Timetable, name: str, wanted: Starts) -> Starts:
        """Those of the wanted starts at which the task can be had when only the meetings of its panel are moved."""
        if name not in table.times:
            return 0
        line = self._line.get(name)
        if line is None:
            return self.left(table, name) & wanted
        mates, need = self._mates(table.times, line, name), self._need(name, line)
        earliest, latest = self._earliest(table, line, mates), self._latest(table, line, mates)
        gaps = 0
        for early, late in zip(earliest, latest, strict=True):
            if early is not None and late is not None:
                gaps |= between(early, late - need)
        reach = self.left(table, name) & gaps & wanted
        if self._lines[line.panel].has_more_to_keep:
            moved = {start: self.placed(table, name, start).times for start in each(reach)}
            reach = sum(1 << start for start, times in moved.items() if self._lines[line.panel].is_kept(times))
        return reach

    def placed(self, table: Timetable, name: str, start: int) -> Timetable:
        """The timetable with the task moved to a start within reach, and the meetings of its panel out of the way."""
        line = self._line.get(name)
        times = {**table.times, name: start}
        if line is None or start == table.times[name]:
            return Timetable(times)
        mates, need = self._mates(table.times, line, name), self._need(name, line)
        earliest, latest = self._earliest(table, line, mates), self._latest(table, line, mates)
        for place, (early, late) in enumerate(zip(earliest, latest, strict=True)):
            if early is not None and late is not None and early <= start <= late - need:
                times |= self._early(table, line, mates[:place]) | self._late(table, line, mates[place:])
                return Timetable(times)
        raise ValueError(f"{name} cannot be moved there")

    def _mates(self, times: Times, line: Line, name: str) -> list[str]:
        placed = (each for each in line.tasks if each != name and each in times)
        return sorted(placed, key=lambda each: times[each])

    def _need(self, name: str, line: Line) -> int:
        return max(1, steps_until(self._tasks[name].minutes + line.pause, self._step))

    def _earliest(self, table: Timetable, line: Line, mates: Iterable[str]) -> list[int | None]:
        """For each gap, when what is before it is over; None when it cannot all be before it."""
        over: int | None = 0
        found = [over]
        for name in mates:
            left = 0 if over is None else self.left(table, name) >> over
            over = None if over is None or not left else over + first(left) + self._need(name, line)
            found.append(over)
        return found

    def _latest(self, table: Timetable, line: Line, mates: list[str]) -> list[int | None]:
        """For each gap, when what is after it begins; None when it cannot all be after it."""
        begin: int | None = 24 * 60
        found = [begin]
        for name in reversed(mates):
            left = 0 if begin is None else self.left(table, name) & between(0, begin - self._need(name, line))
            begin = last(left) if left else None
            found.append(begin)
        return found[::-1]

    def _early(self, table: Timetable, line: Line, mates: Iterable[str]) -> dict[str, int]:
        times, over = {}, 0
        for name in mates:
            times[name] = over + first(self.left(table, name) >> over)
            over = times[name] + self._need(name, line)
        return times

    def _late(self, table: Timetable, line: Line, mates: list[str]) -> dict[str, int]:
        times, begin = {}, 24 * 60
        for name in reversed(mates):
            begin = last(self.left(table, name) & between(0, begin - self._need(name, line)))
            times[name] = begin
        return times
