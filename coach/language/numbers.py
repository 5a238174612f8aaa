"""Find the numbers that a text states, in digits or in words."""

import re
from dataclasses import dataclass

# "one" and "first" are left out: they mostly count nothing ("one thing", "first of all").
NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
         "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"], 2)
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
     "thousand": 1000, "dozen": 12, "half": 0.5, "quarter": 0.25}  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w]*[a-z]\d)|\b(?:" + "|".join(NUMBER_WORDS) + r")\b", re.IGNORECASE)


@dataclass(frozen=True)
class FoundNumber:
    """A number with its place in the text (code points)."""

    value: float
    start: int
    end: int
    text: str


def numbers(text: str) -> list[FoundNumber]:
    """Return every number of a text; 1,200 and 1200 are the same, 2.5 is two and a half."""
    found = []
    for match in _NUMBER.finditer(text):
        piece = match.group()
        if piece[0].isdigit():
            digits = piece.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", piece) else piece.replace(",", ".")
            value = float(digits) if digits.count(".") <= 1 else float(digits.split(".")[0])
        else:
            value = float(NUMBER_WORDS[piece.lower()])
        found.append(FoundNumber(value, match.start(), match.end(), piece))
    return found
