"""The spine walked by people: every page is accessible, fits a phone, and works with and without JavaScript."""

import re
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import ARTEFACTS, SignedIn
from tests.demo.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}


def _pages(demo: Demo, signed_in: SignedIn) -> dict[str, str]:
    links, own = demo.links, signed_in.own_page
    public = links["public"]
    return {
        "front": f"{demo.address}/",
        "public": public,
        "register": f"{public}/register",
        "registered": f"{public}/registered",
        "program": f"{public}/program",
        "organiser": links["organiser"],
        "sign-in": f"{demo.address}/sign-in",
        "sign-in-sent": f"{demo.address}/sign-in/sent",
        "sign-in-ended": links["supplier"],
        "signed-out": f"{demo.address}/signed-out",
        "supplier": own,
        "supplier-meeting": f"{own}/meeting",
        "supplier-withdraw": f"{own}/withdraw",
        "supplier-calendar": f"{own}/calendar",
        "person": links["person"],
        "person-calendar": f"{links['person']}/calendar",
        "not-found": f"{demo.address}/d/nobody",
    }


PAGES = [
    "front",
    "public",
    "register",
    "registered",
    "program",
    "organiser",
    "sign-in",
    "sign-in-sent",
    "sign-in-ended",
    "signed-out",
    "supplier",
    "supplier-meeting",
    "supplier-withdraw",
    "supplier-calendar",
    "person",
    "person-calendar",
    "not-found",
]


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_has_no_violation_and_asks_nobody_else(
    browser: Browser, served: Demo, signed_in: SignedIn, name: str, scheme: str
) -> None:
    context = browser.new_context(
        locale="nb-NO",
        color_scheme=scheme,  # type: ignore[arg-type] # the two schemes above
        viewport={"width": 1280, "height": 900},
        storage_state=signed_in.cookies,
    )
    page, asked, complaints = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None)

    page.goto(_pages(served, signed_in)[name])

    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}-{scheme}.png", full_page=True)
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {f"127.0.0.1:{served.port}"}
    assert complaints == []
    # axe itself is injected by evaluation, which the page's own policy does not concern.
    assert _violations(page) == []
    assert page.locator("h1").count() == 1
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_a_narrow_phone(browser: Browser, served: Demo, signed_in: SignedIn, name: str) -> None:
    context = browser.new_context(
        locale="nb-NO", viewport={"width": 320, "height": 700}, storage_state=signed_in.cookies
    )
    page = context.new_page()

    page.goto(_pages(served, signed_in)[name])

    page.screenshot(path=ARTEFACTS / f"{name}-320.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Dialognotatet"), ("nn", "Dialognotatet"), ("en", "Dialogue note")]
)
def test_the_dialogue_speaks_three_languages(page: Page, served: Demo, language: str, words: str) -> None:
    page.goto(f"{served.links['public']}?lang={language}")

    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("heading", name=re.compile(words, re.IGNORECASE)).first).to_be_visible()


def _letters_to(demo: Demo, address: str) -> list[EmailMessage]:
    letters = []
    for path in sorted((demo.folder / "var/outbox").glob("*.eml")):
        letter = message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(letter, EmailMessage)
        if letter["To"].addresses[0].addr_spec == address:
            letters.append(letter)
    return letters


def _link_in(letter: EmailMessage, what: str) -> str | None:
    """The link in a letter whose address has `what` in it."""
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(rf"http://127\.0\.0\.1:\d+/\S+/{what}/\S+", body.get_content())
    return found[0] if found else None


def test_a_supplier_registers_gets_its_link_by_mail_and_sends_in_a_proposal(
    context: BrowserContext, served: Demo, wait_until: Callable[..., str], request: pytest.FixtureRequest
) -> None:
    number, address = _unused(request.node.callspec.params["context"])
    page = context.new_page()

    page.goto(served.links["public"])
    page.get_by_role("link", name="Meld på virksomheten").first.click()
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_title(re.compile("^Feil"))

    page.locator("#organisation_number").fill(number)
    page.locator("#name").fill("Æventyr & Sønner AS")
    page.locator("#contact_name").fill("Øyvind Ås")
    page.locator("#contact_email").fill(address)
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_url(re.compile("/registered$"))

    def link_to(what: str) -> str:
        def found() -> str | None:
            return next(filter(None, (_link_in(letter, what) for letter in _letters_to(served, address))), None)

        return wait_until(found)

    page.goto(link_to("confirm"))
    page.get_by_role("button", name="Bekreft påmeldingen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Æventyr & Sønner AS")

    page.get_by_role("button", name="Logg ut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget ut")
    page.get_by_role("link", name="Logg inn igjen").click()
    page.get_by_label("E-post").fill(address)
    page.get_by_role("button", name="Send meg en lenke").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sjekk e-posten")
    page.goto(link_to("sign-in"))
    page.screenshot(path=ARTEFACTS / "sign-in-as-light.png", full_page=True)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Æventyr & Sønner AS")

    for place in range(4):
        page.locator("textarea").nth(place).fill(f"Svaret på spørsmål {place + 1} er kort.")
    page.get_by_role("button", name=re.compile("^Send")).click()

    expect(page.get_by_text(re.compile("Kvittering")).first).to_be_visible()
    expect(page.get_by_text(re.compile("[0-9a-f]{8}")).first).to_be_visible()


def _unused(kind: str) -> tuple[str, str]:
    """An organisation number that nobody in the example has, and an address, for each kind of browser."""
    return {
        "with script": ("987654325", "med@aeventyr.example"),
        "without script": ("974760673", "uten@aeventyr.example"),
    }[kind]


def test_the_road_to_registration_can_be_walked_by_keyboard(browser: Browser, served: Demo) -> None:
    context = browser.new_context(locale="nb-NO")
    page = context.new_page()
    page.goto(f"{served.links['public']}/register")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.name || document.activeElement.type || ''"))

    assert {
        "organisation_number",
        "name",
        "contact_name",
        "contact_email",
        "seats",
        "arrives",
        "leaves",
        "submit",
    } <= reached
    context.close()
