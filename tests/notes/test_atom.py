"""The feed of dialogues, as a reader of RFC 4287 takes it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues import service
from app.dialogues.models import Dialogue
from app.dialogues.schemas import BuyerIn
from app.kernel import clock
from app.notes import service as notes
from tests.dialogues.factories import ELVEMO, draft, published
from tests.hostile import HOSTILE
from tests.notes.factories import note_in

FEED = "/dialogues.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
THEN = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)


def _read(client: TestClient) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(FEED).content)  # noqa: S314 what we have just written ourselves


def _text(element: ElementTree.Element, path: str) -> str:
    found = element.findtext(path, namespaces=ATOM)
    assert found is not None
    return found


def _entries(client: TestClient) -> list[dict[str, Any]]:
    return [
        {
            **{name: _text(entry, f"a:{name}") for name in ("id", "title", "published", "updated", "summary")},
            "author": _text(entry, "a:author/a:name"),
            "links": [dict(link.attrib) for link in entry.findall("a:link", ATOM)],
        }
        for entry in _read(client).findall("a:entry", ATOM)
    ]


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    with clock.as_if(THEN):
        made = published(db)
    db.commit()
    return made


def test_a_published_dialogue_is_an_entry_with_all_that_the_rfc_asks_for(
    client: TestClient, dialogue: Dialogue
) -> None:
    assert _entries(client) == [
        {
            "id": f"tag:testserver,2026-11-02:dialogue/{dialogue.id}",
            "title": "Riktig medisin til riktig tid",
            "published": "2026-11-02T08:30:00Z",
            "updated": "2026-11-02T08:30:00Z",
            "summary": "To kommuner søker nye måter å støtte innbyggere som trenger hjelp til medisinene sine.",
            "author": "Vikstrand kommune",
            "links": [
                {
                    "rel": "alternate",
                    "href": "http://testserver/d/riktig-medisin-til-riktig-tid",
                    "type": "text/html",
                }
            ],
        }
    ]
    feed = _read(client)
    assert (_text(feed, "a:id"), _text(feed, "a:title"), _text(feed, "a:updated")) == (
        "tag:testserver,2026:dialogues",
        "Markedsdialoger",
        "2026-11-02T08:30:00Z",
    )
    assert {link.attrib["rel"]: link.attrib["href"] for link in feed.findall("a:link", ATOM)} == {
        "self": f"http://testserver{FEED}",
        "alternate": "http://testserver/",
    }


def test_a_draft_is_no_news_and_a_feed_without_news_is_a_feed(client: TestClient, db: Session) -> None:
    draft(db)
    db.commit()

    answer = client.get(FEED)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    assert _entries(client) == []
    assert _text(_read(client), "a:updated") == "2026-01-01T00:00:00Z"


def test_what_changes_is_told_once_more_under_its_old_id(client: TestClient, db: Session, dialogue: Dialogue) -> None:
    [before] = _entries(client)
    with clock.as_if(THEN + timedelta(1)):
        notes.publish_note(db, dialogue, note_in())
    db.commit()
    updates = [_entries(client)[0]["updated"]]
    with clock.as_if(THEN + timedelta(2)):
        service.add_buyer(db, dialogue, BuyerIn.model_validate({**ELVEMO, "name": "Ås"}))
    db.commit()
    updates.append(_entries(client)[0]["updated"])

    assert updates == ["2026-11-03T08:30:00Z", "2026-11-04T08:30:00Z"]
    assert {**before, "updated": updates[-1]} == _entries(client)[0]


def test_the_latest_change_comes_first(client: TestClient, db: Session, dialogue: Dialogue) -> None:
    with clock.as_if(THEN + timedelta(1)):
        published(db, title="Ny", held_on="2090-04-07")
    db.commit()

    assert [entry["title"] for entry in _entries(client)] == ["Ny", "Riktig medisin til riktig tid"]


def test_who_has_the_latest_gets_no_body(client: TestClient, db: Session, dialogue: Dialogue) -> None:
    first = client.get(FEED)
    by_tag = client.get(FEED, headers={"If-None-Match": first.headers["etag"]})
    by_date = client.get(FEED, headers={"If-Modified-Since": first.headers["last-modified"]})
    head = client.head(FEED)
    with clock.as_if(THEN + timedelta(1)):
        notes.publish_note(db, dialogue, note_in())
    db.commit()
    after = client.get(FEED, headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["last-modified"] == "Mon, 02 Nov 2026 08:30:00 GMT"
    assert first.headers["cache-control"] == "public, max-age=300, must-revalidate"
    assert [(answer.status_code, answer.content) for answer in (by_tag, by_date)] == [(304, b"")] * 2
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", first.headers["etag"])
    assert head.headers["content-length"] == str(len(first.content))
    assert (after.status_code, after.headers["etag"] != first.headers["etag"]) == (200, True)


def test_hostile_words_stay_words(client: TestClient, db: Session) -> None:
    """I10, I11: elements and attributes are the same as for harmless ones."""
    texts = ["Ord", *(text for case in ("I3", "I4", "I8", "I10", "I11") for text in HOSTILE[case]), "]]>", "&lt;b>"]
    for text in texts:
        published(db, title=text[:150], summary=text, organiser_name=text[:150])
    db.commit()

    entries = _read(client).findall("a:entry", ATOM)

    assert sorted(_text(entry, "a:summary") for entry in entries) == sorted(texts)
    shapes = {tuple((part.tag, *part.attrib) for part in entry.iter()) for entry in entries}
    assert len(shapes) == 1
