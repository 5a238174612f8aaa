"""Tell which goal each clause of the notes is about: by its words, its label, and what it goes on from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.domain.brief import Brief
from coach.drafting.summary.vocabulary import Vocabulary
from coach.language.clauses import Clause, clause_of, clauses
from coach.language.utterances import Utterance, UtteranceKind

# How strongly a clause holds to what it goes on from, by what lies between the two.
SAME_SENTENCE, SAME_LINE, SAME_PROSE, SAME_TURN = 0.45, 0.42, 0.3, 0.42
ANSWER, NEXT_TURN, NESTED, SAME_PARAGRAPH, NEW_LINE = 1.0, 0.65, 0.6, 0.35, 0.0
NOBODY = 0.27  # what a clause must say of a goal to be about it by its own words
UNSAID = 3.0  # no clause begins to speak of a goal without a word of it
OTHER_LABEL = 0.5  # a label that speaks of no goal speaks of something else
LABEL, LEAST_LABEL = 1.3, 0.32
MOST = 2.0
NEAR_ONLY, PASSING = 0.5, 0.8  # a near word that is not what a clause begins with is soon no more than a mention
LONG_CLAUSE, STRONG = 90, 0.8
RUN_ON, IN_RUN_ON = 250, 0.5
_WORD = re.compile(r"[^\W_]+(?:['&/-][^\W_]+)*")
_OPENERS = frozenset({"the", "his", "her", "my", "our", "their", "then", "and", "on", "for", "about", "with", "a", "those", "these"})
_ASIDE = re.compile(
    r"\b(?:remarks?|other|misc\w*|aob|any other|random|chit|off[- ]topic|gossip|weather|food|notes to self|ps)\b", re.IGNORECASE
)
IN_FRONT = 0.3
_ABOUT = re.compile(r"\b(?:about|as to|as for|regarding|started with|began with|on to|onto|moved to|came to|re)\s+((?:\S+\s*){1,3})")
_SHIFTS = re.compile(
    r"^\W*(?:(?:ok|okay|right|so|and|anyway|then|now|well|next|also|finally|last|lastly|btw|by the way|oh|meanwhile|other|elsewhere|unrelated|separately|aside|p\.?s|n\.?b)\b[\s,.:–-]*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """A clause with its utterance, the goal that it is about (its place in the brief) and how much its own words and label speak of that goal."""

    clause: Clause
    utterance: Utterance
    goal: int | None
    own: float
    label: float
    number: int
    support: float = 0.0  # how near it stands to words that speak of its goal


def said_of_goals(brief: Brief, utterances: Sequence[Utterance], vocabulary: Vocabulary) -> tuple[Said, ...]:
    """Return the clauses of the author's own utterances, each with its goal or none."""
    units = [(u, c) for u in utterances if u.is_own for c in _cut_at_subjects(u, vocabulary)]
    if not units or not brief.goals:
        return ()
    label_scores = _label_scores(utterances, vocabulary)
    own = [vocabulary.scores(c.text) for _, c in units]
    for (u, c), scores in zip(units, own, strict=True):
        if (first := _topic_words(u, c)) and (bonus := vocabulary.scores(first)):
            scores[:] = [score + (IN_FRONT if front >= 0.5 else 0.0) for score, front in zip(scores, bonus, strict=True)]
    labels = [label_scores[u.path] for u, _ in units]
    states = _best_way(units, own, labels)
    found: list[Said] = []
    first_line = units[0][0].line if len({u.line for u, _ in units}) > 1 else -1
    for i, ((u, c), goal) in enumerate(zip(units, states, strict=True)):
        if goal is None:
            found.append(Said(c, u, None, 0.0, 0.0, i))
            continue
        before = found[-1] if found and found[-1].goal == goal else None
        carried = before.support * _tie(before.utterance, u)[1] if before else 0.0
        support = max(min(1.0, own[i][goal] * 1.4), min(1.0, labels[i][goal]), carried)
        if _ASIDE.search(u.heading) or (u.line == first_line and u.kind is UtteranceKind.PROSE and not u.path):
            support *= 0.6  # the scene, or what does not belong anywhere
        found.append(Said(c, u, goal, own[i][goal], labels[i][goal], i, support))
    return tuple(found)


def _topic_words(u: Utterance, c: Clause) -> str:
    """Return the words where a clause names what it is about: the first of a sentence, or after "about", "as to"."""
    if c.start - u.start <= 2:
        return " ".join(c.text.split()[:4])
    found = _ABOUT.search(c.low)
    return found.group(1) if found else ""


