"""One model, asked again and again: is there a plan, and how good can it be, within one budget of thinking.

What cuts a question short is *deterministic* time, which OR-Tools counts in work done, so that a slow machine
finds the same plan as a quick one. The clock on the wall is only a backstop, for a machine so slow that the
work takes far longer than it should; a plan that the backstop has cut may differ from run to run.
"""

import math
import time
from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from solver.limits import Limits
from solver.variables import Figure, Literal

# In a second of the limit we do as much work as a slow machine with two workers does in about a second.
WORK_PER_SECOND = 0.6
WALL_PER_SECOND = 3.0

# What one question may use of the work that is left: enough remains for the questions after it.
SHARE_OF_A_HOPE = 0.1
SHARE_OF_AN_AIM = 0.5

# The first learns from conflicts, the second leans on the linear relaxation: each proves what the other cannot.
# More workers take one more of these each.
STRATEGIES = ("no_lp", "max_lp_sym", "reduced_costs", "core", "quick_restart", "pseudo_costs", "max_lp", "default_lp")

# Told of each better cost and of the least still thinkable.
Tell = Callable[[int, int], None]

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


class Search:
    """A model, the work that is left for it, and the best solution so far, as the values of all its variables."""

    def __init__(self, model: cp_model.CpModel, limits: Limits) -> None:
        self.model = model
        self.solution: list[int] = []
        self._limits = limits
        self._work_left = limits.seconds * WORK_PER_SECOND
        self._wall_ends = time.monotonic() + limits.seconds * WALL_PER_SECOND

    def find_first(self, hopes: Sequence[Literal]) -> bool | None:
        """Whether there is a solution, None when not known; when it comes easily, one in which every hope holds."""
        if hopes:
            hopeful = self.model.clone()
            hopeful.add_bool_and(hopes)
            if self._ask(hopeful, SHARE_OF_A_HOPE).status in FOUND:
                return True
        status = self._ask(self.model, 1.0).status
        return None if status == cp_model.UNKNOWN else status in FOUND

    def minimise(self, cost: Figure, tell: Tell, *, is_negative: bool) -> int:
        """The least that the cost can still be; the solution so far comes as near to it as the work allows."""
        least = _least(self.model, cost) if is_negative else max(0, _least(self.model, cost))
        if self.value(cost) == least:
            return least
        self.model.minimize(cost)
        response = self._ask(self.model, SHARE_OF_AN_AIM, _Watch(tell))
        return max(least, _rounded_up(response.best_objective_bound)) if response.status in FOUND else least

    def value(self, figure: Figure) -> int | None:
        """The figure in the best solution so far; None when it speaks of variables that are newer."""
        terms, offset = _terms(figure)
        if any(index >= len(self.solution) for index, _ in terms):
            return None
        return offset + sum(factor * self.solution[index] for index, factor in terms)

    def holds(self, literal: Literal) -> bool:
        """Whether the literal holds in the best solution so far."""
        return self.value(literal) == 1

    def _ask(
        self, model: cp_model.CpModel, share: float, watch: cp_model.CpSolverSolutionCallback | None = None
    ) -> cp_model.CpSolverResponse:
        solver = cp_model.CpSolver()
        self._set(solver.parameters, share)
        self._hint(model)
        status = solver.solve(model, watch)
        response = solver.response_proto
        self._work_left = max(0.0, self._work_left - response.deterministic_time)
        if status == cp_model.MODEL_INVALID:
            raise ValueError(model.validate())
        if status in FOUND:
            self.solution = list(response.solution)
        return response

    def _set(self, parameters: cp_model.SatParameters, share: float) -> None:
        # Its own handler of Ctrl-C ends the whole process when the solver works in another thread than the main one.
        parameters.catch_sigint_signal = False
        parameters.random_seed = self._limits.seed
        parameters.num_workers = self._limits.workers
        # Without it, workers hand each other what they learn as it comes, and no two runs are the same.
        parameters.interleave_search = True
        parameters.subsolvers.extend(STRATEGIES[: max(2, self._limits.workers)])
        # The model leaves little to simplify; a second round costs more than it gives.
        parameters.max_presolve_iterations = 1
        parameters.max_deterministic_time = self._work_left * share
        parameters.max_time_in_seconds = max(0.0, self._wall_ends - time.monotonic())

    def _hint(self, model: cp_model.CpModel) -> None:
        """Start from the best solution so far."""
        model.proto.clear_solution_hint()
        # OR-Tools stumbles over a hint that is there but says nothing.
        if not self.solution:
            return
        model.proto.solution_hint.vars.extend(range(len(self.solution)))
        model.proto.solution_hint.values.extend(self.solution)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Passes on what is found while it is being found."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def on_solution_callback(self) -> None:
        """Called by OR-Tools at each better solution."""
        self._tell(round(self.objective_value), _rounded_up(self.best_objective_bound))


def _rounded_up(bound: float) -> int:
    return math.ceil(bound - 1e-6)


def _terms(figure: Figure) -> tuple[list[tuple[int, int]], int]:
    """The variables of a figure by index, each with its factor, and what is added to them."""
    flat = cp_model.FlatIntExpr(figure)
    return [(variable.index, factor) for variable, factor in zip(flat.vars, flat.coeffs, strict=True)], flat.offset


def _least(model: cp_model.CpModel, cost: Figure) -> int:
    """The least that the cost could be if its variables knew nothing of each other: a bound that needs no search."""
    terms, least = _terms(cost)
    for index, factor in terms:
        domain = list(model.proto.variables[index].domain)
        least += min(factor * domain[0], factor * domain[-1])
    return least
