"""Turn text into vectors with the static embeddings that come inside a wheel: no download, no network."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into unit vectors; `name` and `dimension` become part of the index's name."""

    name: str
    dimension: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimension)."""
        ...


class StaticEmbedder:
    """WordLlama's 256-dimension token embeddings, averaged; loads in about 0.2 s at the first use."""

    name = "wordllama"
    dimension = 256

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), 256)."""
        return np.asarray(_model().embed(list(texts), norm=True), dtype=np.float32)


@lru_cache(maxsize=1)
def _model() -> Any:
    # Imported here: numpy's and the tokenizer's start-up is paid only by those who search.
    import wordllama

    # The wheel's own folder holds weights and tokenizer; without cache_dir this version looks elsewhere and would download.
    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
