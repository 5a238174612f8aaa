"""Time each page in Chromium on the sample programme: from the click on its name until it stands there, whole and still."""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from coach.bootstrap import join_parts
from coach.services.sample import load_sample
from coach.settings import Settings
from tests.browsing import act_as, opened_browser, opened_page, settled
from tests.processes import chromium, served

WHO = (("mentor", "Priya Nandakeri"), ("mentee", "Anders Holmgaard"), ("coordinator", "Tamsin Adeyeri"))
ROUNDS = 5
BAR = 0.5


def seconds_to_open(page: Page, link: str) -> float:
    """Return how long one page took."""
    target = page.get_by_test_id("stTopNavLink").filter(has_text=link)
    before = page.get_by_test_id("stTopNavLink").filter(has_not_text=link).first
    before.click()
    settled(page)
    page.wait_for_timeout(200)
    start = time.perf_counter()
    target.click()
    page.wait_for_function("document.querySelector('[data-test-script-state=running]') !== null || true")
    page.locator("[data-testid=stMain] h1, [data-testid=stMain] h2").first.wait_for()
    settled(page)
    return time.perf_counter() - start


def main() -> None:
    """Print a line for each page of each role."""
    if chromium() is None:
        print("Chromium is not installed, so the pages are not timed.")
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        parts = join_parts(Settings(home=home))
        load_sample(parts)
        parts.database.close()
        with served(home) as address, opened_browser() as browser:
            for kind, name in WHO:
                with opened_page(browser, address) as page:
                    act_as(page, kind, name)
                    for link in page.get_by_test_id("stTopNavLink").all_inner_texts():
                        label = link.split("\n")[-1]
                        times = [seconds_to_open(page, label) for _ in range(ROUNDS)]
                        median, slowest = statistics.median(times), max(times)
                        what = f"{kind}: {label}, median of {ROUNDS} (slowest {slowest * 1000:.0f} ms)"
                        print(f"{what:<70} {median * 1000:6.0f} ms   bar {BAR * 1000:4.0f} ms   ratio {median / BAR:5.2f}")


if __name__ == "__main__":
    main()
