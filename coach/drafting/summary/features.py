"""Put what the notes say of a goal into a row of numbers with names, for the table of weights to judge."""

from collections.abc import Sequence

from coach.domain.sessions import GoalStatus
from coach.drafting.summary.judging import HEARD, KEPT_OPEN, PERIOD_OVER, in_actions, judged
from coach.drafting.summary.quantities import Reading, Standing
from coach.drafting.summary.signals import Signal, signals
from coach.drafting.summary.targets import Target
from coach.drafting.summary.topics import Said

_CUES = ("negation", "not_yet", "perfect", "future", "failed", "hypothetical", "doubt", "still", "conditional", "correction")


def features_of(stretch: Sequence[Said], reading: Reading | None, target: Target) -> dict[str, float]:
    """Return the features of a goal's clauses; what is absent is zero."""
    near = [s for s in stretch if s.support >= HEARD and not in_actions(s)]
    told = [(s, signals(s.clause, by_author=s.utterance.speaker is None)) for s in near]
    elsewhere = {s.utterance.start for s, t in told if Signal.ELSEWHERE in t}
    row: dict[str, float] = {"always": 1.0}

    def most(name: str, value: float) -> None:
        row[name] = max(row.get(name, 0.0), value)

    for s, t in told:
        weight = s.support * (0.3 if s.utterance.start in elsewhere else 1.0)
        direct = s.own >= 0.45 or s.label >= 0.5
        for signal in t:
            most(f"says {signal}", weight)
            if direct:
                most(f"says {signal} directly", weight)
        for cue in _CUES:
            if s.clause.has(cue):
                most(f"cue {cue}", weight)
        if s.clause.is_fact:
            most("fact", weight)
            if direct:
                most("fact directly", weight)
    last = next((t for s, t in reversed(told) if t & _WEIGHTY and s.utterance.start not in elsewhere), frozenset())
    for signal in last & _WEIGHTY:
        row[f"last {signal}"] = 1.0
    row["own words"] = min(2.0, max((s.own for s in near), default=0.0))
    row["label"] = min(1.0, max((s.label for s in near), default=0.0))
    row["silent of it"] = float(not near)
    row["only in the actions"] = float(not near and bool(stretch))
    row["clauses"] = min(1.0, len(near) / 8)
    row["clauses with own words"] = min(1.0, sum(1 for s in near if s.own >= 0.45) / 3)
    row["story"] = sum(1 for s in near if s.utterance.start in elsewhere) / len(near) if near else 0.0
    row["kept open"] = float(any(KEPT_OPEN.search(s.clause.low) for s in near))
    row["period over"] = float(any(PERIOD_OVER.search(s.clause.low) for s in near))
    if reading is not None:
        row[f"number {reading.standing}"] = 1.0
        if reading.standing is Standing.MET and target.running:
            row["number met, running"] = 1.0
    else:
        row["no number"] = 1.0
    row[f"rule {judged(stretch, reading, target).status}"] = 1.0
    return {name: round(value, 3) for name, value in row.items() if value}


_WEIGHTY = frozenset({Signal.REACHED, Signal.MOVED, Signal.STUCK, Signal.LOST, Signal.PLANNED, Signal.SAME, Signal.OPEN})
STATUSES = tuple(GoalStatus)
