"""Plans that nobody would make: whatever they hold, they are told as breaches and never as a crash."""

from dataclasses import replace
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.plan import AimResult, PlacedMeeting, PlacedSession, Plan, Status
from solver.problem import Aim, Problem
from solver.rules import Rule
from solver.score import false_figures, score, waits
from solver.verify import breaches
from tests.solver.crew import PEOPLE, ROOMS
from tests.solver.factories import SHA256, meeting, plan_of, problem, supplier
from tests.solver.strategies import MEETINGS, SESSIONS, small_days

times = st.integers(-100, 2000) | st.sampled_from(range(480, 600, 15))
activities = st.sampled_from((*MEETINGS, *SESSIONS, "stranger", ""))
rooms = st.sampled_from((*ROOMS, "nowhere", ""))
names = st.lists(st.sampled_from((*PEOPLE, "stranger")), max_size=4).map(tuple)
numbers = st.integers(-1000, 1000)

hostile_plans = st.builds(
    Plan,
    status=st.sampled_from(Status),
    sessions=st.lists(st.builds(PlacedSession, activities, times, times, st.none() | rooms), max_size=3).map(tuple),
    meetings=st.lists(st.builds(PlacedMeeting, activities, times, times, rooms, names), max_size=5).map(tuple),
    unplaced=st.lists(activities, max_size=4).map(tuple),
    aims=st.lists(
        st.builds(AimResult, st.sampled_from(Aim), numbers, st.none() | numbers, st.booleans()), max_size=4
    ).map(tuple),
    seed=st.just(1),
    workers=st.just(1),
    solver=st.text(max_size=3),
    seconds=st.just(0.0),
    problem_sha256=st.text(max_size=3),
)


@settings(max_examples=150, deadline=None)
@given(small_days(), hostile_plans)
def test_every_plan_can_be_checked_and_scored(problem: Problem, plan: Plan) -> None:
    told = breaches(problem, plan)
    answered = {*plan.unplaced, *(meeting.id for meeting in plan.meetings)}

    assert list(score(problem, plan)) == list(Aim)
    assert list(waits(problem, plan)) == [supplier.id for supplier in problem.suppliers]
    assert false_figures(problem, plan, SHA256)[-1].startswith("The plan was made for another day")
    assert len(told) == len(set(told))
    assert [breach.rule for breach in told] == sorted((breach.rule for breach in told), key=list(Rule).index)
    assert all(breach.text.endswith(".") and breach.about for breach in told)
    assert any(breach.rule is Rule.REQUIRED for breach in told) or answered == set(problem.meeting)


@settings(max_examples=50, deadline=None)
@given(small_days(), hostile_plans, st.randoms(use_true_random=False))
def test_the_order_of_a_plan_does_not_matter(problem: Problem, plan: Plan, random: Random) -> None:
    shuffled = replace(
        plan,
        sessions=tuple(random.sample(plan.sessions, len(plan.sessions))),
        meetings=tuple(random.sample(plan.meetings, len(plan.meetings))),
        unplaced=tuple(random.sample(plan.unplaced, len(plan.unplaced))),
    )

    assert set(breaches(problem, shuffled)) == set(breaches(problem, plan))


def test_of_what_is_broken_more_often_than_anybody_reads_the_beginning_is_told() -> None:
    names = tuple(f"m{number}" for number in range(200))
    asked = problem(suppliers=(supplier("acme"),), meetings=tuple(meeting(name, "acme", "acme") for name in names))
    heaped = plan_of(asked, **dict.fromkeys(names, ("09:00", "r1")))

    told = [breach for breach in breaches(asked, heaped) if breach.rule is Rule.ONE_PLACE]

    assert [breach.about[:2] for breach in told] == [
        (f"meeting:{one}", f"meeting:{other}") for one, other in combinations(sorted(names), 2)
    ][:1_000]
