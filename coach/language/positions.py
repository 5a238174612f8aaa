"""Fold text for comparing while remembering where each character stood.

Accents, width, case of special letters and kinds of hyphen, apostrophe, space and digit are folded away; letters keep their case.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from coach.language.folding import INVISIBLE

HIDDEN = "\u200b"  # stands for any run of characters that nobody sees: it may join two words or cut one
_LETTERS = str.maketrans(
    {
        "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ß": "ss", "ẞ": "SS",
        "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ı": "i", "ŋ": "n", "Ŋ": "N", "ə": "e", "Ə": "E",
        "ς": "σ", "ى": "ي", "ة": "ه", "ـ": "", "ʼ": "'", "ʻ": "'", "ʹ": "'", "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'",
        "´": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "−": "-", "﹣": "-", "־": "-", "⁃": "-", "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
    }
)  # fmt: skip
_FILLERS = frozenset(map(ord, "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"))

_FOLDING = re.compile("[^\x00-\x7f]|`")


class _Folds(dict[str, str]):
    """What each character folds to, worked out once."""

    def __missing__(self, char: str) -> str:
        self[char] = folded = _fold(char)
        return folded


def _fold(char: str) -> str:
    if is_hidden(char):
        return HIDDEN
    if char.isspace() and char not in "\n\x85\u2028\u2029":
        return " "
    form: Literal["NFKC", "NFKD"] = "NFKC" if "\uac00" <= char <= "\ud7af" else "NFKD"  # a Korean syllable stays whole
    pieces = unicodedata.normalize(form, char.translate(_LETTERS)).translate(_LETTERS)
    return "".join(_digit(c) for c in pieces if not unicodedata.combining(c))


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def is_hidden(char: str) -> bool:
    """Tell whether nobody sees this character: zero-width, direction-changing, filling or choosing a variant."""
    code = ord(char)
    return code in INVISIBLE or code in _FILLERS or 0xFE00 <= code <= 0xFE0F or unicodedata.category(char) == "Cf"


_FOLDS = _Folds()


@dataclass(frozen=True)
class Folded:
    """A folded text, also without case (`low`), and for each of its characters the place that it came from in `source` (code points)."""

    source: str
    text: str
    low: str
    origin: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a non-empty stretch of the folded text stood, whole characters with what belongs to them."""
        first, last = self.origin[start], self.origin[end - 1] + 1
        while last < len(self.source) and (unicodedata.combining(self.source[last]) or "\u1160" <= self.source[last] <= "\u11ff"):
            last += 1
        return first, last

    def is_whole(self, start: int, end: int) -> bool:
        """Tell whether a stretch begins and ends with whole characters of the text as supplied."""
        origin = self.origin
        return (start == 0 or origin[start - 1] != origin[start]) and (end == len(origin) or origin[end] != origin[end - 1])


def folded(text: str, hidden: str = HIDDEN) -> Folded:
    """Return the text folded; `hidden` stands for each hidden character, nothing or one character."""
    if text.isascii() and "`" not in text:
        return Folded(text, text, text.lower(), range(len(text)))
    pieces: list[str] = []
    origin: list[int] = []
    end = 0
    for match in _FOLDING.finditer(text):
        place = match.start()
        pieces.append(text[end:place])
        origin.extend(range(end, place))
        end = place + 1
        piece = _FOLDS[match.group()]
        if "\u1160" <= piece <= "\u11ff" and (syllable := _syllable(pieces, piece)):
            pieces[-2:] = [syllable]
            continue
        piece = hidden if piece == HIDDEN else piece
        pieces.append(piece)
        origin.extend([place] * len(piece))
    pieces.append(text[end:])
    origin.extend(range(end, len(text)))
    joined = "".join(pieces)
    return Folded(text, joined, _without_case(joined), origin)


def _syllable(pieces: list[str], letter: str) -> str:
    """Return the Korean syllable that this letter makes with the piece right before it; nothing where it makes none."""
    before = pieces[-2] if len(pieces) > 1 and not pieces[-1] else ""
    joined = unicodedata.normalize("NFC", before + letter)
    return joined if before and len(joined) == 1 else ""


def _without_case(text: str) -> str:
    """Return a text without case, character for character as long."""
    low = text.casefold()
    return low if len(low) == len(text) else "".join(c if len(f := c.casefold()) != 1 else f for c in text)


def blanked(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """Return a text of the same length in which these stretches (none inside another) are marks that are part of nothing."""
    pieces, end = [], 0
    for start, stop in sorted(stretches):
        pieces += [text[end:start], "\0" * (stop - start)]
        end = stop
    return "".join([*pieces, text[end:]])


@lru_cache(maxsize=4_096)
def fold_name(name: str) -> str:
    """Return a name as it would stand in a folded text without case, nothing hidden."""
    return folded(name, "").low
