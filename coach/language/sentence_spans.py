"""Cut a stretch of text into sentences and say where each stands."""

import re
from collections.abc import Iterator

from coach.language.sentences import ABBREVIATIONS

# An end of a sentence; after dots that only trail off, a small letter carries the sentence on.
_END = re.compile(
    r"(?:[!?]|(?<!\.)\.|(?:\.{2,}|…)(?=[\"'”’)\]]*\s+[\"'“‘(\[]*[^a-z\s]))[!?.…]*[\"'”’)\]*_]*\s+|(?<=[.!?…\"'”’)\]])\s*(?=[\U0001F300-\U0001FAFF])"
)
_NOTED = frozenset(
    {"mtg", "min", "mins", "hrs", "no", "nos", "ext", "dept", "st", "tel", "p", "pp", "c", "ca", "esp", "incl", "excl", "max", "re", "w"}
)
_LAST_WORD = re.compile(r"[\w.&'’]*\Z")


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the sentences between two places, stripped; an abbreviation's dot ends none."""
    at = start
    for match in _END.finditer(text, start, end):
        if not _ends(text, at, match):
            continue
        yield from _stripped(text, at, match.end())
        at = match.end()
    yield from _stripped(text, at, end)


def _ends(text: str, at: int, match: re.Match[str]) -> bool:
    if match.group().lstrip()[:1] != "." or match.group().startswith(".."):
        return True
    found = _LAST_WORD.search(text[max(at, match.start() - 24) : match.start()])
    last = found.group().lower() if found else ""
    following = text[match.end() : match.end() + 1]
    if last in ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i"):
        return False
    if last in _NOTED:
        return not (following.isdigit() or following.islower())
    return True


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
