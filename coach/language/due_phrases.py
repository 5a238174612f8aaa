"""The phrases that name a day relative to a session, and the day that each names.

Each phrase is a pattern and a rule from its match and today to a day; no day where it names none that is still to come.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from coach.domain.days import MONTHS, WEEKDAYS, months_after

FRIDAY = 4
FARTHEST = 270  # days ahead; a day without a year that would lie farther away is one that has been
NEAR = 150  # days ahead in which a date such as 5/6 is read, where it may be read in two ways

Match = re.Match[str]
Rule = Callable[[Match, date], date | None]

_WEEKDAY = "(?:" + "|".join(["mon(?:day)?", "tue(?:s(?:day)?)?", "wed(?:s|nesday)?", "thu(?:r(?:s(?:day)?)?)?", "fri(?:day)?",
                             "sat(?:urday)?", "sun(?:day)?"]) + r")\b\.?"  # fmt: skip
_MONTH = "(?:" + "|".join([f"{m[:3]}(?:{m[3:]})?" if len(m) > 3 else m for m in MONTHS] + ["sept"]) + r")\b\.?"
_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ORDINALS = {
    word: number
    for number, word in enumerate(
        [*_UNITS, "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
         "nineteenth", "twentieth", *(f"twenty-{unit}" for unit in _UNITS), "thirtieth", "thirty-first"], 1)
}  # fmt: skip
_SPOKEN = "|".join(word.replace("-", "[- ]") for word in sorted(_ORDINALS, key=len, reverse=True))
_DAY = rf"(?:\d{{1,2}}(?:\s?(?:st|nd|rd|th))?|{_SPOKEN})"
_COUNTS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "fourteen": 14,
}
_COUNT = r"(?:\d{1,2}|" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + ")"
# What follows an ordinal that counts things and no days.
_COUNTED = (
    r"(?! *(?:floor|time|one\b|ones\b|session|meeting|person|people|grade|year|anniversary|draft|version|edition|place|goal|item|round|attempt|week|month|"
    r"quarter|slide|page|point|birthday|century|option|half|step|part|question|thing|line|column|row|chapter|try\b|of (?:the|our|her|his|my|these|those|them|four|five|six)))"
)
_END = r"(?:the )?(?:very )?(?:end|close|last day)(?: of(?: the)?)? "


@dataclass(frozen=True)
class Phrase:
    """A way of naming a day; of two that begin at the same place the longer counts."""

    pattern: re.Pattern[str]
    day: Rule
    hour: bool = False  # an hour of whatever day is named beside it, of today only where none is


def friday_of(day: date) -> date:
    """Return the Friday of a day's week."""
    return day + timedelta(days=FRIDAY - day.weekday())


def next_weekday(weekday: int, today: date) -> date:
    """Return the first such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return a day of the calendar, or None where there is none such."""
    if not (1 <= month <= 12 and 2000 <= year < 2100):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _weekday(text: str) -> int:
    return next(i for i, name in enumerate(WEEKDAYS) if name.lower().startswith(text.lower()[:3]))


def _month(text: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.lower().startswith(text.lower()[:3]))


def _number(text: str) -> int:
    low = re.sub(r"\s+", " ", text.lower())
    digits = re.match(r"\d+", low)
    return int(digits.group()) if digits else _ORDINALS.get(low.replace(" ", "-"), 0)


def _count(text: str) -> int:
    return int(text) if text.isdigit() else _COUNTS[text.lower()]


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _calendar(year: str | None, month: int, day: int, today: date) -> date | None:
    """Return a stated day that is not over; without a year the next such day, unless that is so far off that the last one was meant."""
    if year:
        found = day_or_none(int(year) + (2000 if len(year) == 2 else 0), month, day)
        return found if found and found >= today else None
    days = [found for ahead in (0, 1) if (found := day_or_none(today.year + ahead, month, day)) and found >= today]
    return days[0] if days and days[0] - today <= timedelta(days=FARTHEST) else None


