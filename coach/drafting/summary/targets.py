"""Read a goal's target: what number is to be reached, which way is forward, and whether it has an end."""

import re
from dataclasses import dataclass
from typing import Literal

from coach.domain.brief import BriefGoal
from coach.language.amounts import amounts
from coach.language.clauses import plain_low

Shape = Literal["count", "limit", "share", "every", "none", "event"]

_LIMIT = re.compile(
    r"\b(?:under|below|less than|fewer than|no more than|not more than|at most|max(?:imum)?(?: of)?|up to|within|down to|cut to|<=?|≤|(?:or|and) (?:fewer|less|under|below|lower|shorter|faster|sooner))|or (?:fewer|less)\b|\bmaximum\b|\bmax\b|\bceiling\b"
)
_LESS_TITLE = re.compile(
    r"\b(?:fewer|less|shorter|reduc\w*|cut(?:ting)?|lower(?:ing)?|stop(?:ping)?|kill(?:ing)?|limit(?:ing)?|halv\w+|shrink\w*|quicker|faster|end(?:ing)?|avoid\w*|drop(?:ping)?|instead of flying)\b"
)
_LESS_MEASURE = re.compile(
    r"\b(?:errors?|mistakes|complaints|interruptions?|waste|kilos?|kg|emissions|hours late|overruns?|delays?|days from|days to|time (?:to|from)|minutes (?:per|to)|length|words|acronyms|slides|flights|pages|after \d)\b"
)
_MORE = re.compile(r"\b(?:at least|minimum|min\.?|or more|or over|more than|over|above|>=?|≥|\+)\b|\bor more\b|\+$")
_EVERY = re.compile(r"\b(?:every|each|all|always|whole|any|100 ?%|daily|everything|everyone|everybody)\b")
_NONE = re.compile(r"^(?:none|no\b|zero|nil|never|nobody|0(?! ?%)\b)|\b(?:none|zero|never)\b")
_UNTIL = re.compile(r"\b(?:until|till|through(?:out)?|to the end of|all (?:month|quarter|year|summer))\b")
_OPEN_ENDED = re.compile(
    r"\b(?:a|per|each|every|/)\s*(?:day|week|wk|month|mth|quarter|year|session|meeting|call)\b|\b(?:weekly|monthly|daily|quarterly)\b|\bin a row\b|\brunning\b"
)
_PERIOD = re.compile(
    r"\b(?:until|till|to the end of|by|before|in|for|from|over|through|during)\s+(?:the\s+)?(?:end of\s+)?(?:[a-z]+\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q\d|summer|winter|spring|autumn|easter|christmas|xmas|year|quarter|month|half)\w*"
)


@dataclass(frozen=True)
class Target:
    """What is to be reached; `falling` says that less is better; `running` that it holds per period or without an end."""

    shape: Shape
    value: float | None
    falling: bool
    running: bool
    whole: float | None = None
    until: bool = False  # it has to hold to the end of a period
    words: tuple[str, ...] = ()  # of a target without a number: what is to be done with the thing

    def met_by(self, value: float) -> bool:
        """Tell whether a value reaches the target's number."""
        if self.value is None:
            return False
        return value <= self.value if self.falling else value >= self.value

    def better(self, before: float, after: float) -> bool:
        """Tell whether a change goes the right way."""
        return after < before if self.falling else after > before


def target_of(goal: BriefGoal) -> Target:
    """Return the target of a goal."""
    target, measure, title = plain_low(goal.target), plain_low(goal.measure), plain_low(goal.title)
    stated = [a for a in amounts(target) if a.kind in ("count", "share")]
    found = [a for a in amounts(target) if a.kind != "all" and not (a.of_time and len(stated) > 1)]
    numbers = [a for a in found if a.kind in ("count", "share")]
    number = numbers[0] if numbers else None
    running = _OPEN_ENDED.search(target) is not None or (_EVERY.search(target) is not None and number is None)
    until = _UNTIL.search(target) is not None
    value = number.value if number else None
    whole = number.of if number else None
    if _NONE.search(target) and (number is None or not number.value or re.match(r"(?:none|zero|nil|nobody)\b", target)):
        return Target(
            "none", 0.0, True, running or _PERIOD.search(target) is not None or re.search(r"\bin a row\b", target) is not None, None, until
        )
    falling = bool(_LIMIT.search(target)) or (not _MORE.search(target) and _counts_down(title, measure, target, value))
    if number is None:
        return Target(
            "every" if _EVERY.search(target) else "event",
            None,
            falling and not _EVERY.search(target),
            running,
            None,
            until,
            _done_words(f"{target} {measure}"),
        )
    if number.kind == "share":
        return Target("share", value, falling, running, None, until)
    if falling:
        return Target(
            "limit",
            value,
            True,
            running or any(p.search(t) for p in (_EVERY, _PERIOD, _OPEN_ENDED) for t in (target, measure)),
            whole,
            until,
        )
    return Target("count", value, False, running, whole, until)


def _done_words(text: str) -> tuple[str, ...]:
    """Return the words of a target that say what is done once it is reached."""
    return tuple(dict.fromkeys(re.findall(r"\b(?:[a-z]{3,}ed|held|sent|written|built|chosen|found|set up|in place|live|open|out)\b", text)))


def _counts_down(title: str, measure: str, target: str, value: float | None) -> bool:
    """Tell whether the goal asks for less of what is measured."""
    if value is None:
        return False
    if re.search(r"\bin a row\b|\bout of\b|\bof \d", target):
        return False
    less = _LESS_TITLE.search(title) is not None and not re.search(
        r"\b(?:actions|events|people|teams|managers|days without|weeks without|trips by|letters|templates|meetings (?:cut|cancelled|removed)|removed|closed|replaced|retired|trained|merged|saved|dropped|switched|swapped|avoided|moved|freed|ended|shut|dealt)\b",
        measure,
    )
    return (less and not re.search(r"\bnot reported|instead\b", title)) or (_LESS_MEASURE.search(measure) is not None and less)
