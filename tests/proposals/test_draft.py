"""A draft is kept for its supplier alone: incomplete, over-long, neither sent nor seen by anybody else."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import clock
from app.kernel.db import transaction
from app.kernel.post import Letter
from app.kernel.trail import TrailEntry
from app.proposals.models import Draft, Proposal
from tests.proposals.doors import read_all
from tests.proposals.factories import PDF, Sender, form, proposal
from tests.suppliers.reading import tags, values

UNFINISHED = "Snøkrystall " * 12  # two words too many


def _save(client: TestClient, sender: Sender, data: dict[str, str], **more: Any) -> Any:
    return client.post(f"{sender.address}/proposal/draft", data=data, **more)


def test_a_draft_is_kept_incomplete_and_too_long_and_shown_again_with_its_time(
    client: TestClient, dialogue: Dialogue, sender: Sender, db: Session
) -> None:
    moment = dialogue.proposals_due_at - timedelta(hours=3)
    with clock.as_if(moment):
        saved = _save(client, sender, form({1: UNFINISHED}, **{"claim-1": "true", "reason": "Prisen."}))
        page = client.get(sender.address).text

    assert (saved.status_code, saved.headers["location"]) == (303, f"{sender.address}#proposal")
    assert "Dere har et utkast som ikke er sendt." in page
    assert "Det ble lagret mandag 3. april 2090 kl. 12.00. Spørsmål 2 er ikke besvart ennå." in page
    assert f"{UNFINISHED.strip()}</textarea>" in page
    assert "12 av høyst 10 ord. Kort ned med 2 ord." in page
    assert ("input", "checked") in [
        (tag, "checked") for tag, given in tags(page) if given.get("id") == "claim-1" and "checked" in given
    ]
    assert "Prisen.</textarea>" in page
    assert 'class="ds-error-summary"' not in page
    kept = db.scalars(sa.select(Draft)).one()
    assert (kept.supplier_id, kept.saved_at) == (sender.supplier.id, moment)


def test_a_draft_is_no_version_and_has_no_receipt(client: TestClient, sender: Sender) -> None:
    letters, entries = _count(Letter), _count(TrailEntry)

    _save(client, sender, form())
    _save(client, sender, form({1: "Et nytt utkast."}))

    assert (_count(Letter), _count(TrailEntry)) == (letters, entries)
    assert (_count(Proposal), _count(Draft)) == (0, 1)
    assert client.get(f"{sender.address}/receipt").status_code == 404


def _count(table: Any) -> int:
    with transaction(reads_only=True) as db:
        return db.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_sending_makes_an_end_of_the_draft(client: TestClient, sender: Sender) -> None:
    """At both doors."""
    _save(client, sender, form({1: "Utkast."}))
    by_form = client.post(f"{sender.address}/proposal", data=form())
    after_form = _count(Draft)
    _save(client, sender, form({1: "Utkast."}))
    by_api = client.post("/api/v1/proposals", json=proposal(), headers=sender.headers)

    assert (by_form.status_code, by_api.status_code) == (303, 201)
    assert (after_form, _count(Draft)) == (0, 0)
    assert "Dere har et utkast" not in client.get(sender.address).text


def test_a_refused_proposal_leaves_the_draft(client: TestClient, sender: Sender) -> None:
    _save(client, sender, form({1: "Utkast."}))

    refused = client.post(f"{sender.address}/proposal", data=form({1: "", 2: ""}))

    assert refused.status_code == 422
    assert "Utkast.</textarea>" in client.get(sender.address).text


def test_a_draft_of_a_new_version_keeps_the_ticks_of_its_files(client: TestClient, sender: Sender) -> None:
    client.post(f"{sender.address}/proposal", data=form(), files={"files": ("Forslag.pdf", PDF)})
    (keep,) = [name for name in values(client.get(sender.address).text, "name") if name.startswith("keep-")]
    claim = keep.replace("keep-", "claimed-")

    _save(client, sender, {**form({1: "Ny."}), keep: "true", claim: "true"})
    kept = _checked(client.get(sender.address).text)
    _save(client, sender, form({1: "Ny."}))

    assert (kept & {keep, claim}, _checked(client.get(sender.address).text) & {keep, claim}) == ({keep, claim}, set())


def _checked(page: str) -> set[str]:
    return {str(given["name"]) for tag, given in tags(page) if tag == "input" and "checked" in given}


def test_what_cannot_be_taken_as_text_is_refused_beside_its_field(client: TestClient, sender: Sender) -> None:
    """I23, I24."""
    answer = _save(client, sender, form({1: "a\u202eb", 2: "x" * 20_001}))

    assert (answer.status_code, answer.text.count("Bruk bare synlige tegn.")) == (422, 2)
    assert _count(Draft) == 0


def test_no_draft_is_kept_after_the_deadline(client: TestClient, dialogue: Dialogue, sender: Sender) -> None:
    with clock.as_if(dialogue.proposals_due_at + timedelta(milliseconds=1)):
        answer = _save(client, sender, form())

    assert answer.status_code == 409


def test_a_draft_is_its_suppliers_alone(
    client: TestClient, dialogue: Dialogue, sender: Sender, rival: Sender, organiser: dict[str, str]
) -> None:
    """Z1, Z2: no door shows it to a rival or to the organiser."""
    _save(client, sender, form({1: UNFINISHED}))
    rivals = [client.get(f"{rival.address}{path}") for path in ("", "/proposal/draft/shareable")]
    own = client.get(sender.address)

    seen = read_all(
        client,
        organiser,
        dialogue_id=str(dialogue.id),
        supplier_id=str(sender.supplier.id),
        slug=dialogue.slug,
    )

    assert "Snøkrystall" in own.text
    assert not any("Snøkrystall" in answer.text for answer in rivals)
    assert [address for address, answer in seen.items() if "Snøkrystall" in answer.text] == []
    assert {200, 404} <= {answer.status_code for answer in seen.values()}
    assert client.get(f"/api/v1/dialogues/{dialogue.id}/proposals", headers=organiser).json() == []
