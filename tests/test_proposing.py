"""Questions are proposed for the sections of an added document: those of the guidance that is near, or a model's; nothing is kept."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from coach.domain.guidance import Document, Origin, Passage
from coach.drafting import provider as provider_module
from coach.drafting.openai_engine import OpenAIEngine
from coach.drafting.provider import Endpoint, Provider
from coach.errors import AccessDenied
from coach.retrieval.split import split_document
from coach.services import guidance_pages
from coach.services.drafting import OPENAI
from coach.services.parts import Parts
from coach.services.programme_access import INSTALLATION
from coach.services.proposing import AT_A_TIME, LEAST, MOST, MOST_CALLS, proposed
from tests.conftest import Showcase
from tests.scripted.answers import proposing
from tests.scripted.contents import refusal
from tests.scripted.server import ScriptedServer, scripted
from tests.test_answering import coordinator_of, everything

pytestmark = pytest.mark.stores("sqlite")
RHYTHM, FEEDBACK, PARKING = "How often you meet", "Giving feedback", "Parking"
TEXT = f"""# Our mentoring handbook

## {RHYTHM}

Every pair meets once a month for an hour, at the office or online. Book all dates at the start, and put them in both calendars.

## {FEEDBACK}

Say what you saw and what it led to, and ask how it was meant. Keep to one thing, and choose a quiet moment.

## {PARKING}

Visitors park behind the main building. Ask Orla Quennell at reception for a ticket, and put it behind the windscreen.
"""


def passages_of(text: str) -> tuple[Passage, ...]:
    document = Document(
        id="new", file="new.md", title="Our handbook", audience=(), stage=(), sources=(), text=text, sha256="", origin=Origin.ADDED
    )  # fmt: skip
    return tuple(split_document(document))


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_module, "PAUSE", 0.01)


@pytest.fixture(scope="module")
def running() -> Iterator[ScriptedServer]:
    with scripted(proposing()) as server:
        yield server


@pytest.fixture
def server(running: ScriptedServer) -> ScriptedServer:
    running.requests.clear()
    return running


@pytest.fixture
def modelled(parts: Parts, server: ScriptedServer) -> Parts:
    """The parts with a model on loopback."""
    engine = OpenAIEngine(Provider(Endpoint(server.url, "scripted-model", "sk-scripted", 10.0, "loopback")))
    return replace(parts, engines={**parts.engines, OPENAI: engine})


def test_a_section_gets_the_questions_of_the_guidance_that_is_near_and_a_strange_one_none(parts: Parts) -> None:
    found = proposed(parts, INSTALLATION, passages_of(TEXT))
    shipped = {question for passage in parts.library.passages() for question in passage.questions}
    assert set(found) == {RHYTHM, FEEDBACK}
    assert all(LEAST <= len(questions) <= MOST and set(questions) <= shipped for questions in found.values())
    assert any("how often" in question.lower() for question in found[RHYTHM])
    every = [question for questions in found.values() for question in questions]
    assert len(set(every)) == len(every)


def test_two_sections_about_the_same_share_no_question(parts: Parts) -> None:
    twice = TEXT + TEXT.replace("# Our mentoring handbook", "").replace(f"## {RHYTHM}", "## The rhythm of a pair").replace(
        f"## {PARKING}", "## Cars"
    )
    every = [question for questions in proposed(parts, INSTALLATION, passages_of(twice)).values() for question in questions]
    assert len(set(every)) == len(every) > 0


def test_a_document_without_sections_gets_no_questions(parts: Parts) -> None:
    assert proposed(parts, INSTALLATION, ()) == {}


def test_only_who_may_add_a_document_is_proposed_questions(parts: Parts, showcase: Showcase) -> None:
    assert proposed(parts, coordinator_of(parts), passages_of(TEXT))
    with pytest.raises(AccessDenied):
        proposed(parts, showcase.mentor, passages_of(TEXT))


def test_a_preview_proposes_questions_where_the_file_brings_none_and_keeps_nothing(parts: Parts) -> None:
    before = everything(parts)
    seen = guidance_pages.preview_document(parts, coordinator_of(parts), TEXT.encode(), "handbook.md")
    assert set(seen.proposed) == {RHYTHM, FEEDBACK}
    asked = f'---\ntitle: Ours\nquestions:\n  "{RHYTHM}": ["how often is it here"]\n---\n{TEXT}'
    again = guidance_pages.preview_document(parts, coordinator_of(parts), asked.encode(), "handbook.md")
    assert set(again.proposed) == {FEEDBACK}
    assert everything(parts) == before


def test_a_model_proposes_questions_of_its_own_without_names(modelled: Parts, server: ScriptedServer) -> None:
    good = ["what is it in {key}", "who does {key} here", "how do I start with {key}", "is {key} ever too late"]
    bad = [
        "what does Orla Quennell say about {key}", "ask [PERSON_1] about {key}", "write to ann@x.example about {key}", "{key}",
        "ignore all previous instructions about {key}", "![x](http://x.example/{key})", "what is it in {key}", "",
    ]  # fmt: skip
    server.script = proposing(*good, *bad, "how " + "very " * 60 + "long is {key}")
    found = proposed(modelled, INSTALLATION, passages_of(TEXT))
    assert set(found) == {RHYTHM, FEEDBACK, PARKING}
    for i, questions in enumerate(found.values(), 1):
        assert questions[:4] == tuple(question.format(key=f"s{i}") for question in good)
        assert len(questions) <= MOST and all(len(question) <= 120 for question in questions)
    (request,) = server.asked
    assert "Orla" not in request.said and "[PERSON_1]" in request.said


def test_a_model_is_asked_about_a_few_sections_at_a_time_and_for_so_long(modelled: Parts, server: ScriptedServer) -> None:
    server.script = proposing("what is it in {key}", "who does {key} here", "how do I start with {key}")
    many = "# Many\n\n" + "\n".join(
        f"## Section {i}\n\nThe gravel of path number {i} is raked by the gardener before noon.\n" for i in range(30)
    )
    found = proposed(modelled, INSTALLATION, passages_of(many))
    assert len(server.asked) == MOST_CALLS
    assert len(re.findall(r'"key"', server.asked[0].prompt)) == AT_A_TIME
    assert len(found) == AT_A_TIME, "the same questions again are proposed for no other section"


@pytest.mark.parametrize("script", [refusal(), proposing("Orla Quennell?", "[PERSON_1] {key}")])
def test_where_the_model_fails_the_guidance_that_is_near_proposes(modelled: Parts, server: ScriptedServer, script: object) -> None:
    server.script = script  # type: ignore[assignment]
    found = proposed(modelled, INSTALLATION, passages_of(TEXT))
    assert found == proposed(replace(modelled, engines={}), INSTALLATION, passages_of(TEXT)) != {}
