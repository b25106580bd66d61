"""R3 one_place and R4 travel, kept and broken."""

from dataclasses import replace

from solver.plan import PlacedMeeting
from solver.problem import Travel
from solver.rules import Breach, Rule
from solver.verify import breaches
from tests.solver.factories import (
    bare_plan,
    meeting,
    panel,
    person,
    plan_of,
    problem,
    room,
    session,
    supplier,
)

TWO_BY_TWO = problem(
    rooms=(room("r1"), room("r2"), room("r3")),
    people=(person("kari"), person("ola")),
    panels=(panel("p1", "kari", "ola"), panel("p2", "kari", "ola")),
    suppliers=(supplier("acme"), supplier("beta")),
    sessions=(),
    meetings=(meeting("m1", "acme", "p1"), meeting("m2", "beta", "p2"), meeting("m3", "acme", "p2")),
)


# R3 one_place


def test_activities_may_follow_one_another_at_once() -> None:
    plan = plan_of(TWO_BY_TWO, m1=("09:00", "r1", "kari"), m2=("09:30", "r1", "kari"), m3=("10:00", "r1", "kari"))

    assert breaches(TWO_BY_TWO, plan) == ()


def test_meetings_may_run_side_by_side_when_they_share_nothing() -> None:
    plan = plan_of(TWO_BY_TWO, m1=("09:00", "r1", "kari"), m2=("09:00", "r2", "ola"))

    assert breaches(TWO_BY_TWO, plan) == ()


def test_two_meetings_in_one_room_at_once_are_told() -> None:
    plan = plan_of(TWO_BY_TWO, m1=("09:00", "r1", "kari"), m2=("09:25", "r1", "ola"))

    assert breaches(TWO_BY_TWO, plan) == (
        Breach(
            Rule.ONE_PLACE,
            ("meeting:m1", "meeting:m2", "room:r1"),
            "Room r1 is needed in meeting m1 (09:00–09:30) and meeting m2 (09:25–09:55) at once.",
        ),
    )


def test_what_ends_before_it_begins_is_nowhere_at_any_time() -> None:
    plan = plan_of(TWO_BY_TWO, m1=("09:00", "r1", "kari"), m3=("09:10", "r2", "ola"))
    backwards = tuple(replace(each, end=each.start - 30) if each.id == "m3" else each for each in plan.meetings)

    assert Rule.ONE_PLACE not in {breach.rule for breach in breaches(TWO_BY_TWO, replace(plan, meetings=backwards))}


def test_a_supplier_in_two_meetings_at_once_is_told() -> None:
    plan = plan_of(TWO_BY_TWO, m1=("09:00", "r1", "kari"), m3=("08:35", "r2", "ola"))

    assert breaches(TWO_BY_TWO, plan) == (
        Breach(
            Rule.ONE_PLACE,
            ("meeting:m3", "meeting:m1", "supplier:acme"),
            "Supplier acme is needed in meeting m3 (08:35–09:05) and meeting m1 (09:00–09:30) at once.",
        ),
    )


def test_a_person_in_the_meetings_of_two_panels_at_once_is_told() -> None:
    plan = plan_of(TWO_BY_TWO, m1=("09:00", "r1", "kari"), m2=("09:00", "r2", "kari", "ola"))

    assert breaches(TWO_BY_TWO, plan) == (
        Breach(
            Rule.ONE_PLACE,
            ("meeting:m1", "meeting:m2", "person:kari"),
            "Person kari is needed in meeting m1 (09:00–09:30) and meeting m2 (09:00–09:30) at once.",
        ),
    )


def test_a_panel_in_two_meetings_at_once_is_told_even_when_different_members_attend() -> None:
    plan = plan_of(TWO_BY_TWO, m2=("09:00", "r1", "kari"), m3=("09:00", "r2", "ola"))

    assert breaches(TWO_BY_TWO, plan) == (
        Breach(
            Rule.ONE_PLACE,
            ("meeting:m2", "meeting:m3", "panel:p2"),
            "Panel p2 is needed in meeting m2 (09:00–09:30) and meeting m3 (09:00–09:30) at once.",
        ),
    )


def test_a_break_without_a_room_occupies_everyone_who_attends() -> None:
    lunch = replace(
        TWO_BY_TWO, sessions=(session("lunch", kind="break", suppliers=("acme",), panels=("p1",), people=("ola",)),)
    )
    while_meeting = plan_of(lunch, m1=("09:00", "r1", "kari"), lunch=("09:15", None))

    both = "meeting m1 (09:00–09:30) and session lunch (09:15–09:45) at once."
    assert breaches(lunch, while_meeting) == (
        Breach(Rule.ONE_PLACE, ("meeting:m1", "session:lunch", "panel:p1"), f"Panel p1 is needed in {both}"),
        Breach(Rule.ONE_PLACE, ("meeting:m1", "session:lunch", "supplier:acme"), f"Supplier acme is needed in {both}"),
        Breach(Rule.ONE_PLACE, ("meeting:m1", "session:lunch", "person:kari"), f"Person kari is needed in {both}"),
    )
    assert breaches(lunch, plan_of(lunch, m1=("09:00", "r1", "kari"), lunch=("09:30", None))) == ()


