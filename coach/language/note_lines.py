"""Tell what a typed line is: a heading, a bullet with its depth, a label before its news, a row of a table."""

import re
from dataclasses import dataclass
from typing import Literal

Mark = Literal["", "open", "done"]

_BULLET = re.compile(
    r"[ \t]*(?:(?:[-*•·–—‣▪◦●○►▶→>+~⏩✦※]|->|=>|--)(?=[\s\[])|\([ =+xX?!~*✓-]\)|\(?(?:\d{1,2}|[a-hA-H]|[ivx]{1,4})[.)](?=\s)|[\U0001F300-\U0001FAFF\u2600-\u27BF⏭][\ufe0f\u200d\U0001F300-\U0001FAFF\u2640\u2642]*(?=[ \t]*[^\s\U0001F300-\U0001FAFF]))[ \t]*"
)
_CHECKBOX = re.compile(r"\[(?P<in>[ xX✓✔]?)\]\s*|(?P<done>[✅☑✔✓])\ufe0f?\s*|(?P<open>[☐⬜❌✗✘❎])\ufe0f?\s*")
_MARKDOWN_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+(?P<words>.*?)[ \t#]*$")
_BOLD_HEADING = re.compile(r"[ \t]*(?P<mark>\*{1,2}|_{1,2})(?P<words>[^*_\n]{1,60}?):?(?P=mark):?[ \t]*$")
_STARRED = re.compile(r"[ \t]*(?:[*=~_-]{3,})[ \t]*(?P<words>[^*=~_\n]{2,80}?)[ \t]*[*=~_-]{3,}[ \t]*$")
_RULE = re.compile(r"[ \t]*(?:[-=_*~.]{3,}|(?:[-*_] ){3,})[ \t]*$")
_BOLD_LABEL = re.compile(r"(?P<mark>\*{1,2}|_{1,2})(?P<words>[^*_\n]{1,60}?):?(?P=mark)[ \t]*(?::|[-–—=]+>?|>+|→)?[ \t]*")
_LABEL = re.compile(
    r"(?P<words>[^\n:>=→]{1,48}?)[ \t]*(?::[ \t]+|:(?=[^\d\s/\\)(-])|:[ \t]*$|[ \t](?:[-–—]{1,2}>?|>{1,2}|=>|→|=|\|)[ \t]+|[ \t]*(?:>>|->|→|=>)[ \t]*|(?<=\w\.)[–—][ \t])"
)
_QUESTION_LABEL = re.compile(r"(?P<words>[^\n?:]{3,70}\?)[ \t]+[-–—>→]+[ \t]+")
# Words that make what stands before a colon or a dash a sentence of its own and no label.
_SAYING = re.compile(
    r"\b(?:said|says|asked|asks|told|tells|i|i'm|i've|i'll|he|he's|she|she's|they|we|we're|we've|it|it's|was|were|is|are|has|have|had|did|didn't|hasn't|haven't"
    r"|isn't|wasn't|will|won't|can't|cannot|agreed to|but|because|so far)\b",
    re.IGNORECASE,
)
_HEADING_WORDS = 8
_TITLE_WORDS = 5
_LABEL_WORDS = {":": 7, "-": 5}


@dataclass(frozen=True)
class Line:
    """A line of notes without its signs: what it says runs from `start` to `end`, under its own `label` where it has one."""

    number: int
    start: int
    end: int
    shape: Literal["blank", "rule", "heading", "bullet", "prose", "row"]
    indent: int = 0
    label: str = ""
    label_start: int = 0
    mark: Mark = ""
    raw_start: int = 0
    numbered: bool = False


def read_line(notes: str, number: int, start: int, end: int) -> Line:
    """Return what the line between two places is."""
    raw = notes[start:end]
    if not raw.strip():
        return Line(number, start, end, "blank", raw_start=start)
    if _RULE.match(raw):
        return Line(number, start, end, "rule", raw_start=start)
    for heading in (_MARKDOWN_HEADING, _BOLD_HEADING, _STARRED):
        found = heading.match(raw)
        if found and found["words"].strip():
            return Line(number, start + found.start("words"), start + found.end("words"), "heading", raw_start=start)
    indent = len(raw) - len(raw.lstrip(" \t")) + 3 * raw[: len(raw) - len(raw.lstrip(" \t"))].count("\t")
    bullet = _BULLET.match(raw)
    at = bullet.end() if bullet else len(raw) - len(raw.lstrip())
    box = _CHECKBOX.match(raw, at)
    mark: Mark = ""
    if box:
        mark = "done" if box["done"] or (box["in"] or "").strip() else "open"
        at = box.end()
    stop = len(raw.rstrip())
    if raw.lstrip().startswith("|") and raw.count("|") > 1:
        return Line(number, start + raw.index("|"), start + stop, "row", indent, raw_start=start)
    if at >= stop:
        return Line(number, start, end, "blank", raw_start=start)
    if _is_heading(raw[at:stop], bullet is not None):
        return Line(number, start + at, start + stop, "heading", indent, mark=mark, raw_start=start)
    label, after = own_label(raw, at)
    shape: Literal["bullet", "prose"] = "bullet" if bullet or box else "prose"
    numbered = bullet is not None and bullet.group().strip().endswith((".", ")"))
    return Line(number, start + after, start + stop, shape, indent, label, start + at, mark, start, numbered)


def is_title(words: str, numbered: bool = False) -> bool:
    """Tell whether words are few, say nothing by themselves and begin with a capital, as a title does."""
    return (
        words[0].isupper()
        and len(words.split()) <= _TITLE_WORDS
        and words[-1] not in ".!?,;…"
        and not _SAYING.search(words)
        and not re.search(r"[\d:;.]", words)
    )


def own_label(text: str, at: int) -> tuple[str, int]:
    """Return the label that a line opens with and where its news begins; "" where it has none."""
    bold = _BOLD_LABEL.match(text, at)
    if bold and bold["words"].strip() and text[bold.end() :].strip():
        return bold["words"].strip(), bold.end()
    asked = _QUESTION_LABEL.match(text, at)
    if asked:
        return asked["words"].strip(), asked.end()
    found = _LABEL.match(text, at)
    if not found or not found["words"].strip():
        return "", at
    words, sign = found["words"].strip(), text[found.end("words") : found.end()].strip()[:1]
    most = _LABEL_WORDS.get("-" if sign in "-–—" else ":", 6)
    if len(words.split()) > most or _SAYING.search(words) or not re.search(r"[^\W_]", words) or words[0] in '"“‘':
        return "", at
    if re.search(r"[.!?]\s", words) or (sign in "-–—=|" and words[-1:].isdigit()):
        return "", at
    return words.strip("*_ "), found.end()


def _is_heading(words: str, bulleted: bool) -> bool:
    """Tell whether a line only names what follows."""
    count = len(words.split())
    if words.endswith(":") or (words.endswith((">>", "->", "→")) and count <= _HEADING_WORDS):
        return count <= _HEADING_WORDS and not _SAYING.search(words)
    letters = [c for c in words if c.isalpha()]
    return (
        not bulleted and len(letters) > 3 and count <= _HEADING_WORDS + 2 and all(c.isupper() for c in letters) and words[-1] not in ".!,"
    )
