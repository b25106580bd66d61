"""A piece of the day as clauses over its starts, so lean that a large day is told in a tenth of a second.

What is only said for the search to see more quickly is how many tasks fit: in all, and of those that are confined to an
interval. Without it, a full panel would have to be tried in every order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce
from itertools import combinations_with_replacement, product
from operator import or_

from pysat.card import ITotalizer

from solver.foresight.ground import Apart, Line, Order, Pause, Piece
from solver.foresight.starts import each, first, last, steps_until
from solver.foresight.units import most_apart
from solver.foresight.words import At, Kind, Words
from solver.model.formula import Literal

# Where an interval holds no more others than this, it is worth counting those that cannot leave it.
FEW_OTHERS = 1


class Clauses(Words):
    """The clauses of one piece; what is only safe holds while the literal `safe` does.

    They are exact when nothing is only safe.
    """

    def __init__(self, piece: Piece, step: int) -> None:
        super().__init__(piece.tasks, step)
        self.safe = self.new()
        is_sure = all(apart.is_sure for apart in piece.apart) and all(pause.is_sure for pause in piece.pauses)
        self.is_exact = is_sure and all(task.safe == task.starts for task in piece.tasks)
        self.placed = {task.id: self.new() for task in piece.tasks if not task.must}
        self._tell_tasks()
        for line in piece.lines:
            self._tell_line(line)
        for apart in piece.apart:
            self._tell_apart(apart)
        self._tell_orders(piece.orders)
        for pause in piece.pauses:
            self._tell_pause(pause)

    def _tell_tasks(self) -> None:
        for name, task in self.tasks.items():
            unless = [-self.placed[name]] if name in self.placed else []
            self.clauses.append([*self.start[name].values(), *unless])
            self.one_of(self.start[name].values())
            self.clauses += [[-self.safe, -self.start[name][start]] for start in each(task.starts & ~task.safe)]

    # -- one at a time -------------------------------------------------------------------------------------------

    def _tell_line(self, line: Line) -> None:
        kinds = self.kinds(line.tasks)
        for kind in kinds:
            self.one_at_each(kind)
        for one, other in combinations_with_replacement(kinds, 2):
            self._keep_apart(one, other, line.pause, ())
        if len(line.tasks) > 1:
            self._count(line, kinds)
        if line.limits is not None:
            self._tell_stretch(line, kinds, *line.limits)

    def _tell_apart(self, apart: Apart) -> None:
        unless = () if apart.is_sure else (-self.safe,)
        for one in self.kinds(apart.one):
            for other in self.kinds(apart.other):
                self._keep_apart(one, other, apart.minutes, unless)

    def _keep_apart(self, one: Kind, other: Kind, minutes: int, unless: Sequence[Literal]) -> None:
        """Between any of the one and any of the other lie so many minutes."""
        starts, others = self.some(one), self.some(other)
        if starts and others:
            back = -1 if one is other else steps_until(self.minutes(other) + minutes, self.step) - 1
            self.exclude(starts, others, back, steps_until(self.minutes(one) + minutes, self.step) - 1, unless)

    def _count(self, line: Line, kinds: Sequence[Kind]) -> None:
        """What follows from the rest, but is hard to see: no more tasks have started by a time than fit before it."""
        starts = self.joined([self.some(kind) for kind in kinds])
        spacing = max(1, steps_until(self.minutes(kinds[0]) + line.pause, self.step))
        reached = self.reached(starts, spacing, len(line.tasks))
        optional = [self.placed[name] for name in line.tasks if name in self.placed]
        certain = [name for name in line.tasks if name not in self.placed]
        if certain:
            self.clauses.append(reached[len(certain) - 1 : len(certain)])
        for number, output in enumerate(self._counted(optional), len(certain)):
            self.clauses.append([-output, *reached[number : number + 1]])
        for names in self._confined(certain, spacing):
            among = self._among(names)
            self.clauses.append(self.reached(among, spacing, len(names))[len(names) - 1 :])

    def _confined(self, names: Sequence[str], spacing: int) -> Iterator[tuple[str, ...]]:
        """Some but not all of the tasks, where an interval that they cannot leave holds few others."""
        hours = {name: (first(starts), last(starts)) for name in names if (starts := self.tasks[name].starts)}
        seen = {tuple(names)}
        begins, ends = sorted({begin for begin, _ in hours.values()}), sorted({end for _, end in hours.values()})
        for begin, end in product(begins, reversed(ends)):
            inside = tuple(name for name, hour in hours.items() if begin <= hour[0] and hour[1] <= end)
            if len(inside) > 1 and inside not in seen:
                seen.add(inside)
                held = most_apart(reduce(or_, (self.tasks[name].starts for name in inside)), spacing)
                if len(inside) + FEW_OTHERS >= held:
                    yield inside

    def _among(self, names: Iterable[str]) -> At:
        """For each start a literal that holds when one of these tasks starts then, and only if one does."""
        found: At = {}
        for start in sorted({start for name in names for start in self.start[name]}):
            found[start] = either = self.new()
            literals = [self.start[name][start] for name in names if start in self.start[name]]
            self.clauses += [[-either, *literals], *([-literal, either] for literal in literals)]
        return found

    def _counted(self, literals: list[Literal]) -> list[Literal]:
        """Literals of which the first hold: as many as hold of those given, or more."""
        if not literals:
            return []
        tree = ITotalizer(literals, ubound=len(literals), top_id=self.top)
        self.top = max(self.top, tree.top_id)
        self.clauses += tree.cnf.clauses
        outputs = list(tree.rhs[: len(literals)])
        tree.delete()
        return outputs

    # -- stretches -----------------------------------------------------------------------------------------------

    def _tell_stretch(self, line: Line, kinds: Sequence[Kind], longest: int, rest: int) -> None:
        """Within so many minutes after the start of any meeting a rest begins, which ends the stretch that it is in."""

        @cache
        def rests_from(begin: int) -> list[Literal]:
            return self._rest(line, kinds, begin, max(0, rest))

        def rests(start: int, minutes: int) -> list[Literal]:
            ends = range(start + minutes, start + longest + 1, self.step)
            return [literal for end in ends for literal in rests_from(end)]

        for kind in kinds:
            for start, literal in self.some(kind).items():
                self.clauses.append([-literal, *rests(start * self.step, self.minutes(kind))])
        self.clauses += [rests(start, minutes) for start, minutes in line.fixed]

    def _rest(self, line: Line, kinds: Sequence[Kind], begin: int, minutes: int) -> list[Literal]:
        """A literal that holds only when no meeting of the line is on in the minutes from `begin`, nor across it."""
        if any(start < begin + minutes and begin < start + length for start, length in line.fixed):
            return []
        rest = self.new()
        self.clear(rest, kinds, begin, begin + minutes)
        return [rest]

    # -- orders and rests ----------------------------------------------------------------------------------------

    def _tell_orders(self, orders: Sequence[Order]) -> None:
        started: dict[str, At] = {}
        for name in sorted({order.earlier for order in orders}):
            started[name] = self.started(name)
        for order in orders:
            self._tell_order(order, started[order.earlier])

    def _tell_order(self, order: Order, started: Mapping[int, Literal]) -> None:
        steps = self.tasks[order.earlier].steps
        for start, literal in self.start[order.later].items():
            before = [started[moment] for moment in started if moment + steps <= start]
            self.clauses.append([-literal, *before[-1:]])

    def _tell_pause(self, pause: Pause) -> None:
        kinds = self.kinds(pause.tasks)
        options = [self.new() for _ in pause.begins]
        for option, begin in zip(options, pause.begins, strict=True):
            self.clear(option, kinds, begin, begin + pause.minutes)
        self.clauses.append([*options, *([] if pause.is_sure else [-self.safe])])
