"""The least of a sum of broken hopes, proven by conflicts among the hopes, with a SAT solver.

All hopes are assumed. While they cannot all be kept, the solver names some that conflict, a core: one of them will be
broken, so the least grows, and from then on it is assumed that no more than one of the core is. As soon as all that is
assumed can be kept, the least is reached (OLL: Andres, Kaufmann, Matheis and Schaub, ICLP 2012; Morgado, Dodaro and
Marques-Silva, CP 2014). Few hopes broken among many is the case for it: a repair, or a day that is nearly full.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pysat.card import ITotalizer

from solver.engines.cnf import Weighted
from solver.engines.sat import Sat
from solver.model.formula import Literal

# A core is asked for again without this or that hope only so often, and with so little work.
TRIMS, CONFLICTS_OF_A_TRIM = 3, 1000

# So much work before it is guessed which hope of the last core is broken, and for each guess.
CONFLICTS_OF_A_GUESS = 500
MOST_GUESSES = 30

# When the work ends before the least is reached, a part as large is spent on a solution that is merely good.
PART_FOR_THE_REST = 4


class Least(NamedTuple):
    """The least that the sum can be, as far as that is proven, and the literals that hold in a solution.

    When the work did not suffice the solution comes to more than the least, or there is none. What is `certain` holds
    in every solution that comes to the least.
    """

    value: int
    holding: frozenset[Literal]
    certain: tuple[Literal, ...] = ()


def least_of(sat: Sat, costs: Weighted, conflicts: int) -> Least:
    """The least of a sum of costs as far as so many conflicts prove it; each literal that holds costs what it says."""
    sat.conflicts_left = conflicts
    search = _Search(sat, _hopes(costs))
    while not search.is_done:
        search.ask()
    if search.holding:
        return Least(search.least, search.holding, tuple(sorted(search.hopes, key=abs)))
    return Least(search.least, search.rest(conflicts))


def keep_best(sat: Sat, hopes: Mapping[Literal, int]) -> int | None:
    """The weight that must be given up so that all that has been told can hold; None when it cannot anyway.

    All other weight is promised: what is hoped for at the end holds in every best solution and in no other, so that it
    is told as clauses.
    """
    search = _Search(sat, {hope: weight for hope, weight in hopes.items() if weight > 0})
    while not search.is_done:
        search.ask()
    if search.is_hopeless:
        return None
    sat.tell([hope] for hope in search.hopes)
    return search.least


def _hopes(costs: Weighted) -> dict[Literal, int]:
    hopes: dict[Literal, int] = {}
    for factor, literal in costs:
        hopes[-literal] = hopes.get(-literal, 0) + factor
    return hopes


@dataclass
class _Search:
    sat: Sat
    hopes: dict[Literal, int]
    least: int = 0
    holding: frozenset[Literal] = frozenset()
    is_done: bool = False
    is_hopeless: bool = False
    _core: list[Literal] = field(default_factory=list)
    _broken: set[Literal] = field(default_factory=set)
    _next: dict[Literal, tuple[list[Literal], int]] = field(default_factory=dict)

    def ask(self) -> None:
        """Keep every hope, or learn of some that conflict."""
        hopes = sorted(self.hopes, key=abs)
        kept = self.sat.can_hold(hopes, CONFLICTS_OF_A_GUESS if self._core else None)
        if kept is None:
            kept = self._guessed(hopes) or self.sat.can_hold(hopes)
        if kept:
            self.holding = self.sat.holding()
        self.is_done = kept is not False
        if not self.is_done:
            self._learn(self._trimmed(self.sat.core()))

    def _guessed(self, hopes: list[Literal]) -> bool:
        """Whether every hope is soon seen to hold when one of the last core is given up, and no other.

        To find the one among many that should give way is often harder than to go without the right one.
        """
        guesses = sorted(self._core, key=abs)[:MOST_GUESSES]
        return any(
            self.sat.can_hold([*hopes, *(each for each in guesses if each != broken)], CONFLICTS_OF_A_GUESS)
            for broken in guesses
        )

    def rest(self, conflicts: int) -> frozenset[Literal]:
        """What holds when only that is hoped for which stood in no conflict; nothing when that is not found either."""
        self.sat.conflicts_left = conflicts // PART_FOR_THE_REST
        unhurt = sorted(set(self.hopes) - self._broken - set(self._next), key=abs)
        return self.sat.holding() if self._broken and self.sat.can_hold(unhurt) else frozenset()

    def _trimmed(self, core: list[Literal]) -> list[Literal]:
        for _ in range(TRIMS):
            if len(core) < 2 or self.sat.can_hold(core[::-1], CONFLICTS_OF_A_TRIM) is not False:
                break
            smaller = self.sat.core()
            if len(smaller) >= len(core):
                break
            core = smaller
        return core

    def _learn(self, core: list[Literal]) -> None:
        """One of the core is broken; hope that it is the only one."""
        if not core:
            # Nothing that is hoped for stands in the way: there is no solution at all.
            self.is_done = self.is_hopeless = True
            return
        self._core = core if len(core) > 1 else []
        self._broken.update(core)
        weight = min(self.hopes[hope] for hope in core)
        self.least += weight
        for hope in core:
            self._spend(hope, weight)
        if len(core) > 1:
            self._hope_for_one_at_most([-hope for hope in core], weight)

    def _spend(self, hope: Literal, weight: int) -> None:
        self.hopes[hope] -= weight
        if not self.hopes[hope]:
            del self.hopes[hope]
        if hope in self._next:
            outputs, place = self._next[hope]
            if place + 1 < len(outputs):
                self._add(outputs, place + 1, weight)

    def _hope_for_one_at_most(self, broken: list[Literal], weight: int) -> None:
        tree = ITotalizer(broken, ubound=len(broken) - 1, top_id=self.sat.top)
        self.sat.top = max(self.sat.top, tree.top_id)
        self.sat.tell(tree.cnf.clauses)
        self._add(list(tree.rhs), 1, weight)
        tree.delete()

    def _add(self, outputs: list[Literal], place: int, weight: int) -> None:
        hope = -outputs[place]
        self._next[hope] = outputs, place
        self.hopes[hope] = self.hopes.get(hope, 0) + weight
