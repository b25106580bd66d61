"""Many act on the same questions at once: one wins, and every number is given once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel.db import transaction
from app.kernel.refusals import Conflict
from app.questions import queries, service
from app.suppliers.models import Supplier
from tests.questions import factories
from tests.questions.factories import ANSWER, CANARY
from tests.suppliers.factories import letters, text_of


def test_drafts_that_are_published_at_once_get_numbers_that_follow_and_each_goes_out_once(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, organiser: dict[str, str]
) -> None:
    """P4: eight drafts, each published three times at once."""
    drafts = [str(factories.drafted(db, dialogue, wording=f"Sak {number}?").id) for number in range(8)]
    db.commit()
    address = f"/api/v1/dialogues/{dialogue.id}/answers"

    def publish(draft: str) -> int:
        return client.post(address, json={"drafts": [draft]}, headers=organiser).status_code

    with ThreadPoolExecutor(12) as threads:
        answers = Counter(threads.map(publish, drafts * 3))

    assert answers == {201: 8, 409: 16}
    assert [answer["number"] for answer in client.get(address).json()] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert Counter("Sak" in text_of(letter) for letter in letters())[True] == 8


def test_a_question_that_is_answered_many_times_at_once_is_in_one_answer(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, organiser: dict[str, str]
) -> None:
    question = str(service.ask(db, asker, CANARY).id)
    db.commit()
    api = f"/api/v1/dialogues/{dialogue.id}"

    def answer(place: int) -> int:
        if place % 2:
            why = {"reason": "Nei."}
            return client.post(f"{api}/questions/{question}/decline", json=why, headers=organiser).status_code
        body = {**ANSWER, "questions": [question]}
        return client.post(f"{api}/answer-drafts", json=body, headers=organiser).status_code

    with ThreadPoolExecutor(12) as threads:
        answers = Counter(threads.map(answer, range(12)))

    assert answers[409] == 11
    assert answers[200] + answers[201] == 1


def test_no_more_than_twenty_wait_however_fast_they_are_asked(db: Session, asker: Supplier) -> None:
    """B9: thirty at once; how often one may ask at the page is another limit."""

    def ask(_number: int) -> str:
        try:
            with transaction() as own:
                service.ask(own, own.get_one(Supplier, asker.id), CANARY)
        except Conflict:
            return "refused"
        return "asked"

    with ThreadPoolExecutor(12) as threads:
        answers = Counter(threads.map(ask, range(30)))

    assert (answers, queries.how_many_wait(db, asker.id)) == ({"asked": 20, "refused": 10}, 20)
