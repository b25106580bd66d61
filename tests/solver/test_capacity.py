"""Counting alone says how much fits: never less than can be placed, and exactly so in plain cases."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.counting.capacity import Bound, at_most, bounds, day_holds, panels_hold
from solver.problem import Meeting, Needs, Panel, Problem, Rest, Span, Stretch
from tests.solver.exhaustive import all_lawful_times
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
from tests.solver.strategies import small_days

AFTERNOON = day("12:30", "16:00")


def asked(count: int, minutes: int = 30, panels: int = 1, *, pause: int = 0, stretch: Stretch | None = None) -> Problem:
    """A day on which each panel is asked for so many meetings, each by a supplier of its own."""
    numbers = range(count * panels)
    return problem(
        frame=AFTERNOON,
        rooms=tuple(room(f"r{number}") for number in range(panels)),
        people=tuple(person(f"k{number}") for number in range(panels)),
        panels=tuple(panel(f"p{number}", f"k{number}", pause=pause, stretch=stretch) for number in range(panels)),
        suppliers=tuple(supplier(f"s{number:02}") for number in numbers),
        meetings=tuple(
            meeting(f"m{number:02}", f"s{number:02}", f"p{number % panels}", minutes=minutes) for number in numbers
        ),
    )


def with_lengths(*minutes: int) -> Problem:
    """A day on which one panel is asked for meetings of these lengths."""
    alike = asked(len(minutes))
    meetings = (replace(each, minutes=length) for each, length in zip(alike.meetings, minutes, strict=True))
    return replace(alike, meetings=tuple(meetings))


def manned_by(problem: Problem, *panels: Panel) -> Problem:
    """The same day with other panels, which may use every room."""
    every = tuple(each.id for each in problem.rooms)
    return replace(problem, panels=tuple(replace(each, rooms=every) for each in panels))


def held(problem: Problem) -> list[tuple[int, int]]:
    """For each bound, how many of how many can be placed."""
    return [(most, len(meetings)) for meetings, most in at_most(problem)]


# -- panels --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "fit"), [(60, 3), (45, 3), (30, 5), (20, 6)])
def test_an_afternoon_with_pauses_holds_what_the_guidance_says(minutes: int, fit: int) -> None:
    assert held(asked(fit + 1, minutes, pause=15)) == [(fit, fit + 1)]
    assert held(asked(fit, minutes, pause=15)) == []


def test_six_panels_hold_thirty_meetings_of_half_an_hour_and_eighteen_of_an_hour() -> None:
    afternoon = asked(5, 30, panels=6, pause=15)
    assert (day_holds(afternoon, 30), day_holds(afternoon, 60)) == (30, 18)
    assert panels_hold(afternoon, 60) == {f"p{number}": 3 for number in range(6)}


def test_a_panel_without_meetings_holds_none_that_we_know_of() -> None:
    assert panels_hold(manned_by(asked(1), panel("p0", "k0"), panel("p9", "k0")), 30) == {"p0": 7, "p9": 0}


def test_a_bound_says_what_is_confined_to_which_hours_by_whom() -> None:
    assert bounds(asked(8)) == (
        Bound(tuple(f"m{number:02}" for number in range(8)), 7, ("panel:p0",), Span(at("12:30"), at("16:00"))),
    )


def test_meetings_of_several_lengths_are_fitted_shortest_first() -> None:
    # Three of half an hour and two of an hour fill the afternoon to the last minute.
    assert held(with_lengths(30, 30, 30, 60, 60)) == []
    assert held(with_lengths(30, 30, 30, 60, 60, 60)) == [(5, 6)]


def test_a_meeting_with_one_start_is_in_the_way_of_the_others() -> None:
    full = asked(7)
    pinned = replace(full.meetings[3], start=at("12:45"))
    assert held(full) == []
    assert held(replace(full, meetings=(*full.meetings[:3], pinned, *full.meetings[4:]))) == [(6, 7)]


def test_only_the_meetings_confined_to_the_crowded_hours_are_counted() -> None:
    loose = asked(4)
    early = tuple(replace(each, windows=spans("12:30-13:30")) for each in loose.meetings[:3])
    found = bounds(replace(loose, meetings=early + loose.meetings[3:]))
    assert found == (Bound(("m00", "m01", "m02"), 2, ("panel:p0",), Span(at("12:30"), at("13:30"))),)


def test_a_stretch_asks_for_a_rest_in_a_long_row() -> None:
    # Without the rest seven meetings fill the afternoon to the last minute.
    assert held(asked(7, stretch=Stretch(90, 30))) == [(6, 7)]
    assert held(asked(7, stretch=Stretch(240, 30))) == []


def test_a_meeting_longer_than_the_stretch_fits_nowhere() -> None:
    assert held(asked(1, 60, stretch=Stretch(45, 0))) == [(0, 1)]


def test_a_panel_that_stays_has_only_the_hours_of_one_room() -> None:
    halves = (room("r1", free=spans("12:30-14:00")), room("r2", free=spans("14:00-16:00")))
    stays = replace(asked(5), rooms=halves, panels=(panel("p0", "k0", rooms=("r1", "r2"), stays=True),))
    everywhere = tuple(replace(each, rooms=("r1", "r2")) for each in stays.meetings)
    assert held(replace(stays, meetings=everywhere)) == [(4, 5)]
    assert held(replace(stays, meetings=everywhere, panels=(panel("p0", "k0", rooms=("r1", "r2")),))) == []


# -- sessions and rests --------------------------------------------------------------------------------------------

LUNCH = session("lunch", 30, kind="break", windows=spans("13:00-15:00"))
TALK = session("talk", 90, windows=spans("12:30-14:00"))


def test_a_session_of_the_panel_takes_its_time_wherever_it_is_put() -> None:
    assert held(replace(asked(7), sessions=(replace(LUNCH, panels=("p0",)),))) == [(6, 7)]
    assert held(replace(asked(7), sessions=(replace(TALK, panels=("p0",), rooms=("r0",)),))) == [(4, 7)]
    assert held(replace(asked(7), sessions=(LUNCH,))) == []


def test_a_session_of_the_only_member_keeps_the_panel_from_meeting() -> None:
    assert held(replace(asked(7), sessions=(replace(LUNCH, people=("k0",)),))) == [(6, 7)]


def test_a_pause_may_be_spent_in_a_session() -> None:
    # 45 + lunch + 45 + pause + 45: the quarter of an hour is not asked for twice.
    lunch = replace(LUNCH, panels=("p0",))
    assert held(replace(asked(4, 45, pause=30), sessions=(lunch,))) == [(3, 4)]


def test_meetings_after_a_session_begin_when_it_ends() -> None:
    after = tuple(replace(each, after=("talk",)) for each in asked(5).meetings)
    assert held(replace(asked(5), meetings=after, sessions=(replace(TALK, rooms=("r0",)),))) == [(4, 5)]


def test_a_meeting_after_one_that_cannot_take_place_cannot_either() -> None:
    first, second = asked(2).meetings
    never = (replace(first, windows=spans("08:00-09:00")), replace(second, after=("m00",)))
    assert held(replace(asked(2), meetings=never)) == [(0, 1), (0, 1)]


def test_sessions_that_leave_no_room_for_each_other_leave_none_for_meetings() -> None:
    talks = tuple(
        replace(TALK, id=name, minutes=60, panels=("p0",), windows=spans("13:00-14:30")) for name in ("t1", "t2")
    )
    assert held(replace(asked(1), sessions=talks, rooms=(room("r0"), room("r1")))) == [(0, 1)]


def test_a_rest_takes_its_time() -> None:
    rest = Rest((), ("k0",), 40, Span(at("13:00"), at("15:00")))
    assert held(replace(asked(7), rests=(rest,))) == [(5, 7)]
    of_supplier = replace(asked(2, 90), rests=(Rest(("s00",), (), 60, Span(at("13:00"), at("15:00"))),))
    both_of_one = tuple(replace(each, parties=("s00", each.parties[1])) for each in of_supplier.meetings)
    assert held(replace(of_supplier, meetings=both_of_one)) == [(1, 2)]


# -- suppliers, people, rooms --------------------------------------------------------------------------------------


def test_a_supplier_is_in_one_meeting_at_a_time() -> None:
    day_of_two = asked(2, 30, panels=2)
    hurried = tuple(replace(each, parties=("s00", each.parties[1])) for each in day_of_two.meetings[:2])
    one_hour = (supplier("s00", free=spans("13:00-13:45")),)
    found = bounds(replace(day_of_two, meetings=hurried, suppliers=one_hour))
    assert found == (Bound(("m00", "m01"), 1, ("supplier:s00",), Span(at("13:00"), at("13:45"))),)


def test_the_holders_of_a_skill_are_shared_by_the_panels_that_need_it() -> None:
    lawyer, others = person("law", skills=("law",)), (person("k0"), person("k1"))
    needs = Needs(people=2, skills={"law": 1})
    shared = replace(asked(4, 30, panels=2), people=(lawyer, *others))
    found = bounds(manned_by(shared, panel("p0", "k0", "law", needs=needs), panel("p1", "k1", "law", needs=needs)))
    assert [(bound.most, len(bound.meetings), bound.takers) for bound in found] == [(7, 8, ("person:law",))]


def test_two_of_three_people_hold_three_halves_of_what_each_holds() -> None:
    crew = tuple(person(f"k{number}") for number in range(3))
    panels = tuple(panel(f"p{number}", "k0", "k1", "k2", needs=Needs(people=2)) for number in range(4))
    crowded = manned_by(replace(asked(3, 30, panels=4), people=crew), *panels)
    assert held(crowded) == [(10, 12)]


def test_a_buyer_that_must_be_there_is_there_in_one_meeting_at_a_time() -> None:
    crew = (person("k0", "larvik"), person("k1", "skien"), person("k2", "skien"))
    both = Needs(people=2, buyers=2)
    panels = (panel("p0", "k0", "k1", needs=both), panel("p1", "k0", "k2", needs=both))
    (found,) = bounds(manned_by(replace(asked(4, 30, panels=2), people=crew), *panels))
    assert (found.most, len(found.meetings), found.takers) == (7, 8, ("person:k0",))


def test_rooms_hold_no_more_than_one_meeting_at_a_time_each() -> None:
    few_rooms = asked(5, 30, panels=3)
    (found,) = bounds(replace(few_rooms, rooms=few_rooms.rooms[:2], meetings=everywhere(few_rooms, "r0", "r1")))
    assert (found.most, len(found.meetings), found.takers) == (14, 15, ("room:r0", "room:r1"))


def test_two_sessions_that_may_be_held_at_once_take_the_rooms_from_a_meeting_once() -> None:
    # The panel is in one session and the supplier in the other; when both are held at once, there is time to meet.
    day_of_one = asked(1, 60)
    sessions = (session("of the panel", 120, people=("k0",)), session("of the supplier", 120, suppliers=("s00",)))
    assert held(replace(day_of_one, sessions=sessions)) == []
    both = (sessions[0], replace(sessions[1], people=("k0",)))
    assert held(replace(day_of_one, sessions=both)) == [(0, 1)]


def test_meetings_that_need_a_rare_room_are_counted_by_themselves() -> None:
    few_rooms = asked(4, 30, panels=2)
    online = replace(few_rooms, suppliers=tuple(supplier(each.id, online=True) for each in few_rooms.suppliers))
    (found,) = bounds(replace(online, rooms=(room("r0", features=("video",)), room("r1"))))
    assert (found.most, len(found.meetings), found.takers) == (7, 8, ("room:r0",))


def everywhere(problem: Problem, *rooms: str) -> tuple[Meeting, ...]:
    return tuple(replace(each, rooms=rooms) for each in problem.meetings)


# -- meetings that cannot take place at all ------------------------------------------------------------------------


ONE = asked(1)
NOBODY_FREE: dict[str, Problem] = {
    "its window": replace(ONE, meetings=(replace(ONE.meetings[0], windows=spans("12:30-12:45")),)),
    "its supplier": replace(ONE, suppliers=(supplier("s00", free=spans("15:45-16:00")),)),
    "its panel": replace(ONE, people=(person("k0", free=spans("08:00-12:45")),)),
    "a person who is barred": replace(ONE, people=(person("k0", barred=("s00",)),)),
    "a skill that nobody has": manned_by(ONE, panel("p0", "k0", needs=Needs(skills={"law": 1}))),
    "a buyer that nobody is from": manned_by(ONE, panel("p0", "k0", needs=Needs(buyers=2))),
    "its room": replace(ONE, rooms=(room("r0", free=spans("08:00-12:45")),)),
    "seats": replace(ONE, rooms=(room("r0", seats=1),)),
    "video": replace(ONE, suppliers=(supplier("s00", online=True),)),
    "a pin": replace(ONE, meetings=(replace(ONE.meetings[0], start=at("15:45")),)),
    "a pinned room": replace(
        ONE, rooms=(room("r0"), room("r1", seats=1)), meetings=(replace(ONE.meetings[0], room="r1"),)
    ),
    "what is fixed": replace(ONE, announced=(announced("m00", "12:00", "r0"),), fixed_until=at("13:00")),
}


@pytest.mark.parametrize("problem", NOBODY_FREE.values(), ids=NOBODY_FREE)
def test_a_meeting_that_nothing_lets_take_place_is_a_bound_by_itself(problem: Problem) -> None:
    assert bounds(problem) == (Bound(("m00",), 0, ("meeting:m00",), Span(at("12:30"), at("16:00"))),)


# -- in general ----------------------------------------------------------------------------------------------------


@given(problem=small_days())
@settings(max_examples=60, deadline=None)
def test_no_lawful_plan_places_more_than_a_bound(problem: Problem) -> None:
    found = bounds(problem)
    placed = {frozenset(each.id for each in plan.meetings) for plan in all_lawful_times(problem)} if found else set()
    assert [bound for bound in found if any(len(each & {*bound.meetings}) > bound.most for each in placed)] == []


@st.composite
def plain_days(draw: st.DrawFn) -> tuple[Problem, int]:
    """A panel with equal meetings, odd hours and a session that floats; and how many of the meetings truly fit."""
    steps = st.integers(0, 12).map(lambda number: at("12:30") + 15 * number)
    hours = draw(st.lists(st.tuples(steps, steps).map(sorted).filter(lambda span: span[0] < span[1]), max_size=3))
    minutes, pause = draw(st.sampled_from([15, 30, 45])), draw(st.sampled_from([0, 10, 15, 30]))
    windows, lunch = tuple(Span(*span) for span in hours), draw(st.lists(steps, min_size=1, max_size=3, unique=True))
    plain = asked(9, minutes, pause=pause)
    meetings = tuple(replace(each, windows=windows) for each in plain.meetings)
    break_ = session("lunch", 30, kind="break", panels=("p0",), windows=tuple(Span(time, time + 30) for time in lunch))
    frame, begun = replace(plain.day, step=15), [time for time in lunch if time + 30 <= at("16:00")]
    fit = max((_fit(windows, minutes, pause, time) for time in begun), default=0)
    return replace(plain, day=frame, meetings=meetings, sessions=(break_,)), fit


def _fit(windows: tuple[Span, ...], minutes: int, pause: int, lunch: int) -> int:
    """How many meetings fit beside a lunch at a given time: each as early as it can be."""
    fit, ready = 0, 0
    for time in range(at("12:30"), at("16:00"), 15):
        is_free = time + minutes <= lunch or lunch + 30 <= time
        if time >= ready and is_free and any(span.holds(time, time + minutes) for span in windows):
            fit, ready = fit + 1, time + minutes + pause
    return fit


@given(plain=plain_days())
def test_equal_meetings_of_one_panel_are_counted_exactly(plain: tuple[Problem, int]) -> None:
    problem, fit = plain
    most = min((bound.most for bound in bounds(problem) if len(bound.meetings) == 9), default=9)
    assert (0 if held(problem)[:1] == [(0, 1)] else most) == min(fit, 9)


def test_a_day_that_holds_all_that_is_asked_has_no_bound() -> None:
    assert bounds(asked(3)) == ()
