"""Whether all that is asked for can be had, asked of the whole day at once; and if not, what cannot be had together."""

from collections.abc import Collection

from solver.constraints import constrain
from solver.counting.capacity import at_most
from solver.engines.cnf import Cnf
from solver.engines.sat import Sat
from solver.explaining.instances import Instance, names_of
from solver.explaining.patience import MOST_CONFLICTS, MOST_TOGETHER, Patience, by_last_resort
from solver.explaining.shrinking import Verdict
from solver.model.formula import Formula, count
from solver.problem import Problem
from solver.rules import Rule
from solver.variables import Choices


class Asking:
    """The whole day with every rule but R13, so that what must be placed is asked for like everything else.

    Raises OutOfTime when the patience is over.
    """

    def __init__(self, problem: Problem, patience: Patience) -> None:
        self._problem, self._patience = problem, patience
        self._choices = Choices(problem, formula=Formula(patience.keep))
        constrain(self._choices)
        self._formula = self._choices.formula
        self._forget_required()
        self._say_bounds()
        cnf = Cnf(self._formula)
        self._sat = Sat(cnf.clauses, cnf.top, conflicts=MOST_TOGETHER)
        patience.watch(self._sat)

    def __enter__(self) -> "Asking":
        return self

    def __exit__(self, *_: object) -> None:
        self._sat.__exit__(None, None, None)

    def _forget_required(self) -> None:
        formula = self._formula
        required = {number for number, tag in enumerate(formula.tags) if tag.rule is Rule.REQUIRED}
        formula.clauses = [said for said in formula.clauses if said.tag not in required]

    def _say_bounds(self) -> None:
        """What counting knows, given that every session is placed, and a search would find by trying every order."""
        placed = self._choices.placed
        unless = [-placed[name] for name in self._choices.sessions]
        for names, most in at_most(self._problem):
            self._formula.bound(count(placed[name] for name in names), most=most, unless=unless)

    def judge(self, asked: Collection[Instance]) -> Verdict:
        """Whether all of it can be had."""
        literals = {each: self._choices.placed[name] for each in asked for name in names_of([each])}
        is_possible = self._sat.can_hold(sorted(literals.values()), MOST_CONFLICTS)
        if is_possible is None:
            return Verdict(by_last_resort(self._formula, sorted(literals.values()), self._patience), frozenset(asked))
        core = set(() if is_possible else self._sat.core())
        return Verdict(is_possible, frozenset(each for each in asked if literals[each] in core))
