"""Compose an answer of sentences that stand in the guidance word for word: the few that answer a question best, in reading order."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from coach.domain.guidance import Citation, FoundPassage, Origin, Passage
from coach.language.numbers import NUMBER_WORDS
from coach.language.private import without_instructions
from coach.language.prose import Sentence, prose, stands_word_for_word
from coach.language.sentences import words
from coach.language.stems import stem_list, stems

MOST_PASSAGES, MOST_OF_ONE_DOCUMENT, MOST_OWN = 4, 2, 2
MOST, LEAST = 5, 2  # sentences of an answer; the second may answer less well where it goes on from the first
# What answers less well makes an answer longer, not better. Another passage has to reach ELSEWHERE of the best sentence's aptness; within a
# passage a sentence has to reach ENOUGH of what its best one says itself, or less where it goes on from one that stands there.
ELSEWHERE, ENOUGH, NEXT, SECOND = 0.9, 0.5, 0.4, 0.25
SHORT, LONG = 5, 45  # words; outside of these a sentence says too little or too much
SAME = 0.6  # of the stems of the shorter of two sentences: the second one would only repeat the first
# How much each sign of aptness weighs; tried out on questions of our own.
BY_WORDS, BY_MEANING, BY_PASSAGE, HEADING, OPENS, LEANS, TERSE, MEASURED = 0.35, 0.45, 0.4, 0.7, 0.03, 0.04, 0.12, 0.15
REPORTS, POINTS, OWN = 0.08, 0.05, 0.08
FEW = 7  # words; a sentence of fewer seldom says how

# A question that asks for a time or a count, and a sentence that states one.
_ASKS_MEASURE = re.compile(
    r"\b(?:how (?:often|long|many|much|soon|big|early|late|far)|by when|what time|which day)\b|^when\b", re.IGNORECASE
)
_MEASURE = re.compile(
    rf"\d|\b(?:{'|'.join(NUMBER_WORDS)}|weekly|fortnightly|monthly|quarterly|yearly|daily|weeks?|months?|quarters?|years?|days?|hours?|minutes?)\b",
    re.IGNORECASE,
)
# A sentence that tells who said something; what it says itself helps more.
_VERBS = "say|add|ask|advise|recommend|suggest|argue|describe|mention|report|list|note|warn|count|favour|treat|expect|link|see|look|add|write|name"
_NAME = r"(?:The\s+)?(?:[A-Z][\w.’'-]*\s+)"
_REPORTS = re.compile(rf"(?:{_NAME}{{1,5}}(?:\([^)]*\)\s+)?(?:{_VERBS})e?s|{_NAME}{{2,5}}(?:\([^)]*\)\s+)?(?:{_VERBS}))\b")
# Words within a sentence that point at another one.
_POINTS = re.compile(r"(?<!^)\b(?:them|these|those|this|such an?|do so|the same)\b|\bones?(?=[,.;])")
# A lead-in that begins so speaks of what stands before it; "this" and "these" speak of the list.
_REFERS_BACK = re.compile(r"(?:it|they|he|she|its|their|his|her|both|so|then|but|and|otherwise|instead)\b", re.IGNORECASE)

Nearness = Callable[[str, Sequence[str]], Sequence[float]]  # how near each of these texts is to a question, from -1 to 1


@dataclass(frozen=True)
class Composed:
    """The text of an answer with keys in brackets, what each key cites, and the passages that are quoted."""

    text: str
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class _Candidate:
    """A sentence that may answer, with the places of those that have to stand before it, and of the rest of a short list that it is of."""

    passage: int
    needs: tuple[int, ...]
    at: int
    text: str
    rest: tuple[int, ...] = ()
    own: float = 0.0  # aptness of its own words
    score: float = 0.0  # the same with that of its passage

    @property
    def takes(self) -> frozenset[tuple[int, int]]:
        return frozenset((self.passage, place) for place in (*self.needs, self.at, *self.rest))


def chosen_passages(found: Sequence[FoundPassage]) -> tuple[FoundPassage, ...]:
    """Return the passages that an answer may quote, best first: four that do not mostly ask, two of a document unless there is no other.

    Two of the programme's own are among them where that many were found: it knows how it is run.
    """
    telling = [one for one in found if not _mostly_asks(one.passage)] or list(found)
    if len({one.passage.document_id for one in telling}) == 1:
        return tuple(telling[:MOST_PASSAGES])
    taken: list[FoundPassage] = []
    for one in telling:
        if sum(other.passage.document_id == one.passage.document_id for other in taken) < MOST_OF_ONE_DOCUMENT:
            taken.append(one)
    own = [one for one in taken if one.passage.origin is Origin.ADDED][:MOST_OWN]
    kept = [one for one in taken if one not in own][: MOST_PASSAGES - len(own)]
    return tuple(one for one in taken if one in own or one in kept)


def compose(question: str, found: Sequence[FoundPassage], near: Nearness) -> Composed:
    """Return the one to five sentences of these passages, that answer a question best, the programme's own first; an empty text where they say none."""
    passages = [one.passage for one in found]
    said = [prose(passage.text) for passage in passages]
    candidates = [c for i, passage in enumerate(passages) for c in _candidates(i, passage, said[i])]
    picked = _picked(_scored(question, found, candidates, near))
    keys = count(1)
    citations: list[Citation] = []
    paragraphs: list[str] = []
    order = sorted(picked, key=lambda at: (passages[at[0]].origin is not Origin.ADDED, *at))  # what a programme says itself goes first
    for place, group in groupby(order, key=lambda at: at[0]):
        passage, told, lead = passages[place], "", None
        for _, at in group:
            key = f"G{next(keys)}"
            sentence = said[place][at]
            citations.append(Citation(key=key, document=passage.document, section=passage.section, quote=sentence.text))
            told += f"{_between(sentence, lead) if told else ''}{sentence.text} [{key}]"
            lead = sentence.lead
        paragraphs.append(told)
    return Composed("\n\n".join(paragraphs), tuple(citations), tuple(passages[i] for i in sorted({i for i, _ in picked})))


