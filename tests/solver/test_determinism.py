"""The same day gives the same plan: again, in another process, and with its lists in another order."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.files import write_plan
from solver.limits import Limits
from solver.plan import Plan, Status
from solver.problem import Problem
from solver.solve import solve
from tests.solver.crowded_day import crowded
from tests.solver.factories import SHA256
from tests.solver.same_day import renamed, shuffled
from tests.solver.strategies import small_days

REPOSITORY = Path(__file__).parents[2]
QUICK = Limits(seconds=20, workers=1)


def timeless(day: Problem, limits: Limits) -> Plan:
    return replace(solve(day, limits, problem_sha256=SHA256), seconds=0)


@pytest.mark.parametrize(
    ("suppliers", "seconds", "status"), [(3, 20, Status.OPTIMAL), (12, 1.5, Status.FEASIBLE)], ids=["proven", "cut"]
)
def test_the_same_limits_give_the_same_plan(suppliers: int, seconds: float, status: Status) -> None:
    limits = Limits(seconds, seed=3, workers=2)

    first, again = timeless(crowded(suppliers), limits), timeless(crowded(suppliers), limits)

    assert first.status is status
    assert first == again


@pytest.mark.slow
def test_a_fresh_process_writes_the_same_bytes() -> None:
    script = (
        "import sys; from solver.files import write_plan; from solver.limits import Limits;"
        "from tests.solver.crowded_day import crowded; from tests.solver.test_determinism import timeless;"
        "sys.stdout.buffer.write(write_plan(timeless(crowded(3), Limits(20, seed=3, workers=2))))"
    )
    fresh = subprocess.run(
        [sys.executable, "-c", script],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONHASHSEED": "4711"},
        capture_output=True,
        check=True,
        timeout=120,
    )

    assert fresh.stdout == write_plan(timeless(crowded(3), Limits(20, seed=3, workers=2)))


@settings(max_examples=40, deadline=None)
@given(small_days(), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_changes_nothing(day: Problem, random: Random) -> None:
    assert timeless(shuffled(day, random), QUICK) == timeless(day, QUICK)


@settings(max_examples=40, deadline=None)
@given(small_days(), st.randoms(use_true_random=False))
def test_other_names_change_no_proven_value(day: Problem, random: Random) -> None:
    one, other = timeless(day, QUICK), timeless(renamed(day, random), QUICK)

    assert one.status is not Status.FEASIBLE
    assert (other.status, other.aims) == (one.status, one.aims)
