"""Find out what an endpoint can do: whether it answers, knows the model, and honours schemas; nobody's text is sent."""

import json
from dataclasses import dataclass

from coach.domain.outcomes import SAID, Outcome
from coach.drafting.provider import CallFailed, Provider
from coach.drafting.watch import Watch
from coach.errors import EngineFailed

# Nothing here asks for JSON, so that only an endpoint that honours the schema answers with it.
QUESTION = [{"role": "user", "content": "Which colour is fresh grass? Answer in one word."}]
SHAPE = {
    "type": "json_schema",
    "json_schema": {
        "name": "colour",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {"colour": {"type": "string", "enum": ["red", "green"]}},
            "required": ["colour"],
            "additionalProperties": False,
        },
    },
}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, whether it is as it should be, and what was found, in a sentence."""

    name: str
    fine: bool
    said: str


def diagnose(provider: Provider, watch: Watch) -> tuple[Finding, ...]:
    """Return what an endpoint can do; two small requests, a third where it wants no schema."""
    listed = _listed(provider, watch)
    return (listed, *_answers(provider, watch)) if listed.fine else (listed,)


def _listed(provider: Provider, watch: Watch) -> Finding:
    where, model = provider.endpoint.base_url, provider.endpoint.model
    try:
        known = provider.models(watch)
    except EngineFailed as error:
        # Some endpoints list no models and still answer; only one that cannot be reached or refuses the key ends it here.
        fatal = error.outcome in (Outcome.UNREACHABLE, Outcome.TIMED_OUT, Outcome.UNAUTHORIZED, Outcome.FORBIDDEN)
        said = _why(error, provider) if fatal else f"{where} lists no models, so the name {model} could not be looked up."
        return Finding("endpoint", not fatal, said)
    if known and model not in known:
        return Finding("endpoint", True, f"{where} answers, but does not list {model}; it lists {', '.join(known[:5])}.")
    return Finding("endpoint", True, f"{where} answers and lists {model}." if known else f"{where} answers and lists no models.")


def _answers(provider: Provider, watch: Watch) -> tuple[Finding, ...]:
    model = provider.endpoint.model
    try:
        reply = provider.ask(QUESTION, SHAPE, watch)
    except CallFailed as error:
        if not error.shape_refused:
            return (Finding("model", False, _why(error, provider)),)
        return (
            *_without_shape(provider, watch),
            Finding("schema", True, "It refuses schemas; COACH_LLM_SCHEMA=json saves a request a draft."),
        )
    answers = Finding("model", True, f"{reply.model or model} answers.")
    if _in_shape(reply.text):
        return answers, Finding("schema", True, "It honours strict schemas.")
    return answers, Finding("schema", True, "It ignores schemas; COACH_LLM_SCHEMA=json tells it the shape in words.")


def _without_shape(provider: Provider, watch: Watch) -> tuple[Finding, ...]:
    try:
        reply = provider.ask(QUESTION, None, watch)
    except EngineFailed as error:
        return (Finding("model", False, _why(error, provider)),)
    return (Finding("model", True, f"{reply.model or provider.endpoint.model} answers."),)


def _in_shape(text: str) -> bool:
    try:
        return isinstance(data := json.loads(text), dict) and data.get("colour") in ("red", "green")
    except (ValueError, RecursionError):
        return False


def _why(error: EngineFailed, provider: Provider) -> str:
    """Return the outcome in words, with what the endpoint said, but never the key: these requests held nobody's text."""
    detail = error.detail if isinstance(error, CallFailed) else ""
    if provider.endpoint.key:
        detail = detail.replace(provider.endpoint.key, "(the key)")
    return f"{SAID[Outcome(error.outcome)]}{f' ({detail})' if detail else ''}."
