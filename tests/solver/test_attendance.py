"""Who is where when, read from a plan."""

from dataclasses import replace

import pytest

from solver.attendance import (
    Activity,
    Kind,
    activities,
    breaks_of,
    meetings_of,
    read,
    wait_of,
)
from solver.plan import PlacedMeeting, PlacedSession
from tests.solver.factories import at, meeting, panel, person, plan_of, problem, session, supplier

DAY = problem(
    people=(person("ola"), person("per"), person("kari"), person("siri")),
    panels=(panel("p1", "per", "ola"), panel("p2", "ola", "kari")),
    suppliers=(supplier("acme"), supplier("beta")),
    sessions=(session("lunch", kind="break", suppliers=("beta", "acme"), panels=("p2", "p1"), people=("siri", "ola")),),
    meetings=(meeting("m1", "p1", "acme", "p2"), meeting("m2", "beta", "acme")),
)
PLAN = plan_of(DAY, lunch=("11:00", None), m1=("10:00", "r1", "per", "kari", "per", "stranger"), m2=("09:00", "r2"))

M1 = Activity("m1", Kind.MEETING, at("10:00"), at("10:30"), "r1", ("acme",), ("p1", "p2"), ("kari", "per"))
M2 = Activity("m2", Kind.MEETING, at("09:00"), at("09:30"), "r2", ("beta", "acme"), (), ())
LUNCH = Activity(
    "lunch",
    Kind.SESSION,
    at("11:00"),
    at("11:30"),
    None,
    ("beta", "acme"),
    ("p2", "p1"),
    ("kari", "ola", "per", "siri"),
)
ALL = (M2, M1, LUNCH)


def test_activities_stand_in_the_order_of_time_with_everyone_who_attends() -> None:
    assert activities(DAY, PLAN) == ALL


def test_what_the_problem_does_not_know_is_left_out() -> None:
    strange = replace(
        PLAN,
        sessions=(PlacedSession("m1", 0, 30, None), *PLAN.sessions),
        meetings=(PlacedMeeting("lunch", 0, 30, "r1", ()), *PLAN.meetings),
    )

    assert activities(DAY, strange) == ALL


def test_the_activities_of_each() -> None:
    reading = read(DAY, PLAN)

    assert (reading.of_room("r1"), reading.of_room("r3")) == ((M1,), ())
    assert (reading.of_supplier("beta"), reading.of_supplier("core")) == ((M2, LUNCH), ())
    assert (reading.of_panel("p1"), reading.of_panel("p3")) == ((M1, LUNCH), ())
    assert (reading.of_person("ola"), reading.of_person("stranger")) == ((LUNCH,), ())
    assert (reading.named("lunch"), reading.named("m3")) == ((LUNCH,), ())
    assert reading.meetings == meetings_of(ALL) == (M2, M1)


def test_an_activity_is_named_for_breaches_and_for_sentences() -> None:
    assert (LUNCH.about, LUNCH.shown, LUNCH.subject) == (
        "session:lunch",
        "session lunch (11:00–11:30)",
        "Session lunch (11:00–11:30)",
    )
    assert (M1.is_meeting, LUNCH.is_meeting, M1.minutes) == (True, False, 30)


@pytest.mark.parametrize(
    ("start", "do_overlap", "gap"),
    [("09:00", False, 30), ("09:30", False, 0), ("09:35", True, -5), ("10:25", True, -5), ("10:30", False, 0)],
)
def test_activities_overlap_when_they_share_a_moment(*, start: str, do_overlap: bool, gap: int) -> None:
    other = replace(M1, start=at(start), end=at(start) + 30)

    assert (M1.overlaps(other), other.overlaps(M1)) == (do_overlap, do_overlap)
    assert (M1.gap_to(other), other.gap_to(M1)) == (gap, gap)


def test_waits_and_breaks_lie_between_activities() -> None:
    at_once = (M2, replace(M1, start=M2.end), LUNCH)

    assert [wait_of(placed) for placed in (ALL, at_once, (M1,), ())] == [60, 30, 0, 0]
    assert [breaks_of(placed) for placed in (ALL, at_once, (M1,), ())] == [2, 1, 0, 0]
