"""Steps that fail as providers do: with their status, their headers and their own shape of error; each names where it was read."""

from email.utils import formatdate
from time import time
from typing import Any

from .answer import Answer, Headers, Step, html_answer, json_answer
from .request import Request
from .shapes import Like, headers

OPENAI_BUSY = (
    "Rate limit reached for {model} in organization org-scripted on tokens per min (TPM): Limit 30000, Used 29937, Requested 385. "
    "Please try again in {seconds}s. Visit https://platform.openai.com/account/rate-limits to learn more."
)
AZURE_BUSY = (
    "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded token rate limit of your current "
    "OpenAI S0 pricing tier. Please retry after {seconds} seconds."
)
AZURE_FILTERED = (
    "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry. "
    "To learn more about our content filtering policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766"
)
AZURE_NO_DEPLOYMENT = (
    "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, "
    "please wait a moment and try again."
)
AZURE_WRONG_KEY = (
    "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription "
    "and use a correct regional API endpoint for your resource."
)
NO_SCHEMA_HERE = (
    "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. "
    "Learn more about supported models at the Structured Outputs guide: https://platform.openai.com/docs/guides/structured-outputs"
)


def openai_error(message: str, kind: str, code: str | None = None, param: str | None = None) -> dict[str, Any]:
    """Return the body of an error in OpenAI's shape."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def failing(status: int, body: Any, like: Like = Like.OPENAI, more: Headers = ()) -> Step:
    """Answer every request with this error; "{model}" and "{key}" in its message are filled in as the provider would."""

    def step(request: Request) -> Answer:
        return json_answer(status, _filled(body, request), (*headers(request, like), *more))

    return step


def _filled(body: Any, request: Request) -> Any:
    if isinstance(body, dict):
        return {name: _filled(value, request) for name, value in body.items()}
    if not isinstance(body, str):
        return body
    key = request.headers.get("authorization", "").removeprefix("Bearer ")
    return body.replace("{model}", request.model).replace("{key}", f"{key[:8]}{'*' * 12}{key[-4:]}")


# ---------------------------------------------------------------- too busy, or paid up


def limited(seconds: int = 1, like: Like = Like.OPENAI) -> Step:
    """Answer 429 and ask to wait this long."""
    return _limited(str(seconds), seconds, like)


def limited_until(seconds: int = 2, like: Like = Like.OPENAI) -> Step:
    """Answer 429 and ask to wait until a date: this many seconds after the request."""
    return lambda request: _limited(formatdate(time() + seconds, usegmt=True), seconds, like)(request)


def _limited(retry_after: str, seconds: int, like: Like) -> Step:
    # https://github.com/openai/codex/issues/88 and https://github.com/jasonacox/TinyLLM/issues/17
    openai = openai_error(OPENAI_BUSY.replace("{seconds}", str(seconds)), "tokens", "rate_limit_exceeded")
    azure = {"error": {"code": "429", "message": AZURE_BUSY.replace("{seconds}", str(seconds))}}
    return failing(429, azure if like is Like.AZURE else openai, like, (("Retry-After", retry_after),))


def out_of_quota() -> Step:
    """Answer 429, not because of too many requests but because nothing is left on the account."""
    # https://github.com/chatanywhere/GPT_API_free/issues/229
    said = (
        "You exceeded your current quota, please check your plan and billing details. "
        "For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors."
    )
    return failing(429, openai_error(said, "insufficient_quota", "insufficient_quota"))


# ---------------------------------------------------------------- not let in, not there


def wrong_key(like: Like = Like.OPENAI) -> Step:
    """Answer 401; OpenAI repeats a part of the key that was sent."""
    bodies = {
        # https://github.com/popjane/free_chatgpt_api/issues/3
        Like.OPENAI: openai_error(
            "Incorrect API key provided: {key}. You can find your API key at https://platform.openai.com/account/api-keys.",
            "invalid_request_error",
            "invalid_api_key",
        ),
        # https://github.com/SciSharp/BotSharp/issues/386
        Like.AZURE: {"error": {"code": "401", "message": AZURE_WRONG_KEY}},
        # llama.cpp answers so as soon as it was started with --api-key, for /v1/models too
        Like.LLAMA_CPP: {"error": {"message": "Invalid API Key", "type": "authentication_error", "code": 401}},
        # vLLM's middleware, before any of its own shapes
        Like.VLLM: {"error": "Unauthorized"},
    }
    return failing(401, bodies[like], like)


def forbidden() -> Step:
    """Answer 403."""
    # https://github.com/home-assistant/core/issues/120072
    said = "Country, region, or territory not supported"
    return failing(403, openai_error(said, "request_forbidden", "unsupported_country_region_territory"))


def no_such_model(like: Like = Like.OPENAI) -> Step:
    """Answer 404: there is no model of this name, or the key may not use it."""
    bodies = {
        # https://github.com/continuedev/continue/issues/10832 gives the words, Groq's 404 the shape that OpenAI's has too
        Like.OPENAI: openai_error(
            "The model `{model}` does not exist or you do not have access to it.", "invalid_request_error", "model_not_found"
        ),
        # an answer of Azure's v1 surface
        Like.AZURE: openai_error(AZURE_NO_DEPLOYMENT, "invalid_request_error", "DeploymentNotFound"),
        # https://github.com/netease-youdao/QAnything/issues/555; newer ones say `not_found_error` (openai.go, NewError)
        Like.OLLAMA: openai_error('model "{model}" not found, try pulling it first', "not_found_error"),
        # https://github.com/vllm-project/vllm/issues/3485; newer ones nest it under `error`, the code is a number
        Like.VLLM: {"error": {"message": "The model `{model}` does not exist.", "type": "NotFoundError", "param": "model", "code": 404}},
    }
    return failing(404, bodies[like], like)


# ---------------------------------------------------------------- rejected


def schema_refused(like: Like = Like.OPENAI) -> Step:
    """Answer 400 because a schema was asked for."""
    bodies = {
        # https://github.com/web-infra-dev/midscene/issues/259
        Like.OPENAI: openai_error(NO_SCHEMA_HERE, "invalid_request_error", None, "response_format"),
        # https://github.com/langgenius/dify/issues/8994
        Like.AZURE: {
            "error": {
                "code": "BadRequest",
                "message": "response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later",
            }
        },
        # https://github.com/llm-exe/llm-exe/issues/662 (DeepSeek, in OpenAI's shape)
        Like.VLLM: openai_error("This response_format type is unavailable now", "invalid_request_error", "invalid_request_error"),
        # https://github.com/ggml-org/llama.cpp/pull/19349
        Like.LLAMA_CPP: {
            "error": {"code": 400, "message": "Failed to initialize samplers: failed to parse grammar", "type": "invalid_request_error"}
        },
    }
    return failing(400, bodies[like], like)


def prompt_filtered() -> Step:
    """Answer 400 as Azure does when its filter stops the prompt."""
    # https://github.com/compl-ai/compl-ai/issues/20
    result = {
        "hate": {"filtered": False, "severity": "safe"},
        "jailbreak": {"filtered": False, "detected": False},
        "self_harm": {"filtered": False, "severity": "safe"},
        "sexual": {"filtered": False, "severity": "safe"},
        "violence": {"filtered": True, "severity": "medium"},
    }
    inner = {"code": "ResponsibleAIPolicyViolation", "content_filter_result": result}
    said = {"message": AZURE_FILTERED, "type": None, "param": "prompt", "code": "content_filter", "status": 400, "innererror": inner}
    return failing(400, {"error": said}, Like.AZURE)


def too_long(like: Like = Like.OPENAI) -> Step:
    """Answer 400 because the prompt is longer than the model can read."""
    said = "This model's maximum context length is 8192 tokens. However, your messages resulted in 8227 tokens. Please reduce the length of the messages."
    bodies = {
        # https://github.com/crewAIInc/crewAI-examples/issues/121
        Like.OPENAI: openai_error(said, "invalid_request_error", "context_length_exceeded", "messages"),
        # https://github.com/vllm-project/vllm/issues/4667, nested as newer ones do
        Like.VLLM: {"error": {"message": said, "type": "BadRequestError", "param": None, "code": 400}},
        # https://github.com/oobabooga/textgen/issues/7257
        Like.LLAMA_CPP: {
            "error": {
                "code": 400,
                "message": "the request exceeds the available context size. try increasing the context size or enable context shift",
                "type": "exceed_context_size_error",
                "n_prompt_tokens": 14429,
                "n_ctx": 8192,
            }
        },
    }
    return failing(400, bodies[like], like)


# ---------------------------------------------------------------- broken


def fault(status: int = 500, like: Like = Like.OPENAI) -> Step:
    """Answer with a fault of the provider's own: 500, 502, 503 or another."""
    bodies = {
        # https://github.com/ai-genie/chatgpt-vscode/issues/100
        Like.OPENAI: openai_error("The server had an error processing your request. Sorry about that!", "server_error"),
        # https://github.com/ollama/ollama/issues/15934: a bare string where others have an object
        Like.OLLAMA: {"error": "Server overloaded, please retry shortly (ref: 00000000-0000-0000-0000-000000000000)"},
        # llama.cpp while it loads its model (its server's README, GET /health)
        Like.LLAMA_CPP: {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}},
    }
    return failing(status, bodies[like], like)


def error_with_200() -> Step:
    """Answer 200 with an error in the body, as some gateways and older llama.cpp do."""
    # https://github.com/runpod-workers/worker-vllm/issues/57
    said = {"code": 404, "message": "The model `{model}` does not exist.", "object": "error", "param": None, "type": "NotFoundError"}
    return failing(200, said)


def proxy_page(status: int = 502) -> Step:
    """Answer with a proxy's page for browsers; with 200 it is one that asks to sign in first."""
    page = SIGN_IN_PAGE if status == 200 else NGINX_PAGE.replace("{status}", str(status))
    return lambda _: html_answer(status, page)


# nginx's built-in page (src/http/ngx_http_special_response.c)
NGINX_PAGE = (
    "<html>\r\n<head><title>{status} Bad Gateway</title></head>\r\n<body>\r\n<center><h1>{status} Bad Gateway</h1></center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
SIGN_IN_PAGE = (
    "<!DOCTYPE html>\n<html><head><title>Sign in to the network</title></head>"
    '<body><form method="post" action="/login"><input name="user"></form></body></html>\n'
)
