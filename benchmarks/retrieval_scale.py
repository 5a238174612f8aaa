"""Time the search at 1,000 and at 100,000 generated passages: indexing, warm questions, memory; each size in a process of its own."""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from coach.bootstrap import close_doors
from coach.domain.guidance import Passage
from coach.evaluation.measures import percentile
from coach.reading.guidance_file import read_guidance_folder
from coach.retrieval.embed import StaticEmbedder
from coach.retrieval.search import GuidanceSearch
from coach.retrieval.split import split
from coach.retrieval.wording import read_wording

SIZES = {1_000: 5.0, 100_000: 25.0}  # passages, and the bar for a question in ms
SPEED_BAR = 1_000.0  # passages a second
QUESTIONS = 300
WORDS_A_PASSAGE, WORDS_A_QUESTION = 70, 8
KNOWLEDGE = Path(__file__).parent.parent / "knowledge"


def generated(count: int) -> list[Passage]:
    """Return so many passages, whose words come up as often as they do in the guidance that ships."""
    dice, words = random.Random(1), vocabulary()
    return [
        Passage(
            id=f"p{i}", document_id=f"d{i // 20}", file=f"d{i // 20}.md", document=" ".join(dice.choices(words, k=3)),
            section=" ".join(dice.choices(words, k=4)), text=" ".join(dice.choices(words, k=WORDS_A_PASSAGE)),
        )
        for i in range(count)
    ]  # fmt: skip


def vocabulary() -> list[str]:
    """Return the words of the guidance in order, each as often as it stands there."""
    return " ".join(path.read_text(encoding="utf-8") for path in sorted(KNOWLEDGE.glob("*.md"))).split()


def resident_mb() -> float:
    """Return how much memory this process holds, in MB."""
    status = Path("/proc/self/status")
    found = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS")] if status.exists() else []
    return int(found[0]) / 1024 if found else 0.0


def measure(count: int) -> None:
    """Print the figures of one size."""
    close_doors()
    passages, dice, words = generated(count), random.Random(2), vocabulary()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # what has to be loaded is loaded before the clock starts
        wording = read_wording(KNOWLEDGE)
        advisor = GuidanceSearch(split(read_guidance_folder(KNOWLEDGE)), Path(folder), StaticEmbedder(), wording)
        advisor.search("a question", 5)
    before = resident_mb()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        start = time.perf_counter()
        search = GuidanceSearch(passages, Path(folder), StaticEmbedder(), wording, advisor)
        built = time.perf_counter() - start
        times = []
        for question in [" ".join(dice.choices(words, k=WORDS_A_QUESTION)) for _ in range(QUESTIONS + 10)]:
            start = time.perf_counter()
            search.search(question, 5)
            times.append((time.perf_counter() - start) * 1000)
    times = times[10:]
    what, bar, speed = f"{count:,} passages", SIZES.get(count, SIZES[100_000]), count / built
    print(f"{f'{what}: indexing':<40} {speed:9.0f} /s   bar {SPEED_BAR:6.0f} /s   ratio {speed / SPEED_BAR:5.2f}")
    for name, q in (("p50", 50), ("p95", 95)):
        value = percentile(times, q)
        print(f"{f'{what}: a question, warm, {name}':<40} {value:9.2f} ms   bar {bar:6.0f} ms   ratio {value / bar:5.2f}")
    print(f"{f'{what}: memory':<40} {resident_mb():9.0f} MB, of which the search {resident_mb() - before:.0f} MB")


def main() -> None:
    """Print the figures of each size."""
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
        return
    for count in SIZES:
        subprocess.run([sys.executable, "-m", "benchmarks.retrieval_scale", str(count)], check=True)


if __name__ == "__main__":
    main()
