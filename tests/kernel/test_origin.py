"""Forms of other sites: what changes something is taken from our own pages only."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.suppliers.models import Supplier
from tests.dialogues.factories import published
from tests.suppliers.factories import asked, registered, signed_in

FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "http://testserver@evil.example"},
    {"Origin": "http://testserver:8080"},
    {"Origin": "not an address"},
    {"Origin": "https://[", "Sec-Fetch-Site": "same-origin"},
]
OURS = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
    {"Sec-Fetch-Site": "none"},
]


@pytest.fixture
def supplier(db: Session) -> Supplier:
    made = registered(db, published(db))
    db.commit()
    return made


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_of_another_site_changes_nothing(
    client: TestClient, db: Session, supplier: Supplier, headers: dict[str, str]
) -> None:
    address = signed_in(client, db, supplier)

    answers = [client.post(f"{address}/withdraw", headers=headers), client.post("/sign-in", headers=headers)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Skjemaet ble sendt fra et annet nettsted." in answers[0].text
    db.refresh(supplier)
    assert supplier.withdrawn_at is None


@pytest.mark.parametrize("headers", OURS)
def test_a_form_of_our_own_is_taken(
    client: TestClient, db: Session, supplier: Supplier, headers: dict[str, str]
) -> None:
    """The control of the test above."""
    address = signed_in(client, db, supplier)

    assert client.post(f"{address}/withdraw", headers=headers).status_code == 303
    db.refresh(supplier)
    assert supplier.withdrawn_at is not None


def test_reading_and_systems_are_let_through(client: TestClient, db: Session, supplier: Supplier) -> None:
    """A letter's link is followed from another site; a system has no cookies that could be abused."""
    address = signed_in(client, db, supplier)
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}

    answers = [
        client.get(address, headers=foreign),
        client.post(f"/api/v1/dialogues/{supplier.dialogue_id}/registrations", json=asked(), headers=foreign),
    ]

    assert [answer.status_code for answer in answers] == [200, 202]
