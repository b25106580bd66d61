"""One model, asked again and again: is there a plan, and how good can it be, within one budget of thinking.

What cuts a question short is *deterministic* time, which OR-Tools counts in work done, so that a slow machine
finds the same plan as a quick one. A plan that the deadline has cut may differ from run to run.
"""

import math
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

# The front door of OR-Tools loads pandas, which takes longer than most days do; this is the room behind it.
from ortools.sat.python import cp_model_helper as cp_sat

from solver.deadline import Deadline
from solver.engines.cp_sat import CpSat
from solver.limits import Limits
from solver.model.formula import Figure, Formula, Literal

# In a second of the limit we do as much work as a slow machine with two workers does in about a second.
WORK_PER_SECOND = 0.6

# What one question may use of the work that is left: enough remains for the questions after it.
SHARE_OF_A_PROOF = 0.4
SHARE_OF_A_BETTER_PLAN = 0.08

# What two workers try, and what more would. The first learns from conflicts alone. For sums, the second adds up the
# conflicts among the terms; where the question is how much there is room for, it leans on the linear relaxation, which
# counts what conflicts do not.
FOR_SUMS = ("no_lp", "core", "max_lp_sym", "reduced_costs", "quick_restart", "pseudo_costs", "max_lp", "default_lp")
FOR_ROOM = ("no_lp", "max_lp_sym", "core", "reduced_costs", "quick_restart", "pseudo_costs", "max_lp", "default_lp")

# Told of each better cost and of the least still thinkable.
Tell = Callable[[int, int], None]

FOUND = (cp_sat.OPTIMAL, cp_sat.FEASIBLE)


class Search:
    """What has been said, the work that is left for it, and the best solution so far, as the values of the variables.

    `was_cut` turns true when the deadline, and not the counted work, has ended a question.
    """

    def __init__(self, formula: Formula, limits: Limits, deadline: Deadline | None = None) -> None:
        self.solution: dict[int, int] = {}
        self.was_cut = False
        self._cp_sat = CpSat(formula)
        self._limits = limits
        self._work_left = limits.seconds * WORK_PER_SECOND
        self._deadline = deadline or Deadline(limits.seconds)

    @property
    def limits_left(self) -> Limits:
        """The limits for what is still to be asked elsewhere."""
        return replace(self._limits, seconds=self._work_left / WORK_PER_SECOND)

    def find_first(self) -> bool | None:
        """Whether there is a solution; None when not known."""
        status = self._ask(self._cp_sat.told(self.solution), 1.0, FOR_ROOM).status
        return None if status == cp_sat.UNKNOWN else status in FOUND

    def start_from(self, literals: Iterable[Literal]) -> None:
        """Begin the next question where these literals hold: some lawful plan, told by all the literals it needs."""
        self.solution = {abs(literal): int(literal > 0) for literal in literals}

    def minimise(self, cost: Figure, so_far: int, least: int, tell: Tell, strategies: Sequence[str] = FOR_SUMS) -> int:
        """The least that the cost can still be, no less than `least`; the solution comes as near as the work allows.

        `so_far` is the cost of the solution as it is.
        """
        if so_far == least:
            return least
        self._cp_sat.minimise(cost)
        proof = self._ask(self._cp_sat.told(self.solution), SHARE_OF_A_PROOF, strategies, _Watch(tell))
        if proof.status not in FOUND:
            return least
        least = max(least, _rounded_up(proof.best_objective_bound))
        if proof.status != cp_sat.OPTIMAL:
            self._ask(self._cp_sat.told(self.solution), SHARE_OF_A_BETTER_PLAN, (), _Watch(tell, least))
        return least

    def holds(self, literal: Literal) -> bool:
        """Whether the literal holds in the best solution so far."""
        return self.solution[abs(literal)] == (literal > 0)

    def _ask(
        self,
        model: cp_sat.CpModelProto,
        share: float,
        strategies: Sequence[str],
        watch: cp_sat.SolutionCallback | None = None,
    ) -> cp_sat.CpSolverResponse:
        """What the strategies make of it; without any, large neighbourhoods of the solution are searched."""
        solver = cp_sat.SolveWrapper()
        solver.set_parameters(self._parameters(share, strategies))
        if watch is not None:
            solver.add_solution_callback(watch)
        with _Stopping(solver, self._deadline.stop):
            response: cp_sat.CpSolverResponse = solver.solve(model)  # type: ignore[no-untyped-call] # OR-Tools gives it no types
        status = response.status
        self._work_left = max(0.0, self._work_left - response.deterministic_time)
        if status == cp_sat.MODEL_INVALID:
            raise ValueError(cp_sat.CpSatHelper.validate_model(model))
        if status in FOUND:
            self.solution = dict(enumerate(response.solution, 1))
        if status not in (cp_sat.OPTIMAL, cp_sat.INFEASIBLE):
            self.was_cut |= self._deadline.is_over
        return response

    def _parameters(self, share: float, strategies: Sequence[str]) -> cp_sat.SatParameters:
        parameters = cp_sat.SatParameters()
        # Its own handler of Ctrl-C ends the whole process when the solver works in another thread than the main one.
        parameters.catch_sigint_signal = False
        parameters.random_seed = self._limits.seed
        parameters.num_workers = self._limits.workers
        # Without it, workers hand each other what they learn as it comes, and no two runs are the same.
        parameters.interleave_search = True
        parameters.subsolvers.extend(strategies[: max(2, self._limits.workers)] or FOR_SUMS[:1])
        # A large neighbourhood of the best plan is searched for a better one, again and again; that proves nothing.
        parameters.use_lns_only = not strategies
        # The model leaves little to simplify; a second round costs more than it gives.
        parameters.max_presolve_iterations = 1
        parameters.max_deterministic_time = self._work_left * share
        parameters.max_time_in_seconds = self._deadline.seconds_left
        return parameters


class _Stopping:
    """Within, the solver stops when the event is set."""

    def __init__(self, solver: cp_sat.SolveWrapper, stop: threading.Event) -> None:
        self._solver, self._stop, self._done = solver, stop, threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._watcher.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._done.wait(0.05):
            if self._stop.is_set():
                self._solver.stop_search()


class _Watch(cp_sat.SolutionCallback):
    """Passes on what is found while it is being found."""

    def __init__(self, tell: Tell, least: int | None = None) -> None:
        super().__init__()
        self._tell = tell
        self._least = least

    def OnSolutionCallback(self) -> None:  # noqa: N802 - OR-Tools calls it by this name
        """Called by OR-Tools at each better solution."""
        least = _rounded_up(self.BestObjectiveBound()) if self._least is None else self._least
        self._tell(round(self.ObjectiveValue()), least)


def _rounded_up(bound: float) -> int:
    return math.ceil(bound - 1e-6)
