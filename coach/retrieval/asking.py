"""Turn a question into weighted stems and a vector, both widened by the words that handbooks use for what it says."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.errors import EmbeddingFailed
from coach.language.stems import stem_list
from coach.retrieval.embed import Embedder, Vectors
from coach.retrieval.lexicon import Lexicon
from coach.retrieval.weights import weights_beside

# How much a word of the lexicon counts beside one that was typed; chosen on questions about our own guidance, and flat from .5 to .7.
WORD_SHARE = 0.6


@dataclass(frozen=True)
class Asked:
    """A question as it is searched: its text, stems as typed, stems with those of the lexicon, and its unit vector where there is one."""

    question: str
    typed: Mapping[str, float]
    terms: Mapping[str, float]
    vector: Vectors | None


def plain_terms(question: str) -> dict[str, float]:
    """Return the stems of a question, each as often as it stands there."""
    return {stem: float(count) for stem, count in Counter(stem_list(question)).items()}


def asked_all(questions: Sequence[str], lexicon: Lexicon | None, embedder: Embedder) -> list[Asked]:
    """Return each question as it is searched; they are embedded in one go, and stay without vectors where none can be had."""
    typed = [plain_terms(question) for question in questions]
    called = [lexicon.expand(question) if lexicon else {} for question in questions]
    vectors = _vectors(questions, called, embedder)
    return [
        Asked(question, mine, mine | {stem: max(WORD_SHARE * share, mine.get(stem, 0.0)) for stem, share in more.items()}, vector)
        for question, mine, more, vector in zip(questions, typed, called, vectors, strict=True)
    ]


def _vectors(questions: Sequence[str], called: Sequence[Mapping[str, float]], embedder: Embedder) -> list[Vectors | None]:
    said = [" ".join(sorted(more, key=lambda stem: (-more[stem], stem))) for more in called]
    try:
        found = embedder.embed([*questions, *filter(None, said)])
    except EmbeddingFailed:
        return [None] * len(questions)
    widened = iter(found[len(questions) :])
    share = weights_beside(embedder).lexicon
    return [unit(own + share * next(widened)) if words else own for own, words in zip(found, said, strict=False)]


def unit(vector: NDArray[np.floating[Any]]) -> Vectors:
    """Return a vector at length one; one of no length as it is."""
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length > 0 else vector, dtype=np.float32)
