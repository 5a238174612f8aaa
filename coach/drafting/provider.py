"""Ask an OpenAI-compatible endpoint once: bounded in time and size, interruptible, every end of a call a typed outcome.

The client's own retries are off and redirects are not followed, so one call is one request to one address.
"""

import json
import logging
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from queue import Empty, Queue
from threading import Thread
from time import monotonic, time
from typing import TYPE_CHECKING, Any

from coach.domain.endpoints import Calls, may_call
from coach.domain.outcomes import RETRYABLE, Outcome, sentence
from coach.domain.text import one_line, printable
from coach.drafting.watch import Watch, failed
from coach.errors import EngineFailed

if TYPE_CHECKING:
    from openai import APIStatusError, OpenAI

MOST_BYTES = 1_000_000  # of one answer; a long agenda has 20,000
POLL_SECONDS = 0.05
PAUSE = 1.0  # seconds before another request, where the endpoint does not say
LONGEST_DETAIL, LONGEST_NAME = 300, 120  # characters
MOST_READ = 5_000  # characters of an error that are looked at
Message = dict[str, str]


@dataclass(frozen=True)
class Endpoint:
    """Where the model is, how it is called and how long one request may take (seconds)."""

    base_url: str
    model: str
    key: str = ""
    seconds: float = 60.0
    calls: Calls = "anywhere"


@dataclass(frozen=True)
class Reply:
    """What the model wrote, the model's own name and the tokens that were counted."""

    text: str
    model: str
    read: int = 0
    written: int = 0


class CallFailed(EngineFailed):
    """One request ended without a usable reply; `wait` says after how many seconds another may work, None where it will not.

    `shape_refused` says that the endpoint wants no schema; `detail` is the endpoint's own word, which may repeat what it was sent:
    only a diagnosis, which sends nobody's text, may show it.
    """

    def __init__(self, outcome: Outcome, wait: float | None = None, shape_refused: bool = False, detail: str = "") -> None:
        super().__init__(sentence(outcome), outcome, outcome in RETRYABLE)
        self.detail = detail
        self.wait = wait
        self.shape_refused = shape_refused


class Provider:
    """One endpoint; holds no state between requests."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    def ask(self, messages: Sequence[Message], shape: Mapping[str, Any] | None, watch: Watch) -> Reply:
        """Return the reply to one request; raise CallFailed or, when stopped, EngineFailed."""
        body: dict[str, Any] = {"model": self.endpoint.model, "messages": list(messages)}
        if shape is not None:
            body["response_format"] = dict(shape)
        return _reply(self._request(lambda client: _completion(client, body), watch))

    def models(self, watch: Watch) -> tuple[str, ...]:
        """Return the names of the models that the endpoint lists."""

        def listed(client: "OpenAI") -> dict[str, Any]:
            with client.models.with_streaming_response.list() as response:
                return _object(response.iter_bytes())

        data = self._request(listed, watch).get("data")
        return tuple(str(m.get("id", "")) for m in data if isinstance(m, dict)) if isinstance(data, list) else ()

    def _request(self, call: Callable[["OpenAI"], dict[str, Any]], watch: Watch) -> dict[str, Any]:
        """Run one request in a thread of its own, so that neither a stop nor the clock has to wait for the other side."""
        refuse_forbidden(self.endpoint)
        client = _client(self.endpoint)
        box: Queue[dict[str, Any] | BaseException] = Queue(1)
        Thread(target=lambda: box.put(_outcome_of(call, client)), daemon=True).start()
        until = monotonic() + min(self.endpoint.seconds, watch.left())
        try:
            while True:
                try:
                    found = box.get(timeout=POLL_SECONDS)
                except Empty:
                    if watch.stopped.is_set():
                        raise failed(Outcome.CANCELLED) from None
                    if monotonic() > until:
                        raise CallFailed(Outcome.TIMED_OUT) from None
                    continue
                if isinstance(found, BaseException):
                    raise found
                return found
        finally:
            client.close()


def refuse_forbidden(endpoint: Endpoint) -> None:
    """Raise CallFailed where the settings do not let a call go to this address."""
    if not may_call(endpoint.base_url, endpoint.calls):
        raise CallFailed(Outcome.FORBIDDEN)


def _client(endpoint: Endpoint) -> "OpenAI":
    # Imported here: the client takes most of a second to import, and the builtin engine needs none of it.
    from openai import DefaultHttpxClient, OpenAI

    for name in ("httpx2", "httpx", "httpcore", "openai"):  # their notes of each request hold its address, at worst its text
        logging.getLogger(name).setLevel(logging.WARNING)
    http = DefaultHttpxClient(follow_redirects=False, timeout=endpoint.seconds, trust_env=endpoint.calls == "anywhere")
    # Servers without keys still want the header.
    client = OpenAI(
        base_url=endpoint.base_url, api_key=endpoint.key or "none", max_retries=0, timeout=endpoint.seconds, http_client=http
    )  # fmt: skip
    client.organization = client.project = None  # the environment's own OPENAI_* variables are not ours to use
    return client


def _completion(client: "OpenAI", body: dict[str, Any]) -> dict[str, Any]:
    with client.chat.completions.with_streaming_response.create(**body) as response:
        return _object(response.iter_bytes())


def _object(chunks: Any) -> dict[str, Any]:
    """Return the JSON object in these bytes; raise CallFailed where there is none, or too much of it."""
    whole = bytearray()
    for chunk in chunks:
        whole += chunk
        if len(whole) > MOST_BYTES:
            raise CallFailed(Outcome.WRONG_SHAPE)
    try:
        data = json.loads(whole)
    except (ValueError, RecursionError):
        raise CallFailed(Outcome.FAULT, wait=PAUSE) from None  # no answer of an API: a proxy's page, half a body
    if not isinstance(data, dict):
        raise CallFailed(Outcome.FAULT, wait=PAUSE)
    return data


def _outcome_of(call: Callable[["OpenAI"], dict[str, Any]], client: "OpenAI") -> dict[str, Any] | BaseException:
    """Return what the call returns, or the typed error that its error stands for; never a message of the provider's."""
    from openai import APIConnectionError, APIStatusError, APITimeoutError

    try:
        return call(client)
    except CallFailed as error:
        return error
    except APITimeoutError:
        return CallFailed(Outcome.TIMED_OUT)
    except APIStatusError as error:
        return _of_status(error)
    except APIConnectionError:
        return CallFailed(Outcome.UNREACHABLE, wait=PAUSE)
    except UnicodeEncodeError:  # a key that no header can hold
        return CallFailed(Outcome.UNAUTHORIZED)
    except Exception as error:  # a body that breaks off or lies about its length ends in errors of the layers below
        broken = any(word in type(error).__name__ for word in ("Protocol", "Read", "Network", "Decod", "Connect", "Transport"))
        return CallFailed(Outcome.UNREACHABLE, wait=PAUSE) if broken else CallFailed(Outcome.INTERNAL)


