"""Judge whether the guidance covers a question at all, from signs that hold for any documents and any embeddings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# "Who", "which", "where" and the like ask for a fact, which guidance holds less often than advice; "what should I" and "what if" do not.
_FACT = re.compile(r"\s*(?:who|whose|which|what|what[’']?s|when|where)\b", re.IGNORECASE)
_ADVICE = re.compile(
    r"\s*what (?:if|then|now|next|to|on earth|do|does|did|should|shall|can|could|would|will|might|must|happens|counts|about|else|makes)\b",
    re.IGNORECASE,
)

# Weights of a logistic regression over 180 questions on three sets of documents, 31 of them not covered; chosen among few signs by how well
# two of the sets foretold the third. The doubt is in log odds, moved so that above 0 the question is said not to be covered.
FACT, FACT_GAP, UNKNOWN, BEYOND, START = 1.05, 1.3, 4.8, 3.8, -1.6


@dataclass(frozen=True)
class Signs:
    """What tells of a question that is not covered.

    `gap` is the share of its words, weighted by how rare they are, that the best single passage lacks; `unknown` the share of its words that
    neither the shipped guidance nor any of the best passages knows; `beyond` whether it asks for a matter that no guidance treats.
    """

    fact: bool
    gap: float
    unknown: float
    beyond: bool


def asks_for_a_fact(question: str) -> bool:
    """Tell whether a question asks for a fact rather than for advice."""
    return bool(_FACT.match(question)) and not _ADVICE.match(question)


def doubt(signs: Signs) -> float:
    """Return the log odds that the guidance does not cover the question; above 0 it is said so."""
    return START + signs.fact * (FACT + FACT_GAP * signs.gap) + UNKNOWN * signs.unknown + BEYOND * signs.beyond


def gap(typed: Sequence[str], rarity: Mapping[str, float], held: Sequence[frozenset[str]]) -> float:
    """Return the share of the typed stems, weighted by rarity, that the passage which holds most of them lacks; 0 where nothing was typed that could be lacked."""
    whole = sum(rarity[stem] for stem in typed)
    best = max((sum(rarity[stem] for stem in typed if stem in stems) for stems in held), default=0.0)
    return 1 - best / whole if whole else 0.0
