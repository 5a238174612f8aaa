"""An embedder that tells how far it is, so that whoever added documents sees their index being built."""

from collections.abc import Callable, Sequence

import numpy as np

from coach.retrieval.embed import Embedder, Vectors

A_STEP = 200  # texts between two words about how far it is


class WatchedEmbedder:
    """Embeds as another embedder does, in steps; tells after each how many of the expected texts are done."""

    def __init__(self, embedder: Embedder, total: int, progress: Callable[[int, int], None]) -> None:
        self._embedder = embedder
        self._total = total
        self._progress = progress
        self._done = 0

    @property
    def name(self) -> str:
        """Return the name of the embedder behind this one."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """Return how long its vectors are."""
        return self._embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, as the embedder behind this one makes them."""
        if self._done >= self._total:
            return self._embedder.embed(texts)
        found = []
        for start in range(0, len(texts), A_STEP):
            part = texts[start : start + A_STEP]
            found.append(self._embedder.embed(part))
            self._done = min(self._total, self._done + len(part))
            self._progress(self._done, self._total)
        return np.concatenate(found) if found else self._embedder.embed(texts)
