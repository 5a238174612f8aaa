"""Take the screenshots of README.md from a freshly loaded sample programme; `make screenshots` runs it."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from coach.bootstrap import join_parts
from coach.services.sample import load_sample
from coach.settings import Settings
from tests.processes import chromium, served
from tests.test_journeys import FLAGS, act_as, button

IMAGES = Path(__file__).parent / "images"
KEPT = {"today-light", "prepare-light", "review-light", "edit-light", "agenda-light", "review-dark", "review-phone"}


def main() -> None:
    """Go through the first agenda once in light and once in dark, and keep a picture of each page."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for scheme, width, height in (("light", 1280, 860), ("dark", 1280, 860), ("phone", 390, 844)):
            with tempfile.TemporaryDirectory() as folder:
                home = Path(folder) / "home"
                parts = join_parts(Settings(home=home))
                load_sample(parts)
                parts.database.close()
                with served(home) as url:
                    colours = "dark" if scheme == "dark" else "light"
                    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=colours)
                    page.goto(url)
                    journey(page, scheme)
                    page.close()
        browser.close()


def journey(page: Page, scheme: str) -> None:
    """Go from the welcome page to the agenda that the mentee reads."""

    def shoot(name: str) -> None:
        if f"{name}-{scheme}" not in KEPT:
            return
        page.wait_for_timeout(900)
        page.screenshot(path=IMAGES / f"{name}-{scheme}.png")

    page.get_by_text("Act as a mentor").wait_for()
    shoot("welcome")
    act_as(page, "mentor", "Priya Nandakeri")
    shoot("today")
    button(page, "Prepare the session")
    page.get_by_role("button", name="Draft the agenda").wait_for()
    shoot("prepare")
    page.get_by_role("button", name="Draft the agenda").click()
    page.get_by_text("Draft: needs review").wait_for()
    shoot("review")
    page.get_by_role("button", name="Edit").first.click()
    page.get_by_label("Purpose").wait_for()
    shoot("edit")
    button(page, "Give up the changes")
    button(page, "Approve")
    page.get_by_text("Nothing was sent yet").wait_for()
    button(page, "Release to Anders")
    page.get_by_text("Sent to Anders").wait_for()
    shoot("released")
    page.get_by_role("button", name="Change person").click()
    act_as(page, "mentee", "Anders Holmgaard")
    shoot("today-mentee")
    page.get_by_role("button", name="Read the agenda").click()
    page.get_by_text("Before we meet").wait_for()
    shoot("agenda")


if __name__ == "__main__":
    main()
