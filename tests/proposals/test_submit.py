"""Suppliers send in proposals over the API until the deadline, each time with a receipt."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue, Phase
from app.kernel import clock, trail
from app.kernel.db import transaction
from app.kernel.files import StoredFile, path_of
from app.proposals import queries
from app.proposals.models import Proposal
from tests.proposals.factories import ANSWERS, PDF, Sender, form, proposal
from tests.suppliers.factories import letters, recipient_of, text_of

WITH_FILE = "/api/v1/proposals/with-file"


def _submit(client: TestClient, sender: Sender, body: object) -> Any:
    return client.post("/api/v1/proposals", json=body, headers=sender.headers)


def _submit_with_file(client: TestClient, sender: Sender, content: bytes, name: str = "Forslag.pdf") -> Any:
    parts = {"data": {"proposal": json.dumps(proposal())}, "files": {"file": (name, content, "text/html")}}
    return client.post(WITH_FILE, headers=sender.headers, **parts)  # type: ignore[arg-type]  # two parts by name


def test_a_proposal_gets_a_receipt_that_anybody_can_compute_again(
    client: TestClient, dialogue: Dialogue, sender: Sender, organiser: dict[str, str]
) -> None:
    moment = dialogue.proposals_due_at - timedelta(hours=2, seconds=7)
    with clock.as_if(moment):
        answer = _submit(client, sender, proposal())

    whole = (
        '{"answers":[{"claimed":false,"number":1,"text":"En liten dispenser."},'
        '{"claimed":false,"number":2,"text":"Seks uker.\\n\\nOg to superbrukere."}],'
        '"files":[],"format":2,"reason":null}'
    )
    receipt = answer.json()
    assert answer.status_code == 201
    assert receipt == {
        "version": 1,
        "submitted_at": "2090-04-03T10:59:53Z",
        "late": False,
        "sha256": hashlib.sha256(whole.encode()).hexdigest(),
        "files": [],
    }
    address = f"/api/v1/dialogues/{dialogue.id}/suppliers/{sender.supplier.id}/proposal"
    assert client.get(address, headers=organiser).json() == {
        **receipt,
        "format": 2,
        "answers": [{**answer, "claimed": False} for answer in proposal()["answers"]],
        "claims": {"answers": [], "passages": [], "files": [], "reason": None},
    }
    assert client.get(f"{sender.address}/proposal/answers.json").content == whole.encode()


def test_the_receipt_goes_by_letter_too(client: TestClient, sender: Sender) -> None:
    receipt = _submit_with_file(client, sender, PDF).json()

    letter = letters()[-1]
    assert (letter["Subject"], recipient_of(letter)) == (
        "Kvittering for løsningsforslaget deres, versjon 1",
        "silje.arnesen@dosevakt.example",
    )
    for words in (text_of(letter), text_of(letter, "html")):
        assert receipt["sha256"] in words
        assert receipt["files"][0]["name"] in words
        assert _in_oslo(receipt["submitted_at"]) in words


def _in_oslo(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(clock.OSLO).isoformat(sep=" ", timespec="seconds")


def test_a_file_is_kept_under_its_hash_and_counts_in_the_receipt(
    client: TestClient, sender: Sender, db: Session
) -> None:
    answer = _submit_with_file(client, sender, PDF, "../Vårt forslag.exe")

    kept = db.scalars(sa.select(StoredFile)).one()
    whole = client.get(f"{sender.address}/proposal/answers.json").content
    file = {
        "id": str(kept.id),
        "name": "Vårt forslag.pdf",
        "media_type": "application/pdf",
        "size": len(PDF),
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "claimed": False,
    }
    assert (answer.status_code, answer.json()["files"]) == (201, [file])
    assert path_of(kept.id).read_bytes() == PDF
    assert json.loads(whole)["files"] == [{name: file[name] for name in ("claimed", "name", "sha256")}]
    assert answer.json()["sha256"] == hashlib.sha256(whole).hexdigest()


def test_each_submission_is_a_new_version_and_the_last_one_counts(
    client: TestClient, dialogue: Dialogue, sender: Sender, organiser: dict[str, str]
) -> None:
    _submit_with_file(client, sender, PDF)
    dropped = _submit(client, sender, proposal({1: "Nytt svar.", 2: "Fem uker."}))
    file = _submit_with_file(client, sender, PDF).json()["files"][0]
    kept = _submit(client, sender, proposal({1: "Tredje svar.", 2: "Fire uker."}, keeps_files=[{"id": file["id"]}]))

    address = f"/api/v1/dialogues/{dialogue.id}/suppliers/{sender.supplier.id}/proposal"
    last = client.get(address, headers=organiser).json()
    assert (dropped.json()["version"], dropped.json()["files"]) == (2, [])
    assert (kept.json()["version"], kept.json()["files"]) == (4, [file])
    assert [answer["text"] for answer in last["answers"]] == ["Tredje svar.", "Fire uker."]
    assert len(letters()) == 5


def test_the_deadline_itself_is_in_time(client: TestClient, dialogue: Dialogue, sender: Sender) -> None:
    """B1, B3: received whole at T − 1 ms and at T, but not at T + 1 ms, by the server's clock."""
    answers = []
    for milliseconds in (-1, 0, 1):
        with clock.as_if(dialogue.proposals_due_at + timedelta(milliseconds=milliseconds)):
            answers.append(_submit(client, sender, proposal()))
            answers.append(client.post(f"{sender.address}/proposal", data=form()))

    assert [answer.status_code for answer in answers] == [201, 303, 201, 303, 409, 409]
    assert answers[4].json()["detail"] == "Solution proposals are no longer taken in."
    assert "Det tas ikke lenger imot løsningsforslag." in answers[5].text
    assert _versions(sender) == [1, 2, 3, 4]


