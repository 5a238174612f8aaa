"""Answer a question with passages: BM25 and static embeddings, fused by z-scores."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.domain.guidance import FoundPassage, Passage
from coach.language.sentences import words
from coach.retrieval.embed import Embedder, Vectors
from coach.retrieval.index import VectorIndex
from coach.retrieval.lexical import Lexical

POOL = 100  # candidates taken from each leg
# The guidance is said not to cover a question whose best passage is this far away (cosine) ...
FAR = 0.2
# ... or that is not near while fewer than half of its words stand anywhere in the guidance.
NOT_NEAR, KNOWN_LEAST = 0.4, 0.5


@dataclass(frozen=True)
class Found:
    """Passages, best first, and whether the guidance seems not to cover the question at all."""

    passages: tuple[FoundPassage, ...]
    abstained: bool


class GuidanceSearch:
    """Search over the passages of one corpus version."""

    def __init__(self, passages: Sequence[Passage], folder: Path, embedder: Embedder) -> None:
        self._passages = {passage.id: passage for passage in passages}
        self._places = {passage.id: i for i, passage in enumerate(passages)}
        self._ids = [passage.id for passage in passages]
        self._embedder = embedder
        self._lexical = Lexical(passages) if passages else None
        self._index = VectorIndex(folder, passages, embedder) if passages else None

    @property
    def size(self) -> int:
        """Return how many passages are searched."""
        return len(self._ids)

    def search(self, question: str, k: int = 5, keep: Callable[[Passage], bool] = lambda passage: True) -> Found:
        """Return up to k passages that `keep` lets through, best first."""
        return self.search_all({"": question}, k, {"": keep})[""]

    def search_all(self, questions: Mapping[str, str], k: int, keep: Mapping[str, Callable[[Passage], bool]]) -> dict[str, Found]:
        """Return the answers to several questions by key; they are embedded in one go."""
        asked = {key: whole_text(text) for key, text in questions.items()}
        vectors = (
            self._embedder.embed(list(asked.values())) if any(map(words, asked.values())) else np.zeros((len(asked), 1), dtype=np.float32)
        )
        return {key: self._answer(text, vectors[i], k, keep[key]) for i, (key, text) in enumerate(asked.items())}

    def _answer(self, question: str, vector: Vectors, k: int, keep: Callable[[Passage], bool]) -> Found:
        if self._lexical is None or self._index is None or not words(question):
            return Found((), abstained=True)
        lexical = self._lexical.scores(question)
        near = dict(self._index.nearest(vector, max(POOL, k)))
        top = np.argsort(-lexical, kind="stable")[: max(POOL, k)]
        pool = sorted({self._ids[i] for i in top if lexical[i] > 0} | set(near), key=self._places.__getitem__)
        by_word = np.array([lexical[self._places[i]] for i in pool])
        floor = min(near.values(), default=0.0)
        by_meaning = np.array([near.get(i, floor) for i in pool])
        fused = z_scores(by_word) + z_scores(by_meaning)
        order = [j for j in np.argsort(-fused, kind="stable") if keep(self._passages[pool[j]])][:k]
        found = tuple(FoundPassage(passage=self._passages[pool[j]], score=round(float(fused[j]), 4)) for j in order)
        nearest = max(near.values(), default=0.0)
        unknown = self._lexical.coverage(question) < KNOWN_LEAST and nearest < NOT_NEAR
        return Found(found, nearest < FAR or unknown)


def whole_text(text: str) -> str:
    """Return text without halves of characters, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode()


def z_scores(values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return how many standard deviations each value lies from the mean; zeros where all are equal."""
    spread = float(values.std()) if len(values) else 0.0
    return (values - values.mean()) / spread if spread > 0 and np.ptp(values) > 0 else np.zeros_like(values, dtype=float)
