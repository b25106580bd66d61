"""By keyboard alone: registering, confirming and taking a time, with the place that has the focus always to be seen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import LATER, OPEN, Stage
from tests.browser.visitor import visiting
from tests.suppliers.factories import organisation_number

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# An outline or a shadow on what has the focus, or on what it stands in; the first link is there only while it has it.
_IS_SEEN = """() => {
    const drawn = each => { const style = getComputedStyle(each);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'; };
    const focused = document.activeElement;
    const around = [focused, focused.parentElement, focused.closest('label, ds-field, summary')];
    const appears = focused.matches('.ds-skip-link') && focused.offsetHeight > 20;
    return appears || around.some(each => each && drawn(each));
}"""
MOST_STOPS = 60


class Typist:
    """Somebody without a mouse, who sees where the focus is at every stop."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, selector: str, key: str = "Tab") -> None:
        """Go from stop to stop until what the selector names has the focus."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press(key)
            assert self.page.evaluate(_IS_SEEN), f"the focus cannot be seen on {self._where()}"
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        pytest.fail(f"{selector} is not reached by {key}")

    def _where(self) -> str:
        found: str = self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        return found

    def press(self, selector: str, key: str = "Enter") -> None:
        """Go there and press a key."""
        self.tab_to(selector)
        self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    def type(self, selector: str, text: str) -> None:
        """Go there and type."""
        self.tab_to(selector)
        self.page.keyboard.type(text)


def test_a_supplier_registers_and_takes_a_time_without_a_mouse(
    browser: Browser, stage: Stage, wait_until: Callable[..., str]
) -> None:
    with visiting(browser, stage) as visitor:
        page, typist = visitor.page, Typist(visitor.page)
        page.goto(stage.dialogue(OPEN))
        typist.press("main a[href$='/register']")
        expect(page).to_have_url(f"{stage.dialogue(OPEN)}/register")

        typist.press("main [type=submit]")
        expect(page).to_have_title(re.compile("^Feil"))
        _hear_what_to_mend(typist)
        typist.page.keyboard.type(organisation_number(40))
        typist.type("#name", "Tastetrykk AS")
        typist.type("#contact_name", "Tiril Tast")
        typist.type("#contact_email", "tiril@tastetrykk.example")
        typist.tab_to("#seats")
        page.keyboard.press("ArrowDown")
        typist.tab_to("[name=preference]")
        page.keyboard.press("ArrowDown")
        typist.press("main [type=submit]")
        expect(page).to_have_url(f"{stage.dialogue(OPEN)}/registered")

        page.goto(wait_until(lambda: stage.link_to("tiril@tastetrykk.example", "confirm")))
        typist.press("main [type=submit]")
        expect(page.get_by_role("heading", level=1)).to_have_text("Tastetrykk AS")
        expect(page.locator("main")).to_contain_text("3 personer")


def _hear_what_to_mend(typist: Typist) -> None:
    """The summary of faults has the focus, or is the first stop in the text; its first link leads to its field."""
    in_summary = "document.activeElement.closest('.ds-error-summary') !== null"
    if not typist.page.evaluate(in_summary):
        typist.tab_to("main a")
    typist.tab_to(".ds-error-summary a")
    typist.page.keyboard.press("Enter")
    expect(typist.page.locator("#organisation_number")).to_be_focused()


def test_a_time_is_taken_and_given_back_without_a_mouse(browser: Browser, stage: Stage) -> None:
    with visiting(browser, stage, signed_in="first") as visitor:
        page, typist = visitor.page, Typist(visitor.page)
        page.goto(f"{stage.own_page('first')}/booking")
        typist.tab_to("[name=starts_at]")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        typist.press("form[action$='/hold'] [type=submit]")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ta denne tiden?")
        typist.press("form[action$='/take'] [type=submit]")
        expect(page.get_by_role("heading", level=1)).to_have_text("Møtet deres har fått tid")

        typist.press("form[action$='/give-back'] [type=submit]", "Space")
        expect(page.get_by_role("heading", level=1)).to_have_text("Velg tid for møtet deres")


def test_what_stands_before_is_reached_backwards(browser: Browser, stage: Stage) -> None:
    with visiting(browser, stage) as visitor:
        visitor.page.goto(f"{stage.dialogue(LATER)}/register")
        typist = Typist(visitor.page)
        typist.tab_to("#contact_name")
        typist.tab_to("#organisation_number", "Shift+Tab")
        typist.tab_to(".ds-skip-link", "Shift+Tab")
