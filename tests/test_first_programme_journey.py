"""From nothing to a mentor's first agenda in a real Chromium, as a new coordinator and the people of three pairs would."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import JOURNEY, button, opened_browser, opened_page, settled
from tests.processes import served

pytestmark = JOURNEY

PAIRS = (("Ada Umeh", "Per Lund"), ("Bo Lindqvist", "Ines Faro"), ("Cleo Marsh", "Olav Brandt"))


def address_of(name: str) -> str:
    return f"{name.split()[0].lower()}@brackwater.example"


LIST = "name,email,role,roles,mentors\n" + "".join(
    f"{mentor},{address_of(mentor)},Analyst,mentor,{address_of(mentee)}\n{mentee},{address_of(mentee)},Director,mentee,\n"
    for mentor, mentee in PAIRS
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as opened:
        yield opened


def become(page: Page, name: str) -> None:
    """Act as somebody of the real programme at this machine; the first time they read who sees what."""
    if page.get_by_role("button", name="Change person").count():
        button(page, "Change person")
    expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()
    settled(page)
    box = page.get_by_role("combobox", name="Person")
    box.click()
    box.fill(name)
    page.get_by_role("option", name=name).first.click()
    button(page, "Continue")
    expect(page.get_by_role("heading", name="Who sees what").or_(page.get_by_role("heading", name="Today"))).to_be_visible()
    if page.get_by_role("heading", name="Who sees what").count():
        button(page, "I have read this")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


def part(page: Page, name: str) -> None:
    settled(page)
    page.get_by_role("link", name="Our pair").click()
    expect(page.get_by_role("heading", name="Our pair")).to_be_visible()
    settled(page)
    page.wait_for_timeout(300)
    page.get_by_role("radio", name=name).click()
    settled(page)


def press(page: Page, name: str, place: str) -> None:
    """Press a button in a part of Our pair; where the part was left while the page moved, go there again."""
    for _ in range(3):
        part(page, place)
        if page.get_by_role("button", name=name, exact=True).count():
            break
        page.wait_for_timeout(2_000)
    button(page, name)


def set_up_with_three_pairs(page: Page) -> None:
    page.get_by_label("Your name").fill("Rosa Lindqvist")
    page.get_by_label("Your e-mail address").fill("rosa@brackwater.example")
    page.get_by_label("Name of the programme").fill("Brackwater Listens")
    page.get_by_role("textbox", name="The human route for disclosures").fill("Ines Moor, people partner, 5501")
    button(page, "Set up the programme")
    button(page, "I have read this")
    button(page, "Add people")
    settled(page)
    page.get_by_test_id("stButtonGroup").get_by_text("Import a list", exact=True).click()
    page.get_by_label("Or paste the list here").fill(LIST)
    button(page, "Look at it")
    expect(page.get_by_text("This would add 6 people and 3 pairs.")).to_be_visible()
    button(page, "Add them to Brackwater Listens")
    expect(page.get_by_text("Added 6 people and 3 pairs.")).to_be_visible()


def as_mentor(page: Page, mentor: str) -> None:
    """Sign the agreement from the template, propose a goal, plan the first session."""
    become(page, mentor)
    press(page, "Start our agreement", "Agreement")
    button(page, "Sign it")
    press(page, "Propose a goal", "Goals")
    settled(page)
    page.get_by_label("Title").fill("Answer questions in the open channel myself")
    page.get_by_label("Measure").fill("Answers there in a month")
    page.get_by_label("Target").fill("10 a month")
    button(page, "Propose it")
    expect(page.get_by_text("Proposal: waits for")).to_be_visible()
    press(page, "Plan a session", "Sessions")
    button(page, "Plan it")
    expect(page.get_by_text("Session 1", exact=False).first).to_be_visible()


def as_mentee(page: Page, mentee: str) -> None:
    become(page, mentee)
    press(page, "Sign it", "Agreement")
    expect(page.locator(".chip", has_text="Signed by you both")).to_be_visible()
    press(page, "Say yes to it as it stands", "Goals")
    expect(page.get_by_text("Agreed by you both")).to_be_visible()


def from_nothing_to_an_agenda(page: Page) -> None:
    set_up_with_three_pairs(page)
    for mentor, mentee in PAIRS:
        as_mentor(page, mentor)
        as_mentee(page, mentee)
    become(page, PAIRS[0][0])
    button(page, "Prepare the session")
    button(page, "Draft the agenda")
    expect(page.get_by_text("Draft: needs review")).to_be_visible()


def test_a_new_coordinator_gets_three_pairs_to_a_first_agenda(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path / "home") as url, opened_page(browser, url) as page:
        from_nothing_to_an_agenda(page)
        expect(page.get_by_role("heading", name="Agenda: Ada Umeh and Per Lund")).to_be_visible()
        expect(page.get_by_text("Answer questions in the open channel myself").first).to_be_visible()
        expect(page.get_by_text("Ines Moor, people partner, 5501").first).to_be_visible()
