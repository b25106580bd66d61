"""One SAT solver, asked again and again."""

from collections.abc import Iterable

from pysat.solvers import Solver

from solver.formula import Literal

# Of those in python-sat the quickest to answer many easy questions about the same clauses.
SOLVER = "minisat22"


class Sat:
    """The clauses told so far; every answer stands for as long as they do, and more may be told at any time."""

    def __init__(self, clauses: Iterable[list[Literal]], top: int) -> None:
        self.top = top
        self._solver = Solver(name=SOLVER)
        self._is_impossible = False
        self.tell(clauses)

    def new(self) -> Literal:
        """A literal that nothing has been said of yet."""
        self.top += 1
        return self.top

    def tell(self, clauses: Iterable[list[Literal]]) -> None:
        """Say more; an empty clause makes everything impossible."""
        listed = list(clauses)
        self._is_impossible |= not all(listed)
        self._solver.append_formula([clause for clause in listed if clause])

    def holds(self, assumed: Iterable[Literal] = ()) -> bool:
        """Whether all that has been told can hold while these literals do."""
        return not self._is_impossible and bool(self._solver.solve(assumptions=list(assumed)))

    def holds_by(self, conflicts: int, assumed: Iterable[Literal]) -> bool | None:
        """The same, as far as it is known after so many conflicts; None when it is not."""
        if self._is_impossible:
            return False
        self._solver.conf_budget(conflicts)
        answer: bool | None = self._solver.solve_limited(assumptions=list(assumed))
        return answer

    def chosen(self) -> list[Literal]:
        """For each variable, itself or its opposite, as it was when the last answer was yes."""
        chosen = list(self._solver.get_model() or ())
        # The solver does not know of those of which nothing has been said.
        return chosen + [-unknown for unknown in range(len(chosen) + 1, self.top + 1)]

    def blamed(self) -> set[Literal]:
        """Those of the assumed literals that cannot hold together, as the last answer was no."""
        return set() if self._is_impossible else set(self._solver.get_core() or ())

    def prefer(self, literals: Iterable[Literal]) -> None:
        """Try these first where nothing speaks against them."""
        self._solver.set_phases(list(literals))
