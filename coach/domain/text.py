"""What characters a text may have."""

import unicodedata
from typing import Any


def printable(value: Any) -> Any:
    """Return a text without control characters and non-characters, which no document can hold; tabs and line ends stay."""
    if not isinstance(value, str):
        return value
    return "".join(
        c
        for c in value
        if c in "\t\n\r" or (unicodedata.category(c) not in ("Cc", "Cs") and ord(c) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(c) <= 0xFDEF)
    )


def one_line(value: Any) -> Any:
    """Return a text on one line, printable, with single spaces."""
    return " ".join(printable(value).split()) if isinstance(value, str) else value
