"""Each change turns a day into another day, and touches nothing but what it says."""

from dataclasses import replace

from solver.explaining.changes import (
    Change,
    close_later,
    free_longer,
    open_earlier,
    shorter_meetings,
    shorter_pause,
    together,
)
from solver.explaining.means import add_panels, add_people, add_rooms, go_online, more_seats, new_ids
from solver.explaining.promises import drop_pin, drop_required, let_panel_move, second_day
from solver.problem import Needs, Person, Problem, Room
from tests.solver.factories import announced, day, meeting, panel, person, problem, room, session, spans, supplier

DAY = problem(
    frame=day("08:00", "16:00"),
    rooms=(room("r1", seats=4, free=spans("08:00-16:00")), room("r2", features=("video",), free=spans("10:00-12:00"))),
    people=(person("kari", free=spans("08:00-12:00", "13:00-16:00")), person("ola", "skien", skills=("law",))),
    panels=(
        panel("p1", "kari", "ola", needs=Needs(people=2, skills={"law": 1}), pause=15, stays=True),
        panel("p2", "ola", pause=5),
    ),
    suppliers=(supplier("acme", 3, free=spans("09:00-16:00")), supplier("beta", free=spans("08:00-11:00"))),
    sessions=(session("talk", windows=spans("08:00-10:00")), session("end", windows=spans("15:00-16:00"))),
    meetings=(
        meeting("m1", "acme", "p1", minutes=60, required=True, pin=("10:00", "r1"), windows=spans("09:00-16:00")),
        meeting("m2", "beta", "p2", minutes=30, after=("m1",), windows=spans("08:00-16:00")),
        meeting("m3", "beta", "p1", minutes=45, required=True, windows=spans("13:00-14:00")),
    ),
    announced=(announced("m1", "10:00", "r1"), announced("m2", "12:00", "r2")),
    fixed_until="11:00",
)
WHOLE = (DAY.day.whole,)


def applied(change: Change) -> Problem:
    return change.apply(DAY)


def test_closing_later_moves_the_windows_that_end_when_the_day_does() -> None:
    later = applied(close_later(30))
    assert later == replace(
        DAY,
        day=day("08:00", "16:30"),
        rooms=(replace(DAY.rooms[0], free=spans("08:00-16:30")), DAY.rooms[1]),
        people=(replace(DAY.people[0], free=spans("08:00-12:00", "13:00-16:30")), DAY.people[1]),
        suppliers=(replace(DAY.suppliers[0], free=spans("09:00-16:30")), DAY.suppliers[1]),
        sessions=(DAY.sessions[0], replace(DAY.sessions[1], windows=spans("15:00-16:30"))),
        meetings=(
            replace(DAY.meetings[0], windows=spans("09:00-16:30")),
            replace(DAY.meetings[1], windows=spans("08:00-16:30")),
            DAY.meetings[2],
        ),
    )


def test_opening_earlier_moves_the_windows_that_begin_when_the_day_does() -> None:
    earlier = applied(open_earlier(30))
    assert earlier == replace(
        DAY,
        day=day("07:30", "16:00"),
        rooms=(replace(DAY.rooms[0], free=spans("07:30-16:00")), DAY.rooms[1]),
        people=(replace(DAY.people[0], free=spans("07:30-12:00", "13:00-16:00")), DAY.people[1]),
        suppliers=(DAY.suppliers[0], replace(DAY.suppliers[1], free=spans("07:30-11:00"))),
        sessions=(replace(DAY.sessions[0], windows=spans("07:30-10:00")), DAY.sessions[1]),
        meetings=(DAY.meetings[0], replace(DAY.meetings[1], windows=spans("07:30-16:00")), DAY.meetings[2]),
    )


def longer(who: str, whole: str, *instead_of: str) -> Change:
    (piece,) = spans(whole)
    return free_longer(who, piece, spans(*instead_of))


