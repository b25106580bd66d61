"""How little is asked of who registers: at most three pages and twelve fields that must be filled in."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import Stage
from tests.browser.timing import register
from tests.browser.visitor import visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_PAGES, MOST_FIELDS = 3, 12
# Each name once: what carries `required`, and every choice between buttons, though one of them is chosen already.
_MANDATORY = """() => [...new Set([...document.querySelectorAll(
    'main form :is(input, select, textarea)')].filter(each => each.required || each.type === 'radio').map(
    each => each.name))].sort()"""


def test_a_registration_takes_three_pages_and_twelve_fields_at_the_most(browser: Browser, stage: Stage) -> None:
    pages: list[str] = []
    fields: list[str] = []

    def note(page: Page) -> None:
        pages.append(urlsplit(page.url).path.split("/")[3])
        fields.extend(page.evaluate(_MANDATORY))

    with visiting(browser, stage) as visitor:
        register(visitor.page, stage, 50, note)
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Firma 50 AS")

    assert (pages, len(pages) <= MOST_PAGES) == (["register", "registered", "confirm"], True)
    assert {"organisation_number", "contact_name", "contact_email"} <= set(fields)
    assert len(fields) <= MOST_FIELDS, fields
