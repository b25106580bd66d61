"""What strangers send to the open door: each fault is a 422 that names its place, and never a fault of ours."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.dialogues.models import Dialogue
from tests.suppliers.factories import asked, letters

WISH = {"from": "12:00", "to": "13:00"}
FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"name": "Dosevakt\r\nBcc: all@example.no"}, "name"),  # I1, I5
    ({"name": "Dosevakt\nAS"}, "name"),
    ({"name": "Dosevakt\rAS"}, "name"),
    ({"contact_name": "Silje\u2028Arnesen"}, "contact_name"),
    ({"contact_name": "=?utf-8?q?=0d=0aBcc:_all@example.no?="}, "contact_name"),  # I6
    ({"name": "=?utf-8?b?DQpCY2M6IGFsbEBleGFtcGxlLm5v?="}, "name"),
    ({"name": "Dose\u200bvakt"}, "name"),  # I24: zero width
    ({"name": "Dosevakt \u202efdp.exe"}, "name"),  # I24: turns the direction
    ({"name": "\ud800"}, "name"),  # I23
    ({"name": "\x00"}, "name"),
    ({"name": "   "}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"name": "Vinn nå på https://evil.example"}, "name"),  # I8
    ({"contact_name": "Se www.evil.example"}, "contact_name"),
    ({"contact_name": "ｗｗｗ.evil.example"}, "contact_name"),
    ({"name": "evil.example/login"}, "name"),
    ({"name": "mailto:kari@evil.example"}, "name"),
    ({"name": None}, "name"),
    ({"name": {"$ne": ""}}, "name"),
    ({"contact_email": "silje@dosevakt.example\r\nBcc: all@example.no"}, "contact_email"),
    ({"contact_email": "silje@dosevakt.example, all@example.no"}, "contact_email"),
    ({"contact_email": '"a b"@dosevakt.example'}, "contact_email"),
    ({"contact_email": ".silje@dosevakt.example"}, "contact_email"),
    ({"contact_email": "silje@dosevakt"}, "contact_email"),
    ({"contact_email": "siljé@dosevakt.example"}, "contact_email"),
    ({"organisation_number": 313204863}, "organisation_number"),
    ({"organisation_number": 31320486331320486331}, "organisation_number"),
    ({"seats": 0}, "seats"),
    ({"seats": 4}, "seats"),
    ({"seats": True}, "seats"),
    ({"seats": "2"}, "seats"),
    ({"seats": 2.0}, "seats"),
    ({"seats": 2**63}, "seats"),
    ({"seats": 12345678901234567890}, "seats"),
    ({"online": 1}, "online"),
    ({"online": "false"}, "online"),
    ({"arrives": "24:00"}, "arrives"),
    ({"arrives": "09:03"}, "arrives"),
    ({"arrives": 540}, "arrives"),
    ({"arrives": "9"}, "arrives"),
    ({"arrives": "10:00", "leaves": "10:00"}, "leaves"),
    ({"wishes": [{"from": "13:00", "to": "12:00"}]}, "wishes[0].to"),
    ({"wishes": [{**WISH, "weight": 4}]}, "wishes[0].weight"),
    ({"wishes": [{**WISH, "more": 1}]}, "wishes[0].more"),
    ({"wishes": [WISH] * 6}, "wishes"),
    ({"language": "se"}, "language"),
    ({"country": "NOR"}, "country"),
    ({"country": "EU"}, "country"),
    ({"country": "no"}, "country"),
    ({"country": "SE", "organisation_number": "'; DROP TABLE suppliers; --"}, "organisation_number"),  # I16
    ({"country": "SE", "organisation_number": "x" * 31}, "organisation_number"),
    ({"country": "SE", "organisation_number": "1"}, "organisation_number"),
    ({"country": "SE", "organisation_number": "5560360793\u200b"}, "organisation_number"),  # I24
    ({"country": "SE", "organisation_number": "\u0665\u0665\u0666"}, "organisation_number"),  # I24: other digits
    ({"country": "SE", "organisation_number": "АО123"}, "organisation_number"),  # I24: Cyrillic look-alikes
    ({"country": "SE", "organisation_number": 5560360793}, "organisation_number"),
    ({"more_contacts": [{"name": "Ola", "email": "ola@b.example\r\nBcc: x"}]}, "more_contacts[0].email"),  # I5
    ({"more_contacts": [{"name": "javascript://x", "email": "ola@b.example"}]}, "more_contacts[0].name"),  # I13
    ({"more_contacts": [{"name": "data:text/html://x", "email": "o@b.example"}]}, "more_contacts[0].name"),  # I13
    ({"more_contacts": [{"name": "Ola", "email": "o@b.example"}] * 4}, "more_contacts"),
    ({"more_contacts": [{"name": "Ola", "email": "o@b.example", "role": "organiser"}]}, "more_contacts[0].role"),  # I20
    ({"seats": 1, "attendees": ["Ola", "Kari"]}, "attendees"),
    ({"attendees": ["Ola"] * 4}, "attendees"),
    ({"attendees": ["Ola\nBerg"]}, "attendees[0]"),
    ({"needs": "x" * 1001}, "needs"),
    ({"needs": "\x00"}, "needs"),
    ({"contact_phone": "call me"}, "contact_phone"),
    ({"contact_phone": "+47 =1+1"}, "contact_phone"),
    ({"contact_phone": 22334455}, "contact_phone"),
    ({"topics": "\ud800"}, "topics"),
    ({"topics": "a\u202eb"}, "topics"),  # I24
    ({"on_partner_list": "true"}, "on_partner_list"),
    ({"on_partner_list": 1}, "on_partner_list"),
]
NOT_THEIRS = (
    "id",
    "dialogue_id",
    "handle",
    "register_state",
    "register_name",
    "registered_at",
    "waiting_since",
    "withdrawn_at",
    "standing",
    "places",
    "confirmed",
    "erased_at",
    "new_contact_email",
    "event_id",
    "role",
)


@pytest.mark.parametrize("faults", [FAULTS[:45], FAULTS[45:]])  # more would be too often for one address
def test_each_fault_is_refused_and_its_place_is_named(
    client: TestClient, dialogue: Dialogue, faults: list[tuple[dict[str, Any], str]]
) -> None:
    """I1, I5, I6, I8, I13, I16, I20, I23, I24."""
    answers = [_post(client, dialogue, json.dumps(asked(**changes))) for changes, _ in faults]

    places = [[error["place"] for error in answer.json()["errors"]] for answer in answers]
    assert [answer.status_code for answer in answers] == [422] * len(faults)
    assert places == [[f"body.{place}"] for _, place in faults]
    assert letters() == []


def test_nobody_can_set_what_is_not_theirs_to_set(client: TestClient, dialogue: Dialogue) -> None:
    """I20: mass assignment."""
    answer = _post(client, dialogue, json.dumps(asked(**dict.fromkeys(NOT_THEIRS, "1"))))

    assert answer.status_code == 422
    assert [error["place"] for error in answer.json()["errors"]] == [f"body.{name}" for name in NOT_THEIRS]


UNREADABLE = (
    "",
    "[]",
    "null",
    '"text"',
    "{",
    '{"seats": NaN}',
    '{"seats": 1e400}',
    '{"seats": ' + "9" * 5000 + "}",
    "[" * 10_000 + "]" * 10_000,
    '{"name": "\\ud800"}',
    '{"name": "a", "name": "b"}',
    "\ufeff{}",
)


def test_what_is_no_registration_at_all_is_the_callers_fault(client: TestClient, dialogue: Dialogue) -> None:
    """I23: depth, numbers beyond all bounds, lone surrogates, repeated keys."""
    answers = [_post(client, dialogue, body) for body in UNREADABLE]

    assert {answer.status_code for answer in answers} <= {400, 422}
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}


def test_an_id_that_is_none_is_refused(client: TestClient) -> None:
    """I23: a number of twenty digits is no id."""
    wrong = ("1", "12345678901234567890", "%00", "\u0661")

    answers = [client.post(f"/api/v1/dialogues/{text}/registrations", json=asked()) for text in wrong]

    assert [answer.json()["errors"][0]["place"] for answer in answers] == ["path.dialogue_id"] * len(wrong)


def _post(client: TestClient, dialogue: Dialogue, body: str) -> Any:
    address = f"/api/v1/dialogues/{dialogue.id}/registrations"
    return client.post(address, content=body.encode(), headers={"Content-Type": "application/json"})