def _day_of_month(match: Match, today: date) -> date | None:
    """Return the next day with this number: "the 9th"."""
    number, month = _number(match["d"]), today.replace(day=1)
    if number <= today.day:
        month = months_after(month, 1)
    for _ in range(3):
        if found := day_or_none(month.year, month.month, number):
            return found
        month = months_after(month, 1)
    return None


def _in_slashes(match: Match, today: date) -> date | None:
    """Return 5/6 as the fifth of June, unless only the sixth of May exists or lies near ahead."""
    a, b = int(match["a"]), int(match["b"])
    british, american = _calendar(match["y"], b, a, today), _calendar(match["y"], a, b, today)
    near = [day for day in (british, american) if day and day - today <= timedelta(days=NEAR)]
    return near[0] if near else british or american


def _in_words(match: Match, today: date) -> date | None:
    return _calendar(match["y"], _month(match["m"]), _number(match["d"]), today)


def _week_of(match: Match, today: date) -> date | None:
    groups = match.groupdict()
    if groups.get("m"):
        first = _calendar(None, _month(match["m"]), _number(match["d"]), today - timedelta(days=6))
    else:
        first = _day_of_month(match, today - timedelta(days=6))
    return friday_of(first) if first else None


def _this_week(_: Match, today: date) -> date:
    friday = friday_of(today)
    return friday if friday >= today else friday + timedelta(days=7)


def _ahead(match: Match, today: date) -> date | None:
    count, unit = _count(match["n"]), match["u"].lower()
    if unit.startswith("month"):
        return months_after(today, count)
    days = {"d": 1, "w": 7, "f": 14, "h": 0, "m": 0}[unit[0]]
    return today + timedelta(days=count * days)


def _working_days(match: Match, today: date) -> date:
    day, left = today, _count(match["n"])
    while left:
        day += timedelta(days=1)
        left -= day.weekday() <= FRIDAY
    return day


def _end_of_month(match: Match, today: date) -> date | None:
    month = _month(match["m"])
    year = int(match["y"]) if match["y"] else today.year + (month < today.month)
    last = day_or_none(year, month, monthrange(year, month)[1]) if 2000 <= year < 2100 else None
    return last if last and today <= last and (match["y"] or last - today <= timedelta(days=FARTHEST)) else None


