"""Weigh what the notes say of one goal and settle on its status, the careful one where they leave it open."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.domain.sessions import GoalStatus
from coach.drafting.summary.quantities import Reading, Standing
from coach.drafting.summary.signals import Signal, signals
from coach.drafting.summary.targets import Target
from coach.drafting.summary.topics import Said
from coach.language.clauses import Clause

PERIOD_OVER = re.compile(
    r"\b(?:is (?:over|closed|done|up)|'s (?:over|closed|done|up)|last \w+(?: \w+)? of the (?:month|quarter|year|period)|run its course|closed|finished|complete|whole (?:month|quarter|period)|full (?:month|quarter))\b"
)
KEPT_OPEN = re.compile(
    r"\b(?:stays? open|keep(?:s|ing)? (?:it|this|that|the goal) (?:open|going)|(?:don't|not|won't|didn't) (?:\w+ )?(?:clos\w+|call it|tick\w*)|leave (?:it|that|this) open"
    r"|not (?:done|finished|there|over|closed)(?: \w+)? yet|isn't (?:done|finished|over)|month's not over|not over)\b"
)
_SETTLED = re.compile(
    r"\b(?:published|approved|adopted|signed|agreed|launched|out|live|in place|opened|appointed|hired|confirmed|passed|on the wall)\b"
)
_ACTIONS = re.compile(
    r"\b(?:actions?|next steps?|to-?dos?|jobs|who does what|who / what|homework|tasks?|follow[- ]?ups?|for doing|my stuff|who's doing|what's (?:he|she) doing|next|agreements?|settled|decisions?|decided|agreed)\b",
    re.IGNORECASE,
)
_NONE_LEFT = re.compile(
    r"\b(?:none|nobody|no[- ]one|not (?:a single )?one|zero|nothing)(?: of \w+)? (?:\w+ )?(?:remains?|left|has|have|is|are|was|were|exists?|any ?more|over|above)\b|\b(?:were|was|is) the last(?: one)?\b"
)
_ENDED = re.compile(
    r"\b(?:closed|removed|deleted|unplugged|retired|shut|scrapped|gone|ended|stopped|switched off|withdrawn|cleared|emptied|replaced|abolished|binned|clean|in a row)\b"
)
HEARD = 0.25  # a clause further than this from words of its goal says nothing about it
_BRIEF = 16  # characters; a clause as short as that leans on what stands before it
_PROGRESS = frozenset({GoalStatus.ACHIEVED, GoalStatus.ADVANCED})
SURE_NUMBER = 1.2  # of a single number that is to show progress; two that are compared say more
LEAST_PROGRESS = 0.8  # from words alone: progress that is not there is the worst error
LEAST = 0.37  # what a status needs to be given at all
NEARNESS = 1.0
CORRECTED = 0.5  # what is left of a claim that is corrected later
_NUMBERS = {
    Standing.MET: (GoalStatus.ACHIEVED, 1.25),
    Standing.FORWARD: (GoalStatus.ADVANCED, 1.25),
    Standing.BACK: (GoalStatus.SET_BACK, 1.25),
    Standing.SAME: (GoalStatus.STALLED, 1.25),
    Standing.NOTHING: (GoalStatus.STALLED, 1.1),
    Standing.SHORT: (GoalStatus.STALLED, 0.6),
    Standing.PART: (GoalStatus.ADVANCED, 0.9),
}
_WORDS = {
    Signal.REACHED: (GoalStatus.ACHIEVED, 0.8),
    Signal.LOST: (GoalStatus.SET_BACK, 0.95),
    Signal.SAME: (GoalStatus.STALLED, 0.8),
    Signal.STUCK: (GoalStatus.STALLED, 0.8),
    Signal.MOVED: (GoalStatus.ADVANCED, 0.55),
    Signal.SILENT: (GoalStatus.NOT_DISCUSSED, 0.85),
    Signal.PLANNED: (GoalStatus.STALLED, 0.4),
}


@dataclass(frozen=True)
class Vote:
    """What one clause, or the numbers, say for a status, and how much that weighs."""

    status: GoalStatus
    weight: float
    said: tuple[Said, ...]
    ground: str


@dataclass(frozen=True)
class Verdict:
    """A status with the clauses that show it, how it was reached, and whether the notes leave room for another reading."""

    status: GoalStatus
    shown_by: tuple[Said, ...] = ()
    reading: Reading | None = None
    ground: str = ""
    doubtful: bool = False


def in_actions(said: Said) -> bool:
    """Tell whether a clause stands in the list of what is to be done or was settled."""
    return any(_ACTIONS.search(part) for part in said.utterance.path[-2:])


def judged(stretch: Sequence[Said], reading: Reading | None, target: Target) -> Verdict:
    """Return how a goal stands by the clauses about it and what their numbers say."""
    cast = list(votes(stretch, reading, target))
    best = {status: max((v for v in cast if v.status is status), key=lambda v: v.weight, default=None) for status in GoalStatus}
    given = [v for v in best.values() if v is not None]
    top = max(given, key=lambda v: v.weight, default=None)
    if top is None or top.weight < LEAST or top.status is GoalStatus.NOT_DISCUSSED:
        return Verdict(GoalStatus.NOT_DISCUSSED, ground=top.ground if top else "")
    if top.status in _PROGRESS and top.ground.startswith("words") and top.weight < LEAST_PROGRESS:
        return _careful(best)
    if top.status in _PROGRESS and top.ground.startswith("number") and _is_unsure(reading):
        return _careful(best)
    second = max((v.weight for v in given if v.status is not top.status), default=0.0)
    shown = reading if top.ground.startswith("number") else None
    return Verdict(top.status, top.said, shown, top.ground, doubtful=second > 0.8 * top.weight)


def _is_unsure(reading: Reading | None) -> bool:
    """Tell whether a single number is too weakly tied to the goal to show progress."""
    return reading is not None and reading.before is None and reading.weight < SURE_NUMBER


def _careful(best: dict[GoalStatus, Vote | None]) -> Verdict:
    """Return the status to give where progress is only hinted at."""
    stuck = best[GoalStatus.STALLED]
    if stuck is not None and stuck.weight >= LEAST:
        return Verdict(GoalStatus.STALLED, stuck.said, None, stuck.ground, doubtful=True)
    return Verdict(GoalStatus.NOT_DISCUSSED, doubtful=True)


def votes(stretch: Sequence[Said], reading: Reading | None, target: Target) -> Iterator[Vote]:
    """Yield what each clause and the numbers say for a status."""
    near = [s for s in stretch if s.support >= HEARD and not in_actions(s)]
    told = [(s, signals(s.clause, by_author=s.utterance.speaker is None)) for s in near]
    elsewhere = {s.utterance.start for s, t in told if Signal.ELSEWHERE in t}
    corrected = max((s.number for s in near if s.clause.has("correction")), default=-1)
    low = [s.clause.low for s in near]
    over = any(PERIOD_OVER.search(text) for text in low) or any(Signal.REACHED in t for _, t in told)
    kept_open = any(KEPT_OPEN.search(text) for text in low)
    if reading is not None and not any(s.utterance.start in elsewhere for s in reading.said):
        status, weight = _NUMBERS[reading.standing]
        ground = f"number {reading.standing}"
        if status is GoalStatus.ACHIEVED and (
            kept_open or ((target.until or (target.running and target.shape in ("every", "limit", "none"))) and not over)
        ):
            status, ground = GoalStatus.ADVANCED, "number kept open" if kept_open else "number running"
        direct = any(s.own >= 0.3 or s.label >= 0.5 or s.utterance.speaker for s in reading.said)
        yield Vote(status, weight * min(1.0, max(0.3, reading.weight)) * (1.0 if direct else 0.8), reading.said, ground)
    for s, t in told:
        if s.utterance.start in elsewhere:
            continue
        if target.shape == "none" and _NONE_LEFT.search(s.clause.low) and not (s.clause.is_open or s.clause.has("not_yet", "doubt")):
            running = kept_open or ((target.until or target.running) and not over)
            yield Vote(GoalStatus.ADVANCED if running else GoalStatus.ACHIEVED, 1.2 * max(s.support, 0.7), (s,), "words reached")
        if target.shape == "event" and not kept_open and _says_done(s.clause, target):
            yield Vote(GoalStatus.ACHIEVED, 0.95 * s.support, (s,), "words of the target")
        if s.clause.is_fact and Signal.MOVED not in t and s.own >= 0.25 and s.label >= 0.4:
            yield Vote(GoalStatus.ADVANCED, 0.5 * s.support, (s,), "words moved")
        yield from _word_votes(s, t, target, kept_open, s.number < corrected)


def _says_done(clause: Clause, target: Target) -> bool:
    """Tell whether a clause says as a fact what a target without a number asks for."""
    if clause.is_open or clause.has("negation", "not_yet", "conditional", "plan"):
        return False
    return any(re.search(rf"\b{re.escape(word)}\b", clause.low) for word in target.words)


def _word_votes(s: Said, told: frozenset[Signal], target: Target, kept_open: bool, was_corrected: bool) -> Iterator[Vote]:
    near = s.support**NEARNESS * (1.15 if s.own >= 0.45 else 1.0)
    for signal, (status, weight) in _WORDS.items():
        if signal not in told or (Signal.SILENT in told and signal in (Signal.STUCK, Signal.MOVED, Signal.PLANNED)):
            continue
        weight *= near
        if was_corrected and signal is not Signal.SILENT:
            weight *= CORRECTED
        if s.clause.has("doubt") and signal in (Signal.REACHED, Signal.MOVED):
            weight *= 0.4
        if target.shape == "none":
            if signal is Signal.MOVED and not _ENDED.search(s.clause.low):
                status, weight = GoalStatus.SET_BACK, weight * 1.6  # what should not happen at all did
            elif signal is Signal.STUCK and s.clause.has("negation"):
                status = GoalStatus.ADVANCED
        if signal is Signal.MOVED:
            weight *= 1.25 if s.own >= 0.8 and Signal.STUCK not in told else 1.0
            weight *= 0.7 if Signal.STUCK in told else 1.0
            weight *= 1.0 if s.own >= 0.45 or s.label >= 0.5 or len(s.clause.text) < _BRIEF else 0.65
            if target.shape == "event" and _SETTLED.search(s.clause.low) and not kept_open:
                status = GoalStatus.ACHIEVED
        if signal is Signal.REACHED and (kept_open or Signal.OPEN in told):
            status = GoalStatus.ADVANCED
        if signal is Signal.STUCK and Signal.NEGATED in told:
            weight *= 0.65 if s.own >= 0.3 or len(s.clause.text) < 2 * _BRIEF else 0.45
        if signal is Signal.PLANNED and s.clause.has("hypothetical", "conditional") and not s.clause.has("future", "plan"):
            weight *= 0.5
        if signal is Signal.STUCK and Signal.PLANNED in told and not s.clause.has("not_yet", "failed"):
            weight *= 0.6
        yield Vote(status, weight, (s,), f"words {signal}")
