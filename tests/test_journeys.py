"""The main journeys in a real Chromium, with the network closed on both sides."""

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import JOURNEY, act_as, button, opened_browser, opened_page, settled
from tests.processes import served

pytestmark = JOURNEY


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture
def address(home: Path) -> Iterator[str]:
    with served(home) as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with opened_page(browser, address) as opened:
        yield opened


def draft_first_agenda(page: Page) -> None:
    act_as(page, "mentor", "Priya Nandakeri")
    button(page, "Prepare the session")
    expect(page.get_by_role("heading", name="Session 4 with Anders Holmgaard")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Draft the agenda").click()
    expect(page.get_by_text("Draft: needs review")).to_be_visible()
    settled(page)


def edit(page: Page) -> None:
    settled(page)
    page.get_by_role("button", name="Edit").first.click()


def test_from_draft_to_a_released_agenda_that_the_mentee_reads(page: Page, tmp_path: Path) -> None:
    draft_first_agenda(page)
    page.get_by_text("Goals and measures: What to do when a goal is stalled or set back").click()
    expect(page.get_by_text("Stalled means discussed but not moved", exact=False)).to_be_visible()

    button(page, "Release to Anders")
    expect(page.get_by_text("Approve it first; nothing was sent.")).to_be_visible()

    edit(page)
    purpose = page.get_by_label("Purpose")
    purpose.fill("To hear what gets in the way of the posts, with Zebulon Quist.")
    purpose.blur()
    button(page, "Save changes")
    expect(page.get_by_text("Saved as a new revision.")).to_be_visible()
    expect(page.locator("mark", has_text="Zebulon Quist")).to_be_visible()

    button(page, "Approve")
    expect(page.get_by_text("Approved. Nothing was sent yet")).to_be_visible()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="DOCX").click()
    download.value.save_as(tmp_path / "agenda.docx")
    lines = [p.text for p in docx.Document(str(tmp_path / "agenda.docx")).paragraphs]
    assert lines[0] == "Agenda: Priya Nandakeri and Anders Holmgaard"
    assert "Purpose. To hear what gets in the way of the posts, with Zebulon Quist." in lines

    button(page, "Release to Anders")
    expect(page.get_by_text("Sent to Anders Holmgaard")).to_be_visible()

    edit(page)
    purpose = page.get_by_label("Purpose")
    purpose.fill("A later thought that nobody approved.")
    purpose.blur()
    button(page, "Save changes")
    expect(page.get_by_text("Draft: needs review")).to_be_visible()
    expect(page.get_by_text("An earlier version is released")).to_be_visible()

    settled(page)
    page.get_by_role("button", name="Change person").click()
    act_as(page, "mentee", "Anders Holmgaard")
    page.get_by_role("button", name="Read the agenda").click()
    expect(page.get_by_text("with Zebulon Quist")).to_be_visible()
    text = page.locator("body").inner_text()
    assert "A later thought" not in text
    assert "only you see this" not in text.lower()
    assert page.get_by_role("link", name="Prepare").count() == 0


def test_typed_text_survives_a_reload(page: Page) -> None:
    draft_first_agenda(page)
    edit(page)
    purpose = page.get_by_label("Purpose")
    purpose.fill("Typed, but not saved.")
    purpose.blur()
    expect(page.get_by_text("40 of 45 minutes are planned")).to_be_visible()
    page.wait_for_timeout(500)
    page.reload()
    edit(page)
    expect(page.get_by_label("Purpose")).to_have_value("Typed, but not saved.")


def click_twice(page: Page, name: str) -> None:
    """Click twice in one place, slowly enough for the page to change in between."""
    box = page.get_by_role("button", name=name, exact=True).bounding_box()
    assert box is not None
    for _ in range(2):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(400)


def test_a_double_click_never_reaches_another_action(page: Page) -> None:
    draft_first_agenda(page)
    settled(page)
    click_twice(page, "Approve")
    expect(page.get_by_text("Approved. Nothing was sent yet")).to_be_visible()
    settled(page)
    page.wait_for_timeout(800)
    expect(page.get_by_text("Approved, not released")).to_be_visible()
    click_twice(page, "Release to Anders")
    expect(page.get_by_text("Sent to Anders Holmgaard")).to_be_visible()
    settled(page)
    page.wait_for_timeout(800)
    expect(page.get_by_text("Approved and released")).to_be_visible()


def test_markup_that_somebody_types_is_shown_as_text_and_fetches_nothing(page: Page) -> None:
    draft_first_agenda(page)
    edit(page)
    typed = "[[ask: ![seen](http://127.0.0.1:9/pixel.png) [here](http://127.0.0.1:9/) www.example.org <img src=x>"
    page.get_by_label("Purpose").fill(typed)
    page.get_by_label("Purpose").blur()
    button(page, "Save changes")
    expect(page.get_by_text("Saved as a new revision.")).to_be_visible()
    button(page, "Approve")
    expect(page.get_by_text("Not approved:")).to_be_visible()
    assert page.locator("[data-testid=stMain] img:not([alt='Logo'])").count() == 0
    assert page.locator("[data-testid=stMain] a[href*='127.0.0.1:9'], [data-testid=stMain] a[href*='example.org']").count() == 0


def test_a_draft_that_is_discarded_says_so_and_closes_the_dialog(page: Page) -> None:
    draft_first_agenda(page)
    button(page, "Discard")
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".chip", has_text="Discarded")).to_be_visible()


def test_a_mentor_of_two_pairs_prepares_for_the_one_that_was_chosen(page: Page) -> None:
    act_as(page, "mentor", "Zoë Achterberg-Lunn")
    page.get_by_role("link", name="Prepare").click()
    expect(page.get_by_role("heading", name="Prepare", exact=True)).to_be_visible()
    box = page.get_by_role("combobox", name="Session with")
    box.wait_for()
    options = []
    for turn in range(5):
        settled(page)
        box.click()
        listed = page.get_by_role("option")
        listed.first.wait_for()
        options = options or listed.all_inner_texts()
        wanted = options[turn % 2]
        page.get_by_role("option", name=wanted).click()
        expect(page.get_by_role("heading", name=f"with {wanted}")).to_be_visible()


def test_the_journey_needs_no_mouse(page: Page) -> None:
    expect(page.get_by_role("heading", name="Act as a mentor")).to_be_visible()
    settled(page)
    page.locator(".st-key-choose_mentor input").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Priya")
    expect(page.get_by_role("option", name="Priya")).to_be_visible()
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name="Continue as this mentor").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    steps = (
        ("Prepare the session", "Session 4 with Anders Holmgaard"),
        ("Draft the agenda", "Draft: needs review"),
        ("Approve", "Approved. Nothing was sent yet"),
        ("Release to Anders", "Sent to Anders Holmgaard"),
    )
    for name, then in steps:
        target = page.get_by_role("button", name=name).first
        expect(target).to_be_visible()
        settled(page)
        target.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text(then).first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_window(browser: Browser, address: str, scheme: str, width: int) -> None:
    with opened_page(browser, address, width=width, height=850, dark=scheme == "dark") as page:
        draft_first_agenda(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
