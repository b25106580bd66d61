"""Whether some of the rules can be kept together with some of what is asked for: by counting, by SAT, by CP-SAT.

Each question is answered by what answers it most cheaply: counting says no at once where there are too many for too
few, which a SAT solver would find out by trying every order; the SAT solver is asked within a number of conflicts; and
OR-Tools is loaded for what is left, when there is time.
"""

import copy
from collections.abc import Collection

from solver.cnf import Cnf
from solver.constraints import constrain
from solver.explaining.alone import say_each_for_itself
from solver.explaining.counting import judge_by_counting
from solver.explaining.instances import Instance, asked_of, names_of
from solver.explaining.patience import ENDLESS, MOST_CONFLICTS, Patience, by_last_resort
from solver.explaining.shrinking import Verdict
from solver.formula import DEFINITION, Formula
from solver.problem import Problem
from solver.rules import Rule
from solver.sat import Sat
from solver.variables import Choices


class Trial:
    """One day, of which rules and requests are kept or not. What R1 says holds throughout."""

    def __init__(self, problem: Problem, patience: Patience) -> None:
        self._problem, self._patience = problem, patience
        self._choices = Choices(problem, explaining=True)
        constrain(self._choices)
        say_each_for_itself(self._choices)
        self._formula = self._choices.formula
        cnf = Cnf(self._formula, with_selectors=True)
        self._literals = {
            tag: cnf.selectors[number]
            for number, tag in enumerate(self._formula.tags)
            if tag.rule not in {Rule.OPEN, Rule.REQUIRED}
        } | {each: self._choices.placed[name] for each in asked_of(problem) for name in names_of([each])}
        hours = [[cnf.selectors[number]] for number, tag in enumerate(self._formula.tags) if tag.rule is Rule.OPEN]
        cnf.clauses += hours
        self._sat = Sat(cnf, ENDLESS)

    def __enter__(self) -> "Trial":
        return self

    def __exit__(self, *_: object) -> None:
        self._sat.__exit__(None, None, None)

    @property
    def instances(self) -> tuple[Instance, ...]:
        """Everything that may be kept or not."""
        return tuple(self._literals)

    def judge(self, kept: Collection[Instance]) -> Verdict:
        """Whether all of it can be kept together; what the day says nothing of, can."""
        if (counted := judge_by_counting(self._problem, self._literals, kept)).is_possible is False:
            return counted
        assumed = [self._literals[each] for each in kept if each in self._literals]
        is_possible = self._sat.can_hold(assumed, MOST_CONFLICTS)
        if is_possible is None:
            fixed = [self._literals[each] for each in kept if each.rule is Rule.REQUIRED]
            return Verdict(by_last_resort(self._said_for(frozenset(kept)), fixed, self._patience), frozenset(kept))
        core = set(() if is_possible else self._sat.core())
        return Verdict(is_possible, frozenset(each for each in kept if self._literals.get(each) in core))

    def _said_for(self, kept: frozenset[Instance]) -> Formula:
        """What is said for what is kept, and nothing else."""
        formula = copy.copy(self._formula)
        held = {
            DEFINITION,
            *(number for number, tag in enumerate(formula.tags) if tag in kept or tag.rule is Rule.OPEN),
        }
        formula.clauses = [said for said in formula.clauses if said.tag in held]
        formula.at_most_ones = [said for said in formula.at_most_ones if said.tag in held]
        formula.exactly_ones = [said for said in formula.exactly_ones if said.tag in held]
        formula.bounds = [said for said in formula.bounds if said.tag in held]
        return formula
