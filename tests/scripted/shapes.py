"""Completions as five servers really shape them; each shape names where it was read.

Nothing in them depends on the clock: the same request gets the same bytes, so that a cassette stays as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .answer import Headers
from .request import Request

CREATED = 1_764_028_800  # some second of November 2025
SAFE = {"filtered": False, "severity": "safe"}
HARMLESS = {"hate": SAFE, "self_harm": SAFE, "sexual": SAFE, "violence": SAFE}


class Like(StrEnum):
    """Whose shape an answer has."""

    OPENAI = "openai"
    AZURE = "azure"
    OLLAMA = "ollama"
    VLLM = "vllm"
    LLAMA_CPP = "llama.cpp"


@dataclass(frozen=True)
class Said:
    """What a model said, and why it stopped; `thoughts` is what it wrote for itself first."""

    content: str | None
    ended: str = "stop"
    refusal: str | None = None
    thoughts: str | None = None


def completion(request: Request, said: Said, like: Like = Like.OPENAI) -> dict[str, Any]:
    """Return the body of a completion."""
    return _SHAPES[like](request, said)


def headers(request: Request, like: Like = Like.OPENAI) -> Headers:
    """Return the headers that come with a completion; those of OpenAI name an organisation and set a cookie."""
    return _HEADERS[like](request)


def tokens(text: str | None) -> int:
    """Return about how many tokens a text has: one for four characters."""
    return -(-len(text or "") // 4)


def _counts(request: Request, said: Said) -> tuple[int, int, int]:
    read, written = tokens(request.said), tokens(said.content) + tokens(said.refusal) + tokens(said.thoughts)
    return read, written, read + written


def _openai(request: Request, said: Said) -> dict[str, Any]:
    # https://developers.openai.com/api/reference/python/resources/chat/subresources/completions/
    # and https://community.openai.com/t/the-refusal-in-the-api-is-always-null/922367 (a body as received)
    read, written, total = _counts(request, said)
    details = {
        "reasoning_tokens": tokens(said.thoughts),
        "audio_tokens": 0,
        "accepted_prediction_tokens": 0,
        "rejected_prediction_tokens": 0,
    }
    return {
        "id": f"chatcmpl-{request.digest[:29]}",
        "object": "chat.completion",
        "created": CREATED,
        "model": request.model,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": said.content, "refusal": said.refusal, "annotations": []},
                "logprobs": None,
                "finish_reason": said.ended,
            }
        ],
        "usage": {
            "prompt_tokens": read,
            "completion_tokens": written,
            "total_tokens": total,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": details,
        },
        "service_tier": "default",
        "system_fingerprint": "fp_44709d6fcb",
    }


def _azure(request: Request, said: Said) -> dict[str, Any]:
    # https://github.com/microsoft/semantic-kernel/issues/5240: the filter's findings for the prompt and for the choice
    body = _openai(request, said)
    del body["service_tier"]
    filtered = said.ended == "content_filter"
    found = HARMLESS | ({"violence": {"filtered": True, "severity": "medium"}} if filtered else {})
    body["choices"][0]["content_filter_results"] = found
    return body | {"prompt_filter_results": [{"prompt_index": 0, "content_filter_results": HARMLESS}]}


def _ollama(request: Request, said: Said) -> dict[str, Any]:
    # https://github.com/ollama/ollama/blob/main/openai/openai.go (ChatCompletion, Message, Usage): thoughts stand in `reasoning`
    read, written, total = _counts(request, said)
    message = {"role": "assistant", "content": said.content or said.refusal or ""} | ({"reasoning": said.thoughts} if said.thoughts else {})
    return {
        "id": f"chatcmpl-{int(request.digest[:4], 16) % 1000}",
        "object": "chat.completion",
        "created": CREATED,
        "model": request.model,
        "system_fingerprint": "fp_ollama",
        "choices": [{"index": 0, "message": message, "finish_reason": said.ended}],
        "usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": total},
    }


def _vllm(request: Request, said: Said) -> dict[str, Any]:
    # https://docs.vllm.ai/en/v0.8.2/features/reasoning_outputs.html and https://github.com/vllm-project/vllm/issues/12468:
    # thoughts stand in `reasoning_content`; `stop_reason`, `prompt_logprobs` and `kv_transfer_params` are vLLM's own
    read, written, total = _counts(request, said)
    message: dict[str, Any] = {
        "role": "assistant",
        "reasoning_content": said.thoughts,
        "content": said.content,
        "refusal": said.refusal,
        "tool_calls": [],
    }
    return {
        "id": f"chatcmpl-{request.digest[:32]}",
        "object": "chat.completion",
        "created": CREATED,
        "model": request.model,
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": said.ended, "stop_reason": None}],
        "service_tier": None,
        "system_fingerprint": None,
        "usage": {"prompt_tokens": read, "total_tokens": total, "completion_tokens": written, "prompt_tokens_details": None},
        "prompt_logprobs": None,
        "kv_transfer_params": None,
    }


def _llama_cpp(request: Request, said: Said) -> dict[str, Any]:
    # https://github.com/openai-php/client/issues/780 (fingerprint, timings, `reasoning_content` as received)
    read, written, total = _counts(request, said)
    thoughts = {"reasoning_content": said.thoughts} if said.thoughts else {}
    return {
        "choices": [{"finish_reason": said.ended, "index": 0, "message": {"role": "assistant", "content": said.content, **thoughts}}],
        "created": CREATED,
        "model": request.model,
        "system_fingerprint": "b9554-d403f00ec",
        "object": "chat.completion",
        "usage": {"completion_tokens": written, "prompt_tokens": read, "total_tokens": total},
        "id": f"chatcmpl-{request.digest[:32]}",
        "timings": {"cache_n": 0, "prompt_n": read, "prompt_ms": 251.51, "predicted_n": written, "predicted_ms": 434.55},
    }


def _openai_headers(request: Request) -> Headers:
    # https://github.com/openai-php/client: the headers of an answer, in its tests; the cookie is Cloudflare's
    return (
        ("openai-organization", "org-scripted"),
        ("openai-processing-ms", "410"),
        ("openai-version", "2020-10-01"),
        ("x-request-id", f"req_{request.digest[:32]}"),
        ("x-ratelimit-limit-requests", "3000"),
        ("x-ratelimit-limit-tokens", "250000"),
        ("x-ratelimit-remaining-requests", "2999"),
        ("x-ratelimit-remaining-tokens", "249989"),
        ("x-ratelimit-reset-requests", "20ms"),
        ("x-ratelimit-reset-tokens", "2ms"),
        ("set-cookie", f"__cf_bm={request.digest[:20]}; path=/; HttpOnly; Secure; SameSite=None"),
        ("server", "cloudflare"),
    )


def _azure_headers(request: Request) -> Headers:
    # https://github.com/microsoft/copilot-camp/issues/551
    return (
        ("apim-request-id", request.digest[:36]),
        ("x-envoy-upstream-service-time", "68"),
        ("x-ms-region", "Sweden Central"),
        ("x-ratelimit-remaining-requests", "7"),
        ("x-ratelimit-remaining-tokens", "1014"),
    )


_SHAPES: dict[Like, Callable[[Request, Said], dict[str, Any]]] = {
    Like.OPENAI: _openai,
    Like.AZURE: _azure,
    Like.OLLAMA: _ollama,
    Like.VLLM: _vllm,
    Like.LLAMA_CPP: _llama_cpp,
}
_HEADERS: dict[Like, Callable[[Request], Headers]] = {
    Like.OPENAI: _openai_headers,
    Like.AZURE: _azure_headers,
    Like.OLLAMA: lambda _: (),
    Like.VLLM: lambda _: (("server", "uvicorn"),),
    Like.LLAMA_CPP: lambda _: (("server", "llama.cpp"),),
}
