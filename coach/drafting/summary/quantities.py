"""Read how a goal's number stands: now, before, and against the target."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach.drafting.summary.signals import Signal, signals
from coach.drafting.summary.targets import Target
from coach.drafting.summary.topics import Said
from coach.language.amounts import Amount, amounts

_BEFORE = re.compile(
    r"\b(?:was|were|had been|had|used to be|from|before|previous(?:ly)?|last (?:time|month|session|report|week|year|quarter|mth|count)|when we|when i (?:started|last)|back in|in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|earlier|ago|originally|started (?:at|on|with)|up from|down from|at the \w+ (?:chat|session|meeting)|against|compared|versus|vs)\b"
)
_NOW = re.compile(
    r"\b(?:now|today|currently|this (?:morning|month|week|mth|time|year|quarter)|yesterday|just gone|latest|so far|is|are|'s|'re|has|have|'ve|stands?|to|at last count|makes?|so|just|reached|hit|got to|down to|up to|on mon|last (?:mon|tue|wed|thu|fri)\w*)\b"
)
_TO_GO = re.compile(r"\s*(?:more\s+)?(?:to go|left|remaining|still to|outstanding|missing|short|under consideration|off (?:target|it)|shy|yet to|who haven't|haven't|not yet|are waiting|waiting|pending)\b")
_MORE = re.compile(r"\s*(?:more|extra|additional|further|new)\b")
_DIFFERENCE = re.compile(r"\b(?:another|a further|an extra|plus|on top of)\s*$")
_TOTAL = re.compile(r"\b(?:makes?(?: it)?|total|in all|altogether|so|now|up to|reached|hit|on|at|at all|brings?(?: \w+)? to|that's|count(?: is| remains)?:?|with this it is|it's|we've|i've|we're|she's|he's|they're|has|with that)\s*(?:now |just |only |the |your |my |our )?$")
_UNRELATED = re.compile(r"\s*(?:-\s?)?(?:mins?\b|minutes?\b|am\b|pm\b|o'clock|years?\b|yrs?\b|pounds|quid|euros?|people said|times\b|weeks?\b|months?\b|days?\b|hours?\b|floor|pages?\b|metres?|km\b|miles?|degrees|euro)")


class Standing(StrEnum):
    """What the numbers say."""

    MET = "met"
    FORWARD = "forward"
    BACK = "back"
    SAME = "same"
    NOTHING = "nothing"
    PART = "part"


@dataclass(frozen=True)
class Reading:
    """What the numbers of a stretch say, and the clauses that show it."""

    standing: Standing
    said: tuple[Said, ...]
    now: float | None = None
    before: float | None = None


@dataclass(frozen=True)
class _Count:
    amount: Amount
    said: Said
    past: bool
    now: bool
    change: bool


def counted(stretch: Sequence[Said], target: Target, measure_of_time: bool) -> Reading | None:
    """Return what the numbers of a goal's clauses say, the last and most specific one first; None where they say nothing."""
    counts = [c for said in stretch for c in _counts(said, target, measure_of_time)]
    if not counts:
        return None
    pair = _pair(counts)
    if pair:
        return _compared(*pair, target)
    return _single(counts, target)


def _counts(said: Said, target: Target, measure_of_time: bool) -> list[_Count]:
    low = said.clause.low
    if said.clause.has("question"):
        return []
    found = []
    for amount in amounts(said.clause.text):
        after, before = low[amount.end :], low[: amount.start]
        if amount.kind == "all" or _TO_GO.match(after) or _is_target(before, after, amount, target):
            continue
        if amount.of_time and not measure_of_time and amount.of is None:
            continue
        if target.shape == "share" and amount.kind == "count" and amount.of is None and amount.value > 100:
            continue
        if amount.kind == "none" and amount.text in ("nobody", "no one", "no-one", "no") and target.shape == "event":
            continue
        change = _MORE.match(after) is not None or _DIFFERENCE.search(before) is not None
        past = _BEFORE.search(before[-40:]) is not None or re.match(r"[^.;]{0,12}\b(?:before|in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|last (?:time|month|report|session))\b", after) is not None
        found.append(_Count(amount, said, past, _NOW.search(low) is not None, change))
    return found


