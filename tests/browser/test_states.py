"""States that the journey does not pass: refusals, closed doors, waiting, a lost race, the dark, and paper."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stage import CLOSED, LATER, OPEN, Stage
from tests.browser.visitor import Scheme, visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANYBODY = {
    "front": "/",
    "search": "/?q=hjemme",
    "search-empty": "/?q=finnes+ikke",
    "not-found": "/d/nobody",
    "public-later": f"/d/{LATER}",
    "public-closed": f"/d/{CLOSED}",
    "register-closed": f"/d/{CLOSED}/register",
    "questions": f"/d/{OPEN}/questions",
    "questions-none": f"/d/{LATER}/questions",
    "program": f"/d/{OPEN}/program",
    "confirm-lapsed": f"/d/{OPEN}/confirm/nothing",
    "address-lapsed": f"/d/{OPEN}/address/nothing",
    "erased": f"/d/{OPEN}/erased",
    "sign-in-ended": "/s/nobody/sign-in/nothing",
}
SUPPLIERS = {
    "own-sealed": ("asker", ""),
    "own-questions": ("asker", "/questions"),
    "booking-proposal-first": ("asker", "/booking"),
    "booking-later": ("early", "/booking"),
    "own-without-questions": ("early", ""),
    "own-waiting": ("waiting", ""),
    "registration-waiting": ("waiting", "/registration"),
    "booking-waiting": ("waiting", "/booking"),
    "own-too-late": ("late", ""),
    "registration-closed": ("late", "/registration"),
    "questions-closed": ("late", "/questions"),
    "partners-shown": ("late", "/partners"),
    "no-receipt": ("late", "/receipt"),
}
# What tells a state from the one beside it, in bokmål.
WORDS = {
    "own-sealed": "Ingen leser forslagene før",
    "booking-later": "Alle leverandører kan velge fra",
    "own-waiting": "venteliste",
    "registration-waiting": "venteliste",
    "own-too-late": "Fristen var",
    "partners-shown": "Strøbud AS",
}
WAYS = [("nb", 320, "light"), ("en", 1280, "dark")]


@pytest.mark.parametrize(("language", "width", "scheme"), WAYS)
def test_every_state_for_anybody_is_as_it_must_be(
    browser: Browser, stage: Stage, language: str, width: int, scheme: Scheme
) -> None:
    with visiting(browser, stage, language, width, scheme=scheme) as visitor:
        for name, path in ANYBODY.items():
            visitor.go(stage.address + path, f"state-{name}-{scheme}")


@pytest.mark.parametrize(("language", "width", "scheme"), WAYS)
def test_every_state_for_a_supplier_is_as_it_must_be(
    browser: Browser, stage: Stage, language: str, width: int, scheme: Scheme
) -> None:
    for name, (who, path) in SUPPLIERS.items():
        with visiting(browser, stage, language, width, scheme=scheme, signed_in=who) as visitor:
            visitor.go(stage.own_page(who) + path, f"state-{name}-{scheme}")
            if language == "nb" and name in WORDS:
                expect(visitor.page.locator("main")).to_contain_text(WORDS[name])


@pytest.mark.parametrize(("language", "width", "scheme"), WAYS)
def test_every_state_for_the_organiser_of_questions_and_documents_is_as_it_must_be(
    browser: Browser, stage: Stage, language: str, width: int, scheme: Scheme
) -> None:
    with visiting(browser, stage, language, width, scheme=scheme) as visitor:
        for what in ("", "/questions", "/documents", "/letters", "/calendar"):
            visitor.go(stage.organiser + what, f"state-organiser{what.replace('/', '-')}-{scheme}")


@pytest.mark.parametrize(("language", "width", "scheme"), WAYS)
def test_whoever_loses_the_race_sees_what_is_left(
    browser: Browser, stage: Stage, language: str, width: int, scheme: Scheme
) -> None:
    chosen = ".times > .times__list input"
    with (
        visiting(browser, stage, language, width, scheme=scheme, signed_in="second") as slow,
        visiting(browser, stage, language, signed_in="first") as quick,
    ):
        for one in (slow, quick):
            one.page.goto(f"{stage.own_page('first' if one is quick else 'second')}/booking")
            one.page.locator(chosen).first.check()
        quick.press("form[action$='/hold'] [type=submit]")
        quick.press("form[action$='/take'] [type=submit]")
        slow.press("form[action$='/hold'] [type=submit]", f"state-race-lost-{scheme}")

        expect(slow.page.get_by_role("alert")).to_be_visible()
        assert slow.page.locator(chosen).count() > 1
        quick.press("form[action$='/give-back'] [type=submit]")


def test_too_many_attempts_and_a_form_from_elsewhere_are_refused_on_pages(browser: Browser, stage: Stage) -> None:
    with visiting(browser, stage, width=320, signed_in="second") as visitor:
        address = f"{stage.own_page('second')}/booking"
        headers = {"Sec-Fetch-Site": "cross-site", "Content-Type": "application/x-www-form-urlencoded"}
        refused = visitor.page.request.post(f"{address}/hold", headers=headers, data="meeting=x")
        assert refused.status == 403
        visitor.page.goto(address)
        visitor.page.route("**/hold", lambda route: route.continue_(headers={**route.request.headers, **headers}))
        visitor.page.locator(".times > .times__list input").first.check()
        visitor.press("form[action$='/hold'] [type=submit]", "state-from-elsewhere")
        visitor.page.unroute_all()

        while visitor.page.request.post(f"{address}/hold", form={"meeting": "x", "starts_at": "x"}).status != 429:
            pass
        visitor.page.goto(address)
        visitor.page.locator(".times > .times__list input").first.check()
        visitor.press("form[action$='/hold'] [type=submit]", "state-too-many")


@pytest.mark.parametrize("what", ["", "/booking", "/questions", "/registration"])
def test_own_pages_are_printed_without_what_only_screens_need(browser: Browser, stage: Stage, what: str) -> None:
    with visiting(browser, stage, signed_in="asker") as visitor:
        visitor.page.emulate_media(media="print")
        visitor.go(stage.own_page("asker") + what, f"print-own{what.replace('/', '-')}")
        for selector in (".langs", ".footer", "form[action$='/sign-out']"):
            expect(visitor.page.locator(selector)).to_be_hidden()
