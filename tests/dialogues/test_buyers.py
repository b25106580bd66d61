"""Municipalities join late, change their part, and pass on the lead."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import trail
from tests.dialogues.factories import ELVEMO, VIKSTRAND, as_organiser, draft, published

TVERRDAL = {
    "name": "Tverrdal",
    "organisation_number": "974760673",
    "role": "option",
    "decision": "pending",
    "inhabitants": 5_300,
}


def _buyers(client: TestClient, dialogue: Dialogue) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/dialogues/{dialogue.id}").json()["buyers"]
    return found


def _roles(client: TestClient, dialogue: Dialogue) -> list[tuple[str, str]]:
    return [(buyer["handle"], buyer["role"]) for buyer in _buyers(client, dialogue)]


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    return published(db)


@pytest.fixture
def organiser(db: Session, dialogue: Dialogue) -> dict[str, str]:
    headers = as_organiser(db, dialogue)
    db.commit()
    return headers


def test_a_municipality_joins_late(client: TestClient, dialogue: Dialogue, organiser: dict[str, str]) -> None:
    answer = client.post(f"/api/v1/dialogues/{dialogue.id}/buyers", json=TVERRDAL, headers=organiser)

    assert (answer.status_code, answer.json()) == (201, {"handle": "tverrdal", **TVERRDAL})
    assert _buyers(client, dialogue) == [
        {"handle": "vikstrand", **VIKSTRAND},
        {"handle": "elvemo", **ELVEMO},
        {"handle": "tverrdal", **TVERRDAL},
    ]


def test_what_is_said_of_a_municipality_can_be_changed(
    client: TestClient, db: Session, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    changed = {**ELVEMO, "name": "Nye Elvemo", "role": "process_only", "decision": "not_sought"}

    answer = client.put(f"/api/v1/dialogues/{dialogue.id}/buyers/elvemo", json=changed, headers=organiser)

    assert (answer.status_code, answer.json()) == (200, {"handle": "elvemo", **changed})
    assert _buyers(client, dialogue)[1] == {"handle": "elvemo", **changed}
    last = list(trail.entries(db))[-1]
    assert (last.actor, last.action, last.kind, last.details) == ("organiser", "changed", "buyers", changed)


def test_the_lead_passes_from_one_to_another(client: TestClient, dialogue: Dialogue, organiser: dict[str, str]) -> None:
    leading = {**ELVEMO, "role": "lead"}

    client.put(f"/api/v1/dialogues/{dialogue.id}/buyers/elvemo", json=leading, headers=organiser)

    assert _roles(client, dialogue) == [("elvemo", "lead"), ("vikstrand", "buyer")]


def test_the_lead_cannot_leave_the_dialogue_without_one(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    lowered = {**VIKSTRAND, "role": "buyer"}

    answer = client.put(f"/api/v1/dialogues/{dialogue.id}/buyers/vikstrand", json=lowered, headers=organiser)

    assert answer.status_code == 409
    assert answer.json()["detail"] == "Somebody must lead the dialogue. Let another municipality lead first."
    assert _roles(client, dialogue) == [("vikstrand", "lead"), ("elvemo", "buyer")]


def test_one_organisation_number_takes_part_once(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    address = f"/api/v1/dialogues/{dialogue.id}/buyers"
    client.post(address, json=TVERRDAL, headers=organiser)

    again = client.post(address, json={**TVERRDAL, "name": "Tverrdal nord"}, headers=organiser)
    taken = client.put(f"{address}/elvemo", json={**ELVEMO, "organisation_number": "974760673"}, headers=organiser)
    kept = client.put(f"{address}/tverrdal", json=TVERRDAL, headers=organiser)

    assert [answer.status_code for answer in (again, taken, kept)] == [409, 409, 200]


def test_a_municipality_that_is_not_there_cannot_be_changed(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    address = f"/api/v1/dialogues/{dialogue.id}/buyers"

    answers = [
        client.put(f"{address}/{handle}", json=ELVEMO, headers=organiser) for handle in ("nowhere", "%00", "x" * 9000)
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_only_its_own_organiser_says_who_takes_part(
    client: TestClient, db: Session, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    stranger = as_organiser(db, draft(db))
    db.commit()
    address = f"/api/v1/dialogues/{dialogue.id}/buyers"

    answers = [
        send(url, json=TVERRDAL, headers=headers)
        for send, url in ((client.post, address), (client.put, f"{address}/elvemo"))
        for headers in ({}, stranger)
    ]

    assert [answer.status_code for answer in answers] == [401, 404, 401, 404]
    assert _roles(client, dialogue) == [("vikstrand", "lead"), ("elvemo", "buyer")]
