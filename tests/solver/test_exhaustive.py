"""The yardstick measured: what it skips is never lawful."""

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product
from math import prod

from hypothesis import assume, given, settings

from solver.plan import PlacedMeeting, PlacedSession, Plan
from solver.problem import Aim, Meeting, Problem, Session
from solver.verify import breaches
from tests.solver.exhaustive import all_lawful_plans, all_lawful_times, best_lawful, is_better, values
from tests.solver.factories import (
    bare_plan,
    day,
    meeting,
    panel,
    person,
    plan_of,
    problem,
    room,
    session,
    spans,
    supplier,
)
from tests.solver.strategies import small_days

MOST_PLANS = 1500

THREE_STEPS = problem(
    frame=day("08:00", "08:45", 15),
    rooms=(room("r1"),),
    people=(person("kari"), person("ola")),
    panels=(panel("p1", "kari", "ola"),),
    suppliers=(supplier("acme", free=spans("08:00-08:30")),),
    sessions=(session("coffee", 15, kind="break", suppliers=("acme",), people=("ola",)),),
    meetings=(meeting("m1", "acme", "p1", minutes=15),),
    aims=(Aim.PLACED, Aim.FINISH),
)


def test_all_lawful_plans_are_found() -> None:
    assert set(all_lawful_plans(THREE_STEPS)) == {
        plan_of(THREE_STEPS, coffee=("08:00", None)),
        plan_of(THREE_STEPS, coffee=("08:15", None)),
        plan_of(THREE_STEPS, coffee=("08:00", None), m1=("08:15", "r1", "kari")),
        plan_of(THREE_STEPS, coffee=("08:00", None), m1=("08:15", "r1", "ola")),
        plan_of(THREE_STEPS, coffee=("08:00", None), m1=("08:15", "r1", "kari", "ola")),
        plan_of(THREE_STEPS, coffee=("08:15", None), m1=("08:00", "r1", "kari")),
        plan_of(THREE_STEPS, coffee=("08:15", None), m1=("08:00", "r1", "ola")),
        plan_of(THREE_STEPS, coffee=("08:15", None), m1=("08:00", "r1", "kari", "ola")),
    }


def test_the_first_aim_that_differs_decides() -> None:
    assert best_lawful(THREE_STEPS) == (1, 15)
    assert is_better(THREE_STEPS, (1, 30), (0, 0))
    assert is_better(THREE_STEPS, (1, 15), (1, 30))
    assert not is_better(THREE_STEPS, (1, 15), (1, 15))


def test_a_day_without_a_lawful_plan_has_no_best() -> None:
    assert best_lawful(problem(sessions=(session("plenary", windows=spans("06:00-07:00")),))) is None


@settings(max_examples=30, deadline=None)
@given(small_days(most_steps=4))
def test_nothing_lawful_is_skipped(problem: Problem) -> None:
    assume(prod(len(places(problem, asked)) for asked in everything_asked(problem)) <= MOST_PLANS)

    lawful = {plan for plan in every_plan(problem) if not breaches(problem, plan)}

    assert set(all_lawful_plans(problem)) == lawful
    assert {times_of(plan) for plan in all_lawful_times(problem)} == {times_of(plan) for plan in lawful}
    assert best_lawful(problem) == best_of(problem, lawful)


def every_plan(problem: Problem) -> Iterator[Plan]:
    choices = (places(problem, asked) for asked in everything_asked(problem))
    for chosen in product(*choices):
        sessions = (each for each in chosen if isinstance(each, PlacedSession))
        meetings = (each for each in chosen if isinstance(each, PlacedMeeting))
        yield bare_plan(problem, sessions, meetings)


def everything_asked(problem: Problem) -> list[Session | Meeting]:
    return [*problem.sessions, *problem.meetings]


def places(problem: Problem, asked: Session | Meeting) -> list[PlacedSession | PlacedMeeting | None]:
    when_and_where = [
        (start, start + asked.minutes, room)
        for start in range(problem.day.opens, problem.day.closes, problem.day.step)
        for room in asked.rooms or (None,)
    ]
    if isinstance(asked, Session):
        return [PlacedSession(asked.id, *place) for place in when_and_where]
    members = sorted({member for panel in problem.panels_of(asked) for member in panel.members})
    groups = [*chain.from_iterable(combinations(members, size) for size in range(len(members) + 1))]
    return [
        None,
        *(
            PlacedMeeting(asked.id, start, end, str(room), group)
            for (start, end, room), group in product(when_and_where, groups)
        ),
    ]


def times_of(plan: Plan) -> tuple[tuple[str, int, str | None], ...]:
    placed: list[PlacedSession | PlacedMeeting] = [*plan.sessions, *plan.meetings]
    return tuple((each.id, each.start, each.room) for each in placed)


def best_of(problem: Problem, plans: Iterable[Plan]) -> tuple[int, ...] | None:
    found = [values(problem, plan) for plan in plans]
    signs = [-1 if aim.is_maximised else 1 for aim in problem.aims]
    return min(found, key=lambda each: [sign * value for sign, value in zip(signs, each, strict=True)], default=None)
