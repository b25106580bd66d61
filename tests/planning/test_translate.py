"""What the solver is given: the facts, and nothing of the order in which they came in."""

import dataclasses
import json
import random
from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.meetings.schemas import Place, SessionPlace
from app.planning.translate import Facts, places_of, problem_of, session_places_of
from solver.files import read_problem, write_problem
from solver.plan import PlacedMeeting, PlacedSession, Plan, Status
from tests.planning.factories import (
    a_booking,
    a_day,
    a_panel,
    a_person,
    a_room,
    a_session,
    a_supplier,
    a_wish,
    facts,
    id_of,
    moment,
)


def _day_file(given_facts: Facts) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(problem_of(given_facts))
    return values


def _of(values: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(value for value in values if value["id"] == name)


def test_the_facts_become_a_day_file() -> None:
    told = _day_file(facts())
    whole_day, rooms = [["09:00", "16:00"]], ["aula", "furu", "gran"]

    assert told["day"] == {
        "date": "2099-04-08", "timezone": "Europe/Oslo", "opens": "09:00", "closes": "16:00", "step_minutes": 5,
    }  # fmt: skip
    assert told["travel"]["minutes"] == 5
    assert told["rooms"] == [
        {"id": "aula", "name": "Aula", "seats": 99, "features": [], "free": whole_day},
        {"id": "furu", "name": "Furu", "seats": 8, "features": ["stage", "video"], "free": whole_day},
        {"id": "gran", "name": "Gran", "seats": 8, "features": [], "free": [["10:00", "12:00"]]},
    ]
    assert told["people"] == [
        {"id": "kari", "buyer": "vikstrand", "skills": ["health", "ict"], "free": whole_day, "barred": ["beta"]},
        {"id": "ola", "buyer": "vikstrand", "skills": [], "free": whole_day, "barred": []},
        {"id": "per", "buyer": "elvemo", "skills": [], "free": whole_day, "barred": []},
    ]
    assert told["panels"][0] == {
        "id": "a", "members": ["kari", "per"], "needs": {"people": 2, "buyers": 2, "skills": {"ict": 1}},
        "rooms": rooms, "stays": True, "pause_minutes": 10, "stretch": None,
    }  # fmt: skip
    assert told["suppliers"] == [
        {"id": "acme", "seats": 2, "online": False, "free": whole_day,
         "wishes": [{"from": "13:00", "to": "16:00", "weight": 2}]},
        {"id": "beta", "seats": 2, "online": True, "free": whole_day, "wishes": []},
        {"id": "cura", "seats": 2, "online": False, "free": whole_day, "wishes": []},
    ]  # fmt: skip
    everyone = {"suppliers": ["acme", "beta", "cura"], "panels": [], "people": ["kari", "ola", "per"], "after": []}
    assert told["sessions"] == [
        {"id": "lunch", "title": "Lunch", "kind": "break", "minutes": 30, "windows": whole_day, **everyone},
        {"id": "plenary", "title": "Plenary", "kind": "plenary", "minutes": 60, "windows": [["09:00", "10:00"]],
         "rooms": rooms, **everyone},
    ]  # fmt: skip
    assert [(one["id"], one["parties"], one["minutes"], one["required"]) for one in told["meetings"]] == [
        ("acme--a", ["acme", "a"], 30, False),
        ("beta--b", ["beta", "b"], 45, False),
        ("cura--a", ["cura", "a"], 30, False),
    ]
    assert told["announced"] == {"meetings": [{"id": "acme--a", "start": "13:15", "room": "furu"}], "fixed_until": None}


@given(st.randoms(use_true_random=False))
def test_the_order_of_registration_does_not_matter(chance: random.Random) -> None:
    in_order = facts()
    lists = {field.name: getattr(in_order, field.name) for field in dataclasses.fields(in_order) if field.name != "day"}

    shuffled = Facts(in_order.day, **{name: chance.sample(rows, len(rows)) for name, rows in lists.items()})

    assert problem_of(shuffled) == problem_of(in_order)


def test_random_ids_do_not_matter() -> None:
    told = problem_of(facts())
    other = facts()
    new = uuid4()
    for request in other.requests:
        if request.supplier_id == id_of("cura"):
            request.supplier_id = new
    next(one for one in other.suppliers if one.handle == "cura").id = new

    assert problem_of(other) == told


def test_who_has_withdrawn_is_gone_from_every_list() -> None:
    told = _day_file(facts(suppliers=[a_supplier("beta"), a_supplier("cura")]))

    assert [one["id"] for one in told["meetings"]] == ["beta--b", "cura--a"]
    assert told["announced"]["meetings"] == []
    assert _of(told["sessions"], "plenary")["suppliers"] == ["beta", "cura"]


def test_times_off_the_grid_or_outside_the_day_shrink_to_it() -> None:
    told = _day_file(
        facts(
            day=a_day(step_minutes=15),
            suppliers=[
                a_supplier("acme", arrives=605, leaves=925, wishes=[[605, 640, 1], [500, 600, 2], [600, 610, 3]]),
                a_supplier("beta", arrives=965),
                a_supplier("cura", leaves=1200),
            ],
        )
    )

    assert [one["free"] for one in told["suppliers"]] == [[["10:15", "15:15"]], [], [["09:00", "16:00"]]]
    assert _of(told["suppliers"], "acme")["wishes"] == [
        {"from": "09:00", "to": "10:00", "weight": 2},
        {"from": "10:15", "to": "10:30", "weight": 1},
    ]


def test_who_cannot_be_at_a_session_is_not_asked_to_come() -> None:
    told = _day_file(
        facts(
            suppliers=[a_supplier("acme", arrives=545), a_supplier("beta", leaves=600), a_supplier("cura")],
            people=[a_person("kari", free=[[540, 570], [600, 960]]), a_person("ola"), a_person("per")],
        )
    )

    assert _of(told["sessions"], "plenary")["suppliers"] == ["beta", "cura"]
    assert _of(told["sessions"], "plenary")["people"] == ["ola", "per"]
    assert _of(told["sessions"], "lunch")["suppliers"] == ["acme", "beta", "cura"]


def test_sessions_for_one_kind_only_ask_nobody_else() -> None:
    told = _day_file(facts(sessions=[a_session("stand", "workshop", 30, for_people=False, rooms=["gran"])]))

    assert told["sessions"][0]["people"] == []
    assert (told["sessions"][0]["suppliers"], told["sessions"][0]["rooms"]) == (["acme", "beta", "cura"], ["gran"])


def test_what_was_told_of_another_date_binds_nobody() -> None:
    booking = a_booking("acme", "a", "13:15", "furu")
    booking.starts_at = booking.starts_at.replace(day=9)

    assert _day_file(facts(bookings=[booking]))["announced"]["meetings"] == []


def test_a_panel_and_a_supplier_of_the_same_name_are_told_apart() -> None:
    same = facts(suppliers=[a_supplier("a")], requests=[a_wish("a", "a")], bookings=[])
    told = _day_file(same)

    assert [one["id"] for one in told["panels"]] == ["a--panel", "b"]
    assert [(one["id"], one["parties"]) for one in told["meetings"]] == [("a--a--panel", ["a", "a--panel"])]
    assert same.labels == {"a": "A AS", "a--panel": "A", "b": "B"}


def test_the_day_file_is_one_that_the_solver_takes() -> None:
    content = problem_of(facts())

    assert write_problem(read_problem(content)) == content


def test_a_plan_becomes_places_for_the_wishes() -> None:
    plan = Plan(
        status=Status.OPTIMAL,
        sessions=(PlacedSession("plenary", 540, 600, "aula"), PlacedSession("lunch", 690, 720, None)),
        meetings=(PlacedMeeting("acme--a", 780, 810, "furu", ("kari", "per")),),
        unplaced=("beta--b", "cura--a"),
        aims=(),
        seed=1,
        workers=2,
        solver="",
        seconds=1.0,
        problem_sha256="",
    )

    assert places_of(facts(), plan) == {
        id_of("acme--a"): Place(id_of("furu"), moment("13:00"), (id_of("kari"), id_of("per")))
    }
    assert session_places_of(facts(), plan) == {
        id_of("plenary"): SessionPlace(id_of("aula"), moment("09:00")),
        id_of("lunch"): SessionPlace(None, moment("11:30")),
    }


def test_every_part_of_the_facts_is_told() -> None:
    told = problem_of(facts())
    changes: list[dict[str, object]] = [
        {"day": a_day(pause_minutes=15)},
        {"rooms": [a_room("aula"), a_room("furu"), a_room("gran")]},
        {"panels": [a_panel("a", a_person("kari"), stays=False), a_panel("b", a_person("ola"))]},
        {"requests": [a_wish("acme", "b")]},
        {"barred": []},
        {"bookings": []},
    ]

    assert told not in [problem_of(facts(**change)) for change in changes]


def test_no_meeting_comes_before_the_conference_that_all_are_to_have_heard() -> None:
    lunch_only = facts(sessions=[a_session("lunch", "break", 30)])

    assert [meeting["after"] for meeting in _day_file(lunch_only)["meetings"]] == [[], [], []]
    assert [meeting["after"] for meeting in _day_file(facts())["meetings"]] == [["plenary"]] * 3
