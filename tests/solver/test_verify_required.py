"""R13 required, kept and broken; it also tells what the plan gives that does not answer the question."""

from dataclasses import replace

from solver.plan import PlacedMeeting, PlacedSession, Plan
from solver.rules import Breach, Rule
from solver.verify import CHECKS, breaches
from tests.solver.factories import meeting, panel, person, plan_of, problem, session, supplier

DAY = problem(
    people=(person("kari"),),
    panels=(panel("p1", "kari"),),
    suppliers=(supplier("acme"), supplier("beta")),
    sessions=(session("lunch", kind="break"),),
    meetings=(meeting("m1", "acme", "p1", required=True), meeting("m2", "beta", "p1")),
)
LAWFUL = plan_of(DAY, lunch=("11:00", None), m1=("09:00", "r1", "kari"))


def test_every_rule_has_its_check() -> None:
    assert list(CHECKS) == list(Rule)


def test_a_meeting_that_is_not_required_may_stay_unplaced() -> None:
    assert LAWFUL.unplaced == ("m2",)
    assert breaches(DAY, LAWFUL) == ()


def test_a_session_and_a_required_meeting_that_are_not_placed_are_told() -> None:
    assert breaches(DAY, plan_of(DAY)) == (
        Breach(Rule.REQUIRED, ("session:lunch",), "Session lunch is not placed."),
        Breach(Rule.REQUIRED, ("meeting:m1",), "Meeting m1 is required, but not placed."),
    )


def test_a_meeting_in_neither_list_is_told() -> None:
    assert breaches(DAY, replace(LAWFUL, unplaced=())) == (
        Breach(Rule.REQUIRED, ("meeting:m2",), "Meeting m2 stands 0 × among the placed and 0 × among the unplaced."),
    )


def test_a_meeting_in_both_lists_is_told() -> None:
    assert breaches(DAY, replace(LAWFUL, unplaced=("m1", "m2"))) == (
        Breach(Rule.REQUIRED, ("meeting:m1",), "Meeting m1 stands 1 × among the placed and 1 × among the unplaced."),
    )


def test_what_stands_twice_is_told() -> None:
    later = PlacedMeeting("m1", 13 * 60, 13 * 60 + 30, "r1", ("kari",))
    twice = replace(
        LAWFUL,
        sessions=(*LAWFUL.sessions, PlacedSession("lunch", 12 * 60, 12 * 60 + 30, None)),
        meetings=(*LAWFUL.meetings, later),
        unplaced=("m2", "m2"),
    )

    assert breaches(DAY, twice) == (
        Breach(Rule.REQUIRED, ("session:lunch",), "Session lunch is placed 2 times."),
        Breach(Rule.REQUIRED, ("meeting:m1",), "Meeting m1 stands 2 × among the placed and 0 × among the unplaced."),
        Breach(Rule.REQUIRED, ("meeting:m2",), "Meeting m2 stands 0 × among the placed and 2 × among the unplaced."),
    )


def test_what_nobody_asked_for_is_told() -> None:
    strange = replace(
        LAWFUL,
        sessions=(*LAWFUL.sessions, PlacedSession("m2", 600, 630, None)),
        meetings=(*LAWFUL.meetings, PlacedMeeting("lunch", 660, 690, "r1", ("kari",))),
        unplaced=("m2", "m9"),
    )

    assert breaches(DAY, strange) == (
        Breach(Rule.REQUIRED, ("session:m2",), "Session m2 is placed, but nobody asked for it."),
        Breach(Rule.REQUIRED, ("meeting:lunch",), "Meeting lunch is placed, but nobody asked for it."),
        Breach(Rule.REQUIRED, ("meeting:m9",), "Meeting m9 is unplaced, but nobody asked for it."),
    )


def test_what_takes_another_time_than_asked_is_told() -> None:
    assert breaches(DAY, shortened(LAWFUL)) == (
        Breach(Rule.REQUIRED, ("meeting:m1",), "Meeting m1 (09:00–09:20) takes 20 minutes, but 30 were asked for."),
        Breach(
            Rule.REQUIRED, ("session:lunch",), "Session lunch (11:00–11:20) takes 20 minutes, but 30 were asked for."
        ),
    )


def shortened(plan: Plan) -> Plan:
    return replace(
        plan,
        sessions=tuple(replace(each, end=each.end - 10) for each in plan.sessions),
        meetings=tuple(replace(each, end=each.end - 10) for each in plan.meetings),
    )