def test_breaks_without_a_room_may_run_side_by_side() -> None:
    breaks = problem(
        suppliers=(supplier("acme"), supplier("beta")),
        sessions=(
            session("early", kind="break", suppliers=("acme",)),
            session("late", kind="break", suppliers=("beta",)),
        ),
    )

    assert breaches(breaks, plan_of(breaks, early=("11:00", None), late=("11:15", None))) == ()


def test_a_meeting_placed_twice_at_once_is_in_two_places() -> None:
    here, there = (PlacedMeeting("m1", 540, 570, room, ("kari",)) for room in ("r1", "r2"))

    told = breaches(TWO_BY_TWO, bare_plan(TWO_BY_TWO, (), (here, there)))

    assert [(breach.rule, breach.about) for breach in told] == [
        (Rule.ONE_PLACE, ("meeting:m1", "meeting:m1", "panel:p1")),
        (Rule.ONE_PLACE, ("meeting:m1", "meeting:m1", "supplier:acme")),
        (Rule.ONE_PLACE, ("meeting:m1", "meeting:m1", "person:kari")),
        (Rule.REQUIRED, ("meeting:m1",)),
    ]


# R4 travel

# Straight from r1 to r3 takes long; by way of r2 it takes no time beyond the stay there.
FAR_APART = replace(TWO_BY_TWO, travel=Travel(10, {frozenset(("r1", "r3")): 45, frozenset(("r1", "r2")): 0}))


def test_the_way_between_rooms_may_fill_the_gap() -> None:
    plan = plan_of(FAR_APART, m1=("09:00", "r2", "kari"), m3=("09:40", "r3", "kari"))

    assert breaches(FAR_APART, plan) == ()


def test_too_little_time_for_the_way_is_told_for_suppliers_and_people() -> None:
    plan = plan_of(FAR_APART, m1=("09:00", "r2", "kari"), m3=("09:35", "r3", "kari"))

    way = "has 5 of the 10 minutes from meeting m1 (09:00–09:30) in room r2 to meeting m3 (09:35–10:05) in room r3."
    assert breaches(FAR_APART, plan) == (
        Breach(Rule.TRAVEL, ("meeting:m1", "meeting:m3", "supplier:acme"), f"Supplier acme {way}"),
        Breach(Rule.TRAVEL, ("meeting:m1", "meeting:m3", "person:kari"), f"Person kari {way}"),
    )


def test_those_who_should_be_in_two_rooms_at_once_have_no_minutes_at_all() -> None:
    plan = plan_of(FAR_APART, m1=("09:00", "r2", "kari"), m3=("09:15", "r3", "ola"))

    way = "from meeting m1 (09:00–09:30) in room r2 to meeting m3 (09:15–09:45) in room r3."
    assert [(breach.rule, breach.text) for breach in breaches(FAR_APART, plan)] == [
        (
            Rule.ONE_PLACE,
            "Supplier acme is needed in meeting m1 (09:00–09:30) and meeting m3 (09:15–09:45) at once.",
        ),
        (Rule.TRAVEL, f"Supplier acme has 0 of the 10 minutes {way}"),
    ]


def test_an_online_supplier_needs_the_way_too() -> None:
    online = replace(FAR_APART, suppliers=(supplier("acme", online=True), supplier("beta")))
    online = replace(online, rooms=tuple(replace(each, features=frozenset({"video"})) for each in online.rooms))

    told = breaches(online, plan_of(online, m1=("09:00", "r2", "kari"), m3=("09:35", "r3", "ola")))

    assert [(breach.rule, breach.about) for breach in told] == [
        (Rule.TRAVEL, ("meeting:m1", "meeting:m3", "supplier:acme"))
    ]


def test_no_way_is_needed_within_a_room_nor_where_it_takes_no_time() -> None:
    plan = plan_of(FAR_APART, m1=("09:00", "r1", "kari"), m2=("09:30", "r1", "kari"), m3=("10:00", "r2", "kari"))

    assert breaches(FAR_APART, plan) == ()


def test_only_consecutive_rooms_count() -> None:
    by_way_of_r2 = plan_of(FAR_APART, m1=("09:00", "r1", "kari"), m2=("09:30", "r2", "kari"), m3=("10:10", "r3", "ola"))

    assert [breach.about for breach in breaches(FAR_APART, by_way_of_r2)] == [
        ("meeting:m1", "meeting:m3", "supplier:acme")
    ]


def test_the_time_in_a_break_without_a_room_counts_for_the_way() -> None:
    lunch = replace(
        FAR_APART, sessions=(session("lunch", kind="break", minutes=40, suppliers=("acme",), people=("kari",)),)
    )
    in_time = plan_of(lunch, m1=("09:00", "r1", "kari"), lunch=("09:30", None), m3=("10:15", "r3", "kari"))
    too_late = plan_of(lunch, m1=("09:00", "r1", "kari"), lunch=("09:30", None), m3=("10:10", "r3", "kari"))

    assert breaches(lunch, in_time) == ()
    assert [(breach.rule, breach.about) for breach in breaches(lunch, too_late)] == [
        (Rule.TRAVEL, ("meeting:m1", "meeting:m3", "supplier:acme")),
        (Rule.TRAVEL, ("meeting:m1", "meeting:m3", "person:kari")),
    ]
