"""Personal links: what they open, what they do not, and how they are kept."""

import hashlib
import re

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import access
from app.kernel.access import Capability, Right
from app.kernel.db import transaction
from tests.dialogues.factories import as_organiser, published
from tests.suppliers.factories import DOSEVAKT, letters, link_in, organisation_number, registered, token_of

NOWHERE = "There is nothing here. The link may have been withdrawn, or cut off on its way."


def test_a_link_holds_256_random_bits_and_the_database_only_their_hash(client: TestClient, dialogue: Dialogue) -> None:
    """T1, T2."""
    client.post(f"/d/{dialogue.slug}/register", data=DOSEVAKT)
    client.post(f"/d/{dialogue.slug}/register", data=DOSEVAKT)

    tokens = {link_in(letter).rpartition("/")[2] for letter in letters()}

    with transaction(reads_only=True) as db:
        kept = {str(value) for row in db.execute(sa.select(Capability.__table__)) for value in row}
        hashes = set(db.scalars(sa.select(Capability.token_hash).where(Capability.right == Right.SUPPLIER)))
    assert len(tokens) == 2
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)
    assert hashes == {hashlib.sha256(token.encode()).hexdigest() for token in tokens}
    assert tokens & kept == set()


def test_opening_a_link_changes_nothing(client: TestClient, dialogue: Dialogue, organiser: dict[str, str]) -> None:
    """T4: mail scanners fetch every link in a letter."""
    client.post(f"/d/{dialogue.slug}/register", data=DOSEVAKT)
    link, suppliers = link_in(letters()[0]), f"/api/v1/dialogues/{dialogue.id}/suppliers"
    before = client.get(suppliers, headers=organiser).json()

    answers = [client.get(f"{link}{path}") for path in ("", "/withdraw", "") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200] * 6
    assert client.get(suppliers, headers=organiser).json() == before
    assert before[0]["withdrawn_at"] is None


def test_pages_behind_a_link_leak_it_nowhere(client: TestClient, dialogue: Dialogue) -> None:
    """T7: no referrer, no cache, nothing loaded from elsewhere."""
    client.post(f"/d/{dialogue.slug}/register", data=DOSEVAKT)

    page = client.get(link_in(letters()[0]))

    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "private, no-store"
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', page.text) == []


def test_every_token_that_is_not_a_suppliers_gets_the_same_answer(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    """T6, T9: the organiser's token, a feed's, a person's and a made-up one are all alike here."""
    supplier = registered(db, dialogue)
    rights = [right for right in Right if right is not Right.SUPPLIER]
    tokens = [access.grant(db, right, supplier.id) for right in rights]
    db.commit()
    wrong = [*tokens, organiser["Authorization"].split()[1], "x", "x" * 5000, "%20", "%F0%9F%A7%AA"]

    pages = [client.get(f"/s/{token}{path}") for token in wrong for path in ("", "/withdraw", "/receipt")]
    posts = [client.post(f"/s/{token}/withdraw") for token in wrong]

    assert {answer.status_code for answer in (*pages, *posts)} == {404}
    assert len({re.sub(r'href="[^"]*"', "", answer.text) for answer in (*pages, *posts)}) == 1


def test_a_suppliers_token_opens_no_organisers_door(client: TestClient, dialogue: Dialogue, db: Session) -> None:
    """T6, Z13: neither its own dialogue's nor another's, to read or to write."""
    supplier = registered(db, dialogue)
    rival = registered(db, dialogue, organisation_number=organisation_number(1), name="Rival")
    headers = {"Authorization": f"Bearer {token_of(db, supplier)}"}
    db.commit()
    doors = f"/api/v1/dialogues/{dialogue.id}"

    answers = [
        client.get(f"{doors}/suppliers", headers=headers),
        client.get(f"{doors}/suppliers/{rival.id}", headers=headers),
        client.delete(f"{doors}/suppliers/{rival.id}", headers=headers),
        client.post(f"{doors}/registrations", json=DOSEVAKT, headers=headers),
    ]

    assert [answer.status_code for answer in answers] == [401] * 4
    assert {answer.json()["detail"] for answer in answers} == {"That token opens nothing."}


def test_an_organiser_sees_the_suppliers_of_that_dialogue_only(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    """Z1, Z5, Z9: another's supplier is as absent as one that never was."""
    other = published(db)
    stranger = as_organiser(db, other)
    own, foreign = registered(db, dialogue), registered(db, other, name="Rival")
    db.commit()
    doors = f"/api/v1/dialogues/{dialogue.id}/suppliers"

    listed = client.get(doors, headers=organiser).json()
    found = [client.get(f"{doors}/{each.id}", headers=organiser) for each in (own, foreign, other)]
    refused = [
        client.get(doors),
        client.get(doors, headers=stranger),
        client.get(f"{doors}/{own.id}", headers=stranger),
    ]
    gone = client.delete(f"{doors}/{foreign.id}", headers=organiser)

    assert [supplier["id"] for supplier in listed] == [str(own.id)]
    assert [answer.status_code for answer in found] == [200, 404, 404]
    assert found[1].content == found[2].content
    assert found[0].json() == listed[0]
    assert [answer.status_code for answer in refused] == [401, 404, 404]
    assert (gone.status_code, gone.json()["detail"]) == (404, "There is no such supplier.")
