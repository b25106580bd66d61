"""The plain case without a search: meetings of one length and one panel, each with whole runs of the panel's time.

Within a run, any meetings that have it can stand in any order: the run is a cell that holds so many. Which meeting may
be in which cell is a flow from meetings to cells; one more can be let in when, following those it pushes out, room is
reached somewhere.
"""

from collections.abc import Iterator, Sequence

from solver.foresight.ground import Piece, Task
from solver.foresight.inline import Times
from solver.foresight.starts import Starts, between, each, first, last, steps_until
from solver.foresight.units import most_apart
from solver.problem import Aim


class Plain:
    """One plain piece; like `seeking.Seeker`, but always sure."""

    def __init__(self, piece: Piece, step: int, aims: Sequence[Aim]) -> None:
        self.piece = piece
        self._aims = aims
        self._tasks = {task.id: task for task in piece.tasks}
        self._need = _need(piece, step)
        self._runs = runs(piece, step)
        self._holds = [most_apart(run, self._need) for run in self._runs]
        self._cells = {task.id: self._cells_of(task) for task in piece.tasks}
        self._ranked = sorted(piece.tasks, key=lambda task: (*self._value(task), task.id), reverse=True)
        self._in = self._filled(self._holds, {})
        self._worth = self._worth_of(self._in)
        self.is_possible = self.is_sure = all(task.id in self._in for task in piece.tasks if task.must)
        lost = [self._value(task) for task in piece.tasks if task.id not in self._in]
        self.given_up = tuple(map(sum, zip(*lost, strict=True)))[1:] if lost else (0,) * len(aims)

    def _cells_of(self, task: Task) -> list[int]:
        return [cell for cell, run in enumerate(self._runs) if task.starts & run]

    # -- what is worth most --------------------------------------------------------------------------------------

    def _value(self, task: Task) -> tuple[int, ...]:
        """What it is worth to place the task, in the order of importance."""
        worth = {Aim.REACHED: len(task.suppliers), Aim.PLACED: task.weight}
        return (int(task.must), *(worth[aim] for aim in self._aims))

    def _worth_of(self, held: dict[str, int]) -> tuple[int, ...]:
        return tuple(map(sum, zip(*(self._value(self._tasks[name]) for name in held), strict=True)))

    def _filled(self, holds: Sequence[int], held: dict[str, int]) -> dict[str, int]:
        """The cells filled with what is worth most, besides what they are held by already.

        Sets of meetings that fit are independent in a matroid: taking what is worth most first is best in the end.
        """
        found = dict(held)
        for task in self._ranked:
            if task.id not in found:
                self._let_in(task.id, found, holds, frozenset(held))
        return found

    def _let_in(self, name: str, held: dict[str, int], holds: Sequence[int], bound: frozenset[str]) -> bool:
        """Make room for a meeting, others moving from cell to cell; False when no cell with room is reached."""
        came: dict[int, tuple[str, int | None]] = dict.fromkeys(self._cells[name], (name, None))
        pending = list(came)
        for cell in pending:
            inside = [other for other, its in held.items() if its == cell]
            if len(inside) < holds[cell]:
                self._shift(cell, came, held)
                return True
            for other in inside:
                for onward in () if other in bound else self._cells[other]:
                    if onward not in came:
                        came[onward] = (other, cell)
                        pending.append(onward)
        return False

    @staticmethod
    def _shift(cell: int, came: dict[int, tuple[str, int | None]], held: dict[str, int]) -> None:
        place: int | None = cell
        while place is not None:
            name, origin = came[place]
            held[name] = place
            place = origin

    # -- asking --------------------------------------------------------------------------------------------------

    def open(self, name: str) -> tuple[Starts, Starts]:
        """The starts at which a task can be had; none is in doubt."""
        found = 0
        for cell in self._cells[name]:
            by_left: dict[int, Starts] = {}
            for start in each(self._tasks[name].starts & self._runs[cell]):
                left = sum(map(self._most, self._beside(cell, start)))
                by_left[left] = by_left.get(left, 0) | 1 << start
            for left, starts in by_left.items():
                if self._with(name, cell, left) is not None:
                    found |= starts
        return found, 0

    def times(self, name: str, start: int) -> Times:
        """A timetable with the task at a start at which it can be had."""
        (cell,) = (cell for cell in self._cells[name] if self._runs[cell] >> start & 1)
        beside = self._beside(cell, start)
        held = self._with(name, cell, sum(map(self._most, beside)))
        if held is None:
            raise LookupError(name)
        others = {other: its for other, its in held.items() if other != name}
        return {name: start, **self._laid_out(others, {cell: beside})}

    def any_times(self) -> Times:
        """A timetable."""
        return self._laid_out(self._in, {})

    def _beside(self, cell: int, start: int) -> list[Starts]:
        """What is left of a run before and after a meeting."""
        run = self._runs[cell]
        return [run & between(0, start - self._need), run & -(1 << start + self._need)]

    def _most(self, starts: Starts) -> int:
        return most_apart(starts, self._need)

    def _with(self, name: str, cell: int, left: int) -> dict[str, int] | None:
        """The cells filled with the meeting in one of them, which then holds so many others; None if worth is lost."""
        holds = [left + 1 if each == cell else holds for each, holds in enumerate(self._holds)]
        held = {other: its for other, its in self._in.items() if other != name}
        pushed_out = [other for other, its in held.items() if its == cell][left:]
        held = {name: cell, **{other: its for other, its in held.items() if other not in pushed_out}}
        if all(self._let_in(other, held, holds, frozenset((name,))) for other in pushed_out):
            return held
        if len(self._in) == len(self._tasks):
            return None
        held = self._filled(holds, {name: cell})
        return held if self._worth_of(held) == self._worth else None

    def _laid_out(self, held: dict[str, int], parts: dict[int, list[Starts]]) -> dict[str, int]:
        times: dict[str, int] = {}
        for cell, run in enumerate(self._runs):
            names = sorted(name for name, its in held.items() if its == cell)
            times |= dict(zip(names, self._spread(parts.get(cell, [run])), strict=False))
        return times

    def _spread(self, parts: list[Starts]) -> Iterator[int]:
        """As many starts as fit."""
        for part in parts:
            left = part
            while left:
                yield first(left)
                left &= -(1 << first(left) + self._need)


def is_plain(piece: Piece, step: int) -> bool:
    """Whether a piece is as plain as that."""
    if piece.apart or piece.orders or piece.pauses or len(piece.lines) > 1:
        return False
    if any(line.limits is not None for line in piece.lines) or len({task.minutes for task in piece.tasks}) > 1:
        return False
    if any(task.safe != task.starts for task in piece.tasks):
        return False
    suppliers = [supplier for task in piece.tasks for supplier in task.suppliers]
    has_own = len(set(suppliers)) == len(suppliers)
    return has_own and all(task.starts & run in (0, run) for run in runs(piece, step) for task in piece.tasks)


def runs(piece: Piece, step: int) -> list[Starts]:
    """The starts of all tasks, cut where meetings on the two sides do not touch each other."""
    need, found = _need(piece, step), list[Starts]()
    for start in each(_all(piece)):
        if found and start - last(found[-1]) < need:
            found[-1] |= 1 << start
        else:
            found.append(1 << start)
    return found


def _all(piece: Piece) -> Starts:
    starts = 0
    for task in piece.tasks:
        starts |= task.starts
    return starts


def _need(piece: Piece, step: int) -> int:
    """The steps from one start to the next."""
    pause = piece.lines[0].pause if piece.lines else 0
    return max(1, steps_until(piece.tasks[0].minutes + pause, step))
