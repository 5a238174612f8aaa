"""Find the dates that a text states."""

import re
from dataclasses import dataclass

from coach.domain.days import MONTHS, WEEKDAYS
from coach.language.folding import plain_case

_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in MONTHS) + "|Sept"
_FINDERS = (
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<n>{_MONTH})\b\.?(?:,?\s+(?P<y>\d{{4}}))?", re.IGNORECASE),
    re.compile(rf"\b(?P<n>{_MONTH})\b\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y>\d{{4}}))?", re.IGNORECASE),
    re.compile(r"\b(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})\b"),
    re.compile(rf"\b(?P<n>{_MONTH})\b\.?,?\s+(?P<y>\d{{4}})\b", re.IGNORECASE),
)
_WEEKDAY = re.compile(r"\b(?:" + "|".join(WEEKDAYS) + r")s?\b", re.IGNORECASE)


@dataclass(frozen=True)
class FoundDate:
    """A date with its place in the text (code points); an absent year was not stated; a weekday has only `weekday`."""

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def dates(text: str) -> list[FoundDate]:
    """Return the calendar dates and weekdays that a text states, in order, none inside another."""
    text = plain_case(text)
    found: list[FoundDate] = []
    taken: list[tuple[int, int]] = []
    for finder in _FINDERS:
        for match in finder.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            parts = match.groupdict()
            month = int(parts["m"]) if parts.get("m") else _month_number(parts["n"])
            year = int(parts["y"]) if parts.get("y") else None
            day = int(parts["d"]) if parts.get("d") else None
            if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
                continue  # a number beside a month's name is no date
            found.append(FoundDate(match.start(), match.end(), match.group(), year, month, day))
            taken.append(match.span())
    found += [
        FoundDate(m.start(), m.end(), m.group(), weekday=WEEKDAYS.index(m.group().rstrip("sS").capitalize()))
        for m in _WEEKDAY.finditer(text)
    ]
    return sorted(found, key=lambda f: f.start)


def _month_number(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower()[:3]))
