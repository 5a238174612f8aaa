"""Time the summary of a 200 KB transcript by the built-in rules: in this process, and as `coach draft summary` from a cold start."""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.notes import by_rules
from coach.domain.brief import Brief

SIZE, BAR, RUNS = 200_000, 3.0, 3
GOALS = (
    ("Answer questions in the open channel", "questions answered there", "10 a month"),
    ("Visit the evening shift", "visits made", "4"),
    ("Shorter board papers", "pages a paper", "under 6"),
    ("Let juniors open the meeting", "meetings that a junior opened", "8 in a row"),
)
SAID = (
    "I answered {n} of them in the open channel this week.", "We never got round to the evening shift.", "Could you send me the list by Friday?",
    "I will, by Friday.", "The last paper had {n} pages, so that is worse than before.", "Somebody from Wexel does that, I think.",
    "And who opened the meeting?", "Rowan did, that is {n} in a row now.", "I meant to, and then the audit came.", "That sounds lovely.",
    "Let us leave that one for next time.", "Did anybody tell you how long it took?", "It was {n} days, it was twelve before.", "No, not yet.",
)  # fmt: skip


def transcript(seed: int) -> str:
    """Return a WebVTT transcript of the largest size that is read whole; the same seed gives the same."""
    chance, lines, at, size = random.Random(seed), ["WEBVTT", ""], 0, 8
    while size < SIZE:
        start, at = at, at + chance.randint(2, 9)
        who = ("Tamsin Vale", "Oriel Bastable")[chance.random() < 0.5]
        said = " ".join(chance.choice(SAID).format(n=chance.randint(2, 30)) for _ in range(chance.randint(1, 3)))
        cue = [f"{_clock(start)} --> {_clock(at)}", f"<v {who}>{said}", ""]
        lines += cue
        size += sum(map(len, cue)) + len(cue)
    return "\n".join(lines)[:SIZE]


def brief(notes: str) -> dict[str, object]:
    """Return a brief with these notes."""
    return {
        "pair": {"mentor": {"name": "Tamsin Vale"}, "mentee": {"name": "Oriel Bastable"}},
        "session": {"date": "2026-03-06", "number": 3},
        "goals": [{"id": f"g{i}", "title": t, "measure": m, "target": a} for i, (t, m, a) in enumerate(GOALS, 1)],
        "notes": notes,
    }


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.000"


def main() -> None:
    """Print the figures."""
    data = brief(transcript(1))
    read = Brief.model_validate(data)
    warm = statistics.median(_timed(lambda: by_rules(read)) for _ in range(RUNS))
    print(f"200 KB transcript, summary in this process   {warm:6.2f} s   bar {BAR:.0f} s   ratio {warm / BAR:5.2f}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "brief.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        command = [sys.executable, "-m", "coach.cli", "draft", "summary", str(path), "--json"]
        environment = os.environ | {"COACH_HOME": folder}
        cold = statistics.median(
            _timed(lambda: subprocess.run(command, check=True, capture_output=True, env=environment)) for _ in range(RUNS)
        )
    print(f"200 KB transcript, `coach draft summary`     {cold:6.2f} s   bar {BAR:.0f} s   ratio {cold / BAR:5.2f}")


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
