"""As much as can hold at once: hopes are given up one core at a time, until what is left of them can be kept."""

from collections.abc import Collection, Mapping

from pysat.card import ITotalizer

from solver.foresight.sat import Sat
from solver.formula import Literal


def keep_best(sat: Sat, hopes: Mapping[Literal, int]) -> int | None:
    """The weight that must be given up so that all that has been told can hold; None when it cannot anyway.

    All other weight is promised. The algorithm OLL of Andres, Kaufmann, Matheis and Schaub (ICLP 2012), as RC2 has it:
    literals that cannot all hold are replaced by the hope that no more of them fail than must. What is hoped for at the
    end holds in every best solution and in no other, so that it can be told as clauses.
    """
    return _Hopes(sat, {literal: weight for literal, weight in hopes.items() if weight > 0}).settle()


class _Hopes:
    def __init__(self, sat: Sat, weights: dict[Literal, int]) -> None:
        self._sat, self._weights = sat, weights
        # A hope that no more than so many fail, with those for one more and so on.
        self._weaker: dict[Literal, list[Literal]] = {}
        self._given_up = 0

    def settle(self) -> int | None:
        while not self._sat.holds(self._weights):
            core = self._smaller(self._sat.blamed())
            if not core:
                return None
            self._give_up(core)
        self._sat.tell([literal] for literal in self._weights)
        return self._given_up

    def _smaller(self, core: Collection[Literal]) -> list[Literal]:
        """The core, or what is to blame within it when it is asked about alone."""
        listed = sorted(core)
        return sorted(self._sat.blamed()) if core and not self._sat.holds(listed) else listed

    def _give_up(self, core: list[Literal]) -> None:
        """Hope no longer for all of the core, but that no more of it fail than must."""
        weight = min(self._weights[literal] for literal in core)
        self._given_up += weight
        for literal in core:
            self._weights[literal] -= weight
            if not self._weights[literal]:
                del self._weights[literal]
            weaker = self._weaker.get(literal, [])
            if weaker:
                self._hope(weaker, weight)
        if len(core) > 1:
            self._hope([-output for output in self._count([-literal for literal in core])[1:]], weight)

    def _hope(self, weaker: list[Literal], weight: int) -> None:
        """Hope for the first of these, each weaker than the one before it, that can hold at all."""
        for place, literal in enumerate(weaker):
            if self._sat.holds([literal]):
                self._weights[literal] = self._weights.get(literal, 0) + weight
                self._weaker[literal] = weaker[place + 1 :]
                return
            self._given_up += weight

    def _count(self, literals: list[Literal]) -> list[Literal]:
        """Literals of which the first hold: as many as hold of those given, or more."""
        tree = ITotalizer(literals, ubound=len(literals), top_id=self._sat.top)
        self._sat.top = max(self._sat.top, tree.top_id)
        self._sat.tell(tree.cnf.clauses)
        outputs = list(tree.rhs[: len(literals)])
        tree.delete()
        return outputs
