"""Drafting with a model in a real Chromium: its steps, a stop, a failure and the way on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import JOURNEY, act_as, button, opened_browser, opened_page, settled
from tests.processes import served
from tests.scripted.contents import good
from tests.scripted.scripts import SCRIPTS
from tests.scripted.server import ScriptedServer, scripted

pytestmark = JOURNEY


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as browser:
        yield browser


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted(good()) as running:
        yield running


@pytest.fixture
def page(browser: Browser, home: Path, server: ScriptedServer) -> Iterator[Page]:
    model = {"COACH_LLM_BASE_URL": server.url, "COACH_LLM_MODEL": "scripted-model", "COACH_LLM_API_KEY": "sk-scripted"}
    with served(home, model) as address, opened_page(browser, address) as page:
        act_as(page, "mentor", "Priya Nandakeri")
        button(page, "Prepare the session")
        expect(page.get_by_role("heading", name="Session 4 with Anders Holmgaard")).to_be_visible()
        wish = page.get_by_role("textbox", name="What do you want from this session?")
        wish.fill("Look at what stops the posts in the open channel.")
        wish.blur()
        settled(page)
        yield page


def test_a_model_drafts_and_the_draft_says_so(page: Page, server: ScriptedServer) -> None:
    expect(page.get_by_text("with placeholders for every name")).to_be_visible()
    button(page, "Draft the agenda")
    expect(page.get_by_text("Draft: needs review")).to_be_visible()
    expect(page.get_by_text("AI draft by scripted-model")).to_be_visible()
    assert len(server.asked) == 1
    assert "Anders" not in server.asked[0].prompt
    button(page, "Approve")
    expect(page.get_by_text("Approved. Nothing was sent yet")).to_be_visible()


def test_a_draft_in_the_making_shows_its_steps_and_can_be_stopped(page: Page, server: ScriptedServer) -> None:
    server.script = SCRIPTS["hang"]
    page.get_by_role("button", name="Draft the agenda").click()
    expect(page.get_by_text("The model is drafting")).to_be_visible()
    expect(page.locator(".steps li[aria-current=step]")).to_have_text("The model is drafting")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("You stopped the draft.")).to_be_visible()
    expect(page.get_by_role("textbox", name="What do you want from this session?")).to_have_value(
        "Look at what stops the posts in the open channel."
    )
    server.script = good()
    page.get_by_role("button", name="Try the model again").click()
    expect(page.get_by_text("Draft: needs review")).to_be_visible()


def test_where_a_model_fails_the_builtin_draft_is_one_click_away(page: Page, server: ScriptedServer) -> None:
    server.script = SCRIPTS["out-of-quota"]
    page.get_by_role("button", name="Draft the agenda").click()
    expect(page.get_by_text("no quota left")).to_be_visible()
    assert page.get_by_role("button", name="Try the model again").count() == 0
    page.get_by_role("button", name="Take the built-in draft").click()
    expect(page.get_by_text("A draft by the built-in rules")).to_be_visible()
    expect(page.get_by_text("posts in the open channel").first).to_be_visible()


def test_a_reload_while_a_model_drafts_loses_nothing(page: Page, server: ScriptedServer) -> None:
    server.script = SCRIPTS["hang"]
    page.get_by_role("button", name="Draft the agenda").click()
    expect(page.get_by_text("The model is drafting")).to_be_visible()
    page.reload()
    expect(page.get_by_text("The model is drafting")).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("You stopped the draft.")).to_be_visible()
