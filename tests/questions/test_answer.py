"""Answering over the API: drafts that only the organiser sees, published to all at once, corrected in the open."""

from uuid import uuid4

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import trail
from app.questions import queries, service
from app.suppliers.models import Supplier
from tests.dialogues.factories import as_organiser
from tests.dialogues.factories import published as open_dialogue
from tests.questions import factories
from tests.questions.factories import ANSWER, CANARY, TEXT, WORDING
from tests.suppliers.factories import signed_in


def _api(dialogue: Dialogue) -> str:
    return f"/api/v1/dialogues/{dialogue.id}"


def _told(answer: dict[str, object]) -> tuple[object, ...]:
    return answer["number"], answer["version"], answer["wording"]


def test_several_drafts_are_published_together_and_numbered_by_publication(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, organiser: dict[str, str]
) -> None:
    questions = [service.ask(db, asker, f"Sak {letter}?") for letter in "abc"]
    db.commit()
    ids = [str(question.id) for question in questions]
    first = client.post(f"{_api(dialogue)}/answer-drafts", json={**ANSWER, "questions": ids[1:]}, headers=organiser)
    second = client.post(f"{_api(dialogue)}/answer-drafts", json={**ANSWER, "wording": "Og prisen?"}, headers=organiser)
    assert (first.status_code, second.status_code, client.get(f"{_api(dialogue)}/answers").json()) == (201, 201, [])

    chosen = {"drafts": [second.json()["id"], first.json()["id"]]}
    published = client.post(f"{_api(dialogue)}/answers", json=chosen, headers=organiser)

    assert published.status_code == 201
    assert [_told(answer) for answer in published.json()] == [(1, 1, "Og prisen?"), (2, 1, WORDING)]
    assert client.get(f"{_api(dialogue)}/answers").json() == published.json()
    assert set(published.json()[0]) == {"number", "version", "wording", "text", "published_at", "corrected_at"}
    assert len({answer["published_at"] for answer in published.json()}) == 1
    assert client.get(f"{_api(dialogue)}/answer-drafts", headers=organiser).json() == []
    kept = client.get(f"{_api(dialogue)}/questions", headers=organiser).json()
    assert [(one["text"], one["answer_id"]) for one in kept] == [
        ("Sak a?", None),
        ("Sak b?", first.json()["id"]),
        ("Sak c?", first.json()["id"]),
    ]


