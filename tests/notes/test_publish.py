"""The note for systems: versions that are never changed, by the organiser alone."""

from uuid import uuid4

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.kernel import trail
from tests.dialogues.factories import as_organiser, draft, published
from tests.notes.factories import TEXTS


def _notes(dialogue_id: object) -> str:
    return f"/api/v1/dialogues/{dialogue_id}/notes"


def test_each_publishing_makes_a_new_version_and_keeps_the_former(client: TestClient, db: Session) -> None:
    dialogue = published(db)
    organiser = as_organiser(db, dialogue)
    db.commit()
    later = {**TEXTS, "needs": "Løsningen må virke uten mobildekning."}

    first, second = (client.post(_notes(dialogue.id), json=texts, headers=organiser) for texts in (TEXTS, later))

    assert (first.status_code, second.status_code) == (201, 201)
    notes = client.get(_notes(dialogue.id)).json()
    assert notes == [second.json(), first.json()]
    assert [{name: note[name] for name in ("version", *TEXTS)} for note in notes] == [
        {"version": 2, **later},
        {"version": 1, **TEXTS},
    ]
    assert client.get(f"/api/v1/dialogues/{dialogue.id}/note").json() == second.json()


def test_before_the_first_version_there_is_no_note(client: TestClient, db: Session) -> None:
    dialogue = published(db)
    db.commit()

    answer = client.get(f"/api/v1/dialogues/{dialogue.id}/note")

    assert client.get(_notes(dialogue.id)).json() == []
    assert (answer.status_code, answer.json()["detail"]) == (404, "The dialogue note has not been published yet.")


def test_the_note_of_a_draft_is_the_organisers_alone(client: TestClient, db: Session) -> None:
    dialogue, other = draft(db), draft(db)
    organiser, stranger = as_organiser(db, dialogue), as_organiser(db, other)
    db.commit()
    client.post(_notes(dialogue.id), json=TEXTS, headers=organiser)

    answers = [client.get(_notes(dialogue.id), headers=headers) for headers in ({}, stranger, organiser)]

    assert [answer.status_code for answer in answers] == [404, 404, 200]
    assert answers[0].json() == client.get(_notes(uuid4())).json()


def test_only_its_own_organiser_publishes_a_note(client: TestClient, db: Session) -> None:
    dialogue = published(db)
    stranger = as_organiser(db, published(db))
    db.commit()

    answers = [client.post(_notes(dialogue.id), json=TEXTS, headers=headers) for headers in ({}, stranger)]

    assert [answer.status_code for answer in answers] == [401, 404]
    assert client.get(_notes(dialogue.id)).json() == []


def test_a_note_that_lacks_a_part_or_holds_what_cannot_be_shown_is_refused(client: TestClient, db: Session) -> None:
    dialogue = published(db)
    organiser = as_organiser(db, dialogue)
    db.commit()
    lacking = {name: text for name, text in TEXTS.items() if name != "needs"}
    bad = [" \n ", "x" * 20_001, "a\u202eb", "a\x00b", 7, None, ["a"]]
    bodies = [lacking, {**TEXTS, "version": 9}, *({**TEXTS, "needs": needs} for needs in bad)]

    answers = [client.post(_notes(dialogue.id), json=body, headers=organiser) for body in bodies]

    assert [answer.status_code for answer in answers] == [422] * len(bodies)
    assert client.get(_notes(dialogue.id)).json() == []


def test_a_refusal_is_told_in_the_language_that_is_asked_for(client: TestClient, db: Session) -> None:
    address = f"/api/v1/dialogues/{published(db).id}/note"
    db.commit()

    answers = {language: client.get(address, headers={"Accept-Language": language}) for language in ("nb", "nn", "fr")}

    assert {language: answer.json()["detail"] for language, answer in answers.items()} == {
        "nb": "Dialognotatet er ikke lagt ut ennå.",
        "nn": "Dialognotatet er ikkje lagt ut enno.",
        "fr": "The dialogue note has not been published yet.",
    }
    assert [answer.headers["content-language"] for answer in answers.values()] == ["nb", "nn", "en"]


def test_the_trail_holds_every_version(client: TestClient, db: Session) -> None:
    dialogue = published(db)
    organiser = as_organiser(db, dialogue)
    db.commit()

    note = client.post(_notes(dialogue.id), json=TEXTS, headers=organiser).json()

    last = list(trail.entries(db))[-1]
    assert (last.actor, last.action, last.kind, str(last.about)) == ("organiser", "published", "notes", note["id"])
    assert last.details == {"version": 1, **TEXTS}
    assert trail.first_flaw(db) is None
