"""Let the builtin embedder stand in where the one that the settings name cannot be had."""

from collections.abc import Callable, Sequence
from threading import Lock

from coach.errors import EmbeddingFailed
from coach.retrieval.embed import Embedder, StaticEmbedder, Vectors

Say = Callable[[str], None]


class WithStandby:
    """An embedder that is made at the first use, once a process; the builtin one serves where that fails, and `note` says so."""

    def __init__(self, make: Callable[[], Embedder], say: Say) -> None:
        self._make = make
        self._say = say
        self._lock = Lock()
        self._chosen: Embedder | None = None
        self.note = ""

    @property
    def name(self) -> str:
        """Return the name of the embedder that serves."""
        return self._serving().name

    @property
    def dimension(self) -> int:
        """Return the length of the vectors of the embedder that serves."""
        return self._serving().dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""
        return self._serving().embed(texts)

    def _serving(self) -> Embedder:
        with self._lock:
            if self._chosen is None:
                try:
                    self._chosen = self._make()
                except EmbeddingFailed:
                    self._chosen = StaticEmbedder()
                    self.note = "The embedding model could not be fetched or run; until the next start the builtin embeddings serve."
                    self._say(self.note)
            return self._chosen
