"""What has been said, told to CP-SAT: variable `v` of the formula is variable `v - 1` of the model."""

from collections.abc import Iterable, Mapping

# The front door of OR-Tools loads pandas, which takes longer than most days do; this is the room behind it.
from ortools.sat.python.cp_model_helper import CpModelProto

from solver.model.formula import Bound, Clause, Figure, Formula, Literal, merged

UNBOUNDED = 2**62


class CpSat:
    """A CP-SAT model that keeps up with a formula while more is said in it."""

    def __init__(self, formula: Formula) -> None:
        self._proto = CpModelProto()
        self._formula = formula
        self._told = {"variables": 0, "clauses": 0, "at_most_ones": 0, "exactly_ones": 0, "bounds": 0}

    def told(self, hint: Mapping[int, int]) -> CpModelProto:
        """The model with all that has been said, starting from these values of some variables of the formula."""
        self._keep_up()
        self._hint(hint)
        return self._proto

    def _keep_up(self) -> None:
        formula, proto = self._formula, self._proto
        for variable in range(self._told["variables"] + 1, len(formula.names) + 1):
            proto.variables.add().domain.extend(formula.domains.get(variable, (0, 1)))
        for said in formula.clauses[self._told["clauses"] :]:
            self._tell_clause(said.literals)
        for said in formula.at_most_ones[self._told["at_most_ones"] :]:
            proto.constraints.add().at_most_one.literals.extend(_indices(said.literals))
        for said in formula.exactly_ones[self._told["exactly_ones"] :]:
            proto.constraints.add().exactly_one.literals.extend(_indices(said.literals))
        for bound in formula.bounds[self._told["bounds"] :]:
            self._tell_bound(bound)
        self._told = {
            "variables": len(formula.names),
            "clauses": len(formula.clauses),
            "at_most_ones": len(formula.at_most_ones),
            "exactly_ones": len(formula.exactly_ones),
            "bounds": len(formula.bounds),
        }

    def _tell_clause(self, literals: Clause) -> None:
        constraint = self._proto.constraints.add()
        if literals:
            constraint.bool_or.literals.extend(_indices(literals))
        else:
            # A clause without literals cannot hold, but OR-Tools takes it for nothing said.
            constraint.linear.domain.extend([1, 1])

    def _tell_bound(self, bound: Bound) -> None:
        constraint = self._proto.constraints.add()
        terms = merged(bound.figure)
        constraint.linear.vars.extend([variable - 1 for _, variable in terms])
        constraint.linear.coeffs.extend([factor for factor, _ in terms])
        least = -UNBOUNDED if bound.least is None else bound.least - bound.figure.offset
        most = UNBOUNDED if bound.most is None else bound.most - bound.figure.offset
        constraint.linear.domain.extend([least, most])
        constraint.enforcement_literal.extend(_indices(-literal for literal in bound.unless))

    def minimise(self, figure: Figure) -> None:
        """Make the figure what is minimised, in place of any other."""
        objective, terms = self._proto.objective, merged(figure)
        objective.vars.clear()
        objective.coeffs.clear()
        objective.vars.extend([variable - 1 for _, variable in terms])
        objective.coeffs.extend([factor for factor, _ in terms])
        objective.offset = figure.offset

    def _hint(self, hint: Mapping[int, int]) -> None:
        self._proto.clear_solution_hint()
        # OR-Tools stumbles over a hint that is there but says nothing.
        if hint:
            self._proto.solution_hint.vars.extend([variable - 1 for variable in hint])
            self._proto.solution_hint.values.extend(list(hint.values()))


def _indices(literals: Iterable[Literal]) -> list[int]:
    """The literals as CP-SAT counts them: from 0 up, and from -1 down for those that do not hold."""
    return [literal - 1 if literal > 0 else literal for literal in literals]
