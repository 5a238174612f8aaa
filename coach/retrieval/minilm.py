"""Embed with all-MiniLM-L6-v2, a small sentence model that Chroma runs by ONNX: fetched once, then offline."""

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from filelock import FileLock

from coach.domain.outcomes import Outcome
from coach.retrieval.embed import Vectors, failed, unit_vectors

MODEL = "all-MiniLM-L6-v2"
SIZE = "about 80 MB"
STEP = 25  # per cent between two lines about the download
LOCK_SECONDS = 900.0  # another process may be fetching over a slow line
Say = Callable[[str], None]


class MiniLm:
    """The model in Chroma's own cache folder, or in `folder`; nothing is fetched before `fetch` is called."""

    name = "minilm"
    dimension = 384

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._made: Any = None
        self._ready = False
        self._lock = Lock()

    def fetch(self, say: Say) -> None:
        """Fetch the model where it is not there yet, saying how far it is; raise EmbeddingFailed where it cannot be had or run."""
        try:
            function = self._function()
            folder = Path(function.DOWNLOAD_PATH)
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / "fetch.lock", timeout=LOCK_SECONDS):
                function.tqdm = lambda **bar: _Progress(say, bar.get("total") or 0)  # Chroma would draw a bar of its own
                function(["ready"])
        except Exception:  # no network, a full disk, a wrong checksum, a broken file: whatever it is, there is no model
            raise failed(Outcome.UNREACHABLE) from None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), 384); a text's first 256 word pieces count."""
        if not texts:
            return unit_vectors([[1.0] * self.dimension], 1, self.dimension)[:0]
        try:
            rows = self._rows(texts)
        except Exception:  # the runtime's own errors have no common class
            raise failed(Outcome.INTERNAL) from None
        return unit_vectors(rows, len(texts), self.dimension)

    def _rows(self, texts: Sequence[str]) -> list[Any]:
        function = self._function()
        with self._lock:
            if not self._ready:  # where there is no model this raises, and nothing is fetched
                function.tokenizer.no_padding()
                function.model = _session(function)
                self._ready = True
        # One by one without padding: Chroma fills each text up to 256 word pieces, which takes ten times as long for the same vectors.
        return [function([text])[0] for text in texts]

    def _function(self) -> Any:
        with self._lock:
            if self._made is None:
                from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

                self._made = ONNXMiniLM_L6_V2()
                if self._folder is not None:
                    self._made.DOWNLOAD_PATH = self._folder
            return self._made


def _session(function: Any) -> Any:
    """Return the model on one thread: short texts gain nothing from more, whose waiting costs as much as the work does."""
    options = function.ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    path = Path(function.DOWNLOAD_PATH) / function.EXTRACTED_FOLDER_NAME / "model.onnx"
    return function.ort.InferenceSession(str(path), sess_options=options, providers=["CPUExecutionProvider"])


class _Progress:
    """Stands in for Chroma's progress bar, and says a line at each quarter."""

    def __init__(self, say: Say, total: int) -> None:
        self._say, self._total, self._got, self._said = say, total, 0, 0
        say(f"Fetching the embedding model {MODEL} ({SIZE}, once) ...")

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def update(self, size: int) -> None:
        """Take note of so many more bytes."""
        self._got += size
        share = 100 * self._got // self._total if self._total else 0
        if share >= self._said + STEP:
            self._said = share - share % STEP
            self._say(f"... {self._said} %")
