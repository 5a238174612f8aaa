"""Take in the answer that a model words: a sentence stands only where a passage that was supplied stands behind it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from coach.domain.guidance import Citation, Passage
from coach.drafting.answer.compose import MOST, best_quote
from coach.drafting.answer.wire import WireAnswer, WireSentence
from coach.drafting.checks import facts_of_passages, unsupplied
from coach.drafting.pseudonyms import Pseudonyms
from coach.language.folding import visible
from coach.language.private import Private, private_kind
from coach.language.sentences import words
from coach.language.stems import stems

LONGEST, SHORTEST = 400, 3  # characters, words
GROUNDED = 0.5  # of a sentence's stems stand in the passages that it cites
CLOSE = 0.5  # of a sentence's stems stand in one sentence of a passage: then both say so, or both say not
LOOKED_AT, MOST_KEYS = (
    4 * MOST,
    4,
)  # sentences of a model, and passages that one may cite; more take long to check and answer nothing better
_NEGATES = re.compile(
    r"\b(?:not|never|no|nobody|nothing|none|neither|nor|cannot|without|avoid|avoids|avoiding|stop|stops|refrain|refrains|refuse|refuses|unless)\b|n['’]t\b",
    re.IGNORECASE,
)
_UNDONE = re.compile(r"(?:\b(?:not|never)|n['’]t)\W+(?:\w+\W+)?(?:avoid|stop|refrain|refuse)\w*\b", re.IGNORECASE)  # denied twice
_KEYS = re.compile(r"\s*[\[(]G\d+(?:\s*[,;]\s*G\d+)*[\])]")
_MARKS = re.compile(r"\*\*|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)|`|^#+\s*|^[-*•]\s+")
_RENDERED = re.compile(r"[<>]|!\[|\]\(")
_PLACEHOLDER = re.compile(r"\[\s*\\?[A-Z]{2,}[\s_\\-]*\d*[A-Z]?\s*\]", re.IGNORECASE)


@dataclass(frozen=True)
class Shown:
    """What a model saw: the values of its prompt, the passages by key, their masked texts, and the way back to names."""

    values: dict[str, str]
    passages: dict[str, Passage]
    masked: dict[str, str] = field(repr=False)
    pseudonyms: Pseudonyms = field(repr=False)


@dataclass(frozen=True)
class Adopted:
    """Whether the model found an answer, the passages in its order, and what of the answer may stand; the text is empty where nothing may."""

    covered: bool
    order: tuple[Passage, ...]
    text: str
    citations: tuple[Citation, ...]


def adopt(wire: WireAnswer, shown: Shown) -> Adopted:
    """Return a model's answer with everything left out that no passage stands behind; it can add no passage."""
    order = tuple(dict.fromkeys([*_known(wire.order, shown), *shown.passages]))
    passages = tuple(shown.passages[key] for key in order)
    if not wire.covered:
        return Adopted(False, passages, "", ())
    citations: dict[str, Citation] = {}
    pieces = []
    for text, keys in _standing(wire.sentences, shown):
        given = []
        for key in keys:
            passage = shown.passages[key]
            if key not in citations:
                quote = best_quote(passage, text)
                citations[key] = Citation(key=f"G{len(citations) + 1}", document=passage.document, section=passage.section, quote=quote)
            given.append(f"[{citations[key].key}]")
        pieces.append(f"{text} {' '.join(given)}")
    return Adopted(True, passages, " ".join(pieces), tuple(citations.values()))


def _standing(sentences: Sequence[WireSentence], shown: Shown) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the sentences that may stand, at most MOST, each once, with the keys that they cite."""
    seen: set[str] = set()
    for sentence in sentences[:LOOKED_AT]:
        if len(sentence.text) > LONGEST:
            continue
        known = _known(sentence.citations[:MOST_KEYS], shown)
        keys = tuple(key for key in known if _agrees(best_quote(shown.passages[key], sentence.text), sentence.text))
        text = _line(sentence.text, keys, shown)
        if text and text not in seen and len(seen) < MOST:
            seen.add(text)
            yield text, keys


def _line(said: str, keys: Sequence[str], shown: Shown) -> str:
    """Return a sentence as people read it; empty where it may not stand."""
    plain = _KEYS.sub("", _MARKS.sub("", visible(said)))
    behind = " ".join(shown.masked[key] for key in keys)
    if not keys or _RENDERED.search(plain) or any(placeholder not in behind for placeholder in _PLACEHOLDER.findall(plain)):
        return ""
    text = " ".join(shown.pseudonyms.restore(plain).split())
    cited = [shown.passages[key] for key in keys]
    if len(text) > LONGEST or len(words(text)) < SHORTEST or private_kind(text) is Private.INSTRUCTION:
        return ""
    return text if _is_grounded(text, cited) and not unsupplied(text, facts_of_passages(cited)) else ""


def _agrees(quote: str, text: str) -> bool:
    """Tell whether there is a quote that does not deny what a sentence says in nearly its words, or say what it denies."""
    own = stems(text)
    close = len(own & stems(quote)) >= CLOSE * len(own)
    return bool(quote) and not (close and _denies(quote) != _denies(text))


def _denies(text: str) -> bool:
    return _NEGATES.search(_UNDONE.sub("", text)) is not None


def _is_grounded(text: str, cited: Sequence[Passage]) -> bool:
    own = stems(text)
    there = set().union(*(stems(f"{p.document} {p.section} {p.text}") for p in cited))
    return bool(own) and len(own & there) >= GROUNDED * len(own)


def _known(keys: Sequence[str], shown: Shown) -> tuple[str, ...]:
    """Return the keys that stand for a passage, each once."""
    wanted = (key.strip().strip("[]()").upper() for key in keys)
    return tuple(dict.fromkeys(key for key in wanted if key in shown.passages))
