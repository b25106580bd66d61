"""Who gets what two equals wish for is drawn: by the public seed and the ids, and by nothing else."""

from collections import Counter
from dataclasses import replace
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.limits import Limits
from solver.planning.lots import drawn, in_order_of_lots, lot
from solver.problem import Aim, Problem, Span, Wish
from solver.solve import solve
from tests.solver.factories import SHA256, at, meeting, panel, person, problem, supplier
from tests.solver.strategies import small_days

NAMES = ("acme", "beta", "cirrus", "delta")
SPAN = (at("09:00"), at("10:00"))


def rivals(order: tuple[str, ...] = NAMES) -> Problem:
    """Four suppliers who all wish for the same hour with one panel, in which there is room for one of them."""
    wish = Wish(Span(*SPAN), 1)
    return problem(
        people=(person("kari"),),
        panels=(panel("p1", "kari"),),
        suppliers=tuple(replace(supplier(name), wishes=(wish,)) for name in order),
        meetings=tuple(meeting(f"m-{name}", name, "p1", minutes=60) for name in order),
        aims=(Aim.PLACED, Aim.WISHES),
    )


def winner(day: Problem, seed: int) -> str:
    plan = solve(day, Limits(10, seed, 1), problem_sha256=SHA256)
    assert [result.value for result in plan.aims] == [4, 1]
    return next(each.id for each in plan.meetings if each.start == SPAN[0])


def test_a_lot_is_the_hash_of_seed_and_id() -> None:
    assert lot(7, "acme") == sha256(b"7:acme").hexdigest()
    assert in_order_of_lots(rivals(), 7) == tuple(sorted(NAMES, key=lambda name: sha256(f"7:{name}".encode()).digest()))


def test_the_order_of_the_lists_does_not_decide_who_gets_the_wished_time() -> None:
    backwards = tuple(reversed(NAMES))

    assert [winner(rivals(), seed) for seed in range(6)] == [winner(rivals(backwards), seed) for seed in range(6)]


def test_over_many_seeds_every_equal_supplier_gets_the_wished_time_about_as_often() -> None:
    times_won = Counter(winner(rivals(), seed) for seed in range(40))

    assert set(times_won) == {f"m-{name}" for name in NAMES}
    assert max(times_won.values()) <= 22


@settings(max_examples=50, deadline=None)
@given(small_days(), st.integers(0, 5))
def test_a_drawn_day_is_the_same_day_under_other_names(day: Problem, seed: int) -> None:
    twice = drawn(day, seed).problem

    assert len(set(twice.supplier)) == len(day.suppliers)
    assert [each.minutes for each in twice.meetings] == [each.minutes for each in day.meetings]
    assert (twice.rooms, twice.day, twice.travel) == (day.rooms, day.day, day.travel)
    assert {(len(each.parties), each.after != ()) for each in twice.meetings} == {
        (len(each.parties), each.after != ()) for each in day.meetings
    }
