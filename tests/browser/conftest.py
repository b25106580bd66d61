"""A real browser on a real server: the played example, served on a port of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from tests.browser.stage import Stage, staged
from tests.chromium import started
from tests.demo.conftest import Demo, free_port

ARTEFACTS = Path(__file__).parent.parent / "artefacts"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as made:
        yield made


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The example, played and served once for all browser tests."""
    demo = Demo(tmp_path_factory.mktemp("demo"), free_port())
    demo.start()
    demo.wait_served()
    yield demo
    demo.end()


@pytest.fixture(scope="package")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A service in use, set up and served once for all browser tests that change something."""
    with staged(tmp_path_factory.mktemp("stage")) as made:
        yield made


@dataclass(frozen=True)
class SignedIn:
    """A browser's cookies after the button in the supplier's link was pressed, and the address that it led to."""

    cookies: StorageState
    own_page: str


@pytest.fixture(scope="module")
def signed_in(browser: Browser, served: Demo) -> SignedIn:
    """The supplier of the example, signed in once for all browser tests: its link works no second time."""
    context = browser.new_context(locale="nb-NO")
    page = context.new_page()
    page.goto(served.links["supplier"])
    page.get_by_role("button", name="Logg inn").click()
    made = SignedIn(context.storage_state(), page.url)
    context.close()
    return made


@pytest.fixture(params=["with script", "without script"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh visitor who reads bokmål, once with JavaScript and once without."""
    made = browser.new_context(java_script_enabled=request.param == "with script", locale="nb-NO")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
