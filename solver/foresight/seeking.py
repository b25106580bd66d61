"""What one piece of the day still leaves open, with every promise kept; each answer is remembered.

A start is open when it stands in a known timetable, or is within reach of one; else the SAT solver is asked, and either
gives a timetable to remember or says that there is none.
"""

from collections.abc import Iterable, Mapping, Sequence

from solver.engines.cores import keep_best
from solver.engines.sat import Engine, Sat
from solver.foresight.clauses import Clauses
from solver.foresight.ground import Piece, Task
from solver.foresight.inline import Times
from solver.foresight.moves import Moves, Timetable
from solver.foresight.starts import Starts, each
from solver.model.formula import Literal
from solver.problem import Aim

# Conflicts after which a question that others can answer is left to them: for one start, and for any timetable at all.
ENOUGH, PLENTY = 1_000, 30_000


class Seeker:
    """One piece, and what is known about it.

    `is_possible` says whether anything can be had at all, `is_sure` whether a timetable is known that keeps all
    promises; of each aim, no less than `given_up` is out of reach.
    """

    def __init__(self, piece: Piece, step: int, aims: Sequence[Aim]) -> None:
        self.piece = piece
        self._tasks = {task.id: task for task in piece.tasks}
        self._clauses = Clauses(piece, step)
        self._owner = [(name, start) for name, starts in self._clauses.start.items() for start in starts]
        self._sat = Sat(self._clauses.clauses, self._clauses.top, engine=Engine.QUICK)
        self._moves = Moves(piece, step)
        self._tables: list[Timetable] = []
        self._open, self._shut, self._doubt = (dict.fromkeys(self._tasks, 0) for _ in range(3))
        self.is_possible, self.is_sure = False, False
        self.given_up: tuple[int, ...] = ()
        self._settle(aims)

    # -- promises ------------------------------------------------------------------------------------------------

    def _settle(self, aims: Sequence[Aim]) -> None:
        """Promise as much as can be had, and find a timetable that keeps it."""
        lost = [keep_best(self._sat, self._hopes(aim)) for aim in aims]
        self.given_up = tuple(each or 0 for each in lost)
        self.is_sure = None not in lost and self._found([self._clauses.safe], PLENTY)
        self.is_possible = self.is_sure or (None not in lost and self._sat.can_hold() is True)

    def _hopes(self, aim: Aim) -> Mapping[Literal, int]:
        """What is hoped for, for the sake of one aim, of what need not be placed."""
        optional = [task for task in self.piece.tasks if not task.must]
        if aim is Aim.PLACED:
            return {self._clauses.placed[task.id]: task.weight for task in optional}
        reached = {supplier for task in self.piece.tasks if task.must for supplier in task.suppliers}
        suppliers = sorted({supplier for task in optional for supplier in task.suppliers} - reached)
        return {self._is_reached(supplier, optional): 1 for supplier in suppliers}

    def _is_reached(self, supplier: str, optional: Iterable[Task]) -> Literal:
        literal = self._sat.new()
        meetings = [self._clauses.placed[task.id] for task in optional if supplier in task.suppliers]
        self._sat.tell([[-literal, *meetings]])
        return literal

    # -- asking --------------------------------------------------------------------------------------------------

    def open(self, name: str) -> tuple[Starts, Starts]:
        """The starts at which a task can be had, and those of which that is not known."""
        for table in reversed(self._tables):
            unknown = self._unknown(name)
            if not unknown:
                break
            self._open[name] |= self._moves.reach(table, name, unknown)
        for start in each(self._unknown(name)):
            if self._unknown(name) >> start & 1:
                self._ask(name, start)
        return self._open[name], self._doubt[name]

    def times(self, name: str, start: int) -> Times:
        """A timetable with the task at a start at which it can be had."""
        for table in reversed(self._tables):
            if table.times.get(name) == start:
                return table.times
            if self._moves.reach(table, name, 1 << start):
                return self._moves.placed(table, name, start).times
        raise LookupError(name)

    def any_times(self) -> Times:
        """A timetable."""
        return self._tables[-1].times

    def _unknown(self, name: str) -> Starts:
        return self._tasks[name].starts & ~(self._open[name] | self._shut[name] | self._doubt[name])

    def _ask(self, name: str, start: int) -> None:
        literal = self._clauses.start[name][start]
        if self._found([self._clauses.safe, literal], ENOUGH):
            self._open[name] |= self._moves.reach(self._tables[-1], name, self._unknown(name))
        elif self._clauses.is_exact or not self._sat.can_hold([literal]):
            self._shut[name] |= 1 << start
        else:
            self._doubt[name] |= 1 << start

    def _found(self, assumed: Iterable[Literal], conflicts: int) -> bool:
        """Whether a timetable is found by so many conflicts; all that it tells of any task is remembered."""
        listed = list(assumed)
        if not self._sat.can_hold(listed, None if self._clauses.is_exact else conflicts):
            return False
        chosen = self._sat.chosen()
        times = dict(self._owner[literal - 1] for literal in chosen[: len(self._owner)] if literal > 0)
        for name, start in times.items():
            self._open[name] |= 1 << start
        self._tables.append(Timetable(times))
        return True
