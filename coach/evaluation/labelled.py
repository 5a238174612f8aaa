"""Read questions whose answers somebody marked, and tell whether a passage holds a marked place."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from coach.domain.guidance import Passage
from coach.errors import InputRefused
from coach.evaluation.lines import objects, refused, string

GRADES = (1, 2)  # helps; answers the question, wholly or in an important part
GRAM = 5  # words of a quote that are compared together
ENOUGH = 0.6  # of a quote's runs of five words: what was cut or joined in splitting may miss the rest


@dataclass(frozen=True)
class Place:
    """A place in a document that was looked for: a quote, as words, or a section by its path of headings."""

    file: str
    grade: int
    quote: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True)
class Question:
    """One question, whether the documents answer it, and where."""

    id: str
    text: str
    answerable: bool
    places: tuple[Place, ...]


def read_questions(path: Path) -> tuple[Question, ...]:
    """Return the questions of a file of JSON lines; raise InputRefused naming the line that is wrong."""
    found: dict[str, Question] = {}
    for number, data in objects(path):
        key, text = string(path, number, data, "id"), string(path, number, data, "question")
        if key in found:
            raise refused(path, number, f'has the "id" of an earlier line, {key}')
        places = data.get("relevant") or []
        if not isinstance(places, list):
            raise refused(path, number, 'should hold a list under "relevant"')
        answerable = data.get("answerable", bool(places))
        if not isinstance(answerable, bool):
            raise refused(path, number, 'should say true or false under "answerable"')
        found[key] = Question(key, text, answerable, tuple(_place(path, number, place) for place in places))
    if not found:
        raise InputRefused(f"{path.name} in {path.parent} holds no questions.")
    return tuple(found.values())


def _place(path: Path, number: int, data: Any) -> Place:
    if not isinstance(data, dict):
        raise refused(path, number, 'should hold objects under "relevant"')
    grade = data.get("grade")
    if grade not in GRADES or isinstance(grade, bool):
        raise refused(path, number, 'names a grade that is neither 1 nor 2 under "relevant"')
    file = _stem(string(path, number, data, "file"))
    if "section" in data:
        return Place(file, grade, section=string(path, number, data, "section"))
    quote = folded(string(path, number, data, "quote"))
    if not quote:
        raise refused(path, number, "has a quote without a word")
    return Place(file, grade, quote)


def holds(passage: Passage, words: tuple[str, ...], place: Place) -> bool:
    """Tell whether a passage, given with its folded words, is of this section, or holds the quote or enough of its runs of five words."""
    if _stem(passage.file) != place.file:
        return False
    if place.section:
        return passage.section == place.section
    if f" {' '.join(place.quote)} " in f" {' '.join(words)} ":
        return True
    wanted = _grams(place.quote)
    return bool(wanted) and len(wanted & _grams(words)) >= ENOUGH * len(wanted)


def folded(text: str) -> tuple[str, ...]:
    """Return the words of a text after NFKC, in lower case, without punctuation, quotation marks and other signs."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return tuple("".join(char for char in plain if unicodedata.category(char)[0] not in "PS").split())


def _grams(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(words[i : i + GRAM] for i in range(len(words) - GRAM + 1))


def _stem(file: str) -> str:
    return PurePosixPath(file).stem.casefold()
