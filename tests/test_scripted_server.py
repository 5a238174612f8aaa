"""The scripted endpoint does what each of its steps says, as seen by the client that the coach uses, and leaves nothing behind."""

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import openai
import pytest
from openai import DefaultHttpxClient, OpenAI
from openai.types.chat import ChatCompletion
from pydantic import ValidationError

from coach.drafting.agenda.wire import WireAgenda
from tests.processes import ROOT
from tests.scripted import (
    MODEL,
    Answer,
    Request,
    Script,
    ScriptedServer,
    Step,
    contents,
    failures,
    listed,
    not_listed,
    scripted,
    wire,
)
from tests.scripted.contents import good
from tests.scripted.prompts import prompt_with
from tests.scripted.scripts import SCRIPTS
from tests.scripted.shapes import Like

KEY = "sk-scripted-0123456789abcdef"
SCHEMA = {"type": "json_schema", "json_schema": {"name": "agenda", "strict": True, "schema": WireAgenda.model_json_schema()}}
SOON = 5.0  # seconds that a test waits at most for what should happen at once


@contextmanager
def client_of(server: ScriptedServer, seconds: float = SOON, follow: bool = False) -> Iterator[OpenAI]:
    """The client as the coach sets it up: no retries of its own, no redirects, nobody's proxy."""
    http = DefaultHttpxClient(follow_redirects=follow, trust_env=False, timeout=seconds)
    with OpenAI(base_url=server.url, api_key=KEY, max_retries=0, timeout=seconds, http_client=http) as client:
        yield client


def ask(client: OpenAI, prompt: str = "", shape: dict[str, Any] | None = None) -> ChatCompletion:
    messages = [{"role": "system", "content": "You draft agendas."}, {"role": "user", "content": prompt or prompt_with()}]
    body: dict[str, Any] = {"model": MODEL, "messages": messages} | ({"response_format": shape} if shape else {})
    answer: ChatCompletion = client.chat.completions.create(**body)
    return answer


def answer_to(script: Script, prompt: str = "", shape: dict[str, Any] | None = None, seconds: float = SOON) -> ChatCompletion:
    """Serve a script, ask once, and return the answer."""
    with scripted(script) as server, client_of(server, seconds) as client:
        return ask(client, prompt, shape)


def content_of(answer: ChatCompletion) -> str:
    content = answer.choices[0].message.content
    assert content is not None
    return content


# ---------------------------------------------------------------- what it is sent, and in which order it answers


def test_a_request_is_recorded_as_it_was_sent() -> None:
    with scripted(good()) as server, client_of(server) as client:
        ask(client, "what was said", SCHEMA)
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.body == json.loads(request.raw)
    assert (request.model, request.shape, request.prompt) == (MODEL, "json_schema", "what was said")
    assert [m["role"] for m in request.messages] == ["system", "user"]


def test_steps_are_used_one_by_one_and_the_last_one_stays() -> None:
    with scripted([good("first"), good("second")]) as server, client_of(server) as client:
        assert [content_of(ask(client)) for _ in range(4)] == ["first", "second", "second", "second"]
    assert len(server.asked) == 4


def test_a_new_script_begins_at_its_first_step() -> None:
    with scripted([good("old"), good("older")]) as server, client_of(server) as client:
        ask(client)
        server.script = [good("new"), good("newer")]
        assert [content_of(ask(client)), content_of(ask(client))] == ["new", "newer"]


def test_a_list_of_models_uses_up_no_step() -> None:
    with scripted([good("first"), good("second")]) as server, client_of(server) as client:
        client.models.list()
        assert content_of(ask(client)) == "first"


def test_a_script_may_be_a_function_of_the_request() -> None:
    def by_prompt(request: Request) -> Answer:
        return (failures.fault() if "fail" in request.prompt else good("fine"))(request)

    with scripted(by_prompt) as server, client_of(server) as client:
        assert content_of(ask(client, "go on")) == "fine"
        with pytest.raises(openai.InternalServerError):
            ask(client, "please fail")


