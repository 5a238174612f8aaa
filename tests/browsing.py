"""What journeys in a real Chromium share: the browser, a page that notes every request elsewhere, and how to act on it."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from tests.processes import chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
REQUIRED = "browser" in os.environ.get("COACH_TEST_REQUIRE", "")
PATIENCE = 20_000  # milliseconds; shared machines are slow at times

JOURNEY = [
    pytest.mark.flaky(reruns=2),  # a click at machine speed can meet a page in motion; a real fault fails three times
    pytest.mark.skipif(chromium() is None and not REQUIRED, reason="Chromium is not installed; on Debian: apt-get install chromium"),
]


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Yield a headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium() or "chromium", args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened_page(browser: Browser, address: str, width: int = 1280, height: int = 900, dark: bool = False) -> Iterator[Page]:
    """Yield a page at this address; fails at the end if it asked anybody else for anything."""
    expect.set_options(timeout=PATIENCE)
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    page = context.new_page()
    strangers: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:", "ws://localhost")):
            strangers.append(request.url)

    page.on("request", note)
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    yield page
    context.close()
    assert strangers == []


def settled(page: Page) -> None:
    """Wait until the page stands still: while a run delivers its elements, buttons change places under the pointer."""
    page.locator("[data-test-script-state=notRunning]").first.wait_for(state="attached")


def button(page: Page, name: str) -> None:
    """Click the button of exactly this name once the page stands still."""
    settled(page)
    page.get_by_role("button", name=name, exact=True).click()


def act_as(page: Page, kind: str, name: str) -> None:
    """Act as somebody of the sample programme."""
    box = page.locator(f".st-key-choose_{kind} input")
    settled(page)
    box.click()
    box.fill(name)
    page.get_by_role("option", name=name).first.click()
    page.wait_for_timeout(500)  # until what was chosen reaches the app; the button would take whoever was chosen before
    settled(page)
    expect(box).to_have_value(re.compile(re.escape(name)))
    page.get_by_role("button", name=f"Continue as this {kind}").click()
    expect(page.get_by_role("heading", name="Overview" if kind == "coordinator" else "Today", exact=True)).to_be_visible()
    settled(page)
