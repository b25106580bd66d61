"""A step that finds the database busy waits for it, and a step that fails for good does not go on and on."""

from collections.abc import Callable
from typing import Any

from app.kernel import engine
from app.kernel.db import transaction
from app.kernel.refusals import Conflict, Unavailable

tries: list[str] = []


@engine.workflow("find the database busy once")
def find_busy() -> None:
    meet_a_busy_database()


@engine.step("meet a busy database")
def meet_a_busy_database() -> None:
    tries.append("busy")
    if tries.count("busy") == 1:
        raise Unavailable("The database is busy. Try again in a few seconds.")


@engine.workflow("fail for good")
def fail_for_good() -> None:
    refuse()


@engine.step("refuse")
def refuse() -> None:
    tries.append("refused")
    raise Conflict("That no longer fits.")


def test_a_step_waits_for_a_busy_database_and_for_nothing_else(
    house: object, running_engine: None, wait_until: Callable[..., Any]
) -> None:
    tries.clear()
    with transaction() as session:
        engine.enqueue(session, "fail for good")
        engine.enqueue(session, "find the database busy once")

    wait_until(lambda: tries.count("busy") == 2)

    assert sorted(tries) == ["busy", "busy", "refused"]
