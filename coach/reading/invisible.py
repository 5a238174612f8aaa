"""Take out characters that no reader sees."""

import re
from collections import Counter

from coach.reading.extract import INVISIBLE

# Default-ignorable code points of Unicode, bidirectional controls and tag characters among them, and control characters.
_SIGNS = (
    "\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_JOINERS = "\u200c\u200d"
_BEYOND_LATIN = "[\u0600-\u1fff\u2190-\u2bff\U0001f000-\U0001faff]"
_INVISIBLE = re.compile(f"[{_SIGNS}{_JOINERS}]")
_INVISIBLE_BUT_JOINERS = re.compile(f"[{_SIGNS}]|(?<!{_BEYOND_LATIN})[{_JOINERS}]|[{_JOINERS}](?!{_BEYOND_LATIN})")
_UNDECODABLE = re.compile("[\ud800-\udfff]")
_BREAKS = str.maketrans(
    {"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n", "\u00a0": " ", "\u00ad": None, "\ufe0f": None}
)


def visible(text: str, left_out: Counter[str], joiners: bool = False) -> str:
    """Return the text without invisible characters, which are counted; soft hyphens and the mark that makes a sign an emoji go uncounted.

    With `joiners`, what joins or parts the letters of some scripts and the parts of an emoji stays between two characters.
    """
    pattern = _INVISIBLE_BUT_JOINERS if joiners else _INVISIBLE
    kept, taken = pattern.subn("", _UNDECODABLE.sub("\ufffd", text).translate(_BREAKS))
    left_out[INVISIBLE] += taken
    return kept
