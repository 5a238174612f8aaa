"""Read how a goal's number stands: now, before, and against the target."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach.drafting.summary.signals import Signal, signals
from coach.drafting.summary.targets import Target
from coach.drafting.summary.topics import Said
from coach.language.amounts import Amount, amounts
from coach.language.clauses import plain_low

_BEFORE = re.compile(
    r"\b(?:was|were|had been|had|used to be|from|before|previous(?:ly)?|last (?:time|month|session|report|year|quarter|mth|count)|when we|when i (?:started|last)|back in|earlier|ago|originally|started (?:at|on|with)|up from|down from|at the \w+ (?:chat|session|meeting)|against|compared|versus|vs)\b"
)
_NOW = re.compile(
    r"\b(?:now|today|currently|this (?:morning|month|week|mth|time|year|quarter)|yesterday|just gone|latest|so far|is|are|'s|'re|has|have|'ve|stands?|to|at last count|makes?|so|just|reached|hit|got to|down to|up to|on mon|last (?:mon|tue|wed|thu|fri)\w*)\b"
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_TO_GO = re.compile(
    r"\s*(?:more\s+)?(?:to go|left|remaining|still to|outstanding|missing|short|under consideration|off (?:target|it)|shy|yet to|who haven't|haven't|not yet|are waiting|waiting|pending)\b"
)
_LEAVES = re.compile(r"\b(?:leav(?:es|ing|e)|left)(?: (?:him|her|us|me|them|with|only|just|about))*\s*$")
_NUMBERED_THING = re.compile(
    r"\b(?:letter|number|no|page|level|grade|item|phase|batch|line|module|chapter|round|session|part|unit|room|stage|week|day|ward|building|floor|version|site|cell|store|region|tier|band|year|step|point"
    r"|goal|question|bed|bay|gate|platform|after|before|until|till|aged?|half|quarter to)\s*$"
)
_THING_BEFORE = re.compile(r"\b([a-z]{3,})(?:,| no\.?| number| #)?\s*#?$")
_ELLIPSIS = frozenset(
    "in b4 on at since this last so now of for from out under by with without done running altogether total and or more up down to but the that when was were is are has have had came come comes"
    " went go goes going left got gone again already only just not yet still today yesterday time times per a an each every as before after against against versus instead than because though"
    " did made here there if while until till then too also over below above across back apiece straight one i he she they we it which who by months weeks days finished closed"
    " sent off away live themselves himself herself myself by between".split()
)
_INTENDED = re.compile(r"\b(?:planned|supposed|scheduled|target|aim(?:ed|ing)?|should|promised|hoped)\b")
_MORE = re.compile(r"\s*(?:more|extra|additional|further|new)\b")
_DIFFERENCE = re.compile(r"\b(?:another|a further|an extra|plus|on top of)\s*$")
_TOTAL = re.compile(
    r"\b(?:makes?(?: it)?|total|in all|altogether|so|now|up to|reached|hit|on|at|at all|brings?(?: \w+)? to|that's|count(?: is| remains)?:?|with this it is|it's|we've|i've|we're|she's|he's|they're|has|with that)\s*(?:now |just |only |the |your |my |our )?$"
)
_UNRELATED = re.compile(
    r"\s*(?:-\s?)?(?:mins?\b|minutes?\b|am\b|pm\b|o'clock|years?\b|yrs?\b|pounds|quid|euros?|people said|times\b|weeks?\b|months?\b|days?\b|hours?\b|floor|pages?\b|metres?|km\b|miles?|degrees|euro)"
)


class Standing(StrEnum):
    """What the numbers say."""

    MET = "met"
    FORWARD = "forward"
    BACK = "back"
    SAME = "same"
    NOTHING = "nothing"
    PART = "part"
    SHORT = "short"  # over a limit, and nothing says that it was ever under it


@dataclass(frozen=True)
class Reading:
    """What the numbers of a stretch say, and the clauses that show it."""

    standing: Standing
    said: tuple[Said, ...]
    now: float | None = None
    before: float | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class _Count:
    amount: Amount
    said: Said
    past: bool
    now: bool
    change: bool
    month: int = 0
    worked_out: bool = False  # from what is left to do: the notes do not state it


def counted(stretch: Sequence[Said], target: Target, measure_of_time: bool, speaks: Callable[[str], bool]) -> Reading | None:
    """Return what the numbers of a goal's clauses say, the last and most specific one first; None where they say nothing.

    `speaks` tells of a word whether it speaks of this goal: a number of other things is not the goal's.
    """
    counts = [c for said in stretch for c in _counts(said, target, measure_of_time, speaks)]
    if not counts:
        return None
    pair = _pair(counts)
    if pair:
        return _compared(*pair, target)
    return _single(counts, target, stretch)


def _counts(said: Said, target: Target, measure_of_time: bool, speaks: Callable[[str], bool]) -> list[_Count]:
    low = said.clause.low
    if said.clause.has("question"):
        return []
    found = []
    for amount in amounts(said.clause.text):
        after, before = low[amount.end :], low[: amount.start]
        if (
            (thing := _THING_BEFORE.search(before))
            and speaks(thing.group(1))
            and amount.kind == "count"
            and amount.of is None
            and not re.match(r"\s*[a-z]+s\b", after)
        ):
            amount = Amount(amount.value, amount.start, amount.end, amount.text, "ordinal")  # "clip no. 6", "letter two": so many by now
            if not said.clause.has("future", "hypothetical", "plan", "failed", "negation"):
                found.append(_Count(amount, said, False, True, False))
            continue
        left = _TO_GO.match(after) or _LEAVES.search(before)
        if left and target.shape == "count" and target.value and amount.kind == "count" and 0 < amount.value < target.value:
            done = Amount(target.value - amount.value, amount.start, amount.end, amount.text, "count", target.value)
            found.append(_Count(done, said, False, True, False, worked_out=True))
            continue
        if amount.of is None and not amount.of_time and not _counts_goal(before, after, amount, speaks):
            continue
        if amount.kind == "all" or left or _is_target(before, after, amount, target):
            continue
        if amount.of_time and not measure_of_time and amount.of is None:
            continue
        if target.shape != "share" and amount.kind == "share":
            continue
        if target.shape == "share" and amount.kind == "count" and amount.of is None and amount.value > 100:
            continue
        if amount.kind == "none" and (amount.text in ("nobody", "no one", "no-one") or target.shape in ("event", "every")):
            continue
        if amount.kind == "none" and (amount.text == "no" or target.falling) and said.own < 0.3:
            continue
        if target.shape == "every" and amount.kind != "share" and amount.of is None and amount.kind != "none":
            continue
        if target.shape == "event":
            continue
        change = _MORE.match(after) is not None or _DIFFERENCE.search(before) is not None
        past = (
            _BEFORE.search(before[-40:]) is not None
            or re.match(
                r"[^.;,]{0,12}\b(?:before|ago|(?:when|last time|the last time) (?:we|i)|last (?:time|month|report|session))\b", after
            )
            is not None
        )
        month = _month(
            before[-14:] if len(before) > 2 else plain_low(said.utterance.text[: said.clause.start - said.utterance.start])[-18:],
            after[:14],
        )
        if _weight(_Count(amount, said, past, False, change), target) > -0.6:
            found.append(_Count(amount, said, past, _NOW.search(low) is not None, change, month))
    return found


def _month(before: str, after: str) -> int:
    """Return the month that a count is said of, 0 where none is."""
    found = re.match(rf"\s*(?:\w+\s+){{0,2}}(?:in |for |:)?\s*({_MONTHS})", after) or re.search(
        rf"({_MONTHS})[a-z]*:?\s*(?:was |had |-|=|just )?\s*$", before
    )
    return _MONTHS.split("|").index(found.group(1)) + 1 if found else 0


def _earlier(a: _Count, b: _Count) -> bool:
    """Tell whether a count is said of an earlier time than another."""
    if a.past != b.past:
        return a.past
    if a.month and b.month and a.month != b.month:
        return (b.month - a.month) % 12 < 6
    return bool(a.month) and not b.month and not b.past


def _counts_goal(before: str, after: str, amount: Amount, speaks: Callable[[str], bool]) -> bool:
    """Tell whether an amount may count what the goal counts: no other noun follows it, and it is no number of a thing."""
    if amount.kind == "count" and (_NUMBERED_THING.search(before) or re.search(r"\b(?:instead of|rather than)\s*$", before)):
        return False
    if of := re.match(r"\s+of (?:the |our |his |her |my |their |these |those )?(\w+)(?: (\w+))?", after):
        return of.group(1) in ("them", "it", "these", "those", "which", "ours", "his", "hers", "theirs") or any(
            speaks(word) for word in of.groups() if word
        )
    following = re.match(r"\W{0,2}[a-z][a-z0-9'-]*(?: [a-z'-]+){0,2}", after)
    if not following or amount.kind == "share" or after[:1] in ",.;:)":
        return True
    words = re.findall(r"[a-z][a-z0-9'-]*", following.group())
    return words[0] in _ELLIPSIS or words[0].endswith(("ed", "ly")) or any(speaks(word) for word in words)


def _is_target(before: str, after: str, amount: Amount, target: Target) -> bool:
    """Tell whether an amount only repeats the target."""
    return (
        amount.value == target.value
        and re.search(
            r"\b(?:target|goal|aim|not|isn't|need\w*|wants?|ceiling|limit|of|until|under|below|agreed)\b[\w' ]{0,12}$", before[-30:]
        )
        is not None
    )


def _pair(counts: Sequence[_Count]) -> tuple[_Count, _Count] | None:
    """Return the last earlier and the last present count that stand near one another."""
    firm = [
        c
        for c in counts
        if not c.change
        and not _INTENDED.search(c.said.clause.low)
        and c.amount.kind != "ordinal"
        and not c.said.clause.has("doubt", "future", "hypothetical", "plan", "failed")
    ]
    for now in reversed(firm):
        if now.past:
            continue
        earlier = [
            c
            for c in firm
            if c is not now and _earlier(c, now) and abs(c.said.number - now.said.number) <= 4 and c.amount.value != now.amount.value
        ]
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


def _single(counts: Sequence[_Count], target: Target, stretch: Sequence[Said]) -> Reading | None:
    """Return what the last count says that stands alone."""
    corrected = max((c.said.number for c in counts if c.said.clause.has("correction")), default=-1)
    if not any(c.said.number > corrected for c in counts):
        corrected = -1
    best = max(
        counts,
        key=lambda c: (
            _weight(c, target)
            - (2.0 if c.said.number < corrected else 0.0)
            + 0.02 * c.said.number
            + (0.001 * c.amount.value if c.amount.kind == "ordinal" else 0.0),
            c.said.number,
        ),
    )
    value, weight = best.amount.value, _weight(best, target)
    told = frozenset(
        signal
        for s in stretch
        if abs(s.number - best.said.number) <= 1 and s.utterance.start == best.said.utterance.start
        for signal in signals(s.clause)
    )
    if weight <= 0:
        return None
    said, stated = (best.said,), None if best.worked_out else value
    if target.falling:
        if target.value is None:
            return None
        return Reading(
            Standing.MET if value <= target.value else Standing.BACK if target.running else Standing.SHORT, said, value, weight=weight
        )
    if best.amount.kind == "none" or value == 0:
        return Reading(Standing.NOTHING, said, stated, weight=weight)
    if Signal.SAME in told:
        return Reading(Standing.SAME, said, stated, weight=weight)
    if best.amount.of is not None and value == best.amount.of and not best.change and target.value in (None, value):
        return Reading(Standing.MET, said, stated, weight=weight)
    if target.value is not None and value >= target.value and not best.change:
        return Reading(Standing.MET, said, stated, weight=weight)
    return Reading(Standing.PART, said, stated, weight=weight)


def _weight(count: _Count, target: Target) -> float:
    """Return how likely a count is the goal's own number as it stands now."""
    amount, said = count.amount, count.said
    low, before, after = said.clause.low, said.clause.low[: count.amount.start], said.clause.low[count.amount.end :]
    weight = 0.2 + min(1.0, said.own) * 0.7 + said.support * 0.5
    weight += 1.5 if amount.of is not None and target.value is not None and amount.of in (target.value, target.whole) else 0.0
    weight += 0.7 if _TOTAL.search(before) else 0.0
    weight += 0.5 if amount.kind == "share" and target.shape == "share" else 0.0
    weight += 0.4 if count.now else 0.0
    weight += 0.4 if target.value is not None and 0 < amount.value <= target.value * 1.5 else 0.0
    weight -= 1.0 if target.value is not None and amount.value > target.value * 20 else 0.0
    weight -= 0.8 if target.shape == "count" and target.value and amount.value > target.value * 1.5 and said.own < 0.45 else 0.0
    weight -= 1.0 if target.falling and amount.kind == "ordinal" else 0.0
    weight -= 0.8 if _UNRELATED.match(after) and amount.of is None and not amount.of_time else 0.0
    weight -= 0.6 if count.past else 0.0
    weight -= 0.3 if count.change else 0.0
    told = signals(said.clause)
    weight -= (
        0.9 if Signal.STUCK in told and Signal.SAME not in told and amount.kind != "none" and amount.value and amount.of is None else 0.0
    )
    weight -= 0.8 if amount.kind == "ordinal" and amount.value <= 2 else 0.2 if amount.kind == "ordinal" else 0.0
    weight -= 1.2 if said.clause.has("negation", "not_yet") and amount.kind != "none" and amount.of is None else 0.0
    weight -= 1.5 if said.clause.has("future", "hypothetical", "conditional", "plan", "failed") else 0.0
    weight -= 0.7 if said.clause.has("doubt") else 0.0
    weight -= 1.0 if Signal.ELSEWHERE in told else 0.0
    return weight - (0.4 if "about" in before[-8:] or "or so" in low else 0.0)
