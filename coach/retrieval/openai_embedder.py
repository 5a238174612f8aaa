"""Embed with a model of an OpenAI-compatible provider: in batches, bounded in time and size, every failure typed."""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from coach.domain.endpoints import Calls, may_call
from coach.domain.outcomes import Outcome
from coach.errors import EmbeddingFailed
from coach.retrieval.embed import Vectors, failed, unit_vectors

if TYPE_CHECKING:
    from openai import APIStatusError, OpenAI

BATCH = 64  # texts in one request; providers take 2,048 at most, small ones on a desk much less
MOST_BYTES = 20_000_000  # of one answer; 64 vectors of 4,096 numbers have 6,000,000
ATTEMPTS = 3  # for one request
PAUSE = 1.0  # seconds before another attempt
FEW, FEW_SECONDS = 16, 10.0  # so few texts are questions: somebody waits, and a search by words alone is at hand
AWAY_SECONDS = 30.0  # so long no question waits again for a provider that was out of reach
_AWAY = frozenset({Outcome.UNREACHABLE, Outcome.TIMED_OUT})
_AGAIN = _AWAY | {Outcome.FAULT, Outcome.LIMITED}


@dataclass(frozen=True)
class EmbeddingModel:
    """Where the model is, how it is called, how long one request may take (seconds) and where calls may go."""

    base_url: str
    model: str
    key: str = ""
    seconds: float = 60.0
    calls: Calls = "anywhere"


class OpenAIEmbedder:
    """One model of one provider; `mask` is applied to every text before it leaves, and the dimension is learnt from the first answer."""

    def __init__(self, model: EmbeddingModel, mask: Callable[[str], str] = str) -> None:
        self._model = model
        self._mask = mask
        self._dimension: int | None = None
        self._away_until = 0.0
        # A digest: the address may say more than a folder's name should, and holds characters that no collection's name may have.
        self.name = "openai-" + hashlib.sha256(f"{model.base_url}\0{model.model}".encode()).hexdigest()[:12]

    @property
    def dimension(self) -> int:
        """Return how long the model's vectors are; asks for one where none has come yet."""
        if self._dimension is None:
            self.embed(["guidance"])
        assert self._dimension is not None
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, in order; raise EmbeddingFailed where the provider gives none that can be used."""
        if not may_call(self._model.base_url, self._model.calls):
            raise failed(Outcome.FORBIDDEN)
        masked = [self._mask(text) or " " for text in texts]  # providers refuse an empty text
        few = len(masked) <= FEW
        if few and monotonic() < self._away_until:
            raise failed(Outcome.UNREACHABLE)
        rows: list[Any] = []
        for start in range(0, len(masked), BATCH):
            seconds = min(self._model.seconds, FEW_SECONDS) if few else self._model.seconds * ATTEMPTS
            rows += self._batch(masked[start : start + BATCH], monotonic() + seconds)
        vectors = unit_vectors(rows, len(texts), self._dimension)
        self._dimension = vectors.shape[1]
        return vectors

    def _batch(self, texts: list[str], until: float) -> list[Any]:
        """Return the rows of one request, tried a few times until a moment; note where the provider is away."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _rows(_asked(self._model, texts, until), len(texts))
            except EmbeddingFailed as error:
                if error.outcome in _AWAY:
                    self._away_until = monotonic() + AWAY_SECONDS
                if attempt == ATTEMPTS or error.outcome not in _AGAIN or monotonic() + PAUSE > until:
                    raise
                sleep(PAUSE)
        raise failed(Outcome.INTERNAL)


def _asked(model: EmbeddingModel, texts: list[str], until: float) -> dict[str, Any]:
    """Return the answer to one request, run in a thread of its own, so that the clock need not wait for the other side."""
    seconds = max(0.0, min(model.seconds, until - monotonic()))
    client = _client(model, seconds)
    box: Queue[dict[str, Any] | EmbeddingFailed] = Queue(1)
    Thread(target=lambda: box.put(_outcome_of(client, model.model, texts)), daemon=True).start()
    try:
        found = box.get(timeout=seconds)
    except Empty:
        raise failed(Outcome.TIMED_OUT) from None
    finally:
        client.close()
    if isinstance(found, EmbeddingFailed):
        raise found
    return found


