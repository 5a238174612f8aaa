"""Say what an everyday wording is called in handbooks: "ghosted" asks for "unresponsive"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import yaml

from coach.errors import InputRefused
from coach.language.sentences import words
from coach.language.stems import stem_list
from coach.retrieval.phrases import FUNCTION, LIGHT, keys, phrase_end


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
        self._count = 0
        for said, means in groups:
            terms = _weights(means)
            for wording in said:
                first, *rest = _phrase(wording)
                strict = all(word in FUNCTION for word in (first, *rest))
                self._phrases.setdefault(first, []).append(Phrase(tuple(rest), terms, strict))
                self._count += 1
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase.rest))

    def __len__(self) -> int:
        return self._count

    def expand(self, question: str) -> dict[str, float]:
        """Return the stems that the question's wording calls for and that do not stand in it, each with a weight of 0 to 1."""
        asked = keys(question)
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
            if (stop := phrase_end(phrase.rest, asked, place, LIGHT if phrase.strict else FUNCTION)) is not None:
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
    if bare := next((item for item in said if len(keys(item)) == 1 and keys(item)[0] in FUNCTION), None):
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
    whole = keys(wording)
    kept = [key for key in whole if key not in LIGHT]
    return tuple(kept if len(kept) > 1 and any(key not in FUNCTION for key in kept) else whole)
