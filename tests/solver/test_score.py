"""The value of each aim, counted by hand on small days."""

from dataclasses import replace

from solver.plan import Plan
from solver.problem import Aim, Problem, Wish
from solver.score import score, waits
from tests.solver.factories import (
    ALWAYS,
    Place,
    announced,
    meeting,
    panel,
    person,
    plan_of,
    problem,
    session,
    spans,
    supplier,
)

# Acme and beta share the plenary and the lunch; cito comes for a meeting with each panel, dora for nothing.
DAY = problem(
    people=(person("kari"), person("ola")),
    panels=(panel("p1", "kari"), panel("p2", "ola")),
    suppliers=(
        supplier("acme", wishes=(Wish(spans("12:00-14:00")[0], 5), Wish(spans("12:30-13:00")[0], 3))),
        supplier("beta", wishes=(Wish(ALWAYS[0], 7),)),
        supplier("cito"),
        supplier("dora", wishes=(Wish(ALWAYS[0], 100),)),
    ),
    sessions=(
        session("plenary", 60, suppliers=("acme", "beta")),
        session("lunch", 30, kind="break", suppliers=("acme", "beta")),
    ),
    meetings=(
        meeting("m1", "acme", "p1", weight=4),
        meeting("m2", "beta", "p1", weight=2),
        meeting("m3", "cito", "p1"),
        meeting("m4", "cito", "p2", minutes=45, weight=0),
    ),
)
PROGRAMME: dict[str, Place] = {"plenary": ("08:30", "r1"), "lunch": ("11:00", None)}


def test_all_nine_aims_are_counted() -> None:
    plan = plan_of(DAY, **PROGRAMME, m1=("12:30", "r1", "kari"), m3=("13:00", "r2", "kari"), m4=("13:45", "r2", "ola"))

    assert score(DAY, plan) == {
        Aim.REACHED: 2,
        Aim.PLACED: 5,
        Aim.KEPT: 0,
        Aim.LONGEST_WAIT: 150,
        Aim.WAIT: 150 + 90 + 15,
        Aim.BREAKS: 2 + 1 + 1,
        Aim.WISHES: 8,
        Aim.PANEL_ROOMS: 1,
        Aim.FINISH: 6 * 60 + 30,
    }


def test_an_empty_plan_comes_to_nothing() -> None:
    assert score(DAY, plan_of(DAY)) == dict.fromkeys(Aim, 0)


def test_the_aims_that_a_problem_does_not_name_are_counted_too() -> None:
    nothing_asked = problem(aims=())

    assert score(nothing_asked, plan_of(nothing_asked)) == dict.fromkeys(Aim, 0)


def test_a_wait_is_told_for_each_supplier() -> None:
    plan = plan_of(DAY, **PROGRAMME, m1=("10:00", "r1", "kari"), m2=("09:30", "r1", "kari"))

    assert waits(DAY, plan) == {"acme": 30 + 30, "beta": 60, "cito": 0, "dora": 0}
    assert score(DAY, plan)[Aim.BREAKS] == 2 + 1


def test_a_supplier_with_one_activity_does_not_wait() -> None:
    assert waits(DAY, plan_of(DAY, m3=("15:00", "r1", "kari"))) == {"acme": 0, "beta": 0, "cito": 0, "dora": 0}


def test_a_consortium_reaches_each_of_its_suppliers_and_places_one_meeting() -> None:
    consortium = problem(
        suppliers=(supplier("acme"), supplier("beta"), supplier("cito")),
        meetings=(meeting("m1", "acme", "beta", weight=3), meeting("m2", "beta", "acme")),
    )
    scores = score(consortium, plan_of(consortium, m1=("09:00", "r1")))

    assert (scores[Aim.REACHED], scores[Aim.PLACED]) == (2, 3)


