"""What one aim gives the next: it is never given up, and what it has settled is thought of no more."""

from dataclasses import replace

from solver.deadline import Deadline
from solver.limits import Limits
from solver.plan import AimResult
from solver.planning.pursuit import Pursuit
from solver.problem import Aim, Problem
from tests.solver.factories import announced, day, meeting, panel, person, problem, room, supplier

LIMITS = Limits(5.0)
ROOMS = ("r1", "r2")
KEPT_AND_WAIT = (Aim.KEPT, Aim.WAIT)


def told_day() -> Problem:
    """Two panels, each with a room and two meetings, all of them announced; one supplier meets both panels."""
    return problem(
        frame=day("09:00", "12:00", 30),
        rooms=tuple(room(name) for name in (*ROOMS, "r3")),
        people=(person("kari"), person("ola")),
        panels=(panel("p1", "kari", rooms=(*ROOMS, "r3")), panel("p2", "ola", rooms=(*ROOMS, "r3"))),
        suppliers=(supplier("acme"), supplier("beta"), supplier("cito")),
        meetings=(
            meeting("m1", "acme", "p1"),
            meeting("m2", "acme", "p2"),
            meeting("m3", "beta", "p1"),
            meeting("m4", "cito", "p2"),
        ),
        announced=(
            announced("m1", "09:00", "r1"),
            announced("m2", "10:30", "r2"),
            announced("m3", "10:00", "r1"),
            announced("m4", "09:30", "r2"),
        ),
    )


def say_nothing(_aim: Aim, _value: int | None, _bound: int | None) -> None:
    pass


def begun(asked: Problem) -> Pursuit:
    pursuit = Pursuit(asked, LIMITS, Deadline(LIMITS.seconds))
    assert pursuit.begin(None)
    return pursuit


def test_an_aim_that_was_not_proven_may_come_out_better_by_what_is_done_for_the_next() -> None:
    asked = replace(told_day(), announced=(), aims=(Aim.PLACED, Aim.LONGEST_WAIT, Aim.WAIT))
    pursuit = begun(asked)
    pursuit.pursue(Aim.PLACED, say_nothing)
    pursuit.pledge(AimResult(Aim.LONGEST_WAIT, 90, 0, proven=False))

    pursuit.pursue(Aim.WAIT, say_nothing)

    assert pursuit.as_it_came() == (
        AimResult(Aim.PLACED, 4, 4, proven=True),
        AimResult(Aim.LONGEST_WAIT, 0, 0, proven=True),
        AimResult(Aim.WAIT, 0, 0, proven=True),
    )


def test_an_aim_is_not_given_up_for_a_later_one() -> None:
    pursuit = begun(replace(told_day(), aims=KEPT_AND_WAIT))
    pursuit.pursue(Aim.KEPT, say_nothing)

    pursuit.pursue(Aim.WAIT, say_nothing)

    assert pursuit.as_it_came() == (
        AimResult(Aim.KEPT, 0, 0, proven=True),
        AimResult(Aim.WAIT, 60, 60, proven=True),
    )


def test_when_most_of_what_was_told_stands_the_rest_is_thought_of_anew() -> None:
    told = told_day()
    rooms = tuple(replace(each, free=()) if each.id == "r2" else each for each in told.rooms)
    lost = replace(told, rooms=rooms, aims=KEPT_AND_WAIT)
    pursuit = begun(lost)
    kept = pursuit.pursue(Aim.KEPT, say_nothing)

    fewer = pursuit.narrowed()
    fewer.pursue(Aim.WAIT, say_nothing)

    assert kept == AimResult(Aim.KEPT, 2, 2, proven=True)
    assert fewer is not pursuit
    assert fewer.as_it_came() == (kept, AimResult(Aim.WAIT, 60, 60, proven=True))


def test_while_much_is_open_nothing_is_thought_of_anew() -> None:
    pursuit = begun(replace(told_day(), announced=()))
    pursuit.pursue(Aim.PLACED, say_nothing)

    assert pursuit.narrowed() is pursuit
