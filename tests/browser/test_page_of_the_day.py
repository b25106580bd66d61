"""The page of the day in a real browser: it asks nobody for anything, is accessible, and prints on A4 landscape."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from solver.draw import draw, draw_page
from tests.solver.drawn import autumn_day, packed_day

pytestmark = pytest.mark.browser
# On how many lines the words of each element stand.
_LINES = """elements => elements.map(each => {
    const words = document.createRange();
    words.selectNodeContents(each);
    return new Set(Array.from(words.getClientRects(), line => Math.round(line.top))).size;
})"""


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


@pytest.mark.parametrize("width", [1280, 500, 320])
def test_no_time_and_no_short_word_is_broken_and_one_long_name_squeezes_nothing(
    reader: Page, tmp_path: Path, width: int
) -> None:
    written = tmp_path / "day.html"
    labels = {"acme": "W" * 1000, "beta": "Beta AS"}
    written.write_text(draw_page(*autumn_day(), labels=labels), encoding="utf-8")
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto(written.as_uri())

    lines = reader.locator("span.time, td:text-is('Furu'), th:text-is('Beta AS'), thead th.time").evaluate_all(_LINES)
    assert lines == [1] * 17
    assert reader.evaluate("() => document.documentElement.scrollWidth") == width


def test_a_table_wider_than_the_screen_is_scrolled_with_the_keyboard(reader: Page, file: Path) -> None:
    reader.set_viewport_size({"width": 320, "height": 900})
    reader.goto(file.as_uri())
    region = reader.get_by_role("region", name="Dagen i rekkefølge")

    region.focus()
    reader.keyboard.press("ArrowRight")

    reader.wait_for_function("region => region.scrollLeft > 0", arg=region.element_handle())


def test_a_cropped_picture_is_printed_on_one_page_of_a4(reader: Page, tmp_path: Path) -> None:
    written = tmp_path / "day.svg"
    written.write_text(draw(*autumn_day()), encoding="utf-8")
    reader.goto(written.as_uri())

    boxes = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", reader.pdf(prefer_css_page_size=True))

    assert [tuple(round(float(side)) for side in box.split()) for box in boxes] == [(0, 0, 595, 842)]
