"""The guidance that ships: its questions, its sources, and the points on which guides disagree."""

import re
from collections import Counter
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import frontmatter
import pytest
import yaml

from coach.domain.guidance import Document
from coach.language.sentences import sentences, words
from coach.language.stems import stems
from coach.reading.guidance_file import read_guidance_file
from coach.retrieval.split import split_document

FOLDER = Path(__file__).parents[1] / "knowledge"
FILES = sorted(FOLDER.glob("*.md"))
SENTENCES: dict[str, list[list[str]]] = yaml.safe_load(Path(__file__).with_name("contested_sentences.yaml").read_text(encoding="utf-8"))
LEAST_QUESTIONS, MOST_QUESTIONS = 4, 36  # of each section: fewer are no sample of how people ask, more would be a list that nobody reads
ARTICLES = ("IRI Consultants", "Knowledge Center", "Reversed Mentoring", "Fleming", "Sokhach")


@lru_cache(maxsize=64)
def document(path: Path) -> Document:
    return read_guidance_file(path)


@lru_cache(maxsize=64)
def questions(path: Path) -> dict[str, list[str]]:
    return dict(frontmatter.parse(path.read_text(encoding="utf-8"))[0]["questions"])


def sections(path: Path) -> set[str]:
    return {passage.section for passage in split_document(document(path))}


# ---------------------------------------------------------------- questions


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_questions_stand_under_sections_that_yield_a_passage(path: Path) -> None:
    assert set(questions(path)) - sections(path) == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_section_is_asked_about_in_several_ways(path: Path) -> None:
    asked = questions(path)

    counts = {section: len(asked.get(section, [])) for section in sections(path)}
    assert {section: count for section, count in counts.items() if not LEAST_QUESTIONS <= count <= MOST_QUESTIONS} == {}


def test_no_question_stands_twice() -> None:
    asked = Counter(" ".join(words(question)) for path in FILES for listed in questions(path).values() for question in listed)

    assert [question for question, times in asked.items() if times > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_question_only_repeats_its_heading(path: Path) -> None:
    repeated = [
        question
        for section, listed in questions(path).items()
        for question in listed
        if stems(question) and stems(question) == stems(section)
    ]

    assert repeated == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_questions_are_short_and_of_one_line(path: Path) -> None:
    odd = [
        question for listed in questions(path).values() for question in listed if "\n" in question or not 1 <= len(question.split()) <= 45
    ]

    assert [question for question in odd if len(question.split()) != 2] == []


# ---------------------------------------------------------------- sources


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_article_that_is_referred_to_is_among_the_sources(path: Path) -> None:
    named = " ".join(document(path).sources)

    assert [article for article in ARTICLES if article in document(path).text and article not in named] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_source_that_is_listed_is_referred_to(path: Path) -> None:
    named = " ".join(document(path).sources)
    text = document(path).text.replace("accounting-firm blog", "Knowledge Center")

    assert [article for article in ARTICLES if article in named and article not in text] == []


# ---------------------------------------------------------------- contested points


@lru_cache(maxsize=1)
def contested() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = yaml.safe_load((FOLDER / "contested.yaml").read_text(encoding="utf-8"))
    return read


@lru_cache(maxsize=1)
def shipped_sentences() -> list[str]:
    return [" ".join(re.sub(r"[*_#`]", "", sentence).split()) for path in FILES for sentence in sentences(document(path).text)]


def positions_taken(point: dict[str, Any], sentence: str) -> list[int]:
    return [
        place
        for place, position in enumerate(point["positions"])
        if any(re.search(sign, sentence, re.IGNORECASE) for sign in position["signs"])
    ]


def test_each_contested_point_has_a_name_and_two_positions_with_signs() -> None:
    assert len(contested()) >= 15
    assert len({point["name"] for point in contested()}) == len(contested())
    for point in contested():
        assert set(point) == {"name", "positions"}
        assert len(point["positions"]) >= 2
        for position in point["positions"]:
            assert set(position) == {"holds", "signs"}
            assert position["holds"].endswith(".")
            assert all(re.compile(sign) for sign in position["signs"])


def test_every_contested_point_is_tried_on_sentences_for_each_position() -> None:
    assert {point["name"]: len(point["positions"]) for point in contested()} == {name: len(lists) - 1 for name, lists in SENTENCES.items()}
    assert all(len(said) >= 2 for lists in SENTENCES.values() for said in lists)


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_a_sentence_is_told_to_take_its_position_and_no_other(name: str) -> None:
    point = next(point for point in contested() if point["name"] == name)
    *held, neither = SENTENCES[name]

    expected = {said: [place] for place, listed in enumerate(held) for said in listed} | {said: [] for said in neither}
    assert {said: positions_taken(point, said) for said in expected} == expected


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_sentences_about_other_points_are_not_taken_for_a_contradiction(name: str) -> None:
    point = next(point for point in contested() if point["name"] == name)
    others = [said for other, lists in SENTENCES.items() if other != name for listed in lists for said in listed]
    taken = {place: [said for said in others if place in positions_taken(point, said)] for place in range(len(point["positions"]))}

    assert [pair for pair in combinations(taken, 2) if taken[pair[0]] and taken[pair[1]]] == []


@pytest.mark.parametrize("point", contested(), ids=lambda point: point["name"])
def test_the_guidance_that_ships_does_not_contradict_itself(point: dict[str, Any]) -> None:
    taken: dict[int, list[str]] = {}
    for sentence in shipped_sentences():
        for place in positions_taken(point, sentence):
            taken.setdefault(place, []).append(sentence)

    assert len(taken) <= 1, taken
