"""The days of the bench: the same from the same seed, of the promised sizes, and with a lawful plan behind them."""

import pytest

from bench import days
from bench.shape import LUNCH_MINUTES, Shape
from solver.files import read_problem, write_problem
from solver.plan import PlacedMeeting, PlacedSession, Plan, Status
from solver.problem import Meeting, Problem
from solver.verify import breaches

SHAPES = {**days.REAL, **{f"openings {name}": shape for name, shape in days.OPENINGS.items()}}


def plan_behind(day: Problem, shape: Shape) -> Plan:
    """The timetable that has been announced, held by those who are there all day, and lunch where it leaves room."""
    told = {each.id: each for each in day.announced}
    lunch, plenary = day.session["lunch"], day.session["plenary"]
    return Plan(
        status=Status.FEASIBLE,
        sessions=(
            PlacedSession(lunch.id, shape.lunch, shape.lunch + LUNCH_MINUTES, None),
            PlacedSession(plenary.id, shape.opens, shape.plenary_ends, "hall"),
        ),
        meetings=tuple(
            PlacedMeeting(each.id, told[each.id].start, told[each.id].start + each.minutes, told[each.id].room, who)
            for each in day.meetings
            for who in [two_of(day, each, told[each.id].start + each.minutes)]
        ),
        unplaced=(),
        aims=(),
        seed=1,
        workers=1,
        solver="none",
        seconds=0.0,
        problem_sha256="",
    )


def two_of(day: Problem, meeting: Meeting, end: int) -> tuple[str, ...]:
    supplier, panel = meeting.parties
    there = [
        member
        for member in day.panel[panel].members[:3]
        if supplier not in day.person[member].barred and day.person[member].free[0].end >= end
    ]
    return tuple(sorted(there[:2]))


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_timetable_behind_a_day_is_a_lawful_plan_with_every_meeting(name: str, seed: int) -> None:
    day = days.announced_day(SHAPES[name], seed)

    plan = plan_behind(day, SHAPES[name])

    assert breaches(day, plan) == ()
    assert len(plan.meetings) == SHAPES[name].meetings


@pytest.mark.parametrize("name", SHAPES)
def test_a_day_is_as_large_as_its_shape_says(name: str) -> None:
    shape = SHAPES[name]

    day = days.day(shape)

    assert (len(day.suppliers), len(day.panels), len(day.meetings)) == (shape.suppliers, shape.panels, shape.meetings)
    assert {party for meeting in day.meetings for party in meeting.parties} == {*day.supplier, *day.panel}


def test_the_same_seed_gives_the_same_day_and_another_seed_another() -> None:
    shape = days.REAL["30x10"]

    assert days.day(shape, 7) == days.day(shape, 7)
    assert days.day(shape, 7) != days.day(shape, 8)


@pytest.mark.parametrize("name", SHAPES)
def test_a_day_is_a_day_file(name: str) -> None:
    day = days.day(SHAPES[name])

    assert read_problem(write_problem(day)) == day


def test_a_real_day_has_all_that_makes_days_hard() -> None:
    day = days.day(days.REAL["60x12"])

    assert {
        "late": any(supplier.free[0].start > day.day.opens for supplier in day.suppliers),
        "early": any(supplier.free[0].end < day.day.closes for supplier in day.suppliers),
        "online": any(supplier.online for supplier in day.suppliers),
        "wishes": any(supplier.wishes for supplier in day.suppliers),
        "barred": any(person.barred for person in day.people),
        "leaves": any(person.free[0].end < day.day.closes for person in day.people),
        "seats": len({room.seats for room in day.rooms}) > 2,
        "video": {bool(room.features) for room in day.rooms} == {True, False},
        "skills": all(panel.needs.skills for panel in day.panels),
        "shared": len([m for panel in day.panels for m in panel.members]) > len(day.people),
        "pauses": {panel.pause_minutes for panel in day.panels} == {15},
        "travel": day.travel.minutes == 5,
    } == dict.fromkeys(
        (
            "late",
            "early",
            "online",
            "wishes",
            "barred",
            "leaves",
            "seats",
            "video",
            "skills",
            "shared",
            "pauses",
            "travel",
        ),
        True,
    )


def test_an_overfull_day_has_time_for_eighteen_of_thirty_meetings() -> None:
    day = days.announced_day(days.OVERFULL)

    assert (len(day.meetings), len(day.announced)) == (30, 18)
    assert days.OVERFULL.panels * len(days.OVERFULL.starts) == 18
