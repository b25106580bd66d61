"""The solver against the yardstick: of all lawful plans of a tiny day, none is better than its plan."""

from hypothesis import given, settings

from solver.limits import Limits
from solver.plan import Status
from solver.problem import Problem
from solver.solve import solve
from tests.solver.exhaustive import best_lawful
from tests.solver.factories import SHA256
from tests.solver.strategies import small_days


@settings(max_examples=80, deadline=None)
@given(small_days())
def test_no_lawful_plan_is_better_and_where_there_is_none_the_day_is_proven_infeasible(day: Problem) -> None:
    # A plan that breaks a rule or claims a false figure never leaves: it raises UnlawfulPlan.
    plan = solve(day, Limits(seconds=20, workers=1), problem_sha256=SHA256)

    best = best_lawful(day)
    expected = (Status.INFEASIBLE, ()) if best is None else (Status.OPTIMAL, best)
    assert (plan.status, tuple(result.value for result in plan.aims)) == expected
