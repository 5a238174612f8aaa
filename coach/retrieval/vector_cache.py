"""Keep vectors on disk in embedded Chroma folders, one a version, none of which is ever changed once it is whole.

A damaged Chroma file can end the whole process (its graph files are read without any check), so a folder is opened only while the
digests of those files are the ones that were noted when it was built. All of it is a cache: whatever is wrong is thrown away.
"""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from coach.retrieval.embed import Vectors

COLLECTION = "guidance"
WHOLE = "whole.json"  # written last: the digest of each graph file
BATCH = 5_000  # Chroma takes 5,461 at once
KEPT_OTHERS = 2  # versions beside the newest that are left in place: another process may be about to open one

Fill = Callable[[Sequence[str]], Vectors]  # keys -> one vector each


class Kept:
    """An open version: vectors by key."""

    def __init__(self, folder: Path) -> None:
        self._client = _client(folder)
        self._collection = self._client.get_collection(COLLECTION, embedding_function=None)

    def __len__(self) -> int:
        """Return how many vectors are kept."""
        return int(self._collection.count())

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """Return up to k (key, cosine similarity), nearest first."""
        found = self._collection.query(query_embeddings=vector.reshape(1, -1), n_results=k, include=["distances"])
        return [(key, 1.0 - float(distance)) for key, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors of those of these keys that are kept."""
        found: dict[str, Vectors] = {}
        for part in _parts(keys):
            rows = self._collection.get(ids=part, include=["embeddings"])
            found |= dict(zip(rows["ids"], np.asarray(rows["embeddings"], dtype=np.float32), strict=True))
        return found

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


def open_whole(folder: Path, count: int) -> Kept | None:
    """Return the version in a folder, or None where it is absent, damaged or does not hold `count` vectors."""
    if not _as_built(folder):
        return None
    try:
        kept = Kept(folder)
        return kept if len(kept) == count else None
    except BaseException as fault:
        if not is_fault(fault):
            raise
        return None


def build(folder: Path, keys: Sequence[str], fill: Fill) -> None:
    """Make a version beside the others and put it in its place at once; raises whatever `fill` or the disk raises."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = folder.parent / f".{uuid.uuid4().hex[:12]}"
    client = _client(new)
    try:
        collection = client.create_collection(COLLECTION, embedding_function=None, configuration={"hnsw": _graph(len(keys))})
        for part in _parts(keys):
            collection.upsert(ids=part, embeddings=fill(part))
        client.close()
        (new / WHOLE).write_text(json.dumps(_digests(new)), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def others(folder: Path, like: str) -> list[Path]:
    """Return the versions beside this one whose names end in `like`, newest first."""
    beside = [path for path in folder.parent.glob(f"*{like}") if path != folder and (path / WHOLE).is_file()]
    return sorted(beside, key=lambda path: (path / WHOLE).stat().st_mtime, reverse=True)


def prune(folder: Path) -> None:
    """Drop what is left of broken attempts and all but the newest versions; the caller holds the folder's lock."""
    kept = {folder, *others(folder, "")[:KEPT_OTHERS]}
    for path in folder.parent.iterdir():
        if path.is_dir() and path not in kept:
            shutil.rmtree(path, ignore_errors=True)


def known_vectors(folder: Path, like: str, keys: Sequence[str]) -> Mapping[str, Vectors]:
    """Return the vectors that the newest other version of the same embedder holds for these keys; none where it is damaged."""
    try:
        for path in filter(_as_built, others(folder, like)[:1]):
            kept = Kept(path)
            found = kept.vectors(keys)
            kept.close()
            return found
    except BaseException as fault:
        if not is_fault(fault):
            raise
    return {}


def is_fault(fault: BaseException) -> bool:
    """Tell whether this is an error of any kind or a panic of Chroma's native code, which is no `Exception`."""
    return isinstance(fault, Exception) or type(fault).__name__ == "PanicException"


def _as_built(folder: Path) -> bool:
    try:
        noted = json.loads((folder / WHOLE).read_text(encoding="utf-8"))
        return bool(noted == _digests(folder))
    except (OSError, ValueError):
        return False


def _graph(count: int) -> dict[str, Any]:
    # A wider search than Chroma's own 100 finds the true neighbours in all but rare cases. A graph is written out, whole, when as many vectors
    # as the threshold are new: once at the end. What is below it stays in Chroma's log, beside graph files that are not yet filled.
    threshold = max(2, count)
    return {"space": "cosine", "ef_search": 200, "sync_threshold": threshold, "batch_size": min(threshold, 1_000)}


def _digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each graph file; the SQLite file is left out, which Chroma touches at each opening and reads with checks."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".bin", ".pickle"))
    return {path.relative_to(folder).as_posix(): _digest(path) for path in files}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parts(keys: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while part := list(islice(rest, BATCH)):
        yield part


def _client(folder: Path) -> Any:
    # Imported here: Chroma takes half a second to import, and commands that search nothing must not pay it.
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
