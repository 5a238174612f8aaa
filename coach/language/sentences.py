"""Cut text into sentences and words."""

import re

# "no." ends a sentence more often than it stands for a number; "No. 5" is told by its figure below.
ABBREVIATIONS = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "mx",
        "prof",
        "e.g",
        "i.e",
        "etc",
        "vs",
        "approx",
        "fig",
        "figs",
        "inc",
        "ltd",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "a.m",
        "p.m",
    ]
)
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_])|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def sentences(text: str) -> list[str]:
    """Return the sentences and list lines of a text, stripped, in order; abbreviations do not end one."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        before = text[start : match.start()]
        last = before.rsplit(None, 1)[-1].rstrip(".").lower() if before.split() else ""
        if "\n" not in match.group() and (last in ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i")):
            continue
        found.append(before)
        start = match.end()
    found.append(text[start:])
    return [clean for piece in found if (clean := re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", piece).strip())]


def words(text: str) -> list[str]:
    """Return the words of a text, lower-cased, in order."""
    return [word.lower() for word in _WORD.findall(text)]


def shorten(text: str, limit: int) -> str:
    """Return text of at most `limit` characters, cut after a whole word and marked with an ellipsis."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    return flat[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
