"""R9 after, R10 rest and R12 pinned, kept and broken."""

from dataclasses import replace

from solver.problem import Problem, Rest
from solver.rules import Breach, Rule
from solver.verify import breaches
from tests.solver.factories import (
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


def one_meeting(pin: tuple[str | None, str | None] = (None, None)) -> Problem:
    return problem(
        people=(person("kari"),),
        panels=(panel("p1", "kari"),),
        suppliers=(supplier("acme"),),
        meetings=(meeting("m1", "acme", "p1", pin=pin),),
    )


# R9 after

AFTER_LUNCH = problem(
    people=(person("kari"),),
    panels=(panel("p1", "kari"),),
    suppliers=(supplier("acme"), supplier("beta")),
    sessions=(session("lunch", kind="break", after=("m2",)),),
    meetings=(meeting("m1", "acme", "p1", after=("lunch",)), meeting("m2", "beta", "p1")),
)


def test_an_activity_may_start_when_the_one_before_it_ends() -> None:
    plan = plan_of(AFTER_LUNCH, m2=("10:30", "r2", "kari"), lunch=("11:00", None), m1=("11:30", "r1", "kari"))

    assert breaches(AFTER_LUNCH, plan) == ()


def test_an_activity_that_starts_too_early_is_told() -> None:
    plan = plan_of(AFTER_LUNCH, m2=("10:30", "r2", "kari"), lunch=("10:55", None), m1=("11:20", "r1", "kari"))

    assert breaches(AFTER_LUNCH, plan) == (
        Breach(
            Rule.AFTER,
            ("session:lunch", "meeting:m2"),
            "Session lunch (10:55–11:25) starts before the end of meeting m2 (10:30–11:00).",
        ),
        Breach(
            Rule.AFTER,
            ("meeting:m1", "session:lunch"),
            "Meeting m1 (11:20–11:50) starts before the end of session lunch (10:55–11:25).",
        ),
    )


def test_nothing_can_come_after_a_meeting_that_is_not_placed() -> None:
    assert breaches(AFTER_LUNCH, plan_of(AFTER_LUNCH, lunch=("11:00", None))) == (
        Breach(
            Rule.AFTER,
            ("session:lunch", "meeting:m2"),
            "Session lunch (11:00–11:30) comes after meeting m2, which is not placed.",
        ),
    )


# R10 rest


def with_rest(minutes: int) -> Problem:
    """A person promised a rest within 11:00–12:00, where a break takes 11:15–11:45."""
    return replace(
        one_meeting(),
        sessions=(session("coffee", kind="break", people=("kari",)),),
        rests=(Rest((), ("kari",), minutes, spans("11:00-12:00")[0]),),
    )


def test_a_rest_may_fill_the_window_around_activities() -> None:
    hour = with_rest(60)

    assert breaches(hour, plan_of(hour, m1=("10:30", "r1", "kari"), coffee=("12:00", None))) == ()


def test_a_rest_may_follow_an_activity_that_reaches_into_the_window() -> None:
    half = with_rest(30)

    assert breaches(half, plan_of(half, m1=("10:45", "r1", "kari"), coffee=("11:45", None))) == ()


def test_a_rest_need_not_be_a_multiple_of_the_step() -> None:
    odd = with_rest(13)

    assert breaches(odd, plan_of(odd, coffee=("11:15", None))) == ()


def test_pieces_of_a_rest_do_not_add_up_and_breaks_are_no_rest() -> None:
    half = with_rest(30)

    assert breaches(half, plan_of(half, coffee=("11:15", None))) == (
        Breach(
            Rule.REST, ("person:kari",), "Person kari has 15 of the 30 minutes of rest promised within 11:00–12:00."
        ),
    )


def test_the_time_before_and_after_the_window_is_no_rest() -> None:
    half = with_rest(30)

    assert [
        breach.about for breach in breaches(half, plan_of(half, coffee=("11:15", None), m1=("13:00", "r1", "kari")))
    ] == [("person:kari",)]
    assert [
        breach.about for breach in breaches(half, plan_of(half, coffee=("11:15", None), m1=("09:00", "r1", "kari")))
    ] == [("person:kari",)]


def test_a_supplier_without_its_rest_is_told_and_not_the_person_of_the_same_name() -> None:
    namesakes = problem(
        people=(person("acme"),),
        panels=(panel("p1", "acme"),),
        suppliers=(supplier("acme"), supplier("beta")),
        meetings=(meeting("m1", "acme", "beta", minutes=60),),
        rests=(Rest(("acme",), ("acme",), 5, spans("11:00-12:00")[0]),),
    )

    assert breaches(namesakes, plan_of(namesakes, m1=("11:00", "r1"))) == (
        Breach(
            Rule.REST, ("supplier:acme",), "Supplier acme has 0 of the 5 minutes of rest promised within 11:00–12:00."
        ),
    )


# R12 pinned


def test_a_pinned_meeting_may_stay_unplaced_or_stand_as_pinned() -> None:
    pinned = one_meeting(pin=("13:00", "r1"))

    assert breaches(pinned, plan_of(pinned)) == ()
    assert breaches(pinned, plan_of(pinned, m1=("13:00", "r1", "kari"))) == ()


def test_a_meeting_moved_from_its_pin_is_told() -> None:
    by_start, by_room = one_meeting(pin=("13:00", None)), one_meeting(pin=(None, "r2"))
    by_both = one_meeting(pin=("13:00", "r2"))

    assert breaches(by_start, plan_of(by_start, m1=("13:05", "r1", "kari"))) == (
        Breach(Rule.PINNED, ("meeting:m1",), "Meeting m1 (13:05–13:35) in room r1 is pinned to 13:00."),
    )
    assert breaches(by_room, plan_of(by_room, m1=("13:05", "r1", "kari"))) == (
        Breach(Rule.PINNED, ("meeting:m1",), "Meeting m1 (13:05–13:35) in room r1 is pinned to room r2."),
    )
    assert breaches(by_both, plan_of(by_both, m1=("13:00", "r1", "kari"))) == (
        Breach(Rule.PINNED, ("meeting:m1",), "Meeting m1 (13:00–13:30) in room r1 is pinned to 13:00 in room r2."),
    )


def announced_at_ten(fixed_until: str | None) -> Problem:
    return problem(
        people=(person("kari"),),
        panels=(panel("p1", "kari"),),
        suppliers=(supplier("acme"),),
        meetings=(meeting("m1", "acme", "p1"),),
        announced=(announced("m1", "10:00", "r1"),),
        fixed_until=fixed_until,
    )


def test_what_is_announced_may_move_when_it_is_not_fixed() -> None:
    never_fixed, fixed_until_then = announced_at_ten(None), announced_at_ten("10:00")

    assert breaches(never_fixed, plan_of(never_fixed, m1=("11:00", "r2", "kari"))) == ()
    assert breaches(fixed_until_then, plan_of(fixed_until_then)) == ()


def test_what_is_fixed_stays_as_announced() -> None:
    fixed = announced_at_ten("10:05")

    assert breaches(fixed, plan_of(fixed, m1=("10:00", "r1", "kari"))) == ()
    assert breaches(fixed, plan_of(fixed, m1=("10:05", "r1", "kari"))) == (
        Breach(Rule.PINNED, ("meeting:m1",), "Meeting m1 (10:05–10:35) in room r1 is fixed to 10:00 in room r1."),
    )
    assert breaches(fixed, plan_of(fixed, m1=("10:00", "r2", "kari"))) == (
        Breach(Rule.PINNED, ("meeting:m1",), "Meeting m1 (10:00–10:30) in room r2 is fixed to 10:00 in room r1."),
    )
    assert breaches(fixed, plan_of(fixed)) == (
        Breach(Rule.PINNED, ("meeting:m1",), "Meeting m1 is fixed to 10:00 in room r1, but is not placed."),
    )