def _versions(sender: Sender) -> list[int]:
    with transaction(reads_only=True) as db:
        mine = sa.select(Proposal.version).where(Proposal.supplier_id == sender.supplier.id)
        return list(db.scalars(mine.order_by(Proposal.version)))


def test_a_closed_dialogue_takes_no_proposals(
    client: TestClient, dialogue: Dialogue, sender: Sender, db: Session
) -> None:
    db.merge(dialogue).phase = Phase.CLOSED
    db.commit()

    assert _submit(client, sender, proposal()).status_code == 409


def test_every_question_must_be_answered_within_its_limit(client: TestClient, sender: Sender) -> None:
    cases = {
        "Question 2 has not been answered.": proposal({1: "Svar."}),
        "Question 1 has not been answered.": proposal({1: " \n ", 2: "Svar."}),
        "In the answer to question 1, a passage that begins with [[ must end with ]].": proposal(
            {1: "Pris: [[40 kr", 2: "Svar."}
        ),
        "There is no question 3.": proposal({**ANSWERS, 3: "Svar."}),
        "The answer to question 1 has 2 words too many: the most is 10.": proposal({1: "ord " * 12, 2: "Svar."}),
    }

    answers = [_submit(client, sender, body) for body in cases.values()]

    assert [(answer.status_code, answer.json()["detail"]) for answer in answers] == [
        (422, sentence) for sentence in cases
    ]
    assert _versions(sender) == []


def test_what_is_no_proposal_is_refused_with_its_place(client: TestClient, sender: Sender) -> None:
    """I20, I23."""
    answer = proposal()["answers"][0]
    cases = [
        ({"answers": [{**answer, "number": "1"}]}, "body.answers[0].number"),
        ({"answers": [{**answer, "number": 12345678901234567890}]}, "body.answers[0].number"),
        ({"answers": [{**answer, "number": True}]}, "body.answers[0].number"),
        ({"answers": [{**answer, "text": "\ud800"}]}, "body.answers[0].text"),
        ({"answers": [{**answer, "text": "a\x00b"}]}, "body.answers[0].text"),
        ({"answers": [{**answer, "text": "a\u202eb"}]}, "body.answers[0].text"),
        ({"answers": [{**answer, "text": "x" * 20_001}]}, "body.answers[0].text"),
        ({"answers": [{**answer, "proposal_id": "1"}]}, "body.answers[0].proposal_id"),
        ({"answers": [answer, answer]}, "body.answers"),
        ({"answers": [answer] * 100}, "body.answers"),
        ({"answers": [{**answer, "claimed": "yes"}]}, "body.answers[0].claimed"),
        ({"answers": [], "keeps_files": [{"id": "1"}]}, "body.keeps_files[0].id"),
        ({"answers": [], "keeps_files": [{"id": str(UUID(int=1))}] * 2}, "body.keeps_files"),
        ({"answers": [], "keeps_files": [{"id": str(UUID(int=n))} for n in range(6)]}, "body.keeps_files"),
        ({"answers": [], "reason": "x" * 2_001}, "body.reason"),
        ({"answers": [], "late": False}, "body.late"),
        ({"answers": [], "sealed_until": None}, "body.sealed_until"),
        ({"answers": [], "supplier_id": "1"}, "body.supplier_id"),
        ({"answers": [], "submitted_at": "2020-01-01"}, "body.submitted_at"),
        ({}, "body.answers"),
    ]

    refused = [
        client.post("/api/v1/proposals", content=json.dumps(body), headers={**sender.headers, **JSON})
        for body, _ in cases
    ]

    assert [each.status_code for each in refused] == [422] * len(cases)
    assert [[error["place"] for error in each.json()["errors"]] for each in refused] == [[place] for _, place in cases]


JSON = {"Content-Type": "application/json"}


def test_only_a_suppliers_own_token_sends_in(client: TestClient, sender: Sender, organiser: dict[str, str]) -> None:
    """A and T6: no token, a wrong one, the organiser's."""
    heads: list[dict[str, str]] = [{}, {"Authorization": "Bearer wrong"}, organiser]

    answers = [client.post("/api/v1/proposals", json=proposal(), headers=headers) for headers in heads]

    assert [answer.status_code for answer in answers] == [401] * 3
    assert _versions(sender) == []


def test_a_submission_stands_in_the_trail_without_its_words(client: TestClient, sender: Sender, db: Session) -> None:
    receipt = _submit(client, sender, proposal()).json()

    entry = list(trail.entries(db))[-1]
    assert (entry.actor, entry.action, entry.kind) == (f"supplier:{sender.supplier.id}", "submitted", "proposals")
    assert entry.details == {
        "supplier": "dosevakt-as",
        "version": 1,
        "late": False,
        "sha256": receipt["sha256"],
    }
    assert trail.first_flaw(db) is None


def test_what_is_kept_still_has_the_hash_of_its_receipt(client: TestClient, sender: Sender, db: Session) -> None:
    """The hash is of what is stored, so that a change in the database shows."""
    _submit(client, sender, proposal({1: " A\u030apent\r\nsvar \n", 2: "To."}))

    kept = queries.latest(db, sender.supplier.id)
    assert kept is not None
    assert [(answer.number, answer.text) for answer in queries.answers(db, kept)] == [(1, "Åpent\nsvar"), (2, "To.")]
    assert kept.sha256 == hashlib.sha256(queries.canonical_bytes(db, kept)).hexdigest()
