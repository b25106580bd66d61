"""R5 room, kept and broken."""

from dataclasses import replace

from solver.plan import PlacedMeeting, PlacedSession
from solver.rules import Breach, Rule
from solver.verify import breaches
from tests.solver.factories import bare_plan, meeting, panel, person, plan_of, problem, room, session, supplier

TWO_BY_TWO = problem(
    people=(person("kari"), person("ola")),
    panels=(panel("p1", "kari", "ola"), panel("p2", "kari", "ola")),
    suppliers=(supplier("acme"), supplier("beta")),
    meetings=(meeting("m1", "acme", "p1"), meeting("m2", "beta", "p2"), meeting("m3", "acme", "p2")),
)


def test_a_room_may_be_full_to_the_last_seat() -> None:
    full = problem(
        rooms=(room("r1", seats=5),),
        people=(person("kari"), person("ola")),
        panels=(panel("p1", "kari", "ola"), panel("p2", "kari")),
        suppliers=(supplier("acme", seats=2), supplier("beta", seats=1)),
        meetings=(meeting("m1", "acme", "beta", "p1", "p2"),),
    )

    assert breaches(full, plan_of(full, m1=("09:00", "r1", "kari", "ola"))) == ()


def test_a_room_with_too_few_seats_is_told_also_when_some_are_online() -> None:
    small = problem(
        rooms=(room("r1", seats=4, features=["video"]),),
        people=(person("kari"), person("ola")),
        panels=(panel("p1", "kari", "ola"),),
        suppliers=(supplier("acme", seats=3, online=True),),
        meetings=(meeting("m1", "acme", "p1"),),
    )

    assert breaches(small, plan_of(small, m1=("09:00", "r1", "kari"))) == ()
    assert breaches(small, plan_of(small, m1=("09:00", "r1", "kari", "ola"))) == (
        Breach(
            Rule.ROOM,
            ("meeting:m1", "room:r1"),
            "Meeting m1 (09:00–09:30) takes 5 seats, but room r1 has 4.",
        ),
    )


def test_a_session_seats_everyone_once_whatever_they_come_for() -> None:
    plenary = problem(
        rooms=(room("r1", seats=4), room("r2", seats=5)),
        people=(person("kari"), person("ola")),
        panels=(panel("p1", "kari", "ola"), panel("p2", "kari")),
        suppliers=(supplier("acme", seats=3),),
        sessions=(session("plenary", suppliers=("acme",), panels=("p1", "p2"), people=("kari",)),),
    )

    assert breaches(plenary, plan_of(plenary, plenary=("09:00", "r2"))) == ()
    assert breaches(plenary, plan_of(plenary, plenary=("09:00", "r1"))) == (
        Breach(
            Rule.ROOM,
            ("session:plenary", "room:r1"),
            "Session plenary (09:00–09:30) takes 5 seats, but room r1 has 4.",
        ),
    )


def test_an_online_supplier_needs_video_in_meetings_and_in_sessions_with_a_room() -> None:
    online = problem(
        rooms=(room("r1"), room("r2", features=["video"])),
        suppliers=(supplier("acme", online=True), supplier("beta")),
        sessions=(session("lunch", kind="break", suppliers=("acme",)), session("plenary", suppliers=("acme",))),
        meetings=(meeting("m1", "acme", "beta"),),
    )
    lunch = ("12:00", None)

    assert breaches(online, plan_of(online, lunch=lunch, plenary=("09:00", "r2"), m1=("10:00", "r2"))) == ()
    assert breaches(online, plan_of(online, lunch=lunch, plenary=("09:00", "r1"), m1=("10:00", "r1"))) == (
        Breach(
            Rule.ROOM,
            ("session:plenary", "room:r1"),
            "Session plenary (09:00–09:30) has acme online, but room r1 has no video.",
        ),
        Breach(
            Rule.ROOM,
            ("meeting:m1", "room:r1"),
            "Meeting m1 (10:00–10:30) has acme online, but room r1 has no video.",
        ),
    )


def test_a_room_that_is_not_allowed_is_told() -> None:
    bound = replace(
        TWO_BY_TWO,
        panels=(replace(TWO_BY_TWO.panels[0], rooms=("r1",)), TWO_BY_TWO.panels[1]),
        meetings=(TWO_BY_TWO.meetings[0], replace(TWO_BY_TWO.meetings[1], rooms=("r1",))),
    )

    assert breaches(bound, plan_of(bound, m1=("09:00", "r2", "kari"), m2=("10:00", "r2", "kari"))) == (
        Breach(
            Rule.ROOM,
            ("meeting:m1", "room:r2", "panel:p1"),
            "Meeting m1 (09:00–09:30) is in room r2, where panel p1 may not meet.",
        ),
        Breach(Rule.ROOM, ("meeting:m2", "room:r2"), "Meeting m2 (10:00–10:30) may not be in room r2."),
    )


def test_the_rooms_of_a_panel_do_not_bind_its_sessions() -> None:
    bound = replace(
        TWO_BY_TWO,
        panels=(replace(TWO_BY_TWO.panels[0], rooms=("r1",)),),
        meetings=(),
        sessions=(replace(session("plenary", panels=("p1",)), rooms=("r2",)),),
    )

    assert breaches(bound, plan_of(bound, plenary=("09:00", "r2"))) == ()
    assert breaches(bound, plan_of(bound, plenary=("09:00", "r1"))) == (
        Breach(Rule.ROOM, ("session:plenary", "room:r1"), "Session plenary (09:00–09:30) may not be in room r1."),
    )


def test_a_session_has_a_room_if_and_only_if_it_needs_one() -> None:
    programme = problem(sessions=(session("plenary"), session("lunch", kind="break")))
    plan = bare_plan(programme, (PlacedSession("plenary", 540, 570, None), PlacedSession("lunch", 540, 570, "r1")), ())

    assert breaches(programme, plan) == (
        Breach(Rule.ROOM, ("session:lunch", "room:r1"), "Session lunch (09:00–09:30) may not be in room r1."),
        Breach(Rule.ROOM, ("session:plenary",), "Session plenary (09:00–09:30) needs a room, but has none."),
    )


def test_a_break_that_names_rooms_needs_one() -> None:
    lunch = problem(sessions=(session("lunch", kind="break", rooms=("r2",)),))

    assert breaches(lunch, plan_of(lunch, lunch=("12:00", "r2"))) == ()
    assert breaches(lunch, plan_of(lunch, lunch=("12:00", None))) == (
        Breach(Rule.ROOM, ("session:lunch",), "Session lunch (12:00–12:30) needs a room, but has none."),
    )


def test_a_room_that_nobody_knows_is_told() -> None:
    plan = bare_plan(TWO_BY_TWO, (), (PlacedMeeting("m1", 540, 570, "attic", ("kari",)),))

    assert breaches(TWO_BY_TWO, plan) == (
        Breach(
            Rule.ROOM,
            ("meeting:m1", "room:attic"),
            "Meeting m1 (09:00–09:30) is in room attic, which nobody knows.",
        ),
    )
