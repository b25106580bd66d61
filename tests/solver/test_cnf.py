"""The clauses say the same as the rules: what a SAT solver finds is lawful, and it finds a plan when there is one."""

from collections.abc import Callable
from functools import partial
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pysat.solvers import Cadical195

from solver.constraints import constrain
from solver.engines.cnf import Cnf
from solver.model.answer import sessions_and_meetings
from solver.model.formula import Figure, Formula, times, total
from solver.problem import Problem
from solver.variables import Choices
from solver.verify import breaches
from tests.solver.exhaustive import all_lawful_times
from tests.solver.factories import bare_plan
from tests.solver.strategies import small_days

SHAPES: dict[str, Callable[[Problem], Choices]] = {
    "counted": Choices,
    "room by room": partial(Choices, room_by_room=True),
    "explaining": partial(Choices, explaining=True),
}


def solution(cnf: Cnf) -> list[int] | None:
    """The values of the variables in some solution, the first variable first."""
    with Cadical195(bootstrap_with=cnf.clauses) as solver:
        if not solver.solve(assumptions=list(cnf.selectors.values())):
            return None
        values = [0] * cnf.top
        for literal in solver.get_model() or []:
            values[abs(literal) - 1] = int(literal > 0)
        return values


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=60, deadline=None)
@given(small_days())
def test_a_day_has_a_lawful_plan_just_when_its_clauses_have_a_solution(shape: str, day: Problem) -> None:
    choices = SHAPES[shape](day)
    constrain(choices)

    found = solution(Cnf(choices.formula, with_selectors=choices.explaining))

    assert (found is not None) == any(True for _ in all_lawful_times(day))
    if found is not None:
        sessions, meetings = sessions_and_meetings(choices, lambda lit: found[abs(lit) - 1] == (lit > 0))
        assert breaches(day, bare_plan(day, sessions, meetings)) == ()


TERMS = st.lists(st.tuples(st.integers(-3, 3), st.integers(1, 4)), max_size=5)


@settings(max_examples=200, deadline=None)
@given(TERMS, st.integers(-6, 6), st.integers(-6, 6), st.integers(0, 2))
def test_a_bound_holds_of_exactly_the_values_that_keep_it(
    terms: list[tuple[int, int]], least: int, most: int, highest: int
) -> None:
    formula = Formula()
    for name in "abc":
        formula.new(name)
    formula.number(-1, highest, "d")
    figure = Figure(tuple(terms))
    formula.bound(figure, least=least, most=most)
    values = [*product((0, 1), repeat=3)]
    kept = [v for v in values if any(least <= figure.value([*v, d]) <= most for d in range(-1, highest + 1))]

    cnf = Cnf(formula)

    with Cadical195(bootstrap_with=cnf.clauses) as solver:
        found = [v for v in values if solver.solve(assumptions=[i if on else -i for i, on in enumerate(v, 1)])]
    assert found == kept


def test_a_counter_bounds_a_figure_by_assumption() -> None:
    formula = Formula()
    a, b, c = (formula.new(name) for name in "abc")
    cnf = Cnf(formula)

    least, more = cnf.counter(total([times(2, a), times(-1, b), times(1, c)]) + 5, 8)

    assert least == 4
    with Cadical195(bootstrap_with=cnf.clauses) as solver:
        most = {
            values: next(n for n in range(5) if n == len(more) or solver.solve(assumptions=[*values, -more[n]]))
            for values in product((a, -a), (b, -b), (c, -c))
        }
    assert most == {
        values: 2 * (values[0] > 0) + (values[1] < 0) + (values[2] > 0) for values in product((a, -a), (b, -b), (c, -c))
    }
