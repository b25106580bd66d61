"""Z16: where a dialogue has a seal, nobody reads what the proposals say before two persons break it together."""

import json
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.days import service as days
from app.dialogues.models import Dialogue
from app.kernel import clock, trail
from app.proposals import service
from tests.days.factories import DAY, a_person
from tests.dialogues.factories import as_organiser, published
from tests.proposals.doors import read_all
from tests.proposals.factories import QUESTIONS, Sender, odt, proposal
from tests.suppliers.factories import registered, session_of, signed_in

UNTIL = "2090-04-04T09:00:00+02:00"
SECRET = "Snøkrystall"
SEALED = "The proposals are sealed. Nobody reads them before 2090-04-04 09:00+02:00."
UNOPENED = "The proposals are sealed. Two persons must break the seal together before anybody reads them."
TWO = {"persons": ["Kari Nordmann", "Ola Hansen"]}


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    """The dialogue with a seal."""
    made = published(db, sealed_until=UNTIL)
    for number, (text, word_limit) in QUESTIONS.items():
        service.ask(db, made, number, text, word_limit)
    db.commit()
    return made


@pytest.fixture
def sent(client: TestClient, db: Session, dialogue: Dialogue) -> tuple[Sender, dict[str, Any]]:
    """A supplier, and the receipt for its proposal with answers, a claim and a file."""
    supplier = registered(db, dialogue)
    sender = Sender(supplier, signed_in(client, db, supplier), session_of(db, supplier))
    db.commit()
    said = proposal({1: f"{SECRET} [[{SECRET}]]", 2: f"{SECRET}."}, reason=f"{SECRET}!")
    parts: dict[str, Any] = {"data": {"proposal": json.dumps(said)}, "files": {"file": (f"{SECRET}.odt", odt())}}
    receipt = client.post("/api/v1/proposals/with-file", headers=sender.headers, **parts)
    assert receipt.status_code == 201
    return sender, receipt.json()


def _doors(dialogue: Dialogue, sender: Sender, receipt: dict[str, Any]) -> list[str]:
    address = f"/api/v1/dialogues/{dialogue.id}/suppliers/{sender.supplier.id}/proposal"
    return [address, f"{address}/shareable", f"{address}/files/{receipt['files'][0]['id']}"]


def _open(client: TestClient, dialogue: Dialogue, organiser: dict[str, str], body: object = TWO) -> Any:
    return client.post(f"/api/v1/dialogues/{dialogue.id}/proposals/open", json=body, headers=organiser)


def _told(answers: list[Any]) -> list[tuple[int, str]]:
    return [(answer.status_code, answer.json()["detail"]) for answer in answers]


def test_no_door_shows_an_organiser_anything_that_a_sealed_proposal_says(
    client: TestClient, dialogue: Dialogue, sent: tuple[Sender, dict[str, Any]], organiser: dict[str, str]
) -> None:
    """Z16: every route, by page and by API, even when the time has come; the control: what is read once it is open."""
    sender, receipt = sent
    known = {
        "dialogue_id": str(dialogue.id),
        "supplier_id": str(sender.supplier.id),
        "file_id": receipt["files"][0]["id"],
        "slug": dialogue.slug,
    }

    with clock.as_if(clock.wall(dialogue.held_on, 0)):
        sealed = read_all(client, organiser, **known)
        opened = _open(client, dialogue, organiser)
        control = read_all(client, organiser, **known)

    assert [address for address, answer in sealed.items() if _shows(answer)] == []
    assert opened.status_code == 201
    assert {address for address, answer in control.items() if _shows(answer)} == {*_doors(dialogue, sender, receipt)}


def _shows(answer: Any) -> bool:
    return SECRET in answer.text or answer.content == odt() or "krystall" in str(answer.headers)


def test_that_a_proposal_is_in_shows_with_its_time_and_hash(
    client: TestClient, dialogue: Dialogue, sent: tuple[Sender, dict[str, Any]], organiser: dict[str, str]
) -> None:
    sender, receipt = sent

    listed = client.get(f"/api/v1/dialogues/{dialogue.id}/proposals", headers=organiser).json()
    token = organiser["Authorization"].removeprefix("Bearer ")

    assert listed == [
        {
            "supplier_id": str(sender.supplier.id),
            "supplier": "dosevakt-as",
            "version": 1,
            "submitted_at": receipt["submitted_at"],
            "late": False,
            "sha256": receipt["sha256"],
        }
    ]
    overview = client.get(f"/o/{token}").text
    assert [words in overview for words in ("Versjon 1", "Ingen leser forslagene før")] == [True, True]


