"""The whole journey of a supplier, from the public page until it withdraws; every page and state is looked at.

The six walks are chosen so that each language is walked with and without JavaScript, at both widths, which meet each
with and without JavaScript.
"""

import json
import re
from collections.abc import Callable

import icalendar
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stage import OPEN, Stage
from tests.browser.visitor import Visitor, visiting
from tests.proposals.factories import PDF
from tests.suppliers.factories import organisation_number

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Each language, and each width with and without JavaScript: a walk takes a minute.
WALKS = [
    ("nb", 320, True),
    ("nb", 1280, False),
    ("nn", 320, False),
    ("en", 1280, True),
]
Waiting = Callable[..., str]


@pytest.mark.parametrize(("language", "width", "has_script"), WALKS)
def test_a_supplier_walks_from_the_public_page_to_its_withdrawal(
    browser: Browser,
    stage: Stage,
    wait_until: Waiting,
    language: str,
    width: int,
    has_script: bool,  # noqa: FBT001 - as parametrised
) -> None:
    place = 10 + WALKS.index((language, width, has_script))
    company = Company(f"Æventyr & Sønner {place} AS", organisation_number(place), f"oyvind{place}@aeventyr.example")
    with visiting(browser, stage, language, width, has_script=has_script) as visitor:
        company.walk(visitor, wait_until)


