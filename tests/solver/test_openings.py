"""What may still be booked, in named cases: what is offered, what is not, and what a booking changes."""

import json
import subprocess
import sys

import pytest

from solver import openings
from solver.openings import NotAnOpening, Opening
from solver.problem import (
    DEFAULT_AIMS,
    Aim,
    AnnouncedMeeting,
    Apart,
    Meeting,
    Problem,
    Room,
    Session,
    Supplier,
    Travel,
)
from solver.verify import breaches
from tests.solver.factories import (
    announced,
    at,
    day,
    meeting,
    panel,
    person,
    problem,
    room,
    session,
    spans,
    supplier,
)

SUPPLIERS = (supplier("acme"), supplier("beta"), supplier("cito"))


def booking_day(
    *meetings: Meeting,
    rooms: tuple[Room, ...] = (room("r1"),),
    suppliers: tuple[Supplier, ...] = SUPPLIERS,
    sessions: tuple[Session, ...] = (),
    announced: tuple[AnnouncedMeeting, ...] = (),
    fixed_until: str | None = None,
    aims: tuple[Aim, ...] = DEFAULT_AIMS,
) -> Problem:
    """One panel and three half hours, in one room, for three suppliers."""
    return problem(
        frame=day("08:00", "09:30", 30),
        rooms=rooms,
        people=(person("kari"),),
        panels=(panel("p1", "kari", stays=True),),
        suppliers=suppliers,
        sessions=sessions,
        meetings=meetings or (meeting("m1", "acme", "p1"), meeting("m2", "beta", "p1"), meeting("m3", "cito", "p1")),
        announced=announced,
        fixed_until=fixed_until,
        aims=aims,
    )


def places(asked: Problem, name: str) -> list[str]:
    return list(openings.Session(asked).openings(name).lines())[:-1]


def test_an_opening_that_would_strand_another_supplier_is_not_offered() -> None:
    early = (supplier("acme"), supplier("beta", free=spans("08:00-08:30")), supplier("cito"))

    found = openings.Session(booking_day(suppliers=early)).openings("m1")

    assert (found.openings, found.naive, found.safe) == (
        (Opening(at("08:30"), "r1"), Opening(at("09:00"), "r1")),
        3,
        2,
    )


def test_of_two_jointly_impossible_openings_the_second_is_refused_with_fresh_ones() -> None:
    late = (supplier("acme"), supplier("beta"), supplier("cito", free=spans("08:30-09:30")))
    offered = openings.Session(booking_day(suppliers=late))
    assert [each.start for each in offered.openings("m1").openings] == [at("08:00"), at("08:30"), at("09:00")]
    assert [each.start for each in offered.openings("m2").openings] == [at("08:00"), at("08:30"), at("09:00")]

    offered.book("m1", at("09:00"), "r1")
    with pytest.raises(NotAnOpening) as refused:
        offered.book("m2", at("08:30"), "r1")

    assert refused.value.fresh.openings == (Opening(at("08:00"), "r1"),)
    assert str(refused.value) == "Meeting m2 cannot be had at 08:30 in room r1."
    assert offered.openings("m2") == refused.value.fresh


def test_a_booking_is_answered_with_a_plan_that_keeps_it() -> None:
    asked = booking_day()
    offered = openings.Session(asked, problem_sha256="0" * 64)

    plan = offered.book("m2", at("08:00"), "r1")

    assert breaches(asked, plan) == ()
    assert {each.id: each.start for each in plan.meetings}["m2"] == at("08:00")
    assert (plan.unplaced, plan.problem_sha256) == ((), "0" * 64)
    assert [(each.aim, each.value) for each in plan.aims][:2] == [(Aim.REACHED, 3), (Aim.PLACED, 3)]


def test_what_is_given_back_can_be_had_again() -> None:
    offered = openings.Session(booking_day())
    before = offered.openings("m1")
    offered.book("m1", at("08:00"), "r1")
    assert [each.start for each in offered.openings("m1").openings] == [at("08:00")]
    assert [each.start for each in offered.openings("m2").openings] == [at("08:30"), at("09:00")]

    offered.give_back("m1")

    assert offered.openings("m1") == before