def test_a_correction_is_a_new_version_in_its_old_place(
    client: TestClient, db: Session, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    factories.published(db, dialogue)
    factories.published(db, dialogue, wording="Og prisen?")
    db.commit()

    corrected = client.put(f"{_api(dialogue)}/answers/1", json={**ANSWER, "text": "Nei."}, headers=organiser).json()
    again = client.put(f"{_api(dialogue)}/answers/1", json={**ANSWER, "text": "Nei."}, headers=organiser).json()

    answers = client.get(f"{_api(dialogue)}/answers").json()
    assert [_told(answer) for answer in answers] == [(1, 2, WORDING), (2, 1, "Og prisen?")]
    assert (corrected["text"], corrected["corrected_at"] is not None, again) == ("Nei.", True, corrected)
    assert "Rettet" in client.get(f"/d/{dialogue.slug}/questions").text


def test_a_draft_is_changed_thrown_away_or_published_only_once(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, organiser: dict[str, str]
) -> None:
    question = service.ask(db, asker, CANARY)
    draft, other = factories.drafted(db, dialogue, question), factories.drafted(db, dialogue)
    db.commit()
    drafts = f"{_api(dialogue)}/answer-drafts"

    changed = client.put(f"{drafts}/{draft.id}", json={**ANSWER, "text": "Kanskje."}, headers=organiser)
    thrown = client.delete(f"{drafts}/{draft.id}", headers=organiser)
    published = client.post(f"{_api(dialogue)}/answers", json={"drafts": [str(other.id)]}, headers=organiser)
    late = [
        client.post(f"{_api(dialogue)}/answers", json={"drafts": [str(other.id)]}, headers=organiser),
        client.put(f"{drafts}/{other.id}", json=ANSWER, headers=organiser),
        client.delete(f"{drafts}/{other.id}", headers=organiser),
        client.put(f"{drafts}/{draft.id}", json=ANSWER, headers=organiser),
        client.put(f"{_api(dialogue)}/answers/2", json=ANSWER, headers=organiser),
        client.put(f"{_api(dialogue)}/answers/{2**63}", json=ANSWER, headers=organiser),
    ]

    assert (changed.json()["text"], thrown.status_code, published.status_code) == ("Kanskje.", 204, 201)
    assert [answer.status_code for answer in late] == [409, 409, 409, 404, 404, 422]
    assert queries.how_many_wait(db, asker.id) == 1
    assert trail.first_flaw(db) is None
    acts = [entry.action for entry in trail.entries(db) if entry.kind in {"questions", "shared_answers"}]
    assert acts == ["asked", "drafted", "drafted", "changed", "discarded", "published"]


def test_a_question_is_answered_or_declined_once(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, organiser: dict[str, str]
) -> None:
    answered, declined = service.ask(db, asker, "a?"), service.ask(db, asker, "b?")
    db.commit()
    drafts, questions = f"{_api(dialogue)}/answer-drafts", f"{_api(dialogue)}/questions"
    why = {"reason": "Det står i notatet."}

    done = [
        client.post(drafts, json={**ANSWER, "questions": [str(answered.id)]}, headers=organiser),
        client.post(f"{questions}/{declined.id}/decline", json=why, headers=organiser),
    ]
    late = [
        client.post(f"{questions}/{answered.id}/decline", json=why, headers=organiser),
        client.post(f"{questions}/{declined.id}/decline", json=why, headers=organiser),
        client.post(drafts, json={**ANSWER, "questions": [str(declined.id)]}, headers=organiser),
        client.post(drafts, json={**ANSWER, "questions": [str(uuid4())]}, headers=organiser),
    ]

    assert [answer.status_code for answer in done + late] == [201, 200, 409, 409, 409, 404]
    assert done[1].json()["declined_because"] == "Det står i notatet."


def test_words_that_name_the_one_who_asked_are_refused_until_they_do_not(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, organiser: dict[str, str]
) -> None:
    question = service.ask(db, asker, CANARY)
    db.commit()
    drafts, ids = f"{_api(dialogue)}/answer-drafts", [str(question.id)]
    named = {"wording": "Virker DOSEVAKTS skap?", "text": "Spør Silje\nArnesen."}
    each = [{**ANSWER, field: words} for field, words in named.items()]

    refused = [client.post(drafts, json={**words, "questions": ids}, headers=organiser) for words in each]
    sound = client.post(drafts, json={**ANSWER, "questions": ids}, headers=organiser)
    changed = [client.put(f"{drafts}/{sound.json()['id']}", json=words, headers=organiser) for words in each]
    client.post(f"{_api(dialogue)}/answers", json={"drafts": [sound.json()["id"]]}, headers=organiser)
    corrected = [client.put(f"{_api(dialogue)}/answers/1", json=words, headers=organiser) for words in each]

    assert [answer.status_code for answer in (*refused, *changed, *corrected)] == [422] * 6
    assert {answer.json()["detail"] for answer in (*refused, *changed, *corrected)} == {
        "This names the one who asked. Write it so that nobody can tell who it was."
    }
    answers = client.get(f"{_api(dialogue)}/answers").json()
    assert [(answer["wording"], answer["text"]) for answer in answers] == [(WORDING, TEXT)]


def test_the_check_is_made_again_when_an_answer_is_published(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, organiser: dict[str, str]
) -> None:
    draft = factories.drafted(db, dialogue, service.ask(db, asker, CANARY))
    asker.contact_name = "Mobildekning Hansen"
    draft.text = "Spør Mobildekning Hansen."
    db.commit()

    answer = client.post(f"{_api(dialogue)}/answers", json={"drafts": [str(draft.id)]}, headers=organiser)

    assert (answer.status_code, client.get(f"{_api(dialogue)}/answers").json()) == (422, [])


def test_only_the_organiser_of_the_dialogue_reads_questions_and_answers_them(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, organiser: dict[str, str]
) -> None:
    """Z5, Z8, Z9: the token of another dialogue opens nothing here, and other dialogues' ids are as if not there."""
    other = open_dialogue(db)
    stranger = as_organiser(db, other)
    question = service.ask(db, asker, CANARY)
    draft = factories.drafted(db, dialogue)
    factories.published(db, dialogue)
    db.commit()

    def attempts(base: str, headers: dict[str, str]) -> tuple[list[int], int]:
        drafts, questions = f"{base}/answer-drafts", f"{base}/questions"
        tries = [
            client.get(questions, headers=headers),
            client.get(drafts, headers=headers),
            client.post(f"{questions}/{question.id}/decline", json={"reason": "Nei."}, headers=headers),
            client.post(drafts, json={**ANSWER, "questions": [str(question.id)]}, headers=headers),
            client.put(f"{drafts}/{draft.id}", json=ANSWER, headers=headers),
            client.delete(f"{drafts}/{draft.id}", headers=headers),
            client.post(f"{base}/answers", json={"drafts": [str(draft.id)]}, headers=headers),
            client.put(f"{base}/answers/1", json=ANSWER, headers=headers),
        ]
        return [one.status_code for one in tries], sum(CANARY in one.text for one in tries)

    assert attempts(_api(dialogue), {}) == ([401] * 8, 0)
    assert attempts(_api(dialogue), stranger) == ([404] * 8, 0)
    assert attempts(_api(other), stranger) == ([200, 200, 404, 404, 404, 404, 409, 404], 0)
    assert client.get(f"{_api(other)}/questions", headers=stranger).json() == []
    assert client.get(f"{_api(other)}/answers").json() == []
    # The control: what was refused was there to be had.
    assert attempts(_api(dialogue), organiser) == ([200, 200, 200, 409, 200, 204, 409, 200], 2)


def test_nothing_but_the_words_is_taken_from_a_body(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, organiser: dict[str, str]
) -> None:
    """I20: what a body may not set is refused by the API and left alone by the pages, and nothing changes."""
    question, draft = service.ask(db, asker, CANARY), factories.drafted(db, dialogue)
    factories.published(db, dialogue)
    api, page = _api(dialogue), f"{signed_in(client, db, asker)}/questions"
    before = client.get(f"{api}/answers").json()
    extras = ["id", "number", "version", "published_at", "dialogue_id", "supplier_id", "state", "answer_id", "asked_at"]

    def tried(extra: str) -> list[int]:
        more = {extra: 7}
        answers = [
            client.post(f"{api}/answer-drafts", json={**ANSWER, **more}, headers=organiser),
            client.put(f"{api}/answer-drafts/{draft.id}", json={**ANSWER, **more}, headers=organiser),
            client.put(f"{api}/answers/1", json={**ANSWER, "text": "x", **more}, headers=organiser),
            client.post(f"{api}/questions/{question.id}/decline", json={"reason": "x", **more}, headers=organiser),
            client.post(f"{api}/answers", json={"drafts": [str(draft.id)], **more}, headers=organiser),
        ]
        return [answer.status_code for answer in answers]

    assert {extra: tried(extra) for extra in extras} == {extra: [422] * 5 for extra in extras}
    assert client.get(f"{api}/answers").json() == before
    theirs = {"id": str(question.id), "supplier_id": str(dialogue.id), "answer_id": str(draft.id), "state": "answered"}
    assert client.post(page, data={"text": "Ny?", **theirs}).status_code == 303
    kept = client.get(f"{api}/questions", headers=organiser).json()
    assert [(one["text"], one["supplier_id"], one["answer_id"]) for one in kept] == [
        (CANARY, str(asker.id), None),
        ("Ny?", str(asker.id), None),
    ]