def announced_meetings() -> Problem:
    return problem(
        suppliers=(supplier("acme"), supplier("beta")),
        meetings=tuple(meeting(name, "acme", "beta") for name in ("m1", "m2", "m3", "m4", "m5", "m6")),
        announced=tuple(announced(name, "09:00", "r1") for name in ("m1", "m2", "m3", "m4", "m5")),
    )


def test_what_is_dropped_or_moved_costs_ten_and_another_room_alone_costs_one() -> None:
    day = announced_meetings()
    moved = plan_of(day, m1=("09:00", "r1"), m3=("09:05", "r2"), m4=("09:00", "r2"), m5=("09:00", "r2"))
    not_announced = plan_of(day, m6=("15:00", "r1"))

    assert score(day, moved)[Aim.KEPT] == 0 + 10 + 10 + 1 + 1
    assert score(day, not_announced)[Aim.KEPT] == 5 * 10


def test_what_is_placed_twice_is_kept_when_one_of_them_is_as_announced() -> None:
    day = announced_meetings()
    as_announced, moved = plan_of(day, m1=("09:00", "r1")), plan_of(day, m1=("09:05", "r1"))
    both = replace(moved, meetings=(*moved.meetings, *as_announced.meetings))

    assert score(day, both)[Aim.KEPT] == 0 + 4 * 10


def wishes_met(**places: Place) -> int:
    return score(DAY, plan_of(DAY, **PROGRAMME, **places))[Aim.WISHES]


def test_a_wish_is_met_when_all_meetings_of_the_supplier_lie_inside() -> None:
    assert wishes_met() == 0
    assert wishes_met(m1=("12:30", "r1", "kari")) == 5 + 3
    assert wishes_met(m1=("13:30", "r1", "kari")) == 5
    assert wishes_met(m1=("13:35", "r1", "kari")) == 0
    assert wishes_met(m1=("11:55", "r1", "kari"), m2=("15:00", "r1", "kari")) == 7


def test_one_meeting_outside_the_wish_spoils_it() -> None:
    wishful = problem(
        suppliers=(supplier("acme", wishes=(Wish(spans("09:00-10:00")[0], 1),)), supplier("beta")),
        meetings=(meeting("m1", "acme", "beta"), meeting("m2", "acme", "beta")),
    )

    inside = plan_of(wishful, m1=("09:00", "r1"), m2=("09:30", "r1"))
    outside = plan_of(wishful, m1=("09:00", "r1"), m2=("10:00", "r1"))

    assert (score(wishful, inside)[Aim.WISHES], score(wishful, outside)[Aim.WISHES]) == (1, 0)


def test_the_rooms_of_a_panel_count_for_each_panel_of_a_joint_meeting_but_not_in_sessions() -> None:
    joint = problem(
        people=(person("kari"),),
        panels=(panel("p1", "kari"), panel("p2", "kari"), panel("p3", "kari")),
        suppliers=(supplier("acme"),),
        sessions=(session("plenary", panels=("p1", "p2", "p3")),),
        meetings=(meeting("m1", "acme", "p1", "p2"), meeting("m2", "acme", "p1", "p2")),
    )
    plan = plan_of(joint, plenary=("08:00", "r1"), m1=("09:00", "r1", "kari"), m2=("10:00", "r2", "kari"))

    assert score(joint, plan)[Aim.PANEL_ROOMS] == 2


def test_only_meetings_finish_the_day() -> None:
    late_lunch = plan_of(DAY, lunch=("15:30", None), m1=("09:00", "r1", "kari"))

    assert score(DAY, late_lunch)[Aim.FINISH] == 90


def test_a_meeting_placed_twice_counts_once() -> None:
    once = plan_of(DAY, m1=("09:00", "r1", "kari"))
    twice = doubled(once)

    assert (score(DAY, twice)[Aim.REACHED], score(DAY, twice)[Aim.PLACED]) == (1, 4)


def doubled(plan: Plan) -> Plan:
    return replace(plan, meetings=(*plan.meetings, *plan.meetings))
