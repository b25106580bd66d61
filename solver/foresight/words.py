"""The starts of tasks as literals, and the few things that can be said about many of them at once."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from solver.foresight.ground import Task
from solver.foresight.starts import clashing, each
from solver.model.formula import Literal

# Starts by number, each with its literal, earliest first.
At = dict[int, Literal]
# Tasks of one length.
Kind = tuple[str, ...]


class Words:
    """What has been said of the starts of some tasks; the first literals are those of the starts, task by task."""

    def __init__(self, tasks: Iterable[Task], step: int) -> None:
        self.clauses: list[list[Literal]] = []
        self.top = 0
        self.step = step
        self.tasks = {task.id: task for task in tasks}
        self.start = {name: {start: self.new() for start in each(task.starts)} for name, task in self.tasks.items()}
        self._some: dict[Kind, At] = {}

    def new(self) -> Literal:
        """A literal that nothing has been said of yet."""
        self.top += 1
        return self.top

    # -- tasks together ------------------------------------------------------------------------------------------

    def kinds(self, names: Iterable[str]) -> list[Kind]:
        """The tasks in groups of equal length, shortest first."""
        groups: dict[int, list[str]] = {}
        for name in names:
            groups.setdefault(self.tasks[name].minutes, []).append(name)
        return [tuple(groups[minutes]) for minutes in sorted(groups)]

    def minutes(self, kind: Kind) -> int:
        """The length of such tasks."""
        return self.tasks[kind[0]].minutes

    def some(self, kind: Kind) -> At:
        """For each start a literal that holds when one of the tasks starts then."""
        if len(kind) == 1:
            return self.start[kind[0]]
        if kind not in self._some:
            self._some[kind] = self.joined([self.start[name] for name in kind])
        return self._some[kind]

    def joined(self, several: Sequence[At]) -> At:
        """For each start a literal that holds when any of those given for it does."""
        if len(several) == 1:
            return several[0]
        found: At = {}
        for start in sorted({start for starts in several for start in starts}):
            found[start] = either = self.new()
            self.clauses += [[-starts[start], either] for starts in several if start in starts]
        return found

    def one_at_each(self, kind: Kind) -> None:
        """No two of the tasks start at once."""
        found: At = {}
        literals: dict[int, list[Literal]] = {}
        for starts in (self.start[name] for name in kind):
            for start, literal in starts.items():
                found[start] = self._one_more(found.get(start), literal)
                literals.setdefault(start, []).append(literal)
        if len(kind) > 1:
            self.clauses += [[-either, *literals[start]] for start, either in found.items()]
        self._some[kind] = dict(sorted(found.items()))

    def one_of(self, literals: Iterable[Literal]) -> None:
        """No two of the literals hold."""
        before: Literal | None = None
        for literal in literals:
            before = self._one_more(before, literal)

    def _one_more(self, before: Literal | None, literal: Literal) -> Literal:
        """A literal that holds when one of the two does; never both of them."""
        if before is None:
            return literal
        either = self.new()
        self.clauses += [[-before, -literal], [-before, either], [-literal, either]]
        return either

    # -- excluding -----------------------------------------------------------------------------------------------

    def exclude(self, one: At, other: At, back: int, ahead: int, unless: Sequence[Literal]) -> None:
        """A start of the one excludes those of the other from `back` steps before it to `ahead` steps after it."""
        width = back + ahead + 1
        if len(one) * min(width, len(other)) > 4 * len(other) + 2 * len(one):
            self._exclude_by_blocks(one, other, back, width, unless)
            return
        for start, literal in one.items():
            for near in range(start - back, start + ahead + 1):
                if near in other:
                    self.clauses.append([-literal, -other[near], *unless])

    def _exclude_by_blocks(self, one: At, other: At, back: int, width: int, unless: Sequence[Literal]) -> None:
        """The same: cut into blocks as wide as the window, a window is the end of one and the beginning of the next."""
        first, last = min(other), max(other)
        upto = self._runs(other, range(first, last + 1), width)
        since = self._runs(other, range(last, first - 1, -1), width)
        for start, literal in one.items():
            begin, end = start - back, start - back + width - 1
            here, there = max(begin, first), min(end, last)
            near = [since.get(here)] if here // width == begin // width else []
            if begin % width and there // width == end // width:
                near.append(upto.get(there))
            self.clauses += [[-literal, -each, *unless] for each in near if each is not None]

    def _runs(self, starts: At, way: Iterable[int], width: int) -> At:
        """For each moment, a literal that holds when one of the starts met so far within its block does."""
        found: At = {}
        before: Literal | None = None
        block: int | None = None
        for moment in way:
            before = before if moment // width == block else None
            block = moment // width
            if moment in starts:
                earlier, before = before, self.new()
                self.clauses += [[-each, before] for each in (starts[moment], earlier) if each is not None]
            if before is not None:
                found[moment] = before
        return found

    def clear(self, literal: Literal, kinds: Iterable[Kind], begin: int, end: int) -> None:
        """While the literal holds, none of the tasks is on in `[begin, end)`, given in minutes."""
        for kind in kinds:
            starts = self.some(kind)
            near = each(clashing(begin, end, self.minutes(kind), self.step))
            self.clauses += [[-literal, -starts[start]] for start in near if start in starts]

    # -- counting ------------------------------------------------------------------------------------------------

    def started(self, name: str) -> At:
        """For each start of a task, a literal that holds only when the task starts then or before."""
        found: At = {}
        earlier: list[Literal] = []
        for start, literal in self.start[name].items():
            found[start] = upto = self.new()
            self.clauses.append([-upto, literal, *earlier])
            earlier = [upto]
        return found

    def reached(self, starts: At, spacing: int, most: int) -> list[Literal]:
        """For one, two and so on, a literal that holds only if so many starts can be chosen; fewer where none can."""
        found: list[Literal] = []
        row: At | None = None
        for _ in range(most):
            row = self._one_more_by(starts, row, spacing)
            if not row:
                break
            found.append(row[max(row)])
        return found

    def _one_more_by(self, starts: At, fewer: At | None, spacing: int) -> At:
        """For each start, a literal that holds only if one start more can be chosen up to it."""
        found: At = {}
        earlier: list[Literal] = []
        moments = [] if fewer is None else list(fewer)
        for start, literal in starts.items():
            place = bisect_right(moments, start - spacing)
            if fewer is not None and place == 0:
                continue
            found[start] = this = self.new()
            self.clauses.append([-this, literal, *earlier])
            if fewer is not None:
                self.clauses.append([-this, fewer[moments[place - 1]], *earlier])
            earlier = [this]
        return found
