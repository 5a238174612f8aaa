"""Find by when something is to be done, in the words that say it; relative days count from the session's date.

A loose time ("soon", "in the summer", "next month", "asap") is no date, and neither is a day that comes again and again.
"""

import re
from dataclasses import dataclass
from datetime import date

from coach.language.due_phrases import PHRASES
from coach.language.folding import QUOTES, plain_case

_LIMIT = re.compile(
    r"\b(?:do (?:it|this|that)|by|until|till|til|due|deadline(?: is)?|no later than|latest)[ :]*(?:the |this |next |end of |cob |eod |close of \w+ |first thing |\(?say )*$",
    re.IGNORECASE,
)
_LATEST = re.compile(r" ?\(?(?:at (?:the )?latest|latest|deadline)\b", re.IGNORECASE)
# What makes a day one that has been, or one of many, or no more than a name for something.
_OVER = re.compile(r"(?:\b(?:last|since|previous|the other|as of|dated|already|back|old) (?:the )?|\bfrom the |\bago,? )$", re.IGNORECASE)
_MANY = re.compile(r"\b(?:every|each|most|alternate|any given|all|per)(?: other| second| single)? $", re.IGNORECASE)
_AGO = re.compile(
    r"^(?:s\b| ?ago\b|'s (?:numbers|figures|notes|session|minutes|data|talk|chat|conversation|version|list|one)\b)", re.IGNORECASE
)
_OWNED = re.compile(r"^'s?(?= )")
_FOR_EVENT = re.compile(
    r"\b(?:before|for|at|by|in|on|ahead of|until|into|in time for|to)(?: the| our| her| his| my| their| next)* $", re.IGNORECASE
)
_BARE_DAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)\w*\.?", re.IGNORECASE)
_NAMED_AFTER = re.compile(r"\b(?:the|our|his|her|my|a|their) $", re.IGNORECASE)
_NOUN = re.compile(r"^ (?!and\b|or\b|so\b|at\b|if\b|but\b|when\b|because\b|morning|afternoon|evening|latest)[a-z]")
_SHORT_WEEKEND = re.compile(r"(?:sat|sun|mon)\.?", re.IGNORECASE)
_CUED = re.compile(r"\b(?:by|on|next|this|before|until|till|for|->|→) $|[(:,→-] ?$", re.IGNORECASE)
_IN_FIGURES = re.compile(r"\d{1,2}[/.]\d{1,2}\.?")  # a share, a mark out of ten or a version as often as a date
_DATED = re.compile(r"\b(?:by|on|before|until|till|for|due|is|the|session|meeting|call) ?$|[(:,→>-] ?$", re.IGNORECASE)
_CORRECTED = re.compile(
    r"\b(?:no|sorry|actually|rather|make (?:it|that)|i mean|moved to|instead|better)\b[^.;]{0,15}$|(?:->|→) ?$", re.IGNORECASE
)
_PURPOSE = re.compile(r",? (?:so|so that|because|which|ready for|in time for|for)\b", re.IGNORECASE)


@dataclass(frozen=True)
class FoundDue:
    """A day by which something is due, with the words that name it and their place in the text (code points)."""

    start: int
    end: int
    text: str
    day: date
    sure: bool = False  # a limit in so many words: "by Friday", "Friday latest"


def due_of(words: str, today: date) -> FoundDue | None:
    """Return by when the words say that something is due: a stated limit before another day, the first of equals, a correction last."""
    found = all_dues(words, today)
    if not found:
        return None
    purpose = next((m.start() for m in _PURPOSE.finditer(words) if m.start() > found[0].start), len(words))
    near = [due for due in found if due.start < purpose]
    best = next((due for due in near if due.sure), near[0])
    for due in found[found.index(best) + 1 :]:
        if _CORRECTED.search(words, best.end, due.start):
            best = due
    return best


def all_dues(words: str, today: date) -> tuple[FoundDue, ...]:
    """Return the days to come that the words name, in order, none inside another; an hour counts as today's where no day is named."""
    plain = plain_case(words.translate(QUOTES))
    found: list[FoundDue] = []
    taken: list[tuple[int, int]] = []
    for phrase in PHRASES:
        if phrase.hour and found:
            continue
        for match in phrase.pattern.finditer(plain):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            taken.append((start, end))
            day = phrase.day(match, today) if _names_a_day_to_come(plain, start, end) else None
            if day is not None:
                sure = _LIMIT.search(plain, max(0, start - 60), start) is not None or _LATEST.match(plain, end) is not None
                found.append(FoundDue(start, end, words[start:end], day, sure or plain[start:end].lower().startswith("by ")))
    return tuple(sorted(found, key=lambda due: due.start))


def _names_a_day_to_come(plain: str, start: int, end: int) -> bool:
    """Tell whether a phrase stands for one day that is still ahead, not for one that has been, or for every such day."""
    before, after = plain[max(0, start - 30) : start], plain[end : end + 20]
    if _OVER.search(before) or _MANY.search(before) or _AGO.match(after):
        return False
    if _OWNED.match(after) and not _FOR_EVENT.search(before):
        return False
    if _BARE_DAY.fullmatch(plain[start:end]):
        if _NAMED_AFTER.search(before) and _NOUN.match(after) and not _FOR_EVENT.search(before):
            return False
        if _SHORT_WEEKEND.fullmatch(plain[start:end]) and plain[start].islower():
            return _CUED.search(before) is not None
    if _IN_FIGURES.fullmatch(plain[start:end]):
        return _DATED.search(before) is not None and plain[start:end] != "24/7"
    return True
