"""The plan that leaves the solver: its statuses, its figures, and what is told on the way."""

from dataclasses import replace

import pytest

from solver.limits import Limits, Progress
from solver.plan import AimResult, PlacedMeeting, PlacedSession, Plan, Status
from solver.problem import Aim
from solver.score import score
from solver.solve import SOLVER, solve
from solver.verify import breaches
from tests.solver.crowded_day import crowded
from tests.solver.factories import SHA256, at, meeting, session, spans
from tests.solver.morning import M1, morning

ONE_WORKER = Limits(seconds=20, seed=7, workers=1)
TALK_AND_MEETING = morning(
    replace(M1, id="z", start=at("09:00"), room="r2"),
    meeting("a", "beta", "p1", minutes=15, windows=spans("08:45-09:00"), rooms=("r1",)),
    meeting("m", "acme", "p2", minutes=150),
    sessions=(
        session("talk", windows=spans("08:00-08:30"), rooms=("r1",), suppliers=("acme",), panels=("p1",)),
        session("coffee", 15, kind="break", windows=spans("08:30-08:45"), people=("kari",)),
    ),
)


def test_a_plan_says_all_that_was_asked_sorted_by_id() -> None:
    plan = solve(TALK_AND_MEETING, ONE_WORKER, problem_sha256=SHA256)

    assert replace(plan, seconds=0) == Plan(
        status=Status.OPTIMAL,
        sessions=(
            PlacedSession("coffee", at("08:30"), at("08:45"), None),
            PlacedSession("talk", at("08:00"), at("08:30"), "r1"),
        ),
        meetings=(
            PlacedMeeting("a", at("08:45"), at("09:00"), "r1", ("kari",)),
            PlacedMeeting("z", at("09:00"), at("09:30"), "r2", ("kari",)),
        ),
        unplaced=("m",),
        aims=(AimResult(Aim.PLACED, 2, 2, proven=True), AimResult(Aim.FINISH, 90, 90, proven=True)),
        seed=7,
        workers=1,
        solver=SOLVER,
        seconds=0,
        problem_sha256=SHA256,
    )
    assert 0 < plan.seconds < 20


def test_the_plan_names_the_solver_and_its_version() -> None:
    assert SOLVER == "OR-Tools 9.15 CP-SAT, CaDiCaL 1.9.5"


def test_a_day_without_aims_gets_any_lawful_plan() -> None:
    today = replace(TALK_AND_MEETING, aims=())

    plan = solve(today, ONE_WORKER, problem_sha256=SHA256)

    assert (plan.status, plan.aims, breaches(today, plan)) == (Status.OPTIMAL, (), ())


def test_without_time_nothing_is_known() -> None:
    plan = solve(TALK_AND_MEETING, replace(ONE_WORKER, seconds=0), problem_sha256=SHA256)

    assert (plan.status, plan.sessions, plan.meetings, plan.aims) == (Status.UNKNOWN, (), (), ())


def test_with_too_little_time_the_plan_is_lawful_and_says_what_might_still_be_had() -> None:
    today = crowded(12)

    plan = solve(today, Limits(seconds=1.5, workers=1), problem_sha256=SHA256)

    values = score(today, plan)
    assert (plan.status, breaches(today, plan)) == (Status.FEASIBLE, ())
    assert [(result.aim, result.value) for result in plan.aims] == [(aim, values[aim]) for aim in today.aims]
    unproven = [result for result in plan.aims if not result.proven]
    assert unproven
    assert all(result.bound is not None for result in unproven)


def test_what_is_found_is_told_aim_by_aim() -> None:
    told: list[Progress] = []

    solve(TALK_AND_MEETING, ONE_WORKER, problem_sha256=SHA256, on_progress=told.append)

    assert [(each.aim, each.step, each.steps) for each in told[:1]] == [(None, 0, 2)]
    last = {each.step: (each.aim, each.value, each.bound) for each in told}
    assert last == {0: (None, None, None), 1: (Aim.PLACED, 2, 2), 2: (Aim.FINISH, 90, 90)}
    assert [each.step for each in told] == sorted(each.step for each in told)
    assert [each.seconds for each in told] == sorted(each.seconds for each in told)


@pytest.mark.parametrize("aim", Aim)
def test_values_only_get_better_while_an_aim_is_pursued(aim: Aim) -> None:
    told: list[Progress] = []

    solve(replace(crowded(6), aims=(aim,)), ONE_WORKER, problem_sha256=SHA256, on_progress=told.append)

    values = [each.value for each in told if each.step == 1 and each.value is not None]
    assert values == sorted(values, reverse=not aim.is_maximised)
