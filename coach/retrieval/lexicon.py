"""Say what an everyday wording is called in handbooks: "ghosted" asks for "unresponsive"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import yaml

from coach.errors import InputRefused
from coach.language.folding import fold
from coach.language.sentences import words
from coach.language.stems import STOPWORDS, stem_list

MOST_BETWEEN = 3  # function words that may stand between two words of a phrase: "hand all of it over"
# Left out of a phrase where something else is left to match: "bites my head off" is meant of any head.
_LIGHT = frozenset(words("a an the i me my you your he him his she her they them their we us our am is are was were be been being"))
_FUNCTION = STOPWORDS | _LIGHT
_FORMS = {"has": "have", "had": "have", "having": "have", "does": "do", "did": "do", "doing": "do", "cannot": "not"}
_NOT = re.compile(r"(?:do|does|did|is|are|was|were|has|have|had|wo|ca|could|would|should)n'?t")
_ENDING = re.compile(r"'(?:s|m|re|ve|ll|d)$")
# Words that the stemmer takes for others: "business" for "busy", "parties" for "party", "ill" typed for "I'll".
_OTHERS = frozenset(
    words(
        "business businesses quite internal internally commitment commitments author authors experience experiences experienced ill"
        " month months week weeks original originally time times parties"
    )
)


@dataclass(frozen=True)
class Phrase:
    """What one wording looks for after its first word, and the terms that it calls for, each with a weight of 0 to 1."""

    rest: tuple[str, ...]
    terms: Mapping[str, float]
    strict: bool


class Lexicon:
    """Phrases by the stem of their first word; the longest come first."""

    def __init__(self, groups: Sequence[tuple[Sequence[str], Sequence[str]]]) -> None:
        self._phrases: dict[str, list[Phrase]] = {}
        self._lengths = 0
        for said, means in groups:
            terms = _weights(means)
            for wording in said:
                first, *rest = _phrase(wording)
                strict = all(word in _FUNCTION for word in (first, *rest))
                self._phrases.setdefault(first, []).append(Phrase(tuple(rest), terms, strict))
                self._lengths += 1
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase.rest))

    def __len__(self) -> int:
        return self._lengths

    def expand(self, question: str) -> dict[str, float]:
        """Return the stems that the question's wording calls for and that do not stand in it, each with a weight of 0 to 1."""
        asked = _keys(question)
        found: dict[str, float] = {}
        place = 0
        while place < len(asked):
            place = self._take(asked, place, found)
        for stem in {*asked, *stem_list(question)} & found.keys():
            del found[stem]
        return found

    def _take(self, asked: Sequence[str], place: int, found: dict[str, float]) -> int:
        """Add the terms of the longest phrases that begin here, and return the place behind them."""
        end, longest = place + 1, -1
        for phrase in self._phrases.get(asked[place], ()):
            if len(phrase.rest) < longest:
                break
            if (stop := _stop(phrase, asked, place)) is not None:
                longest, end = len(phrase.rest), max(end, stop)
                for term, weight in phrase.terms.items():
                    found[term] = max(weight, found.get(term, 0.0))
        return end


def read_lexicon(path: Path) -> Lexicon:
    """Return the lexicon in a YAML file; raise InputRefused, naming the group, where it cannot be used."""
    try:
        read = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise InputRefused(f"{path.name} cannot be read as a YAML list of groups with said and means.") from None
    if not isinstance(read, list) or not read:
        raise InputRefused(f"{path.name} is not a list of groups with said and means.")
    return Lexicon([_group(path.name, number, group) for number, group in enumerate(read, start=1)])


def _group(name: str, number: int, group: Any) -> tuple[list[str], list[str]]:
    if not isinstance(group, dict) or set(group) != {"said", "means"}:
        raise InputRefused(f"Group {number} of {name} needs said and means, and nothing else.")
    said, means = group["said"], group["means"]
    for key, items in (("said", said), ("means", means)):
        if not isinstance(items, list) or not items or not all(isinstance(item, str) and words(item) for item in items):
            raise InputRefused(f"Group {number} of {name} needs a list of words under {key}; quote words such as no, off or 360.")
    if empty := next((item for item in means if not stem_list(item)), None):
        raise InputRefused(f"Group {number} of {name} means {empty!r}, which is a function word that search leaves out.")
    if bare := next((item for item in said if len(_keys(item)) == 1 and _keys(item)[0] in _FUNCTION), None):
        raise InputRefused(f"Group {number} of {name} is said {bare!r}, a function word that nearly every question holds.")
    return said, means


def _weights(means: Sequence[str]) -> dict[str, float]:
    """Share each term's weight among its words, so that a term of three words does not count three times."""
    found: dict[str, float] = {}
    for term in means:
        stems = stem_list(term)
        for stem in stems:
            found[stem] = max(1 / sqrt(len(stems)), found.get(stem, 0.0))
    return found


def _phrase(wording: str) -> tuple[str, ...]:
    keys = _keys(wording)
    kept = [key for key in keys if key not in _LIGHT]
    return tuple(kept if len(kept) > 1 and any(key not in _FUNCTION for key in kept) else keys)


def _stop(phrase: Phrase, asked: Sequence[str], place: int) -> int | None:
    """Return the place behind the phrase that begins here, if it stands here."""
    skippable = _LIGHT if phrase.strict else _FUNCTION
    for word in phrase.rest:
        limit = place + 1 + MOST_BETWEEN
        place += 1
        while place < len(asked) and asked[place] != word and place < limit and asked[place] in skippable:
            place += 1
        if place >= len(asked) or asked[place] != word:
            return None
    return place + 1


def _keys(text: str) -> list[str]:
    """Return a text's words as they are compared: function words as they are, others as stems."""
    return [key for word in words(fold(text)) for part in word.split("-") for key in _key(part)]


def _key(word: str) -> list[str]:
    if _NOT.fullmatch(word):
        return ["not"]
    word = _ENDING.sub("", word)
    word = _FORMS.get(word, word)
    if word in _OTHERS:
        return [f"={word.removesuffix('s')}"]  # no stem looks like this
    if word in _FUNCTION:
        return [word]
    return stem_list(word)
