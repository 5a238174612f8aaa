"""The doctor says what is well and what is wrong, in sentences, and sends nobody's text to find out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.drafting import provider as provider_module
from coach.drafting.diagnosis import Finding, diagnose
from coach.drafting.provider import Endpoint, Provider
from coach.drafting.watch import Watch
from coach.services.doctor import examine
from coach.services.parts import Parts
from coach.settings import Settings
from tests.processes import run_coach
from tests.scripted.contents import good, ignoring_schema, prose, refusing_schema
from tests.scripted.scripts import SCRIPTS
from tests.scripted.server import ScriptedServer, listed, not_listed, scripted

SHAPED = good(lambda _: '{"colour": "green"}')
KEY = "sk-scripted-never-shown"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted(SHAPED) as running:
        yield running


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_module, "PAUSE", 0.01)


def findings(server: ScriptedServer) -> dict[str, Finding]:
    endpoint = Endpoint(server.url, "scripted-model", KEY, seconds=1.5, calls="loopback")
    return {f.name: f for f in diagnose(Provider(endpoint), Watch(10))}


def test_an_endpoint_that_lists_the_model_and_honours_schemas_is_well(server: ScriptedServer) -> None:
    found = findings(server)
    assert all(f.fine for f in found.values())
    assert "lists scripted-model" in found["endpoint"].said
    assert "honours strict schemas" in found["schema"].said
    assert len(server.requests) == 2


def test_a_model_that_is_not_listed_is_told_with_those_that_are(server: ScriptedServer) -> None:
    server.models = listed("other-model", "third-model")
    assert "does not list scripted-model; it lists other-model, third-model" in findings(server)["endpoint"].said


def test_an_endpoint_without_a_list_can_be_well_all_the_same(server: ScriptedServer) -> None:
    server.models = not_listed()
    found = findings(server)
    assert all(f.fine for f in found.values())
    assert "lists no models" in found["endpoint"].said


@pytest.mark.parametrize("script", [prose(), ignoring_schema()])
def test_an_endpoint_that_ignores_schemas_is_told_apart(server: ScriptedServer, script: object) -> None:
    server.script = script  # type: ignore[assignment]
    assert "COACH_LLM_SCHEMA=json" in findings(server)["schema"].said


def test_an_endpoint_that_refuses_schemas_is_told_apart(server: ScriptedServer) -> None:
    server.script = refusing_schema()
    found = findings(server)
    assert found["model"].fine
    assert "refuses schemas" in found["schema"].said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("wrong-key", "refused access"),
        ("no-such-model", "no model of the name"),
        ("out-of-quota", "no quota left"),
        ("fault", "fault of its own"),
        ("hang", "did not answer in time"),
        ("cut", "could not be reached"),
    ],
)
def test_what_is_wrong_with_a_model_is_said_without_the_key(server: ScriptedServer, name: str, said: str) -> None:
    server.script = SCRIPTS[name]
    found = findings(server)
    assert not found["model"].fine
    assert said in found["model"].said
    assert KEY not in found["model"].said


def test_nobody_listens_there(server: ScriptedServer) -> None:
    endpoint = Endpoint("http://127.0.0.1:9/v1", "m", seconds=2, calls="loopback")
    (found,) = diagnose(Provider(endpoint), Watch(10))
    assert not found.fine
    assert "could not be reached" in found.said


def test_without_a_model_everything_of_the_sample_is_well(parts: Parts, home: Path) -> None:
    report = examine(parts, Settings(home=home))
    assert report.fine
    assert [f.name for f in report.findings] == ["database", "audit", "guidance", "sign-in", "model"]


def test_choosing_people_on_an_address_that_others_reach_is_wrong(parts: Parts, home: Path) -> None:
    report = examine(parts, Settings(home=home, host="0.0.0.0"))
    assert not report.fine
    assert "COACH_SIGN_IN=oidc" in next(f.said for f in report.findings if not f.fine)


def test_an_identity_provider_without_its_file_is_wrong(parts: Parts, home: Path) -> None:
    report = examine(parts, Settings(home=home, sign_in="oidc"))
    assert "secrets.toml" in next(f.said for f in report.findings if not f.fine)


def test_the_command_ends_with_1_where_something_is_wrong_and_shows_no_key(home: Path, server: ScriptedServer) -> None:
    server.script = SCRIPTS["wrong-key"]
    model = {"COACH_LLM_BASE_URL": server.url, "COACH_LLM_MODEL": "scripted-model", "COACH_LLM_API_KEY": KEY}
    ran = run_coach(home, "doctor", extra=model)
    assert ran.code == 1
    assert "refused access" in ran.out
    assert KEY not in ran.out + ran.err
