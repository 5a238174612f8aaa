"""Steps that answer a request for embeddings: good ones that depend on the words alone, and those that cannot be used."""

import hashlib
import re
from typing import Any

from .answer import Answer, Step, json_answer
from .request import Request

DIMENSION = 64


def embeddings(dimension: int = DIMENSION, shuffled: bool = False) -> Step:
    """Answer with one vector a text: a count of its words by their digests, so that texts that share words are near."""

    def step(request: Request) -> Answer:
        items = [item(i, vector(text, dimension)) for i, text in enumerate(inputs(request))]
        return json_answer(200, body(request, items[::-1] if shuffled else items))

    return step


def one_too_few() -> Step:
    """Leave the last text out."""
    return lambda request: json_answer(200, body(request, [item(i, vector(t, DIMENSION)) for i, t in enumerate(inputs(request)[:-1])]))


def not_numbers(value: object = float("nan")) -> Step:
    """Put something into each vector that is no number."""
    return lambda request: json_answer(
        200, body(request, [item(i, [value, *vector(t, DIMENSION)[1:]]) for i, t in enumerate(inputs(request))])
    )


def all_zero() -> Step:
    """Answer with vectors that point nowhere."""
    return lambda request: json_answer(200, body(request, [item(i, [0.0] * DIMENSION) for i, _ in enumerate(inputs(request))]))


def ragged() -> Step:
    """Make each vector a little longer than the one before."""
    return lambda request: json_answer(200, body(request, [item(i, vector(t, DIMENSION + i)) for i, t in enumerate(inputs(request))]))


def one_index_twice() -> Step:
    """Say of two vectors that they belong to the same text."""
    return lambda request: json_answer(200, body(request, [item(0, vector(t, DIMENSION)) for t in inputs(request)]))


def inputs(request: Request) -> list[str]:
    """Return the texts that were sent."""
    sent = request.body.get("input") if isinstance(request.body, dict) else None
    return [sent] if isinstance(sent, str) else [str(text) for text in sent or []]


def item(index: int, numbers: list[Any]) -> dict[str, Any]:
    """Return one vector as an answer holds it."""
    return {"object": "embedding", "index": index, "embedding": numbers}


def body(request: Request, items: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the body of an answer."""
    # https://platform.openai.com/docs/api-reference/embeddings/create
    read = sum(len(text.split()) for text in inputs(request))
    return {"object": "list", "data": items, "model": request.model, "usage": {"prompt_tokens": read, "total_tokens": read}}


def vector(text: str, dimension: int) -> list[Any]:
    """Return how often a text has words of each digest, with a little of everything so that no text points nowhere."""
    counts = [0.01] * dimension
    for word in re.findall(r"\w+", text.lower()):
        counts[int(hashlib.sha256(word.encode()).hexdigest(), 16) % dimension] += 1.0
    return counts
