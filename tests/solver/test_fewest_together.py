"""The fewest breaks of all suppliers together: never too many, and more than alone where tables are few."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.counting.fewest_breaks import Course, Moment, courses, fewest_gaps
from solver.counting.fewest_together import fewest_together
from tests.solver.plain_days import choices_of, fewest_of_all_plans, plain_day, tiny_day


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_plan_has_fewer_breaks_than_are_thought_the_fewest(random: Random) -> None:
    day = tiny_day(random)
    exact = fewest_of_all_plans(day)

    found = fewest_together(courses(choices_of(day)).values(), 2 * len(day.rooms))

    assert exact is None or found <= exact


def test_three_who_all_meet_at_one_table_cannot_all_go_straight_on() -> None:
    day = plain_day(["ab", "ac", "bc"], [[0, 1, 2]] * 3, tables=1)
    known = courses(choices_of(day)).values()

    assert [fewest_gaps(course) for course in known] == [0, 0, 0]
    assert fewest_together(known, 2) == fewest_of_all_plans(day) == 1


def test_with_seats_for_all_they_have_no_more_than_alone() -> None:
    day = plain_day(["ab", "ac", "bc"], [[0, 1, 2]] * 3, tables=1)

    assert fewest_together(courses(choices_of(day)).values(), 3) == 0


def test_without_a_common_beat_nothing_is_said() -> None:
    on_the_hour = Course(60, 1, (Moment(480, 1, 1, is_certain=True),))
    between = Course(60, 1, (Moment(510, 1, 1, is_certain=True),))
    shorter = Course(30, 1, (Moment(480, 1, 1, is_certain=True),))

    assert fewest_together([on_the_hour, between], 1) == 0
    assert fewest_together([on_the_hour, shorter], 1) == 0
    assert fewest_together([], 1) == 0
