"""The mentee answers a released summary in a real Chromium, the mentor sees it, and a ticked promise stays ticked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from coach.services.parts import Parts
from coach.services.progress import progress_page
from tests.browsing import JOURNEY, act_as, button, opened_browser, opened_page, settled
from tests.conftest import Showcase
from tests.processes import served
from tests.summarised import last_held, released, saying, write_notes

pytestmark = [*JOURNEY, pytest.mark.stores("sqlite")]

COMMENT = "The log counts five weeks. <b>Not four</b>, I looked."
PROMISE = "Ask somebody else to give the outage report at the Monday meeting"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, home: Path, parts: Parts, showcase: Showcase) -> Iterator[Page]:
    """The app, after the mentor released the summary of the last session."""
    session = last_held(parts, showcase.pair.id)
    write_notes(parts, session.id, showcase.mentor)
    released(saying(parts), showcase.mentor, session.id)
    with served(home) as address, opened_page(browser, address) as opened:
        yield opened


def test_a_summary_is_answered_and_a_promise_ticked(page: Page, parts: Parts, showcase: Showcase) -> None:
    act_as(page, "mentee", "Anders Holmgaard")
    expect(page.get_by_text("Priya Nandakeri released the summary of session 3.")).to_be_visible()
    button(page, "Read and answer it")
    expect(page.locator(".doc")).to_contain_text("All four weeks.")
    expect(page.get_by_text("the log says so")).to_have_count(0)
    comment = page.get_by_label("What do you see differently, or want to add?")
    comment.fill(COMMENT)
    button(page, "Yes, confirm it")
    expect(page.get_by_text("sees your answer from now on")).to_be_visible()
    button(page, "Back to Progress")
    expect(page.get_by_text("You confirmed it.").first).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_be_visible()

    settled(page)
    page.get_by_text(PROMISE).click()
    expect(page.get_by_text(f"“{PROMISE}” is done.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="What was promised")).to_be_visible()
    settled(page)
    page.locator("summary", has_text="Done (").click()
    expect(page.get_by_role("checkbox", name=PROMISE)).to_be_checked()
    (kept,) = [action for action in progress_page(parts, showcase.mentee, showcase.pair.id).actions if action.text == PROMISE]
    assert kept.done and kept.done_on == parts.today()

    button(page, "Change person")
    act_as(page, "mentor", "Priya Nandakeri")
    page.get_by_role("link", name="Progress", exact=True).first.click()
    expect(page.get_by_text("Anders Holmgaard confirmed it.").first).to_be_visible()
    settled(page)
    page.locator(f".st-key-read_{last_held(parts, showcase.pair.id).id} button").click()
    expect(page.get_by_text(COMMENT)).to_be_visible()
    expect(page.get_by_role("button", name="Yes, confirm it")).to_have_count(0)
