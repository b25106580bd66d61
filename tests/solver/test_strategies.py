"""The random tiny days are days of the format, and neither empty nor hopeless."""

from random import Random

from hypothesis import given

from solver.files import read_problem, write_problem
from solver.problem import Aim, Problem
from tests.solver.exhaustive import best_lawful
from tests.solver.strategies import random_day, small_days


@given(small_days())
def test_a_tiny_day_is_a_day_of_the_format(problem: Problem) -> None:
    assert read_problem(write_problem(problem)) == problem


def test_many_tiny_days_can_be_solved_and_each_aim_is_at_stake_in_some() -> None:
    days = [random_day(Random(seed), noise=40, most_steps=6) for seed in range(100)]  # noqa: S311 - no secret
    found = [(day.aims, best) for day in days if (best := best_lawful(day)) is not None]

    at_stake = {aim for aims, best in found for aim, value in zip(aims, best, strict=True) if value}
    assert len(found) >= 50
    assert at_stake == set(Aim)
