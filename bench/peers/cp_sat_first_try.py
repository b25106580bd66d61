"""CP-SAT as one would write it first: a literal for each meeting and slot, and the breaks to be minimised."""

import math

from ortools.sat.python import cp_model

from bench.peers.answer import Answer, Watch
from bench.peers.textbook import Textbook

WORKERS = 2
TOLERANCE = 1e-6


def solve(book: Textbook, watch: Watch) -> Answer:
    """The best plan that CP-SAT finds with its defaults."""
    first_try = _FirstTry(book)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = watch.seconds
    status = solver.solve(first_try.model, _Improvements(watch))
    is_proven = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, None, is_proven)
    slots = tuple(
        next(slot for slot, literal in row.items() if solver.boolean_value(literal)) for row in first_try.held
    )
    return Answer(slots, max(0, math.ceil(solver.best_objective_bound - TOLERANCE)), is_proven)


class _Improvements(cp_model.CpSolverSolutionCallback):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def on_solution_callback(self) -> None:
        """Called by OR-Tools at each better solution."""
        self._watch.improved()


class _FirstTry:
    def __init__(self, book: Textbook) -> None:
        self.model = cp_model.CpModel()
        self._book = book
        self.held = [
            {slot: self.model.new_bool_var(f"meeting {meeting} in {slot}") for slot in allowed}
            for meeting, allowed in enumerate(book.allowed)
        ]
        self._place()
        breaks = [self._breaks(participant) for participant in range(book.participants)]
        self._keep_even(breaks)
        self.model.minimize(sum(breaks))

    def _place(self) -> None:
        for literals in self.held:
            self.model.add_exactly_one(literals.values())
        for slot in range(self._book.slots):
            held = [row[slot] for row in self.held if slot in row]
            self.model.add(sum(held) <= self._book.tables)
        for later, earlier in self._book.after:
            self.model.add(self._slot(later) > self._slot(earlier))

    def _slot(self, meeting: int) -> cp_model.LinearExprT:
        return sum(slot * literal for slot, literal in self.held[meeting].items())

    def _breaks(self, participant: int) -> cp_model.LinearExprT:
        """Runs of meetings less one: a run begins in a slot that is used after one that is not."""
        meetings = self._book.meetings_of(participant)
        if not meetings:
            return 0
        begins, before = [], self.model.new_constant(0)
        for slot in range(self._book.slots):
            used = self.model.new_bool_var(f"participant {participant} in {slot}")
            self.model.add(sum(self.held[each][slot] for each in meetings if slot in self.held[each]) == used)
            begins.append(self.model.new_bool_var(f"participant {participant} begins in {slot}"))
            self.model.add_bool_or(before, used.negated(), begins[-1])
            self.model.add_implication(begins[-1], used)
            self.model.add_implication(begins[-1], before.negated())
            before = used
        return sum(begins) - 1

    def _keep_even(self, breaks: list[cp_model.LinearExprT]) -> None:
        if self._book.differ_by is None:
            return
        fewest = self.model.new_int_var(0, self._book.slots, "fewest")
        for each in breaks:
            self.model.add(each >= fewest)
            self.model.add(each <= fewest + self._book.differ_by)
