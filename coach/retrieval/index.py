"""Find the nearest passages by cosine; the vectors are cached on disk and, up to some thousands, compared exactly in memory."""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from coach.errors import EmbeddingFailed
from coach.retrieval import vector_cache
from coach.retrieval.embed import Embedder, Vectors
from coach.retrieval.vector_cache import Kept, is_fault

LAYOUT = "2"  # raise it when what the cache holds changes
# Up to here all vectors are held in memory and compared one by one: exact, the same every time, and faster than any graph.
EXACT = 20_000
EMBEDDED_AT_ONCE = 250  # so that progress moves
LOCK_SECONDS = 30.0

log = logging.getLogger(__name__)
Places = NDArray[np.int64]
Cosines = NDArray[np.float64]
Nearest = tuple[Places, Cosines]
Answer = TypeVar("Answer")


def text_key(text: str) -> str:
    """Return the key of a text's vector: its content hash, so that what did not change is not embedded again."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def corpus_version(texts: Sequence[str]) -> str:
    """Return the fingerprint of these texts, in any order."""
    return hashlib.sha256("\n".join(sorted({text_key(text) for text in texts})).encode()).hexdigest()[:16]


def index_name(texts: Sequence[str], embedder: Embedder) -> str:
    """Return the one name of an index: corpus version, layout, embedder and dimension are all part of it."""
    return corpus_version(texts) + _like(embedder)


def _like(embedder: Embedder) -> str:
    return f"-{LAYOUT}-{embedder.name}-{embedder.dimension}"


def first(scores: Cosines, count: int) -> Places:
    """Return the places of the best scores, best first and then by place."""
    if len(scores) > 4 * count:  # sorting all of a large corpus is what a question would wait for
        rough = np.argpartition(-scores, count)[:count]
        return np.asarray(rough[np.lexsort((rough, -scores[rough]))], dtype=np.int64)
    return np.argsort(-scores, kind="stable")[:count]


class Exact:
    """All vectors in memory, one a row."""

    def __init__(self, matrix: Vectors) -> None:
        self._matrix = matrix

    def nearest(self, vector: Vectors, k: int) -> Nearest:
        """Return up to k rows, nearest first and then by row, and their cosines."""
        cosines = np.asarray(self._matrix @ vector, dtype=np.float64)
        top = first(cosines, k)
        return top, cosines[top]

    def vectors(self, rows: Places) -> Vectors:
        """Return the vectors of these rows."""
        return np.asarray(self._matrix[rows])


class Graph:
    """Vectors on disk, searched through Chroma's graph."""

    def __init__(self, kept: Kept, keys: Sequence[str]) -> None:
        self._kept = kept
        self._keys = keys
        self._row_of = {key: row for row, key in enumerate(keys)}

    def nearest(self, vector: Vectors, k: int) -> Nearest:
        """Return up to k rows, nearest first, and their cosines."""
        found = self._kept.nearest(vector, k)
        return np.array([self._row_of[key] for key, _ in found], dtype=np.int64), np.array([cosine for _, cosine in found])

    def vectors(self, rows: Places) -> Vectors:
        """Return the vectors of these rows."""
        keys = [self._keys[row] for row in rows]
        found = self._kept.vectors(list(dict.fromkeys(keys)))
        return np.stack([found[key] for key in keys])