def best_quote(passage: Passage, about: str) -> str:
    """Return the sentence of a passage that says most of a text, word for word; the first among equals."""
    every = [s.text for s in prose(passage.text) if not s.is_lead_in and stands_word_for_word(s.text, passage.text)]
    wanted = stems(about)
    return max(every, key=lambda text: len(wanted & stems(text)) / math.sqrt(len(words(text)) + 4), default="")


def _between(sentence: Sentence, lead: int | None) -> str:
    """Return what stands between a sentence and the one before it, which is of the list with this lead-in: items have a line each."""
    if sentence.lead is None:
        return "\n\n" if lead is not None else " "
    return " " if sentence.before is not None and sentence.lead == lead else "\n"


def _mostly_asks(passage: Passage) -> bool:
    said = prose(passage.text)
    return 2 * sum(sentence.is_question for sentence in said) > len(said)


def _candidates(place: int, passage: Passage, said: Sequence[Sentence]) -> list[_Candidate]:
    found = []
    for at, sentence in enumerate(said):
        needs = _needs(at, said)
        if needs is None or sentence.is_question or sentence.is_lead_in or not SHORT <= len(words(sentence.text)) + 3 * bool(needs) <= LONG:
            continue
        if all(_is_quotable(said[i], passage) for i in (*needs, at)):
            found.append(_Candidate(place, needs, at, sentence.text, _rest(at, needs, said, passage)))
    return found


def _is_quotable(sentence: Sentence, passage: Passage) -> bool:
    told = (sentence.is_whole or sentence.is_lead_in) and not sentence.is_question and bool(without_instructions(sentence.text))
    return told and stands_word_for_word(sentence.text, passage.text)


def _rest(at: int, needs: Sequence[int], said: Sequence[Sentence], passage: Passage) -> tuple[int, ...]:
    """Return the places of the rest of the list that a sentence is of, where the whole of it is short enough to be quoted."""
    lead = said[at].lead
    if lead is None:
        return ()
    rest = tuple(i for i, sentence in enumerate(said) if sentence.lead == lead and i != at and i not in needs)
    return rest if len(rest) + len(needs) < MOST and all(_is_quotable(said[i], passage) for i in rest) else ()


