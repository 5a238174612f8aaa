"""Show what changed between two texts, line by line."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True)
class ChangedLine:
    """A line that was kept, taken out or put in."""

    change: Literal["kept", "out", "in"]
    text: str


def changed_lines(before: str, after: str) -> tuple[ChangedLine, ...]:
    """Return every line of both texts in reading order, each with its change."""
    old, new = before.splitlines(), after.splitlines()
    found: list[ChangedLine] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [ChangedLine("kept", line) for line in old[a:b]]
        else:
            found += [ChangedLine("out", line) for line in old[a:b]] + [ChangedLine("in", line) for line in new[c:d]]
    return tuple(found)
