"""Fold text so that two ways of typing the same words compare equal."""

import unicodedata

QUOTES = str.maketrans({c: "'" for c in "‘’‚‛′`´"} | {c: '"' for c in "“”„‟″«»"})
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
# For character classes: signs that belong to a letter, as the vowels of Devanagari do, though \w leaves them out.
MARKS = "".join(map(chr, (code for code in range(0x300, 0x11FFF) if unicodedata.category(chr(code)) in ("Mn", "Mc"))))


# Letters that a pattern without regard to case takes for i, s and k; one for one, so that places stay.
_ODD_CASES = str.maketrans({"\u0130": "I", "\u0131": "i", "\u017f": "s", "\u212a": "K"})


def plain_case(text: str) -> str:
    """Return text of the same length without the letters that only a pattern that ignores case takes for ASCII ones."""
    return text.translate(_ODD_CASES)


def fold(text: str) -> str:
    """Return text after NFKC, straight quotation marks and single spaces; case is kept."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(QUOTES).split())


def visible(text: str) -> str:
    """Return text without zero-width and direction-changing characters, which can hide or reorder words."""
    return text.translate(INVISIBLE)


def stands_in(quote: str, text: str) -> bool:
    """Tell whether the quote stands in the text word for word after folding; an empty quote does not."""
    return bool(fold(quote)) and fold(quote) in fold(text)