def test_only_what_was_booked_here_can_be_given_back() -> None:
    pinned = booking_day(meeting("m1", "acme", "p1", pin=("08:00", "r1")), meeting("m2", "beta", "p1"))

    with pytest.raises(KeyError):
        openings.Session(pinned).give_back("m1")


def test_a_meeting_that_nobody_knows_has_no_openings() -> None:
    with pytest.raises(KeyError):
        openings.Session(booking_day()).openings("m9")


def test_a_pinned_meeting_has_its_own_place_only_and_is_in_the_way_of_others() -> None:
    pinned = booking_day(meeting("m1", "acme", "p1", pin=("08:30", "r1")), meeting("m2", "beta", "p1"))

    assert places(pinned, "m1") == ["08:30 r1"]
    assert places(pinned, "m2") == ["08:00 r1", "09:00 r1"]


def test_nobody_is_pushed_out_of_the_place_to_which_they_are_pinned() -> None:
    crowded = booking_day(
        meeting("m1", "acme", "p1", pin=("08:00", None)),
        meeting("m2", "beta", "p1", weight=5),
        meeting("m3", "cito", "p1", weight=2),
        rooms=(room("r1", free=spans("08:00-09:00")),),
    )

    assert places(crowded, "m1") == ["08:00 r1"]
    assert places(crowded, "m2") == ["08:30 r1"]
    assert places(crowded, "m3") == []


def test_what_is_fixed_as_announced_is_in_the_way_and_what_is_announced_for_later_is_not() -> None:
    told = booking_day(announced=(announced("m1", "08:00", "r1"), announced("m2", "08:30", "r1")), fixed_until="08:30")

    found = openings.Session(told).openings("m3")

    assert [each.start for each in found.openings] == [at("08:30"), at("09:00")]
    assert found.naive == 2


def test_a_meeting_that_is_required_is_not_pushed_out_by_heavier_ones() -> None:
    crowded = booking_day(
        meeting("m1", "acme", "p1", required=True),
        meeting("m2", "beta", "p1", weight=5),
        meeting("m3", "cito", "p1", weight=2),
        rooms=(room("r1", free=spans("08:00-09:00")),),
    )

    assert places(crowded, "m1") == places(crowded, "m2") == ["08:00 r1", "08:30 r1"]
    assert places(crowded, "m3") == []


def test_as_many_suppliers_are_reached_as_before() -> None:
    crowded = booking_day(
        meeting("m1", "acme", "p1"),
        meeting("m2", "acme", "p1", weight=9),
        meeting("m3", "beta", "p1"),
        rooms=(room("r1", free=spans("08:00-09:00")),),
    )

    # Reaching both suppliers comes first: then the heavier meeting of acme is the one to keep.
    assert places(crowded, "m1") == []
    assert places(crowded, "m2") == places(crowded, "m3") == ["08:00 r1", "08:30 r1"]


def test_the_order_of_the_promises_is_that_of_the_day() -> None:
    heavy = booking_day(
        meeting("m1", "acme", "p1", weight=5),
        meeting("m2", "acme", "p1", weight=5),
        meeting("m3", "beta", "p1"),
        rooms=(room("r1", free=spans("08:00-09:00")),),
        aims=(Aim.PLACED, Aim.REACHED),
    )

    assert places(heavy, "m3") == []


def test_a_day_that_no_plan_fits_offers_nothing() -> None:
    impossible = booking_day(
        meeting("m1", "acme", "p1", required=True, windows=spans("08:00-08:30")),
        meeting("m2", "beta", "p1", required=True, windows=spans("08:00-08:30")),
        meeting("m3", "cito", "p1"),
    )

    assert places(impossible, "m1") == places(impossible, "m3") == []


def test_a_floating_break_moves_out_of_the_way_but_is_held() -> None:
    lunch = session(
        "lunch", 30, kind="break", suppliers=("acme", "beta"), people=("kari",), windows=spans("08:00-09:00")
    )
    with_lunch = booking_day(meeting("m1", "acme", "p1"), meeting("m2", "beta", "p1"), sessions=(lunch,))

    offered = openings.Session(with_lunch)
    assert [each.start for each in offered.openings("m1").openings] == [at("08:00"), at("08:30"), at("09:00")]
    offered.book("m1", at("08:00"), "r1")

    assert [each.start for each in offered.openings("m2").openings] == [at("09:00")]
    # Lunch is not pinned: whoever does not look ahead does not see it.
    assert offered.naive("m2") == 2


