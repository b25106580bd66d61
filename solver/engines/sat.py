"""One SAT solver, asked again and again; every answer stands for as long as what it has been told does."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from types import TracebackType

from pysat.solvers import Solver

from solver.model.formula import Literal, no_hurry


class Engine(StrEnum):
    """Of the solvers in python-sat the one for hard questions, and the quickest to answer many easy ones."""

    STRONG = "cadical195"
    QUICK = "minisat22"


# Between rounds a solver forgets what it was about, so that shorter ones cost more than they tell: a published instance
# took ten times as long in rounds of 1,000.
ROUND = 10_000


class Sat:
    """A solver that knows some clauses; what it finds depends on them and on the order of the questions alone.

    `top` is the last variable in use; `go_on` is called between rounds of a long question. `conflicts_left` shrinks
    with every question, by one at the least; None for no bounds. Conflicts are counted the same on every machine.
    """

    def __init__(
        self,
        clauses: Iterable[Sequence[Literal]],
        top: int,
        *,
        conflicts: int | None = None,
        engine: Engine = Engine.STRONG,
    ) -> None:
        self.top = top
        self.conflicts_left = conflicts
        self.go_on = no_hurry
        self._solver = Solver(name=engine.value)
        self._is_impossible = False
        self.tell(clauses)

    def __enter__(self) -> "Sat":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._solver.delete()

    def new(self) -> Literal:
        """A literal that nothing has been said of yet."""
        self.top += 1
        return self.top

    def tell(self, clauses: Iterable[Sequence[Literal]]) -> None:
        """Say more; an empty clause makes everything impossible."""
        listed = list(clauses)
        self._is_impossible |= not all(listed)
        self._solver.append_formula([clause for clause in listed if clause])

    def prefer(self, literals: Iterable[Literal]) -> None:
        """Try these first where nothing speaks against them."""
        self._solver.set_phases(list(literals))

    def can_hold(self, assumed: Iterable[Literal] = (), conflicts: int | None = None) -> bool | None:
        """Whether all that is assumed can hold at once; None when so much work does not suffice to say."""
        if self._is_impossible:
            return False
        budget = min((each for each in (conflicts, self.conflicts_left) if each is not None), default=None)
        if budget is None:
            return bool(self._solver.solve(assumptions=list(assumed)))
        return self._within(budget, list(assumed)) if budget > 0 else None

    def _within(self, budget: int, assumed: list[Literal]) -> bool | None:
        """The answer, sought in rounds, so that it can be given up between them."""
        before = self._counted()
        while (left := budget + before - self._counted()) > 0:
            self.go_on()
            self._solver.conf_budget(min(left, ROUND))
            answer: bool | None = self._solver.solve_limited(assumptions=assumed)
            if answer is not None:
                break
        if self.conflicts_left is not None:
            self.conflicts_left -= 1 + self._counted() - before
        return answer

    def _counted(self) -> int:
        conflicts: int = self._solver.accum_stats()["conflicts"]
        return conflicts

    def chosen(self) -> list[Literal]:
        """For each variable, itself or its opposite, as it was when the last answer was yes."""
        chosen = list(self._solver.get_model() or ())
        # The solver does not know of those of which nothing has been said.
        return chosen + [-unknown for unknown in range(len(chosen) + 1, self.top + 1)]

    def holding(self) -> frozenset[Literal]:
        """The literals that held when the last answer was yes."""
        return frozenset(self.chosen())

    def core(self) -> list[Literal]:
        """Some of what was just assumed that cannot hold at once; none when nothing can."""
        return [] if self._is_impossible else list(self._solver.get_core() or ())
