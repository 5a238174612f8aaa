"""The search says when the guidance does not cover a question, and whom to ask instead where that is known."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.reading.guidance_file import read_guidance_folder
from coach.retrieval.coverage import Signs, asks_for_a_fact, doubt, gap
from coach.retrieval.embed import StaticEmbedder
from coach.retrieval.search import GuidanceSearch
from coach.retrieval.split import split
from coach.retrieval.wording import Wording, read_wording
from coach.settings import REPOSITORY
from tests.small_guidance import SMALL, document

SHARES = st.floats(0, 1)


@pytest.fixture(scope="module")
def wording() -> Wording:
    return read_wording(REPOSITORY / "knowledge")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, wording: Wording) -> GuidanceSearch:
    passages = split(read_guidance_folder(REPOSITORY / "knowledge"))
    return GuidanceSearch(passages, tmp_path_factory.mktemp("shipped"), StaticEmbedder(), wording)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, wording: Wording, shipped: GuidanceSearch) -> GuidanceSearch:
    return GuidanceSearch(SMALL, tmp_path_factory.mktemp("small"), StaticEmbedder(), wording, shipped)


@pytest.mark.parametrize("question", ["who books this", "which form is it", "What's the number", "when does it start", "where is it"])
def test_a_question_for_a_fact_is_told_by_its_first_word(question: str) -> None:
    assert asks_for_a_fact(question)


@pytest.mark.parametrize(
    "question", ["what should I say", "what if she cancels", "how do we start", "she is late again", "what do I do now", ""]
)
def test_a_question_for_advice_is_no_question_for_a_fact(question: str) -> None:
    assert not asks_for_a_fact(question)


@given(st.booleans(), SHARES, SHARES, SHARES)
def test_what_is_less_known_is_doubted_more(fact: bool, share: float, less: float, more: float) -> None:
    low, high = sorted((less, more))

    assert doubt(Signs(fact, share, low, False)) <= doubt(Signs(fact, share, high, False)) < doubt(Signs(fact, share, high, True))
    assert doubt(Signs(fact, low, share, False)) <= doubt(Signs(fact, high, share, False))
    assert doubt(Signs(False, share, share, False)) < doubt(Signs(True, share, share, False))


def test_the_gap_is_what_the_best_passage_lacks_by_rarity() -> None:
    rarity = {"slack": 3.0, "rain": 1.0}

    assert gap(["slack", "rain"], rarity, [frozenset({"rain"}), frozenset({"slack"})]) == 0.25
    assert gap(["slack"], rarity, []) == 1.0
    assert gap([], rarity, [frozenset()]) == 0.0


def test_a_matter_beyond_guidance_is_not_covered_and_says_whom_to_ask(small: GuidanceSearch) -> None:
    found = small.search("what is the door code for our session")

    assert found.abstained and found.passages
    assert found.beyond.startswith("It looks like a question about rooms and access: ask ")


def test_a_matter_of_which_the_programmes_own_document_speaks_is_covered(tmp_path: Path, wording: Wording) -> None:
    own = split(
        [document("## Getting in\n\nThe door code for the session room changes on Mondays; reception tells you the new one.", "rooms")]
    )
    search = GuidanceSearch((*SMALL, *own), tmp_path, StaticEmbedder(), wording)

    found = search.search("what is the door code for our session")

    assert found.passages[0].passage.document_id == "rooms"
    assert not found.abstained and not found.beyond


def test_a_question_that_a_passage_is_said_to_answer_is_covered(tmp_path: Path) -> None:
    asked = [passage.model_copy(update={"questions": ("who blabs",)}) for passage in SMALL[2:3]]

    assert not GuidanceSearch([*SMALL[:2], *asked], tmp_path, StaticEmbedder()).search("who blabs").abstained
    assert GuidanceSearch(SMALL, tmp_path, StaticEmbedder()).search("who blabs").abstained


@pytest.mark.parametrize(
    "question", ["how much slack does a session need", "may I end the pairing", "she told somebody else what I said in confidence"]
)
def test_what_the_guidance_covers_is_not_doubted(small: GuidanceSearch, question: str) -> None:
    assert not small.search(question).abstained
