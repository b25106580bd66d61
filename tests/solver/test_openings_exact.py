"""Openings against every plan of a tiny day: exactly what can be had is offered, each with a plan to prove it."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.foresight.outlook import promised
from solver.openings import Opening, Session
from solver.plan import Plan
from solver.problem import Problem
from solver.score import score
from solver.verify import breaches
from tests.solver.booking_days import booking_days
from tests.solver.exhaustive import all_lawful_times
from tests.solver.strategies import small_days

TINY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def truly_open(problem: Problem) -> dict[str, set[Opening]]:
    """For each meeting the places it has in some lawful plan that keeps every promise."""
    plans = [(worth(problem, plan), plan) for plan in all_lawful_times(problem)]
    best = max((value for value, _ in plans), default=())
    found: dict[str, set[Opening]] = {meeting.id: set() for meeting in problem.meetings}
    for plan in (plan for value, plan in plans if value == best):
        for placed in plan.meetings:
            found[placed.id].add(Opening(placed.start, placed.room))
    return found


def worth(problem: Problem, plan: Plan) -> tuple[int, ...]:
    """How many pins the plan keeps, and what the promised aims come to."""
    values = score(problem, plan)
    pins = sum(problem.meeting[placed.id].start is not None for placed in plan.meetings)
    return (pins, *(values[aim] for aim in promised(problem.aims)))


def offered(problem: Problem) -> dict[str, set[Opening]]:
    found = Session(problem)
    return {meeting.id: set(found.openings(meeting.id).openings) for meeting in problem.meetings}


@TINY
@given(booking_days())
def test_exactly_what_can_be_had_is_offered_on_a_day_for_booking(problem: Problem) -> None:
    assert offered(problem) == truly_open(problem)


@TINY
@given(small_days(6))
def test_exactly_what_can_be_had_is_offered_on_any_day(problem: Problem) -> None:
    assert offered(problem) == truly_open(problem)


@TINY
@given(st.one_of(booking_days(8), small_days(8)))
def test_every_opening_has_a_plan_that_breaks_no_rule(problem: Problem) -> None:
    found = Session(problem)
    plans: list[Plan] = []
    for meeting in problem.meetings:
        for opening in found.openings(meeting.id).openings:
            plans.append(plan := found.plan(meeting.id, opening.start, opening.room))
            assert (meeting.id, opening.start, opening.room) in {
                (each.id, each.start, each.room) for each in plan.meetings
            }

    assert [breach for plan in plans for breach in breaches(problem, plan)] == []
    assert len({worth(problem, plan) for plan in plans}) <= 1


@TINY
@given(st.one_of(booking_days(8), small_days(8)), st.randoms(use_true_random=True))
def test_whoever_books_what_is_offered_spoils_nothing(problem: Problem, random: Random) -> None:
    found = Session(problem)
    worths = set()
    booked: dict[str, Opening] = {}
    for meeting in random.sample(problem.meetings, len(problem.meetings)):
        openings = found.openings(meeting.id).openings
        if openings:
            booked[meeting.id] = random.choice(openings)
            plan = found.book(meeting.id, booked[meeting.id].start, booked[meeting.id].room)
            worths.add(worth(problem, plan))
            placed = {each.id: Opening(each.start, each.room) for each in plan.meetings}
            assert breaches(problem, plan) == ()
            assert {name: placed.get(name) for name in booked} == booked

    assert len(worths) <= 1


@TINY
@given(booking_days(), st.randoms(use_true_random=True))
def test_after_a_booking_exactly_what_is_left_is_offered(problem: Problem, random: Random) -> None:
    found = Session(problem)
    meeting = random.choice(problem.meetings).id
    openings = found.openings(meeting).openings
    if openings:
        taken = random.choice(openings)
        found.book(meeting, taken.start, taken.room)
        expected = truly_open(found.problem)

        left = {each.id: set(found.openings(each.id).openings) for each in problem.meetings}
        found.give_back(meeting)

        assert left == expected
        assert found.openings(meeting).openings == openings
