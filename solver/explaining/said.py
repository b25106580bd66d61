"""What is said of a day to a SAT solver, each instance of a rule with a literal by which it is kept."""

import copy
from collections.abc import Collection, Mapping

from solver.constraints import constrain
from solver.engines.cnf import Cnf
from solver.engines.sat import Engine, Sat
from solver.explaining.alone import say_each_for_itself
from solver.explaining.instances import Instance, asked_of, names_of
from solver.explaining.patience import MOST_TOGETHER, Patience
from solver.explaining.shrinking import Verdict
from solver.model.formula import DEFINITION, Formula
from solver.problem import Problem
from solver.rules import Rule
from solver.variables import Choices

# R1 is kept throughout; whether it is needed is asked of a longer day.
ALWAYS_KEPT = Rule.OPEN


class Said:
    """A day as a SAT solver knows it; `only` keeps meetings to some of their starts, which makes questions easy."""

    def __init__(self, problem: Problem, patience: Patience, only: Mapping[str, Collection[int]] | None = None) -> None:
        choices = Choices(problem, explaining=True, only=only, formula=Formula(patience.keep))
        constrain(choices)
        say_each_for_itself(choices)
        self._formula = choices.formula
        cnf = Cnf(self._formula, with_selectors=True)
        selectors = [(tag, cnf.selectors[number]) for number, tag in enumerate(self._formula.tags)]
        cnf.clauses += [[selector] for tag, selector in selectors if tag.rule is ALWAYS_KEPT]
        self.literals = {tag: it for tag, it in selectors if tag.rule not in {ALWAYS_KEPT, Rule.REQUIRED}}
        self.literals |= {each: choices.placed[name] for each in asked_of(problem) for name in names_of([each])}
        engine = Engine.STRONG if only is None else Engine.QUICK
        self._sat = Sat(cnf.clauses, cnf.top, conflicts=MOST_TOGETHER, engine=engine)
        patience.watch(self._sat)

    def __enter__(self) -> "Said":
        self._sat.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._sat.__exit__(None, None, None)

    @property
    def instances(self) -> tuple[Instance, ...]:
        """Everything that may be kept or not."""
        return tuple(self.literals)

    def judge(self, kept: Collection[Instance], conflicts: int) -> Verdict:
        """Whether all of it can be kept together, as far as so many conflicts tell."""
        assumed = {each: self.literals[each] for each in kept if each in self.literals}
        is_possible = self._sat.can_hold(sorted(assumed.values()), conflicts)
        core = set(self._sat.core() if is_possible is False else ())
        return Verdict(is_possible, frozenset(each for each, literal in assumed.items() if literal in core))

    def formula_for(self, kept: frozenset[Instance]) -> Formula:
        """What is said for what is kept, and nothing else."""
        formula = copy.copy(self._formula)
        held = {number for number, tag in enumerate(formula.tags) if tag in kept or tag.rule is ALWAYS_KEPT}
        held.add(DEFINITION)
        formula.clauses = [said for said in formula.clauses if said.tag in held]
        formula.at_most_ones = [said for said in formula.at_most_ones if said.tag in held]
        formula.exactly_ones = [said for said in formula.exactly_ones if said.tag in held]
        formula.bounds = [said for said in formula.bounds if said.tag in held]
        return formula
