"""The fewest breaks of a supplier looked at alone: never too many, and exact where its starts are its own affair."""

from itertools import pairwise, product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.counting.fewest_breaks import courses, fewest_gaps
from solver.problem import Problem, Span
from tests.solver.factories import at, day, meeting, problem, room, session, spans, supplier
from tests.solver.plain_days import choices_of, fewest_of_all_plans, plain_day, tiny_day

STARTS = st.lists(st.integers(0, 7), min_size=1, max_size=8, unique=True)
FEW = {"acme": 1}


def fewest(day: Problem) -> dict[str, int | None]:
    return {supplier: fewest_gaps(course) for supplier, course in courses(choices_of(day)).items()}


def of_one_supplier(starts: list[list[int]], minutes: int) -> Problem:
    """A day on which acme meets others, each at one of the starts, in quarters after eight."""
    first = at("08:00")
    return problem(
        frame=day(step=15),
        rooms=tuple(room(f"r{number}") for number in range(len(starts))),
        suppliers=(supplier("acme"), *(supplier(f"other{number}") for number in range(len(starts)))),
        meetings=tuple(
            meeting(
                f"m{number}",
                "acme",
                f"other{number}",
                minutes=minutes,
                required=True,
                windows=tuple(Span(first + 15 * start, first + 15 * start + minutes) for start in each),
            )
            for number, each in enumerate(starts)
        ),
    )


def fewest_of_all_choices(starts: list[list[int]], quarters: int) -> int | None:
    ways = [sorted(way) for way in product(*starts)]
    steps = [[later - earlier for earlier, later in pairwise(way)] for way in ways]
    return min(
        (sum(step > quarters for step in way) for way in steps if min(way, default=99) >= quarters), default=None
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(STARTS, min_size=1, max_size=4), st.integers(1, 2))
def test_no_choice_of_starts_has_fewer_breaks_than_are_thought_the_fewest(
    starts: list[list[int]], quarters: int
) -> None:
    found, exact = fewest(of_one_supplier(starts, 15 * quarters)).get("acme"), fewest_of_all_choices(starts, quarters)

    assert exact is None or (found is not None and found <= exact)


@settings(max_examples=150, deadline=None)
@given(STARTS, st.integers(1, 4), st.integers(1, 2))
def test_where_all_meetings_may_start_alike_the_fewest_are_exact(starts: list[int], number: int, quarters: int) -> None:
    alike = [sorted(starts)] * number

    assert fewest(of_one_supplier(alike, 15 * quarters)).get("acme") == fewest_of_all_choices(alike, quarters)


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_all_together_never_have_fewer_than_each_alone(random: Random) -> None:
    day = tiny_day(random)
    exact = fewest_of_all_plans(day)

    assert exact is None or sum(gaps or 0 for gaps in fewest(day).values()) <= exact


def test_a_meeting_with_one_start_takes_it_from_all_who_are_in_it() -> None:
    day = plain_day(["ab", "ac", "ad"], [[1], [0, 1], [1, 2, 3]], tables=2)

    assert fewest(day) == {"a": 0, "b": 0, "c": 0, "d": 0}
    assert [moment.time for moment in courses(choices_of(day))["a"].moments] == [
        at("08:00"),
        at("08:15"),
        at("08:30"),
        at("08:45"),
    ]
    assert [moment.is_certain for moment in courses(choices_of(day))["a"].moments] == [True, True, False, False]


def test_who_may_be_left_without_a_meeting_has_no_course() -> None:
    day = problem(
        suppliers=(supplier("acme"), supplier("beta"), supplier("gamma")),
        meetings=(meeting("m1", "acme", "beta", required=True), meeting("m2", "acme", "gamma")),
    )

    assert list(courses(choices_of(day))) == ["beta"]


def test_a_break_of_another_length_leaves_a_supplier_without_a_course() -> None:
    tea = session("tea", 45, kind="break", windows=spans("08:00-08:45"), suppliers=("acme",))
    day = problem(
        suppliers=(supplier("acme"), supplier("beta")),
        meetings=(meeting("m1", "acme", "beta", required=True),),
        sessions=(tea,),
    )

    assert list(courses(choices_of(day))) == ["beta"]
