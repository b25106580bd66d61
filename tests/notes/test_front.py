"""The list of dialogues: what is searched for, what is shown, and how many there are."""

import html
import re
from typing import Any
from urllib.parse import quote

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from tests.dialogues.factories import published
from tests.dialogues.test_search import SQL
from tests.hostile import HOSTILE
from tests.notes.test_public_page import CLOSED
from tests.suppliers.reading import structure, tags, values


def _listed(page: str) -> list[str]:
    return re.findall(r'href="/d/([^"]+)"', page)


def _get(client: TestClient, **asked: str) -> Any:
    return client.get("/", params=asked)


def test_the_search_shows_what_it_finds_and_how_many(client: TestClient, db: Session) -> None:
    published(db, title="Trygg på Ås")
    published(db, title="Trygg hjemme")
    published(db, title="Trygg i fjor", **CLOSED)
    db.commit()

    several, one, none, everything = (_get(client, q=q).text for q in ("TRYGG", "ås", "kaffe", " "))

    assert sorted(_listed(several)) == ["trygg-hjemme", "trygg-i-fjor", "trygg-pa-as"]
    assert _listed(one) == ["trygg-pa-as"]
    assert _listed(none) == []
    counted = [re.findall(r'role="status"[^>]*>([^<]+) <', page) for page in (several, one, none, everything)]
    assert counted == [
        ["Fant 3 markedsdialoger."],
        ["Fant én markedsdialog."],
        ["Fant ingen markedsdialoger."],
        [],
    ]
    field = next(attributes for tag, attributes in tags(one) if attributes.get("id") == "q")
    assert (field["type"], field["name"], field["value"]) == ("search", "q", "ås")


def test_the_list_is_narrowed_to_what_is_open_or_past(client: TestClient, db: Session) -> None:
    published(db, title="Åpen")
    published(db, title="Stengt", **CLOSED)
    db.commit()

    listed = {show: _listed(_get(client, show=show).text) for show in ("all", "open", "past", "nonsense")}

    both = ["apen", "stengt"]
    assert listed == {"all": both, "open": ["apen"], "past": ["stengt"], "nonsense": both}


def test_what_is_searched_for_is_shown_as_it_is(client: TestClient) -> None:
    """I10, I11, I14: the same tags and attributes as for a harmless word."""
    hostile = [*HOSTILE["I10"], *HOSTILE["I11"], *HOSTILE["I8"], "</select>", "javascript:alert(1)"]
    harmless = structure(_get(client, q="Ord").text)

    pages = {text: _get(client, q=text).text for text in hostile}

    assert [text for text, page in pages.items() if structure(page) != harmless] == []
    assert [text for text, page in pages.items() if text not in values(page, "value", {"input"})] == []
    links = {html.unescape(link).partition("?")[0] for page in pages.values() for link in values(page, "href")}
    assert [link for link in links if "y.invalid" in link or "javascript" in link] == []


def test_no_parameter_of_the_list_reaches_a_database_as_more_than_words(client: TestClient, db: Session) -> None:
    """I16: no error, no change."""
    published(db)
    db.commit()
    texts = [*(quote(text) for text in SQL), "%00", "%ff", "%ed%a0%80", "%E2%80%AE", "a" * 50_000]

    got = {client.get(f"/?{name}={text}").status_code for name in ("q", "show", "lang", "sort") for text in texts}

    assert got == {200}
    assert _listed(client.get("/").text) == ["riktig-medisin-til-riktig-tid"]


def test_the_list_says_where_its_feed_is(client: TestClient) -> None:
    links = [attributes for tag, attributes in tags(client.get("/").text) if attributes.get("rel") == "alternate"]

    assert links == [
        {"rel": "alternate", "type": "application/atom+xml", "title": "Markedsdialoger", "href": "/dialogues.atom"}
    ]
