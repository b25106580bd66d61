"""The words are counted while somebody types, in a real browser, just as the server counts them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, Route

from app.proposals import words
from tests.chromium import started
from tests.proposals.factories import Sender

pytestmark = pytest.mark.browser
TEXTS = [
    "",
    "   \n ",
    "en",
    "en-til-en-møte 24/7 e-post:",
    "– • – [[ ]] ...",
    "Prisen er [[40 kr]] per bruker.",
    "a\u00a0b\u2003c\td\n\ne",
    "日本語 Ὀδυσσεύς ½ ² Ⅷ ٣ é",
    "🙂 🙂🙂 a🙂",
    "_ _a_ 'n",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as made:
        yield made


@pytest.fixture
def own_page(chromium: Browser, client: TestClient, sender: Sender) -> Iterator[Page]:
    """The supplier's own page with its policy, served by the app itself."""

    def serve(route: Route) -> None:
        answer = client.get(urlsplit(route.request.url).path)
        route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)

    context = chromium.new_context(locale="nb-NO")
    page = context.new_page()
    page.route("**/*", serve)
    page.goto(f"http://testserver{sender.address}")
    yield page
    context.close()


def test_the_browser_counts_as_the_server_does(own_page: Page) -> None:
    shown = []
    for text in TEXTS:
        own_page.fill("#answer-2", text)
        shown.append(own_page.text_content('[data-counts="answer-2"] > span'))

    assert shown == [f"{words.count(text)} av høyst 500 ord." for text in TEXTS]


def test_the_meter_and_the_live_region_tell_of_the_limit_once_when_it_is_near_and_once_when_it_is_passed(
    own_page: Page,
) -> None:
    """Question 1 takes ten words."""
    told = []
    for count in (3, 8, 9, 10, 11, 12, 2):
        own_page.fill("#answer-1", "ord " * count)
        meter = own_page.locator('[data-counts="answer-1"]')
        told.append(
            (
                meter.get_attribute("data-state"),
                meter.locator("rect").nth(1).get_attribute("width"),
                meter.locator("[aria-live=polite]").text_content(),
            )
        )

    assert told == [
        (None, "30", ""),
        (None, "80", ""),
        (None, "90", "1 ord igjen i svar 1."),
        (None, "100", "1 ord igjen i svar 1."),
        ("over", "100", "Kort ned med 1 ord."),
        ("over", "100", "Kort ned med 1 ord."),
        (None, "20", ""),
    ]


def test_nothing_is_said_before_anybody_types(own_page: Page) -> None:
    """And the page's own policy lets the script in, and nothing else."""
    assert own_page.locator("[aria-live=polite]").all_text_contents() == ["", ""]
    assert own_page.evaluate("[...document.scripts].map((script) => new URL(script.src).pathname)") == [
        "/static/vendor/designsystemet-web.js",
        "/static/counter.js",
    ]
