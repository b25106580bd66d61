"""The clock ends what takes too long, wherever it happens to be, with whatever has been found."""

import threading
import time

import pytest

from solver import deadline
from solver.deadline import Deadline, OutOfTime
from solver.engines.sat import Sat
from solver.limits import Limits, Progress
from solver.model.formula import Formula
from solver.plan import Status
from solver.solve import solve
from solver.verify import breaches
from tests.solver.crowded_day import crowded
from tests.solver.factories import SHA256


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "AT_LEAST", 0.0)


def test_there_is_time_until_the_clock_or_somebody_says_otherwise(impatient: None) -> None:
    stop = threading.Event()
    long, short = Deadline(100.0, stop), Deadline(0.0)

    long.keep()
    stop.set()

    assert (long.is_over, short.is_over) == (True, True)
    for over in (long, short):
        with pytest.raises(OutOfTime):
            over.keep()


def test_whoever_has_little_time_is_given_some_seconds() -> None:
    assert 4.0 < Deadline(0.0).seconds_left <= 5.0


def test_no_more_is_said_after_the_time_is_up(impatient: None) -> None:
    formula = Formula(Deadline(0.0).keep)

    with pytest.raises(OutOfTime):
        for number in range(10_000):
            formula.new(str(number))

    assert 0 < len(formula.names) <= 1_000


def test_a_long_question_is_given_up_between_rounds(impatient: None) -> None:
    # Eleven pigeons in ten holes: far more than a round of conflicts.
    at = [[10 * pigeon + hole + 1 for hole in range(10)] for pigeon in range(11)]
    clashes = [[-at[one][hole], -at[two][hole]] for hole in range(10) for two in range(11) for one in range(two)]

    with Sat([*at, *clashes], 110, conflicts=10_000_000) as sat, pytest.raises(OutOfTime):
        sat.go_on = Deadline(0.2).keep
        sat.can_hold()


def test_a_day_too_large_for_the_time_is_given_up(impatient: None) -> None:
    began = time.process_time()

    plan = solve(crowded(60), Limits(0.001), problem_sha256=SHA256)

    assert (plan.status, plan.was_cut, plan.meetings, plan.aims) == (Status.UNKNOWN, True, (), ())
    assert time.process_time() - began < 20


def test_what_has_been_found_when_the_time_is_up_is_a_lawful_plan() -> None:
    stop = threading.Event()
    day = crowded(12)

    def enough(progress: Progress) -> None:
        if progress.value:
            stop.set()

    plan = solve(day, Limits(60), problem_sha256=SHA256, on_progress=enough, stop=stop)

    assert (plan.status, plan.was_cut) == (Status.FEASIBLE, True)
    assert breaches(day, plan) == ()
    assert [result.aim for result in plan.aims] == list(day.aims)
