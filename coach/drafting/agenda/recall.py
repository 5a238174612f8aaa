"""Pick from the last summary what this session should come back to."""

import re
from dataclasses import dataclass

from coach.domain.brief import BriefGoal
from coach.drafting.agenda.subjects import accusing
from coach.language.private import private_kind
from coach.language.sentences import sentences
from coach.language.stems import stems

PLAIN = "what has happened with that since"
_ABOUT_SOMEBODY = re.compile(r"\b(?:he|she|his|her|him|herself|himself)\b", re.IGNORECASE)
LONGEST = 170  # characters of a sentence that can still be quoted inside a question

_CUES = (
    (
        re.compile(
            r"\b(open question|left open|unclear|undecided|not yet (?:clear|decided|agreed)|still (?:has|have|needs?) to|remains? open|to be decided)\b",
            re.I,
        ),
        5,
        "where are we on that now",
    ),
    (
        re.compile(
            r"\b(blocked|stuck|obstacle|problem|difficult\w*|forgot|slipped|cancel\w*|postponed|did not|didn't|has not|hasn't|never|no progress|stalled|fell|worse)\b",
            re.I,
        ),
        4,
        "what is different now",
    ),
    (re.compile(r"\b(agreed|decided|will|promised|plans? to|wants? to|going to|by the next|next step)\b", re.I), 3, "how far is it"),
    (
        re.compile(r"\b(rose|first time|achieved|reached|improved|succeeded|worked)\b", re.I),
        2,
        "what made that possible",
    ),
)


@dataclass(frozen=True)
class Recalled:
    """A sentence of the last summary, word for word, and the goal that it is nearest to."""

    words: str
    goal: BriefGoal | None
    ask: str


def recall(summary: str, goals: tuple[BriefGoal, ...], prefer: tuple[BriefGoal, ...], mentee: str) -> Recalled | None:
    """Return the sentence most worth coming back to: open before blocked before agreed, on a preferred goal if possible.

    Sentences that charge the mentee, or speak of "him" or "her", are not read out in an agenda.
    """
    best: tuple[float, Recalled] | None = None
    for place, sentence in enumerate(sentences(summary)):
        words = " ".join(sentence.split()).rstrip(".")
        if not 15 <= len(words) <= LONGEST or private_kind(words) is not None or accusing(words, mentee) or _ABOUT_SOMEBODY.search(words):
            continue
        goal = _nearest(words, goals)
        cue = max((weight for pattern, weight, _ in _CUES if pattern.search(words)), default=1)
        ask = next((text for pattern, weight, text in _CUES if weight == cue and pattern.search(words)), PLAIN)
        score = cue + (1.5 if goal is not None and goal in prefer else 0) - 0.1 * place
        if best is None or score > best[0]:
            best = (score, Recalled(words, goal, ask))
    return best[1] if best else None


def _nearest(words: str, goals: tuple[BriefGoal, ...]) -> BriefGoal | None:
    have = stems(words)
    scored = [(len(have & (stems(goal.title) | stems(goal.measure))), -i, goal) for i, goal in enumerate(goals)]
    best = max(scored, default=(0, 0, None), key=lambda row: row[:2])
    return best[2] if best[0] >= 2 else None