class Company:
    """A company that takes part, and does everything that a supplier can do."""

    def __init__(self, name: str, number: str, address: str) -> None:
        self.name, self.number, self.address = name, number, address
        self.own = ""

    def walk(self, visitor: Visitor, wait_until: Waiting) -> None:
        self._register(visitor)
        self._confirm(visitor, wait_until)
        self._write_a_proposal(visitor)
        self._ask(visitor)
        self._choose_a_time(visitor, wait_until)
        self._change_who_is_written_to(visitor, wait_until)
        self._look_round(visitor)
        self._sign_out_and_in(visitor, wait_until)
        self._take_the_data_and_leave(visitor)

    def _register(self, visitor: Visitor) -> None:
        visitor.go(visitor.stage.dialogue(OPEN), "01-public")
        visitor.press("main a[href$='/register']", "02-register")
        visitor.press("form[action$='/register'] [type=submit]", "03-register-errors")
        expect(visitor.page).to_have_title(re.compile("^(Feil|Error)"))
        summary = visitor.page.locator(".ds-error-summary")
        assert summary.locator("a").count() == len(visitor.page.locator("[aria-invalid=true]").all()) > 0

        self._type(visitor, organisation_number=self.number, name=self.name, contact_name="Øyvind Ås")
        self._type(visitor, contact_email=self.address, topics="Drift om natten.")
        visitor.press("form[action$='/register'] [type=submit]", "04-registered")
        expect(visitor.page).to_have_url(re.compile("/registered$"))

    def _type(self, visitor: Visitor, **texts: str) -> None:
        for name, text in texts.items():
            visitor.page.locator(f"#{name}").fill(text)

    def _confirm(self, visitor: Visitor, wait_until: Waiting) -> None:
        visitor.go(self._link(visitor, wait_until, "confirm"), "05-confirm")
        visitor.press("form[action*='/confirm/'] [type=submit]", "06-own-page")
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text(self.name)
        self.own = visitor.page.url

    def _link(self, visitor: Visitor, wait_until: Waiting, what: str, address: str = "") -> str:
        return wait_until(lambda: visitor.stage.link_to(address or self.address, what))

    def _write_a_proposal(self, visitor: Visitor) -> None:
        first, second = visitor.page.locator("#answer-1"), visitor.page.locator("#answer-2")
        send = "form[action$='/proposal'] [type=submit]:not([formaction])"
        first.fill("En dispenser som varsler. [[Den koster 400 kr i måneden.]]")
        visitor.press("[formaction$='/proposal/draft']", "07-draft")
        expect(first).to_have_value("En dispenser som varsler. [[Den koster 400 kr i måneden.]]")

        first.fill("ord " * 151)
        visitor.press(send, "08-proposal-errors")
        expect(visitor.page.locator("#answer-1[aria-invalid=true]")).to_be_visible()

        first.fill("En dispenser som varsler. [[Den koster 400 kr i måneden.]]")
        second.fill("Seks uker.\n\nOg to superbrukere.")
        visitor.page.locator("[name^=claim][id$='2']").check()
        visitor.page.locator("#reason").fill("Prisen er vår konkurransefordel.")
        visitor.press("[formaction$='/draft/shareable']", "09-shareable")
        assert "400 kr" not in visitor.page.locator("main").inner_text()

        visitor.press("main a[href$='#proposal']")
        visitor.page.locator("#files").set_input_files(
            {"name": "løsning.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        visitor.press(send, "10-receipt")
        expect(visitor.page.locator("main")).to_contain_text(re.compile("[0-9a-f]{64}"))
        visitor.go(self.own, "11-own-page-sent")

    def _ask(self, visitor: Visitor) -> None:
        visitor.go(f"{self.own}/questions", "12-questions")
        visitor.press("form[action$='/questions'] [type=submit]", "13-question-errors")
        visitor.page.locator("#text").fill("Må løsningen virke når strømmen er borte?")
        visitor.press("form[action$='/questions'] [type=submit]", "14-question-asked")
        expect(visitor.page.locator("main")).to_contain_text("Må løsningen virke når strømmen er borte?")

    def _choose_a_time(self, visitor: Visitor, wait_until: Waiting) -> None:
        page, free = visitor.page, ".times > .times__list input:not(:checked)"
        page.goto(f"{self.own}/booking")
        wait_until(lambda: page.locator(free).count() or (page.reload() and None))
        visitor.look("15-booking")
        page.locator(free).first.check()
        visitor.press("form[action$='/hold'] [type=submit]", "16-booking-held")
        visitor.press("form[action$='/take'] [type=submit]", "17-booking-taken")
        first = self._booked_at(visitor)

        page.locator(free).last.check()
        visitor.press("form[action$='/hold'] [type=submit]", "18-booking-moves")
        visitor.press("form[action$='/take'] [type=submit]", "19-booking-moved")
        assert self._booked_at(visitor) != first

        visitor.press("form[action$='/give-back'] [type=submit]", "20-booking-given-back")
        expect(page.locator("a[href$='.ics']")).to_have_count(0)

    def _booked_at(self, visitor: Visitor) -> object:
        """When the meeting in the calendar file begins."""
        with visitor.page.expect_download() as coming:
            visitor.page.locator("a[href$='.ics']").click()
        (event,) = icalendar.Calendar.from_ical(coming.value.path().read_bytes()).events
        return event.start

    def _change_who_is_written_to(self, visitor: Visitor, wait_until: Waiting) -> None:
        save = "form[action$='/contacts'] [type=submit]"
        visitor.go(f"{self.own}/registration", "21-registration")
        visitor.page.locator("#contact_name").fill("")
        visitor.press(save, "22-registration-errors")
        visitor.page.locator("#contact_name").fill("Åse Ås")
        visitor.press(save, "23-registration-saved")
        visitor.press("form[action$='/participation'] [type=submit]", "24-participation-saved")
        self.address = f"ny.{self.address}"
        visitor.page.locator("#contact_email").fill(self.address)
        visitor.press(save, "25-address-asked")
        visitor.go(self._link(visitor, wait_until, "address"), "26-confirm-address")
        visitor.press("form[action*='/address/'] [type=submit]", "27-address-changed")
        expect(visitor.page.locator("#contact_email")).to_have_value(self.address)

    def _look_round(self, visitor: Visitor) -> None:
        for number, what in enumerate(("partners", "meeting", "calendar", "erase"), start=28):
            visitor.go(f"{self.own}/{what}", f"{number}-{what}")

    def _sign_out_and_in(self, visitor: Visitor, wait_until: Waiting) -> None:
        visitor.press("form[action$='/sign-out'] [type=submit]", "32-signed-out")
        visitor.go(self.own, "33-sign-in-first")
        visitor.go(f"{visitor.stage.address}/sign-in", "34-sign-in")
        visitor.press("form[action='/sign-in'] [type=submit]", "35-sign-in-errors")
        visitor.page.locator("#email").fill(self.address)
        visitor.press("form[action='/sign-in'] [type=submit]", "36-sign-in-sent")
        link = self._link(visitor, wait_until, "sign-in")
        visitor.go(link, "37-sign-in-as")
        visitor.press("main form [type=submit]")
        expect(visitor.page).to_have_url(self.own)
        visitor.go(link, "38-sign-in-ended")

    def _take_the_data_and_leave(self, visitor: Visitor) -> None:
        visitor.page.goto(f"{self.own}/registration")
        with visitor.page.expect_download() as coming:
            visitor.page.locator("a[href$='/export']").click()
        assert self.name in json.dumps(json.loads(coming.value.path().read_text("utf-8")), ensure_ascii=False)
        visitor.go(f"{self.own}/withdraw", "39-withdraw")
        visitor.press("form[action$='/withdraw'] [type=submit]", "40-withdrawn")
        expect(visitor.page).to_have_url(re.compile("/withdrawn$"))
