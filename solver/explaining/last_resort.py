"""The question whether something can be, put to CP-SAT: the one part of explaining that loads OR-Tools."""

from collections.abc import Iterable

from solver.engines.search import Search
from solver.limits import Limits
from solver.model.formula import DEFINITION, Formula, Literal, Said


def has_solution(formula: Formula, fixed: Iterable[Literal], seconds: float) -> bool | None:
    """Whether the formula can hold with these literals; None when that is not known within the seconds."""
    for literal in fixed:
        formula.clauses.append(Said((literal,), DEFINITION))
    return Search(formula, Limits(seconds, workers=1)).find_first()
