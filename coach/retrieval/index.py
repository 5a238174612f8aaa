"""Keep passage vectors in an embedded Chroma collection, which is a cache that can be rebuilt at any time."""

import hashlib
import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from coach.domain.guidance import Passage
from coach.errors import TryAgain
from coach.retrieval.embed import Embedder, Vectors
from coach.retrieval.lexical import indexed_text

LAYOUT = "1"  # raise it when what is indexed of a passage changes
BATCH = 2_000
LOCK_SECONDS = 60.0
KEPT_OTHERS = 2  # collections of other corpus versions that are left in place


def corpus_version(passages: Sequence[Passage]) -> str:
    """Return the fingerprint of these passages, in any order."""
    return hashlib.sha256("\n".join(sorted(p.id for p in passages)).encode()).hexdigest()[:16]


def collection_name(version: str, embedder: Embedder) -> str:
    """Return the one name of an index: layout, corpus version, embedder and dimension are all part of it."""
    return f"guidance-{LAYOUT}-{version}-{embedder.name}-{embedder.dimension}"


class VectorIndex:
    """Nearest passages by cosine in the collection of one corpus version; builds it where it is absent."""

    def __init__(self, folder: Path, passages: Sequence[Passage], embedder: Embedder) -> None:
        self._embedder = embedder
        self._passages = passages
        self._folder = folder
        self._collection = self._open()

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """Return up to k (passage id, cosine similarity), nearest first; a cache that was lost meanwhile is rebuilt."""
        try:
            found = self._query(vector, k)
        except Exception:  # whatever the cache's fault is, a fresh one answers; if that fails too, the error is real
            self._collection = self._open()
            found = self._query(vector, k)
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def _query(self, vector: Vectors, k: int) -> Any:
        return self._collection.query(query_embeddings=vector.reshape(1, -1), n_results=min(k, len(self._passages)), include=["distances"])

    def _open(self) -> Any:
        import chromadb  # noqa: F401 -- a fault of the installation is no fault of the cache, and must not empty it

        name = collection_name(corpus_version(self._passages), self._embedder)
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._folder / "index.lock", timeout=LOCK_SECONDS):
                try:
                    return self._complete(_client(self._folder), name)
                except Exception:  # any fault of the cache: it holds nothing that is not elsewhere, so start it anew
                    _forget_clients()
                    for path in self._folder.iterdir():
                        if path.name != "index.lock":
                            shutil.rmtree(path) if path.is_dir() else path.unlink()
                    return self._complete(_client(self._folder), name)
        except Timeout:
            raise TryAgain("Another process is still building the guidance index; try again in a minute.") from None

    def _complete(self, client: Any, name: str) -> Any:
        """Return the collection with every passage in it, building it and dropping older ones where it is not there yet."""
        collection = client.get_or_create_collection(
            name, embedding_function=None, metadata={"made": f"{time.time():017.3f}"}, configuration={"hnsw": {"space": "cosine"}}
        )
        if collection.count() != len(self._passages):
            for start in range(0, len(self._passages), BATCH):
                part = self._passages[start : start + BATCH]
                vectors = self._embedder.embed([indexed_text(p) for p in part])
                collection.upsert(ids=[p.id for p in part], embeddings=vectors, metadatas=[{"file": p.file} for p in part])
            # Another process may still serve an older corpus: only the oldest of several go.
            others = sorted((c for c in client.list_collections() if c.name != name), key=lambda c: str((c.metadata or {}).get("made", "")))
            for other in others[: max(0, len(others) - KEPT_OTHERS)]:
                client.delete_collection(other.name)
        return collection


def _client(folder: Path) -> Any:
    # Imported here: Chroma takes half a second to import, and commands that search nothing must not pay it.
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


def _forget_clients() -> None:
    """Let go of Chroma's per-process cache of open folders, so that a rebuilt folder is opened anew."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()
