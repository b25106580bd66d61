"""Hostile words go through every page and letter of questions and answers, and change nothing but the words."""

from datetime import timedelta
from urllib.parse import quote

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.dialogues.service import organiser_link
from app.kernel import clock
from app.kernel.post import Letter
from app.questions import service
from app.questions.models import Question
from app.suppliers.models import Supplier
from tests.dialogues.factories import published as open_dialogue
from tests.dialogues.test_search import SQL
from tests.hostile import HOSTILE
from tests.questions import factories
from tests.questions.factories import ANSWER, CANARY
from tests.suppliers.factories import letters, registered, signed_in, text_of
from tests.suppliers.reading import structure, values

WORDS = [text for case in ("I3", "I4", "I8", "I10", "I11") for text in HOSTILE[case]]
WORDS += ["</textarea><script>alert(1)</script>", "javascript:alert(1)", "data:text/html,<b>x"]
RICH = ["<b>fet</b>", "**fet**", "# Tittel", "![bilde](https://y.invalid/x.png)", "[lenke](javascript:alert(1))"]
RICH += ["<img src=x onerror=alert(1)>", "<iframe src=//y.invalid>", "| a | b |", "```\nkode\n```", "&lt;b&gt;"]


def _pages(client: TestClient, db: Session, text: str) -> dict[str, str]:
    """Every page of a dialogue of which all that people have written is `text`."""
    dialogue = open_dialogue(db)
    asker = registered(
        db, dialogue, name="Spørreren AS", contact_name="Kim Dahl", contact_email="kim@sporreren.example"
    )
    # One after the other, whatever the machine's clock does meanwhile: their order is part of the page.
    moments = [clock.now() + timedelta(seconds=number) for number in range(4)]
    waiting, declined, drafted, told = (service.ask(db, asker, text, received_at=moment) for moment in moments)
    service.decline(db, dialogue, declined.id, text)
    draft = factories.drafted(db, dialogue, drafted, wording=text, text=text)
    answer = factories.published(db, dialogue, told, wording=text, text=text)
    own, desk = signed_in(client, db, asker), f"/o/{_token(db, dialogue)}/questions"
    addresses = [f"{own}/questions", f"/d/{dialogue.slug}", f"/d/{dialogue.slug}/questions", desk]
    addresses += [f"{desk}/{waiting.id}/decline", f"{desk}/answers/{draft.id}", f"{desk}/answers/{answer.id}"]
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * len(addresses)
    return dict(
        zip(["own", "public", "answers", "desk", "decline", "draft", "answer"], (a.text for a in answers), strict=True)
    )


def _token(db: Session, dialogue: Dialogue) -> str:
    token = organiser_link(db, dialogue).rpartition("/")[2]
    db.commit()
    return token


def test_words_never_become_markup_or_links(client: TestClient, db: Session) -> None:
    """I10, I11, I13: on every page the same tags, attributes and links as for a harmless word."""
    harmless = _pages(client, db, "Ord")

    for text in WORDS:
        pages = _pages(client, db, text)
        assert [name for name, page in pages.items() if structure(page) != structure(harmless[name])] == []
        links = {link for page in pages.values() for link in values(page, "href")}
        assert [
            link
            for link in links
            if "y.invalid" in link or not link.startswith(("/", "#", "?", "http", "mailto", "webcal"))
        ] == []


def test_of_what_the_organiser_writes_only_paragraphs_and_lists_are_set(client: TestClient, db: Session) -> None:
    """I12: all else of it is shown as it was written, and the policy forbids scripts within the page."""
    harmless = _pages(client, db, "Ord")["answers"]
    lists = _pages(client, db, "- en\n- to\n\n1. først\n2. så")["answers"]

    for text in RICH:
        page = _pages(client, db, text)["answers"]
        assert {tag for tag, _ in structure(page)} == {tag for tag, _ in structure(harmless)} | (
            {"br"} if "\n" in text else set()
        )
    assert ("<li>en</li><li>to</li>" in lists, "<li>først</li><li>så</li>" in lists) == (True, True)
    policy = client.get("/").headers["content-security-policy"]
    assert ("default-src 'none'" in policy, "unsafe" in policy) == (True, False)


def test_words_in_letters_stay_words(db: Session, client: TestClient, dialogue: Dialogue, rival: Supplier) -> None:
    """I8, I10, I11: one recipient, our headers, our one link, and every word as it was written."""

    def letter_of(text: str) -> tuple[list[str], object, list[str], bool]:
        db.execute(sa.delete(Letter))
        factories.published(db, dialogue, wording=text, text=text)
        db.commit()
        [letter] = letters()
        page = text_of(letter, "html")
        return letter.keys(), structure(page), values(page, "href"), text_of(letter).count(text) >= 2

    headers, shape, links, _ = letter_of("Ord")
    assert links == [f"http://testserver/d/{dialogue.slug}/questions"]
    for text in WORDS:
        assert letter_of(text) == (headers, shape, links, True)


def test_no_parameter_reaches_a_database_as_more_than_words(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, organiser: dict[str, str]
) -> None:
    """I16: in paths, queries, names of fields and bodies: no error of ours, no change."""
    question = service.ask(db, asker, CANARY)
    db.commit()
    own, api = signed_in(client, db, asker), f"/api/v1/dialogues/{dialogue.id}"
    desk = f"/o/{organiser['Authorization'].removeprefix('Bearer ')}/questions"

    for text in [*SQL, "\x00", "9" * 40]:
        part = quote(text, safe="")
        answers = [
            client.get(f"/d/{part}/questions"),
            client.get(f"/s/{part}/questions"),
            client.get(f"/o/{part}/questions"),
            client.get(f"{api}/answers?sort={part}&order_by={part}&{part}=1"),
            client.get(f"{api}/questions?event={part}&dialogue_id={part}", headers=organiser),
            client.get(f"/api/v1/dialogues?q={part}&phase={part}"),
            client.get(f"/api/v1/dialogues/{part}/answers"),
            client.put(f"{api}/answers/{part}", json=ANSWER, headers=organiser),
            client.put(f"{api}/answer-drafts/{part}", json=ANSWER, headers=organiser),
            client.post(f"{desk}/{part}/decline", data={"reason": "x"}),
            client.get(f"{desk}/answers/{part}"),
            client.post(f"{desk}/publish", data={f"draft-{text}": "true"}),
            client.post(f"{own}/questions?id={part}", data={text: "x"}),
        ]
        assert [answer.status_code for answer in answers if answer.status_code >= 500] == []

    kept = client.get(f"{api}/questions", headers=organiser).json()
    assert [(one["id"], one["text"]) for one in kept] == [(str(question.id), CANARY)]
    db.rollback()
    assert db.scalar(sa.select(sa.func.count()).select_from(Question)) == 1
