"""Notes in a real Chromium: typed while the connection drops and the server dies, brought in from a transcript, found again by their author alone."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browsing import JOURNEY, act_as, button, opened_browser, opened_page, settled
from tests.processes import closed_environment, free_port, killable, served

pytestmark = JOURNEY

FIRST = "Anders spoke after minute ten in three of four weeks. "
SECOND = "The channel is still at three posts. "
THIRD = "Priya sends two examples by Friday."
TRANSCRIPT = b"""WEBVTT

NOTE checked by the captioner

00:00:01.000 --> 00:00:02.000
<v Priya Nandakeri>And the planning meeting?

00:00:02.000 --> 00:00:04.000
<v Anders Holmgaard>Two of the last five began

00:00:04.000 --> 00:00:05.000
<v Anders Holmgaard>on the screen.
"""
READ = "Priya Nandakeri: And the planning meeting?\nAnders Holmgaard: Two of the last five began on the screen."


@contextmanager
def serving(home: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Serve the app at this port."""
    environment = closed_environment(home, home.parent / "network.log")
    command = ["coach.cli", "serve", "--port", str(port)]
    with killable(command, environment, f"http://localhost:{port}/ready", home.parent / "serve.log") as process:
        yield process


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as opened:
        yield opened


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="What was said")  # of the one in sight, while another session's is being taken away


def saved(page: Page) -> None:
    expect(page.locator(".coach-editor .state")).to_have_text("Saved")


def open_notes(page: Page) -> None:
    page.get_by_role("link", name="Notes", exact=True).click()
    expect(page.get_by_role("heading", name="Notes", exact=True)).to_be_visible()
    expect(field(page)).to_be_visible()
    settled(page)


def type_on(page: Page, words: str) -> None:
    field(page).press("Control+End")
    page.keyboard.type(words, delay=10)


def test_nothing_that_is_typed_is_lost_when_the_connection_drops_and_the_server_dies(browser: Browser, home: Path) -> None:
    port = free_port()
    with opened_server_and_page(browser, home, port) as (page, server):
        act_as(page, "mentor", "Priya Nandakeri")
        open_notes(page)
        type_on(page, FIRST)
        saved(page)
        page.context.set_offline(True)
        server.kill()
        server.wait()
        type_on(page, SECOND)
        expect(page.locator(".coach-editor .state")).to_contain_text("kept in this browser")
        page.context.set_offline(False)
        with serving(home, port):
            saved(page)
            type_on(page, THIRD)
            saved(page)
            expect(field(page)).to_have_value(FIRST + SECOND + THIRD)
            page.reload()
            expect(field(page)).to_have_value(FIRST + SECOND + THIRD)
            page.get_by_role("link", name="Today", exact=True).click()
            expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
            open_notes(page)
            expect(field(page)).to_have_value(FIRST + SECOND + THIRD)


@contextmanager
def opened_server_and_page(browser: Browser, home: Path, port: int) -> Iterator[tuple[Page, "subprocess.Popen[bytes]"]]:
    with serving(home, port) as server, opened_page(browser, f"http://localhost:{port}") as page:
        yield page, server


@pytest.fixture
def page(browser: Browser, home: Path) -> Iterator[Page]:
    with served(home) as address, opened_page(browser, address) as opened:
        yield opened


def test_a_transcript_comes_in_below_what_was_typed_a_moment_ago_and_its_author_alone_finds_it(page: Page) -> None:
    act_as(page, "mentor", "Priya Nandakeri")
    open_notes(page)
    type_on(page, FIRST)
    page.get_by_text("Bring in a file").click()
    page.locator("input[type=file]").set_input_files({"name": "talk.vtt", "mimeType": "text/vtt", "buffer": TRANSCRIPT})
    expect(page.get_by_text("2 people speak")).to_be_visible()
    expect(page.get_by_text("Not used: notes to the captioner (1).")).to_be_visible()
    settled(page)
    field(page).press("Control+End")
    page.keyboard.type("And one more.")  # and at once the click: it must not lose these letters
    page.get_by_role("button", name="Put it below my notes").click()
    expect(field(page)).to_have_value(f"{FIRST}And one more.\n\n{READ}")
    expect(page.get_by_role("button", name="Draft the summary")).to_be_visible()

    button(page, "Take it back")
    expect(field(page)).to_have_value(f"{FIRST}And one more.")

    button(page, "Change person")
    act_as(page, "mentee", "Anders Holmgaard")
    open_notes(page)
    expect(field(page)).to_have_value("")
    expect(page.get_by_text("And one more.")).to_have_count(0)


def test_leaving_the_page_and_another_session_at_once_lose_nothing(page: Page) -> None:
    act_as(page, "mentee", "Anders Holmgaard")
    open_notes(page)
    field(page).press("Control+End")
    page.keyboard.type("Half a sentence")
    page.get_by_role("link", name="Our pair").click()
    expect(page.get_by_role("heading", name="Our pair")).to_be_visible()
    open_notes(page)
    expect(field(page)).to_have_value("Half a sentence")
    type_on(page, " and its end")
    page.get_by_role("combobox", name="Session").click()
    page.get_by_role("option", name="Session 4").click()
    expect(page.get_by_role("heading", name="Session 4")).to_be_visible()
    expect(field(page)).to_have_value("")
    settled(page)
    page.get_by_role("combobox", name="Session").click()
    page.get_by_role("option", name="Session 3").click()
    expect(page.get_by_role("heading", name="Session 3")).to_be_visible()
    settled(page)
    expect(field(page)).to_have_value("Half a sentence and its end")


def test_a_double_click_right_after_the_last_letter_drafts_one_summary_from_all_of_it(page: Page) -> None:
    act_as(page, "mentee", "Anders Holmgaard")
    open_notes(page)
    type_on(page, FIRST)
    saved(page)
    settled(page)
    page.keyboard.type(THIRD)
    page.get_by_role("button", name="Draft the summary").dblclick()
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_visible()
    expect(page.get_by_text("Priya sends two examples by Friday").first).to_be_visible()
    open_notes(page)
    expect(page.get_by_text("Draft: needs review")).to_have_count(1)
    expect(page.get_by_text("Stale")).to_have_count(0)
