"""Weigh what the notes say of one goal and settle on its status, the careful one where they leave it open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.sessions import GoalStatus
from coach.drafting.summary.quantities import Reading, Standing
from coach.drafting.summary.signals import Signal, signals
from coach.drafting.summary.targets import Target
from coach.drafting.summary.topics import Said

_PERIOD_OVER = re.compile(r"\b(?:is (?:over|closed|done|up)|'s (?:over|closed|done|up)|last \w+ of the (?:month|quarter|year|period)|run its course|closed|finished|complete|whole (?:month|quarter|period)|full (?:month|quarter))\b")
_KEPT_OPEN = re.compile(r"\b(?:stays? open|keep(?:s|ing)? (?:it|this|that|the goal) (?:open|going)|(?:don't|not|won't|didn't) (?:\w+ )?(?:clos\w+|call it|tick\w*)|leave (?:it|that|this) open|not (?:done|finished|there|over|closed)(?: \w+)? yet|isn't (?:done|finished|over)|month's not over|not over)\b")
_ACTIONS = re.compile(r"\b(?:actions?|next steps?|to-?dos?|jobs|who does what|who / what|homework|tasks?|follow[- ]?ups?|for doing|my stuff|who's doing|what's (?:he|she) doing|next)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """A status with the clauses that show it, how it was reached, and whether the notes leave room for another reading."""

    status: GoalStatus
    shown_by: tuple[Said, ...] = ()
    reading: Reading | None = None
    ground: str = ""
    doubtful: bool = False


def in_actions(said: Said) -> bool:
    """Tell whether a clause stands in the list of what is to be done."""
    return any(_ACTIONS.search(part) for part in said.utterance.path)


def judged(stretch: Sequence[Said], reading: Reading | None, target: Target) -> Verdict:
    """Return how a goal stands by the clauses about it and what their numbers say."""
    own = [s for s in stretch if not in_actions(s)]
    told = [(s, signals(s.clause)) for s in own]
    elsewhere = {s.utterance.start for s, t in told if Signal.ELSEWHERE in t}
    told = [(s, t) for s, t in told if s.utterance.start not in elsewhere]
    by = {signal: [s for s, t in told if signal in t] for signal in Signal}
    if reading is not None and any(s.utterance.start in elsewhere for s in reading.said):
        reading = None
    if by[Signal.SILENT] and reading is None and not by[Signal.LOST] and not by[Signal.REACHED]:
        after = [s for s in (*by[Signal.MOVED], *by[Signal.STUCK]) if s not in by[Signal.SILENT]]
        if not after or len(told) <= 3:
            return Verdict(GoalStatus.NOT_DISCUSSED, ground="silent")
    if reading is not None:
        return _by_numbers(reading, by, told, target)
    return _by_words(by, told, stretch)


def _by_numbers(reading: Reading, by: dict[Signal, list[Said]], told: Sequence[tuple[Said, frozenset[Signal]]], target: Target) -> Verdict:
    kept_open = any(_KEPT_OPEN.search(s.clause.low) for s, _ in told)
    match reading.standing:
        case Standing.MET:
            if kept_open:
                return Verdict(GoalStatus.ADVANCED, reading.said, reading, "kept open")
            if target.running and target.shape in ("every", "limit", "none") and not by[Signal.REACHED] and not any(_PERIOD_OVER.search(s.clause.low) for s, _ in told):
                return Verdict(GoalStatus.ADVANCED, reading.said, reading, "running")
            return Verdict(GoalStatus.ACHIEVED, reading.said, reading, "met")
        case Standing.FORWARD:
            return Verdict(GoalStatus.ADVANCED, reading.said, reading, "forward")
        case Standing.BACK:
            return Verdict(GoalStatus.SET_BACK, reading.said, reading, "back")
        case Standing.SAME:
            return Verdict(GoalStatus.STALLED, reading.said, reading, "same")
        case Standing.NOTHING:
            if by[Signal.LOST]:
                return Verdict(GoalStatus.SET_BACK, tuple(by[Signal.LOST][-1:]), reading, "lost")
            return Verdict(GoalStatus.STALLED, reading.said, reading, "nothing")
        case Standing.PART:
            if by[Signal.LOST]:
                return Verdict(GoalStatus.SET_BACK, tuple(by[Signal.LOST][-1:]), reading, "lost")
            if by[Signal.SAME]:
                return Verdict(GoalStatus.STALLED, tuple(by[Signal.SAME][-1:]), reading, "same")
            return Verdict(GoalStatus.ADVANCED, reading.said, reading, "part")


def _by_words(by: dict[Signal, list[Said]], told: Sequence[tuple[Said, frozenset[Signal]]], stretch: Sequence[Said]) -> Verdict:
    if by[Signal.LOST]:
        return Verdict(GoalStatus.SET_BACK, tuple(by[Signal.LOST][-1:]), None, "lost")
    reached = [s for s in by[Signal.REACHED] if not any(o.number >= s.number for o in by[Signal.OPEN])]
    if reached:
        return Verdict(GoalStatus.ACHIEVED, tuple(reached[-1:]), None, "reached")
    stuck = by[Signal.STUCK] or by[Signal.SAME]
    moved = [s for s in by[Signal.MOVED] if s.own >= 0.5 and Signal.STUCK not in signals(s.clause)]
    if moved and (not stuck or moved[-1].number > stuck[-1].number):
        return Verdict(GoalStatus.ADVANCED, tuple(moved[-1:]), None, "moved", doubtful=bool(stuck))
    if stuck:
        return Verdict(GoalStatus.STALLED, tuple(stuck[-1:]), None, "stuck")
    if by[Signal.PLANNED]:
        return Verdict(GoalStatus.STALLED, tuple(by[Signal.PLANNED][-1:]), None, "planned")
    return Verdict(GoalStatus.NOT_DISCUSSED)
