"""What characters a text may have."""

import unicodedata
import zlib
from typing import Any

# A line's return, and the marks that change the direction in which text is shown.
_TURNS = dict.fromkeys(map(ord, "\r\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def printable(value: Any) -> Any:
    """Return a text without control characters and non-characters, which no document can hold; tabs and line ends stay."""
    if not isinstance(value, str):
        return value
    return "".join(
        c
        for c in value
        if c in "\t\n\r" or (unicodedata.category(c) not in ("Cc", "Cs") and ord(c) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(c) <= 0xFDEF)
    )


def for_terminal(text: str) -> str:
    """Return text that moves no cursor and turns no writing round: what stands on a line cannot pass for another one."""
    return str(printable(text)).translate(_TURNS)


def one_line(value: Any) -> Any:
    """Return a text on one line, printable, with single spaces."""
    return " ".join(printable(value).split()) if isinstance(value, str) else value


def version_of(text: str) -> int:
    """Return a number that differs between texts, for texts that are stored without a count of their versions."""
    return zlib.crc32(text.encode("utf-8", "replace"))
