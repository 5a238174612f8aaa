"""Time the first draft in Chromium: from the click on "Draft the agenda" until the draft stands on the screen."""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from coach.bootstrap import join_parts
from coach.services.sample import load_sample
from coach.settings import Settings
from tests.browsing import act_as, opened_browser, settled
from tests.processes import chromium, served

MENTORS = ("Priya Nandakeri", "Inés Urrutxaga", "Orlaith D'Arcy", "Mei-Xiu Tan", "Thảo Đinh")
BAR = 1.0


def seconds_to_draft(page: Page, address: str, mentor: str) -> float:
    """Return how long one mentor's draft took."""
    page.goto(address)
    act_as(page, "mentor", mentor)
    page.get_by_role("link", name="Prepare").click()
    draft = page.get_by_role("button", name="Draft")
    draft.wait_for()
    settled(page)
    start = time.perf_counter()
    draft.click()
    page.get_by_role("button", name="Approve").wait_for()
    return time.perf_counter() - start


def main() -> None:
    """Print the figure."""
    if chromium() is None:
        print("Chromium is not installed, so the click is not timed.")
        return
    with tempfile.TemporaryDirectory() as folder, opened_browser() as browser:
        home = Path(folder) / "home"
        parts = join_parts(Settings(home=home))
        load_sample(parts)
        parts.database.close()
        with served(home) as address:
            times = []
            for mentor in MENTORS:
                page = browser.new_page()
                times.append(seconds_to_draft(page, address, mentor))
                page.close()
    for what, value in (("median", statistics.median(times)), ("slowest", max(times))):
        print(
            f"{f'from the click to the draft on the screen, {what} of {len(times)}':<58} {value * 1000:8.0f} ms   bar {BAR * 1000:6.0f} ms   ratio {value / BAR:5.2f}"
        )


if __name__ == "__main__":
    main()
