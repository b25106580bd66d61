"""The least of a sum of broken hopes is the least that trying everything finds."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.engines.cnf import Cnf
from solver.engines.cores import Least, least_of
from solver.engines.sat import Sat
from solver.model.formula import Figure, Formula, count, times, total

NAMES = range(1, 7)
LITERALS = st.integers(1, 6).flatmap(lambda v: st.sampled_from((v, -v)))
CLAUSES = st.lists(st.lists(LITERALS, min_size=1, max_size=3), max_size=14)
COSTS = st.lists(st.tuples(st.integers(1, 12), LITERALS), max_size=6)


def least_within(conflicts: int, formula: Formula, cost: Figure) -> Least:
    cnf = Cnf(formula)
    costs, offset = cnf.positive(cost)
    with Sat(cnf.clauses, cnf.top) as sat:
        found = least_of(sat, costs, conflicts)
    return Least(found.value + offset, found.holding)


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

    found = least_within(10_000, formula, cost)

    if not lawful:
        assert found.holding == frozenset()
        assert found.certain == ()
    else:
        held = [int(name in found.holding) for name in NAMES]
        assert found.value == cost.value(held) == min(cost.value(list(v)) for v in lawful)
        assert tuple(held) in lawful
        best = [values for values in lawful if cost.value(list(values)) == found.value]
        in_formula = [literal for literal in found.certain if abs(literal) in NAMES]
        assert all(values[abs(literal) - 1] == (literal > 0) for values in best for literal in in_formula)


def test_with_too_little_work_the_least_is_a_bound_and_nothing_is_said_to_hold() -> None:
    formula = Formula()
    pigeons = [[formula.new(f"{pigeon} in {hole}") for hole in range(8)] for pigeon in range(9)]
    for hole in range(8):
        formula.at_most_one(pigeon[hole] for pigeon in pigeons)
    homeless = [formula.new(f"{pigeon} is homeless") for pigeon in range(9)]
    for pigeon, literal in zip(pigeons, homeless, strict=True):
        formula.either([literal, *pigeon])

    found = least_within(50, formula, count(homeless))

    assert found == Least(0, frozenset())
