"""Turn text into vectors; the builtin way uses the static embeddings that come inside a wheel: no download, no network."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from coach.domain.outcomes import RETRYABLE, Outcome
from coach.errors import EmbeddingFailed

Vectors = NDArray[np.float32]

# Why there are no vectors; what goes on without them is said behind it.
SAID = {
    Outcome.TOO_LONG: "A text is longer than the embedding model can read",
    Outcome.LIMITED: "The provider of embeddings is busy",
    Outcome.OUT_OF_QUOTA: "The account at the provider of embeddings has no quota left",
    Outcome.UNAUTHORIZED: "The provider of embeddings refused access; whoever runs the coach should check COACH_LLM_API_KEY",
    Outcome.UNKNOWN_MODEL: "The provider has no embedding model of the name in COACH_EMBEDDING_MODEL",
    Outcome.REJECTED: "The provider rejected the request for embeddings; COACH_EMBEDDING_MODEL should name a model that makes them",
    Outcome.FAULT: "The provider of embeddings has a fault of its own",
    Outcome.UNREACHABLE: "The provider of embeddings could not be reached, or the connection broke off",
    Outcome.TIMED_OUT: "The provider of embeddings did not answer in time",
    Outcome.FORBIDDEN: "Calls to the provider of embeddings are switched off here by COACH_LLM_CALLS",
    Outcome.WRONG_SHAPE: "The embeddings that came back are not usable: too few or too many, of another length, or no numbers",
    Outcome.INTERNAL: "Something went wrong inside the coach while it asked for embeddings",
}


class Embedder(Protocol):
    """Turns texts into unit vectors; `name` and `dimension` become part of the index's name."""

    @property
    def name(self) -> str:
        """Return what tells its vectors from those of other embedders: letters, digits and hyphens."""
        ...

    @property
    def dimension(self) -> int:
        """Return how long its vectors are."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimension); raise EmbeddingFailed where they cannot be had."""
        ...


class StaticEmbedder:
    """WordLlama's 256-dimension token embeddings, averaged; loads in about 0.2 s at the first use."""

    name = "wordllama"
    dimension = 256

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), 256)."""
        return np.asarray(_model().embed(list(texts), norm=True), dtype=np.float32)


def failed(outcome: Outcome) -> EmbeddingFailed:
    """Return the error for this outcome, to be raised."""
    return EmbeddingFailed(f"{SAID[outcome]}. The search goes on by words alone.", outcome, outcome in RETRYABLE)


def unit_vectors(rows: Sequence[Any], count: int, dimension: int | None) -> Vectors:
    """Return these rows as unit vectors; raise EmbeddingFailed unless they are `count` finite ones of one length, `dimension` where it is known."""
    try:
        found = np.asarray(rows, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise failed(Outcome.WRONG_SHAPE) from None
    if found.ndim != 2 or len(found) != count or not found.shape[1] or dimension not in (None, found.shape[1]):
        raise failed(Outcome.WRONG_SHAPE)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not (lengths > 0).all():
        raise failed(Outcome.WRONG_SHAPE)
    return np.asarray(found / lengths, dtype=np.float32)


@lru_cache(maxsize=1)
def _model() -> Any:
    # Imported here: numpy's and the tokenizer's start-up is paid only by those who search.
    import wordllama

    # The wheel's own folder holds weights and tokenizer; without cache_dir this version looks elsewhere and would download.
    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
