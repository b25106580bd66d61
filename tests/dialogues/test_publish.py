"""Publishing: drafts are the organiser's alone, published dialogues are everybody's."""

from uuid import uuid4

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues import service
from app.kernel import trail
from tests.dialogues.factories import as_organiser, draft, published

DIALOGUES = "/api/v1/dialogues"
ABSENT = {"type": "about:blank", "title": "Not found", "status": 404, "detail": "There is no such dialogue."}


def test_a_draft_is_to_strangers_as_if_it_were_not_there(client: TestClient, db: Session) -> None:
    dialogue, other = draft(db), draft(db)
    stranger = as_organiser(db, other)
    db.commit()

    answers = [
        client.get(f"{DIALOGUES}/{address}", headers=headers)
        for address in (dialogue.id, uuid4())
        for headers in ({}, stranger, {"Authorization": "Bearer wrong"})
    ]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(404, ABSENT)] * 6
    assert client.get(DIALOGUES).json() == []


def test_a_published_dialogue_is_everybodys(client: TestClient, db: Session) -> None:
    dialogue = draft(db)
    organiser = as_organiser(db, dialogue)
    db.commit()

    answer = client.post(f"{DIALOGUES}/{dialogue.id}/publish", headers=organiser)

    assert (answer.status_code, answer.json()["phase"]) == (200, "open")
    assert client.get(f"{DIALOGUES}/{dialogue.id}").json() == answer.json()
    told = {name: value for name, value in answer.json().items() if name != "buyers"}
    assert client.get(DIALOGUES).json() == [told]


def test_a_dialogue_is_published_only_once(client: TestClient, db: Session) -> None:
    dialogue = published(db)
    organiser = as_organiser(db, dialogue)
    db.commit()

    answer = client.post(f"{DIALOGUES}/{dialogue.id}/publish", headers=organiser)

    assert (answer.status_code, answer.json()["detail"]) == (409, "The dialogue is published already.")


def test_only_its_own_organiser_publishes_a_dialogue(client: TestClient, db: Session) -> None:
    dialogue, other = draft(db), draft(db)
    stranger = as_organiser(db, other)
    db.commit()
    address = f"{DIALOGUES}/{dialogue.id}/publish"

    answers = [client.post(address), client.post(address, headers=stranger)]

    assert [answer.status_code for answer in answers] == [401, 404]
    assert client.get(f"{DIALOGUES}/{dialogue.id}").status_code == 404


def test_the_latest_day_stands_first_in_the_list(client: TestClient, db: Session) -> None:
    published(db, title="Tidlig", held_on="2090-04-07")
    published(db, title="Sen", held_on="2090-04-09")
    draft(db, title="Utkast", held_on="2090-04-10")
    db.commit()

    assert [dialogue["title"] for dialogue in client.get(DIALOGUES).json()] == ["Sen", "Tidlig"]


def test_the_trail_tells_who_opened_and_who_published(db: Session) -> None:
    dialogue = published(db)
    db.commit()

    told = [(entry.action, entry.about, entry.dialogue_id) for entry in trail.entries(db)]
    assert told == [("opened", dialogue.id, dialogue.id), ("published", dialogue.id, dialogue.id)]
    assert trail.first_flaw(db) is None


def test_new_facts_are_counted(db: Session) -> None:
    dialogue = draft(db)
    db.commit()

    service.facts_changed(db, dialogue.id)
    service.facts_changed(db, dialogue.id)

    assert dialogue.facts_version == 3
