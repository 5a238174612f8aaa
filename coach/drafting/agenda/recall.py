"""Pick from the last summary what this session should come back to."""

import re
from dataclasses import dataclass

from coach.domain.brief import BriefGoal
from coach.language.private import private_kind
from coach.language.sentences import sentences
from coach.language.stems import stems

LONGEST = 170  # characters of a sentence that can still be quoted inside a question

_CUES = (
    (
        re.compile(
            r"\b(open question|left open|unclear|undecided|not yet (?:clear|decided|agreed)|still (?:has|have|needs?) to|remains? open|to be decided)\b",
            re.I,
        ),
        5,
    ),
    (
        re.compile(
            r"\b(blocked|stuck|obstacle|problem|difficult\w*|forgot|slipped|cancel\w*|postponed|did not|didn't|has not|hasn't|never|no progress|stalled|fell|worse)\b",
            re.I,
        ),
        4,
    ),
    (re.compile(r"\b(agreed|decided|will|promised|plans? to|wants? to|going to|by the next|next step)\b", re.I), 3),
    (re.compile(r"\b(tried|started|moved|went|rose|first time|achieved|reached|improved|asked|said|noticed)\b", re.I), 2),
)


@dataclass(frozen=True)
class Recalled:
    """A sentence of the last summary, word for word, and the goal that it is nearest to."""

    words: str
    goal: BriefGoal | None


def recall(summary: str, goals: tuple[BriefGoal, ...], prefer: tuple[BriefGoal, ...]) -> Recalled | None:
    """Return the sentence most worth coming back to: open before blocked before agreed, on a preferred goal if possible."""
    best: tuple[float, Recalled] | None = None
    for place, sentence in enumerate(sentences(summary)):
        words = " ".join(sentence.split()).rstrip(".")
        if not 15 <= len(words) <= LONGEST or private_kind(words) is not None:
            continue
        goal = _nearest(words, goals)
        cue = max((weight for pattern, weight in _CUES if pattern.search(words)), default=1)
        score = cue + (1.5 if goal is not None and goal in prefer else 0) - 0.1 * place
        if best is None or score > best[0]:
            best = (score, Recalled(words, goal))
    return best[1] if best else None


def _nearest(words: str, goals: tuple[BriefGoal, ...]) -> BriefGoal | None:
    have = stems(words)
    scored = [(len(have & (stems(goal.title) | stems(goal.measure))), -i, goal) for i, goal in enumerate(goals)]
    best = max(scored, default=(0, 0, None), key=lambda row: row[:2])
    return best[2] if best[0] >= 2 else None
