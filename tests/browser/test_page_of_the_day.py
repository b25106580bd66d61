"""The page of the day in a real browser: it asks nobody for anything, is accessible, and prints on A4 landscape."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from solver.draw import draw_page
from tests.solver.drawn import autumn_day, packed_day

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "day.html"
    written.write_text(draw_page(*autumn_day()), encoding="utf-8")
    return written


def test_it_asks_nobody_for_anything_and_complains_of_nothing(reader: Page, file: Path) -> None:
    asked, told = [], []
    reader.on("request", lambda request: asked.append(request.url))
    reader.on("console", lambda message: told.append(message.text))

    reader.goto(file.as_uri())

    assert (asked, told) == ([file.as_uri()], [])
    assert reader.locator("svg").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(reader: Page, file: Path, scheme: str) -> None:
    reader.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    reader.goto(file.as_uri())

    results = Axe().run(reader)

    assert [violation["id"] for violation in results.response["violations"]] == []


def test_each_leaf_fills_a_page_of_a4_landscape_and_the_tables_follow(reader: Page, tmp_path: Path) -> None:
    written = tmp_path / "day.html"
    written.write_text(draw_page(*packed_day(60, 20, minutes=30)), encoding="utf-8")
    reader.goto(written.as_uri())
    leaves = reader.locator("svg").count()
    reader.evaluate("() => document.querySelectorAll('.scroll:not(.leaf)').forEach(table => table.remove())")

    printed = reader.pdf(prefer_css_page_size=True)

    boxes = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", printed)
    assert (leaves, [tuple(round(float(side)) for side in box.split()) for box in boxes]) == (3, [(0, 0, 842, 595)] * 4)
