"""Write Markdown in which text from people stays text."""

import re
from collections.abc import Sequence

_BLANK = r"(?<!\S)____(?=[\s,.;:]|$)"  # a gap to fill in: it opens and closes nothing in Markdown
_SPECIAL = re.compile(rf"(?P<blank>{_BLANK})|(?P<mark>[\\`*_\[\]<>|~#&])|^(?P<start>[-+=])|^(?P<number>\d+)(?=[.)])")


def escape(text: str) -> str:
    """Return text in which no character has a meaning in Markdown; blanks (____) stay as they are."""
    line = " ".join(text.split())
    if not line.replace("_", "").strip():
        return line.replace("_", "\\_")  # a line of blanks alone would be a rule
    return _SPECIAL.sub(_escaped, line)


def _escaped(found: re.Match[str]) -> str:
    if found["blank"]:
        return found["blank"]
    return found["number"] + "\\" if found["number"] else "\\" + found.group()


def titled_list(title: str, lines: Sequence[str]) -> list[str]:
    """Return a heading and a list of these texts, as lines of Markdown; nothing where there is no text."""
    return ["", f"## {title}", "", *(f"- {escape(line)}" for line in lines)] if lines else []
