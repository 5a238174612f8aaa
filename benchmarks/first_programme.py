"""Time a new coordinator in Chromium: from an empty folder over three pairs, goals and agreements to a mentor's first agenda."""

import tempfile
import time
from pathlib import Path

from tests.browsing import opened_browser, opened_page
from tests.processes import chromium, served
from tests.test_first_programme_journey import from_nothing_to_an_agenda

BAR = 300.0


def main() -> None:
    """Print the figure."""
    if chromium() is None:
        print("Chromium is not installed, so the set-up is not timed.")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder) / "home") as address,
        opened_browser() as browser,
        opened_page(browser, address) as page,
    ):
        start = time.perf_counter()
        from_nothing_to_an_agenda(page)
        took = time.perf_counter() - start
    print(f"{'from an empty folder to three pairs and a first agenda':<58} {took:8.0f} s    bar {BAR:6.0f} s    ratio {took / BAR:5.2f}")


if __name__ == "__main__":
    main()
