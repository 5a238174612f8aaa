"""Find what may be a name in a text: a person, a company, a place, a product.

Capital letters decide. At the start of a sentence every word has one, so there a word counts as a possible name
only when it is no everyday word. Scripts without capitals cannot be judged by case: there every run of letters counts.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coach.language.folding import MARKS

_REST = rf"[^\W_]*(?:[{MARKS}]+[^\W_]*)*"
_TOKEN = re.compile(rf"(?<![^\W_])[^\W\d_]{_REST}(?:[’'\-‐‑][^\W_]{_REST})*\.?")
_OPENS_SENTENCE = re.compile(r"(?:^|[\U0001F000-\U0001FAFF\u2600-\u27BF]\ufe0f?|[.!?…:;\n|]|[–—]|^\s*[-*•>#]+|\d[.)])[\s\"'“”‘’(\[*_]*$")
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "ly", "er", "n't", "'s", "’s", "'ll", "’ll", "'re", "’re", "'ve", "’ve", "'d", "’d")
_PRONOUNS = frozenset(
    [
        "you",
        "we",
        "he",
        "she",
        "they",
        "it",
        "i",
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "not",
        "be",
        "there",
        "anybody",
        "anyone",
        "somebody",
        "someone",
        "people",
    ]
)
PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "la",
        "le",
        "da",
        "di",
        "du",
        "del",
        "della",
        "dos",
        "das",
        "bin",
        "ibn",
        "al",
        "el",
        "ter",
        "ten",
        "zu",
        "af",
        "av",
        "y",
        "e",
    ]
)
ACRONYMS = frozenset(
    [
        "AI",
        "HR",
        "IT",
        "CEO",
        "CFO",
        "CTO",
        "COO",
        "UK",
        "US",
        "EU",
        "Q1",
        "Q2",
        "Q3",
        "Q4",
        "H1",
        "H2",
        "SMART",
        "SBI",
        "KPI",
        "OKR",
        "DEI",
        "LGBTQ",
        "PDF",
        "FAQ",
        "TV",
        "OK",
        "PR",
    ]
)
TITLES = frozenset(["Mr", "Mrs", "Ms", "Mx", "Dr", "Prof"])


@dataclass(frozen=True)
class FoundName:
    """A possible name with its place in the text (code points)."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=1)
def everyday_words() -> frozenset[str]:
    """Return the lower-case words that may open a sentence without being a name."""
    text = (Path(__file__).parent / "everyday_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def is_everyday(word: str) -> bool:
    """Tell whether a word, or the word that it is a form of, is an everyday one."""
    low = word.lower().replace("’", "'").rstrip(".")
    known = everyday_words()
    parts = low.split("-")
    if len(parts) > 1 and all(part in known for part in parts):
        return True
    if low in known:
        return True
    for ending in _ENDINGS[1:]:
        stem = low.removesuffix(ending)
        if stem != low and (stem in known if "'" in ending else any(len(base) > 2 and base in known for base in _bases(stem))):
            return True
    return low.endswith(("ies", "ied")) and low[:-3] + "y" in known


def _bases(stem: str) -> tuple[str, ...]:
    """Return the words that a regular ending may have been put to; those of two letters do not count: Ines is no form of "in"."""
    return (stem, stem + "e", stem[:-1]) if len(stem) > 2 and stem[-1] == stem[-2] else (stem, stem + "e")


def names(text: str) -> list[FoundName]:
    """Return the possible names of a text; neighbouring words of one name are joined."""
    tokens = [(m.start(), m.end() - m.group().endswith(".") * (len(m.group()) > 2), m.group()) for m in _TOKEN.finditer(text)]
    hits = [_is_candidate(text, tokens, i) for i in range(len(tokens))]
    found: list[FoundName] = []
    i = 0
    while i < len(tokens):
        if not hits[i]:
            i += 1
            continue
        j = i
        while (following := _next_of_name(text, tokens, hits, j)) is not None:
            j = following
        found.append(FoundName(tokens[i][0], tokens[j][1], text[tokens[i][0] : tokens[j][1]]))
        i = j + 1
    return found


def _next_of_name(text: str, tokens: list[tuple[int, int, str]], hits: list[bool], i: int) -> int | None:
    """Return the index of the token that carries on the name at i, over particles such as "van der"."""
    j = i + 1
    while j < len(tokens) and tokens[j][2].lower() in PARTICLES and not hits[j] and text[tokens[j - 1][1] : tokens[j][0]].isspace():
        j += 1
    if j < len(tokens) and hits[j] and re.fullmatch(r"\.?[ \u00a0]+", text[tokens[j - 1][1] : tokens[j][0]]):
        return j
    return None


def _is_candidate(text: str, tokens: list[tuple[int, int, str]], i: int) -> bool:
    start, _, token = tokens[i]
    word = token.rstrip(".")
    first = word[0]
    if unicodedata.category(first) == "Lo":
        return True
    if not first.isupper() or word == "I" or word.startswith(("I'", "I’")) or word in ACRONYMS or word in TITLES:
        return False
    if len(word) == 1 and "&" in text[max(0, start - 2) : start + 3]:
        return False  # R&D, Q & A
    if not _OPENS_SENTENCE.search(text[max(0, start - 12) : start]):
        return True
    if word.lower() in ("will", "may") and i + 1 < len(tokens):
        return tokens[i + 1][2].lower().rstrip(".") not in _PRONOUNS
    return not is_everyday(word)
