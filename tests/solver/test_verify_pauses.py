"""R7 pause, kept and broken: between two meetings of a panel, and after a long stretch."""

from dataclasses import replace

from solver.problem import Problem, Stretch
from solver.rules import Breach, Rule
from solver.verify import breaches
from tests.solver import factories
from tests.solver.factories import meeting, panel, person, plan_of, problem, session, supplier


def one_panel(pause: int = 0, stretch: Stretch | None = None, minutes: int = 30) -> Problem:
    """A panel of two who meet three suppliers, and another panel of the same people."""
    return problem(
        people=(person("kari"), person("ola")),
        panels=(panel("p1", "kari", "ola", pause=pause, stretch=stretch), panel("p2", "kari", "ola")),
        suppliers=(supplier("acme"), supplier("beta"), supplier("cito")),
        sessions=(session("tour", 10, kind="break", panels=("p1",)),),
        meetings=(
            meeting("m1", "acme", "p1", minutes=minutes),
            meeting("m2", "beta", "p1"),
            meeting("m3", "cito", "p1"),
            meeting("m4", "cito", "p2"),
        ),
    )


TOUR = ("15:00", None)


def test_a_pause_may_be_as_short_as_asked_and_hold_a_session() -> None:
    day = one_panel(pause=15)
    plan = plan_of(day, tour=("09:30", None), m1=("09:00", "r1", "kari"), m2=("09:45", "r1", "ola"))

    assert breaches(day, plan) == ()


def test_a_pause_that_is_too_short_is_told_even_when_other_members_attend() -> None:
    day = one_panel(pause=15)

    assert breaches(day, plan_of(day, tour=TOUR, m1=("09:00", "r1", "kari"), m2=("09:40", "r2", "ola"))) == (
        Breach(
            Rule.PAUSE,
            ("meeting:m1", "meeting:m2", "panel:p1"),
            "Panel p1 has 10 of its 15 minutes of pause between meeting m1 (09:00–09:30) and meeting m2 (09:40–10:10).",
        ),
    )


def test_a_panel_that_goes_on_at_once_has_no_pause_at_all() -> None:
    day = one_panel(pause=15)
    plan = plan_of(day, tour=TOUR, m1=("09:00", "r1", "kari"), m2=("09:30", "r1", "kari"))

    assert [breach.text for breach in breaches(day, plan)] == [
        "Panel p1 has 0 of its 15 minutes of pause between meeting m1 (09:00–09:30) and meeting m2 (09:30–10:00)."
    ]


def test_the_pause_of_one_panel_does_not_bind_another_of_the_same_people() -> None:
    day = one_panel(pause=15)

    assert breaches(day, plan_of(day, tour=TOUR, m1=("09:00", "r1", "kari"), m4=("09:30", "r1", "kari"))) == ()


def test_a_session_needs_no_pause() -> None:
    day = one_panel(pause=15)

    assert breaches(day, plan_of(day, tour=("08:50", None), m1=("09:00", "r1", "kari"))) == ()


def test_meetings_may_fill_a_stretch_and_go_on_after_a_rest() -> None:
    day = one_panel(stretch=Stretch(60, 20))
    plan = plan_of(day, tour=TOUR, m1=("09:00", "r1", "kari"), m2=("09:30", "r1", "kari"), m3=("10:20", "r1", "kari"))

    assert breaches(day, plan) == ()


def test_a_stretch_that_is_too_long_is_told_with_its_gaps() -> None:
    day = one_panel(stretch=Stretch(60, 20))
    plan = plan_of(
        day, tour=("09:30", None), m1=("09:00", "r1", "kari"), m2=("09:45", "r1", "ola"), m3=("10:30", "r1", "kari")
    )

    assert breaches(day, plan) == (
        Breach(
            Rule.PAUSE,
            ("meeting:m1", "meeting:m2", "meeting:m3", "panel:p1"),
            "Panel p1 goes on for 120 minutes, from 09:00 to 11:00, but at most 60 may pass without a rest of 20.",
        ),
    )


def test_each_stretch_that_is_too_long_is_told() -> None:
    day = one_panel(stretch=Stretch(45, 15), minutes=50)
    plan = plan_of(day, tour=TOUR, m1=("09:00", "r1", "kari"), m2=("10:05", "r1", "kari"), m3=("10:45", "r1", "kari"))

    assert [breach.about for breach in breaches(day, plan)] == [
        ("meeting:m1", "panel:p1"),
        ("meeting:m2", "meeting:m3", "panel:p1"),
    ]


def test_a_single_meeting_longer_than_the_stretch_is_told() -> None:
    day = one_panel(stretch=Stretch(60, 0), minutes=65)

    assert breaches(day, plan_of(day, tour=TOUR, m1=("09:00", "r1", "kari"), m2=("10:05", "r1", "kari"))) == (
        Breach(
            Rule.PAUSE,
            ("meeting:m1", "panel:p1"),
            "Panel p1 goes on for 65 minutes, from 09:00 to 10:05, but at most 60 may pass without a rest of 0.",
        ),
    )


def test_the_first_stretch_may_begin_with_the_day() -> None:
    day = replace(one_panel(stretch=Stretch(60, 30)), day=factories.day(opens="00:00"))

    assert breaches(day, plan_of(day, tour=TOUR, m1=("00:10", "r1", "kari"), m2=("00:40", "r1", "kari"))) == ()
