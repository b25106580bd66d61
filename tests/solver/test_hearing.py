"""A SAT solver that keeps up with a formula answers as one does that is told everything anew."""

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.engines.cnf import Cnf
from solver.engines.hearing import Hearing
from solver.engines.sat import Sat
from solver.model.formula import Formula, Literal, times, total

LITERALS = st.integers(1, 6).flatmap(lambda v: st.sampled_from((v, -v)))
CLAUSES = st.lists(st.lists(LITERALS, min_size=1, max_size=3), max_size=6)
SUMS = st.lists(st.tuples(st.integers(1, 4), LITERALS), min_size=1, max_size=6)
SAYINGS = st.lists(st.tuples(CLAUSES, SUMS, st.integers(0, 12), st.booleans()), min_size=1, max_size=4)


def say(formula: Formula, clauses: list[list[Literal]], terms: list[tuple[int, Literal]], most: int) -> None:
    for clause in clauses:
        formula.either(clause)
    formula.at_most_one(sorted({literal for clause in clauses[:1] for literal in clause}))
    formula.bound(total(times(factor, literal) for factor, literal in terms), most=most)


def can_hold_anew(formula: Formula) -> bool | None:
    cnf = Cnf(formula)
    cnf.at_most([1, 2, 3], 2)
    with Sat(cnf.clauses, cnf.top) as sat:
        return sat.can_hold()


@settings(max_examples=150, deadline=None)
@given(SAYINGS)
def test_whoever_keeps_up_answers_as_one_who_is_told_everything_anew(
    sayings: list[tuple[list[list[Literal]], list[tuple[int, Literal]], int, bool]],
) -> None:
    formula = Formula()
    for name in range(6):
        formula.new(str(name))
    hearing = Hearing(formula, [([1, 2, 3], 2)])
    for clauses, terms, most, has_new in sayings:
        say(formula, clauses, terms, most)
        if has_new:
            formula.implies(formula.new("another"), 1)

        sat, _ = hearing.told([])

        assert sat.can_hold() == can_hold_anew(formula)
    hearing.close()


def test_what_counting_says_is_heard_besides_the_formula() -> None:
    formula = Formula()
    everyone = [formula.new(str(name)) for name in range(4)]
    hearing = Hearing(formula, [(everyone, 3)])

    sat, _ = hearing.told(everyone)

    assert sat.can_hold(everyone[:3])
    assert sat.can_hold(everyone) is False
    hearing.close()
