"""A model call ends in one of a few known ways, within its budget, whatever the other side does."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Thread
from time import monotonic, sleep

import pytest

from coach.domain.outcomes import RETRYABLE, SAID, Outcome, sentence
from coach.drafting import provider as provider_module
from coach.drafting.agenda.wire import WireAgenda
from coach.drafting.fences import fenced
from coach.drafting.provider import Endpoint, Provider
from coach.drafting.structured import MOST_REQUESTS, Answered, Mode, ask_structured, json_object
from coach.drafting.watch import Watch
from coach.errors import EngineFailed
from coach.prompts.loader import shipped
from tests.scripted.scripts import SCRIPTS
from tests.scripted.server import ScriptedServer, scripted

# How each way of answering ends; every other one ends in a draft.
ENDS = {
    "schema-always-refused": Outcome.REJECTED,
    "refusal": Outcome.REFUSED,
    "refusal-in-words": Outcome.WRONG_SHAPE,
    "truncated": Outcome.TRUNCATED,
    "filtered": Outcome.FILTERED,
    "prompt-filtered": Outcome.FILTERED,
    "too-long": Outcome.TOO_LONG,
    "too-long-vllm": Outcome.TOO_LONG,
    "too-long-llama.cpp": Outcome.TOO_LONG,
    "wrong-keys": Outcome.WRONG_SHAPE,
    "wrong-types": Outcome.WRONG_SHAPE,
    "prose": Outcome.WRONG_SHAPE,
    "not-finite": Outcome.WRONG_SHAPE,
    "deep": Outcome.WRONG_SHAPE,
    "deep-body": Outcome.FAULT,
    "not-utf8": Outcome.FAULT,
    "empty": Outcome.EMPTY,
    "empty-text": Outcome.EMPTY,
    "no-choices": Outcome.EMPTY,
    "busy": Outcome.LIMITED,
    "busy-for-a-day": Outcome.LIMITED,
    "out-of-quota": Outcome.OUT_OF_QUOTA,
    "fault": Outcome.FAULT,
    "fault-502": Outcome.FAULT,
    "fault-503": Outcome.FAULT,
    "error-with-200": Outcome.UNKNOWN_MODEL,
    "wrong-key": Outcome.UNAUTHORIZED,
    "wrong-key-azure": Outcome.UNAUTHORIZED,
    "wrong-key-vllm": Outcome.UNAUTHORIZED,
    "wrong-key-llama.cpp": Outcome.UNAUTHORIZED,
    "forbidden": Outcome.UNAUTHORIZED,
    "no-such-model": Outcome.UNKNOWN_MODEL,
    "no-such-model-azure": Outcome.UNKNOWN_MODEL,
    "no-such-model-ollama": Outcome.UNKNOWN_MODEL,
    "no-such-model-vllm": Outcome.UNKNOWN_MODEL,
    "proxy-page": Outcome.FAULT,
    "sign-in-page": Outcome.FAULT,
    "hang": Outcome.TIMED_OUT,
    "trickle": Outcome.TIMED_OUT,
    "dropped": Outcome.UNREACHABLE,
    "cut": Outcome.UNREACHABLE,
    "length-too-long": Outcome.UNREACHABLE,
    "length-too-short": Outcome.FAULT,
    "huge": Outcome.WRONG_SHAPE,
    "redirected": Outcome.REJECTED,
}
DATA = {
    "session": {"number": 4, "minutes": 45, "usable_minutes": 40, "kind": "middle", "date": "2026-03-06"},
    "goals": [
        {"id": "g1", "title": "Post the reasons", "status": "stalled"},
        {"id": "g2", "title": "Visit the floor", "status": "advanced"},
    ],
    "guidance": [{"key": "G1", "document": "Running sessions", "section": "Opening", "text": "Begin with what was promised."}],
}
KINDS = ("session", "goals", "actions", "wishes", "summary", "layout", "guidance")
MESSAGES = shipped("agenda").messages({name: fenced(name, DATA.get(name, [])) for name in KINDS})  # type: ignore[arg-type]
KEY = "sk-scripted-not-a-key"


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_module, "PAUSE", 0.01)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted(SCRIPTS["good"]) as running:
        yield running


def ask(server: ScriptedServer, mode: Mode = "auto", watch: Watch | None = None, seconds: float = 1.5) -> Answered[WireAgenda]:
    endpoint = Endpoint(server.url, "scripted-model", KEY, seconds=seconds)
    return ask_structured(Provider(endpoint), MESSAGES, WireAgenda, mode, watch or Watch(6))


def test_every_way_of_ending_is_known_and_every_known_end_can_be_met() -> None:
    assert set(ENDS) <= set(SCRIPTS)
    elsewhere = {Outcome.CANCELLED, Outcome.FORBIDDEN, Outcome.INTERNAL}  # met below, or by the services
    assert set(ENDS.values()) | elsewhere == set(Outcome)


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_each_way_of_answering_ends_as_it_should_in_at_most_three_requests(server: ScriptedServer, name: str) -> None:
    server.script = SCRIPTS[name]
    if name in ENDS:
        with pytest.raises(EngineFailed) as ended:
            ask(server)
        assert ended.value.outcome == ENDS[name]
        assert ended.value.retryable == (ENDS[name] in RETRYABLE)
        assert KEY not in str(ended.value)
    else:
        answered = ask(server)
        assert answered.value.items
        assert answered.tally.requests == len(server.asked)
    assert 1 <= len(server.asked) <= MOST_REQUESTS
    assert server.broken is None


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_end_is_told_in_plain_words_with_what_helps(outcome: Outcome) -> None:
    said = sentence(outcome)
    assert said.startswith(SAID[outcome])
    assert "built-in draft" in said
    assert ("Try again" in said) == (outcome in RETRYABLE)


def test_a_strict_schema_is_asked_for_first_then_json_in_the_prompt(server: ScriptedServer) -> None:
    server.script = SCRIPTS["schema-refused"]
    ask(server)
    first, second = (request.body for request in server.asked)
    assert first["response_format"]["json_schema"]["strict"] is True
    assert first["response_format"]["json_schema"]["schema"] == WireAgenda.model_json_schema()
    assert "response_format" not in second
    assert '"left_for_later"' in second["messages"][-1]["content"]
    assert second["messages"][0] == first["messages"][0]


def test_by_setting_only_json_in_the_prompt_is_asked_for(server: ScriptedServer) -> None:
    ask(server, "json")
    (request,) = server.asked
    assert "response_format" not in request.body


def test_by_setting_a_refused_schema_ends_the_call(server: ScriptedServer) -> None:
    server.script = SCRIPTS["schema-refused"]
    with pytest.raises(EngineFailed) as ended:
        ask(server, "strict")
    assert ended.value.outcome == Outcome.REJECTED
    assert len(server.asked) == 1


def test_one_repair_names_what_was_wrong(server: ScriptedServer) -> None:
    server.script = SCRIPTS["wrong-keys-then-good"]
    ask(server)
    repair = server.asked[1].body["messages"]
    assert [m["role"] for m in repair] == ["system", "user", "assistant", "user"]
    assert "could not be used" in repair[-1]["content"]
    assert "purpose" in repair[-1]["content"]


def test_a_request_holds_only_what_is_needed(server: ScriptedServer) -> None:
    ask(server)
    (request,) = server.asked
    assert set(request.body) == {"model", "messages", "response_format"}
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert not [name for name in request.headers if name.startswith("openai-")]


def test_the_environments_own_openai_settings_are_not_used(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/unasked-for")
    ask(server)
    (request,) = server.asked
    assert b"unasked-for" not in request.raw
    assert "unasked-for" not in str(dict(request.headers))


def test_a_redirect_is_never_followed(server: ScriptedServer) -> None:
    server.script = SCRIPTS["redirected"]
    with pytest.raises(EngineFailed):
        ask(server)
    assert len(server.requests) == len(server.redirects) == 1


@pytest.mark.parametrize("name", ["hang", "trickle", "busy"])
def test_a_person_can_stop_a_call_that_is_under_way(server: ScriptedServer, name: str) -> None:
    server.script = SCRIPTS[name]
    watch = Watch(60)
    Thread(target=lambda: (sleep(0.3), watch.stop()), daemon=True).start()
    began = monotonic()
    with pytest.raises(EngineFailed) as ended:
        ask(server, watch=watch, seconds=60)
    assert ended.value.outcome == Outcome.CANCELLED
    assert monotonic() - began < 30  # far below the minute that the call could have taken


def test_the_budget_of_the_whole_draft_ends_a_call_before_its_own_limit(server: ScriptedServer) -> None:
    server.script = SCRIPTS["hang"]
    began = monotonic()
    with pytest.raises(EngineFailed) as ended:
        ask(server, watch=Watch(0.5), seconds=60)
    assert ended.value.outcome == Outcome.TIMED_OUT
    assert monotonic() - began < 30


@pytest.mark.parametrize(("calls", "where", "allowed"), [
    ("never", "http://127.0.0.1:1/v1", False), ("loopback", "https://api.openai.com/v1", False), ("loopback", "http://localhost.example/v1", False),
    ("loopback", "http://127.0.0.1.example:80/v1", False), ("loopback", "http://127.0.0.1:1/v1", True), ("loopback", "http://[::1]:1/v1", True),
])  # fmt: skip
def test_one_switch_decides_where_model_calls_may_go(calls: str, where: str, allowed: bool) -> None:
    endpoint = replace(Endpoint(where, "m", seconds=1), calls=calls)  # type: ignore[arg-type]
    with pytest.raises(EngineFailed) as ended:
        Provider(endpoint).ask([{"role": "user", "content": "x"}], None, Watch(2))
    assert (ended.value.outcome == Outcome.FORBIDDEN) is not allowed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1}', {"a": 1}),
        ('Here it is:\n```json\n{"a": 1}\n```\nEnjoy.', {"a": 1}),
        ('<think>{"a": 0}</think>{"a": 1}', {"a": 1}),
        ('Sure. {"a": {"b": 1}} Anything else?', {"a": {"b": 1}}),
        ("[1, 2]", None),
        ('{"a": NaN}', None),
        ('{"a": ' * 100_000, None),
        ("", None),
    ],
)
def test_an_object_is_found_in_chatter_and_only_a_whole_one(text: str, found: object) -> None:
    assert json_object(text) == found


def test_the_schemas_that_providers_see_are_closed_and_have_no_limits_or_defaults() -> None:
    schema = WireAgenda.model_json_schema()
    for part in (schema, *schema["$defs"].values()):
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
    assert not {"default", "pattern", "minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "format"} & words(schema)


def words(data: object) -> set[str]:
    if isinstance(data, dict):
        return set(data) | {w for value in data.values() for w in words(value)}
    return {w for value in data for w in words(value)} if isinstance(data, list) else set()
