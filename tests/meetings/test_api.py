"""One-to-one meetings over the API."""

from typing import Any

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.kernel import trail
from app.meetings.models import Booking, ClaimedCell
from tests.days.factories import a_dialogue, api, organiser
from tests.meetings.factories import a_planned_dialogue, a_supplier, a_wish

TAKEN = "That time has just been taken. Look at what is free now, and choose again."


def _wished(db: Session, *, numbers: int = 1) -> tuple[str, dict[str, str], list[str]]:
    dialogue = a_planned_dialogue(db)
    headers = organiser(db, dialogue)
    wishes = [str(a_wish(db, dialogue, number).id) for number in range(numbers)]
    db.commit()
    return api(dialogue.id), headers, wishes


def _booking(wish: str, clock: str = "13:00", room: str = "furu", **more: object) -> dict[str, object]:
    return {"request": wish, "room": room, "starts_at": f"2099-04-08T{clock}:00+02:00", **more}


def _cells(db: Session) -> int:
    return db.scalars(sa.select(sa.func.count()).select_from(ClaimedCell)).one()


def test_a_meeting_is_wished_for_and_read(client: TestClient, db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    headers, url = organiser(db, dialogue), api(dialogue.id) + "/meeting-requests"
    supplier = a_supplier(db, dialogue)
    db.commit()

    by_handle = client.post(url, headers=headers, json={"supplier": "firma-0-as", "panel": "panel-b", "minutes": 45})
    by_id = client.post(url, headers=headers, json={"supplier": str(supplier.id), "panel": "panel-a"})
    again = client.post(url, headers=headers, json={"supplier": "firma-0-as", "panel": "panel-a"})
    unknown = client.post(url, headers=headers, json={"supplier": "firma-9-as", "panel": "panel-a"})

    assert [one.status_code for one in (by_handle, by_id, again, unknown)] == [201, 201, 409, 422]
    assert client.get(url, headers=headers).json() == [
        {"id": by_id.json()["id"], "supplier": "firma-0-as", "panel": "panel-a", "minutes": 30},
        {"id": by_handle.json()["id"], "supplier": "firma-0-as", "panel": "panel-b", "minutes": 45},
    ]
    assert again.json()["detail"] == "Firma 0 AS has asked for a meeting with Panel A already."
    assert unknown.json()["detail"] == "supplier: there is no supplier “firma-9-as”."


def test_a_meeting_is_booked_moved_and_given_back(client: TestClient, db: Session) -> None:
    url, headers, (wish,) = _wished(db)

    booked = client.post(f"{url}/bookings", headers=headers, json=_booking(wish))
    own = f"{url}/bookings/{booked.json()['id']}"
    to = {"room": "gran", "starts_at": "2099-04-08T12:00:00Z", "people": ["liv-elvebakk"]}
    moved = client.put(own, headers=headers, json=to)
    listed = client.get(f"{url}/bookings", headers=headers).json()
    cancelled, gone = client.delete(own, headers=headers), client.delete(own, headers=headers)

    assert (booked.status_code, booked.json()) == (
        201,
        {
            "id": booked.json()["id"],
            "request": wish,
            "supplier": "firma-0-as",
            "panel": "panel-a",
            "room": "furu",
            "starts_at": "2099-04-08T11:00:00Z",
            "ends_at": "2099-04-08T11:30:00Z",
            "people": ["anne-solvang", "liv-elvebakk"],
        },
    )
    assert moved.json() == {
        **booked.json(),
        "room": "gran",
        "starts_at": "2099-04-08T12:00:00Z",
        "ends_at": "2099-04-08T12:30:00Z",
        "people": ["liv-elvebakk"],
    }
    assert listed == [moved.json()]
    assert (cancelled.status_code, gone.status_code) == (204, 404)
    assert (_cells(db), list(db.scalars(sa.select(Booking)))) == (0, [])
    actions = [entry.action for entry in trail.entries(db) if entry.kind == "bookings"]
    assert (actions, trail.first_flaw(db)) == (["booked", "moved", "cancelled"], None)


def test_a_meeting_that_moves_keeps_no_cell_where_it_was(client: TestClient, db: Session) -> None:
    url, headers, wishes = _wished(db, numbers=2)

    first = client.post(f"{url}/bookings", headers=headers, json=_booking(wishes[0], "13:00")).json()
    move = client.put(f"{url}/bookings/{first['id']}", headers=headers, json=_place("13:15"))
    early = client.post(f"{url}/bookings", headers=headers, json=_booking(wishes[1], "12:45"))
    late = client.post(f"{url}/bookings", headers=headers, json=_booking(wishes[1], "13:00"))

    assert (move.status_code, early.status_code, late.status_code) == (200, 201, 409)
    assert _cells(db) == 2 * 6 * 4  # two meetings of six cells, each for a room, a supplier and two people


def _place(clock: str, room: str = "furu") -> dict[str, str]:
    return {"room": room, "starts_at": f"2099-04-08T{clock}:00+02:00"}


def test_a_move_to_a_taken_time_changes_nothing(client: TestClient, db: Session) -> None:
    url, headers, wishes = _wished(db, numbers=2)
    client.post(f"{url}/bookings", headers=headers, json=_booking(wishes[0], "13:00"))
    second = client.post(f"{url}/bookings", headers=headers, json=_booking(wishes[1], "14:00")).json()

    moved = client.put(f"{url}/bookings/{second['id']}", headers=headers, json=_place("13:15"))

    assert (moved.status_code, moved.json()["detail"]) == (409, TAKEN)
    assert client.get(f"{url}/bookings", headers=headers).json()[1] == second
    assert _cells(db) == 2 * 6 * 4


def test_book_cancel_and_rebook_leaves_no_zombie_and_loses_no_time(client: TestClient, db: Session) -> None:
    url, headers, wishes = _wished(db, numbers=2)

    for turn in range(6):
        wish, other = wishes[turn % 2], wishes[(turn + 1) % 2]
        booked = client.post(f"{url}/bookings", headers=headers, json=_booking(wish))
        lost = client.post(f"{url}/bookings", headers=headers, json=_booking(other))
        gone = client.delete(f"{url}/bookings/{booked.json()['id']}", headers=headers)
        assert (booked.status_code, lost.status_code, gone.status_code) == (201, 409, 204)

    assert _cells(db) == 0


def test_the_same_wish_is_booked_once(client: TestClient, db: Session) -> None:
    url, headers, (wish,) = _wished(db)

    first = client.post(f"{url}/bookings", headers=headers, json=_booking(wish, "13:00"))
    second = client.post(f"{url}/bookings", headers=headers, json=_booking(wish, "14:00", "gran"))

    assert (first.status_code, second.status_code) == (201, 409)
    assert second.json()["detail"] == "That meeting has a time already: move it instead."


def test_a_place_that_breaks_a_rule_by_itself_is_refused(client: TestClient, db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    headers, url = organiser(db, dialogue), api(dialogue.id)
    other = a_dialogue(db, title="En annen")
    foreign_headers = organiser(db, other)
    wish = a_wish(db, dialogue)
    big = a_supplier(db, dialogue, 1, seats=3, online=True)
    db.commit()
    video = client.post(
        f"{url}/meeting-requests", headers=headers, json={"supplier": big.handle, "panel": "panel-a"}
    ).json()["id"]
    client.post(f"{url}/rooms", headers=headers, json={"name": "Kott", "seats": 4, "features": ["video"]})

    def refused(booking: dict[str, Any]) -> tuple[int, str]:
        answer = client.post(f"{url}/bookings", headers=headers, json=booking)
        return answer.status_code, answer.json()["detail"]

    day = "starts_at: the day is 2099-04-08, from 09:00 to 16:00."
    own = str(wish.id)
    assert refused(_booking(own, "15:45")) == (422, day)
    assert refused(_booking(own, "08:00")) == (422, day)
    assert refused({**_booking(own), "starts_at": "2099-04-09T13:00:00+02:00"}) == (422, day)
    grid = "starts_at: the grid of the day has steps of 5 minutes."
    assert refused(_booking(own, "13:02")) == (422, grid)
    assert refused({**_booking(own), "starts_at": "2099-04-08T13:00:01+02:00"}) == (422, grid)
    assert refused(_booking(own, room="x")) == (422, "room: there is no room “x”.")
    assert refused(_booking(own, people=["x"])) == (422, "person: there is no person “x”.")
    assert refused(_booking(own, people=["per-aune"])) == (
        422, "people: only members of the panel who are not barred from this supplier may attend.",
    )  # fmt: skip
    assert refused(_booking(own, people=[])) == (422, "people: nobody of the panel may meet this supplier.")
    assert refused(_booking(video, room="kott")) == (422, "room: Kott has 4 seats, and 5 come.")
    assert refused(_booking(video, room="gran")) == (422, "room: Firma 1 AS comes by video, which Gran does not have.")
    for odd in ("2099-04-08T13:00:00", "0001-01-01T00:00:00+14:00", 4_000_000_000, "x"):
        assert refused({**_booking(own), "starts_at": odd})[0] == 422
    foreign = client.post(f"{api(other.id)}/bookings", headers=foreign_headers, json=_booking(own))
    assert (foreign.status_code, client.get(f"{url}/bookings", headers=headers).json()) == (404, [])


def test_barred_people_do_not_attend(client: TestClient, db: Session) -> None:
    url, headers, (wish,) = _wished(db)
    barred = {"person": "anne-solvang", "supplier": "firma-0-as"}

    twice = [client.post(f"{url}/barred", headers=headers, json=barred).status_code for _ in range(2)]
    asked = client.post(f"{url}/bookings", headers=headers, json=_booking(wish, people=["anne-solvang"]))
    booked = client.post(f"{url}/bookings", headers=headers, json=_booking(wish))

    assert (twice, client.get(f"{url}/barred", headers=headers).json()) == ([201, 201], [barred])
    assert asked.status_code == 422
    assert booked.json()["people"] == ["liv-elvebakk"]


def test_strangers_and_other_organisers_reach_nothing(client: TestClient, db: Session) -> None:
    url, headers, (wish,) = _wished(db)
    other = a_dialogue(db, title="En annen dialog")
    theirs = organiser(db, other)
    db.commit()
    booked = client.post(f"{url}/bookings", headers=headers, json=_booking(wish)).json()

    for path in ("meeting-requests", "bookings", "barred"):
        assert client.get(f"{url}/{path}").status_code == 401
        assert client.get(f"{url}/{path}", headers=theirs).status_code == 404
    assert client.delete(f"{url}/bookings/{booked['id']}", headers=theirs).status_code == 404
    across = f"{api(other.id)}/bookings/{booked['id']}"
    assert client.delete(across, headers=theirs).status_code == 404
    assert client.get(f"{url}/bookings", headers=headers).json() == [booked]