def _end_of_quarter(_: Match, today: date) -> date:
    return _last_of_month(today.replace(day=1, month=(today.month - 1) // 3 * 3 + 3))


def _feast(month: int, day: int) -> Rule:
    return lambda _, today: _calendar(None, month, day, today)


def _after(days: int) -> Rule:
    return lambda _, today: today + timedelta(days=days)


def _on_weekday(weeks: int) -> Rule:
    return lambda match, today: next_weekday(_weekday(match["w"]), today) + timedelta(weeks=weeks)


def _weekday_of_next_week(match: Match, today: date) -> date:
    return today + timedelta(days=7 - today.weekday() + _weekday(match["w"]))


def _phrase(pattern: str, day: Rule, hour: bool = False) -> Phrase:
    return Phrase(re.compile(rf"(?<![\w/]){pattern}(?![\w/])", re.IGNORECASE), day, hour)


_W = rf"(?P<w>{_WEEKDAY})"
_Y = r"(?:,?\s+(?P<y>20\d\d)\b)?"
_DESK = r"(?:when|once|as soon as|after|before) (?:i|he|she|i'm|i am|he's|she's|we)(?: (?:get|gets|am|is|are|got))? (?:back )?(?:to|at) (?:my|his|her|the|our) (?:desk|laptop|computer|office)"
_TODAY = (
    r"(?:later )?(?:on )?(?:today|tonight|tonite|2nite|this (?:afternoon|evening|arvo|aft|morning|very minute)"
    rf"|before (?:i|he|she|we) (?:go(?:es)?|leaves?) (?:home|the office|today)|{_DESK}"
    r"|(?:right |straight |just |immediately )?after (?:this|the|our) (?:call|chat|meeting|mtg|session)(?! (?:on|in|of|with))|(?:straight|right) after|right now"
    r"|on (?:the|my|his|her) (?:way|train|bus) home|before bed)"
)
_HOUR = (
    r"(?:(?:by |at |before )?(?:the )?(?:end|close) of (?:the )?(?:day|play|business)|eod|cob|cop|before lunch|over lunch|(?:by|before|at) (?:noon|midnight|midday|lunchtime|home time)"
    r"|(?:by|before|at|around|till|until) \d{1,2}(?:[:.]\d\d)? ?(?:am|pm|o'?clock)|(?:by|before|at) \d{1,2}[:.]\d\d)"
)

# More particular phrases come first: the first that takes a stretch of text keeps it.
PHRASES = (
    _phrase(r"(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)", lambda m, today: _calendar(m["y"], int(m["m"]), int(m["d"]), today)),
    _phrase(rf"(?:w/?c|w/b|wk? ?comm(?:encing)?|week (?:commencing|beginning|starting|of))\.? ?(?:{_WEEKDAY} )?(?:the )?(?P<d>{_DAY})(?: of)?(?:\s+(?P<m>{_MONTH}))?", _week_of),
    _phrase(rf"(?:w/?c|w/b|week (?:commencing|beginning|starting|of))\.? ?(?:{_WEEKDAY} )?(?P<m>{_MONTH}) (?P<d>{_DAY})", _week_of),
    _phrase(rf"(?:{_WEEKDAY},? (?:the )?)?(?P<d>{_DAY})(?: day)?(?:\s+of)?[\s-]+(?P<m>{_MONTH})(?:,?[\s-]+(?P<y>20\d\d)\b)?", _in_words),
    _phrase(rf"(?:{_WEEKDAY},? )?(?P<m>{_MONTH})[\s-]+(?:the )?(?P<d>{_DAY})\b(?![:%]){_Y}", _in_words),
    _phrase(rf"(?:{_WEEKDAY},? )?(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?:/(?P<y>\d{{2}}(?:\d\d)?))?", _in_slashes),
    _phrase(rf"(?:{_WEEKDAY},? )?(?P<a>\d{{1,2}})\.(?P<b>\d{{1,2}})\.(?P<y>\d{{2}}(?:\d\d)?)?", _in_slashes),
    _phrase(rf"{_END}(?P<m>{_MONTH}){_Y}", _end_of_month),
    _phrase(rf"(?P<m>{_MONTH})[ -]end(?P<y>(?!))?", _end_of_month),
    _phrase(rf"(?:{_END}next month)", lambda _, today: _last_of_month(months_after(today.replace(day=1), 1))),
    _phrase(rf"(?:{_END}(?:this |current )?month|month[ -]?end|eom|this month|before the month(?:'s out| is out| ends))", lambda _, today: _last_of_month(today)),
    _phrase(rf"(?:{_END}(?:this |current )?quarter|quarter[ -]?end|eoq)", _end_of_quarter),
    _phrase(rf"(?:{_END}(?:this )?year|before the year(?:'s out| is out| ends))", lambda _, today: date(today.year, 12, 31)),
    _phrase(r"(?:christmas|xmas)(?: day)?", _feast(12, 25)),
    _phrase(r"new year'?s eve", _feast(12, 31)),
    _phrase(r"new year(?:'?s day)?", _feast(1, 1)),
    _phrase(rf"{_W} (?:after next|week)(?! of)", _on_weekday(1)),
    _phrase(rf"(?:a|one) week (?:on |from |this |next )?{_W}", _on_weekday(1)),
    _phrase(rf"(?:two weeks|a fortnight) (?:on |from |this )?{_W}", _on_weekday(2)),
    _phrase(rf"{_W},? (?:of )?next (?:week|wk)", _weekday_of_next_week),
    _phrase(rf"next (?:week|wk)(?:'s)?,?(?: on)? {_W}", _weekday_of_next_week),
    _phrase(r"(?:the )?(?:start|beginning|first day) of next (?:week|wk)", lambda _, today: today + timedelta(days=7 - today.weekday())),
    _phrase(rf"{_W}[,]? \(?(?:the )?(?P<d>\d{{1,2}}(?:st|nd|rd|th)?|{_SPOKEN})\b(?![:.]\d)(?! ?(?:am|pm|o'?clock|people|to\b|%)){_COUNTED}", _day_of_month),
    _phrase(rf"(?:next |this |this coming |coming )?{_W}", _on_weekday(0)),
    _phrase(r"(?:the )?(?:week|wk) after next", lambda _, today: friday_of(today) + timedelta(days=14)),
    _phrase(rf"(?:{_END}|early |later |mid[ -]|sometime |some time )?next (?:week|wk)", lambda _, today: friday_of(today) + timedelta(days=7)),
    _phrase(rf"(?:{_END}(?:the |this )?(?:working )?(?:week|wk)|(?:later )?this (?:week|wk)|eow|before the week(?:'s out| is out)|week[ -]end of play)", _this_week),
    _phrase(r"(?:by|before) (?:the|this) weekend", _this_week),
    _phrase(r"(?:the )?day after tomorrow", _after(2)),
    _phrase(r"(?:tomorrow|tmrw|tmw|tmr|tomoz|2moro|2mrw|tomorow|tommorow|tommorrow)(?: week)", _after(8)),
    _phrase(r"(?:first thing )?(?:tomorrow|tmrw|tmw|tmr|tomoz|2moro|2mrw|tomorow|tommorow|tommorrow)", _after(1)),
    _phrase(r"(?:first thing|in the morning|by (?:the )?morning)(?! (?:i|he|she|they|we|it|that|we'd|you|of|every))", _after(1), hour=True),
    _phrase(r"(?:a week (?:from )?today|this (?:time|day) next week|a week from now|today week)", _after(7)),
    _phrase(r"(?:a fortnight (?:from )?today|two weeks (?:from )?today|a fortnight)(?! ago)", _after(14)),
    _phrase(rf"(?:in|within) (?P<n>{_COUNT}) (?:working|business) days?", _working_days),
    _phrase(rf"(?:in|within|inside|over|during) (?:(?:the )?(?:next|coming) )?(?P<n>{_COUNT}) (?P<u>days?|weeks?|wks?|fortnight|months?|hours?|hrs?|minutes?|mins?)\b(?:'? time)?(?! ago| or (?:so|two|three))", _ahead),
    _phrase(rf"(?P<n>{_COUNT}) (?P<u>days?|weeks?|wks?|months?)(?:'? time| from (?:now|today))", _ahead),
    _phrase(rf"the (?P<d>\d{{1,2}}\s?(?:st|nd|rd|th))\b{_COUNTED}", _day_of_month),
    _phrase(rf"(?:(?<=by )|(?<=on )|(?<=before )|(?<=until )|(?<=till ))(?P<d>\d{{1,2}}(?:st|nd|rd|th))\b{_COUNTED}", _day_of_month),
    _phrase(rf"(?:(?<=on )|(?<=by )|(?<=before )|(?<=until )|(?<=till ))the (?P<d>{_SPOKEN})\b(?=\s*(?:[.,;:!?)]|$|and\b|so\b|at\b|when\b|because\b|but\b|if\b|for\b|latest\b)){_COUNTED}", _day_of_month),
    _phrase(rf"the (?P<d>{'|'.join(w.replace('-', '[- ]') for w in _ORDINALS if _ORDINALS[w] > 9)})\b(?=\s*(?:[.,;:!?)]|$|and\b|so\b|at\b|when\b|but\b|if\b|latest\b))", _day_of_month),
    _phrase(_TODAY, _after(0)),
    _phrase(_HOUR, _after(0), hour=True),
)  # fmt: skip