def _needs(at: int, said: Sequence[Sentence]) -> tuple[int, ...] | None:
    """Return the places of what a sentence needs before it: its list's lead-in, the start of its item, and what it leans on; None where that is not there."""
    sentence = said[at]
    needed = set() if sentence.lead is None else {sentence.lead}
    here = at
    while said[here].leans or (said[here].lead is not None and said[here].before is not None):
        before = said[here].before
        if before is None or len(needed) > 1:
            return None
        needed.add(before)
        here = before
    if sentence.lead is not None and _REFERS_BACK.match(said[sentence.lead].text):
        return None
    return tuple(sorted(needed))


def _scored(question: str, found: Sequence[FoundPassage], candidates: Sequence[_Candidate], near: Nearness) -> list[_Candidate]:
    """Return the candidates, best first."""
    wanted = stems(question)
    holders = Counter(stem for c in candidates for stem in stems(c.text))
    weight = {stem: 1.0 / (1.0 + math.log1p(holders[stem])) for stem in wanted}
    whole = sum(weight.values()) or 1.0
    by_meaning = near(question, [c.text for c in candidates]) if candidates else ()
    headings = near(question, [f"{one.passage.document} {one.passage.section}" for one in found])
    measure = _ASKS_MEASURE.search(question) is not None
    weights = _weights([one.score for one in found])
    scored = []
    for candidate, meaning in zip(candidates, by_meaning, strict=True):
        passage = found[candidate.passage].passage
        said = sum(weight[stem] for stem in wanted & stems(candidate.text)) / whole
        heading = sum(weight[stem] for stem in wanted & stems(passage.section)) / whole
        own = (
            BY_WORDS * said
            + BY_MEANING * meaning
            + (MEASURED if measure and _MEASURE.search(candidate.text) else 0.0)
            + (OPENS if candidate.at == 0 else 0.0)
            - (TERSE if len(words(candidate.text)) < FEW else 0.0)
            - LEANS * len(candidate.needs)
            - (REPORTS if _REPORTS.match(candidate.text) else 0.0)
            - (POINTS if _POINTS.search(candidate.text) and not candidate.needs else 0.0)
        )
        place = HEADING * (BY_WORDS * heading + BY_MEANING * headings[candidate.passage]) + BY_PASSAGE * weights[candidate.passage]
        place += OWN if passage.origin is Origin.ADDED else 0.0
        scored.append(replace(candidate, own=own, score=own + place))
    return sorted(scored, key=lambda c: -c.score)


def _weights(scores: Sequence[float]) -> list[float]:
    """Return how much passages count beside the best one, from 0 to 1; one that was put before another counts no less than that."""
    raised = [max(scores[i:]) for i in range(len(scores))]
    return [max(0.0, score / raised[0]) if raised[0] > 0 else 1.0 for score in raised]


def _picked(ranked: Sequence[_Candidate]) -> set[tuple[int, int]]:
    """Return the places (passage, sentence) of the answer: the best one, and at most MOST in all of those that make it better."""
    picked: set[tuple[int, int]] = set()
    texts: list[str] = []
    while more := next((c for c in ranked if _may_join(c, picked, texts, ranked)), None):
        picked |= more.takes
        texts.append(more.text)
    return picked


def _may_join(candidate: _Candidate, picked: set[tuple[int, int]], texts: Sequence[str], ranked: Sequence[_Candidate]) -> bool:
    """Tell whether a sentence makes what is picked a better answer."""
    if (candidate.passage, candidate.at) in picked or len(picked | candidate.takes) > MOST:
        return False
    if any(_repeats(candidate.text, text) for text in texts):
        return False
    there = {at for place, at in picked if place == candidate.passage}
    if not there:
        return candidate.score >= ELSEWHERE * ranked[0].score
    best = max(one.own for one in ranked if one.passage == candidate.passage)
    goes_on = candidate.at - 1 in there
    return candidate.own >= (SECOND if goes_on and len(picked) < LEAST else NEXT if goes_on else ENOUGH) * best


def _repeats(text: str, other: str) -> bool:
    one, two = set(stem_list(text)), set(stem_list(other))
    return len(one & two) >= SAME * max(1, min(len(one), len(two)))
