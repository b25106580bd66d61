"""Who tries too often is told when to come back, and hinders nobody else."""

import re
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session
from starlette.requests import Request

from app.dialogues.models import Dialogue
from app.kernel import rates
from app.kernel.access import Right, grant
from app.kernel.rates import LIMITS, Rate, client_of, spend
from app.kernel.refusals import TooMany
from tests.dialogues.factories import as_organiser, published
from tests.suppliers.factories import asked, letters, registered

TOLD = "That was too often. Wait 1 min, and try again."


@pytest.fixture(autouse=True)
def few(house: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test reaches soon."""
    for rate in Rate:
        monkeypatch.setitem(LIMITS, rate, "5/minute; 8/hour")
    rates._items.cache_clear()
    monkeypatch.setattr(rates, "_items", rates._items.__wrapped__)


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    made = published(db)
    db.commit()
    return made


def test_each_is_counted_by_itself_and_each_rate_too() -> None:
    for _ in range(5):
        spend(Rate.BOOKING, "one")

    with pytest.raises(TooMany) as refused:
        spend(Rate.BOOKING, "one")
    spend(Rate.BOOKING, "another")
    spend(Rate.QUESTION, "one")

    assert 1 <= int(refused.value.headers["Retry-After"]) <= 60


def test_what_was_refused_is_not_counted() -> None:
    for _ in range(5):
        spend(Rate.BOOKING, "one")
    for _ in range(20):
        with pytest.raises(TooMany):
            spend(Rate.BOOKING, "one")

    stats = [
        rates._counted().get_window_stats(item, Rate.BOOKING, "one").remaining for item in rates._items(Rate.BOOKING)
    ]
    assert stats == [0, 3]


def test_a_person_is_told_on_a_page_and_a_system_in_json(client: TestClient, dialogue: Dialogue) -> None:
    """L1: 429 with Retry-After, in three languages, at the doors where anybody may stand."""
    path = f"/api/v1/dialogues/{dialogue.id}/registrations"
    statuses = [client.post(path, json=asked()).status_code for _ in range(5)]

    over = client.post(path, json=asked())
    pages = [
        client.post(f"/d/{dialogue.slug}/register?lang={language}", data=asked()) for language in ("nb", "nn", "en")
    ]

    assert statuses == [202] * 5
    assert (over.status_code, over.headers["content-type"]) == (429, "application/problem+json")
    assert (over.json()["title"], over.json()["detail"]) == ("Too often", TOLD)
    assert all(1 <= int(answer.headers["retry-after"]) <= 60 for answer in (over, *pages))
    assert {answer.status_code for answer in pages} == {429}
    words = ["Vent 1 min, og prøv igjen.", "Vent 1 min, og prøv igjen.", TOLD]
    assert [said in answer.text for said, answer in zip(words, pages, strict=True)] == [True] * 3


def test_an_organiser_registers_as_many_as_there_are(client: TestClient, db: Session, dialogue: Dialogue) -> None:
    headers = as_organiser(db, dialogue)
    db.commit()

    answers = [
        client.post(f"/api/v1/dialogues/{dialogue.id}/registrations", json=asked(), headers=headers) for _ in "12345678"
    ]

    assert 429 not in {answer.status_code for answer in answers}


def test_who_asks_for_sign_in_letters_too_often_is_told_to_wait(
    client: TestClient, dialogue: Dialogue, db: Session
) -> None:
    registered(db, dialogue)
    db.commit()

    statuses = [
        client.post("/sign-in", data={"email": f"nobody{place}@rival.example"}).status_code for place in range(7)
    ]

    assert statuses == [303] * 5 + [429] * 2
    assert len(letters()) == 1


def test_a_false_forwarded_address_is_no_way_around(client: TestClient) -> None:
    """L2."""
    statuses = [
        client.post(
            "/sign-in", data={"email": "a@b.example"}, headers={"X-Forwarded-For": f"10.0.0.{place}"}
        ).status_code
        for place in range(7)
    ]

    assert statuses == [303] * 5 + [429] * 2


@pytest.mark.parametrize(
    ("host", "who"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("unix", "unix"),
    ],
)
def test_a_client_is_an_address_and_of_ipv6_a_network(host: str, who: str) -> None:
    assert client_of(Request({"type": "http", "client": (host, 1), "headers": []})) == who


DOORS = ("/o/{}", "/p/{}", "/f/{}.ics", "/s/x/sign-in/{}")


@pytest.mark.parametrize("door", [*DOORS, "cookie", "bearer", "order"])
def test_wrong_tokens_are_counted_at_every_door_and_sound_one_alarm(
    client: TestClient, db: Session, dialogue: Dialogue, door: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """T9: alike until the limit, then 429 whatever the token, right ones too; and one line in the log."""
    right = grant(db, Right.ORGANISER, dialogue.id)
    db.commit()

    answers = [_try(client, door, f"guess{place:03d}") for place in range(10)]
    with_right = client.get(f"/o/{right}")

    wrong, over = answers[:5], answers[5:]
    assert len({(answer.status_code, re.sub(r"guess\d+", "", answer.text)) for answer in wrong}) == 1
    assert wrong[0].status_code in {303, 401, 404}
    assert {answer.status_code for answer in (*over, with_right)} == {HTTPStatus.TOO_MANY_REQUESTS}
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in over)
    logged = "".join(capfd.readouterr())
    assert logged.count("many wrong tokens") == 1
    assert "guess" not in logged


def _try(client: TestClient, door: str, token: str) -> Any:
    if door == "cookie":
        return client.get(f"/s/{uuid4()}", headers={"Cookie": f"session={token}"})
    if door == "bearer":
        return client.post("/api/v1/proposals", json={"answers": []}, headers={"Authorization": f"Bearer {token}"})
    if door == "order":
        order = {"starts_at": "2099-04-08T10:00:00+02:00"}
        return client.put(f"/api/v1/meetings/{uuid4()}", json=order, headers={"Authorization": f"Bearer {token}"})
    return client.get(door.format(token))


def test_right_tokens_are_not_counted(client: TestClient, db: Session, dialogue: Dialogue) -> None:
    """The control of the test above."""
    right = grant(db, Right.ORGANISER, dialogue.id)
    db.commit()

    assert {client.get(f"/o/{right}").status_code for _ in range(20)} == {200}
    assert {client.get(f"/d/{dialogue.slug}").status_code for _ in range(20)} == {200}


def test_names_with_nothing_left_to_count_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_MOST_NAMES", 10)
    storage: Any = rates._counted().storage
    for place in range(20):
        storage.events[f"idle {place}"] = []

    spend(Rate.BOOKING, "one")

    assert [name for name in storage.events if name.startswith("idle")] == []
