"""Find what a text counts: numbers in digits and words, ordinals, none, shares, and "three of five"."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from coach.language.clauses import plain_low
from coach.language.numbers import FRACTIONS, NUMBER_WORDS

AmountKind = Literal["count", "ordinal", "number", "none", "share", "all"]  # "number": of a thing, as in "clip no. 6"

_ORDINALS = {
    word: n
    for n, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
         "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"], 1)
}  # fmt: skip
_ORDINALS |= {f"{ten}-{unit}": value + n for ten, value in (("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90))
              for n, unit in enumerate(list(_ORDINALS)[:9], 1)}  # fmt: skip
_ORDINALS |= {
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
    "hundredth": 100,
}
_WORD_VALUES: dict[str, float] = {
    **NUMBER_WORDS,
    "one": 1.0,
    "once": 1.0,
    "twice": 2.0,
    "a dozen": 12.0,
    "half a dozen": 6.0,
    "a couple of": 2.0,
    "a hundred": 100.0,
}
del _WORD_VALUES["half"], _WORD_VALUES["quarter"]
_NONE = r"zero|nil|nought|naught|zilch|nada|none|nobody|no[ -]one"
_WORDS = "|".join(re.escape(word).replace("\\-", "[- ]") for word in sorted(_WORD_VALUES, key=len, reverse=True))
_AMOUNT = re.compile(
    r"(?<![\w.,/])(?P<date>\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?![\d%])|\d{1,2}:\d{2}(?::\d{2})?|\d{4}-\d{2}-\d{2}|(?<=at )\d{1,2}\.\d{2}|\d{1,2}(?:[.:]\d{2})? ?(?:am|pm|a\.m\.|p\.m\.|o'clock))"
    r"|(?<![\w.,])(?P<figure>[£$€]?\d+(?:[.,]\d+)*)(?:(?P<th>st|nd|rd|th)\b|(?P<unit> ?%| ?per ?cent\b| ?pc\b|k\b| ?million\b|m\b)?)(?![a-z])"
    rf"|(?P<fraction>[{''.join(FRACTIONS)}]|\bhalf (?:of|the)\b|\btwo thirds\b|\ba (?:third|quarter)\b(?= of\b|\W*$|[,.;])|\bthree quarters\b)"
    rf"|\b(?P<big>(?:(?:{_WORDS})[ -])?(?:hundred|thousand|million)\b(?:(?: and)? (?:{_WORDS})\b(?: (?:hundred|thousand)\b)?(?:(?: and)? (?:{_WORDS})\b)?)?)"
    rf"|\b(?P<ordinal>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\b|\b(?P<word>{_WORDS})\b(?!-[a-z]+(?:st|nd|rd|th)\b)(?P<pc> per ?cent)?|\b(?P<none>{_NONE})\b|\b(?P<no>no)(?= (?!doubt|problem|wonder|matter|need|idea|way|more than|fewer than|less than|longer|one\b)[a-z]+)"
    r"|\b(?P<all>all|every|each|both|100 ?%)\b"
)
_SHARES = {"half": 0.5, "two thirds": 2 / 3, "a third": 1 / 3, "a quarter": 0.25, "three quarters": 0.75}
_OF = re.compile(
    r"\s*(?:(?:out )?of(?: the| our| my| his| her| their| all)?|/|from(?: the)?|(?:offices|teams|people|sites|branches|[a-z]+s) (?:out )?of(?: the)?)\s*"
)
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_DATED_AFTER = re.compile(rf"(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS}\b")
_DATED_BEFORE = re.compile(
    rf"(?:\b{_MONTHS}|\bthe|\bq|\bon|session|sess|meeting|mtg|no\.?|number|para|week|room|floor|page|goal|point|item|step|ward|building|terminal|gate|channel|phase|version|v|level|grade|year|age|aged|block|unit|by the|on the)\.?\s*#?$"
)
_MEASURE_OF_TIME = re.compile(
    r"\s*(?:-|\s)?(?:mins?|minutes?|hours?|hrs?|h|days?|weeks?|wks?|months?|mths?|years?|yrs?|seconds?|secs?|km|miles?|o'clock|am|pm|yo|year[- ]olds?)\b"
)


@dataclass(frozen=True)
class Amount:
    """An amount with its place in the text (code points); `of` is the whole that it is a part of, where that is said."""

    value: float
    start: int
    end: int
    text: str
    kind: AmountKind
    of: float | None = None
    of_time: bool = False  # minutes, days, years: what is counted unless the measure counts time itself


@lru_cache(maxsize=4_000)
def amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts that a text states, in order; dates, times of day and the numbers of rooms and pages are none."""
    low = plain_low(text)
    found: list[Amount] = []
    for match in _AMOUNT.finditer(low):
        amount = _amount(low, match)
        if amount is None:
            continue
        before = found[-1] if found else None
        joined = _joined(low, before, amount) if before else None
        if joined:
            found[-1] = replace(joined, text=text[joined.start : joined.end])
        else:
            found.append(amount)
    return tuple(found)


