"""Questions answered with passages: by words, by meaning, by the questions asked before, and by feedback."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.guidance import Origin
from coach.retrieval.asking import plain_terms
from coach.retrieval.embed import StaticEmbedder
from coach.retrieval.fusion import z_scores
from coach.retrieval.lexical import Lexical, indexed_text
from coach.retrieval.lexicon import Lexicon
from coach.retrieval.retriever import GuidanceRetriever
from coach.retrieval.search import GuidanceSearch
from coach.retrieval.split import split
from coach.retrieval.wording import Wording
from tests.small_guidance import SMALL, best, document, search_in


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> GuidanceSearch:
    return search_in(tmp_path_factory.mktemp("small"))


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("How much slack does a session need?", "Slack"),
        ("which open questions to ask", "Questions"),
        ("where does confidentiality end", "Confidentiality"),
        ("May I end the pairing without a reason?", "Exit"),
    ],
)
def test_a_question_finds_the_section_that_answers_it(small: GuidanceSearch, question: str, section: str) -> None:
    assert best(small, question) == section


def test_every_passage_found_has_document_section_text_and_a_score_best_first(small: GuidanceSearch) -> None:
    found = small.search("how to run a session", 4).passages

    assert len(found) == 4
    assert all(f.passage.document and f.passage.section and f.passage.text for f in found)
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)


@pytest.mark.parametrize("k", [0, 1, 3, 100])
def test_no_more_passages_are_found_than_asked_for_or_exist(small: GuidanceSearch, k: int) -> None:
    assert len(small.search("session", k).passages) == min(k, small.size)


def test_a_filter_keeps_out_what_does_not_fit(small: GuidanceSearch) -> None:
    found = small.search("slack", 5, lambda passage: passage.document_id == "agreement").passages

    assert {f.passage.document_id for f in found} == {"agreement"}


@pytest.mark.parametrize(
    "question",
    [
        "   ",
        "the of and",
        "word " * 2_000,
        "x" * 10_000,
        "😀🎉",
        "?!…",
        "\x00\x01",
        "何を話しますか",
        "SELECT * FROM x; --",
        "[](){}^$.*",
        "a\nb\r\nc",
    ],
    ids=["spaces", "empty words", "10,000 characters", "one long word", "emoji", "marks", "control", "Japanese", "SQL", "pattern", "lines"],
)
def test_an_odd_question_gets_an_answer_and_does_not_fail(small: GuidanceSearch, question: str) -> None:
    found = small.search(question, 2)

    assert len(found.passages) == 2 or (found.abstained and not found.passages)
    assert all(np.isfinite(f.score) for f in found.passages)


@pytest.mark.parametrize("question", ["😀🎉", "?!…", "quantum chromodynamics of neutron stars", "何を話しますか"])
def test_a_question_that_the_guidance_does_not_cover_is_said_not_to_be(small: GuidanceSearch, question: str) -> None:
    assert small.search(question).abstained


def test_a_question_that_the_guidance_covers_is_not_said_otherwise(small: GuidanceSearch) -> None:
    assert not small.search("Where does confidentiality end?").abstained


def test_several_questions_at_once_are_answered_as_one_by_one(small: GuidanceSearch) -> None:
    asked = {"a": "slack in a session", "b": "ending the pairing"}

    together = small.search_all(asked, 2, {key: lambda passage: True for key in asked})

    assert {key: [f.passage.id for f in found.passages] for key, found in together.items()} == {
        key: [f.passage.id for f in small.search(question, 2).passages] for key, question in asked.items()
    }
    assert small.search_all({}, 2, {}) == {}


def test_the_retriever_gives_passages_with_document_section_and_file(small: GuidanceSearch) -> None:
    first = GuidanceRetriever(guidance=small, k=2).invoke("how much slack does a session need")[0]

    assert (first.metadata["document"], first.metadata["section"], first.metadata["file"]) == ("Running sessions", "Slack", "sessions.md")
    assert first.page_content.startswith("Keep a tenth")


def test_words_are_matched_by_stem_and_unknown_words_score_nothing() -> None:
    lexical = Lexical([indexed_text(passage) for passage in SMALL])

    assert lexical.scores(plain_terms("questioning")).argmax() == 1
    assert not lexical.scores(plain_terms("zymurgy")).any()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), max_size=20))
def test_z_scores_have_mean_zero_and_are_zero_where_all_are_equal(values: list[float]) -> None:
    scores = z_scores(np.array(values, dtype=float))

    assert len(scores) == len(values)
    assert np.isfinite(scores).all()
    assert len(values) == 0 or abs(float(scores.mean())) < 1e-3


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_guidance_without_any_passage_answers_nothing(tmp_path: Path) -> None:
    assert search_in(tmp_path, ()).search("slack").abstained


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_an_empty_question_is_not_covered(small: GuidanceSearch) -> None:
    assert small.search("").abstained


def test_half_a_character_in_a_question_does_not_fail(small: GuidanceSearch) -> None:
    assert small.search("slack \ud800")


def test_a_programmes_own_passage_stands_before_a_shipped_one_that_says_the_same_otherwise(tmp_path: Path) -> None:
    text = "## Rhythm\n\nPairs meet every {} weeks for an hour, and whoever cancels proposes the next date."
    shipped, own = document(text.format("four"), "shipped"), document(text.format("two"), "own")
    both = split([shipped, own.model_copy(update={"origin": Origin.ADDED})])

    found = search_in(tmp_path, both).search("how often do pairs meet").passages

    assert found[0].passage.document_id == "own"


def test_a_passage_in_nearly_the_same_words_is_found_once(tmp_path: Path) -> None:
    text = "## Rhythm\n\nPairs meet every four weeks for an hour, and whoever cancels proposes the next date in the same message, {}."
    twice = split([document(text.format("please"), "one"), document(text.format("always"), "two")])

    assert len(search_in(tmp_path, [*twice, *SMALL]).search("how often do pairs meet", 6).passages) == len(SMALL) + 1


def test_a_question_finds_the_passage_that_people_ask_it_of_in_words_that_it_lacks(tmp_path: Path) -> None:
    asked = [p.model_copy(update={"questions": ("will she blab",)}) if p.section == "Confidentiality" else p for p in SMALL]

    assert best(search_in(tmp_path / "with", asked), "would he blab about me") == "Confidentiality"
    assert best(search_in(tmp_path / "without", SMALL), "would he blab about me") != "Confidentiality"


def test_words_of_the_lexicon_lead_to_a_passage_that_shares_no_word_with_the_question(tmp_path: Path) -> None:
    lexicon = Lexicon([(["blab"], ["confidentiality"])])
    search = GuidanceSearch(SMALL, tmp_path, StaticEmbedder(), Wording(lexicon))

    assert best(search, "he might blab") == "Confidentiality"


def test_guidance_with_questions_advises_on_documents_without_any(tmp_path: Path) -> None:
    advisor = search_in(
        tmp_path / "a", [p.model_copy(update={"questions": ("will she blab",)}) if p.section == "Confidentiality" else p for p in SMALL]
    )
    own = split(
        [
            document(
                "## Discretion\n\nWhat is said between the two of you, delicate things above all, is confidential.\n\n"
                + "## Rhythm\n\nPairs meet every four weeks for an hour.",
                "own",
            )
        ]
    )
    search = GuidanceSearch(own, tmp_path / "own", StaticEmbedder(), advisor=advisor)

    assert best(search, "will she blab") == "Discretion"