def test_a_longer_window_comes_in_place_of_those_that_it_is_said_to_replace() -> None:
    kari = longer("person:kari", "08:00-16:00", "08:00-12:00", "13:00-16:00")
    assert applied(kari).people[0].free == spans("08:00-16:00")
    assert applied(longer("room:r2", "10:00-13:00", "10:00-12:00")).rooms[1].free == spans("10:00-13:00")
    beta = longer("supplier:beta", "12:00-13:00")
    assert applied(beta).suppliers[1].free == spans("08:00-11:00", "12:00-13:00")
    talk = longer("session:talk", "08:00-11:00", "08:00-10:00")
    assert applied(talk).sessions[0].windows == spans("08:00-11:00")
    m3 = longer("meeting:m3", "12:00-14:00", "13:00-14:00")
    assert applied(m3).meetings[2].windows == spans("12:00-14:00")
    assert applied(m3).meetings[:2] == DAY.meetings[:2]


def test_a_longer_window_asks_no_more_than_what_it_adds() -> None:
    assert longer("room:r2", "10:00-13:00", "10:00-12:00", "11:00-12:30").burden == 5 + 30
    assert longer("room:r2", "10:00-13:00").burden == 5 + 180


def test_several_changes_are_made_one_after_the_other() -> None:
    both = together((close_later(20), more_seats("r1", 9, 5)))
    assert applied(both) == more_seats("r1", 9, 5).apply(applied(close_later(20)))
    assert both.facts == {
        "changes": [{"kind": "close_later", "minutes": 20}, {"kind": "more_seats", "room": "r1", "seats": 9}]
    }
    assert both.burden == close_later(20).burden + more_seats("r1", 9, 5).burden


def test_a_room_gets_the_seats_that_are_named() -> None:
    assert [each.seats for each in applied(more_seats("r1", 9, 5)).rooms] == [9, DAY.rooms[1].seats]


def test_meetings_are_cut_to_one_length_and_never_made_longer() -> None:
    assert [each.minutes for each in applied(shorter_meetings(45, 15)).meetings] == [45, 30, 45]


def test_pauses_are_cut_to_one_length_and_never_made_longer() -> None:
    assert [each.pause_minutes for each in applied(shorter_pause(10, 5)).panels] == [10, 5]


def test_a_new_room_is_open_to_every_meeting_and_panel() -> None:
    more = applied(add_rooms(2, 5, ("video",)))
    names = ("new-room-1", "new-room-2")
    assert more.rooms[2:] == tuple(Room(name, name, 5, frozenset({"video"}), WHOLE) for name in names)
    assert [each.rooms for each in more.panels] == [("r1", "r2", *names)] * 2
    assert [each.rooms for each in more.meetings] == [("r1", "r2", *names)] * 3
    assert more.sessions == DAY.sessions


def test_a_new_person_is_a_member_of_the_panels_and_free_all_day() -> None:
    more = applied(add_people(1, ("p1",), "law", from_another_buyer=False))
    assert more.people[2:] == (Person("new-person-1", "larvik", frozenset({"law"}), WHOLE, frozenset()),)
    assert [each.members for each in more.panels] == [("kari", "ola", "new-person-1"), ("ola",)]
    other = applied(add_people(2, ("p1", "p2"), None, from_another_buyer=True))
    assert [(each.buyer, each.skills) for each in other.people[2:]] == [
        ("new-buyer-1", frozenset()),
        ("new-buyer-2", frozenset()),
    ]


def test_a_new_panel_takes_over_meetings_with_people_of_its_own() -> None:
    more = applied(add_panels("p1", (("m3",),), 0))
    people = ("new-panel-1-person-1", "new-panel-1-person-2")
    assert more.panels[2:] == (replace(DAY.panels[0], id="new-panel-1", members=people),)
    assert [(each.id, each.skills, each.free) for each in more.people[2:]] == [
        (name, frozenset({"law"}), WHOLE) for name in people
    ]
    assert len({each.buyer for each in more.people}) == 4
    assert [each.parties for each in more.meetings] == [("acme", "p1"), ("beta", "p2"), ("beta", "new-panel-1")]
    assert more.rooms == DAY.rooms


