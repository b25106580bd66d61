"""Somebody at a browser who looks closely: at every page and state everything that must hold of all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response, Route, expect

from tests.browser.conftest import ARTEFACTS
from tests.browser.stage import Stage

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    "resultTypes": ["violations"],
}
AXE = Axe().axe_script
# All that axe has to tell of a page takes longer to hand over than to find.
_FAULTS = """rules => axe.run(rules).then(found => found.violations.flatMap(
    fault => fault.nodes.map(node => `${fault.id}: ${node.target} ${node.failureSummary}`)))"""
LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}


Scheme = Literal["light", "dark"]


class Visitor:
    """A fresh browser window of a width in pixels, whose reader has chosen a language."""

    def __init__(self, context: BrowserContext, stage: Stage, language: str, *, has_script: bool) -> None:
        self.context, self.stage, self.language, self.has_script = context, stage, language, has_script
        self.page: Page = context.new_page()
        size = self.page.viewport_size
        assert size is not None
        self.width = size["width"]
        self._asked: list[str] = []
        self._complaints: list[str] = []
        self._copy: Page | None = None
        self.page.on("request", lambda request: self._asked.append(request.url))
        self.page.on("console", lambda message: self._hear(message.text))

    def _hear(self, text: str) -> None:
        if "Content Security" in text or "Content-Security" in text:
            self._complaints.append(text)

    def look(self, name: str) -> None:
        """See to it that the state on the screen is as all must be, and keep a picture of it under a name."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.wait_for_load_state()
        self.page.screenshot(path=ARTEFACTS / f"{name}-{self.language}-{self.width}.png", full_page=True)
        own = urlsplit(self.stage.address).netloc
        read = self._readable()
        found = {
            "other hosts": {urlsplit(url).netloc for url in self._asked if not url.startswith("data:")} - {own},
            "complaints": self._complaints,
            "too wide by": max(0, read.evaluate("document.documentElement.scrollWidth") - self.width),
            "headings": read.locator("h1").count(),
            "violations": violations(read),
        }
        nothing = {"other hosts": set(), "complaints": [], "too wide by": 0, "headings": 1, "violations": []}
        assert (name, found) == (name, nothing)
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def _readable(self) -> Page:
        """A page in which this one can be looked through: axe needs scripts, but the page's own must not have run."""
        if self.has_script:
            return self.page
        content, self._copy = self.page.content(), self._copy or self._new_copy()
        self._copy.unroute_all()
        self._copy.route("**/*", lambda route: _answer(route, content))
        self._copy.goto("about:blank")
        self._copy.goto(self.page.url)
        return self._copy

    def _new_copy(self) -> Page:
        assert self.context.browser is not None
        return self.context.browser.new_context(viewport=self.page.viewport_size).new_page()

    def leave(self) -> None:
        """Close the window."""
        self.context.close()
        if self._copy is not None:
            self._copy.context.close()

    def go(self, address: str, name: str) -> Response:
        """Open an address and look; the answer."""
        answer = self.page.goto(address)
        assert answer is not None
        self.look(name)
        return answer

    def press(self, selector: str, name: str | None = None) -> None:
        """Press what the selector names, and look at what follows."""
        self.page.locator(selector).first.click()
        if name is not None:
            self.look(name)


def _answer(route: Route, content: str) -> None:
    """The same page once more, with its styles and pictures, and without its scripts."""
    if route.request.resource_type == "document":
        route.fulfill(body=content, content_type="text/html; charset=utf-8")
    elif route.request.resource_type == "script":
        route.abort()
    else:
        route.continue_()


def violations(page: Page) -> list[str]:
    """What axe finds fault with, each with its places."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(_FAULTS, RULES)
    return found


@contextmanager
def visiting(
    browser: Browser,
    stage: Stage,
    language: str = "nb",
    width: int = 1280,
    *,
    has_script: bool = True,
    scheme: Scheme = "light",
    signed_in: str | None = None,
) -> Iterator[Visitor]:
    """A visitor to the stage; with the name of a supplier there, signed in as it."""
    context = browser.new_context(
        locale=LOCALES[language],
        java_script_enabled=has_script,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    context.set_default_timeout(20_000)
    if signed_in is not None:
        context.add_cookies([stage.signed_in[signed_in]])
    visitor = Visitor(context, stage, language, has_script=has_script)
    try:
        yield visitor
    finally:
        visitor.leave()
