"""The fewest breaks of all suppliers together, when no more can be busy at once than there are seats for.

Who meets whom is left out, so that suppliers on the same course are the same to us: they are counted, as they flow
through the day from one number of activities behind them to the next. The figure is never too high, and on a crowded
day it is often the very figure of the best plan; the linear relaxation finds it in no time.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

# The front door of OR-Tools loads pandas, which takes longer than most days do; this is the room behind it.
from ortools.sat.python import cp_model_helper as cp_sat

from solver.counting.fewest_breaks import Course
from solver.engines.cp_sat import CpSat
from solver.model.formula import Figure, Formula, total

# Where it takes more than that, it is no use.
MOST_WORK = 0.2


def fewest_together(courses: Iterable[Course], seats: int) -> int:
    """The fewest gaps, all told, when no more than so many suppliers are busy at once.

    0 when their activities are of different lengths or follow no common beat.
    """
    kinds = Counter(courses)
    lengths = {kind.minutes for kind in kinds}
    times = sorted({moment.time for kind in kinds for moment in kind.moments})
    if len(lengths) != 1 or any((later - earlier) % min(lengths) for earlier, later in pairwise(times)):
        return 0
    flow = _Flow()
    for kind, number in sorted(kinds.items()):
        flow.let_through(kind, number)
    for busy in flow.busy.values():
        flow.formula.bound(total(busy), most=seats)
    return _least(flow.formula, total(flow.gaps))


@dataclass
class _Flow:
    """Suppliers on their way through the day; `busy` at each time, `gaps` that end."""

    formula: Formula = field(default_factory=Formula)
    busy: dict[int, list[Figure]] = field(default_factory=dict)
    gaps: list[Figure] = field(default_factory=list)

    def let_through(self, kind: Course, number: int) -> None:
        """Let so many suppliers through the day, by how many have started and when the last ends, 0 when it has."""
        standing = {(0, 0): [Figure(offset=number)]}
        for time, must, can, is_certain in kind.moments:
            arriving: dict[tuple[int, int], list[Figure]] = {}
            for (started, ends), waiting in standing.items():
                ways = []
                if must <= started + 1 <= can:
                    ways.append(self._way(number, arriving, (started + 1, time + kind.minutes)))
                    self.busy.setdefault(time, []).append(ways[0])
                    if started and ends < time:
                        self.gaps.append(ways[0])
                if started >= must and not is_certain:
                    ways.append(self._way(number, arriving, (started, 0)))
                self.formula.bound(total(ways) - total(waiting), least=0, most=0)
            standing = arriving

    def _way(self, number: int, arriving: dict[tuple[int, int], list[Figure]], place: tuple[int, int]) -> Figure:
        way = self.formula.number(0, number, "suppliers who go this way")
        arriving.setdefault(place, []).append(way)
        return way


def _least(formula: Formula, cost: Figure) -> int:
    """The least that the cost is known to be, after a little work."""
    model = CpSat(formula)
    model.minimise(cost)
    parameters = cp_sat.SatParameters()
    parameters.catch_sigint_signal = False
    parameters.num_workers = 1
    parameters.linearization_level = 2
    parameters.max_deterministic_time = MOST_WORK
    solver = cp_sat.SolveWrapper()
    solver.set_parameters(parameters)
    response: cp_sat.CpSolverResponse = solver.solve(model.told({}))  # type: ignore[no-untyped-call] # OR-Tools gives it no types
    return max(0, math.ceil(response.best_objective_bound - 1e-6))
