"""Find phrases in a question whatever their inflection, with function words between their words."""

import re
from collections.abc import Sequence
from functools import lru_cache

from coach.language.folding import fold
from coach.language.sentences import words
from coach.language.stems import STOPWORDS, stem_list

GAP = "..."  # in a phrase: words of any kind may stand here
MOST_IN_GAP = 4
MOST_BETWEEN = 3  # function words that may stand between two words of a phrase: "hand all of it over"
# Words so light that a phrase means the same without them: "bites my head off" is meant of any head.
LIGHT = frozenset(words("a an the i me my you your he him his she her they them their we us our am is are was were be been being"))
FUNCTION = STOPWORDS | LIGHT
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


def keys(text: str) -> list[str]:
    """Return a text's words as they are compared: function words as they are, others as stems."""
    return [key for word in words(fold(text)) for part in word.split("-") for key in _key(part)]


def phrase_end(rest: Sequence[str], asked: Sequence[str], place: int, skippable: frozenset[str] = FUNCTION) -> int | None:
    """Return the place behind the phrase whose first word stands at `place` and whose other words are `rest`, if it stands here."""
    gap = False
    for word in rest:
        if word == GAP:
            gap = True
            continue
        place = _next(word, asked, place + 1, MOST_IN_GAP if gap else MOST_BETWEEN, None if gap else skippable)
        if place < 0:
            return None
        gap = False
    return place + 1


def _next(word: str, asked: Sequence[str], place: int, most: int, skippable: frozenset[str] | None) -> int:
    """Return where a word stands behind at most so many words that may be skipped (None: any word), or -1."""
    for at in range(place, min(place + most + 1, len(asked))):
        if asked[at] == word:
            return at
        if skippable is not None and asked[at] not in skippable:
            return -1
    return -1


@lru_cache(maxsize=4096)  # of single words
def _key(word: str) -> tuple[str, ...]:
    if _NOT.fullmatch(word):
        return ("not",)
    word = _ENDING.sub("", word)
    word = _FORMS.get(word, word)
    if word in _OTHERS:
        return (f"={word.removesuffix('s')}",)  # no stem looks like this
    return (word,) if word in FUNCTION else tuple(stem_list(word))
