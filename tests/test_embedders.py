"""Vectors come from where the settings say, are usable or refused in words, and nothing is fetched or sent that nobody asked for."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.bootstrap import embedder
from coach.domain.endpoints import may_call
from coach.domain.guidance import Passage
from coach.domain.outcomes import Outcome
from coach.errors import EmbeddingFailed, InputRefused
from coach.retrieval import openai_embedder
from coach.retrieval.embed import SAID, StaticEmbedder, Vectors, unit_vectors
from coach.retrieval.minilm import MiniLm
from coach.retrieval.openai_embedder import BATCH, EmbeddingModel, OpenAIEmbedder
from coach.retrieval.search import GuidanceSearch
from coach.retrieval.standby import WithStandby
from coach.settings import Settings, load_settings
from tests.scripted import ScriptedServer, Step, embedding, failures, scripted, wire
from tests.scripted.contents import good

TEXTS = ["How do we begin?", "A senior leader who talks all the time", "begin with what was promised"]
KEY = "sk-scripted-not-a-key"


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_embedder, "PAUSE", 0.01)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted(good()) as running:
        yield running


def asking(server: ScriptedServer, seconds: float = 5.0) -> OpenAIEmbedder:
    return OpenAIEmbedder(EmbeddingModel(server.url, "scripted-embeddings", KEY, seconds, "loopback"))


# ---------------------------------------------------------------- a provider's embeddings


def test_a_providers_vectors_come_back_as_unit_vectors_in_the_order_of_the_texts(server: ScriptedServer) -> None:
    server.embedding = embedding.embeddings(dimension=48, shuffled=True)
    asked = asking(server)
    vectors = asked.embed(TEXTS)
    assert vectors.shape == (3, 48) and asked.dimension == 48
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    near = vectors @ vectors.T
    assert near[0, 2] > near[0, 1]
    assert [json.loads(r.raw)["input"] for r in server.embedded] == [TEXTS]
    assert server.embedded[0].headers["authorization"] == f"Bearer {KEY}"


def test_the_dimension_is_asked_for_where_no_answer_has_told_it(server: ScriptedServer) -> None:
    asked = asking(server)
    assert asked.dimension == embedding.DIMENSION == asked.dimension
    assert len(server.embedded) == 1


def test_many_texts_go_out_in_batches_and_each_gets_its_own_vector(server: ScriptedServer) -> None:
    texts = [f"passage about subject{i}" for i in range(2 * BATCH + 1)]
    vectors = asking(server).embed(texts)
    assert [len(json.loads(r.raw)["input"]) for r in server.embedded] == [BATCH, BATCH, 1]
    expected = unit_vectors([embedding.vector(text, embedding.DIMENSION) for text in texts], len(texts), None)
    assert np.allclose(vectors, expected, atol=1e-6)


UNUSABLE: dict[str, tuple[Step, Outcome]] = {
    "one too few": (embedding.one_too_few(), Outcome.WRONG_SHAPE),
    "NaN": (embedding.not_numbers(), Outcome.WRONG_SHAPE),
    "infinity": (embedding.not_numbers(float("inf")), Outcome.WRONG_SHAPE),
    "words": (embedding.not_numbers("near"), Outcome.WRONG_SHAPE),
    "null": (embedding.not_numbers(None), Outcome.WRONG_SHAPE),
    "zeros": (embedding.all_zero(), Outcome.WRONG_SHAPE),
    "ragged": (embedding.ragged(), Outcome.WRONG_SHAPE),
    "one index twice": (embedding.one_index_twice(), Outcome.WRONG_SHAPE),
    "a completion": (good(), Outcome.WRONG_SHAPE),
    "fault": (failures.fault(), Outcome.FAULT),
    "error with 200": (failures.error_with_200(), Outcome.REJECTED),
    "proxy page": (failures.proxy_page(200), Outcome.FAULT),
    "wrong key": (failures.wrong_key(), Outcome.UNAUTHORIZED),
    "no such model": (failures.no_such_model(), Outcome.UNKNOWN_MODEL),
    "busy": (failures.limited(0), Outcome.LIMITED),
    "out of quota": (failures.out_of_quota(), Outcome.OUT_OF_QUOTA),
    "too long": (failures.too_long(), Outcome.TOO_LONG),
    "dropped": (wire.dropped(), Outcome.UNREACHABLE),
    "huge": (wire.huge(), Outcome.WRONG_SHAPE),
    "redirected": (wire.redirected(), Outcome.REJECTED),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_answer_that_cannot_be_used_ends_in_one_typed_error(server: ScriptedServer, name: str) -> None:
    server.embedding, outcome = UNUSABLE[name]
    with pytest.raises(EmbeddingFailed) as ended:
        asking(server).embed(TEXTS)
    assert ended.value.outcome == outcome
    assert str(ended.value) == f"{SAID[outcome]}. The search goes on by words alone."
    assert 1 <= len(server.embedded) <= openai_embedder.ATTEMPTS


def test_a_model_that_changes_its_dimension_is_refused(server: ScriptedServer) -> None:
    asked = asking(server)
    asked.embed(TEXTS)
    server.embedding = embedding.embeddings(dimension=embedding.DIMENSION + 1)
    with pytest.raises(EmbeddingFailed) as ended:
        asked.embed(TEXTS)
    assert ended.value.outcome == Outcome.WRONG_SHAPE


def test_a_provider_that_fails_once_is_asked_again(server: ScriptedServer) -> None:
    steps = iter([failures.fault(), embedding.embeddings()])
    server.embedding = lambda request: next(steps)(request)
    assert asking(server).embed(TEXTS).shape == (3, embedding.DIMENSION)
    assert len(server.embedded) == 2


def test_after_a_provider_was_out_of_reach_the_next_question_does_not_wait_for_it(server: ScriptedServer) -> None:
    server.embedding = wire.hang()
    asked = asking(server, seconds=0.3)
    with pytest.raises(EmbeddingFailed) as ended:
        asked.embed(TEXTS[:1])
    assert ended.value.outcome == Outcome.TIMED_OUT
    waited = len(server.embedded)
    with pytest.raises(EmbeddingFailed) as ended:
        asked.embed(TEXTS[:1])
    assert ended.value.outcome == Outcome.UNREACHABLE
    assert len(server.embedded) == waited


def test_nothing_is_sent_where_the_setting_forbids_it(server: ScriptedServer) -> None:
    away = EmbeddingModel("https://embeddings.example/v1", "m", calls="loopback")
    for model in (away, replace(away, base_url=server.url, calls="never")):
        with pytest.raises(EmbeddingFailed) as ended:
            OpenAIEmbedder(model).embed(TEXTS)
        assert ended.value.outcome == Outcome.FORBIDDEN
    assert server.requests == []


def test_a_provider_sees_placeholders_instead_of_people(server: ScriptedServer) -> None:
    chosen = embedder(Settings(embedder="openai", embedding_model="scripted-embeddings", llm_base_url=server.url, llm_calls="loopback"))
    chosen.embed(["Priya Nandakeri (priya@quillmere.example) never answers me"])
    sent = server.embedded[0].raw.decode()
    assert "never answers me" in sent
    assert not any(word in sent for word in ("Priya", "Nandakeri", "quillmere"))


def test_two_models_or_addresses_have_two_names_that_a_collection_may_have() -> None:
    models = [
        EmbeddingModel("http://127.0.0.1/v1", "a"),
        EmbeddingModel("http://127.0.0.1/v1", "b"),
        EmbeddingModel("http://[::1]/v1", "a"),
    ]
    names = {OpenAIEmbedder(model).name for model in models}
    assert len(names) == 3
    assert all(name.replace("-", "").isalnum() for name in names)


@pytest.mark.parametrize(
    ("address", "calls", "allowed"),
    [
        ("https://api.example/v1", "anywhere", True),
        ("https://api.example/v1", "loopback", False),
        ("http://localhost:1/v1", "loopback", True),
        ("http://127.0.0.9/v1", "loopback", True),
        ("http://[::1]:8/v1", "loopback", True),
        ("http://127.0.0.1.example/v1", "loopback", False),
        ("http://localhost:1/v1", "never", False),
        ("http://[", "loopback", False),
    ],
)
def test_where_calls_may_go_is_decided_by_setting_and_address(address: str, calls: str, allowed: bool) -> None:
    assert may_call(address, calls) is allowed  # type: ignore[arg-type]


GUIDE = [
    Passage(id=f"p{i}", document_id="d", file="d.md", document="Guide", section=section, text=text)
    for i, (section, text) in enumerate(
        (
            ("Opening", "Begin the session with what was promised last time and what came of it."),
            ("Matching", "Pair a junior employee with a leader from another department."),
            ("Reports", "A report to sponsors names objectives, dates and what the programme cost."),
        )
    )
]


def test_a_search_goes_on_by_words_while_the_provider_is_away(server: ScriptedServer, tmp_path: Path) -> None:
    search = GuidanceSearch(GUIDE, tmp_path, asking(server))
    assert search.search("what does a report to sponsors name", 1).passages[0].passage.id == "p2"
    server.embedding = wire.dropped()
    found = search.search("what does a report to sponsors name", 1)
    assert [p.passage.id for p in found.passages] == ["p2"]
    assert not found.abstained


def test_a_search_begins_by_words_where_the_provider_gives_no_vectors_at_all(server: ScriptedServer, tmp_path: Path) -> None:
    server.embedding = failures.wrong_key()
    found = GuidanceSearch(GUIDE, tmp_path, asking(server)).search("what does a report to sponsors name", 1)
    assert [p.passage.id for p in found.passages] == ["p2"]


# ---------------------------------------------------------------- what counts as vectors


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).filter(lambda row: np.linalg.norm(row) > 1e-6), max_size=6))
def test_any_finite_rows_become_unit_vectors_that_point_the_same_way(rows: list[list[float]]) -> None:
    if not rows:
        with pytest.raises(EmbeddingFailed):
            unit_vectors(rows, 0, None)
        return
    found = unit_vectors(rows, len(rows), 3)
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert ((found * np.asarray(rows)).sum(axis=1) > 0).all()


# ---------------------------------------------------------------- a model that has to be fetched


def test_a_model_that_is_not_there_is_not_fetched_unless_asked_for(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingFailed):
        MiniLm(tmp_path / "none").embed(["a question"])
    assert not (tmp_path / "none").exists()


def test_where_the_model_cannot_be_fetched_the_builtin_one_serves_and_that_is_said_once(tmp_path: Path) -> None:
    said: list[str] = []

    def fetched() -> MiniLm:
        model = MiniLm(tmp_path)
        model._function().MODEL_DOWNLOAD_URL = "http://127.0.0.1:9/onnx.tar.gz"  # the port of nobody
        model.fetch(said.append)
        return model

    chosen = WithStandby(fetched, said.append)
    assert chosen.note == ""
    assert np.array_equal(chosen.embed(TEXTS), StaticEmbedder().embed(TEXTS))
    assert (chosen.name, chosen.dimension) == (StaticEmbedder.name, StaticEmbedder.dimension)
    chosen.embed(TEXTS)
    assert said == [chosen.note]
    assert chosen.note.startswith("The embedding model could not be fetched")
    assert isinstance(embedder(Settings(embedder="minilm")), WithStandby)


def test_the_size_of_the_fetch_and_each_quarter_of_it_are_said(tmp_path: Path) -> None:
    said: list[str] = []
    model = MiniLm(tmp_path)
    function = model._function()

    def download(url: str, fname: str) -> None:
        with function.tqdm(desc=fname, total=400_000) as bar:
            for _ in range(400):
                bar.update(1_000)
        raise OSError("no space left")

    function._download = download
    with pytest.raises(EmbeddingFailed):
        model.fetch(said.append)
    assert said == [
        "Fetching the embedding model all-MiniLM-L6-v2 (about 80 MB, once) ...",
        "... 25 %",
        "... 50 %",
        "... 75 %",
        "... 100 %",
    ]


def test_the_embedder_that_serves_is_made_once_and_only_when_it_is_needed() -> None:
    class Made(StaticEmbedder):
        count = 0

        def __init__(self) -> None:
            type(self).count += 1

    chosen = WithStandby(Made, lambda line: None)
    assert Made.count == 0
    vectors: Vectors = chosen.embed(TEXTS)
    assert chosen.dimension == vectors.shape[1] == 256
    assert Made.count == 1


# ---------------------------------------------------------------- the settings


def test_without_a_word_the_builtin_embeddings_serve() -> None:
    assert isinstance(embedder(Settings()), StaticEmbedder)


def test_a_provider_without_a_model_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_EMBEDDER", "openai")
    with pytest.raises(InputRefused, match=r"COACH_EMBEDDING_MODEL cannot be used: it should name a model"):
        load_settings()
