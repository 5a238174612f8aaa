"""Read how a goal's number stands: now, before, and against the target."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach.drafting.summary.changes import Change, changes
from coach.drafting.summary.counts import Count, Speaks, counts_of
from coach.drafting.summary.signals import Signal, signals
from coach.drafting.summary.targets import Target
from coach.drafting.summary.topics import Said
from coach.language.amounts import amounts
from coach.language.clauses import Clause

_NEAR = 4  # clauses between two numbers that are compared
_DOUBTED = 0.4  # what a number weighs at most that somebody only claims
_TAKEN_BACK = 2.0
_STATED = 1.6  # what two numbers weigh that one sentence compares by its grammar
_TOOK_LAST = re.compile(r"\bthen (?:none|nothing|zero|nil|nought|0)\b")
_RUN_ENDED = re.compile(r"\b(?:run|streak|string)(?: of [\w-]+)?(?: is|'s| was| has)? (?:gone|over|broken|ended|dead|snapped|finished)\b")


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
    """What the numbers of a stretch say, the clauses that show it, and how surely; `now` is absent where it was only worked out."""

    standing: Standing
    said: tuple[Said, ...]
    now: float | None = None
    before: float | None = None
    weight: float = 1.0


def counted(stretch: Sequence[Said], target: Target, counts_time: bool, speaks: Speaks) -> Reading | None:
    """Return what the numbers of a goal's clauses say, the last and most specific one first; None where they say nothing.

    `speaks` tells of a word whether it speaks of this goal: a number of other things is not the goal's.
    """
    if (stated := list(_stated(stretch, target))) and target.shape != "event":
        said, change = stated[-1]
        return _way(change.before, change.now, (said,), target, _STATED)
    counts = [c for said in stretch for c in counts_of(said, target, counts_time, speaks)]
    if not counts:
        return None
    pair = _pair(counts)
    return _compared(*pair, target) if pair else _single(counts, target, stretch)


def _pair(counts: Sequence[Count]) -> tuple[Count, Count] | None:
    """Return the last earlier and the last present count that stand near one another."""
    firm = [c for c in counts if c.is_firm and c.amount.kind != "ordinal"]
    for now in reversed(firm):
        if now.past or now.weight <= 0:
            continue
        near = [c for c in firm if c is not now and c.amount.value != now.amount.value and abs(c.said.number - now.said.number) <= _NEAR]
        earlier = [c for c in near if c.is_earlier_than(now)]
        if earlier:
            return earlier[-1], now
    return None


def _compared(before: Count, now: Count, target: Target) -> Reading:
    return _way(before.amount.value, now.amount.value, tuple(sorted({before.said, now.said}, key=lambda s: s.number)), target)


def _way(before: float, now: float, said: tuple[Said, ...], target: Target, weight: float = 1.0) -> Reading:
    if target.better(before, now):
        return Reading(Standing.MET if target.met_by(now) else Standing.FORWARD, said, now, before, weight)
    return Reading(Standing.BACK if now != before else Standing.SAME, said, now, before, weight)


def _stated(stretch: Sequence[Said], target: Target) -> Iterator[tuple[Said, Change]]:
    """Yield the changes that a clause states in one breath and that are of the size of the target."""
    for said in stretch:
        clause = said.clause
        if clause.is_open or clause.has("doubt", "plan", "hypothetical", "conditional", "failed"):
            continue
        for change in changes(clause.text):
            if _fits(change, target):
                yield said, change


def fits_by_number(clause: Clause, target: Target) -> bool:
    """Tell whether a clause states so many of the target's own number, or a change of about its size."""
    if target.shape in ("event", "every", "none") or not target.value or not any(map(str.isalnum, clause.low)):
        return False
    whole = {target.value, target.whole}
    if target.shape != "share" and any(a.kind == "count" and a.of in whole and (a.of or 0) > 2 for a in amounts(clause.text)):
        return True
    return any(_fits(c, target) and target.value / 3 <= max(c.before, c.now) <= target.value * 3 for c in changes(clause.text))


def _fits(change: Change, target: Target) -> bool:
    """Tell whether two numbers may count what a target counts: within a power of ten of it, a share within a hundred."""
    top = max(change.before, change.now)
    if target.shape == "share":
        return top <= 100
    if target.shape == "every" or not target.value:
        return target.shape == "none"
    return target.value / 10 <= top <= target.value * 10


def _single(counts: Sequence[Count], target: Target, stretch: Sequence[Said]) -> Reading | None:
    """Return what the likeliest count says by itself; one that is corrected later says little."""
    corrected = max((c.said.number for c in counts if c.said.clause.has("correction")), default=-1)
    if not any(c.said.number > corrected for c in counts):
        corrected = -1

    def rank(c: Count) -> tuple[float, int]:
        later = 0.02 * c.said.number + (0.001 * c.amount.value if c.amount.kind == "ordinal" else 0.0)
        return c.weight + later - (_TAKEN_BACK if c.said.number < corrected else 0.0), c.said.number

    best = max(counts, key=rank)
    if best.weight <= 0:
        return None
    near = [s for s in stretch if abs(s.number - best.said.number) <= 1 and s.utterance.start == best.said.utterance.start]
    told = frozenset(signal for s in near for signal in signals(s.clause))
    weight = min(best.weight, _DOUBTED) if best.said.clause.has("doubt") else best.weight
    now = None if best.worked_out else best.amount.value
    return Reading(_standing(best, target, told), (best.said,), now, weight=weight)


def _standing(count: Count, target: Target, told: frozenset[Signal]) -> Standing:
    value, goal = count.amount.value, target.value
    low = count.said.utterance.text.lower()
    if value and not target.falling and (_TOOK_LAST.search(low) or _RUN_ENDED.search(low)):
        return Standing.BACK
    if target.falling and goal is not None:
        return Standing.MET if value <= goal else Standing.BACK if target.running else Standing.SHORT
    if count.amount.kind == "none" or value == 0:
        return Standing.NOTHING
    if Signal.SAME in told:
        return Standing.SAME
    if count.change:
        return Standing.PART
    whole = count.amount.of is not None and value == count.amount.of and goal in (None, value)
    if Signal.LOST in told and not whole:
        return Standing.BACK
    return Standing.MET if whole or (goal is not None and value >= goal) else Standing.PART
