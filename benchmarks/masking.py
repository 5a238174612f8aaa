"""Time masking: 200 KB of notes with many names, learned and masked, and the worst shapes of text that somebody could paste."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from coach.domain.brief import BriefPair, BriefPerson
from coach.drafting.pseudonyms import Pseudonyms

PAIR = BriefPair(mentor=BriefPerson(name="Zoë Achterberg-Lunn"), mentee=BriefPerson(name="Joris van der Eyk"))
LINE = (
    "On 6 March {name} told Zoe that the open channel had 34 questions; Joris van der Eyk answered eight of them himself, by 14:30.\n"
    "- {name} will send the list to {name}@quillmere.example or call 020 7946 {n:04d}, see https://quillmere.example/{n} and HR-{n:04d}\n"
)
SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "za")
KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
SIZE, BAR = 200_000, 1.0


def invented(n: int) -> str:
    """Return the n-th of a thousand names that nobody has."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{n:03d}").capitalize()


def notes() -> str:
    """Return notes of the largest size with a thousand third people."""
    return "".join(LINE.format(name=invented(n % 1_000), n=n % 10_000) for n in range(SIZE // 100))[:SIZE]


def prose() -> str:
    """Return ordinary running text of the largest size: the guidance that ships."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(KNOWLEDGE.glob("*.md")))
    return (text * (SIZE // len(text) + 1))[:SIZE]


WORST = {
    "one letter": "a" * SIZE,
    "one figure": "1" * SIZE,
    "figures and spaces": "1 " * (SIZE // 2),
    "stops": "a." * (SIZE // 2),
    "at signs": "a@" * (SIZE // 2),
    "hyphens": "a-" * (SIZE // 2),
    "apostrophes": "O'" * (SIZE // 2),
    "hidden characters": "a\u200b" * (SIZE // 2),
    "brackets": "[" * SIZE,
    "first names only": "Zoe " * (SIZE // 4),
    "particles only": "van der " * (SIZE // 8),
    "no spaces": "会议很好，" * (SIZE // 15),
    "capitals": "Ab Cd " * (SIZE // 6),
    "codes": "AB12 " * (SIZE // 5),
}


def median_seconds(runs: int, act: Callable[[], object]) -> float:
    """Return the median processor time of several runs: other work on the machine does not count."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    """Print the figures."""
    for what, text in {"ordinary text": prose(), "notes with a thousand people, a contact in every line": notes(), **WORST}.items():
        seconds = median_seconds(3, lambda text=text: Pseudonyms.of_pair(PAIR, [text]).mask(text))
        print(f"{what:<58} {seconds * 1000:8.0f} ms   bar {BAR * 1000:6.0f} ms   ratio {seconds / BAR:5.2f}")


if __name__ == "__main__":
    main()
