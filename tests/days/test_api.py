"""Laying out the day over the API."""

import json

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.days import service
from app.kernel import trail
from tests.days.factories import DAY, a_day, a_dialogue, a_person, a_room, api, organiser

FRAME = {"opens": "08:30", "closes": "16:30", "step_minutes": 5, "meeting_minutes": 45, "pause_minutes": 15}
ANNE = {"name": "Anne Solvang", "email": "anne@vikstrand.example", "buyer": "vikstrand-kommune"}


def test_the_hours_of_the_day_are_set_and_read(client: TestClient, db: Session) -> None:
    dialogue = a_dialogue(db)
    headers = organiser(db, dialogue)
    db.commit()
    url = api(dialogue.id) + "/day"

    before, put = client.get(url, headers=headers), client.put(url, headers=headers, json=FRAME)

    assert (before.status_code, before.json()["detail"]) == (404, "The hours of the day have not been set.")
    assert put.status_code == 200
    assert {name: value for name, value in put.json().items() if name != "id"} == {
        **FRAME,
        "travel_minutes": 0,
        "date": "2099-04-08",
        "timezone": "Europe/Oslo",
    }
    assert client.get(url, headers=headers).json() == put.json()


def test_rooms_people_panels_and_sessions_are_added_and_read(client: TestClient, db: Session) -> None:
    dialogue = a_dialogue(db)
    headers, url = organiser(db, dialogue), api(dialogue.id)
    service.set_day(db, dialogue, DAY)
    db.commit()
    room = {
        "name": "Møterom Furu",
        "email": "furu@vikstrand.example",
        "seats": 8,
        "features": ["video"],
        "free": [["09:00", "12:00"]],
    }
    person = {**ANNE, "phone": "+4622334455", "language": "nn", "skills": ["health"], "free": []}
    panel = {
        "name": "Panel A",
        "members": ["anne-solvang"],
        "needs": {"people": 1, "buyers": 1, "skills": {"health": 1}},
        "rooms": ["moterom-furu"],
        "stays": True,
    }
    lunch = {
        "title": "Lunsj", "kind": "break", "minutes": 30, "windows": [["11:00", "13:00"]], "rooms": [],
        "for_suppliers": True, "for_people": True, "after": [],
    }  # fmt: skip

    added = [
        client.post(f"{url}/{things}", headers=headers, json=thing)
        for things, thing in (("rooms", room), ("people", person), ("panels", panel), ("sessions", lunch))
    ]

    assert [one.status_code for one in added] == [201, 201, 201, 201]
    told = [{name: value for name, value in one.json().items() if name != "id"} for one in added]
    del person["buyer"]
    assert told == [
        {"handle": "moterom-furu", **room},
        {"handle": "anne-solvang", **person},
        {"handle": "panel-a", **panel},
        {"handle": "lunsj", **lunch},
    ]
    for things, one in zip(("rooms", "people", "panels", "sessions"), added, strict=True):
        assert client.get(f"{url}/{things}", headers=headers).json() == [one.json()]


def test_every_change_counts_as_new_facts_and_stands_in_the_trail(client: TestClient, db: Session) -> None:
    dialogue = a_dialogue(db)
    headers = organiser(db, dialogue)
    before = dialogue.facts_version
    db.commit()

    client.put(api(dialogue.id) + "/day", headers=headers, json=FRAME)
    client.post(api(dialogue.id) + "/rooms", headers=headers, json={"name": "Furu", "seats": 8})

    db.refresh(dialogue)
    assert dialogue.facts_version == before + 2
    last = list(trail.entries(db))[-2:]
    assert [(entry.actor, entry.action, entry.kind) for entry in last] == [
        ("organiser", "set", "days"),
        ("organiser", "added", "rooms"),
    ]
    assert trail.first_flaw(db) is None


def test_two_of_the_same_name_get_handles_of_their_own(db: Session) -> None:
    dialogue = a_dialogue(db)
    service.set_day(db, dialogue, DAY)

    assert [a_room(db, dialogue, "Furu").handle for _ in range(3)] == ["furu", "furu-2", "furu-3"]


