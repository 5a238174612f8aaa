"""Take the screenshots of README.md from a freshly loaded sample programme; `make screenshots` runs it."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from coach.bootstrap import join_parts
from coach.services.sample import load_demonstration
from coach.settings import Settings
from tests.browsing import act_as, button, opened_browser, opened_page, settled
from tests.processes import served
from tests.scripted.scripts import SCRIPTS
from tests.scripted.server import ScriptedServer, scripted

IMAGES = Path(__file__).parent / "images"
KEPT = {
    "today-light", "prepare-light", "making-light", "review-light", "edit-light", "agenda-light", "review-dark", "review-phone",
    "agreement-light", "goals-light", "overview-light", "people-light", "overview-dark", "prompts-light",
    "library-light", "guidance-light", "document-dark", "notes-light", "summary-light", "progress-light",
}  # fmt: skip
Shoot = Callable[[str], None]
CHECKLIST = """# The last session at Quillmere

A checklist for both of you. Take an hour, and do not let it slip by because the goals are met.

## Before you meet

1. Read your goals and your agreement once more, each for yourself.
2. Write down one thing that you do differently now. <!-- ask the printers about a card for this -->
3. Ask for the Lantern Room a fortnight ahead; it has a door that closes.

## In the session

Half of the time belongs to what changed, and half to what carries on. Shared notes are deleted together at the end.
"""


NOTES = """Session 3, canteen and then the roof

- Monday meeting: he first spoke after minute ten in all four weeks, the log says so
- open channel: still three posts, his drafts wait until he has time to polish them
- dashboard: no slide pack asked for since September
- planning meeting: ran out of time

He posts the next two decisions, two lines each, by Friday. I send him two examples tonight.
We keep the four-week rhythm.
"""


def main() -> None:
    """Go through the app once in light, once in dark and once on a phone, and keep a picture of each page that README shows."""
    IMAGES.mkdir(exist_ok=True)
    with opened_browser() as browser:
        for scheme, width, height in (("light", 1280, 860), ("dark", 1280, 860), ("phone", 390, 844)):
            with tempfile.TemporaryDirectory() as folder, scripted(SCRIPTS["hang"]) as server:
                home = Path(folder) / "home"
                parts = join_parts(Settings(home=home))
                load_demonstration(parts)
                parts.database.close()
                model = {"COACH_LLM_BASE_URL": server.url, "COACH_LLM_MODEL": "llama3.1:8b"}
                with served(home, model) as url, opened_page(browser, url, width, height, dark=scheme == "dark") as page:
                    journey(page, shooting(page, scheme), server)
                with served(home) as url, opened_page(browser, url, width, height, dark=scheme == "dark") as page:
                    from_notes(page, shooting(page, scheme))
                    guidance(page, shooting(page, scheme))


def shooting(page: Page, scheme: str) -> Shoot:
    """Return what takes a picture of the page as it stands, where README shows it."""

    def shoot(name: str) -> None:
        if f"{name}-{scheme}" in KEPT:
            settled(page)
            page.mouse.move(5, 500)  # no button looks as if the pointer were on it
            page.wait_for_timeout(900)
            page.screenshot(path=IMAGES / f"{name}-{scheme}.png")

    return shoot


def journey(page: Page, shoot: Shoot, server: ScriptedServer) -> None:
    """Go from the welcome page over the mentor's pages to the coordinator's."""
    act_as(page, "mentor", "Priya Nandakeri")
    shoot("today")
    first_agenda(page, shoot, server)
    open_page(page, "pair?part=agreement")
    shoot("agreement")
    open_page(page, "pair?part=goals")
    shoot("goals")
    settled(page)
    page.get_by_role("button", name="Change person").click()
    act_as(page, "coordinator", "Tamsin Adeyeri")
    shoot("overview")
    open_page(page, "people")
    shoot("people")
    open_page(page, "programme?part=prompts")
    shoot("prompts")


def guidance(page: Page, shoot: Shoot) -> None:
    """Add a document as the coordinator, and ask the guidance as a mentor."""
    act_as(page, "coordinator", "Tamsin Adeyeri")
    open_page(page, "library?part=add")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": "last-session.md", "mimeType": "text/markdown", "buffer": CHECKLIST.encode()}
    )
    page.get_by_text("Nothing is added yet.").wait_for()
    settled(page)
    page.get_by_text("Nothing is added yet.").scroll_into_view_if_needed()
    shoot("library")
    button(page, "Add it to the library")
    page.get_by_text("is added.").wait_for()
    settled(page)
    page.get_by_role("button", name="Change person").click()
    act_as(page, "mentor", "Priya Nandakeri")
    open_page(page, "guidance")
    page.get_by_label("Your question").fill("How often do we meet?")
    page.get_by_label("Your question").press("Enter")
    page.locator("article.answer").wait_for()
    page.mouse.move(5, 500)
    shoot("guidance")
    page.locator(".st-key-sources button").first.click()
    page.locator("#cited").wait_for()
    shoot("document")


def from_notes(page: Page, shoot: Shoot) -> None:
    """Write notes as a mentor, draft a summary of them, and look at the progress so far."""
    act_as(page, "mentor", "Priya Nandakeri")
    open_page(page, "notes")
    page.get_by_label("What was said").fill(NOTES)
    page.get_by_text("Saved", exact=True).first.wait_for()
    settled(page)
    shoot("notes")
    page.get_by_role("button", name="Draft the summary").or_(page.get_by_role("button", name="Draft another summary")).first.click()
    page.get_by_text("Draft: needs review").wait_for()
    settled(page)
    shoot("summary")
    open_page(page, "progress")
    page.locator("canvas, svg.marks").first.wait_for()
    settled(page)
    page.get_by_text("Goals over your sessions").scroll_into_view_if_needed()
    shoot("progress")
    page.get_by_role("button", name="Change person").click()


def first_agenda(page: Page, shoot: Shoot, server: ScriptedServer) -> None:
    """Draft, review and release the first agenda."""
    button(page, "Prepare the session")
    page.get_by_role("button", name="Draft the agenda").wait_for()
    shoot("prepare")
    page.get_by_role("button", name="Draft the agenda").click()
    page.get_by_text("The model is drafting").wait_for()
    shoot("making")
    page.get_by_role("button", name="Stop", exact=True).click()
    page.get_by_role("button", name="Take the built-in draft").click()
    page.get_by_text("Draft: needs review").wait_for()
    shoot("review")
    settled(page)
    page.get_by_role("button", name="Edit").first.click()
    page.get_by_label("Purpose").wait_for()
    shoot("edit")
    button(page, "Give up the changes")
    button(page, "Approve")
    page.get_by_text("Nothing was sent yet").wait_for()
    button(page, "Release to Anders")
    page.get_by_text("Sent to Anders").wait_for()
    open_page(page, "agenda")
    page.get_by_text("Before we meet").wait_for()
    shoot("agenda")


def open_page(page: Page, path: str) -> None:
    """Open a page by its address, as the same person of the demonstration."""
    settled(page)
    base, _, query = page.url.partition("?")
    person = next(part for part in query.split("&") if part.startswith("as="))
    page.goto(f"{base.rsplit('/', 1)[0]}/{path}{'&' if '?' in path else '?'}{person}")
    page.get_by_role("heading", level=1).first.wait_for()
    settled(page)


if __name__ == "__main__":
    main()