def test_a_fault_inside_a_script_is_raised_where_the_server_was_used() -> None:
    def broken(_: Request) -> Answer:
        raise LookupError("a mistake in the test")

    with pytest.raises(LookupError, match="a mistake in the test"), scripted(broken) as server, client_of(server) as client:
        assert client.models.list().data
        with contextlib.suppress(openai.InternalServerError):
            ask(client)


def test_a_script_without_steps_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one step"), scripted([]):
        pass


def test_the_same_request_gets_the_same_bytes() -> None:
    request = Request("POST", "/v1/chat/completions", {}, b'{"model": "m", "messages": []}')
    for like in Like:
        assert good(like=like)(request) == good(like=like)(request)


def test_another_address_is_not_found() -> None:
    with scripted(good()) as server, client_of(server) as client, pytest.raises(openai.NotFoundError, match="Invalid URL"):
        client.moderations.create(input="a text")


# ---------------------------------------------------------------- the models


def test_the_models_are_listed() -> None:
    with scripted(good(), models=listed("one", "two")) as server, client_of(server) as client:
        assert [model.id for model in client.models.list()] == ["one", "two"]


def test_the_models_may_be_missing() -> None:
    with scripted(good(), models=not_listed()) as server, client_of(server) as client, pytest.raises(openai.NotFoundError):
        client.models.list()


def test_the_models_may_never_come() -> None:
    with scripted(good(), models=wire.hang()) as server, client_of(server, 0.3) as client, pytest.raises(openai.APITimeoutError):
        client.models.list()


# ---------------------------------------------------------------- completions


@pytest.mark.parametrize("like", Like)
def test_every_server_s_completion_can_be_read(like: Like) -> None:
    answer = answer_to(good("what the model said", like))
    assert content_of(answer) == "what the model said"
    assert answer.choices[0].finish_reason == "stop"
    assert answer.model == MODEL
    assert answer.usage is not None
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 0


def test_openai_names_an_organisation_and_sets_a_cookie() -> None:
    with scripted(good()) as server, client_of(server) as client:
        headers = client.chat.completions.with_raw_response.create(model=MODEL, messages=[{"role": "user", "content": "hello"}]).headers
    assert headers["openai-organization"] == "org-scripted"
    assert headers["set-cookie"].startswith("__cf_bm=")
    assert headers["x-request-id"].startswith("req_")


def test_a_refusal_has_its_own_field_and_no_content() -> None:
    message = answer_to(contents.refusal("No, thank you.")).choices[0].message
    assert (message.refusal, message.content) == ("No, thank you.", None)


def test_a_refusal_may_stand_in_the_content() -> None:
    message = answer_to(contents.refusal_in_words("No, thank you.")).choices[0].message
    assert (message.refusal, message.content) == (None, "No, thank you.")


def test_a_truncated_completion_ends_in_the_middle_of_its_json() -> None:
    answer = answer_to(contents.truncated())
    assert answer.choices[0].finish_reason == "length"
    assert content_of(answer).startswith('{"purpose"')
    with pytest.raises(json.JSONDecodeError):
        json.loads(content_of(answer))


def test_a_filtered_completion_has_no_content_and_says_what_was_found() -> None:
    choice = answer_to(contents.filtered()).choices[0]
    assert (choice.finish_reason, choice.message.content) == ("content_filter", None)
    assert choice.model_dump()["content_filter_results"]["violence"]["filtered"] is True


@pytest.mark.parametrize("content", [None, ""])
def test_an_empty_completion_ends_as_if_all_were_well(content: str | None) -> None:
    choice = answer_to(contents.empty(content)).choices[0]
    assert (choice.finish_reason, choice.message.content) == ("stop", content)


def test_a_completion_may_have_no_choices() -> None:
    assert answer_to(contents.no_choices()).choices == []


@pytest.mark.parametrize("step", [contents.wrong_keys(), contents.wrong_types()])
def test_a_wrong_shape_is_valid_json_that_is_no_agenda(step: Step) -> None:
    content = content_of(answer_to(step))
    assert isinstance(json.loads(content), dict)
    with pytest.raises(ValidationError):
        WireAgenda.model_validate_json(content)


