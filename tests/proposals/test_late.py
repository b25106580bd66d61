"""What comes in after the deadline: refused, or taken and marked, as the dialogue has told everybody beforehand."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue, LateRule
from app.kernel import clock, trail
from tests.proposals.factories import Sender, form, proposal
from tests.suppliers.factories import letters, text_of

MOMENT = timedelta(milliseconds=1)


@pytest.fixture
def marking(db: Session, dialogue: Dialogue) -> Dialogue:
    """The dialogue, which marks what comes in late."""
    changed = db.merge(dialogue)
    changed.late_rule = LateRule.MARK
    db.commit()
    return changed


def _submit(client: TestClient, sender: Sender) -> Any:
    return client.post("/api/v1/proposals", json=proposal(), headers=sender.headers)


def test_late_is_what_comes_in_after_the_deadline_at_both_doors(
    client: TestClient, marking: Dialogue, sender: Sender
) -> None:
    """B1, B3: T − 1 ms and T are in time, T + 1 ms is late, for every supplier alike."""
    told = []
    for milliseconds in (-1, 0, 1):
        with clock.as_if(marking.proposals_due_at + milliseconds * MOMENT):
            answer = _submit(client, sender)
            page = client.get(
                client.post(f"{sender.address}/proposal", data=form()).headers["location"],
            ).text
            told.append((answer.status_code, answer.json()["late"], "merket som for sent" in page))

    assert told == [(201, False, False), (201, False, False), (201, True, True)]


def test_late_ones_are_taken_until_the_day_begins(client: TestClient, marking: Dialogue, sender: Sender) -> None:
    """B3."""
    begins = clock.wall(marking.held_on, 0)
    with clock.as_if(begins - MOMENT):
        last = _submit(client, sender)
    with clock.as_if(begins):
        refused = _submit(client, sender)
        page = client.get(sender.address).text

    assert (last.status_code, last.json()["late"], refused.status_code) == (201, True, 409)
    assert "Det tas ikke lenger imot løsningsforslag." in page


def test_late_stands_on_the_receipt_in_the_letter_at_the_organisers_and_in_the_trail(
    client: TestClient, marking: Dialogue, sender: Sender, organiser: dict[str, str], db: Session
) -> None:
    """B3: visible wherever the proposal is told of."""
    with clock.as_if(marking.proposals_due_at + MOMENT):
        _submit(client, sender)
        receipt = client.get(f"{sender.address}/receipt").text
    doors = f"/api/v1/dialogues/{marking.id}"

    read = client.get(f"{doors}/suppliers/{sender.supplier.id}/proposal", headers=organiser).json()
    shared = client.get(f"{doors}/suppliers/{sender.supplier.id}/proposal/shareable", headers=organiser).json()
    (listed,) = client.get(f"{doors}/proposals", headers=organiser).json()
    token = organiser["Authorization"].removeprefix("Bearer ")
    overview = client.get(f"/o/{token}").text

    sentence = "Det kom inn etter fristen og er merket som for sent."
    assert sentence in receipt
    assert [sentence in text_of(letters()[-1], kind) for kind in ("plain", "html")] == [True, True]
    assert "Dere kan sende en ny versjon" not in text_of(letters()[-1])
    assert (read["late"], shared["late"], listed["late"]) == (True, True, True)
    assert '<span class="ds-tag" data-size="sm" data-color="warning">for sent</span>' in overview
    assert list(trail.entries(db))[-1].details["late"] is True  # type: ignore[index]


def test_the_page_says_beforehand_what_becomes_of_late_ones(
    client: TestClient, marking: Dialogue, sender: Sender
) -> None:
    """B3: the rule is told before anybody is late; and that a late version takes the place of one in time."""
    before = client.get(sender.address).text
    public = client.get(f"/d/{marking.slug}").text
    _submit(client, sender)
    with clock.as_if(marking.proposals_due_at + MOMENT):
        after = client.get(sender.address).text

    assert "Det som kommer senere, blir merket som for sent." in before
    assert "Det som kommer senere, blir merket som for sent." in public
    assert "Det dere sender nå, blir tatt imot og merket som for sent." in after
    assert "Det trer i stedet for versjonen som kom inn i tide." in after


def test_without_the_rule_nothing_late_is_taken(client: TestClient, dialogue: Dialogue, sender: Sender) -> None:
    """B3: the control."""
    with clock.as_if(dialogue.proposals_due_at + MOMENT):
        answer = _submit(client, sender)

    assert (answer.status_code, answer.json()["detail"]) == (409, "Solution proposals are no longer taken in.")
    assert "Det som kommer senere" not in client.get(f"/d/{dialogue.slug}").text
