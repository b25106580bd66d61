"""The climb comes to the fewest breaks there are; with too little work, to a bound and a plan that is merely good."""

from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.climb import Mountain, climb
from solver.engines.cnf import Cnf
from solver.engines.cores import Least
from solver.model.answer import sessions_and_meetings
from solver.model.formula import Literal
from solver.model.waiting import holes_of
from solver.variables import Choices
from tests.solver.plain_days import choices_of, fewest_of_all_plans, gaps, plain_day, tiny_day


def breaks(choices: Choices, holding: frozenset[Literal]) -> int:
    """The breaks of the plan in which these literals hold."""
    _, meetings = sessions_and_meetings(choices, holding.__contains__)
    start = {meeting.id: meeting.start for meeting in meetings}
    return sum(
        gaps([start[each.id] for each in choices.problem.meetings if supplier.id in each.parties])
        for supplier in choices.problem.suppliers
    )


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_climb_ends_at_the_fewest_breaks_of_all_plans(random: Random) -> None:
    day = tiny_day(random)
    choices, exact = choices_of(day), fewest_of_all_plans(day)

    found = climb(choices, most=20, conflicts=10_000)

    if exact is None:
        assert found == Least(20, frozenset())
    else:
        assert found.value == breaks(choices, found.holding) == exact


def test_a_plan_that_is_known_to_be_the_best_is_not_sought_again() -> None:
    choices = choices_of(plain_day(["ab", "ac", "bc"], [[0, 1, 2]] * 3, tables=1))

    assert climb(choices, most=1, conflicts=10_000) == Least(1, frozenset())


def all_meet_all(suppliers: str) -> Choices:
    """As many slots as suppliers, and one of them without a meeting in each: all but two have a break."""
    pairs = [one + other for one, other in combinations(suppliers, 2)]
    slots = list(range(len(suppliers)))
    return choices_of(plain_day(pairs, [slots] * len(pairs), tables=len(suppliers) // 2))


def test_what_all_have_together_spares_the_climb() -> None:
    choices = all_meet_all("abcdefg")

    found = climb(choices, most=20, conflicts=10_000)

    assert found.value == breaks(choices, found.holding) == 5


def test_what_all_have_together_is_counted_also_where_the_first_height_is_too_hard_to_tell() -> None:
    choices = all_meet_all("abcdefg")
    holes = {each.id: holes_of(choices, each.id) for each in choices.problem.suppliers}
    mountain = Mountain(Cnf(choices.formula), holes, dict.fromkeys(holes, 0), together=lambda: 5)

    assert mountain.climb(most=5, conflicts=1) == Least(5, frozenset())


def test_past_a_height_that_is_too_hard_to_tell_a_plan_is_still_found() -> None:
    choices = all_meet_all("abcdefg")
    holes = {each.id: holes_of(choices, each.id) for each in choices.problem.suppliers}
    mountain = Mountain(Cnf(choices.formula), holes, dict.fromkeys(holes, 0), together=lambda: 0)

    found = mountain.climb(most=30, conflicts=2_000)

    assert found.value < 5 <= breaks(choices, found.holding) < 30