def test_a_fence_and_chatter_stand_around_good_json() -> None:
    content = content_of(answer_to(contents.fenced()))
    before, inside, after = content.partition("```json\n")[0], content.split("```json\n")[1].split("\n```")[0], content.rsplit("```", 1)[1]
    assert before.strip() and after.strip()
    WireAgenda.model_validate_json(inside)


def test_prose_holds_no_json() -> None:
    assert "{" not in content_of(answer_to(contents.prose()))


def test_numbers_that_are_none_are_written_into_the_json() -> None:
    found: list[str] = []
    json.loads(content_of(answer_to(contents.not_finite())), parse_constant=found.append)
    assert found == ["NaN", "Infinity", "-Infinity"]


def test_deep_json_exhausts_a_recursive_reader() -> None:
    content = content_of(answer_to(contents.deep()))
    with pytest.raises(RecursionError):
        json.loads(content)


def test_the_body_itself_may_be_that_deep() -> None:
    with pytest.raises(RecursionError):
        answer_to(contents.deep_body())


def test_bytes_that_are_no_utf_8_reach_the_client() -> None:
    with pytest.raises(UnicodeDecodeError):
        answer_to(contents.not_utf8())


def test_thoughts_come_in_a_field_of_their_own_or_before_the_answer() -> None:
    message = answer_to(contents.thinking(like=Like.VLLM)).choices[0].message
    assert message.model_dump()["reasoning_content"] == contents.THOUGHTS
    WireAgenda.model_validate_json(message.content or "")
    thoughts, _, answer = content_of(answer_to(contents.thinking_aloud())).partition("</think>")
    assert contents.THOUGHTS in thoughts
    WireAgenda.model_validate_json(answer)


@pytest.mark.parametrize("usage", [None, {"prompt_tokens": "many", "completion_tokens": "12"}])
def test_the_usage_may_be_anything(usage: Any) -> None:
    with scripted(contents.counted(usage)) as server, client_of(server) as client:
        raw = client.chat.completions.with_raw_response.create(model=MODEL, messages=[{"role": "user", "content": "hello"}])
    assert json.loads(raw.content)["usage"] == usage


def test_the_usage_may_be_missing() -> None:
    assert "usage" not in answer_to(contents.uncounted()).model_fields_set


def test_a_server_that_ignores_a_schema_still_obeys_one_in_the_prompt() -> None:
    with pytest.raises(ValidationError):
        WireAgenda.model_validate_json(content_of(answer_to(contents.ignoring_schema(), shape=SCHEMA)))
    in_words = f"{prompt_with()}\n{json.dumps(WireAgenda.model_json_schema())}"
    WireAgenda.model_validate_json(content_of(answer_to(contents.ignoring_schema(), in_words)))


@pytest.mark.parametrize("like", [Like.OPENAI, Like.AZURE, Like.VLLM, Like.LLAMA_CPP])
def test_a_server_that_refuses_a_schema_answers_without_one(like: Like) -> None:
    with pytest.raises(openai.BadRequestError, match=r"response_format|grammar"):
        answer_to(contents.refusing_schema(like), shape=SCHEMA)
    WireAgenda.model_validate_json(content_of(answer_to(contents.refusing_schema(like), shape={"type": "json_object"})))


# ---------------------------------------------------------------- failures with a status

