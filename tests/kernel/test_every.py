"""What repeats runs once in each stretch, in one process of all, and never beside itself."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from app.kernel import db, engine
from app.kernel.refusals import Unavailable

runs: list[float] = []


@engine.every(1, "ring the bell")
def ring() -> None:
    note()


@engine.step("note that the bell has rung")
def note() -> None:
    runs.append(time.time())


(BELL,) = (job for job in engine._repeated if job.name == "ring the bell")


@pytest.fixture(autouse=True)
def only_the_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    runs.clear()
    monkeypatch.setattr(engine, "_repeated", [BELL])


def _asked() -> list[str]:
    return [job.workflow_id for job in engine._client().list_workflows(name="ring the bell")]


def test_two_processes_that_ask_in_the_same_stretch_get_one_run(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_goes_on", lambda _job: False)  # both have looked before either asks
    hour = engine._Repeated(BELL.name, 3600, BELL.queue)

    for _ in range(2):
        engine._ask_for_run(hour)

    assert len(_asked()) == 1


def test_a_run_that_goes_on_gets_no_other_beside_it_and_a_lost_one_holds_up_none(
    house: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.transaction() as session:
        engine.enqueue(session, BELL.name, job_id="the run that hangs")

    engine._ask_for_run(BELL)
    beside = _asked()
    monkeypatch.setattr(engine, "LOST_AFTER", -1)  # whatever has begun, it was long ago
    engine._ask_for_run(BELL)

    assert (beside, len(_asked())) == (["the run that hangs"], 2)


def test_a_job_that_repeats_runs_once_in_each_stretch_and_makes_up_for_none_that_was_missed(
    house: object, monkeypatch: pytest.MonkeyPatch, wait_until: Callable[..., Any]
) -> None:
    monkeypatch.setattr(engine, "KEPT", 0.5)
    with db.transaction() as session:
        engine.enqueue(session, BELL.name, job_id=f"{BELL.name}-{BELL.stretch() - 3600}")
    begun = time.time()

    engine.launch()
    try:
        wait_until(lambda: len(runs) >= 3)
    finally:
        engine.stop(seconds=10)

    # The one that waited from an hour ago, and one a second since; those that are over do not pile up.
    assert len(runs) <= 1 + time.time() - begun + 1
    assert len(_asked()) < len(runs)


def test_a_database_that_does_not_answer_ends_nothing(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_job: object) -> bool:
        raise Unavailable("The database is busy. Try again in a few seconds.")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "_goes_on", busy)
        engine._ask_for_run(BELL)
    while_busy = _asked()
    engine._ask_for_run(BELL)

    assert (while_busy, len(_asked())) == ([], 1)
