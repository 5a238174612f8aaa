"""What is for its author alone is found sentence by sentence; what the pair works on, and ordinary friction, is not taken for it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.brief import Brief
from coach.domain.summary import Sensitive, SensitiveKind
from coach.drafting.summary.sensitive import sensitive_passages, tells_of_a_wrong
from coach.language.utterances import read_utterances

GOALS = [
    {"id": "g1", "title": "Mental health first aiders trained", "measure": "people trained"},
    {"id": "g2", "title": "Salary bands on all job ads"},
    {"id": "g3", "title": "Shorter hiring process"},
]
HEALTH, FAMILY, THIRD, CONFIDENCE, DISCLOSURE = SensitiveKind


def passages(notes: str) -> tuple[Sensitive, ...]:
    pair = {"mentor": {"name": "Kwame Boateng"}, "mentee": {"name": "Priya Nair"}}
    brief = Brief.model_validate({"pair": pair, "session": {"date": "2026-06-03"}, "goals": GOALS, "notes": notes})
    return sensitive_passages(brief, read_utterances(notes, ["Kwame Boateng", "Priya Nair"]))


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("She is on antidepressants.", HEALTH),
        ("She has been signed off with stress since May.", HEALTH),
        ("I'm on a waiting list for an autism assessment.", HEALTH),
        ("She's pregnant, due in October.", HEALTH),
        ("Her husband moved out in January.", FAMILY),
        ("His dad's not got long, he said.", FAMILY),
        ("He told me his marriage is over.", FAMILY),
        ("Rob is useless and never listens.", THIRD),
        ("She can't stand Todd.", THIRD),
        ("Marek takes all the credit for her work.", THIRD),
        ("Between us, the Dundee site closes in June.", CONFIDENCE),
        ("He told me in confidence that there will be redundancies in the autumn.", CONFIDENCE),
        ("I earn 38k and the new starter is on 45k.", CONFIDENCE),
        ("She is thinking of leaving.", CONFIDENCE),
        ("He asked me to keep quiet about the merger.", CONFIDENCE),
        ("Her boss makes jokes about her accent in front of clients.", DISCLOSURE),
        ("He put his hand on my knee at the Christmas do.", DISCLOSURE),
        ("Since she put in her complaint her shifts have gone.", DISCLOSURE),
        ("He got dropped from the pitch the week after he told HR about the jokes.", DISCLOSURE),
    ],
)
def test_health_family_complaints_confidences_and_disclosures_are_kept_whole(sentence: str, kind: SensitiveKind) -> None:
    (passage,) = passages(sentence)
    assert (passage.quote, passage.kind) == (sentence, kind)


@pytest.mark.parametrize(
    "sentence",
    [
        "We trained four more mental health first aiders, that's twelve.",
        "Salary bands are on six of nine ads.",
        "The anti-harassment training was well attended.",
        "Patients with diabetes get the leaflet.",
        "Olumide wanted three people for numbers, I said no.",
        "Todd blocked the second panel again.",
        "Dorota is waiting for the licence.",
        "His daughter showed him how to use the filter.",
        "The kids' football meant he left at four.",
        "Excel is a nightmare.",
        "He joked that he is too old for it.",
        "He reported it to IT and they cut the access.",
        "She dropped the panel after HR objected.",
        "She is thinking of leaving the Friday slot empty.",
        "Nobody knows how to export it.",
        "He hit his target.",
    ],
)
def test_goals_ordinary_friction_and_harmless_mentions_are_not_private(sentence: str) -> None:
    assert passages(sentence) == ()


def test_a_request_for_secrecy_takes_in_the_sentence_that_it_is_about() -> None:
    (passage,) = passages("The count is nine now. They shut the depot at Easter. Keep that to yourself.")
    assert passage.quote == "They shut the depot at Easter. Keep that to yourself."


def test_a_sentence_that_only_makes_sense_with_a_private_one_belongs_to_it() -> None:
    (passage,) = passages("She has had the biopsy. She hasn't told the team. The canteen pilot has nine people.")
    assert passage.quote == "She has had the biopsy. She hasn't told the team."


def test_everything_under_a_private_heading_is_private() -> None:
    assert [p.quote for p in passages("Progress\nNine of ten.\n\nNot for sharing:\nThe new depot is in Fife.")] == [
        "The new depot is in Fife."
    ]


def test_of_a_long_run_of_words_only_the_clauses_about_the_matter_are_private() -> None:
    run = "so we went through the list and nine of ten are done and the new form is out and people like it and the depot has it too " * 2
    (passage,) = passages(f"{run}and she told me her husband moved out in May")
    assert "husband" in passage.quote
    assert "nine of ten" not in passage.quote


@pytest.mark.parametrize(
    ("notes", "disclosed"),
    [
        ("She was groped at the dinner.", True),
        ("Her lab demonstrator keeps commenting on her body and, when she objected, took her off the instrument.", True),
        ("She complained in March. Since then she has been left off every rota.", True),
        ("Her husband moved out in May.", False),
        ("Rob is useless.", False),
        ("The harassment policy is on the intranet.", False),
    ],
)
def test_a_disclosure_of_a_wrong_needs_a_person(notes: str, disclosed: bool) -> None:
    assert tells_of_a_wrong(passages(notes)) is disclosed


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["her scan", "don't tell", "Rob is lazy", " ", ". ", "\n", "\n- ", "> ", "between us: ", "(", "ß", "İ", "’"]), max_size=40).map("".join) | st.text(max_size=200))  # fmt: skip
def test_whatever_is_typed_every_passage_stands_where_it_says(notes: str) -> None:
    for passage in passages(notes):
        assert notes[passage.start : passage.end] == passage.quote


def test_hostile_lengths_of_secrecy_end_in_passages_that_a_summary_can_hold() -> None:
    assert all(len(passage.quote) <= 20_000 for passage in passages("not to tell " * 4_000))
