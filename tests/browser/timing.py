"""How long a registration takes: `make journey` prints the median of five, from the public page to the own page.

A script types at once, and the letter is read as soon as it lies in the outbox: what is left is the service's part.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.browser.stage import OPEN, Stage, staged
from tests.browser.visitor import visiting
from tests.chromium import CHROMIUM, QUIET
from tests.suppliers.factories import organisation_number

TIMES = 5
PATIENCE = 60.0  # seconds that a letter may take


def register(page: Page, stage: Stage, place: int, arrive: Callable[[Page], object] = Page.title) -> float:
    """Register the company with this number among those of tests; how many seconds it took.

    `arrive` is called on each page on the way, between the public page and the own page.
    """
    address = f"post@firma{place}.example"
    began = time.perf_counter()
    page.goto(stage.dialogue(OPEN))
    page.locator("main a[href$='/register']").first.click()
    arrive(page)
    page.locator("#organisation_number").fill(organisation_number(place))
    page.locator("#name").fill(f"Firma {place} AS")
    page.locator("#contact_name").fill("Kari Nordmann")
    page.locator("#contact_email").fill(address)
    page.locator("form[action$='/register'] [type=submit]").click()
    arrive(page)
    page.goto(_read(stage, address))
    arrive(page)
    page.locator("form[action*='/confirm/'] [type=submit]").click()
    page.wait_for_url("**/s/*")
    return time.perf_counter() - began


def _read(stage: Stage, address: str) -> str:
    """The link in the letter to an address, as soon as it has come."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if link := stage.link_to(address, "confirm"):
            return link
        time.sleep(0.05)
    raise TimeoutError(f"no letter to {address}")


def main() -> None:
    """Print the median, and the quickest and the slowest."""
    with TemporaryDirectory() as folder, staged(Path(folder)) as stage, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        seconds = []
        for place in range(60, 60 + TIMES):
            with visiting(browser, stage) as visitor:
                seconds.append(register(visitor.page, stage, place))
        browser.close()
    told = f"{statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f} s)"
    print(f"the median of {TIMES} registrations, from the public page to the own page: {told}")  # noqa: T201 - as asked


if __name__ == "__main__":
    main()
