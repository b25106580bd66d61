"""Asking: on the supplier's own page, until a deadline, within limits, and seen by nobody else."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import clock, trail
from app.kernel.refusals import Conflict
from app.questions import queries, service
from app.questions.schemas import QuestionState
from app.suppliers import service as suppliers
from app.suppliers.models import Supplier
from tests.dialogues.factories import published as open_dialogue
from tests.questions.factories import CANARY, drafted, published
from tests.suppliers.factories import registered, signed_in
from tests.suppliers.reading import tags

A_SECOND = timedelta(seconds=1)


def test_a_question_is_kept_and_shown_as_waiting(client: TestClient, db: Session, asker: Supplier) -> None:
    page = f"{signed_in(client, db, asker)}/questions"

    answer = client.post(page, data={"text": f"  {CANARY}\r\n"})

    assert (answer.status_code, answer.headers["location"]) == (303, page)
    assert [(one.question.text, one.state, one.number) for one in queries.own_questions(db, asker.id)] == [
        (CANARY, QuestionState.WAITING, None)
    ]
    shown = client.get(page).text
    assert CANARY in shown
    assert "Venter på svar" in shown
    last = list(trail.entries(db))[-1]
    assert (last.actor, last.action, last.kind) == (f"supplier:{asker.id}", "asked", "questions")


@pytest.mark.parametrize("text", ["", " \n ", "x" * 2_001, "a\u202eb", "a\x00b"])
def test_what_cannot_be_read_is_refused_beside_the_field(
    client: TestClient, db: Session, asker: Supplier, text: str
) -> None:
    page = f"{signed_in(client, db, asker)}/questions"

    answer = client.post(page, data={"text": text})

    faults = [attributes for tag, attributes in tags(answer.text) if attributes.get("aria-invalid")]
    assert (answer.status_code, [fault["name"] for fault in faults]) == (422, ["text"])
    assert queries.own_questions(db, asker.id) == []


def test_twenty_questions_may_wait_and_no_more(client: TestClient, db: Session, asker: Supplier) -> None:
    asked = [service.ask(db, asker, f"Spørsmål {number}?") for number in range(20)]
    page = f"{signed_in(client, db, asker)}/questions"

    one_more = client.post(page, data={"text": "Enda et?"})

    assert one_more.status_code == 409
    assert "Dere har 20 spørsmål som venter på svar, og flere tas ikke imot." in one_more.text
    assert "Enda et?" in one_more.text  # what was typed is not lost
    dialogue = db.get_one(Dialogue, asker.dialogue_id)
    drafted(db, dialogue, asked[0])  # a draft is no answer: nothing is to be told from what is taken
    with pytest.raises(Conflict):
        service.ask(db, asker, "Enda et?")
    published(db, dialogue, asked[1])
    db.commit()
    assert client.post(page, data={"text": "Enda et?"}).status_code == 303


@pytest.mark.parametrize("due", [None, "2090-03-01T12:00:00+01:00"])
def test_questions_are_taken_until_their_deadline_and_the_deadline_is_in_time(db: Session, due: str | None) -> None:
    """B1: a question that has come in whole at the deadline is taken, and not a moment later."""
    dialogue = open_dialogue(db, questions_due_at=due)
    supplier = registered(db, dialogue)
    deadline = dialogue.questions_due_at if due else dialogue.registration_closes_at
    assert deadline is not None

    in_time = service.ask(db, supplier, "I tide?", received_at=deadline)

    assert in_time.asked_at == deadline
    with pytest.raises(Conflict, match="no longer taken in"):
        service.ask(db, supplier, "For sent?", received_at=deadline + timedelta(milliseconds=1))


def test_after_the_deadline_the_page_says_so_and_still_tells_what_was_answered(
    client: TestClient, db: Session, asker: Supplier
) -> None:
    dialogue = db.get_one(Dialogue, asker.dialogue_id)
    published(db, dialogue, service.ask(db, asker, CANARY))
    page = f"{signed_in(client, db, asker)}/questions"

    with clock.as_if(dialogue.registration_closes_at + A_SECOND):
        shown, refused = client.get(page).text, client.post(page, data={"text": "For sent?"})

    assert "Det tas ikke lenger imot spørsmål." in shown
    assert "textarea" not in {tag for tag, _ in tags(shown)}
    assert "Må løsningen virke uten mobildekning?" in shown
    assert refused.status_code == 409


def test_one_that_has_withdrawn_asks_nothing(db: Session, asker: Supplier) -> None:
    suppliers.withdraw(db, asker)

    with pytest.raises(Conflict):
        service.ask(db, asker, CANARY)


def test_the_one_who_asked_sees_how_far_each_question_has_come(
    client: TestClient, db: Session, asker: Supplier, rival: Supplier
) -> None:
    dialogue = db.get_one(Dialogue, asker.dialogue_id)
    declined, alone, *together, waiting = (service.ask(db, asker, f"Sak {letter}?") for letter in "abcde")
    service.decline(db, dialogue, declined.id, "Det står i notatet.")
    published(db, dialogue, alone, service.ask(db, rival, "Det samme?"))
    published(db, dialogue, *together)
    drafted(db, dialogue, waiting)
    page = f"{signed_in(client, db, asker)}/questions"

    states = {one.question.text: (one.state, one.number) for one in queries.own_questions(db, asker.id)}

    assert states == {
        "Sak a?": (QuestionState.DECLINED, None),
        "Sak b?": (QuestionState.ANSWERED, 1),  # that the rival asked the same is not told
        "Sak c?": (QuestionState.ANSWERED_TOGETHER, 2),
        "Sak d?": (QuestionState.ANSWERED_TOGETHER, 2),
        "Sak e?": (QuestionState.WAITING, None),
    }
    assert "Det står i notatet." in client.get(page).text
