"""A supplier withdraws: asked once more, confirmed by letter, its links closed."""

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import access, trail
from app.kernel.access import Right
from app.suppliers.models import Supplier
from tests.suppliers.factories import asked, letters, link_to_confirm, organisation_number, registered, signed_in


def test_a_supplier_withdraws_on_its_own_page(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    """T5: the session and the feed open nothing within one request."""
    supplier = registered(db, dialogue)
    feed, address = access.grant(db, Right.SUPPLIER_FEED, supplier.id), signed_in(client, db, supplier)

    asks = client.get(f"{address}/withdraw")
    answer = client.post(f"{address}/withdraw")

    assert "Trekke Dosevakt AS fra dialogen?" in asks.text
    assert (answer.status_code, answer.headers["location"]) == (303, f"/d/{dialogue.slug}/withdrawn")
    assert "Dere har trukket dere" in client.get(answer.headers["location"]).text
    assert client.get(address).headers["location"] == "/sign-in"
    assert client.get(f"/api/v1/dialogues/{dialogue.id}/suppliers", headers=organiser).json() == []
    assert letters()[-1]["Subject"] == "Dere har trukket dere fra «Riktig medisin til riktig tid»"
    assert _revoked(db, feed)


def _revoked(db: Session, token: str) -> bool:
    found = db.scalars(sa.select(access.Capability).where(access.Capability.token_hash == access.hash_of(token))).one()
    return found.revoked_at is not None


def test_a_withdrawal_is_new_facts_and_stands_in_the_trail_under_the_suppliers_name(
    client: TestClient, dialogue: Dialogue, db: Session
) -> None:
    supplier = registered(db, dialogue)
    address = signed_in(client, db, supplier)
    before = dialogue.facts_version

    client.post(f"{address}/withdraw")

    db.refresh(dialogue)
    last = list(trail.entries(db))[-1]
    assert dialogue.facts_version == before + 1
    assert (last.actor, last.action, last.about) == (f"supplier:{supplier.id}", "withdrew", supplier.id)


def test_an_organiser_withdraws_a_supplier_and_asking_twice_does_nothing_more(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    supplier = registered(db, dialogue)
    db.commit()
    address = f"/api/v1/dialogues/{dialogue.id}/suppliers/{supplier.id}"

    answers = [client.delete(address, headers=organiser) for _ in range(2)]

    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 2
    assert client.get(address, headers=organiser).json()["withdrawn_at"] is not None
    assert [letter["Subject"].split()[1:3] for letter in letters()] == [["er", "påmeldt"], ["har", "trukket"]]


def test_withdrawing_one_leaves_the_others(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    """Z3."""
    leaving = registered(db, dialogue)
    staying = registered(db, dialogue, organisation_number=organisation_number(1), name="Rival")
    addresses = [signed_in(client, db, leaving), signed_in(client, db, staying)]

    client.post(f"{addresses[0]}/withdraw")

    assert client.get(addresses[1]).status_code == 200
    listed = client.get(f"/api/v1/dialogues/{dialogue.id}/suppliers", headers=organiser).json()
    assert [supplier["name"] for supplier in listed] == ["Rival"]


def test_a_company_that_registers_once_more_is_a_new_supplier(
    client: TestClient, dialogue: Dialogue, db: Session
) -> None:
    """Nobody gets hold of what a withdrawn rival has sent in by registering its number."""
    address = signed_in(client, db, registered(db, dialogue))
    client.post(f"{address}/withdraw")

    stranger = asked(contact_email="stranger@example.no")
    client.post(f"/api/v1/dialogues/{dialogue.id}/registrations", json=stranger)
    client.post(link_to_confirm(letters()[-1]))

    suppliers = db.scalars(sa.select(Supplier).order_by(Supplier.registered_at)).all()
    assert [(each.contact_email, each.withdrawn_at is None) for each in suppliers] == [
        ("silje.arnesen@dosevakt.example", False),
        ("stranger@example.no", True),
    ]
    assert client.get(address).headers["location"] == "/sign-in"
