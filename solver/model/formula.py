"""What is said to any solver: clauses, counts and sums over yes-or-no literals, each said for one instance of a rule.

Knows neither OR-Tools nor a SAT solver; `cp_sat` and `cnf` translate it. A literal is a whole number as in the DIMACS
format: variable `v ≥ 1` holds as `v` and does not hold as `-v`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from solver.rules import Rule

Literal = int
Clause = tuple[Literal, ...]

DEFINITION = -1

# After so many variables, whoever says them looks whether to go on.
BREATH = 1_000


@dataclass(frozen=True, slots=True)
class Figure:
    """A whole number that depends on what is chosen: an offset and terms of a factor and a variable."""

    terms: tuple[tuple[int, int], ...] = ()
    offset: int = 0

    def __add__(self, other: "Figure | int") -> "Figure":
        if isinstance(other, int):
            return Figure(self.terms, self.offset + other)
        return Figure(self.terms + other.terms, self.offset + other.offset)

    def __sub__(self, other: "Figure | int") -> "Figure":
        return self + other * -1

    def __mul__(self, factor: int) -> "Figure":
        return Figure(tuple((factor * each, variable) for each, variable in self.terms), factor * self.offset)

    def value(self, values: Iterable[int] | list[int]) -> int:
        """The number, when `values` gives the value of every variable, the first variable first."""
        known = values if isinstance(values, list) else list(values)
        return self.offset + sum(factor * known[variable - 1] for factor, variable in self.terms)


def times(factor: int, literal: Literal) -> Figure:
    """`factor` when the literal holds, otherwise 0."""
    return Figure(((factor, literal),)) if literal > 0 else Figure(((-factor, -literal),), factor)


def count(literals: Iterable[Literal]) -> Figure:
    """How many of the literals hold."""
    listed = list(literals)
    terms = tuple((1, literal) if literal > 0 else (-1, -literal) for literal in listed)
    return Figure(terms, sum(literal < 0 for literal in listed))


def total(figures: Iterable[Figure]) -> Figure:
    """The sum of the figures, also when there are none."""
    listed = list(figures)
    return Figure(tuple(term for figure in listed for term in figure.terms), sum(figure.offset for figure in listed))


@dataclass(frozen=True, slots=True)
class Tag:
    """The instance of a rule for which something is said; `about` names things as breaches do."""

    rule: Rule
    about: tuple[str, ...]


class Said(NamedTuple):
    """Literals of which something is said, and the number of the tag it is said for, or DEFINITION."""

    literals: Clause
    tag: int


class Bound(NamedTuple):
    """`least` ≤ figure ≤ `most`, either may be open, or one of `unless` holds."""

    figure: Figure
    least: int | None
    most: int | None
    unless: Clause
    tag: int


# Called now and then by whoever works long; raises whatever is to end the work.
GoOn = Callable[[], None]


def no_hurry() -> None:
    """Go on, whatever the clock says."""


class Formula:
    """Everything said so far, in the order in which it was said.

    Whoever says or reads much of it calls `go_on` now and then.
    """

    def __init__(self, go_on: GoOn = no_hurry) -> None:
        self.go_on = go_on
        self.names: list[str] = []
        self.domains: dict[int, tuple[int, int]] = {}
        self.clauses: list[Said] = []
        self.at_most_ones: list[Said] = []
        self.exactly_ones: list[Said] = []
        self.bounds: list[Bound] = []
        self.tags: list[Tag] = []
        self._number_of: dict[Tag, int] = {}
        self._tag = DEFINITION

    # -- variables -----------------------------------------------------------------------------------------------

    def new(self, name: str) -> Literal:
        """A literal that nothing has been said of yet."""
        self.names.append(name)
        if len(self.names) % BREATH == 0:
            self.go_on()
        return len(self.names)

    def number(self, least: int, most: int, name: str) -> Figure:
        """A whole number from `least` to `most` that nothing has been said of yet."""
        variable = self.new(name)
        self.domains[variable] = (least, most)
        return Figure(((1, variable),))

    # -- for which instance of a rule ----------------------------------------------------------------------------

    def about(self, rule: Rule | None, *things: str) -> None:
        """What is said from now on is said for this instance of the rule; None: it is a definition, always true."""
        if rule is None:
            self._tag = DEFINITION
            return
        self.go_on()
        tag = Tag(rule, things)
        if tag not in self._number_of:
            self._number_of[tag] = len(self.tags)
            self.tags.append(tag)
        self._tag = self._number_of[tag]

    @contextmanager
    def defining(self) -> Iterator[None]:
        """Within, what is said is a definition: it holds whichever rules are dropped."""
        before, self._tag = self._tag, DEFINITION
        try:
            yield
        finally:
            self._tag = before

    # -- saying --------------------------------------------------------------------------------------------------

    def either(self, literals: Iterable[Literal]) -> None:
        """At least one of the literals holds."""
        self.clauses.append(Said(tuple(literals), self._tag))

    def fix(self, literal: Literal) -> None:
        """The literal holds."""
        self.clauses.append(Said((literal,), self._tag))

    def implies(self, one: Literal, other: Literal) -> None:
        """When the one holds, the other does."""
        self.clauses.append(Said((-one, other), self._tag))

    def at_most_one(self, literals: Iterable[Literal]) -> None:
        """At most one of the literals holds."""
        self.at_most_ones.append(Said(tuple(literals), self._tag))

    def exactly_one(self, literals: Iterable[Literal]) -> None:
        """One of the literals holds, and no other."""
        self.exactly_ones.append(Said(tuple(literals), self._tag))

    def bound(
        self, figure: Figure, *, least: int | None = None, most: int | None = None, unless: Iterable[Literal] = ()
    ) -> None:
        """The figure is at least `least` and at most `most`, or one of `unless` holds."""
        self.bounds.append(Bound(figure, least, most, tuple(unless), self._tag))

    # -- reading -------------------------------------------------------------------------------------------------

    def range_of(self, figure: Figure) -> tuple[int, int]:
        """The least and the most that the figure could be if its variables knew nothing of each other."""
        ends = [sorted(factor * end for end in self.domains.get(v, (0, 1))) for factor, v in merged(figure)]
        return figure.offset + sum(low for low, _ in ends), figure.offset + sum(high for _, high in ends)


def merged(figure: Figure) -> list[tuple[int, int]]:
    """The terms of the figure with each variable once, in the order of the variables, without those that cancel."""
    factors: dict[int, int] = {}
    for factor, variable in figure.terms:
        factors[variable] = factors.get(variable, 0) + factor
    return [(factor, variable) for variable, factor in sorted(factors.items()) if factor]
