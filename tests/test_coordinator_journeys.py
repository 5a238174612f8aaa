"""A coordinator's way in a real Chromium: from an empty folder to a pair, at this machine and with an identity provider."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, Route, expect

from tests.browsing import JOURNEY, PATIENCE, opened_browser, opened_page, settled
from tests.coordinators import FOUNDER
from tests.processes import served
from tests.test_signing_in import GOOD, written

pytestmark = JOURNEY

PEOPLE = [
    User(sub="rosa", claims={"email": FOUNDER.email, "email_verified": True}),
    User(sub="eve", claims={"email": "eve@brackwater.example", "email_verified": True}),
    User(sub="unverified", claims={"email": FOUNDER.email, "email_verified": False}),
]
LIST = "Name;E-mail;Job title;Role;Mentors\nAda Umeh;ada@brackwater.example;Analyst;mentor;per@brackwater.example\nPer Lund;per@brackwater.example;Director;mentee;"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as opened:
        yield opened


def press(page: Page, name: str) -> None:
    settled(page)
    page.get_by_role("button", name=name, exact=True).click()


def section(page: Page, name: str) -> None:
    settled(page)
    page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).click()


def set_up(page: Page, email: bool = True) -> None:
    settled(page)
    page.get_by_label("Your name").fill("Rosa Lindqvist")
    if email:
        page.get_by_label("Your e-mail address").fill(FOUNDER.email)
    page.get_by_label("Name of the programme").fill("Brackwater Listens")
    press(page, "Set up the programme")
    expect(page.get_by_text("Say whom people can turn to")).to_be_visible()
    expect(page.get_by_label("Name of the programme")).to_have_value("Brackwater Listens")
    page.get_by_role("textbox", name="The human route for disclosures").fill("Ines Faro, 5501")
    press(page, "Set up the programme")
    expect(page.get_by_role("heading", name="Who sees what")).to_be_visible()
    press(page, "I have read this")
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    expect(page.get_by_text("The programme is set up.")).to_be_visible()


def fits(page: Page) -> None:
    """Fail where a page is wider than its window, at a desk and on a phone."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture
def at_this_machine(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    with served(tmp_path / "home") as url, opened_page(browser, url) as page:
        yield page


def test_from_an_empty_folder_to_a_pair_by_form_and_by_list(at_this_machine: Page) -> None:
    page = at_this_machine
    fits(page)
    set_up(page)
    fits(page)
    press(page, "Add people")
    press(page, "Add a person")
    page.get_by_role("textbox", name="Name", exact=True).fill("Ole Vik")
    page.get_by_role("textbox", name="E-mail address").fill("ole@brackwater.example")
    press(page, "Mentee (the senior person)")
    press(page, "Save")
    expect(page.get_by_text("Ole Vik is added.")).to_be_visible()
    section(page, "Import a list")
    page.get_by_label("Or paste the list here").fill(LIST)
    press(page, "Look at it")
    expect(page.get_by_text("This would add 2 people and 1 pair.")).to_be_visible()
    fits(page)
    press(page, "Add them to Brackwater Listens")
    expect(page.get_by_text("Added 2 people and 1 pair.")).to_be_visible()
    expect(page.get_by_text("Nothing to add: what can be used of this file is here already.")).to_be_visible()
    section(page, "Pairs")
    expect(page.get_by_role("cell", name="Per Lund")).to_be_visible()
    press(page, "Make a pair")
    for box, name in (("Mentor, the junior person", "Ada Umeh"), ("Mentee, the senior person", "Ole Vik")):
        settled(page)
        page.get_by_role("combobox", name=box).click()
        page.get_by_role("option", name=name).click()
    press(page, "Make the pair")
    expect(page.get_by_text("The pair is made.")).to_be_visible()
    expect(page.get_by_role("cell", name="Ole Vik")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_text("2 pairs have not signed their agreement")).to_be_visible()
    expect(page.get_by_text("No figures are shown: they need 10 pairs")).to_be_visible()
    fits(page)
    page.reload()
    expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()


@pytest.fixture
def with_a_provider(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A browser at an empty coach whose people sign in with a provider; both on this machine, and nothing goes beyond it."""

    def stay_here(route: Route) -> None:
        (route.continue_ if route.request.url.startswith(("http://localhost:", "data:", "blob:")) else route.abort)()

    expect.set_options(timeout=PATIENCE)
    with run_server_in_thread(user_claims=PEOPLE) as provider:
        metadata = f"http://localhost:{provider.server_port}/.well-known/openid-configuration"
        written(tmp_path / "home", GOOD | {"redirect_uri": "http://localhost:{port}/oauth2callback", "server_metadata_url": metadata})
        with served(tmp_path / "home", {"COACH_SIGN_IN": "oidc"}) as url:
            context = browser.new_context()
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.route("**/*", stay_here)  # the provider's own pages ask for a style sheet elsewhere
            page.goto(url)
            yield page
            context.close()


def sign_in(page: Page, who: str) -> None:
    press(page, "Sign in with your organisation's account")
    page.get_by_role("button", name=who, exact=True).click()


def sign_out(page: Page) -> None:
    press(page, "Sign out")
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name="Sign in with your organisation's account")).to_be_visible()


def test_people_sign_in_with_a_provider_from_an_empty_folder_to_signing_out(with_a_provider: Page) -> None:
    page = with_a_provider
    sign_in(page, "rosa")
    expect(page.get_by_text(f"You signed in as {FOUNDER.email}.")).to_be_visible()
    set_up(page, email=False)
    page.reload()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    sign_out(page)
    sign_in(page, "eve")
    expect(page.get_by_text("Ask your programme's coordinator to add it.")).to_be_visible()
    sign_out(page)
    sign_in(page, "unverified")
    expect(page.get_by_text("has not verified your e-mail address")).to_be_visible()
    sign_out(page)
    sign_in(page, "rosa")
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
