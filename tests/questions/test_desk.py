"""The organiser's desk, as a browser without JavaScript uses it."""

from datetime import timedelta
from urllib.parse import urlsplit

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import clock
from app.questions import queries, service
from app.suppliers.models import Supplier
from tests.dialogues.factories import as_organiser
from tests.dialogues.factories import published as open_dialogue
from tests.questions import factories
from tests.questions.factories import ANSWER, CANARY, TEXT, WORDING
from tests.suppliers.reading import tags, values


def _boxes(page: str, kind: str) -> list[str]:
    return [name for name in values(page, "name", {"input"}) if name.startswith(f"{kind}-")]


def _faulty(page: str) -> list[str | None]:
    return [attributes["name"] for _, attributes in tags(page) if attributes.get("aria-invalid")]


def test_two_questions_get_one_answer_that_is_published_from_the_desk(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, rival: Supplier, token: str
) -> None:
    told = [(asker, CANARY), (rival, "Det samme?"), (rival, "Noe annet?")]
    moments = [clock.now() + timedelta(seconds=number) for number in range(3)]
    asked = [service.ask(db, *who_and_what, received_at=at) for who_and_what, at in zip(told, moments, strict=True)]
    db.commit()
    desk = f"/o/{token}/questions"
    boxes = _boxes(client.get(desk).text, "question")

    kept = client.post(f"{desk}/drafts", data={**ANSWER, boxes[0]: "true", boxes[1]: "true"})
    page = client.get(desk).text
    published = client.post(f"{desk}/publish", data=dict.fromkeys(_boxes(page, "draft"), "true"))

    assert boxes == [f"question-{question.id}" for question in asked]
    assert [(answer.status_code, answer.headers["location"]) for answer in (kept, published)] == [(303, desk)] * 2
    assert "Svarer på 2 spørsmål." in page
    assert _boxes(page, "question") == boxes[2:]
    assert [(answer.number, answer.wording, answer.text) for answer in queries.answers(db, dialogue.id)] == [
        (1, WORDING, TEXT)
    ]
    after = client.get(desk).text
    assert (_boxes(after, "draft"), f"1. {WORDING}" in after) == ([], True)


def test_words_that_name_the_one_who_asked_come_back_with_a_warning_beside_them(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, token: str
) -> None:
    question = service.ask(db, asker, CANARY)
    db.commit()
    box = f"question-{question.id}"

    answer = client.post(
        f"/o/{token}/questions/drafts", data={"wording": "Virker Dosevakts skap?", "text": TEXT, box: "true"}
    )

    assert (answer.status_code, _faulty(answer.text)) == (422, ["wording"])
    assert answer.text.count("Teksten nevner den som spurte.") == 2  # beside the field, and in the summary
    assert "Virker Dosevakts skap?</textarea>" in answer.text
    assert [a for _, a in tags(answer.text) if a.get("name") == box and "checked" in a] != []
    assert queries.drafts(db, dialogue.id) == []


def test_an_empty_answer_is_sent_back(client: TestClient, dialogue: Dialogue, token: str) -> None:
    answer = client.post(f"/o/{token}/questions/drafts", data={"wording": " "})

    assert (answer.status_code, _faulty(answer.text)) == (422, ["wording", "text"])
    assert answer.text.count("Skriv svaret slik alle skal lese det.") == 2  # beside the field, and in the summary


def test_a_question_is_declined_with_a_reason(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, token: str
) -> None:
    question = service.ask(db, asker, CANARY)
    db.commit()
    address = f"/o/{token}/questions/{question.id}/decline"

    shown, empty = client.get(address), client.post(address, data={"reason": ""})
    done, again = (client.post(address, data={"reason": "Det står i notatet."}) for _ in range(2))

    assert (shown.status_code, CANARY in shown.text) == (200, True)
    assert (empty.status_code, _faulty(empty.text)) == (422, ["reason"])
    assert (done.status_code, again.status_code) == (303, 409)
    assert "Det står i notatet." in client.get(f"/o/{token}/questions").text


def test_a_draft_is_changed_and_thrown_away_and_what_is_published_is_corrected(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, token: str
) -> None:
    question = service.ask(db, asker, CANARY)
    draft, told = factories.drafted(db, dialogue, question), factories.published(db, dialogue)
    db.commit()
    answers = f"/o/{token}/questions/answers"

    form = client.get(f"{answers}/{draft.id}").text
    changed = client.post(f"{answers}/{draft.id}", data={**ANSWER, "text": "Kanskje."})
    named = client.post(f"{answers}/{draft.id}", data={**ANSWER, "text": "Spør Dosevakt."})
    empty = client.post(f"{answers}/{draft.id}", data={})
    [unpublished] = queries.drafts(db, dialogue.id)
    db.refresh(unpublished)
    db.commit()  # SQLite lets one write at a time
    assert (CANARY in form, f"{WORDING}</textarea>" in form, unpublished.text) == (True, True, "Kanskje.")
    thrown = client.post(f"{answers}/{draft.id}/discard")
    corrected = client.post(f"{answers}/{told.id}", data={**ANSWER, "text": "Nei."})
    kept = client.post(f"{answers}/{told.id}/discard")

    got = [answer.status_code for answer in (changed, named, empty, thrown, corrected, kept)]
    assert got == [303, 422, 422, 303, 303, 409]
    [public] = client.get(f"/api/v1/dialogues/{dialogue.id}/answers").json()
    assert (public["number"], public["version"], public["text"]) == (1, 2, "Nei.")
    assert queries.how_many_wait(db, asker.id) == 1


def test_ids_that_are_not_of_the_dialogue_change_nothing(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier
) -> None:
    """Z5, Z9: to another organiser it is as if questions and answers were not there."""
    question, draft = service.ask(db, asker, CANARY), factories.drafted(db, dialogue)
    stranger = as_organiser(db, open_dialogue(db))["Authorization"].removeprefix("Bearer ")
    db.commit()
    desk = f"/o/{stranger}/questions"

    answers = [
        client.get(f"{desk}/{question.id}/decline"),
        client.post(f"{desk}/{question.id}/decline", data={"reason": "Nei."}),
        client.post(f"{desk}/drafts", data={**ANSWER, f"question-{question.id}": "true"}),
        client.get(f"{desk}/answers/{draft.id}"),
        client.post(f"{desk}/answers/{draft.id}", data=ANSWER),
        client.post(f"{desk}/answers/{draft.id}/discard"),
        client.post(f"{desk}/publish", data={f"draft-{draft.id}": "true"}),
        client.post(f"{desk}/publish", data={"draft-x": "true", "draft-": "true"}),
        client.get(f"{desk}/answers/x"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404, 404, 404, 409, 409, 404]
    assert [answer for answer in answers if CANARY in answer.text] == []
    assert [one.id for one in queries.drafts(db, dialogue.id)] == [draft.id]
    assert queries.answers(db, dialogue.id) == []


def test_the_desk_opens_to_nobody_else(client: TestClient, dialogue: Dialogue) -> None:
    answers = [client.get("/o/wrong/questions"), client.post("/o/wrong/questions/publish", data={})]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_every_link_of_the_desk_leads_somewhere(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, token: str
) -> None:
    service.ask(db, asker, CANARY)
    factories.drafted(db, dialogue)
    factories.published(db, dialogue)
    db.commit()

    links = values(client.get(f"/o/{token}/questions").text, "href", {"a"})

    paths = {urlsplit(link).path for link in links if link.startswith("/")}
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    assert len(paths) >= 6
