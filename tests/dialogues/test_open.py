"""Opening a dialogue: who may, what it holds, and which dates fit together."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues import service
from app.dialogues.schemas import DialogueIn
from tests.dialogues.factories import ELVEMO, MEDICINE, OPERATOR, VIKSTRAND, asked, draft

DIALOGUES = "/api/v1/dialogues"

WRONG_ORDERS = [
    {"registration_closes_at": MEDICINE["announced_at"]},
    {"proposals_due_at": "2090-04-01T14:59:59+02:00"},
    {"questions_due_at": MEDICINE["announced_at"]},
    {"questions_due_at": "2090-04-03T15:00:01+02:00"},
    {"plan_told_at": "2090-04-03T14:59:59+02:00"},
    {"plan_told_at": "2090-04-08T00:00:00+02:00"},
    {"summary_due_on": "2090-04-08"},
    {"sealed_until": "2090-04-03T14:59:59+02:00"},
]

NONSENSE: list[dict[str, Any]] = [
    {"held_on": 1},
    {"held_on": "1"},
    {"held_on": "2090-04-08T10:00:00+02:00"},
    {"held_on": "2090-02-30"},
    {"held_on": "0001-01-01"},
    {"held_on": True},
    {"announced_at": 1_772_000_000},
    {"announced_at": "1772000000"},
    {"announced_at": "2026-03-12T08:00:00"},
    {"announced_at": "2026-03-12"},
    {"announced_at": "0001-01-01T00:00:00+14:00"},
    {"announced_at": "9999-12-31T23:59:59-14:00"},
    {"announced_at": None},
    {"late_rule": "forgive"},
    {"sealed_until": "2090-10-29T02:30:00+01:00"},
    {"questions_due_at": "2090-04-01"},
    {"title": ""},
    {"title": "a\r\nBcc: x@example.no"},
    {"title": "\ud800"},
    {"title": "x" * 201},
    {"slug": "../etc"},
    {"slug": "Æ"},
    {"organiser_email": "nobody"},
    {"phase": "open"},
    {"facts_version": 7},
    {"buyers": []},
    {"buyers": [ELVEMO]},
    {"buyers": [VIKSTRAND, {**ELVEMO, "role": "lead"}]},
    {"buyers": [VIKSTRAND] + [ELVEMO] * 200},
    {"buyers": [{**VIKSTRAND, "inhabitants": True}]},
    {"buyers": [{**VIKSTRAND, "inhabitants": 1.0}]},
    {"buyers": [{**VIKSTRAND, "inhabitants": -1}]},
    {"buyers": [{**VIKSTRAND, "inhabitants": 10**20}]},
    {"buyers": [{**VIKSTRAND, "role": 1}]},
    {"buyers": [{**VIKSTRAND, "handle": "x"}]},
    {"buyers": [{**VIKSTRAND, "organisation_number": "000000000"}]},
    {
        "buyers": [
            {**VIKSTRAND, "organisation_number": "974760673"},
            {**ELVEMO, "organisation_number": "974 760 673"},
        ]
    },
]


def _open(client: TestClient, **changes: Any) -> Any:
    return client.post(DIALOGUES, json=asked(**changes), headers=OPERATOR)


def test_the_operator_opens_a_draft_and_gets_the_organisers_link(client: TestClient) -> None:
    answer = _open(client)

    assert answer.status_code == 201
    dialogue = answer.json()["dialogue"]
    assert dialogue == {
        **MEDICINE,
        "id": dialogue["id"],
        "slug": "riktig-medisin-til-riktig-tid",
        "phase": "draft",
        "announced_at": "2026-03-12T07:00:00Z",
        "registration_closes_at": "2090-04-01T13:00:00Z",
        "proposals_due_at": "2090-04-03T13:00:00Z",
        "questions_due_at": None,
        "plan_told_at": "2090-04-05T10:00:00Z",
        "late_rule": "refuse",
        "places": None,
        "sealed_until": None,
        "booking": "wishes_then_plan",
        "booking_opens_at": None,
        "booking_closes_at": None,
        "quiet_minutes": 10,
        "reminds": True,
        "buyers": [{"handle": "vikstrand", **VIKSTRAND}, {"handle": "elvemo", **ELVEMO}],
    }
    token = answer.json()["organiser_link"].removeprefix("http://testserver/o/")
    assert (len(token), answer.headers["cache-control"]) == (43, "private, no-store")
    assert client.get(f"{DIALOGUES}/{dialogue['id']}", headers={"Authorization": f"Bearer {token}"}).json() == dialogue


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic b3BlcmF0b3I="}])
def test_nobody_else_opens_dialogues(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post(DIALOGUES, json=asked(), headers=headers)

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert client.get(DIALOGUES).json() == []


def test_titles_that_are_alike_get_addresses_that_differ(client: TestClient) -> None:
    slugs = [_open(client).json()["dialogue"]["slug"] for _ in range(3)]

    assert slugs == [f"riktig-medisin-til-riktig-tid{end}" for end in ("", "-2", "-3")]


def test_an_address_that_was_asked_for_is_given_only_once(client: TestClient) -> None:
    first, second = _open(client, slug="medisin"), _open(client, slug="medisin")

    assert first.json()["dialogue"]["slug"] == "medisin"
    assert second.status_code == 409
    assert second.json()["detail"] == "The address “medisin” is taken. Choose another."


def test_two_municipalities_of_one_name_get_handles_that_differ(db: Session) -> None:
    names = ["Herøy", "Ås", "Herøy", "Øyer"]

    dialogue = draft(
        db, buyers=[{"name": "Ålesund", "role": "lead"}, *({"name": name, "role": "buyer"} for name in names)]
    )

    buyers = service.buyers_of(db, dialogue.id)
    assert [(buyer.handle, buyer.name) for buyer in buyers] == [
        ("alesund", "Ålesund"),
        ("heroy", "Herøy"),
        ("heroy-2", "Herøy"),
        ("oyer", "Øyer"),
        ("as", "Ås"),
    ]


def test_dates_in_the_wrong_order_are_refused(client: TestClient) -> None:
    answers = [_open(client, **changes) for changes in WRONG_ORDERS]

    assert [answer.status_code for answer in answers] == [422] * len(WRONG_ORDERS)
    assert [(fault["place"], fault["detail"]) for answer in answers for fault in answer.json()["errors"]] == [
        ("body.registration_closes_at", "Registration must close after the dialogue is announced."),
        ("body.proposals_due_at", "The deadline for proposals cannot be before registration closes."),
        ("body.questions_due_at", "The deadline for questions must come after the dialogue is announced."),
        ("body.questions_due_at", "The deadline for questions cannot be after the deadline for proposals."),
        ("body.plan_told_at", "The times of the meetings cannot be sent before the deadline for proposals."),
        ("body.held_on", "The day must come after the times of the meetings are sent."),
        ("body.summary_due_on", "The summary must come after the day."),
        ("body.sealed_until", "The seal cannot be broken before the deadline for proposals."),
    ]


def test_deadlines_may_fall_together(client: TestClient) -> None:
    moment = MEDICINE["registration_closes_at"]

    answer = _open(client, proposals_due_at=moment, questions_due_at=moment, plan_told_at=moment)

    assert answer.status_code == 201
    assert answer.json()["dialogue"]["questions_due_at"] == "2090-04-01T13:00:00Z"


def test_no_deadline_falls_in_the_hour_when_the_clocks_change(client: TestClient) -> None:
    """B2: the hour that comes twice in October, and the one that is skipped in March."""
    moments = [
        "2090-10-29T02:30:00+02:00",  # comes twice in Oslo
        "2090-10-29T01:30:00+00:00",  # the second of the two
        "2090-03-26T02:30:00+01:00",  # written as Norwegian time, but skipped in Oslo
        "2090-03-26T02:30:00+02:00",
    ]

    answers = [_open(client, registration_closes_at=moment) for moment in moments]

    fault = {"place": "body.registration_closes_at", "detail": "The clocks change in that hour. Choose another time."}
    assert [answer.json()["errors"][0] for answer in answers] == [fault] * 4


@pytest.mark.parametrize("name", [name for name in DialogueIn.model_fields if name.endswith(("_at", "_until"))])
def test_every_moment_of_a_dialogue_is_held_against_the_change_of_the_clocks(client: TestClient, name: str) -> None:
    """B2; the hour before is told once, and is no fault."""
    twice, once = (_open(client, **{name: f"2090-10-29T{hour}:30:00+02:00"}) for hour in ("02", "01"))

    told = [
        {error["detail"] for error in answer.json().get("errors", []) if error["place"] == f"body.{name}"}
        for answer in (twice, once)
    ]
    assert [("The clocks change in that hour. Choose another time." in faults) for faults in told] == [True, False]


def test_what_makes_no_sense_is_refused_and_nothing_is_kept(client: TestClient) -> None:
    headers = {**OPERATOR, "Content-Type": "application/json"}

    answers = [client.post(DIALOGUES, content=json.dumps(asked(**changes)), headers=headers) for changes in NONSENSE]

    refused = {(answer.status_code, answer.headers["content-type"]) for answer in answers}
    assert refused == {(422, "application/problem+json")}
    # In our own words, which a dot ends; pydantic's have none.
    assert [answer.json()["detail"] for answer in answers if not answer.json()["detail"].endswith(".")] == []
    assert client.get(DIALOGUES).json() == []


def test_python_may_give_dates_as_they_are() -> None:
    asked_in_python = DialogueIn.model_validate(asked())

    assert DialogueIn.model_validate(asked_in_python.model_dump()) == asked_in_python
