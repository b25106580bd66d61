"""A SAT solver that hears of a day what is said in its formula, and keeps up while more is said."""

from collections.abc import Iterable, Sequence

from solver.engines.cnf import Cnf
from solver.engines.sat import Sat
from solver.model.formula import Formula, Literal

# Some literals, and how many of them hold at the most.
AtMost = tuple[Sequence[Literal], int]


class Hearing:
    """What has been said of a day, for a SAT solver; and what counting says besides, which clauses find too late."""

    def __init__(self, formula: Formula, counted: Iterable[AtMost]) -> None:
        self._formula, self._counted = formula, tuple(counted)
        self._cnf: Cnf | None = None
        self._sat: Sat | None = None

    def told(self, likely: Sequence[Literal]) -> tuple[Sat, Cnf]:
        """The solver with all that has been said so far, and its clauses; `likely` is where to look first."""
        if self._sat is None or self._cnf is None or not self._cnf.can_keep_up:
            self._sat, self._cnf = self._begun()
        sat, cnf = self._sat, self._cnf
        cnf.top = sat.top
        cnf.keep_up()
        _pass_on(cnf, sat)
        sat.prefer(likely)
        return sat, cnf

    def close(self) -> None:
        """Let go of what the solver holds in memory; it begins anew when it is asked again."""
        if self._sat is not None:
            self._sat.__exit__(None, None, None)
        self._sat = self._cnf = None

    def _begun(self) -> tuple[Sat, Cnf]:
        self.close()
        cnf = Cnf(self._formula)
        for literals, most in self._counted:
            cnf.at_most(literals, most)
        sat = Sat((), cnf.top)
        sat.go_on = self._formula.go_on
        return sat, cnf


def _pass_on(cnf: Cnf, sat: Sat) -> None:
    sat.tell(cnf.clauses)
    cnf.clauses.clear()
    sat.top = cnf.top
