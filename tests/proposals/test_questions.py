"""The organiser asks; every supplier gets the same questions."""

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import trail
from tests.dialogues.factories import as_organiser, published
from tests.proposals.factories import QUESTIONS, Sender, proposal


def _address(dialogue: Dialogue) -> str:
    return f"/api/v1/dialogues/{dialogue.id}/proposal-questions"


def test_an_organiser_asks_and_reads_what_is_asked(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    asked = {"number": 3, "text": "Hva koster det?", "word_limit": 200}

    answer = client.post(_address(dialogue), json=asked, headers=organiser)

    listed = client.get(_address(dialogue), headers=organiser).json()
    entry = list(trail.entries(db))[-1]
    assert (answer.status_code, answer.json()) == (201, {"id": answer.json()["id"], **asked})
    assert [(each["number"], each["text"], each["word_limit"]) for each in listed] == [
        *((number, text, limit) for number, (text, limit) in QUESTIONS.items()),
        (3, "Hva koster det?", 200),
    ]
    assert (entry.actor, entry.action, entry.details) == ("organiser", "asked", asked)


def test_a_number_is_used_once(client: TestClient, dialogue: Dialogue, organiser: dict[str, str]) -> None:
    answer = client.post(_address(dialogue), json={"number": 1, "text": "Om igjen?"}, headers=organiser)

    assert (answer.status_code, answer.json()["detail"]) == (409, "There is a question 1 already.")


def test_nothing_more_is_asked_once_somebody_has_answered(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], sender: Sender
) -> None:
    """Everybody gets the same questions."""
    client.post("/api/v1/proposals", json=proposal(), headers=sender.headers)

    answer = client.post(_address(dialogue), json={"number": 3, "text": "Hva koster det?"}, headers=organiser)

    assert answer.status_code == 409
    assert answer.json()["detail"] == "A supplier has already answered, and everybody must get the same questions."


def test_what_is_no_question_is_refused_with_its_place(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    """I20, I23."""
    sound = {"number": 3, "text": "Hva koster det?", "word_limit": 200}
    changes = {"number": 0, "text": "To\nlinjer", "word_limit": 2**64, "dialogue_id": "1"}

    answers = [client.post(_address(dialogue), json={**sound, k: v}, headers=organiser) for k, v in changes.items()]

    assert [[error["place"] for error in answer.json()["errors"]] for answer in answers] == [
        [f"body.{name}"] for name in changes
    ]


def test_the_questions_are_the_organisers_to_ask(
    client: TestClient, dialogue: Dialogue, sender: Sender, db: Session
) -> None:
    """Z9, Z13."""
    stranger = as_organiser(db, published(db))
    db.commit()
    asked = {"number": 3, "text": "Hva koster det?"}
    heads: list[dict[str, str]] = [{}, sender.headers, stranger]

    posts = [client.post(_address(dialogue), json=asked, headers=headers).status_code for headers in heads]
    gets = [client.get(_address(dialogue), headers=headers).status_code for headers in heads]

    assert posts == gets == [401, 401, 404]
