"""What the two people of a pair do in a real Chromium, with the network closed on both sides."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import JOURNEY, act_as, button, opened_browser, opened_page, settled
from tests.processes import served

pytestmark = JOURNEY

TITLE = "Answer questions in the open channel myself"


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


def our_pair(page: Page, part: str) -> None:
    page.get_by_role("link", name="Our pair").click()
    expect(page.get_by_role("heading", name="Our pair")).to_be_visible()
    settled(page)
    page.get_by_role("radio", name=part).click()
    settled(page)


def change_person(page: Page, kind: str, name: str) -> None:
    button(page, "Change person")
    act_as(page, kind, name)


def type_goal(page: Page) -> None:
    """Type a goal letter by letter, while hints come and go between the fields."""
    page.get_by_label("Title").focus()
    for text in ("Improve things", "Answers there in a month", "10 a month"):
        page.keyboard.type(text, delay=60)
        page.keyboard.press("Tab")
    expect(page.get_by_text("leaves open what happens")).to_be_visible()
    page.get_by_label("Title").fill(TITLE)
    expect(page.get_by_text("leaves open what happens")).to_have_count(0)


def click_twice(page: Page, name: str) -> None:
    """Click twice in one place, slowly enough for the page to change in between."""
    target = page.get_by_role("button", name=name, exact=True)
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    for _ in range(2):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(400)


def test_two_people_agree_on_a_goal_and_a_double_click_says_yes_and_nothing_else(page: Page) -> None:
    act_as(page, "mentee", "Anders Holmgaard")
    our_pair(page, "Goals")
    button(page, "Propose a goal")
    type_goal(page)
    for label, typed in (("Title", TITLE), ("Measure", "Answers there in a month"), ("Target", "10 a month")):
        expect(page.get_by_label(label)).to_have_value(typed)
    button(page, "Propose it")
    expect(page.get_by_text("Proposal: waits for Priya Nandakeri")).to_be_visible()

    change_person(page, "mentor", "Priya Nandakeri")
    expect(page.get_by_text("1 goal waits for your yes.")).to_be_visible()
    button(page, "Open the goals")
    settled(page)
    click_twice(page, "Say yes to it as it stands")
    expect(page.get_by_text("Agreed by you both; agendas are made from it.")).to_be_visible()
    settled(page)
    expect(page.get_by_text("Proposal:")).to_have_count(0)
    expect(page.get_by_label("Title")).to_have_count(0)


def test_a_changed_agreement_is_signed_again_by_both(page: Page) -> None:
    act_as(page, "mentor", "Priya Nandakeri")
    our_pair(page, "Agreement")
    button(page, "Change it")
    limits = page.get_by_role("textbox", name="Where confidentiality ends")
    kept = limits.input_value()
    limits.fill("")
    rhythm = page.get_by_role("textbox", name="How often and how long you meet")
    rhythm.fill("Every three weeks, 45 minutes")
    rhythm.blur()
    button(page, "Save as a new version")
    expect(page.get_by_text("do not leave it empty")).to_be_in_viewport()
    expect(rhythm).to_have_value("Every three weeks, 45 minutes")
    limits.fill(kept)
    limits.blur()
    button(page, "Save as a new version")
    expect(page.locator(".chip", has_text="Waits for your signature")).to_be_visible()
    button(page, "Sign it")
    expect(page.locator(".chip", has_text="Waits for Anders Holmgaard")).to_be_visible()

    change_person(page, "mentee", "Anders Holmgaard")
    button(page, "Open the agreement")
    expect(page.get_by_text("Every three weeks, 45 minutes")).to_be_visible()
    button(page, "Sign it")
    expect(page.locator(".chip", has_text="Signed by you both")).to_be_visible()


def test_help_is_asked_for_without_a_mouse(page: Page) -> None:
    act_as(page, "mentee", "Anders Holmgaard")
    page.get_by_role("link", name="Ask for help").click()
    page.get_by_label("What do you need?").focus()
    page.keyboard.type("I would like a word about how we meet.")
    page.keyboard.press("Tab")
    for name in ("Look at it before it goes", "Send it to the coordinators"):
        settled(page)
        page.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
    expect(page.get_by_text("Sent. Nobody can answer you directly")).to_be_visible()
    expect(page.get_by_label("What do you need?")).to_have_value("")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_of_a_pair_is_wider_than_the_window(browser: Browser, address: str, width: int, dark: bool) -> None:
    with opened_page(browser, address, width=width, dark=dark) as page:
        act_as(page, "mentor", "Priya Nandakeri")
        here = page.url.split("?")
        for place in ("pair?part=agreement&", "pair?part=goals&", "pair?part=sessions&", "help?"):
            page.goto(f"{address}/{place}{here[1]}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            settled(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