def test_the_seal_holds_until_its_time_and_then_until_it_is_broken(
    client: TestClient, dialogue: Dialogue, sent: tuple[Sender, dict[str, Any]], organiser: dict[str, str]
) -> None:
    """Z16: at T − 1 ms nobody can break it; at T nobody reads without the act of two."""
    until = dialogue.sealed_until
    assert until is not None
    doors = _doors(dialogue, *sent)
    with clock.as_if(until - timedelta(milliseconds=1)):
        early = _open(client, dialogue, organiser)
        sealed = [client.get(door, headers=organiser) for door in doors]
    with clock.as_if(until):
        waiting = [client.get(door, headers=organiser) for door in doors]
        opened = _open(client, dialogue, organiser)
        again = _open(client, dialogue, organiser)
    read = [client.get(door, headers=organiser).status_code for door in doors]

    assert _told([early, *sealed]) == [(409, SEALED)] * 4
    assert _told(waiting) == [(409, UNOPENED)] * 3
    assert (opened.status_code, opened.json()) == (
        201,
        {"opened_at": "2090-04-04T07:00:00Z", "persons": ["Kari Nordmann", "Ola Hansen"]},
    )
    assert _told([again]) == [(409, "The seal has been broken already.")]
    # By the clock of the machine it is not yet time: that, too, is before it.
    assert read == [409] * 3
    with clock.as_if(until + timedelta(days=1)):
        assert [client.get(door, headers=organiser).status_code for door in doors] == [200] * 3


def test_the_breaking_stands_in_the_trail_with_both_names(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    """Z16, ASVS 2.3.5."""
    assert dialogue.sealed_until is not None
    with clock.as_if(dialogue.sealed_until):
        _open(client, dialogue, organiser)

    entry = list(trail.entries(db))[-1]
    assert (entry.actor, entry.action, entry.at) == ("organiser", "broke the seal", dialogue.sealed_until)
    assert entry.dialogue_id == dialogue.id
    assert entry.details == {"persons": TWO["persons"], "names": TWO["persons"]}
    assert trail.first_flaw(db) is None


NOT_TWO: list[object] = [
    {"persons": ["Kari"]},
    {"persons": ["Kari", "Ola", "Per"]},
    {"persons": ["Kari", "kari"]},
    {"persons": ["Kari", " "]},
    {"persons": ["Kari", "Ola"], "opened_at": "2020-01-01"},
    {},
]


def test_it_takes_two_different_persons(client: TestClient, dialogue: Dialogue, organiser: dict[str, str]) -> None:
    """Z16, I20."""
    assert dialogue.sealed_until is not None
    with clock.as_if(dialogue.sealed_until):
        answers = [_open(client, dialogue, organiser, body) for body in NOT_TWO]

    assert [answer.status_code for answer in answers] == [422] * len(NOT_TWO)
    assert answers[2].json()["detail"] == "Name two different persons."


def test_where_the_dialogue_has_people_it_is_two_of_them(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    opened = db.merge(dialogue)
    days.set_day(db, opened, DAY)
    for name in ("Kari Nordmann", "Ola Hansen"):
        a_person(db, opened, name, buyer="vikstrand")
    db.commit()
    assert dialogue.sealed_until is not None
    with clock.as_if(dialogue.sealed_until):
        strangers = _open(client, dialogue, organiser, {"persons": ["kari-nordmann", "Per"]})
        known = _open(client, dialogue, organiser, {"persons": ["kari-nordmann", "ola-hansen"]})

    assert _told([strangers]) == [(422, "Name two of the people of the dialogue, by their handles.")]
    assert known.json()["persons"] == ["Kari Nordmann", "Ola Hansen"]


def test_only_its_organiser_breaks_the_seal(
    client: TestClient, dialogue: Dialogue, sent: tuple[Sender, dict[str, Any]], db: Session
) -> None:
    stranger = as_organiser(db, published(db))
    db.commit()
    heads: list[dict[str, str]] = [{}, sent[0].headers, stranger]

    assert [_open(client, dialogue, headers).status_code for headers in heads] == [401, 401, 404]


def test_without_a_seal_there_is_none_to_break(client: TestClient, db: Session) -> None:
    """The control: an unsealed dialogue is read at once, as the other tests of proposals do."""
    unsealed = published(db)
    organiser = as_organiser(db, unsealed)
    db.commit()

    assert _told([_open(client, unsealed, organiser)]) == [(409, "The proposals are not sealed.")]


def test_suppliers_and_everybody_are_told_of_the_seal(
    client: TestClient, dialogue: Dialogue, sent: tuple[Sender, dict[str, Any]]
) -> None:
    sentence = "Ingen leser forslagene før tirsdag 4. april 2090 kl. 09.00. Da åpner to personer dem sammen."

    for address in (sent[0].address, f"{sent[0].address}/receipt", f"/d/{dialogue.slug}"):
        assert sentence in client.get(address).text