def _client(model: EmbeddingModel, seconds: float) -> "OpenAI":
    # Imported here: the client takes most of a second to import, and the builtin embeddings need none of it.
    from openai import DefaultHttpxClient, OpenAI

    for name in ("httpx2", "httpx", "httpcore", "openai"):  # their notes of each request hold its address, at worst its text
        logging.getLogger(name).setLevel(logging.WARNING)
    http = DefaultHttpxClient(follow_redirects=False, timeout=seconds, trust_env=model.calls == "anywhere")
    client = OpenAI(base_url=model.base_url, api_key=model.key or "none", max_retries=0, timeout=seconds, http_client=http)
    client.organization = client.project = None  # the environment's own OPENAI_* variables are not ours to use
    return client


def _outcome_of(client: "OpenAI", model: str, texts: list[str]) -> dict[str, Any] | EmbeddingFailed:
    """Return what the provider answers, or the typed error that its error stands for; never a message of the provider's."""
    from openai import APIConnectionError, APIStatusError, APITimeoutError

    try:
        made = client.embeddings.with_streaming_response.create(model=model, input=texts, encoding_format="float")
        with made as response:
            return _object(response.iter_bytes())
    except EmbeddingFailed as error:
        return error
    except APITimeoutError:
        return failed(Outcome.TIMED_OUT)
    except APIStatusError as error:
        return failed(_of_status(error))
    except APIConnectionError:
        return failed(Outcome.UNREACHABLE)
    except UnicodeEncodeError:  # a key that no header can hold
        return failed(Outcome.UNAUTHORIZED)
    except Exception as error:  # a body that breaks off or lies about its length ends in errors of the layers below
        broken = any(word in type(error).__name__ for word in ("Protocol", "Read", "Network", "Decod", "Connect", "Transport"))
        return failed(Outcome.UNREACHABLE if broken else Outcome.INTERNAL)


def _object(chunks: Any) -> dict[str, Any]:
    whole = bytearray()
    for chunk in chunks:
        whole += chunk
        if len(whole) > MOST_BYTES:
            raise failed(Outcome.WRONG_SHAPE)
    try:
        data = json.loads(whole)
    except (ValueError, RecursionError):
        raise failed(Outcome.FAULT) from None  # no answer of an API: a proxy's page, half a body
    if not isinstance(data, dict):
        raise failed(Outcome.FAULT)
    return data


def _of_status(error: "APIStatusError") -> Outcome:
    status, said = error.status_code, f"{error.code} {error.type} {error.message}".lower()
    known = {401: Outcome.UNAUTHORIZED, 403: Outcome.UNAUTHORIZED, 404: Outcome.UNKNOWN_MODEL, 413: Outcome.TOO_LONG}
    if status in known:
        return known[status]
    if status == 429:
        return Outcome.OUT_OF_QUOTA if "insufficient_quota" in said or "billing" in said else Outcome.LIMITED
    if status in (408, 409) or status >= 500:
        return Outcome.FAULT
    return Outcome.TOO_LONG if "context" in said or "too long" in said or "maximum" in said else Outcome.REJECTED


def _rows(data: dict[str, Any], count: int) -> list[Any]:
    """Return the vectors of an answer in the order of the texts; raise EmbeddingFailed where there is not one for each."""
    items = data.get("data")
    if not isinstance(items, list):
        raise failed(Outcome.REJECTED if "error" in data or data.get("object") == "error" else Outcome.WRONG_SHAPE)
    if len(items) != count or not all(isinstance(item, dict) for item in items):
        raise failed(Outcome.WRONG_SHAPE)
    places = [item.get("index", i) for i, item in enumerate(items)]
    if sorted(map(str, places)) != sorted(map(str, range(count))):
        raise failed(Outcome.WRONG_SHAPE)
    return [item.get("embedding") for _, item in sorted(zip(map(int, places), items, strict=True), key=lambda pair: pair[0])]