def test_two_panels_that_can_share_a_room_leave_the_other_to_a_third() -> None:
    def with_meetings_of(minutes: int) -> Problem:
        return problem(
            frame=day("08:00", "09:00", 15),
            rooms=(room("r1", features=("video",)), room("r2", features=("video",)), room("r3")),
            people=(person("kari"), person("ola"), person("per")),
            panels=tuple(panel(f"p{n}", who, stays=True) for n, who in enumerate(("kari", "ola", "per"), 1)),
            suppliers=(supplier("acme", online=True), supplier("beta", online=True), supplier("cito")),
            meetings=(
                meeting("m1", "acme", "p1", minutes=minutes),
                meeting("m2", "beta", "p2", minutes=minutes),
                meeting("m3", "cito", "p3", minutes=minutes),
            ),
        )

    short, long = openings.Session(with_meetings_of(30)), openings.Session(with_meetings_of(45))
    assert {each.room for each in short.openings("m3").openings} == {"r1", "r2", "r3"}
    assert {each.room for each in long.openings("m3").openings} == {"r3"}
    assert {each.room for each in long.openings("m1").openings} == {"r1", "r2"}

    plan = short.book("m3", at("08:15"), "r1")

    assert breaches(with_meetings_of(30), plan) == ()
    # Now the others have to take turns in the second room.
    assert [(each.start, each.room) for each in short.openings("m1").openings] == [
        (at("08:00"), "r2"),
        (at("08:30"), "r2"),
    ]


def test_a_panel_that_may_move_has_a_meeting_in_any_room_that_is_to_spare() -> None:
    moving = problem(
        frame=day("08:00", "09:00", 30),
        rooms=(room("r1"), room("r2", seats=2)),
        people=(person("kari"),),
        panels=(panel("p1", "kari"),),
        suppliers=(supplier("acme"), supplier("beta", seats=2)),
        meetings=(meeting("m1", "acme", "p1"), meeting("m2", "beta", "p1")),
    )

    assert places(moving, "m1") == ["08:00 r1", "08:00 r2", "08:30 r1", "08:30 r2"]
    assert places(moving, "m2") == ["08:00 r1", "08:30 r1"]


def test_openings_are_printed_as_the_format_has_them() -> None:
    found = openings.Session(booking_day(meeting("m1", "acme", "p1", windows=spans("08:00-09:00")))).openings("m1")

    assert json.loads(found.as_json()) == {
        "meeting": "m1",
        "openings": [{"start": "08:00", "room": "r1"}, {"start": "08:30", "room": "r1"}],
        "naive": 2,
        "safe": 2,
    }
    assert list(found.lines()) == ["08:00 r1", "08:30 r1", "m1: 2 openings; 2 places look free"]


@pytest.mark.slow
def test_or_tools_is_not_loaded() -> None:
    code = "import sys, solver.openings; print(any(name.startswith('ortools') for name in sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_what_an_earlier_booking_has_left_one_place_is_not_offered_elsewhere() -> None:
    # The two must be well apart, and meet twice: what the second meeting has left is known before any search.
    day_of_two = problem(
        frame=day("08:00", "10:00", 15),
        rooms=(room("r1"),),
        suppliers=(supplier("acme", free=spans("08:30-09:30", "09:00-10:00")), supplier("beta")),
        meetings=(
            meeting("long", "acme", "beta", minutes=30, required=True, weight=2),
            meeting("short", "acme", "beta", minutes=15, weight=3),
        ),
        travel=Travel(40, {}),
        apart=(Apart(("acme", "beta"), 40),),
    )
    asked = openings.Session(day_of_two)

    asked.book("short", at("09:45"), "r1")

    assert asked.openings("long").openings == (Opening(at("08:30"), "r1"),)
