"""Use the questions that documents say people ask: a passage is near where one of its questions is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.domain.guidance import Passage
from coach.retrieval.asking import Asked
from coach.retrieval.fusion import Scores, z_scores
from coach.retrieval.index import VectorIndex
from coach.retrieval.lexical import Lexical

NEAREST = (0.45, 0.3, 0.25)  # a passage of which several questions are near is likelier than one with a single chance hit


def question_texts(passages: Sequence[Passage]) -> list[str]:
    """Return what is indexed of the passages' questions: each of them, then for each passage that has any all of them together."""
    asked = [passage.questions for passage in passages if passage.questions]
    return [question for questions in asked for question in questions] + [" ".join(questions) for questions in asked]


@dataclass(frozen=True)
class Compared:
    """A score for each passage that has questions, in the order of their places, and the cosine of the nearest question of all."""

    scores: Scores
    nearest: float


class AskedBefore:
    """The questions of some passages, in memory; without an index of their texts they are compared by words alone."""

    def __init__(self, passages: Sequence[Passage], index: VectorIndex | None) -> None:
        self.places: NDArray[np.int64] = np.array([i for i, passage in enumerate(passages) if passage.questions], dtype=np.int64)
        self._owners = np.array([n for n, i in enumerate(self.places) for _ in passages[i].questions], dtype=np.int64)
        self._starts = np.searchsorted(self._owners, np.arange(len(self.places)))
        self._count = len(self._owners)
        texts = question_texts(passages)
        self._lexical = Lexical(texts[: self._count]) if texts else None
        self._vectors = index.vectors(np.arange(len(texts))) if texts and index else None

    def compare(self, asked: Asked) -> Compared:
        """Return how near a question is to those of each passage in `places`, words and meaning in standard deviations each."""
        if self._lexical is None:
            return Compared(np.zeros(0), 0.0)
        by_word = z_scores(self._best(self._lexical.scores(asked.terms)))
        if self._vectors is None or asked.vector is None:
            return Compared(by_word, 0.0)
        cosines = np.asarray(self._vectors @ asked.vector, dtype=np.float64)
        each, together = cosines[: self._count], cosines[self._count :]
        return Compared(by_word + z_scores(self._best(each) + together), float(each.max()))

    def _best(self, values: Scores) -> Scores:
        """Return for each passage the weighted mean of its questions' best values; where it has fewer, the least of them stands in."""
        rest, least, found = values.copy(), np.full(len(self.places), -np.inf), np.zeros(len(self.places))
        for share in NEAREST:
            best = np.maximum.reduceat(rest, self._starts)
            least = np.where(np.isfinite(best), best, least)
            found += share * least
            rest[rest == best[self._owners]] = -np.inf
        return found
