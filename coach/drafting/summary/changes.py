"""Find where one clause states a number now and the one before by its grammar: "from 34 to 47", "fell to 48 from 55"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.language.amounts import amounts
from coach.language.clauses import plain_low

_HOLE = "\x00"  # stands where a number of the text was, so that patterns see the grammar alone
_FROM_TO = re.compile(
    rf"\bfrom (?:a |the |about |around )?{_HOLE}(?: [a-z%]+){{0,2}} (?:down |up |back )?to (?:about |only |just )?{_HOLE}"
)
_TO_FROM = re.compile(rf"\b(?:to|at|now|is|are|on) (?:about |only |just )?{_HOLE}(?: [a-z%]+){{0,2}},? (?:(?:up|down) )?from {_HOLE}")
_AGAINST = re.compile(
    rf"{_HOLE}[^{_HOLE}.;?!]{{0,30}}\b(?:against|where|compared (?:with|to)|instead of last \w+'s|versus) [^{_HOLE}.;?!]{{0,22}}{_HOLE}"
)
_IT_WAS = re.compile(rf"{_HOLE}(?: [a-z%]+){{0,2}}[,;(–—-]+ ?(?:it |that |they |there |and )?(?:was|were|had been|used to be) {_HOLE}")
# Each pattern with whether its first number is the earlier one.
_PATTERNS = ((_FROM_TO, True), (_TO_FROM, False), (_AGAINST, False), (_IT_WAS, False))
_EARLIER = re.compile(r"\b(?:last|before|previous|in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|had|was|were)\b")


@dataclass(frozen=True)
class Change:
    """Two numbers of the same thing: before and now."""

    before: float
    now: float


def changes(text: str) -> Iterator[Change]:
    """Yield the changes that a text states within one breath."""
    holed, values = _holed(text)
    if len(values) < 2:
        return
    for pattern, earlier_first in _PATTERNS:
        for found in pattern.finditer(holed):
            first = holed.count(_HOLE, 0, found.start() + found.group().index(_HOLE))
            if pattern is _AGAINST and not _EARLIER.search(found.group()) and not re.search(r"\b[a-z]+ had\b", found.group()):
                continue
            pair = values[first], values[first + 1]
            yield Change(*pair) if earlier_first else Change(pair[1], pair[0])


def _holed(text: str) -> tuple[str, list[float]]:
    """Return a text in small letters with its numbers taken out, and the numbers; a part of a whole is two numbers after "from"."""
    low, parts, values, at = plain_low(text), [], [], 0
    for amount in amounts(text):
        if amount.kind not in ("count", "share", "none"):
            continue
        words = low[amount.start : amount.end]
        cut = words.find(" from ")
        parts += [low[at : amount.start], _HOLE]
        values.append(amount.value)
        at = amount.end
        if amount.of is not None and cut >= 0:
            parts += [" from ", _HOLE]
            values.append(amount.of)
    return "".join([*parts, low[at:]]), values
