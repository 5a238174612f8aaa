"""Split a WebVTT or SRT file into captions, however badly it is kept: words under any time stay, and what is no caption is counted.

Written here because the libraries for these formats keep one speaker a caption at most, drop a caption whose time they cannot read without
a word, and refuse or swallow what stands outside of one.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

STYLES = "style and region blocks"
NOTES = "notes to the captioner"
UNTIMED = "lines without a time"
HEAD = "lines of the file’s head"
_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,6})?"
_TIMING = re.compile(rf"\s*{_TIME}\s*-{{1,3}}>\s*{_TIME}")
_LIKE_TIMING = re.compile(r"[\d:.,;\s]{1,40}-{1,3}>[\d:.,;\s]{0,40}$")
_HEADER = re.compile(r"\ufeff?WEBVTT(?=\s|$)")
_STYLE = re.compile(r"(?:STYLE|REGION)\s*$")
_NOTE = re.compile(r"NOTE(?=\s|$)")
_IDENTIFIER = re.compile(r"\s*(?=[^\s]*\d)[\w./:{}\-]{1,80}\s*$")
LONGEST_TIME = 30  # characters beside the arrow of a time that cannot be read


@dataclass
class Captions:
    """The lines of each caption in their order, what was left out, and how many captions have a time that cannot be read."""

    lines: list[list[str]] = field(default_factory=list)
    untimed: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    unread_times: int = 0


def is_webvtt(text: str) -> bool:
    """Tell whether a text says of itself that it is WebVTT."""
    return bool(_HEADER.match(text.lstrip("\n ")))


def times_in(text: str) -> int:
    """Return how many lines of a text are the time of a caption."""
    return sum(1 for line in text.split("\n") if "->" in line and _TIMING.match(line))


def captions_of(text: str, webvtt: bool) -> Captions:
    """Return the captions of a file with line ends as `\\n`; only WebVTT has blocks of style and notes to the captioner."""
    found = Captions()
    headed = is_webvtt(text)
    for number, block in enumerate(_blocks(text.lstrip("\n "))):
        _read(block, found, webvtt or headed, head=headed and number == 0)
    found.left_out[UNTIMED] = len(found.untimed)
    return found


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _read(block: list[str], found: Captions, webvtt: bool, head: bool) -> None:
    times = [place for place, line in enumerate(block) if _is_time(block, place, line)]
    before = block[: times[0]] if times else block
    if head and not times and len(block) > 1 and not all(":" in line for line in block[1:]):
        found.untimed += block[1:]  # words follow the first line at once: no head, but a file without blank lines
    elif head:
        found.left_out[HEAD] += sum(1 for line in before[1:] if not _IDENTIFIER.match(line))
    elif webvtt and before and _STYLE.match(before[0]):
        found.left_out[STYLES] += 1
    elif webvtt and before and _NOTE.match(before[0]):
        found.left_out[NOTES] += 1
    elif not times and found.lines and not found.lines[-1] and _worded(block):
        found.lines[-1] = block  # a blank line stands between the caption's time and its words
    else:
        found.untimed += before[:-1] if times and before and _IDENTIFIER.match(before[-1]) else _worded(before)
    for place, after in zip(times, [*times[1:], len(block)], strict=False):
        timing = _TIMING.match(block[place])
        found.unread_times += timing is None
        lines = ([_beyond_settings(block[place][timing.end() :])] if timing else []) + block[place + 1 : after]
        if after < len(block) and len(lines) > 1 and _IDENTIFIER.match(lines[-1]):
            lines.pop()  # the number of the caption that follows without a blank line
        found.lines.append([line for line in lines if line.strip()])


def _worded(lines: list[str]) -> list[str]:
    """Return the lines that hold more than the number of a caption."""
    return [line for line in lines if not line.strip().isdecimal()]


def _is_time(block: list[str], place: int, line: str) -> bool:
    """Tell whether a line is a caption's time: a good one anywhere, one that cannot be read where a time is expected."""
    if "->" not in line:
        return False
    if _TIMING.match(line) or (":" in line and _LIKE_TIMING.match(line)):
        return True
    left, _, right = line.partition("-->")
    expected = place == 0 or (place == 1 and _IDENTIFIER.match(block[0]) is not None)
    return expected and "-->" in line and max(len(left.strip()), len(right.strip())) <= LONGEST_TIME


def _beyond_settings(rest: str) -> str:
    """Return what follows a caption's time and is no setting such as `align:start`."""
    words = rest.split()
    while words and ":" in words[0]:
        words.pop(0)
    return " ".join(words)