def _of_status(error: "APIStatusError") -> CallFailed:
    said = error.response.text[:MOST_READ] if error.response.is_stream_consumed else ""
    found = _named(error, f"{error.message} {said}")
    found.detail = " ".join(str(printable(error.message)).split())[:LONGEST_DETAIL]
    return found


def _named(error: "APIStatusError", message: str) -> CallFailed:
    """Return the outcome that a status and the words with it stand for; servers differ in where they put the words."""
    status, said = error.status_code, f"{error.code} {error.type} {message}".lower()
    if status in (401, 403):
        return CallFailed(Outcome.UNAUTHORIZED)
    if status == 404:
        return CallFailed(Outcome.UNKNOWN_MODEL)
    if status == 429:
        spent = "insufficient_quota" in said or "billing" in said
        return CallFailed(Outcome.OUT_OF_QUOTA) if spent else CallFailed(Outcome.LIMITED, wait=_wait(error.response.headers))
    if status in (408, 409) or status >= 500:
        return CallFailed(Outcome.FAULT, wait=_wait(error.response.headers))
    if "content_filter" in said or "content management policy" in said:
        return CallFailed(Outcome.FILTERED)
    if status == 413 or "context_length" in said or "context length" in said or "context size" in said or "maximum context" in said:
        return CallFailed(Outcome.TOO_LONG)
    return CallFailed(Outcome.REJECTED, shape_refused=any(word in said for word in ("response_format", "json_schema", "schema", "grammar")))


def _wait(headers: Mapping[str, str]) -> float:
    """Return after how many seconds another request may work: what Retry-After says (seconds or a date), else PAUSE."""
    said = headers.get("retry-after", "")
    try:
        seconds = float(said)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(said).timestamp() - time()
        except (ValueError, OverflowError):
            return PAUSE
    return max(0.0, seconds) if math.isfinite(seconds) else PAUSE


def _reply(data: dict[str, Any]) -> Reply:
    """Return the reply in a completion; raise CallFailed where it is a refusal, cut off, filtered or empty."""
    if "choices" not in data and ("error" in data or data.get("object") == "error"):
        raise _of_error_body(data)
    choices = data.get("choices")
    choice = _dict(choices[0]) if isinstance(choices, list) and choices else {}
    message = _dict(choice.get("message"))
    text, ended = _text(message.get("content")), choice.get("finish_reason")
    if ended == "content_filter":
        raise CallFailed(Outcome.FILTERED)
    if message.get("refusal"):
        raise CallFailed(Outcome.REFUSED)
    if ended == "length":
        raise CallFailed(Outcome.TRUNCATED)
    if not text.strip():
        raise CallFailed(Outcome.EMPTY)
    usage = _dict(data.get("usage"))
    return Reply(
        text, str(one_line(str(data.get("model") or "")))[:LONGEST_NAME], _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
    )


def _of_error_body(data: dict[str, Any]) -> CallFailed:
    """Return the error that some gateways send with the status of a success."""
    told = _dict(data.get("error")) or data
    codes: dict[Any, Outcome] = {404: Outcome.UNKNOWN_MODEL, 401: Outcome.UNAUTHORIZED, 403: Outcome.UNAUTHORIZED}
    if told.get("code") == 429:
        return CallFailed(Outcome.LIMITED, wait=PAUSE)
    return CallFailed(codes.get(told.get("code"), Outcome.REJECTED))


def _text(content: Any) -> str:
    """Return what a message says; some servers cut it into parts."""
    if isinstance(content, list):
        return "".join(str(_dict(part).get("text") or "") for part in content)
    return content if isinstance(content, str) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(usage: dict[str, Any], name: str) -> int:
    value = usage.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0
