"""R1 open and R2 window, kept and broken."""

from dataclasses import replace

from solver.problem import Problem, Windows
from solver.rules import Breach, Rule
from solver.verify import breaches
from tests.solver.factories import (
    ALWAYS,
    day,
    meeting,
    panel,
    person,
    plan_of,
    problem,
    room,
    session,
    spans,
    supplier,
)


def one_meeting(minutes: int = 30, windows: Windows = ALWAYS) -> Problem:
    return problem(
        people=(person("kari"),),
        panels=(panel("p1", "kari"),),
        suppliers=(supplier("acme"),),
        meetings=(meeting("m1", "acme", "p1", minutes=minutes, windows=windows),),
    )


ONE_MEETING = one_meeting()


# R1 open


def test_a_meeting_may_fill_the_day_from_opening_to_closing() -> None:
    whole_day = one_meeting(minutes=8 * 60)

    assert breaches(whole_day, plan_of(whole_day, m1=("08:00", "r1", "kari"))) == ()


def test_a_meeting_that_begins_before_the_day_opens_is_told() -> None:
    assert breaches(ONE_MEETING, plan_of(ONE_MEETING, m1=("07:55", "r1", "kari"))) == (
        Breach(Rule.OPEN, ("meeting:m1",), "Meeting m1 (07:55–08:25) lies outside the opening hours 08:00–16:00."),
    )


def test_a_session_that_ends_after_the_day_closes_is_told() -> None:
    lunch = problem(sessions=(session("lunch", kind="break"),))

    assert breaches(lunch, plan_of(lunch, lunch=("15:35", None))) == (
        Breach(
            Rule.OPEN, ("session:lunch",), "Session lunch (15:35–16:05) lies outside the opening hours 08:00–16:00."
        ),
    )


# R2 window


def test_a_meeting_may_fill_its_window() -> None:
    narrow = one_meeting(windows=spans("09:00-09:30"))

    assert breaches(narrow, plan_of(narrow, m1=("09:00", "r1", "kari"))) == ()


def test_a_meeting_outside_its_windows_is_told() -> None:
    narrow = one_meeting(windows=spans("09:00-09:30", "10:00-11:00"))

    assert breaches(narrow, plan_of(narrow, m1=("09:05", "r1", "kari"))) == (
        Breach(
            Rule.WINDOW, ("meeting:m1",), "Meeting m1 (09:05–09:35) lies outside its windows: 09:00–09:30, 10:00–11:00."
        ),
    )


def test_touching_windows_are_not_joined() -> None:
    touching = one_meeting(windows=spans("09:00-09:15", "09:15-10:00"))

    assert breaches(touching, plan_of(touching, m1=("09:00", "r1", "kari"))) == (
        Breach(
            Rule.WINDOW, ("meeting:m1",), "Meeting m1 (09:00–09:30) lies outside its windows: 09:00–09:15, 09:15–10:00."
        ),
    )


def test_no_window_at_all_lets_nothing_in() -> None:
    never = one_meeting(windows=())

    assert breaches(never, plan_of(never, m1=("09:00", "r1", "kari"))) == (
        Breach(Rule.WINDOW, ("meeting:m1",), "Meeting m1 (09:00–09:30) lies outside its windows: none."),
    )


def test_a_start_off_the_grid_is_told() -> None:
    assert breaches(ONE_MEETING, plan_of(ONE_MEETING, m1=("09:02", "r1", "kari"))) == (
        Breach(
            Rule.WINDOW, ("meeting:m1",), "Meeting m1 (09:02–09:32) does not start on a whole multiple of 5 minutes."
        ),
    )


def test_the_grid_counts_from_midnight() -> None:
    coarse = replace(ONE_MEETING, day=day("08:15", "16:30", 45))

    assert breaches(coarse, plan_of(coarse, m1=("09:00", "r1", "kari"))) == ()
    assert [breach.rule for breach in breaches(coarse, plan_of(coarse, m1=("09:15", "r1", "kari")))] == [Rule.WINDOW]


def test_a_meeting_outside_the_free_time_of_all_it_needs_is_told_for_each() -> None:
    morning = spans("08:00-09:15")
    busy = problem(
        rooms=(room("r1", free=morning),),
        people=(person("kari", free=morning), person("ola", free=morning)),
        panels=(panel("p1", "kari", "ola"),),
        suppliers=(supplier("acme", free=spans("08:00-09:00", "09:00-10:00")),),
        meetings=(meeting("m1", "acme", "p1"),),
    )

    assert breaches(busy, plan_of(busy, m1=("08:45", "r1", "kari"))) == (
        Breach(
            Rule.WINDOW,
            ("meeting:m1", "supplier:acme"),
            "Meeting m1 (08:45–09:15) lies outside the free time of supplier acme: 08:00–09:00, 09:00–10:00.",
        ),
    )
    assert breaches(busy, plan_of(busy, m1=("09:00", "r1", "kari"))) == (
        Breach(
            Rule.WINDOW,
            ("meeting:m1", "room:r1"),
            "Meeting m1 (09:00–09:30) lies outside the free time of room r1: 08:00–09:15.",
        ),
        Breach(
            Rule.WINDOW,
            ("meeting:m1", "person:kari"),
            "Meeting m1 (09:00–09:30) lies outside the free time of person kari: 08:00–09:15.",
        ),
    )


def test_in_a_session_every_member_of_a_panel_must_be_free() -> None:
    plenary = problem(
        rooms=(room("r1"),),
        people=(person("kari"), person("ola", free=spans("12:00-16:00"))),
        panels=(panel("p1", "kari", "ola"),),
        sessions=(session("plenary", panels=("p1",)),),
    )

    assert breaches(plenary, plan_of(plenary, plenary=("12:00", "r1"))) == ()
    assert breaches(plenary, plan_of(plenary, plenary=("11:55", "r1"))) == (
        Breach(
            Rule.WINDOW,
            ("session:plenary", "person:ola"),
            "Session plenary (11:55–12:25) lies outside the free time of person ola: 12:00–16:00.",
        ),
    )


def test_in_a_break_without_a_room_everyone_must_be_free() -> None:
    lunch = problem(
        suppliers=(supplier("acme", free=spans("08:00-11:00")),),
        sessions=(session("lunch", kind="break", suppliers=("acme",)),),
    )

    assert breaches(lunch, plan_of(lunch, lunch=("11:00", None))) == (
        Breach(
            Rule.WINDOW,
            ("session:lunch", "supplier:acme"),
            "Session lunch (11:00–11:30) lies outside the free time of supplier acme: 08:00–11:00.",
        ),
    )
