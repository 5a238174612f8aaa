"""Tell what a clause says about the way of a goal: reached, moved, stuck, lost, not talked about, or about something else."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from coach.language.clauses import PAST_WORD, Clause
from coach.language.phrase_list import phrase_list


class Signal(StrEnum):
    """What a clause says."""

    REACHED = "reached"  # the whole of it is done
    MOVED = "moved"  # something was done
    STUCK = "stuck"  # nothing was done, or it waits
    LOST = "lost"  # something gained was undone
    PLANNED = "planned"
    OPEN = "open"  # not finished: more to go, or the pair keeps it open
    SAME = "same"
    NEGATED = "negated"  # stuck for no other reason than a "not"
    SILENT = "silent"  # it was not talked about
    ELSEWHERE = "elsewhere"  # somebody else's, a joke, a story


# Phrases of these may go on within the same word.
_OPEN_ENDED = frozenset({Signal.REACHED, Signal.STUCK, Signal.SILENT})
_TICKS = {Signal.MOVED: "|✓|✔|✅"}


@lru_cache(maxsize=1)
def _patterns() -> dict[Signal, re.Pattern[str]]:
    """Return what gives each signal; read at the first use, since most commands have none for it."""
    listed = phrase_list(Path(__file__).parent / "signals.txt")
    return {signal: re.compile(_pattern(signal, listed[signal])) for signal in Signal if signal in listed}


def _pattern(signal: Signal, listed: Sequence[str]) -> str:
    ends = "" if signal in _OPEN_ENDED else r"\b"
    return rf"\b(?:{'|'.join(listed)}){ends}{_TICKS.get(signal, '')}"


# Past words that tell what was said, thought or the case, and so move nothing.
_DEED = re.compile(
    rf"\b(?!(?:was|were|been|had|said|told|asked|spoke|talked|mentioned|thought|wondered|suggested|laughed|liked|loved|felt|knew|heard|smiled|reckoned|agreed|admitted|promised|offered|explained"
    rf"|remembered|forgot|hoped|wanted|meant|tried|noted|seemed|looked|worried|joked|chatted|discussed|planned|intended|supposed|pleased|excited|interested|bored|tired|surprised|annoyed|delighted"
    rf"|impressed|worried|scared|needed|used|moved on|called away|based|related|named|aged|limited|supposed|called|cancelled|postponed|delayed|refused|declined|rejected|turned down|understood"
    rf"|cost|let|put off|set off|cut off|left|read out|hurt|hit|quit|shut|lost|forgotten|stuck|dropped|failed|missed|broke|broken|fell|stopped|withdrew|withdrawn|compared|regarding|saw|seen|assured|swore|appeared|turned up|came up|happened to|showed me|told me|started with|began with|opened with|got in|came in|sat down|arrived late)\b){PAST_WORD}\b"
)
# What sounds like a "no" and says nothing of any goal.
_IDLE = re.compile(
    r"^\W*(?:(?:but|and|so|please|pls|lol|ha|well) )*(?:don't|do not|never mind|no (?:rush|hurry|worries|idea|need|thanks|thank you|ta|comment|offence|homework|problem|doubt|wonder|surprise|joke)\b"
    r"|not (?:bad|sure|my|our|for me|to worry|that i)|nobody (?:cares|minds|knows|noticed|asked)|who knows|i don't (?:know|mind|think so)|can't complain)"
)
_AUTHOR_TALKS = re.compile(
    r"^\W*(?:(?:and|but|so|then|also|anyway|ok|twice|well) )*(?:i|we) (?:\w+ly |just |then |also |did )?(?:had intended|saw|let|put in|figured|doubted|wrote|admit|had|learn|kept saying|keep saying|kept telling|said|say|told|tell|asked|ask|suggested|suggest|offered|thought|think|tried|wanted|meant|explained|mentioned|reminded|pushed|nudged|pointed|declined|proposed|wondered|agree|agreed|put that|wish|hope|feel|felt|laughed|like|love|know|began|started with|met|talked|chatted|ran|sat|were|had|got|went|am|do not|don't|did not|didn't|won't|will|'ll|can|could|would|should)\b|^\W*i'(?:m|ll|d)\b"
)


def signals(clause: Clause, by_author: bool = False) -> frozenset[Signal]:
    """Return what a clause says; one that asks says nothing, one that only intends moves nothing.

    Where its author tells what they themselves said (`by_author`), that is talk and no progress.
    """
    told = _signals(clause)
    if _IDLE.match(clause.low):
        return told & {Signal.SILENT, Signal.ELSEWHERE}
    if by_author and _AUTHOR_TALKS.match(clause.low):
        return told & {Signal.SILENT, Signal.ELSEWHERE, Signal.OPEN, Signal.SAME}
    return told


@lru_cache(maxsize=20_000)
def _signals(clause: Clause) -> frozenset[Signal]:
    if clause.has("question"):
        return frozenset(s for s in (Signal.SILENT, Signal.ELSEWHERE) if _patterns()[s].search(clause.low))
    found = {signal for signal, pattern in _patterns().items() if pattern.search(clause.low)}
    if clause.is_fact and _DEED.search(clause.low):
        found.add(Signal.MOVED)
    if clause.is_open or clause.has("conditional"):
        found.discard(Signal.REACHED)
        if not clause.has("perfect"):
            found.discard(Signal.MOVED)
            found.discard(Signal.LOST)
        found.add(Signal.PLANNED if not clause.has("failed") else Signal.STUCK)
    if clause.has("doubt"):
        found -= {Signal.LOST, Signal.REACHED}
    if clause.has("negation", "not_yet") and "first time" not in clause.low:
        if Signal.LOST not in found or clause.has("not_yet"):
            found.discard(Signal.LOST)
        found -= {Signal.REACHED} if not _NOT_ONE_LEFT.search(clause.low) else set()
        found.discard(Signal.MOVED)
        if not found & {Signal.SILENT, Signal.OPEN, Signal.LOST, Signal.ELSEWHERE, Signal.REACHED}:
            if Signal.STUCK not in found:
                found.add(Signal.NEGATED)
            found.add(Signal.STUCK)
    return frozenset(found)


_NOT_ONE_LEFT = re.compile(
    r"\b(?:none (?:left|missing)|nothing left|without (?:exception|help|a)|no exceptions?|not one (?:missed|missing)|no misses)\b"
)
