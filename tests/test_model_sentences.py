"""A model's sentence that denies what the guidance says never stands, however many of its words do, and no answer takes long to check."""

import pytest

from coach.domain.guidance import Passage
from coach.drafting.answer import adopt as adopting
from coach.drafting.answer.adopt import adopt
from coach.drafting.answer.model import shown
from coach.drafting.answer.wire import WireAnswer, WireSentence

TEXT = (
    "Mentors should not share session notes with managers. A pair meets every second week. "
    "Don't stop the first session early. Stop a session when somebody is upset."
)
PASSAGE = Passage(id="p", document_id="d", file="d.md", document="Agreement", section="Practice", text=TEXT)


def stands(*sentences: str) -> str:
    wire = [WireSentence(text=text, citations=["G1"]) for text in sentences]
    return adopt(WireAnswer(covered=True, order=["G1"], sentences=wire), shown("May I?", [], [PASSAGE])).text


@pytest.mark.parametrize(
    "said",
    [
        "Mentors should share session notes with managers.",
        "A pair never meets every second week.",
        "A pair doesn’t meet every second week.",
        "Stop the first session early.",
        "Do not stop a session when somebody is upset.",
    ],
)
def test_a_sentence_that_denies_what_its_passage_says_does_not_stand(said: str) -> None:
    assert stands(said) == ""


@pytest.mark.parametrize(
    "said", ["Do not share session notes with managers.", "Never share session notes with managers.", "A pair meets every second week."]
)
def test_a_sentence_that_says_what_its_passage_says_stands(said: str) -> None:
    assert stands(said) == f"{said} [G1]"


def test_no_more_sentences_of_a_model_are_looked_at_than_an_answer_could_need(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(adopting, "best_quote", lambda passage, text: looked.append(text) or "")
    assert stands(*(f"Zebras number {i} are here." for i in range(5_000))) == ""
    assert len(looked) <= adopting.LOOKED_AT
    assert stands("share session notes " * 40_000) == ""
    assert len(looked) <= adopting.LOOKED_AT