def test_new_panels_may_bring_rooms_of_their_own() -> None:
    more = applied(add_panels("p1", (("m1",), ("m3",)), 2))
    assert [each.id for each in more.panels[2:]] == ["new-panel-1", "new-panel-2"]
    assert [(each.seats, each.features) for each in more.rooms[2:]] == [(5, frozenset({"video"}))] * 2
    assert more.panels[3].rooms == ("r1", "r2", "new-room-1", "new-room-2")


def test_who_goes_online_is_free_all_day_and_rooms_get_video() -> None:
    online = applied(go_online(suppliers=("beta",), rooms=("r1",)))
    assert online.suppliers == (DAY.suppliers[0], replace(DAY.suppliers[1], online=True, free=WHOLE))
    assert [each.features for each in online.rooms] == [frozenset({"video"})] * 2


def test_only_the_panels_named_may_move() -> None:
    moving = applied(let_panel_move(("p1",)))
    assert moving == replace(DAY, panels=(replace(DAY.panels[0], stays=False), DAY.panels[1]))


def test_a_dropped_pin_lets_go_of_what_has_been_told_too() -> None:
    loose = applied(drop_pin(("m1",)))
    assert loose.meetings == (replace(DAY.meetings[0], start=None, room=None), *DAY.meetings[1:])
    assert loose.announced == DAY.announced[1:]


def test_a_meeting_that_is_no_longer_required_is_still_wished_for() -> None:
    assert [each.required for each in applied(drop_required(("m1",))).meetings] == [False, False, True]


def test_on_a_second_day_are_all_meetings_of_a_supplier_and_what_waited_for_them_waits_no_longer() -> None:
    rest = applied(second_day(("acme",)))
    assert rest.meetings == (replace(DAY.meetings[1], after=()), DAY.meetings[2])
    assert rest.announced == DAY.announced[1:]
    assert rest.suppliers == DAY.suppliers


def test_new_ids_are_nobody_elses() -> None:
    assert new_ids("new", 2, ["new-1", "new-3"]) == ("new-2", "new-4")


def test_facts_are_those_of_the_day_format() -> None:
    changes = (
        close_later(20),
        longer("person:kari", "08:00-12:30", "08:00-12:00"),
        shorter_meetings(45, 15),
        add_rooms(1, 5, ()),
        add_people(1, ("p1",), "law", from_another_buyer=True),
        add_panels("p1", (("m1",), ("m3",)), 2),
        go_online(suppliers=("acme",)),
        let_panel_move(("p1",)),
        drop_pin(("m1",)),
        second_day(("acme", "beta")),
    )
    assert [(each.kind, each.facts) for each in changes] == [
        ("close_later", {"minutes": 20}),
        ("free_longer", {"who": "person:kari", "from": "08:00", "to": "12:30", "instead_of": [["08:00", "12:00"]]}),
        ("shorter_meetings", {"minutes": 45}),
        ("add_room", {"rooms": 1, "seats": 5, "features": []}),
        ("add_person", {"people": 1, "panels": ["p1"], "skill": "law", "buyer": "another"}),
        ("add_panel", {"panels": 2, "like": "p1", "rooms": 2, "meetings": ["m1", "m3"]}),
        ("go_online", {"suppliers": ["acme"]}),
        ("let_panel_move", {"panels": ["p1"]}),
        ("drop_pin", {"meetings": ["m1"]}),
        ("second_day", {"suppliers": ["acme", "beta"]}),
    ]


def test_more_of_the_same_asks_more() -> None:
    assert close_later(5).burden < close_later(10).burden
    assert shorter_meetings(45, 15).burden < shorter_meetings(30, 30).burden
    assert second_day(("acme",)).burden < second_day(("acme", "beta")).burden