FAILURES: list[tuple[Step, type[openai.APIStatusError], str]] = [
    (failures.out_of_quota(), openai.RateLimitError, '"insufficient_quota"'),
    (failures.wrong_key(), openai.AuthenticationError, '"invalid_api_key"'),
    (failures.wrong_key(Like.AZURE), openai.AuthenticationError, '"401"'),
    (failures.wrong_key(Like.VLLM), openai.AuthenticationError, '{"error": "Unauthorized"}'),
    (failures.wrong_key(Like.LLAMA_CPP), openai.AuthenticationError, '"authentication_error"'),
    (failures.forbidden(), openai.PermissionDeniedError, '"request_forbidden"'),
    (failures.no_such_model(), openai.NotFoundError, '"model_not_found"'),
    (failures.no_such_model(Like.AZURE), openai.NotFoundError, '"DeploymentNotFound"'),
    (failures.no_such_model(Like.OLLAMA), openai.NotFoundError, f'model \\"{MODEL}\\" not found, try pulling it first'),
    (failures.no_such_model(Like.VLLM), openai.NotFoundError, f"The model `{MODEL}` does not exist."),
    (failures.schema_refused(), openai.BadRequestError, "'response_format' of type 'json_schema' is not supported"),
    (failures.prompt_filtered(), openai.BadRequestError, '"ResponsibleAIPolicyViolation"'),
    (failures.too_long(), openai.BadRequestError, '"context_length_exceeded"'),
    (failures.too_long(Like.LLAMA_CPP), openai.BadRequestError, '"exceed_context_size_error"'),
    (failures.fault(500), openai.InternalServerError, '"server_error"'),
    (failures.fault(502), openai.InternalServerError, '"server_error"'),
    (failures.fault(503, Like.OLLAMA), openai.InternalServerError, "Server overloaded"),
    (failures.fault(503, Like.LLAMA_CPP), openai.InternalServerError, '"Loading model"'),
    (failures.proxy_page(502), openai.InternalServerError, "<h1>502 Bad Gateway</h1>"),
]


@pytest.mark.parametrize(("step", "kind", "holds"), FAILURES, ids=[holds[:24] for _, _, holds in FAILURES])
def test_a_failure_has_its_status_and_the_provider_s_own_body(step: Step, kind: type[openai.APIStatusError], holds: str) -> None:
    with pytest.raises(kind) as caught:
        answer_to(step)
    assert holds in caught.value.response.text


def test_a_wrong_key_is_repeated_in_part_as_openai_does() -> None:
    with pytest.raises(openai.AuthenticationError) as caught:
        answer_to(failures.wrong_key())
    assert KEY[:8] in str(caught.value) and KEY not in str(caught.value)


def test_a_busy_provider_says_how_long_to_wait_then_answers() -> None:
    with scripted([failures.limited(7), good("at last")]) as server, client_of(server) as client:
        with pytest.raises(openai.RateLimitError) as caught:
            ask(client)
        assert caught.value.response.headers["retry-after"] == "7"
        assert caught.value.code == "rate_limit_exceeded"
        assert content_of(ask(client)) == "at last"


def test_a_busy_provider_may_say_until_when_to_wait() -> None:
    asked_at = time.time()
    with pytest.raises(openai.RateLimitError) as caught:
        answer_to(failures.limited_until(120))
    until = parsedate_to_datetime(caught.value.response.headers["retry-after"]).timestamp()
    assert int(asked_at) + 120 <= until <= time.time() + 120


def test_an_error_may_come_with_200() -> None:
    answer = answer_to(failures.error_with_200())
    assert answer.choices is None and "does not exist" in str(answer.model_dump())


def test_a_sign_in_page_may_come_with_200() -> None:
    assert "<form" in str(answer_to(failures.proxy_page(200)))


# ---------------------------------------------------------------- the connection


@pytest.mark.parametrize("step", [wire.hang(), wire.trickle(pace=SOON)], ids=["hang", "trickle"])
def test_a_client_may_wait_in_vain(step: Step) -> None:
    with pytest.raises(openai.APITimeoutError):
        answer_to(step, seconds=0.3)


def test_a_trickle_arrives_in_the_end() -> None:
    assert content_of(answer_to(wire.trickle("slow", pace=0.001))) == "slow"


@pytest.mark.parametrize("step", [wire.dropped(), wire.cut(), wire.wrong_length(100)], ids=["dropped", "cut", "length"])
def test_a_connection_may_break_off(step: Step) -> None:
    with pytest.raises(openai.APIConnectionError) as caught:
        answer_to(step)
    assert not isinstance(caught.value, openai.APITimeoutError)


def test_a_length_that_is_too_short_cuts_the_json() -> None:
    with pytest.raises(json.JSONDecodeError):
        answer_to(wire.wrong_length(-100))


def test_a_body_may_be_huge_and_is_bounded() -> None:
    request = Request("POST", "/v1/chat/completions", {}, b"{}")
    assert wire.HUGE < len(wire.huge()(request).body) < wire.HUGE + 10_000
    assert len(content_of(answer_to(wire.huge(3_000_000)))) == 3_000_000