def _cut_at_subjects(u: Utterance, vocabulary: Vocabulary) -> Iterator[Clause]:
    """Yield the clauses of an utterance; one that runs on without a stop is cut where it begins to speak of a goal."""
    for clause in clauses(u.text, u.start):
        words = list(_WORD.finditer(clause.low)) if len(clause.text) > LONG_CLAUSE else []
        at, spoken = 0, None
        for place, word in enumerate(words):
            goal = max(((weight, goal) for goal, _, weight in vocabulary.of_word(word.group()) if weight >= STRONG), default=None)
            if not goal or goal[1] == spoken:
                continue
            cut = words[place - 1].start() if place and words[place - 1].group() in _OPENERS else word.start()
            if clause.text[at:cut].strip():
                yield clause_of(clause.text[at:cut].rstrip(), clause.start + at)
                at = cut
            spoken = goal[1]
        yield clause if not at else clause_of(clause.text[at:], clause.start + at)


def _label_scores(utterances: Sequence[Utterance], vocabulary: Vocabulary) -> dict[tuple[str, ...], list[float]]:
    """Return how much each path of headings speaks of each goal: the nearest one that speaks of any decides."""
    found: dict[tuple[str, ...], list[float]] = {}
    for u in utterances:
        if u.path in found:
            continue
        scores = [0.0] * len(vocabulary.goals)
        for label in reversed(u.path):
            scores = vocabulary.scores(label)
            if max(scores, default=0.0) >= LEAST_LABEL:
                break
            scores = [0.0] * len(vocabulary.goals)
        found[u.path] = scores
    return found


def _best_way(units: Sequence[tuple[Utterance, Clause]], own: Sequence[list[float]], labels: Sequence[list[float]]) -> list[int | None]:
    """Return the likeliest goal of each clause, taken together (Viterbi); the last state stands for none."""
    count = len(own[0])
    steps: list[list[int]] = []
    total = [says - (0.0 if says else UNSAID) for says in _emission(units[0][0], own[0], labels[0])]
    for i in range(1, len(units)):
        hold = _hold(units[i - 1][0], units[i][0], units[i][1])
        if units[i - 1][0] is units[i][0] and len(units[i][0].text) > RUN_ON:
            hold = min(hold, IN_RUN_ON)  # without stops, a sentence goes through several matters
        says = _emission(units[i][0], own[i], labels[i])
        best = max(range(count + 1), key=total.__getitem__)
        step, following = [], []
        for state in range(count + 1):
            stay = total[state] + (hold if state < count else 0.0)
            enter = total[best] - (UNSAID if not says[state] else 0.0)
            step.append(state if stay >= enter else best)
            following.append(max(stay, enter) + says[state])
        steps.append(step)
        total = following
    state = max(range(count + 1), key=total.__getitem__)
    found: list[int | None] = []
    for step in reversed(steps):
        found.append(state if state < count else None)
        state = step[state]
    found.append(state if state < count else None)
    return found[::-1]


def _emission(u: Utterance, own: Sequence[float], labels: Sequence[float]) -> list[float]:
    named = bool(u.path) and u.kind is not UtteranceKind.SAID
    nobody = NOBODY + (OTHER_LABEL if named and max(labels) < LEAST_LABEL and _is_label(u) else 0.0)
    own = [o if o >= NEAR_ONLY else o * PASSING for o in own]
    return [min(MOST, o) + LABEL * min(1.0, la) for o, la in zip(own, labels, strict=True)] + [nobody]


def _is_label(u: Utterance) -> bool:
    """Tell whether the nearest heading names a matter rather than a part of any notes."""
    return not _FORMAL.search(u.heading)


_FORMAL = re.compile(
    r"\b(?:notes?|session|mentor\w*|what|who|next|actions?|to-?do|jobs|steps|summary|record|progress|today|wins?|well|less|went|covered|topics?|discuss\w*|update|goals?|status|me|my|i)\b",
    re.IGNORECASE,
)


def _tie(before: Utterance, after: Utterance) -> tuple[float, float]:
    """Return how strongly an utterance goes on with the one before, and how much of its nearness to the goal is left."""
    if before is after:
        return SAME_SENTENCE, 0.98
    if after.kind is UtteranceKind.SAID:
        if before.block == after.block:
            return SAME_TURN, 0.92
        return (ANSWER, 0.95) if before.text.rstrip().endswith("?") else (NEXT_TURN, 0.88)
    if before.line == after.line:
        return (SAME_LINE, 0.92) if after.path or after.kind is UtteranceKind.BULLET else (SAME_PROSE, 0.88)
    if after.kind is UtteranceKind.BULLET and after.indent > before.indent and after.block == before.block:
        return NESTED, 0.85
    if after.kind is UtteranceKind.BULLET and before.indent == after.indent and after.indent and after.path[:-1] == before.path[:-1]:
        return NESTED / 2, 0.7
    if after.block == before.block and after.kind is UtteranceKind.PROSE:
        return SAME_PARAGRAPH, 0.65
    return NEW_LINE, 0.5


def _hold(before: Utterance, after: Utterance, clause: Clause) -> float:
    """Return how strongly a clause goes on with what the one before was about."""
    return _tie(before, after)[0] * (0.5 if _SHIFTS.match(clause.text) and before is not after else 1.0)
