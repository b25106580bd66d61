"""The rules under the names that the day itself uses; `solve` draws others, by which meetings come before sessions."""

from dataclasses import replace

import pytest
from pysat.solvers import Cadical195

from solver.constraints import constrain
from solver.engines.cnf import Cnf
from solver.model.rooming import further_than
from solver.model.waiting import wait_of
from solver.problem import Apart, Problem, Travel
from solver.variables import Choices
from tests.solver.factories import at, meeting, panel, person, session, spans
from tests.solver.morning import ACME, BETA, CITO, KARI, M1, OLA, R1, morning

# The second begins when the first ends.
FIRST = replace(M1, start=at("08:00"), required=True, rooms=("r1",))
SECOND = replace(M1, start=at("08:30"), required=True, rooms=("r2",))
BOTHS_IN_R2 = panel("p1", "kari", "ola", rooms=("r2",))
INTRO = session("intro", rooms=("r1",), panels=("p1",), windows=spans("08:00-08:30"))

TOO_FAR: dict[str, Problem] = {
    "somebody from a session to a meeting": replace(morning(SECOND, sessions=(INTRO,)), travel=Travel(15)),
    "a panel with a pause from a session to a meeting": replace(
        morning(SECOND, sessions=(INTRO,), panels=(panel("p1", "kari", pause=30),)), travel=Travel(15)
    ),
    "a supplier who is called like a person": replace(
        morning(FIRST, replace(SECOND, id="m2", parties=("acme", "p2")), people=(KARI, OLA, person("acme"))),
        travel=Travel(15),
    ),
}


def has_plan(day: Problem, most_wait: int | None = None) -> bool:
    """Whether there is a plan; with a number, one in which acme waits no longer."""
    choices = Choices(day)
    constrain(choices)
    if most_wait is not None:
        choices.formula.bound(wait_of(choices, "acme"), most=most_wait)
    with Cadical195(bootstrap_with=Cnf(choices.formula).clauses) as solver:
        found: bool = solver.solve()
        return found


@pytest.mark.parametrize("name", TOO_FAR)
def test_nobody_is_to_be_where_there_is_no_time_to_go(name: str) -> None:
    assert not has_plan(TOO_FAR[name])
    assert has_plan(replace(TOO_FAR[name], travel=Travel()))


def test_who_does_not_attend_need_not_go_from_a_session_to_a_meeting() -> None:
    day = replace(morning(SECOND, sessions=(INTRO,)), travel=Travel(15))
    intro_of_kari = replace(INTRO, panels=(), people=("kari",))

    assert has_plan(replace(day, sessions=(intro_of_kari,), panels=(BOTHS_IN_R2,)))
    assert not has_plan(replace(day, sessions=(intro_of_kari,)))


def test_nothing_lies_further_than_the_longest_way() -> None:
    choices = Choices(replace(morning(FIRST, replace(SECOND, id="m2")), travel=Travel(15)))

    assert further_than(choices, "m1", "m2", 15) == choices.never
    assert further_than(choices, "m1", "m2", 14) != choices.never


@pytest.mark.parametrize("names", ["12", "21"])
def test_nobody_keeps_a_distance_from_two_who_are_kept_apart_but_meet_together(names: str) -> None:
    alone, together = (f"m{name}" for name in names)
    day = morning(
        meeting(alone, "cito", "p2", required=True, pin=("08:00", "r1")),
        meeting(together, "acme", "beta", "p1", required=True, pin=("08:30", "r1")),
        rooms=(R1,),
        suppliers=(ACME, BETA, CITO),
    )

    assert has_plan(replace(day, apart=(Apart(("acme", "beta"), 15),)))
    assert not has_plan(replace(day, apart=(Apart(("acme", "cito"), 15),)))


def test_a_joint_meeting_is_where_the_panel_stays_also_when_the_first_of_its_meetings_is_not_placed() -> None:
    day = morning(
        replace(M1, windows=spans("08:00-08:15")),
        replace(FIRST, id="m2"),
        meeting("m3", "p1", "p2", required=True, rooms=("r2",)),
        panels=(panel("p1", "kari", stays=True), panel("p2", "ola", stays=True)),
    )

    assert not has_plan(day)
    assert has_plan(replace(day, panels=tuple(replace(each, stays=False) for each in day.panels)))


def test_nobody_waits_from_a_meeting_on_that_is_not_placed() -> None:
    day = morning(
        replace(M1, windows=spans("08:00-08:30")),
        meeting("m2", "acme", "p2", required=True, pin=("09:00", None)),
        meeting("m3", "acme", "p2", required=True, minutes=15, pin=("09:45", None)),
    )

    assert has_plan(day, 15)
    assert not has_plan(day, 14)


def test_an_activity_may_be_kept_to_some_of_its_starts() -> None:
    some = {at("08:30"), at("09:00")}

    assert set(Choices(morning(M1), only={"m1": some}).start["m1"]) == some


def test_rooms_that_are_alike_are_one_choice_unless_they_are_to_be_chosen_one_by_one() -> None:
    assert list(Choices(morning(M1)).room["m1"]) == ["r1"]
    assert list(Choices(morning(M1), room_by_room=True).room["m1"]) == ["r1", "r2"]