def _joined(low: str, before: Amount, amount: Amount) -> Amount | None:
    """Return two amounts as one where they are a part and its whole ("two of five") or "all" with its number."""
    between = low[before.end : amount.start]
    if before.kind == "all" and amount.kind == "count" and 0 < len(between) <= 5 and between.strip() in ("", "the", "of"):
        return replace(amount, start=before.start, of=amount.value)
    link = _OF.fullmatch(low, before.end, amount.start)
    if not link or before.kind not in ("count", "none", "all", "ordinal") or amount.kind not in ("count", "share"):
        return None
    if amount.value < before.value and "of" not in link.group():
        return None
    value = amount.value if before.kind == "all" else before.value
    return Amount(value, before.start, amount.end, "", "none" if before.kind == "none" else "count", amount.value, before.of_time)


def _amount(low: str, match: re.Match[str]) -> Amount | None:
    if match["date"]:
        return None
    start, end = match.span()
    read = _figure_of if match["figure"] else _word_of
    found = read(low, match)
    if found is None:
        return None
    value, kind = found
    return Amount(value, start, end, low[start:end], kind, None, _MEASURE_OF_TIME.match(low, end) is not None)


def _figure_of(low: str, match: re.Match[str]) -> tuple[float, AmountKind] | None:
    """Return the value and kind of a number in digits; None for a day of the month or a year."""
    start, end = match.span()
    unit = (match["unit"] or "").strip()
    value = _figure(match["figure"], unit)
    if match["th"]:
        dated = re.search(r"\b(?:the|on|by|until|till|from|since|for)\s+$", low[max(0, start - 8) : start]) and not re.match(
            r"\s+[a-z]", low[end:]
        )
        return None if dated or _DATED_AFTER.match(low, end) else (value, "ordinal")
    if unit and unit not in ("k", "m", "million"):
        return value, "share"
    if (1 <= value <= 31 and _DATED_AFTER.match(low, end)) or (1990 <= value <= 2100 and len(match["figure"]) == 4):
        return None
    lead = low[max(0, start - 14) : start]
    if (
        value <= 31
        and _DATED_BEFORE.search(lead)
        and not re.match(r"\s*(?:of\b|out of\b)", low[end:])
        and not re.search(r"\b(?:the|on)\s*$", lead)
    ):
        return (value, "number") if re.search(r"\b(?:no\.?|number|#)\s*$", lead) else None
    return value, "count"


def _word_of(low: str, match: re.Match[str]) -> tuple[float, AmountKind] | None:
    """Return the value and kind of a number in words; None for "one" that counts nothing, and for a day of the month."""
    start, end = match.span()
    if match["fraction"]:
        share = FRACTIONS.get(match["fraction"]) or next((v for k, v in _SHARES.items() if match["fraction"].startswith(k)), 0.5)
        return share * 100, "share"
    if match["big"]:
        return _spelled(match["big"]), "count"
    if match["ordinal"]:
        return None if _DATED_AFTER.match(low, end) else (float(_ORDINALS[match["ordinal"]]), "ordinal")
    if match["word"]:
        value = _WORD_VALUES.get(match["word"].replace(" ", "-"), _WORD_VALUES.get(match["word"], 1.0))
        if match["word"] == "one" and _is_pronoun(low, start, end):
            return None
        return value, "share" if match["pc"] else "count"
    return 0.0, "none" if match["none"] or match["no"] else "all"


def _is_pronoun(low: str, start: int, end: int) -> bool:
    """Tell whether "one" stands for a thing named before or for anybody, and counts nothing."""
    before, after = low[max(0, start - 14) : start], low[end : end + 12]
    if re.search(r"\b(?:the|that|this|a) \w+\s$", before) and not re.match(r"\s+of\b", after):
        return True
    if re.search(
        r"\b(?:the|this|that|which|a|any|each|every|new|first|last|next|no|old|good|big|other|same|only|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|his|her|my|your|an?\w+)\s$",
        before,
    ):
        return not re.match(r"\s+of\b", after)
    return (
        re.match(
            r"\s+(?:day|thing|another|more thing|to one|on one|can|should|moment|way|reason|time|or two|night|evening|morning|bit)\b|-(?:to|on|pager|off)",
            after,
        )
        is not None
    )


def _spelled(words: str) -> float:
    """Return the number that words such as "two hundred and fifty" or "forty thousand" spell."""
    whole = part = 0.0
    for word in re.findall(r"[a-z]+(?:-[a-z]+)?", words.replace("-hundred", " hundred").replace("-thousand", " thousand")):
        if word in ("hundred", "thousand", "million"):
            times = NUMBER_WORDS[word]
            if word == "hundred":
                part = (part or 1) * times
            else:
                whole, part = whole + (part or 1) * times, 0.0
        elif word not in ("and", "a"):
            part += _WORD_VALUES.get(word, 0.0)
        else:
            part = part or (1.0 if word == "a" else 0.0)
    return whole + part


def _figure(figure: str, unit: str) -> float:
    digits = figure.lstrip("£$€")
    digits = digits.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits) else digits.replace(",", ".")
    value = float(digits) if digits.count(".") <= 1 else float(digits.split(".")[0])
    return value * (1_000 if unit == "k" else 1_000_000 if unit in ("million", "m") else 1)
