"""Time the first agenda: as a cold process, on an empty data folder, and drafting alone once warm.

Each figure is the median of a few runs in one go, printed beside its bar and as a ratio to it.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from coach.bootstrap import join_parts
from coach.domain.drafts import DraftKind
from coach.services import preparing
from coach.services.briefs import read_brief
from coach.services.drafting import make_draft
from coach.services.sample import load_sample
from coach.settings import Settings
from coach.store import programmes

BRIEF = {
    "pair": {"mentor": {"name": "Ada Umeh", "role": "Analyst"}, "mentee": {"name": "Per Lund", "role": "Finance director"}},
    "programme": {"name": "Upward", "route": "the people partner"},
    "goals": [
        {
            "id": f"g{i}",
            "title": f"Goal number {i} about open meetings",
            "measure": "meetings",
            "target": str(i),
            "status": status,
            "last_discussed": "2026-01-12",
        }
        for i, status in enumerate(("stalled", "advanced", "set_back", "achieved", "not_discussed"), 2)
    ],
    "session": {"number": 4, "date": "2026-03-06", "minutes": 45},
    "previous_summary": "The channel stalled at three decisions. It stays open whether moving the screen has helped.",
    "actions": [{"text": "Invite an apprentice to the board", "owner": "mentee", "due": "2026-02-27"}],
    "focus": "I would like to hear what gets in the way of the channel.",
}


def median_seconds(runs: int, act: Callable[[], object]) -> float:
    """Return the median time of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def report(what: str, seconds: float, bar: float) -> None:
    print(f"{what:<58} {seconds * 1000:8.0f} ms   bar {bar * 1000:6.0f} ms   ratio {seconds / bar:5.2f}")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        brief = base / "brief.json"
        brief.write_text(json.dumps(BRIEF))
        fresh = iter(range(1_000))

        def cold(home: Path) -> None:
            command = [sys.executable, "-m", "coach.cli", "draft", "agenda", str(brief), "--json"]
            subprocess.run(command, env=os.environ | {"COACH_HOME": str(home)}, stdout=subprocess.DEVNULL, check=True)

        report("coach draft agenda, cold process, empty data folder", median_seconds(5, lambda: cold(base / f"new{next(fresh)}")), 3.0)
        report("coach draft agenda, cold process, index present", median_seconds(5, lambda: cold(base / "kept")), 3.0)
        parts = join_parts(Settings(home=base / "warm"))
        parts.library.warm()
        read = read_brief(brief.read_bytes(), "brief.json")
        report("drafting once warm (guidance, engine, checks)", median_seconds(50, lambda: make_draft(parts, DraftKind.AGENDA, read)), 0.15)
        load_sample(parts)
        with parts.database.read() as connection:
            mentor = programmes.person_by_email(connection, "priya.nandakeri@quillmere.example")
            assert mentor is not None
            (pair,) = programmes.pairs_of(connection, mentor.id)
            session = next(s for s in programmes.sessions_of(connection, pair.id) if not s.held)
        stored = median_seconds(20, lambda: preparing.draft_agenda(parts, mentor.id, session.id, str(next(fresh))))
        report("the app's service: drafted, checked and stored", stored, 1.0)


if __name__ == "__main__":
    main()
