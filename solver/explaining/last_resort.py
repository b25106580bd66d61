"""The question whether something can be, put to CP-SAT: the one part of explaining that loads OR-Tools."""

from collections.abc import Iterable

from solver.deadline import Deadline
from solver.engines.search import Search
from solver.explaining.patience import Patience
from solver.limits import Limits
from solver.model.formula import DEFINITION, Formula, Literal, Said

# So much work, as CP-SAT counts it, is worth one question.
OF_A_QUESTION = Limits(seconds=2.0, workers=1)


def has_solution(formula: Formula, fixed: Iterable[Literal], patience: Patience) -> bool | None:
    """Whether the formula can hold with these literals; None when that is not known within the patience."""
    for literal in fixed:
        formula.clauses.append(Said((literal,), DEFINITION))
    return Search(formula, OF_A_QUESTION, _Ending(patience)).find_first()


class _Ending(Deadline):
    """The moment when the patience is at its end."""

    def __init__(self, patience: Patience) -> None:
        super().__init__(0)
        self._patience = patience

    @property
    def seconds_left(self) -> float:
        """What the patience leaves."""
        return self._patience.left
