"""Read a list of phrases that stands beside the code: sections under [names], a phrase a line, # before a remark."""

import re
from pathlib import Path

_SECTION = re.compile(r"\[([a-z_ ]+)\]")


def phrase_list(path: Path) -> dict[str, list[str]]:
    """Return the phrases of each section in their order, exactly as they stand there."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if heading := _SECTION.fullmatch(line):
            lines = found.setdefault(heading[1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found
