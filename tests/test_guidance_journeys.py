"""The way of a document and of a question in a real Chromium: added, found, opened where it is cited; not covered, passed on, settled."""

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import JOURNEY, act_as, button, opened_browser, opened_page, settled
from tests.processes import served

pytestmark = JOURNEY

MARKUP = "![seen](http://127.0.0.1:9/pixel.png) <img src=http://127.0.0.1:9/x> [here](http://127.0.0.1:9/)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, home: Path) -> Iterator[Page]:
    with served(home) as url, opened_page(browser, url) as opened:
        yield opened


def places() -> bytes:
    """Return a Word document with a hidden run, and with markup that nobody should ever run."""
    document = docx.Document()
    document.add_heading("Zebrawood rooms", 0)
    for number in range(12):
        document.add_heading(f"Room {number}", 1)
        document.add_paragraph(f"Room {number} has a round table, a window and a door that closes, and nobody listens there.")
    document.add_heading("The zebrawood lamp", 1)
    paragraph = document.add_paragraph("The zebrawood lamp is switched on before every session of a pair and off again at its end.")
    paragraph.add_run(" Nobody sees this.").font.hidden = True
    document.add_paragraph(MARKUP)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def open_in_menu(page: Page, name: str) -> None:
    settled(page)
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", level=1, name=name, exact=True).wait_for()
    settled(page)


def change_person(page: Page, kind: str, name: str) -> None:
    settled(page)
    page.get_by_role("button", name="Change person").click()
    act_as(page, kind, name)


def section(page: Page, name: str) -> None:
    settled(page)
    page.get_by_test_id("stButtonGroup").get_by_text(name).first.click()
    settled(page)


def ask(page: Page, question: str) -> None:
    settled(page)
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    page.locator("article.answer").wait_for()
    settled(page)


def fits(page: Page) -> None:
    """Fail where a page is wider than its window, at a desk and on a phone."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def add_places(page: Page) -> None:
    open_in_menu(page, "Library")
    button(page, "Add a document")
    settled(page)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files({"name": "rooms.docx", "mimeType": "", "buffer": places()})
    expect(page.get_by_text("Nothing is added yet.")).to_be_visible()


def test_a_document_that_a_coordinator_adds_answers_a_mentor_and_opens_at_the_passage(page: Page) -> None:
    act_as(page, "coordinator", "Tamsin Adeyeri")
    add_places(page)
    expect(page.get_by_text("hidden text (1)")).to_be_visible()
    expect(page.get_by_text("![seen](http://127.0.0.1:9/pixel.png)")).to_be_attached()
    fits(page)
    button(page, "Add it to the library")
    expect(page.get_by_text("“Zebrawood rooms” is added.")).to_be_in_viewport()
    fits(page)

    change_person(page, "mentor", "Priya Nandakeri")
    open_in_menu(page, "Guidance")
    fits(page)
    ask(page, "When is the zebrawood lamp switched on?")
    expect(page.locator("article.answer")).to_contain_text("The zebrawood lamp is switched on before every session of a pair")
    fits(page)
    page.locator(".st-key-sources button", has_text="Zebrawood rooms: The zebrawood lamp").click()
    cited = page.locator("#cited")
    expect(cited).to_contain_text("The zebrawood lamp is switched on")
    expect(cited).to_be_in_viewport()
    expect(cited).to_be_focused()
    assert page.locator("article.doc img, article.doc a[href^=http]").count() == 0
    fits(page)
    page.locator(".outline").get_by_role("link", name="Room 2", exact=True).click()
    expect(page.get_by_role("heading", name="Room 2", exact=True)).to_be_in_viewport()
    button(page, "Back to the guidance")
    expect(page.get_by_label("Your question")).to_have_value("When is the zebrawood lamp switched on?")
    expect(page.locator("article.answer")).to_be_visible()


def test_what_the_guidance_does_not_cover_reaches_the_coordinator_without_a_name(page: Page) -> None:
    act_as(page, "mentee", "Anders Holmgaard")
    open_in_menu(page, "Guidance")
    ask(page, "Qwertz uiop zxcvb?")
    expect(page.get_by_text("The guidance does not seem to cover this.")).to_be_visible()
    button(page, "Pass this question on to the coordinators")
    words = page.get_by_label("These words, as they stand here")
    expect(words).to_have_value("Qwertz uiop zxcvb?")
    words.fill("Which lamp do we take home?")
    fits(page)
    button(page, "Pass it on")
    expect(page.get_by_text("Passed on.")).to_be_visible()

    change_person(page, "coordinator", "Tamsin Adeyeri")
    open_in_menu(page, "Library")
    section(page, "Questions passed on (1)")
    expect(page.get_by_text("Which lamp do we take home?")).to_be_visible()
    assert "Anders" not in page.locator("body").inner_text()
    fits(page)
    button(page, "Done")
    expect(page.get_by_text("No question waits.")).to_be_visible()


def test_a_double_click_removes_nothing_and_what_was_typed_survives_another_page(page: Page) -> None:
    act_as(page, "coordinator", "Tamsin Adeyeri")
    add_places(page)
    page.get_by_label("Title").fill("Where we meet")
    page.get_by_label("Title").blur()
    open_in_menu(page, "Overview")
    open_in_menu(page, "Library")
    section(page, "Add a document")
    expect(page.get_by_label("Title")).to_have_value("Where we meet")
    button(page, "Add it to the library")
    expect(page.get_by_text("“Where we meet” is added.")).to_be_visible()
    settled(page)
    box = page.get_by_role("button", name="Remove", exact=True).bounding_box()
    assert box is not None
    for _ in range(2):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(400)
    settled(page)
    button(page, "Keep it")
    expect(page.get_by_text("Where we meet")).to_be_visible()
    button(page, "Remove")
    button(page, "Remove it")
    expect(page.get_by_text("“Where we meet” is removed.")).to_be_visible()
    expect(page.get_by_text("Your programme has no documents of its own yet")).to_be_visible()
