"""What people say is led to what handbooks call it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import InputRefused
from coach.language.stems import STOPWORDS, stem_list
from coach.retrieval.lexicon import Lexicon, read_lexicon

SHIPPED = Path(__file__).parents[1] / "knowledge" / "lexicon.yaml"
SMALL = Lexicon(
    [
        (["keeps cancelling", "no-show"], ["attendance", "cancelled meetings"]),
        (["hand over"], ["succession"]),
        (["day off"], ["leave"]),
        (["day"], ["date"]),
        (["bites my head off"], ["harsh"]),
        (["what's in it for me"], ["benefits"]),
        (["doesn't reply"], ["unresponsive"]),
        (["busy"], ["workload"]),
        (["my pet"], ["animal"]),
    ]
)


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return read_lexicon(SHIPPED)


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("he keeps cancelling", "attendance"),
        ("she kept on cancelling", None),  # "kept" is another word to the stemmer
        ("why do they keep on cancelling?", "attendance"),
        ("another NO SHOW today", "attendance"),
        ("who do I hand it all over to", "succession"),
        ("a hand raised over it", None),
        ("over to you, hand", None),
        ("can I take days off", "leave"),
        ("she bit his head off", None),
        ("she bites her head off", "harsh"),
        ("What’s in it for me?", "benefits"),
        ("what is in it for me", "benefits"),
        ("what is it for", None),
        ("why doesn’t he reply", "unresponsive"),
        ("he dont ever reply", None),
        ("he dont reply", "unresponsive"),
        ("I am so busy", "workload"),
        ("our business", None),
        ("the pet", None),
    ],
)
def test_a_phrase_is_met_in_any_inflection_with_function_words_between(question: str, term: str | None) -> None:
    found = SMALL.expand(question)

    assert (stem_list(term)[0] in found) if term else not found.keys() - {"date"}


def test_the_longest_wording_counts_and_what_lies_inside_it_does_not() -> None:
    assert set(SMALL.expand("a day off")) == set(stem_list("leave"))
    assert set(SMALL.expand("that day")) == {"date"}


def test_the_words_of_a_longer_term_weigh_less_each() -> None:
    found = SMALL.expand("a no-show")

    assert found["attend"] == 1.0
    assert found["meet"] == pytest.approx(2**-0.5)


def test_a_term_that_stands_in_the_question_is_not_called_for_again() -> None:
    assert "attend" not in SMALL.expand("no-shows and attendance")


@pytest.mark.parametrize("question", ["", "   ", "?!", "the of and", "\ud800", "zymurgy"])
def test_a_question_without_everyday_wording_calls_for_nothing(question: str) -> None:
    assert SMALL.expand(question) == {}


@given(st.text(max_size=200))
def test_any_text_is_expanded_to_stems_that_do_not_stand_in_it(question: str) -> None:
    found = SMALL.expand(question)

    assert all(0 < weight <= 1 for weight in found.values())
    assert not found.keys() & set(stem_list(question))


@given(st.text(alphabet="abcdef ', -", max_size=60))
def test_wording_does_not_depend_on_case(question: str) -> None:
    assert SMALL.expand(question) == SMALL.expand(question.upper())


# ---------------------------------------------------------------- the lexicon that ships


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("my exec keeps cancelling on me", "attend"),
        ("he ghosted me", "unrespons"),
        ("she bit my head off", "harsh"),
        ("I am out of my depth", "confid"),
        ("who do I hand this over to", "success"),
        ("is it ok to take a day off", "absenc"),
        ("how do I say sorry", "apologis"),
        ("what do the higher-ups get", "senior"),
        ("how long does it last", "durat"),
        ("he just talks at me", "listen"),
        ("does our program fit your organization", "organis"),
        ("someone made a joke about my age", "stereotyp"),
    ],
)
def test_the_shipped_lexicon_leads_everyday_wording_to_the_field_s_words(question: str, term: str, shipped: Lexicon) -> None:
    assert term in shipped.expand(question)


def test_the_shipped_lexicon_is_broad(shipped: Lexicon) -> None:
    assert len(shipped) >= 1500


@pytest.mark.parametrize("word", sorted(STOPWORDS))
def test_no_function_word_alone_calls_for_anything(word: str, shipped: Lexicon) -> None:
    assert shipped.expand(word) == {}


# ---------------------------------------------------------------- broken files


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[", "cannot be read"),
        ("", "is not a list of groups"),
        ("said: [boss]", "is not a list of groups"),
        ("- {said: [boss], means: [manager]}\n- {said: [boss]}", "Group 2 of lexicon.yaml needs said and means"),
        ("- boss", "Group 1 of lexicon.yaml needs said and means"),
        ("- {said: [no], means: [refusal]}", "Group 1 of lexicon.yaml needs a list of words under said"),
        ("- {said: [], means: [refusal]}", "Group 1 of lexicon.yaml needs a list of words under said"),
        ("- {said: [boss], means: manager}", "Group 1 of lexicon.yaml needs a list of words under means"),
        ('- {said: [boss], means: ["?"]}', "Group 1 of lexicon.yaml needs a list of words under means"),
        ("- {said: [boss], means: [one of those]}", "Group 1 of lexicon.yaml means 'one of those'"),
        ("- {said: [about], means: [subject]}", "Group 1 of lexicon.yaml is said 'about'"),
    ],
)
def test_a_broken_lexicon_is_refused_naming_the_group(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "lexicon.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InputRefused, match=r"lexicon\.yaml") as refused:
        read_lexicon(path)

    assert words in str(refused.value)


def test_a_lexicon_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        read_lexicon(tmp_path / "lexicon.yaml")
