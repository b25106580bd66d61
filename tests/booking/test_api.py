"""Booking over the API: a supplier's system looks and takes, the organiser's says how, and strangers learn nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import access
from app.kernel.access import Right
from app.meetings.models import MeetingRequest
from tests.booking.factories import a_booking_day
from tests.days.factories import api, organiser

MEETINGS = "/api/v1/meetings"


@pytest.fixture
def day(db: Session) -> tuple[Dialogue, list[MeetingRequest]]:
    return a_booking_day(db)


def bearer(db: Session, request: MeetingRequest) -> dict[str, str]:
    token = access.grant(db, Right.SUPPLIER, request.supplier_id)
    db.commit()
    return {"Authorization": f"Bearer {token}"}


def openings(client: TestClient, headers: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(MEETINGS, headers=headers).json()[0]["openings"]
    return found


def test_a_system_looks_takes_moves_and_gives_back(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    mine, headers = day[1][0], bearer(db, day[1][0])
    first, *_, last = openings(client, headers)
    address = f"{MEETINGS}/{mine.id}"

    taken = client.put(address, json={"starts_at": last["starts_at"]}, headers=headers)
    moved = client.put(address, json={"starts_at": first["starts_at"]}, headers=headers)
    given_back = client.delete(address, headers=headers)

    told = {"meeting": str(mine.id), "panel": "Panel A", "minutes": 30, "openings": []}
    assert (taken.status_code, taken.json()) == (200, {**told, **last})
    assert (moved.status_code, moved.json()) == (200, {**told, **first})
    assert (given_back.status_code, client.get(MEETINGS, headers=headers).json()[0]["starts_at"]) == (204, None)


def test_a_lost_race_is_a_conflict_with_what_is_left(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    winner, loser = day[1][0], day[1][2]
    wanted = openings(client, bearer(db, winner))[-1]["starts_at"]
    client.put(f"{MEETINGS}/{winner.id}", json={"starts_at": wanted}, headers=bearer(db, winner))

    lost = client.put(f"{MEETINGS}/{loser.id}", json={"starts_at": wanted}, headers=bearer(db, loser))

    assert (lost.status_code, lost.headers["content-type"]) == (409, "application/problem+json")
    assert lost.json()["detail"] == "That time can no longer be had."
    assert lost.json()["openings"] == openings(client, bearer(db, loser))
    assert wanted not in {one["starts_at"] for one in lost.json()["openings"]}


def test_the_answer_to_one_who_waits_for_the_desk_says_when_to_come_back(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    mine, headers = day[1][0], bearer(db, day[1][0])
    wanted = openings(client, headers)[0]["starts_at"]
    day[0].facts_version += 1
    db.commit()

    answer = client.put(f"{MEETINGS}/{mine.id}", json={"starts_at": wanted}, headers=headers)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")


def test_an_order_with_a_key_is_done_once_and_another_with_it_is_refused(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    """B7, B8: late, too."""
    mine, headers = day[1][0], {**bearer(db, day[1][0]), "Idempotency-Key": "order-1"}
    one, two = openings(client, headers)[:2]
    address = f"{MEETINGS}/{mine.id}"

    answers = [client.put(address, json={"starts_at": one["starts_at"]}, headers=headers) for _ in range(3)]
    other = client.put(address, json={"starts_at": two["starts_at"]}, headers=headers)

    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, answers[0].json())] * 3
    assert (other.status_code, other.json()["detail"]) == (409, "That key has been used for another order.")


def test_nobody_reaches_the_meeting_of_another(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    """Z3, Z4: an id that a letter or a calendar tells grants nothing; it is as one that is not there."""
    headers, rival = bearer(db, day[1][0]), day[1][2]
    wanted = {"starts_at": openings(client, headers)[0]["starts_at"]}

    for method, body in (("PUT", wanted), ("DELETE", None)):
        own, absent = (
            client.request(method, f"{MEETINGS}/{one}", json=body, headers=headers) for one in (rival.id, uuid4())
        )
        assert (own.status_code, own.json()) == (404, absent.json())


def test_without_a_session_nothing_is_open(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    feed = access.grant(db, Right.SUPPLIER_FEED, day[1][0].supplier_id)
    db.commit()

    for headers in ({}, {"Authorization": "Bearer nothing"}, {"Authorization": f"Bearer {feed}"}):
        assert client.get(MEETINGS, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {"starts_at": "2099-04-08T10:00:00"},
        {"starts_at": 9},
        {"starts_at": None},
        {"starts_at": "9999-12-31T23:59:59-12:00"},
        {"starts_at": "2099-04-08T10:00:00+02:00", "room": "furu"},
        {"starts_at": "2099-04-08T10:00:00+02:00", "supplier_id": str(UUID(int=7))},
        {},
    ],
    ids=str,
)
def test_a_faulty_order_is_refused_and_changes_nothing(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]], body: dict[str, Any]
) -> None:
    """I20, I23."""
    headers = bearer(db, day[1][0])

    answer = client.put(f"{MEETINGS}/{day[1][0].id}", json=body, headers=headers)

    assert answer.status_code == 422, answer.text
    assert client.get(MEETINGS, headers=headers).json()[0]["starts_at"] is None


def test_the_organiser_says_how_times_are_given_out_and_sees_how_it_goes(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    """B9, B10: and who keeps changing its mind."""
    dialogue, asked = day
    headers, address = organiser(db, dialogue), f"{api(dialogue.id)}/booking"
    db.commit()
    way = {"way": "first_come", "opens_at": "2026-11-01T08:00:00+01:00", "closes_at": "2099-04-01T12:00:00+02:00"}

    changed = client.put(address, json=way, headers=headers)
    wanted = openings(client, bearer(db, asked[0]))[0]["starts_at"]
    client.put(f"{MEETINGS}/{asked[0].id}", json={"starts_at": wanted}, headers=bearer(db, asked[0]))
    seen = client.get(address, headers=headers).json()
    too_late = client.put(address, json={"way": "wishes_then_plan"}, headers=headers)

    assert changed.status_code == 200, changed.text
    assert seen == {
        "way": "first_come",
        "opens_at": "2026-11-01T07:00:00Z",
        "closes_at": "2099-04-01T10:00:00Z",
        "state": "ready",
        "meetings": 4,
        "placed": 4,
        "booked": 1,
        "acts": {"firma-0": 1},
    }
    assert (too_late.status_code, too_late.json()["detail"]) == (
        409,
        "A supplier has chosen its time already: the same must hold for all.",
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"closes_at": None}, "closes_at: Say when suppliers may begin to choose their times, and until when."),
        ({"closes_at": "2026-10-01T08:00:00+01:00"}, "closes_at: Choosing times must end after it has begun."),
        ({"closes_at": "2099-04-08T08:00:00+02:00"}, "closes_at: Choosing times must end before the day."),
        ({"opens_at": "2027-03-28T02:30:00+01:00"}, "opens_at: The clocks change in that hour. Choose another time."),
    ],
    ids=str,
)
def test_a_way_that_cannot_be_is_refused(
    client: TestClient,
    db: Session,
    day: tuple[Dialogue, list[MeetingRequest]],
    changed: dict[str, Any],
    sentence: str,
) -> None:
    """B2 among them: no time limit lies in an hour that the clocks skip or repeat."""
    way = {"way": "first_come", "opens_at": "2026-11-01T08:00:00+01:00", "closes_at": "2099-04-01T12:00:00+02:00"}
    headers = organiser(db, day[0])
    db.commit()

    answer = client.put(f"{api(day[0].id)}/booking", json={**way, **changed}, headers=headers)

    assert (answer.status_code, answer.json()["detail"].removeprefix("body.")) == (422, sentence)


def test_the_desk_can_be_asked_for(client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]) -> None:
    headers = organiser(db, day[0])
    db.commit()

    answer = client.post(f"{api(day[0].id)}/booking/desk", headers=headers)

    assert (answer.status_code, answer.json()["state"]) == (202, "ready")


def test_a_supplier_that_hammers_is_told_to_wait(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    """B9: by supplier, so that a rival behind the same address is not hindered."""
    mine, headers = day[1][0], bearer(db, day[1][0])
    body = {"starts_at": (datetime(2099, 4, 8, tzinfo=UTC) + timedelta(hours=3)).isoformat()}
    statuses = [client.put(f"{MEETINGS}/{mine.id}", json=body, headers=headers).status_code for _ in range(25)]
    rival = client.put(f"{MEETINGS}/{day[1][2].id}", json=body, headers=bearer(db, day[1][2]))

    assert (statuses[:20], statuses[20:]) == ([409] * 20, [429] * 5)
    assert rival.status_code == 409