def _is_target(before: str, after: str, amount: Amount, target: Target) -> bool:
    """Tell whether an amount only repeats the target."""
    return amount.value == target.value and re.search(r"\b(?:target|goal|aim|not|isn't|need\w*|wants?|ceiling|limit|of|until|under|below|agreed)\b[\w' ]{0,12}$", before[-30:]) is not None


def _pair(counts: Sequence[_Count]) -> tuple[_Count, _Count] | None:
    """Return the last earlier and the last present count that stand near one another."""
    for now in reversed(counts):
        if now.past or now.change:
            continue
        earlier = [c for c in counts if c is not now and c.past and not c.change and abs(c.said.number - now.said.number) <= 3 and c.amount.kind != "ordinal"]
        if earlier:
            return earlier[-1], now
    return None


def _compared(before: _Count, now: _Count, target: Target) -> Reading:
    a, b = before.amount.value, now.amount.value
    said = tuple(sorted({before.said, now.said}, key=lambda s: s.number))
    if a == b:
        return Reading(Standing.SAME, said, b, a)
    if target.better(a, b):
        return Reading(Standing.MET if target.met_by(b) else Standing.FORWARD, said, b, a)
    return Reading(Standing.BACK, said, b, a)


def _single(counts: Sequence[_Count], target: Target) -> Reading | None:
    """Return what the last count says that stands alone."""
    best = max(counts, key=lambda c: (_weight(c, target), c.said.number))
    value, told = best.amount.value, signals(best.said.clause)
    if _weight(best, target) <= 0:
        return None
    said = (best.said,)
    if target.falling:
        if target.value is None:
            return None
        return Reading(Standing.MET if value <= target.value else Standing.BACK if target.running else Standing.PART, said, value)
    if best.amount.kind == "none" or value == 0:
        return Reading(Standing.NOTHING, said, value)
    if Signal.SAME in told:
        return Reading(Standing.SAME, said, value)
    if best.amount.of is not None and value == best.amount.of and not best.change and target.value in (None, value):
        return Reading(Standing.MET, said, value)
    if target.value is not None and value >= target.value and not best.change:
        return Reading(Standing.MET, said, value)
    return Reading(Standing.PART, said, value)


def _weight(count: _Count, target: Target) -> float:
    """Return how likely a count is the goal's own number as it stands now."""
    amount, said = count.amount, count.said
    low, before, after = said.clause.low, said.clause.low[: count.amount.start], said.clause.low[count.amount.end :]
    weight = 0.5 + min(1.0, said.own)
    weight += 1.5 if amount.of is not None and target.value is not None and amount.of in (target.value, target.whole) else 0.0
    weight += 0.7 if _TOTAL.search(before) else 0.0
    weight += 0.5 if amount.kind == "share" and target.shape == "share" else 0.0
    weight += 0.4 if count.now else 0.0
    weight += 0.4 if target.value is not None and 0 < amount.value <= target.value * 1.5 else 0.0
    weight -= 1.0 if target.value is not None and amount.value > target.value * 20 else 0.0
    weight -= 0.8 if _UNRELATED.match(after) and amount.of is None and not amount.of_time else 0.0
    weight -= 0.6 if count.past else 0.0
    weight -= 0.3 if count.change else 0.0
    weight -= 0.5 if amount.kind == "ordinal" and not re.match(r"\s*(?:one|of|time|on|in|half|\w+)", after) else 0.0
    weight -= 1.5 if said.clause.has("future", "hypothetical", "conditional", "plan", "failed") else 0.0
    weight -= 0.7 if said.clause.has("doubt") else 0.0
    weight -= 1.0 if Signal.ELSEWHERE in signals(said.clause) else 0.0
    return weight - (0.4 if "about" in before[-8:] or "or so" in low else 0.0)
