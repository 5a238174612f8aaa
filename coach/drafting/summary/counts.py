"""Tell which numbers of a clause count what a goal counts, of which time, and how surely."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from coach.drafting.summary.signals import Signal, signals
from coach.drafting.summary.targets import Target
from coach.drafting.summary.topics import Said
from coach.language.amounts import Amount, amounts
from coach.language.clauses import PAST_WORD, plain_low

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_BEFORE = re.compile(
    r"\b(?:was|were|had been|had|used to be|from|before|previous(?:ly)?|last (?:time|month|session|report|year|quarter|mth|count)|when we|when i (?:started|last)|back in|earlier"
    r"|ago|originally|started (?:at|on|with)|up from|down from|at the \w+ (?:chat|session|meeting)|against|compared|versus|vs)\b"
)
_BEFORE_AFTER = re.compile(
    r"[^.;,]{0,12}\b(?:before|b4|ago|(?:when|last time|the last time) (?:we|i)|last (?:time|month|report|session|year|quarter))\b"
)
_NOW = re.compile(
    r"\b(?:now|today|currently|this (?:morning|month|week|mth|time|year|quarter)|yesterday|just gone|latest|so far|is|are|'s|'re|has|have|'ve|stands?|to|at last count|makes?|so|just"
    r"|reached|hit|got to|down to|up to|on mon|last (?:mon|tue|wed|thu|fri)\w*)\b"
)
_TO_GO = re.compile(
    r"\s*(?:more\s+)?(?:to go|left|remaining|still to|outstanding|missing|short|under consideration|off (?:target|it)|shy|yet to|who haven't|haven't|not yet|are waiting|waiting|pending)\b"
)
_LEAVES = re.compile(r"\b(?:leav(?:es|ing|e)|left)(?: (?:him|her|us|me|them|with|only|just|about))*\s*$")
_NUMBERED_THING = re.compile(
    r"\b(?:letter|lesson|episode|chapter|number|no|page|level|grade|item|phase|batch|line|module|chapter|round|session|part|unit|room|stage|week|day|ward|building|floor|version|site|cell|store|region|tier|band"
    r"|year|step|point|goal|question|bed|bay|gate|platform|pipe|section|table|form|figure|team|block|group|lane|lot|draft|after|before|until|till|aged?|half|quarter to)\s*$"
)
_THING_BEFORE = re.compile(r"\b([a-z]{3,})(?:,| no\.?| number| #)?\s*#?$")
_LINE_NUMBER = re.compile(r"\W*\d{1,2}[.)]?\W*")
_NOT_IT = re.compile(r"\b(?:instead of|rather than|the other|other|remaining|the next|next|the rest,?)\s*$")
_ELLIPSIS = frozenset({
    "in", "b4", "on", "at", "since", "this", "last", "so", "now", "of", "for", "from", "out", "under", "by", "with", "without", "done",
    "running", "altogether", "total", "and", "or", "more", "up", "down", "to", "but", "the", "that", "when", "was", "were", "is", "are",
    "has", "have", "had", "came", "come", "went", "go", "goes", "going", "left", "got", "gone", "again", "already", "only", "just", "not",
    "yet", "still", "today", "yesterday", "time", "times", "per", "a", "an", "each", "every", "as", "before", "after", "against",
    "versus", "instead", "than", "because", "though", "comes", "did", "made", "here", "there", "if", "while", "until", "till", "then",
    "too", "also", "over", "below", "above", "across", "back", "apiece", "straight", "one", "i", "he", "she", "they", "we", "it", "which",
    "who", "months", "weeks", "days", "finished", "closed", "sent", "off", "away", "live", "themselves", "himself", "herself", "myself",
    "between",
})  # fmt: skip
_INTENDED = re.compile(r"\b(?:planned|supposed|scheduled|target|aim(?:ed|ing)?|should|promised|hoped)\b")
_MORE = re.compile(r"\s*(?:more|extra|additional|further|new)\b")
_DIFFERENCE = re.compile(r"\b(?:another|a further|an extra|plus|on top of)\s*$")
_TOTAL = re.compile(
    r"\b(?:makes?(?: it)?|total|in all|altogether|so|now|up to|reached|hit|on|at|at all|brings?(?: \w+)? to|that's|count(?: is| remains)?:?|with this it is|it's|we've|i've|we're|she's|he's"
    r"|they're|has|with that)\s*(?:now |just |only |the |your |my |our )?$"
)
_UNRELATED = re.compile(
    r"\s*(?:-\s?)?(?:mins?\b|minutes?\b|am\b|pm\b|o'clock|years?\b|yrs?\b|pounds|quid|euros?|people said|times\b|weeks?\b|months?\b|days?\b|hours?\b|floor|pages?\b|metres?|km\b|miles?|degrees)"
)
_REPEATS_TARGET = re.compile(r"\b(?:target|goal|aim|not|isn't|need\w*|wants?|ceiling|limit|of|until|under|below|agreed)\b[\w' ]{0,12}$")
_UNREAL = ("future", "hypothetical", "conditional", "plan", "failed")

Speaks = Callable[[str], bool]


@dataclass(frozen=True)
class Count:
    """A number that may be a goal's, the clause that states it, the time that it is of, and how surely it is the goal's."""

    amount: Amount
    said: Said
    past: bool = False
    change: bool = False  # so many more, not so many in all
    month: int = 0
    worked_out: bool = False  # from what is left to do: the notes do not state it
    weight: float = 0.0

    @property
    def is_firm(self) -> bool:
        """Tell whether it is stated as a fact that can be compared."""
        clause = self.said.clause
        return not (self.change or clause.has("doubt", "future", "hypothetical", "plan", "failed") or _INTENDED.search(clause.low))

    def is_earlier_than(self, other: "Count") -> bool:
        """Tell whether it is said of an earlier time."""
        if self.past != other.past:
            return self.past
        if self.month and other.month and self.month != other.month:
            return (other.month - self.month) % 12 < 6
        return bool(self.month) and not other.month and not other.past


def counts_of(said: Said, target: Target, counts_time: bool, speaks: Speaks) -> Iterator[Count]:
    """Yield the numbers of a clause that may count what the goal counts; `speaks` tells whether a word speaks of the goal."""
    if said.clause.has("question") or target.shape == "event":
        return
    if said.utterance.speaker is None and _LINE_NUMBER.fullmatch(said.clause.low) and said.clause.start == said.utterance.start:
        return
    low = said.clause.low
    for amount in amounts(said.clause.text):
        before, after = low[: amount.start], low[amount.end :]
        count = _special(said, amount, target, speaks) or _plain(said, amount, target, counts_time, speaks)
        if count is not None and not (said.clause.is_open and not said.clause.has("perfect", "past") and amount.of is None):
            weight = _weight(count, target, before, after)
            if weight > -0.6:
                yield replace(count, weight=weight)


def _special(said: Said, amount: Amount, target: Target, speaks: Speaks) -> Count | None:
    """Return a count told by the number of a thing ("clip no. 6") or by what is left to do ("two to go")."""
    before, after = said.clause.low[: amount.start], said.clause.low[amount.end :]
    if amount.kind not in ("count", "number") or amount.of is not None or amount.value < 1:
        return None
    thing = _THING_BEFORE.search(before)
    if (
        thing
        and speaks(thing.group(1))
        and not amount.of_time
        and not re.fullmatch(PAST_WORD, thing.group(1))
        and not re.match(r"\s*[a-z]+s\b", after)
        and not said.clause.has(*_UNREAL, "negation")
    ):
        return Count(replace(amount, kind="ordinal"), said) if target.shape == "count" else None
    if (_TO_GO.match(after) or _LEAVES.search(before)) and target.shape == "count" and target.value and amount.value < target.value:
        return Count(replace(amount, value=target.value - amount.value, of=target.value), said, worked_out=True)
    return None


def _plain(said: Said, amount: Amount, target: Target, counts_time: bool, speaks: Speaks) -> Count | None:
    low = said.clause.low
    before, after = low[: amount.start], low[amount.end :]
    if amount.kind in ("all", "number") or _TO_GO.match(after) or _is_of_another_kind(said, amount, target, counts_time):
        return None
    if amount.value == target.value and _REPEATS_TARGET.search(before[-30:]):
        return None
    if amount.of is None and not amount.of_time and not _counts_goal(before, after, amount, speaks):
        return None
    if (amount.text in ("once", "twice") and said.own < 0.45) or (amount.text == "first" and not after.strip(" .,;:!")):
        return None
    lead = before[-14:] if len(before) > 2 else plain_low(said.utterance.text[: said.clause.start - said.utterance.start])[-18:]
    past = _BEFORE.search(before[-40:]) is not None or _BEFORE_AFTER.match(after) is not None
    change = _MORE.match(after) is not None or _DIFFERENCE.search(before) is not None
    return Count(amount, said, past, change, _month(lead, after[:14]))


def _is_of_another_kind(said: Said, amount: Amount, target: Target, counts_time: bool) -> bool:
    """Tell whether the goal counts in another way: shares, time, every one."""
    if amount.of_time and not counts_time and amount.of is None:
        return True
    if amount.kind == "share":
        return target.shape != "share"
    if amount.kind == "none":
        unnamed = amount.text in ("nobody", "no one", "no-one") or target.shape == "every"
        return unnamed or ((amount.text == "no" or target.falling) and said.own < 0.3)
    if target.shape == "share":
        return amount.of is None and amount.value > 100
    return target.shape == "every" and amount.of is None


def _counts_goal(before: str, after: str, amount: Amount, speaks: Speaks) -> bool:
    """Tell whether an amount may count what the goal counts: no other noun follows it, and it is no number of a thing."""
    if _NOT_IT.search(before) or (amount.kind == "count" and _NUMBERED_THING.search(before)):
        return False
    if of := re.match(r"\s+of (?:the |our |his |her |my |their |these |those )?(\w+)(?: (\w+))?", after):
        return of.group(1) in ("them", "it", "these", "those", "which", "ours", "his", "hers", "theirs") or any(
            map(speaks, of.groups(default=""))
        )
    following = re.match(r"\W{0,2}[a-z][a-z0-9'-]*(?: [a-z'-]+){0,2}", after)
    if not following or amount.kind == "share" or after[:1] in ",.;:)":
        return True
    words = re.findall(r"[a-z][a-z0-9'-]*", following.group())
    if amount.text.lower() == "one" and words[0].endswith("ed"):
        return False  # "one called Bob" names a thing
    return words[0] in _ELLIPSIS or words[0].endswith(("ed", "ly")) or any(speaks(word) for word in words)


def _month(before: str, after: str) -> int:
    """Return the month that a count is said of, 0 where none is."""
    found = re.match(rf"\s*(?:\w+\s+){{0,2}}(?:in |for |:)?\s*\b({_MONTHS})", after) or re.search(
        rf"\b({_MONTHS})[a-z]*(?: week \d)?:?\s*(?:was |had |[-–—]|=|just )?\s*$", before
    )
    return _MONTHS.split("|").index(found.group(1)) + 1 if found else 0


def _weight(count: Count, target: Target, before: str, after: str) -> float:
    """Return how likely a count is the goal's own number as it stands now."""
    amount, said, clause = count.amount, count.said, count.said.clause
    told, value, goal = signals(clause), count.amount.value, target.value or 0.0
    whole = amount.of is not None
    shares: Sequence[tuple[bool, float]] = (
        (whole and amount.of in (target.value, target.whole), 1.5),
        (_TOTAL.search(before) is not None, 0.7),
        (amount.kind == "share" and target.shape == "share", 0.5),
        (_NOW.search(clause.low) is not None, 0.4),
        (0 < value <= goal * 1.5, 0.4),
        (bool(goal) and value > goal * 20, -1.0),
        (target.shape == "count" and bool(goal) and value > goal * 1.5 and said.own < 0.45, -0.8),
        (target.falling and amount.kind == "ordinal", -1.0),
        (_UNRELATED.match(after) is not None and not whole and not amount.of_time, -0.8),
        (count.past, -0.6),
        (count.change, -0.3),
        (Signal.STUCK in told and Signal.SAME not in told and bool(value) and not whole, -0.9),
        (amount.kind == "ordinal", -0.8 if value <= 2 and amount.text[:1].isalpha() and amount.text in ("first", "second") else -0.2),
        (clause.has("negation", "not_yet") and amount.kind != "none" and not whole, -1.2),
        (clause.has(*_UNREAL), -1.5),
        (clause.has("doubt"), -0.7),
        (Signal.ELSEWHERE in told, -1.0),
        ("about" in before[-8:] or "or so" in clause.low, -0.4),
    )
    return 0.2 + min(1.0, said.own) * 0.7 + said.support * 0.5 + sum(share for holds, share in shares if holds)