def test_a_redirect_is_offered_and_noted_and_leads_out_of_this_machine() -> None:
    with scripted(wire.redirected()) as server, client_of(server) as client, pytest.raises(openai.APIStatusError) as caught:
        ask(client)
    assert caught.value.status_code == 307
    assert server.redirects == [wire.ELSEWHERE]
    assert urlsplit(wire.ELSEWHERE).hostname == "elsewhere.invalid"


def test_a_client_that_follows_redirects_would_be_caught() -> None:
    with scripted(good("caught")) as trap, scripted(wire.redirected(f"{trap.url}/chat/completions")) as server:
        with client_of(server) as careful, pytest.raises(openai.APIStatusError):
            ask(careful)
        assert trap.requests == []
        with client_of(server, follow=True) as careless:
            assert content_of(ask(careless)) == "caught"
        assert len(trap.requests) == 1


# ---------------------------------------------------------------- nothing is left behind


def scripted_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread is not threading.main_thread() and thread.is_alive()}


@pytest.mark.parametrize("step", [good(), wire.hang(), wire.trickle(pace=SOON)], ids=["good", "hang", "trickle"])
def test_no_thread_and_no_socket_outlives_the_server(step: Step) -> None:
    before = scripted_threads()
    with scripted(step) as server, socket.create_connection(("127.0.0.1", port_of(server))) as waiting, client_of(server, 0.3) as client:
        waiting.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")
        with contextlib.suppress(openai.APITimeoutError):
            ask(client)
        assert scripted_threads() > before  # something is under way when the server closes
    assert scripted_threads() <= before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port_of(server)), timeout=SOON)


def test_an_answer_ends_when_its_client_goes() -> None:
    with scripted(wire.hang()) as server:
        idle = scripted_threads()
        with client_of(server, 0.2) as client, pytest.raises(openai.APITimeoutError):
            ask(client)
        assert within(SOON, lambda: scripted_threads() <= idle)


def test_the_server_listens_on_loopback_alone() -> None:
    with scripted(good()) as server:
        assert server.url.startswith("http://127.0.0.1:")
        assert server._listener.socket.getsockname()[0] == "127.0.0.1"


def test_requests_at_once_are_all_answered() -> None:
    numbers = count()
    answers: list[str] = []
    with scripted(lambda request: good(str(next(numbers)))(request)) as server, client_of(server) as client:
        threads = [threading.Thread(target=lambda: answers.append(content_of(ask(client)))) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(map(int, answers)) == list(range(12))
    assert len(server.asked) == 12


def port_of(server: ScriptedServer) -> int:
    return urlsplit(server.url).port or 0


def within(seconds: float, holds: Any) -> bool:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_ends_in_an_answer_or_in_an_error_of_the_client(name: str) -> None:
    with scripted(SCRIPTS[name]) as server, client_of(server, 0.5) as client:
        try:
            ask(client, shape=SCHEMA)
        except (openai.OpenAIError, ValueError, RecursionError) as error:
            assert not isinstance(error, openai.NotFoundError) or "no-such-model" in name
    assert len(server.asked) == 1
    assert server.broken is None


# ---------------------------------------------------------------- by hand


def by_command(*args: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tests.scripted", *args], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_it_can_be_served_by_hand_and_ends_by_itself() -> None:
    done = by_command("--port", "0", "--seconds", "0.1", "--script", "refusal")
    assert done.returncode == 0, done.stderr
    names = [line.split("=")[0] for line in done.stdout.splitlines()]
    assert names == ["COACH_LLM_BASE_URL", "COACH_LLM_MODEL", "COACH_LLM_API_KEY"]
    assert done.stdout.startswith("COACH_LLM_BASE_URL=http://127.0.0.1:")


def test_by_hand_a_taken_port_is_said_in_one_sentence() -> None:
    with scripted(good()) as server:
        done = by_command("--port", str(port_of(server)))
    assert done.returncode == 1
    assert done.stderr.strip() == f"Error: Port {port_of(server)} on 127.0.0.1 is taken; choose another with --port."
