"""One SAT solver, asked within a budget of conflicts, which are counted the same on every machine."""

from collections.abc import Iterable, Sequence
from types import TracebackType

from pysat.solvers import Cadical195

from solver.cnf import Cnf
from solver.formula import Literal


class Sat:
    """A solver that knows some clauses; what it finds depends on them and on the order of the questions alone.

    `conflicts_left` shrinks with every question, by one at the least.
    """

    def __init__(self, cnf: Cnf, conflicts: int, likely: Sequence[Literal] = ()) -> None:
        self.conflicts_left = conflicts
        self._solver = Cadical195(bootstrap_with=cnf.clauses)
        self._solver.set_phases(list(likely))
        self._counted = 0

    def __enter__(self) -> "Sat":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._solver.delete()

    def can_hold(self, assumed: Sequence[Literal] = (), conflicts: int | None = None) -> bool | None:
        """Whether all that is assumed can hold at once; None when the work does not suffice to say."""
        if self.conflicts_left <= 0:
            return None
        budget = self.conflicts_left if conflicts is None else min(conflicts, self.conflicts_left)
        self._solver.conf_budget(max(1, budget))
        answer: bool | None = self._solver.solve_limited(assumptions=list(assumed))
        counted = self._solver.accum_stats()["conflicts"]
        self.conflicts_left -= 1 + counted - self._counted
        self._counted = counted
        return answer

    def holding(self) -> frozenset[Literal]:
        """The literals that hold in the solution just found."""
        return frozenset(self._solver.get_model() or ())

    def core(self) -> list[Literal]:
        """Some of what was just assumed that cannot hold at once; none when nothing can."""
        return list(self._solver.get_core() or ())

    def tell(self, clauses: Iterable[Sequence[Literal]]) -> None:
        """Tell it more."""
        for clause in clauses:
            self._solver.add_clause(clause)
