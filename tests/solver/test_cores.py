"""The least of a sum of broken hopes is the least that trying everything finds."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.cnf import Cnf
from solver.cores import least_of
from solver.formula import Formula, times, total

NAMES = range(1, 7)
LITERALS = st.integers(1, 6).flatmap(lambda v: st.sampled_from((v, -v)))
CLAUSES = st.lists(st.lists(LITERALS, min_size=1, max_size=3), max_size=14)
COSTS = st.lists(st.tuples(st.integers(1, 12), LITERALS), max_size=6)


@settings(max_examples=300, deadline=None)
@given(CLAUSES, COSTS)
def test_no_solution_costs_less_and_one_costs_as_much(clauses: list[list[int]], costs: list[tuple[int, int]]) -> None:
    formula = Formula()
    for name in NAMES:
        formula.new(str(name))
    for clause in clauses:
        formula.either(clause)
    cost = total(times(factor, literal) for factor, literal in costs)
    lawful = [
        v for v in product((0, 1), repeat=len(NAMES)) if all(any(v[abs(x) - 1] == (x > 0) for x in c) for c in clauses)
    ]

    found = least_of(Cnf(formula), cost, 10_000, [])

    if not lawful:
        assert found.holding == frozenset()
    else:
        held = [int(name in found.holding) for name in NAMES]
        assert found.value == cost.value(held) == min(cost.value(list(v)) for v in lawful)
        assert tuple(held) in lawful


def test_with_too_little_work_the_least_is_a_bound_and_nothing_is_said_to_hold() -> None:
    formula = Formula()
    pigeons = [[formula.new(f"{pigeon} in {hole}") for hole in range(8)] for pigeon in range(9)]
    for hole in range(8):
        formula.at_most_one(pigeon[hole] for pigeon in pigeons)
    homeless = [formula.new(f"{pigeon} is homeless") for pigeon in range(9)]
    for pigeon, literal in zip(pigeons, homeless, strict=True):
        formula.either([literal, *pigeon])

    found = least_of(Cnf(formula), total(times(1, literal) for literal in homeless), 50, [])

    assert found == (0, frozenset())
