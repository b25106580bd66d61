"""The letter's link, and what a supplier's token opens elsewhere: nothing."""

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel.access import Capability, Right
from app.kernel.db import transaction
from app.suppliers.models import Supplier
from tests.dialogues.factories import as_organiser, published
from tests.suppliers.factories import (
    DOSEVAKT,
    letters,
    link_in,
    link_to_confirm,
    organisation_number,
    registered,
    session_of,
)


def test_the_letter_of_a_registration_holds_no_secret(client: TestClient, dialogue: Dialogue) -> None:
    """T2, T4: it leads to a page that asks who reads it, so that a scanner or a forwarded letter opens nothing."""
    client.post(f"/d/{dialogue.slug}/register", data=DOSEVAKT)
    client.post(link_to_confirm(letters()[0]))
    client.cookies.clear()

    links = {link_in(letter) for letter in letters()[1:]}

    with transaction(reads_only=True) as db:
        (supplier,) = db.scalars(sa.select(Supplier))
        rights = db.scalars(sa.select(Capability.right).where(Capability.about == supplier.id)).all()
    assert rights == [Right.SUPPLIER]  # of the session that began when the registration was confirmed
    assert links == {f"http://testserver/s/{supplier.id}"}
    assert client.get(links.pop()).headers["location"] == "/sign-in"


def test_a_suppliers_token_opens_no_organisers_door(client: TestClient, dialogue: Dialogue, db: Session) -> None:
    """T6, Z13: neither its own dialogue's nor another's, to read or to write."""
    supplier = registered(db, dialogue)
    rival = registered(db, dialogue, organisation_number=organisation_number(1), name="Rival")
    headers = {"Authorization": f"Bearer {session_of(db, supplier)}"}
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
