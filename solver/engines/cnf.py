"""What has been said, told to a SAT solver: the clauses of a formula, with counts and sums written out.

Variable `v` of the formula is variable `v` of the clauses. A tag of the formula may be given a selector: what is said
for that instance of a rule then holds only while the selector does. No OR-Tools here.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import gcd

from pysat.card import CardEnc, EncType, ITotalizer

from solver.model.formula import DEFINITION, Bound, Figure, Formula, Literal, Said, merged

# A sum with more to it than this, in literals times what it may come to, makes too many clauses for a SAT solver.
HEAVY = 20_000

# Up to so many literals, forbidding every pair is the shortest way to allow only one.
FEW = 5

Weighted = list[tuple[int, Literal]]


class Cnf:
    """The clauses of a formula; `selectors` by the number of the tag, when wanted.

    It keeps up with the formula while more is said in it, until there is a variable more.
    """

    def __init__(self, formula: Formula, *, with_selectors: bool = False) -> None:
        self.formula = formula
        self.clauses: list[list[Literal]] = []
        self.top = self._variables = len(formula.names)
        self.selectors = {number: self.new() for number in range(len(formula.tags))} if with_selectors else {}
        self._fixed: set[Literal] = set()
        self._ladders: dict[int, list[Literal]] = {v: self._ladder(*ends) for v, ends in formula.domains.items()}
        self._told = {"clauses": 0, "at_most_ones": 0, "exactly_ones": 0, "bounds": 0}
        self.keep_up()

    @property
    def can_keep_up(self) -> bool:
        """Whether the formula has no variable that these clauses do not know of."""
        return len(self.formula.names) == self._variables

    def new(self) -> Literal:
        """A literal that nothing has been said of yet."""
        self.top += 1
        return self.top

    def keep_up(self) -> None:
        """Tell what has been said since the last time."""
        formula = self.formula
        clauses = formula.clauses[self._told["clauses"] :]
        if not self.selectors:
            self._fixed |= {said.literals[0] for said in clauses if len(said.literals) == 1}
        for clause in clauses:
            self.clauses.append([*clause.literals, *self._dropped(clause)])
        for said in formula.at_most_ones[self._told["at_most_ones"] :]:
            formula.go_on()
            self.at_most_one(self._open(said.literals), self._dropped(said))
        for said in formula.exactly_ones[self._told["exactly_ones"] :]:
            dropped = self._dropped(said)
            self.clauses.append([*said.literals, *dropped])
            self.at_most_one(self._open(said.literals), dropped)
        for bound in formula.bounds[self._told["bounds"] :]:
            self._tell_bound(bound)
        self._told = {name: len(getattr(formula, name)) for name in self._told}

    def _open(self, literals: Iterable[Literal]) -> list[Literal]:
        """The literals without those that are known not to hold."""
        return [literal for literal in literals if -literal not in self._fixed]

    def _dropped(self, said: Said | Bound) -> list[Literal]:
        """What holds when the rule that this was said for has been dropped."""
        return [] if said.tag == DEFINITION or not self.selectors else [-self.selectors[said.tag]]

    # -- counts --------------------------------------------------------------------------------------------------

    def at_most_one(self, literals: Sequence[Literal], unless: Sequence[Literal] = ()) -> None:
        """At most one of the literals holds, or one of `unless` does."""
        if len(literals) <= FEW:
            pairs = ((one, other) for place, one in enumerate(literals) for other in literals[place + 1 :])
            self.clauses.extend([-one, -other, *unless] for one, other in pairs)
            return
        # The first of these holds when the first literal does, each next one when one literal so far does.
        upto = range(self.top + 1, self.top + len(literals) + 1)
        self.top += len(literals)
        self.clauses.extend([-literal, reached, *unless] for literal, reached in zip(literals, upto, strict=True))
        self.clauses.extend([-before, reached, *unless] for before, reached in pairwise(upto))
        self.clauses.extend([-before, -literal, *unless] for before, literal in zip(upto, literals[1:], strict=False))

    def at_most(self, literals: Sequence[Literal], most: int, unless: Sequence[Literal] = ()) -> None:
        """At most so many of the literals hold, or one of `unless` does."""
        if most < 0:
            self.clauses.append([*unless])
        elif most == 0:
            self.clauses.extend([-literal, *unless] for literal in literals)
        elif most == 1:
            self.at_most_one(literals, unless)
        elif most == len(literals) - 1:
            self.clauses.append([*(-literal for literal in literals), *unless])
        elif most < len(literals):
            counted = CardEnc.atmost(list(literals), most, self.top, encoding=EncType.cardnetwrk)
            self.top = max(self.top, counted.nv)
            self.clauses.extend([*clause, *unless] for clause in counted.clauses)

    def copy(self) -> "Cnf":
        """The same clauses, to which more can be said without these hearing of it."""
        other = object.__new__(Cnf)
        other.__dict__ |= self.__dict__ | {"clauses": list(self.clauses)}
        return other

    def counted(self, literals: Sequence[Literal], most: int) -> list[Literal]:
        """At most so many of the literals hold; and for each number from 1 on, what holds when as many do."""
        tree = ITotalizer(list(literals), ubound=min(most, len(literals) - 1), top_id=self.top)
        self.top = max(self.top, tree.top_id)
        self.clauses.extend(tree.cnf.clauses)
        outputs = list(tree.rhs)
        tree.delete()
        if most < len(literals):
            self.clauses.append([-outputs[most]])
        return outputs

    def counter(self, figure: Figure, most: int) -> tuple[int, list[Literal]]:
        """What the figure is at least, and for each further one, up to `most`, a literal that holds when it is reached.

        `literals[n]` holds whenever the figure is more than the least by more than `n`; to assume its opposite is to
        bound the figure.
        """
        terms, least = self.positive(figure)
        literals = [literal for factor, literal in terms for _ in range(factor)]
        if not literals or most <= least:
            return least, []
        tree = ITotalizer(literals, ubound=min(most - least, len(literals)), top_id=self.top)
        self.top = max(self.top, tree.top_id)
        self.clauses.extend(tree.cnf.clauses)
        outputs = list(tree.rhs)
        tree.delete()
        return least, outputs

    # -- sums ----------------------------------------------------------------------------------------------------

    def _tell_bound(self, bound: Bound) -> None:
        unless = [*bound.unless, *self._dropped(bound)]
        if bound.least == bound.most is not None and self._equals(bound, unless):
            return
        if bound.most is not None:
            self._sum_at_most(*self.positive(bound.figure), bound.most, unless)
        if bound.least is not None:
            self._sum_at_most(*self.positive(bound.figure * -1), -bound.least, unless)

    def positive(self, figure: Figure) -> tuple[Weighted, int]:
        """The figure as literals with factors above 0, and what is added to them."""
        terms, offset = [], figure.offset
        for factor, variable in self._spelled_out(merged(figure)):
            literal = variable if factor > 0 else -variable
            offset += min(0, factor)
            if literal in self._fixed:
                offset += abs(factor)
            elif -literal not in self._fixed:
                terms.append((abs(factor), literal))
        least = sum(factor * self.formula.domains[v][0] for factor, v in merged(figure) if v in self.formula.domains)
        return terms, offset + least

    def _spelled_out(self, terms: Iterable[tuple[int, int]]) -> Iterable[tuple[int, Literal]]:
        for factor, variable in terms:
            yield from ((factor, step) for step in self._ladders.get(variable, [variable]))

    def _ladder(self, least: int, most: int) -> list[Literal]:
        """A number as literals: the first holds when it is more than the least, the next when it is one more."""
        steps = [self.new() for _ in range(most - least)]
        self.clauses.extend([-later, earlier] for earlier, later in pairwise(steps))
        return steps

    def _equals(self, bound: Bound, unless: list[Literal]) -> bool:
        """Whether the bound is a plain count of literals, which is then written out as one."""
        terms, offset = self.positive(bound.figure)
        wanted = (bound.least or 0) - offset
        if unless or {factor for factor, _ in terms} != {1} or not 0 < wanted < len(terms):
            return False
        literals = [literal for _, literal in terms]
        counted = CardEnc.equals(literals, wanted, self.top, encoding=EncType.seqcounter)
        self.top = max(self.top, counted.nv)
        self.clauses.extend(counted.clauses)
        return True

    def _sum_at_most(self, terms: Weighted, offset: int, most: int, unless: list[Literal]) -> None:
        terms, room = _by_common_factor(terms, most - offset)
        factors = {factor for factor, _ in terms}
        if factors <= {1}:
            self.at_most([literal for _, literal in terms], room, unless)
        elif room < 0:
            self.clauses.append([*unless])
        elif sum(factor for factor, _ in terms) > room:
            sums = self._sums(terms, room + 1)
            self.clauses.extend([-literal, *unless] for value, literal in sums.items() if value > room)

    def _sums(self, terms: Weighted, cap: int) -> dict[int, Literal]:
        """For each sum that may come about, up to `cap`, a literal that holds when that much is reached.

        The generalised totalizer of Joshi, Martins and Manquinho (CP 2015), with all that is too much as one.
        """
        if len(terms) == 1:
            return {min(terms[0][0], cap): terms[0][1]}
        half = len(terms) // 2
        left, right = self._sums(terms[:half], cap), self._sums(terms[half:], cap)
        found = {min(value, cap): 0 for value in (*left, *right, *(one + other for one in left for other in right))}
        found = {value: self.new() for value in sorted(found)}
        self.clauses.extend([-literal, found[value]] for side in (left, right) for value, literal in side.items())
        for one, first in left.items():
            self.clauses.extend([-first, -second, found[min(one + other, cap)]] for other, second in right.items())
        return found


def is_heavy(formula: Formula) -> bool:
    """Whether something has been said that is better told to a solver that can add: a long sum of unlike terms."""
    return any(_weight(formula, bound.figure) > HEAVY for bound in formula.bounds)


def _weight(formula: Formula, figure: Figure) -> int:
    terms = [(abs(factor), formula.domains.get(variable, (0, 1))) for factor, variable in merged(figure)]
    common = gcd(*(factor for factor, _ in terms))
    if all(factor == common for factor, _ in terms):
        return 0
    literals = sum(most - least for _, (least, most) in terms)
    return literals * sum(factor * (most - least) for factor, (least, most) in terms) // common


def _by_common_factor(terms: Weighted, room: int) -> tuple[Weighted, int]:
    """The sum and what there is room for, both divided by what divides every term."""
    common = gcd(*(factor for factor, _ in terms)) or 1
    return [(factor // common, literal) for factor, literal in terms], room // common
