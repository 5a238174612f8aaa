"""Steps that end in a completion: good ones, and ones whose content is not what was asked for."""

import json
from collections.abc import Callable
from typing import Any

from .agendas import good_agenda, written
from .answer import Answer, Step, json_answer
from .failures import schema_refused
from .request import Request
from .shapes import Like, Said, completion, headers

Content = str | Callable[[Request], str]
SORRY = "I'm sorry, but I can't help with that."
CHATTER = "Sure, here is the agenda that you asked for.\n\n```json\n{json}\n```\n\nLet me know if you would like any changes."
THOUGHTS = "The session is short, so the stalled goal comes first. A brace { here, and there }: it must not confuse a reader."
PROSE = (
    "# Agenda\n\n1. What we promised last time\n2. The goal that has not moved\n3. Close\n\nI kept it short, as you both have little time."
)
DEEP = 100_000  # levels; Python's json gives up at about a thousand, in whichever module it is


def content_for(content: Content, request: Request) -> str:
    """Return the text to answer with, given or made from the request."""
    return content if isinstance(content, str) else content(request)


def saying(said: Said | Callable[[Request], Said], like: Like = Like.OPENAI) -> Step:
    """Answer with a completion in which the model said this."""

    def step(request: Request) -> Answer:
        told = said if isinstance(said, Said) else said(request)
        return json_answer(200, completion(request, told, like), headers(request, like))

    return step


def good(content: Content = good_agenda, like: Like = Like.OPENAI) -> Step:
    """Answer with a good completion; by default an agenda built from the prompt."""
    return saying(lambda request: Said(content_for(content, request)), like)


def by_hand(name: str, like: Like = Like.OPENAI) -> Step:
    """Answer with one of the agendas that were written by hand."""
    return good(written(name), like)


# ---------------------------------------------------------------- ends of a completion that give no draft


def refusal(words: str = SORRY) -> Step:
    """Decline, in the field that is made for it."""
    return saying(Said(None, refusal=words))


def refusal_in_words(words: str = SORRY, like: Like = Like.OLLAMA) -> Step:
    """Decline in the content, as models do whose server has no field for it."""
    return saying(Said(words), like)


def truncated(content: Content = good_agenda, like: Like = Like.OPENAI) -> Step:
    """Stop half-way through the JSON, because the tokens ran out."""

    def half(request: Request) -> Said:
        whole = content_for(content, request)
        return Said(whole[: len(whole) // 2], ended="length")

    return saying(half, like)


def filtered(content: str | None = None) -> Step:
    """Stop because the content filter found something in what the model wrote; Azure leaves out the rest of it."""
    return saying(Said(content, ended="content_filter"), Like.AZURE)


def empty(content: str | None = None) -> Step:
    """Answer with no content: null, or a text with nothing in it."""
    return saying(Said(content))


def no_choices() -> Step:
    """Answer with an empty list of choices."""
    return changed(lambda body: body | {"choices": []})


# ---------------------------------------------------------------- content in the wrong shape


def wrong_keys() -> Step:
    """Answer with valid JSON whose keys are others."""
    return good(json.dumps({"title": "Agenda", "sections": [{"heading": "What we promised last time", "duration": "5 min"}]}))


def wrong_types() -> Step:
    """Answer with the right keys and the wrong types behind them."""
    item = {
        "minutes": "ten",
        "title": None,
        "goal": ["g1"],
        "lead": "coordinator",
        "questions": "What happened?",
        "guidance": {"key": "G1"},
    }
    return good(json.dumps({"purpose": 7, "items": [item], "left_for_later": "nothing", "preparation": None, "close": [None]}))


def fenced(content: Content = good_agenda) -> Step:
    """Put the JSON into a fence, with friendly words around it."""
    return good(lambda request: CHATTER.replace("{json}", content_for(content, request)))


def prose() -> Step:
    """Answer in words, without any JSON."""
    return good(PROSE)


def not_finite(content: Content = good_agenda) -> Step:
    """Write NaN and Infinity where minutes should be: no JSON, though Python's reader takes it."""

    def step(request: Request) -> str:
        agenda = json.loads(content_for(content, request))
        for item, minutes in zip(agenda["items"], (float("nan"), float("inf"), float("-inf")), strict=False):
            item["minutes"] = minutes
        return json.dumps(agenda, ensure_ascii=False)

    return good(step)


def deep(levels: int = DEEP) -> Step:
    """Nest the JSON so deeply that a recursive reader runs out of stack."""
    return good('{"purpose": ' + "[" * levels + "]" * levels + "}")


def deep_body(levels: int = DEEP) -> Step:
    """Nest the body of the response itself that deeply."""
    body = b'{"choices": ' + b"[" * levels + b"]" * levels + b"}"
    return lambda _: Answer(200, body, (("Content-Type", "application/json"),))


def not_utf8(content: Content = good_agenda) -> Step:
    """Send bytes that are no UTF-8 in the middle of a good completion."""

    def step(request: Request) -> Answer:
        whole = good(content)(request)
        middle = len(whole.body) // 2
        return whole.but(body=whole.body[:middle] + b"\xff\xfe\x80" + whole.body[middle:])

    return step


# ---------------------------------------------------------------- servers with ways of their own


def ignoring_schema(like: Like = Like.OLLAMA) -> Step:
    """Take no notice of a schema that is asked for as a format; obey one that stands in the prompt."""
    # https://github.com/ollama/ollama/issues/10001 and https://github.com/ROCm/FastFlowLM/issues/554
    return lambda request: (good(like=like) if '"properties"' in request.said else good(PROSE, like))(request)


def refusing_schema(like: Like = Like.OPENAI) -> Step:
    """Answer 400 where a schema is asked for as a format, otherwise with a good completion."""
    return lambda request: (schema_refused(like) if request.shape == "json_schema" else good(like=like))(request)


def thinking(content: Content = good_agenda, like: Like = Like.VLLM) -> Step:
    """Give the model's thoughts in a field of their own."""
    return saying(lambda request: Said(content_for(content, request), thoughts=THOUGHTS), like)


def thinking_aloud(content: Content = good_agenda, like: Like = Like.VLLM) -> Step:
    """Leave the model's thoughts in the content, before the answer."""
    # https://github.com/triton-inference-server/perf_analyzer/pull/433: vLLM without a reasoning parser
    return good(lambda request: f"<think>\n{THOUGHTS}\n</think>\n\n{content_for(content, request)}", like)


def counted(usage: Any) -> Step:
    """Answer well, with this in place of the usage: null, texts, numbers that cannot be."""
    return changed(lambda body: body | {"usage": usage})


def uncounted() -> Step:
    """Answer well, without any usage."""
    return changed(lambda body: {name: value for name, value in body.items() if name != "usage"})


def changed(change: Callable[[dict[str, Any]], dict[str, Any]], content: Content = good_agenda) -> Step:
    """Answer with a good completion after this change to its body."""
    return lambda request: json_answer(200, change(completion(request, Said(content_for(content, request)))), headers(request))
