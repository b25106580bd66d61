"""Booking by exchange: what is offered can be had, everybody keeps a place, and no rule is ever broken."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from solver.exchange import Changed, Standing
from solver.exchanging.ground import Ground
from solver.exchanging.timetable import Placement
from solver.exchanging.vicinity import around, plan_of
from solver.openings import Opening, Session
from solver.plan import Plan
from solver.problem import Aim, Problem
from solver.verify import breaches
from tests.solver.booking_days import booking_days
from tests.solver.factories import day, meeting, panel, person, problem, room, spans, supplier
from tests.solver.strategies import small_days

TINY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def some_plan(asked: Problem) -> Plan:
    """A lawful plan of the day; a day without one is no example."""
    session = Session(asked)
    for each in asked.meetings:
        if found := session.openings(each.id).openings:
            return session.plan(each.id, found[0].start, found[0].room)
    return reject()


def standing(asked: Problem, plan: Plan) -> Standing:
    placements = {each.id: Placement(each.start, each.room, each.people) for each in plan.meetings}
    return Standing(Ground(asked, plan.sessions), placements)


def three_in_a_row() -> Problem:
    """One panel between 09:00 and 10:30, and three who want half an hour of it."""
    return problem(
        frame=day("09:00", "10:30", 15),
        rooms=(room("r1"),),
        people=(person("kari"),),
        panels=(panel("p1", "kari", pause=0),),
        suppliers=(supplier("a"), supplier("b"), supplier("c", free=spans("10:00-10:30"))),
        meetings=tuple(meeting(name, name, "p1", minutes=30) for name in "abc"),
        aims=(Aim.PLACED,),
    )


@TINY
@given(st.one_of(booking_days(8), small_days(8)), st.randoms(use_true_random=False))
def test_whoever_books_what_is_offered_breaks_no_rule_and_takes_nobodys_place(asked: Problem, random: Random) -> None:
    found = standing(asked, some_plan(asked))
    placed, kept = set(found.placements), dict[str, Placement]()
    for name in random.sample(sorted(placed), len(placed)):
        offered = found.openings(name, kept)
        assert offered, "the place that it has is always to be had"
        taken = random.choice(offered)
        changed = found.change(name, taken.start, taken.room, kept)
        assert changed is not None
        found.take(changed)
        kept[name] = found.placements[name]
        now = found.placements
        assert (kept[name][:2], set(now)) == ((taken.start, taken.room), placed)
        assert {each: now[each] for each in kept} == kept
        assert breaches(asked, found.plan()) == ()


@TINY
@given(booking_days(8))
def test_nothing_is_offered_that_cannot_be_had(asked: Problem) -> None:
    found, exact = standing(asked, some_plan(asked)), Session(asked)

    for name in found.placements:
        # Times of sessions stand here, and may change there: what is offered here is among what is offered there.
        assert set(found.openings(name, ())) <= set(exact.openings(name).openings)


@TINY
@given(st.one_of(booking_days(8), small_days(8)), st.randoms(use_true_random=False))
def test_the_vicinity_of_a_change_shows_every_rule_that_it_breaks(asked: Problem, random: Random) -> None:
    asked = replace(asked, rests=(), apart=(), breaks_differ_by=None)
    asked = replace(
        asked,
        meetings=tuple(replace(each, after=()) for each in asked.meetings),
        sessions=tuple(replace(each, after=()) for each in asked.sessions),
    )
    found = standing(asked, some_plan(asked))
    name = random.choice(sorted(found.placements))
    now = found.placements[name]
    start = random.randrange(asked.day.opens, asked.day.closes, asked.day.step)
    moved = Placement(start, random.choice(asked.rooms).id, now.people)
    timetable = found._timetable
    timetable.put(name, moved)

    part, near = around(timetable, [name])
    told = {breach.text for breach in breaches(part, plan_of(timetable, near))}

    assert told == {breach.text for breach in breaches(asked, found.plan())}


def test_others_make_room_and_those_who_have_booked_do_not() -> None:
    asked = three_in_a_row()
    places = {name: Placement(start, "r1", ("kari",)) for name, start in (("a", 540), ("b", 570), ("c", 600))}
    found = Standing(Ground(asked, ()), places)

    assert found.openings("a", ()) == (Opening(540, "r1"), Opening(570, "r1"))
    assert found.openings("a", {"b"}) == (Opening(540, "r1"),)
    assert found.change("a", 570, "r1", ()) == Changed(
        {"a": Placement(570, "r1", ("kari",)), "b": Placement(540, "r1", ("kari",))}
    )
    assert found.change("a", 600, "r1", ()) is None, "the last half hour is all that c has"
    assert found.placements == places, "asking changes nothing"


def test_an_unlawful_change_is_refused_whole() -> None:
    places = {name: Placement(start, "r1", ("kari",)) for name, start in (("a", 540), ("b", 570), ("c", 600))}
    found = Standing(Ground(three_in_a_row(), ()), places)

    with pytest.raises(ValueError, match="breaks a rule"):
        found.take(Changed({"a": Placement(570, "r1", ("kari",))}))

    assert found.placements == places


def test_everyone_who_can_attends_and_no_more_than_the_room_holds() -> None:
    crowd = ("kari", "ola", "per")
    asked = problem(
        frame=day("09:00", "10:00", 30),
        rooms=(room("r1", 3), room("r2", 9)),
        people=tuple(person(name) for name in crowd),
        panels=(panel("p1", *crowd, pause=0, stays=False, rooms=("r1", "r2")),),
        suppliers=(supplier("a", 1),),
        meetings=(meeting("a", "a", "p1", minutes=30),),
    )
    found = Standing(Ground(asked, ()), {"a": Placement(540, "r1", ("kari", "ola"))})

    small, large = (found.change("a", 570, name, ()) for name in ("r1", "r2"))

    assert small == Changed({"a": Placement(570, "r1", ("kari", "ola"))})
    assert large == Changed({"a": Placement(570, "r2", crowd)})
