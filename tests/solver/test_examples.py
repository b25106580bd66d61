"""The days in examples/ come to what their README says."""

from dataclasses import replace
from pathlib import Path

import pytest

from solver.files import read_problem
from solver.limits import Limits
from solver.plan import Plan, Status
from solver.problem import Aim, Problem
from solver.solve import solve

EXAMPLES = Path(__file__).parents[2] / "examples"
README = (EXAMPLES / "README.md").read_text()


def day(name: str) -> Problem:
    return read_problem((EXAMPLES / f"{name}.day.json").read_bytes())


def proven(problem: Problem) -> Plan:
    plan = solve(problem, Limits(), problem_sha256="")
    assert plan.status is Status.OPTIMAL
    return plan


def test_every_example_stands_in_the_readme() -> None:
    names = sorted(path.name for path in EXAMPLES.glob("*.day.json"))

    assert sorted(name for name in names if f"]({name})" in README) == names
    assert len(names) == 5


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("small-first-try", {Aim.PLACED: 3, Aim.FINISH: 165}),
        ("repair", {Aim.PLACED: 12, Aim.KEPT: 20}),
        ("hybrid-consortium", {Aim.REACHED: 6, Aim.PLACED: 10, Aim.WISHES: 3}),
    ],
)
def test_an_example_comes_to_what_its_readme_says(name: str, values: dict[Aim, int]) -> None:
    plan = proven(day(name))

    assert {result.aim: result.value for result in plan.aims if result.aim in values} == values
    assert f"| {len(plan.meetings)} of {len(plan.meetings) + len(plan.unplaced)} meetings" in README


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("nine-municipalities", (24, 24, 0, 150), "24 of 24 meetings; longest wait 2 h 30 min"),
        ("nine-municipalities-45", (18, 18), "18 of 24 meetings"),
    ],
)
def test_the_whole_day_holds_every_meeting_of_half_an_hour_and_three_of_four_that_are_longer(
    name: str, values: tuple[int, ...], said: str
) -> None:
    problem = day(name)

    plan = proven(replace(problem, aims=problem.aims[: len(values)]))

    assert tuple(result.value for result in plan.aims) == values
    assert said in README
