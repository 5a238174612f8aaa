"""Whole agendas from recorded completions: what was sent once, and what came back, replayed without any network.

Recorded with `make cassettes`: against the scripted endpoint with completions written by hand, or against a real
provider when COACH_LLM_BASE_URL, COACH_LLM_MODEL and COACH_LLM_API_KEY name one.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import vcr
import yaml

from coach.domain.agenda import slack_needed
from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind
from coach.drafting.agenda.markdown import render_agenda
from coach.drafting.checks import check_agenda
from coach.drafting.engines import Drafted, Order
from coach.drafting.openai_engine import OpenAIEngine
from coach.drafting.provider import Endpoint, Provider
from coach.drafting.watch import Watch
from coach.reading.guidance_file import read_guidance_folder
from coach.retrieval.split import split
from coach.services.briefs import read_brief
from coach.settings import load_settings
from tests.scripted.contents import by_hand
from tests.scripted.server import scripted

HERE = Path(__file__).parent
CASSETTES = HERE / "cassettes" / "test_cassettes"
BRIEFS = sorted((HERE / "scripted" / "briefs").glob("*.json"))
GUIDANCE = HERE / "cassettes" / "guidance"  # passages of their own, so that a better guide does not spoil a recording
NOWHERE = "http://127.0.0.1:9/v1"  # the discard port: whatever is not in a cassette ends here
RECORDING = os.environ.get("COACH_TEST_RECORD") == "1"
KEPT_HEADERS = {"content-type"}


def scrubbed_request(request: Any) -> Any:
    request.uri = re.sub(r"^https?://[^/]+.*?(?=/chat/completions$)", NOWHERE, request.uri)
    request.headers = {}
    return request


def scrubbed_response(response: dict[str, Any]) -> dict[str, Any]:
    response["headers"] = {k: v for k, v in response["headers"].items() if k.lower() in KEPT_HEADERS}
    return response


RECORDER = vcr.VCR(
    record_mode="all" if RECORDING else "none",
    match_on=["method", "uri", "body"],
    before_record_request=scrubbed_request,
    before_record_response=scrubbed_response,
    decode_compressed_response=True,
)


@contextmanager
def endpoint(name: str) -> Iterator[Endpoint]:
    """Yield where the model is: nowhere while replaying, the scripted server or a real provider while recording."""
    settings = load_settings()
    if not RECORDING:
        yield Endpoint(NOWHERE, "scripted-model", calls="loopback")
    elif settings.llm_model:
        yield Endpoint(settings.llm_base_url, settings.llm_model, settings.llm_api_key.get_secret_value())
    else:
        with scripted(by_hand(name)) as server:
            yield Endpoint(server.url, "scripted-model", "sk-scripted", calls="loopback")


def drafted(name: str, brief: Brief) -> Drafted:
    passages = split(read_guidance_folder(GUIDANCE))
    with endpoint(name) as where, RECORDER.use_cassette(str(CASSETTES / f"{name}.yaml")) as cassette:
        engine = OpenAIEngine(Provider(where))
        made = engine.draft(Order(DraftKind.AGENDA, brief, {"all": passages}, watch=Watch(120)))
        assert RECORDING or cassette.all_played, "a part of this cassette was never played"
    return made


@pytest.mark.parametrize("path", BRIEFS, ids=lambda p: p.stem)
def test_a_recorded_completion_becomes_an_agenda_that_passes_its_checks(path: Path) -> None:
    brief = read_brief(path.read_bytes(), path.name)
    made = drafted(path.stem, brief)
    failed = {
        c.name: c.detail for c in check_agenda(made.content, made.citations, brief, split(read_guidance_folder(GUIDANCE))) if not c.passed
    }
    assert failed == {}
    assert made.content.slack >= slack_needed(made.content.minutes)
    assert made.citations
    written = render_agenda(made.content, made.citations, brief)
    assert brief.pair.mentee.first_name in written
    assert not re.search(r"\[(?:MENTOR|MENTEE|PERSON)", written)


def test_every_cassette_belongs_to_a_brief() -> None:
    assert [p.stem for p in sorted(CASSETTES.glob("*"))] == [p.stem for p in BRIEFS]


@pytest.mark.parametrize("path", sorted(CASSETTES.glob("*.yaml")), ids=lambda p: p.stem)
def test_no_cassette_holds_a_key_a_cookie_an_organisation_or_a_person(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?i)authorization|bearer|sk-|cookie|openai-organization|x-request-id", text)
    brief = json.loads((HERE / "scripted" / "briefs" / f"{path.stem}.json").read_text())
    sent = "\n".join(str(i["request"]["body"]) for i in yaml.safe_load(text)["interactions"])
    for person in brief["pair"].values():
        assert person["name"] not in sent
        assert person["name"].split()[0] not in sent
