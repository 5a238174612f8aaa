"""From notes to a released summary in a real Chromium, and what the other person then reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from coach.domain.sessions import GoalStatus
from coach.services.parts import Parts
from coach.services.progress import progress_page
from tests.browsing import JOURNEY, act_as, button, opened_browser, opened_page, settled
from tests.conftest import Showcase
from tests.processes import served
from tests.summarised import last_held

pytestmark = [*JOURNEY, pytest.mark.stores("sqlite")]

NOTES = """Session with Anders, in the canteen

Monday staff meeting
- he first spoke after minute ten in all four weeks, the log says so

Open channel
- three reasons are posted there by now, it was one last time
- he will post the next two decisions by Friday

- Anders told me that he has his knee operation next week, keep that to yourself
- we agreed to keep the four-week rhythm
"""
TICKED = "he first spoke after minute ten in all four weeks"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, home: Path) -> Iterator[Page]:
    with served(home) as address, opened_page(browser, address) as opened:
        yield opened


def test_from_notes_to_a_summary_that_the_other_person_reads(page: Page, parts: Parts, showcase: Showcase) -> None:
    session = last_held(parts, showcase.pair.id)
    goals = progress_page(parts, showcase.mentor, showcase.pair.id).goals
    first, third = goals[0].title, goals[2].title

    act_as(page, "mentor", "Priya Nandakeri")
    page.get_by_role("link", name="Notes", exact=True).first.click()
    field = page.get_by_role("textbox", name="What was said")
    field.fill(NOTES)
    expect(page.get_by_role("button", name="Draft the summary")).to_be_visible()
    button(page, "Draft the summary")
    expect(page.get_by_text("Draft: needs review")).to_be_visible()
    expect(page.get_by_text("supported, 0 removed")).to_be_visible()
    expect(page.get_by_text("Only you see this.")).to_be_visible()

    settled(page)
    status = page.locator(".st-key-goal_2").get_by_role("combobox")
    status.click()
    status.fill("Stalled")
    page.get_by_role("option", name="Stalled").click()
    expect(page.locator(".st-key-goal_2").get_by_text("stated by the reviewer")).to_be_visible()
    settled(page)
    why = page.locator(".st-key-goal_2").get_by_label("Why, for your readers")
    why.fill("We ran out of time for it.")
    why.blur()
    settled(page)
    page.locator(".st-key-goal_0").get_by_role("button", name="Look in the notes").click()
    expect(page.locator(".coach-notes mark.evidence").first).to_contain_text(TICKED)
    expect(page.locator(".coach-notes .text")).to_be_in_viewport()
    settled(page)
    page.locator(".st-key-goal_0").get_by_text("Show this quote to Anders").first.click()
    settled(page)
    button(page, "Save and approve")
    expect(page.get_by_text("Approved. Nothing was sent yet")).to_be_visible()
    expect(page.get_by_role("tab", name="Mentee: Anders Holmgaard")).to_be_visible()
    expect(page.locator(".doc:visible blockquote")).to_have_count(1)
    button(page, "Release to Anders")
    expect(page.get_by_text("Sent to Anders Holmgaard")).to_be_visible()

    now = progress_page(parts, showcase.mentor, showcase.pair.id)
    assert now.points[session.id, goals[2].id].status is GoalStatus.STALLED
    assert now.goals[0].status is GoalStatus.ACHIEVED
    assert any("next two decisions" in a.text and not a.done for a in now.actions)

    button(page, "Change person")
    act_as(page, "mentee", "Anders Holmgaard")
    page.get_by_role("link", name="Progress", exact=True).first.click()
    settled(page)
    page.locator(f".st-key-read_{session.id} button").click()
    document = page.locator(".doc")
    expect(document).to_contain_text("We ran out of time for it.")
    expect(document).to_contain_text("stated by the reviewer")
    expect(document.locator("blockquote")).to_have_count(1)
    expect(document.locator("blockquote")).to_contain_text(TICKED)
    expect(page.get_by_text("knee operation")).to_have_count(0)
    assert first in document.inner_text()
    assert third in document.inner_text()