def test_what_is_unknown_off_the_grid_or_out_of_reach_is_refused_with_its_place(
    client: TestClient, db: Session
) -> None:
    dialogue = a_dialogue(db)
    headers, url = organiser(db, dialogue), api(dialogue.id)
    service.set_day(db, dialogue, DAY.model_copy(update={"step_minutes": 15}))
    a_room(db, dialogue)
    a_person(db, dialogue, "Anne Solvang")
    db.commit()
    panel = {"name": "Panel A", "members": ["anne-solvang"]}
    session = {"title": "Lunsj", "kind": "break", "minutes": 30}

    def refused(things: str, thing: dict[str, object]) -> str:
        answer = client.post(f"{url}/{things}", headers=headers, json=thing)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        return str(answer.json()["detail"])

    grid = "the grid of the day has steps of 15 minutes."
    assert refused("rooms", {"name": "Gran", "seats": 4, "free": [["09:00", "10:05"]]}) == f"free[0]: {grid}"
    assert refused("sessions", {**session, "windows": [["09:05", "10:00"]]}) == f"windows[0]: {grid}"
    assert refused("sessions", {**session, "minutes": 20}) == f"minutes: {grid}"
    assert refused("sessions", {**session, "rooms": ["x"]}) == "rooms[0]: there is no room “x”."
    assert refused("sessions", {**session, "after": ["x"]}) == "after[0]: there is no session “x”."
    assert refused("people", {**ANNE, "buyer": "x"}) == "buyer: there is no municipality “x” in this dialogue."
    assert refused("panels", {**panel, "members": ["x"]}) == "members[0]: there is no person “x”."
    assert refused("panels", {**panel, "rooms": ["furu", "x"]}) == "rooms[1]: there is no room “x”."
    assert refused("panels", {**panel, "needs": {"people": 2}}) == "needs.people: the panel has 1 members."
    assert (
        refused("panels", {**panel, "needs": {"buyers": 2}}) == "needs.buyers: the members come from 1 municipalities."
    )
    assert (
        refused("panels", {**panel, "needs": {"skills": {"ict": 1}}})
        == "needs.skills.ict: 0 of the members have that skill."
    )


def test_nothing_is_laid_out_before_the_hours_are_set(client: TestClient, db: Session) -> None:
    dialogue = a_dialogue(db)
    headers = organiser(db, dialogue)
    db.commit()

    answer = client.post(api(dialogue.id) + "/rooms", headers=headers, json={"name": "Furu", "seats": 8})

    assert (answer.status_code, answer.json()["detail"]) == (409, "Set the hours of the day first.")


def test_the_grid_stays_once_something_stands_on_it(client: TestClient, db: Session) -> None:
    dialogue = a_dialogue(db)
    headers, url = organiser(db, dialogue), api(dialogue.id) + "/day"
    a_day(db, dialogue)
    db.commit()

    longer = client.put(url, headers=headers, json={**FRAME, "closes": "17:00"})
    coarser = client.put(url, headers=headers, json={**FRAME, "step_minutes": 15})

    assert (longer.status_code, longer.json()["closes"]) == (200, "17:00")
    assert (coarser.status_code, coarser.json()["detail"]) == (
        409,
        "The steps of the grid stay as they are once rooms, people or sessions stand on it.",
    )


def test_strangers_and_other_organisers_reach_nothing(client: TestClient, db: Session) -> None:
    mine, other = a_dialogue(db), a_dialogue(db, title="En annen dialog")
    theirs = organiser(db, other)
    a_day(db, mine)
    db.commit()

    for things in ("day", "rooms", "people", "panels", "sessions"):
        url = f"{api(mine.id)}/{things}"
        assert (client.get(url).status_code, client.get(url, headers=theirs).status_code) == (401, 404)
    assert client.post(api(mine.id) + "/rooms", json={"name": "x"}).status_code == 401


def test_what_is_sent_is_taken_strictly(client: TestClient, db: Session) -> None:
    dialogue = a_dialogue(db)
    headers, url = organiser(db, dialogue), api(dialogue.id)
    service.set_day(db, dialogue, DAY)
    db.commit()
    odd_rooms = [
        {"name": "Furu", "seats": True}, {"name": "Furu", "seats": "8"}, {"name": "Furu", "seats": 10**30},
        {"name": "Furu\u202e", "seats": 8}, {"name": "Fu\ud800ru", "seats": 8}, {"name": "Furu", "seats": 8, "id": "x"},
        {"name": "Furu", "seats": 8, "free": [["12:00", "09:00"]]},
        {"name": "Furu", "seats": 8, "free": [["25:00", "26:00"]]},
        {"name": "Furu", "seats": 8, "free": [[540, 600]]}, {"name": "Furu", "seats": 8, "features": ["a", "a"]}, [],
    ]  # fmt: skip
    odd_days = [
        {**FRAME, "opens": "16:30"}, {**FRAME, "opens": "02:30"}, {**FRAME, "step_minutes": 7},
        {**FRAME, "opens": "08:32"}, {**FRAME, "meeting_minutes": 47}, {**FRAME, "date": "2099-04-09"},
    ]  # fmt: skip

    # Python's own JSON, since the client's cannot write half a character.
    rooms = [client.post(f"{url}/rooms", headers=headers, content=json.dumps(room)).status_code for room in odd_rooms]
    days = [client.put(f"{url}/day", headers=headers, json=day).status_code for day in odd_days]

    assert (set(rooms), set(days)) == ({422}, {422})
    assert service.rooms_of(db, dialogue.id) == []
