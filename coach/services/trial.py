"""Try the guidance search on passages of one's own, whole and leg by leg, in a folder that is thrown away."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from coach.domain.guidance import Origin, Passage, SearchScope
from coach.retrieval.asking import plain_terms
from coach.retrieval.embed import Embedder, Vectors
from coach.retrieval.lexical import Lexical, indexed_text
from coach.retrieval.search import Found, whole_text
from coach.retrieval.split import split
from coach.services.parts import Parts


class Leg(StrEnum):
    """The search as it is, or one of the two that it is made of, alone."""

    FUSED = "fused"
    WORDS = "bm25"
    MEANING = "embeddings"


@dataclass(frozen=True)
class Ranked:
    """Passages with their scores, best first, and whether the question seems not to be covered; a leg alone never says so."""

    passages: tuple[tuple[Passage, float], ...]
    abstained: bool = False


class Remembering:
    """An embedder that embeds no passage twice, since the search and its leg need the same vectors; what is timed is embedded anew."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] | None = {}

    @property
    def name(self) -> str:
        """Return the name of what embeds."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """Return the length of its vectors."""
        return self._embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, remembered ones and new ones."""
        if self._known is None:
            return self._embedder.embed(texts)
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known |= dict(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._known[text] for text in texts])

    def forget(self) -> None:
        """Remember nothing from here on."""
        self._known = None


class TrialSearch:
    """A search over some passages, with each of its legs to be asked alone; embedding a question is part of each answer's time."""

    def __init__(self, passages: Sequence[Passage], whole: Callable[[str, int], Found], embedder: Embedder) -> None:
        self.passages = passages
        self.embedder = embedder.name
        self._whole = whole
        self._embed = embedder.embed
        self._lexical = Lexical([indexed_text(passage) for passage in passages])
        self._vectors = embedder.embed([indexed_text(passage) for passage in passages])

    def ask(self, question: str, k: int, leg: Leg = Leg.FUSED) -> Ranked:
        """Return up to k passages for a question."""
        if leg is Leg.WORDS:
            return self._by_words(question, k)
        if leg is Leg.MEANING:
            return self._by_meaning(question, k)
        found = self._whole(question, k)
        return Ranked(tuple((p.passage, p.score) for p in found.passages), found.abstained)

    def _by_words(self, question: str, k: int) -> Ranked:
        scores = self._lexical.scores(plain_terms(question))
        order = np.argsort(-scores, kind="stable")[:k]
        return Ranked(tuple((self.passages[i], float(scores[i])) for i in order if scores[i] > 0))

    def _by_meaning(self, question: str, k: int) -> Ranked:
        near = self._vectors @ self._embed([whole_text(question)])[0]
        order = np.argsort(-near, kind="stable")[:k]
        return Ranked(tuple((self.passages[i], float(near[i])) for i in order))


@contextmanager
def trial_search(parts: Parts, passages: Sequence[Passage], embedder: Embedder) -> Iterator[TrialSearch]:
    """Index these passages in a folder of their own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="coach-trial-", ignore_cleanup_errors=True) as folder:
        kept = Remembering(embedder)
        whole = parts.library.search_over(passages, Path(folder), kept)
        trial = TrialSearch(passages, whole.search, kept)
        kept.forget()
        yield trial


def trial_of_library(parts: Parts, embedder: Embedder, scope: SearchScope) -> TrialSearch:
    """Return the library's own search over the documents of one origin, as `coach guidance search --scope` asks it."""
    origin = Origin.ADDED if scope is SearchScope.ADDED else Origin.SHIPPED
    passages = split(document for document in parts.library.documents() if document.origin is origin)
    return TrialSearch(passages, lambda question, k: parts.library.search(question, k, None, scope), embedder)
