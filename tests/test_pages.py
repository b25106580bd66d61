"""The frame of every page: its language, and what it may load."""

import pytest
from fastapi.testclient import TestClient

from app.kernel.settings import settings


def test_a_language_chosen_by_link_is_remembered(client: TestClient) -> None:
    chosen = client.get("/nothing?lang=nn")

    assert 'lang="nn"' in chosen.text.splitlines()[1]
    assert chosen.headers["set-cookie"] == "language=nn; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax"
    assert client.get("/nothing").headers["content-language"] == "nn"


def test_a_language_that_is_not_ours_is_neither_shown_nor_remembered(client: TestClient) -> None:
    answer = client.get("/nothing?lang=fr")

    assert (answer.headers["content-language"], answer.headers.get("set-cookie")) == ("nb", None)


def test_the_language_cookie_travels_only_over_tls_where_the_installation_does(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOGDAG_BASE_URL", "https://dialog.example")
    settings.cache_clear()

    assert client.get("/nothing?lang=en").headers["set-cookie"].endswith("SameSite=lax; Secure")


def test_the_language_links_keep_the_page_and_what_was_asked_of_it(client: TestClient) -> None:
    page = client.get("/nothing?after=%22%3E%3Cb%3E&lang=nb").text

    assert 'href="?after=%22%3E%3Cb%3E&amp;lang=nn"' in page
    assert 'href="?after=%22%3E%3Cb%3E&amp;lang=en"' in page
    assert "lang=nb" not in page


def test_what_is_not_there_is_told_on_a_page_in_the_language_of_the_installation(client: TestClient) -> None:
    answer = client.get("/nothing")

    assert answer.status_code == 404
    assert "<h1" in answer.text
    assert "Det er ingenting på denne adressen." in answer.text
