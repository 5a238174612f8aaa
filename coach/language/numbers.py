"""Find the numbers that a text states, in digits or in words."""

import re
from dataclasses import dataclass

from coach.language.folding import plain_case

# "one" and "first" are left out: they mostly count nothing ("one thing", "first of all").
NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
         "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"], 2)
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
     "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12, "half": 0.5, "quarter": 0.25}  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
NUMBER_WORDS |= {f"{ten}-{unit}": NUMBER_WORDS[ten] + i for ten in TENS for i, unit in enumerate(UNITS, 1)}
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_WORDS = "|".join(word.replace("-", "[- ]") for word in sorted(NUMBER_WORDS, key=len, reverse=True))
_NUMBER = re.compile(rf"(?<![\w.])\d+(?:[.,]\d+)*(?![\w]*[a-z]\d)|(?<!\w)\.\d+|[{''.join(FRACTIONS)}]|\b(?:{_WORDS})\b", re.IGNORECASE)


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
    for match in _NUMBER.finditer(plain_case(text)):
        found.append(FoundNumber(_value(match.group()), match.start(), match.end(), match.group()))
    return found


def _value(piece: str) -> float:
    if piece in FRACTIONS:
        return FRACTIONS[piece]
    if piece[0] != "." and not piece[0].isdigit():
        return float(NUMBER_WORDS[piece.lower().replace(" ", "-")])
    digits = piece.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", piece) else piece.replace(",", ".")
    return float(digits) if digits.count(".") <= 1 else float(digits.split(".")[0])