class VectorIndex:
    """Nearest texts by cosine; places are positions in the sequence of texts. Raises EmbeddingFailed where vectors cannot be had."""

    def __init__(self, folder: Path, texts: Sequence[str], embedder: Embedder, exact: int = EXACT) -> None:
        keys = [text_key(text) for text in texts]
        self._texts = dict(zip(keys, texts, strict=True))  # by key, each once
        self._keys = list(self._texts)
        rows = {key: row for row, key in enumerate(self._keys)}
        self._row_of = np.array([rows[key] for key in keys], dtype=np.int64)
        # Several places where the same text stands more than once.
        self._places = np.argsort(self._row_of, kind="stable")
        self._starts = np.searchsorted(self._row_of[self._places], np.arange(len(self._keys) + 1))
        self._embedder = embedder
        self._folder = folder / index_name(texts, embedder)
        self._exact = len(self._keys) <= exact
        self._held = self._open()

    def nearest(self, vector: Vectors, k: int) -> Nearest:
        """Return up to k places, nearest first, and their cosine similarities."""
        rows, cosines = self._asked(lambda held: held.nearest(vector, min(k, len(self._keys))))
        counts = self._starts[rows + 1] - self._starts[rows]
        if counts.max(initial=1) > 1:
            places = [self._places[start:end] for start, end in zip(self._starts[rows], self._starts[rows + 1], strict=True)]
            return np.concatenate(places)[:k], np.repeat(cosines, counts)[:k]
        return self._places[self._starts[rows]], cosines

    def around(self, vector: Vectors, k: int, others: Places) -> Nearest:
        """Return the k nearest places and some others, in order of place, with their cosines.

        By graph, others that are not among the nearest count as near as the farthest of these: to fetch them would take longer than the search.
        """
        near, cosines = self.nearest(vector, k)
        places = np.unique(np.concatenate([near, others]))
        if isinstance(self._held, Exact):
            return places, np.asarray(self.vectors(places) @ vector, dtype=np.float64)
        found = np.full(len(places), cosines.min(initial=1.0))
        found[np.searchsorted(places, near)] = cosines
        return places, found

    def vectors(self, places: Places) -> Vectors:
        """Return the unit vectors of these places, shape (len(places), dimension)."""
        return self._asked(lambda held: held.vectors(self._row_of[places]))

    def _asked(self, ask: Callable[[Exact | Graph], Answer]) -> Answer:
        """Return the answer of what is held; a cache that was lost or damaged meanwhile is built anew and asked again."""
        try:
            return ask(self._held)
        except BaseException as fault:
            if not is_fault(fault):
                raise
            self._held = self._open()
            return ask(self._held)

    def _open(self) -> Exact | Graph:
        try:
            kept = self._whole()
            if kept is None or not self._exact:
                return Graph(kept, self._keys) if kept else self._uncached()
            found = kept.vectors(self._keys)
            kept.close()
            return Exact(np.stack([found[key] for key in self._keys]))
        except EmbeddingFailed:
            raise
        except BaseException as fault:
            if not is_fault(fault):
                raise
            log.warning("The guidance index cannot be kept on disk (%s); it is held in memory instead.", type(fault).__name__)
            return self._uncached()

    def _whole(self) -> Kept | None:
        """Return the version on disk, building it where it is absent or damaged; raises Timeout where another process is still at it."""
        # A whole version never changes, so nobody who has one waits for somebody who builds another.
        if (there := vector_cache.open_whole(self._folder, len(self._keys))) is not None:
            return there
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self._folder.parent / "index.lock", timeout=LOCK_SECONDS):
            kept = vector_cache.open_whole(self._folder, len(self._keys))
            if kept is None:
                known = vector_cache.known_vectors(self._folder, _like(self._embedder), self._keys)
                vector_cache.build(self._folder, self._keys, lambda keys: self._embedded(keys, known))
                vector_cache.prune(self._folder)
                kept = vector_cache.open_whole(self._folder, len(self._keys))
            return kept

    def _uncached(self) -> Exact:
        return Exact(self._embedded(self._keys, {}))

    def _embedded(self, keys: Sequence[str], known: Mapping[str, Vectors]) -> Vectors:
        new = [key for key in keys if key not in known]
        made: dict[str, Vectors] = {}
        for start in range(0, len(new), EMBEDDED_AT_ONCE):
            part = new[start : start + EMBEDDED_AT_ONCE]
            made |= dict(zip(part, self._embedder.embed([self._texts[key] for key in part]), strict=True))
        return np.stack([known[key] if key in known else made[key] for key in keys])
