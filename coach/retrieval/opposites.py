"""Tell two sentences that say the opposite in nearly the same words: one of them negated, or with the roles changed over."""

import re
from dataclasses import dataclass
from functools import lru_cache

from coach.language.sentences import words
from coach.language.stems import stem_list

NEARLY = 0.8  # of all content words of the two; sentences that share less are about different things
LEAST = 4  # content words that two sentences share
MOST_WORDS = 40
ROLES = {"mentor": "mentee", "mentors": "mentees", "junior": "senior", "juniors": "seniors"}
_SWAPPED = ROLES | {other: one for one, other in ROLES.items()}
_ROLE_STEMS = frozenset(stem_list(" ".join(_SWAPPED)))
_NEGATIONS = frozenset(["not", "never", "no", "nobody", "nothing", "neither", "nor", "cannot", "without", "none"])
_NEGATED = re.compile(r"n['’]t$")
_NEGATES_ALL = re.compile(r"\b(?:not|never|cannot|nobody)\b|n['’]t\b|^\W*no\b", re.IGNORECASE)  # "no" elsewhere may negate a side remark
_IN_OTHER_WORDS = re.compile(
    r"\b(?:avoid|avoids|refrain from|stop|must not|forbidden|not only|no longer|nothing but|no (?:more|less|fewer) than|not just|not yet|except\w*|apart from|other than)\b"
)
# Only one of two can do these; anything else both may do.
_ONE_ALONE = re.compile(
    r"\b(?:only|alone|first|leads?|sets?|drives?|owns?|chairs?|decides?|responsible|prepares? the|in charge|the last word|takes? the lead)\b",
    re.IGNORECASE,
)
_WEAK = frozenset(stem_list("always usually often must may might shall need every each really simply also even"))


@dataclass(frozen=True)
class Opposed:
    """On what two sentences are opposed, and what each of them holds."""

    point: str
    first: str
    second: str


def opposed(first: str, second: str) -> Opposed | None:
    """Return how two sentences contradict each other, or None where they do not plainly do so."""
    one, other = _read(first), _read(second)
    if one is None or other is None or one.content == frozenset() or not _close(one.content, other.content):
        return None
    if one.roles == other.roles and one.negated != other.negated:
        return Opposed("Whether this is so", f"{'Not so' if one.negated else 'So'}.", f"{'Not so' if other.negated else 'So'}.")
    if one.negated == other.negated and _changed_over(one, other) and (len(one.roles) > 1 or (one.alone and other.alone)):
        return Opposed("Which of the two this is", f"The {one.roles[0]}.", f"The {other.roles[0]}.")
    return None


@dataclass(frozen=True)
class _Read:
    content: frozenset[str]
    numbers: tuple[str, ...]
    roles: tuple[str, ...]
    negated: bool
    alone: bool


@lru_cache(maxsize=4_096)
def _read(sentence: str) -> _Read | None:
    said = words(sentence)
    if not 3 <= len(said) <= MOST_WORDS or _IN_OTHER_WORDS.search(sentence.lower()):
        return None
    negations = sum(word in _NEGATIONS or _NEGATED.search(word) is not None for word in said)
    if negations > 1:  # what two of them add up to depends on what each belongs to
        return None
    content = (
        frozenset(stem_list(sentence)) - _ROLE_STEMS - _WEAK - _NEGATIONS - frozenset(["nobodi", "noth", "neither", "without", "never"])
    )
    roles = tuple(
        word.removesuffix("'s").removesuffix("’s").removesuffix("s")
        for word in said
        if word.removesuffix("'s").removesuffix("’s") in _SWAPPED
    )
    if negations and not _NEGATES_ALL.search(sentence):
        return None
    return _Read(content, tuple(w for w in said if w[0].isdigit()), roles, negations == 1, _ONE_ALONE.search(sentence) is not None)


def _close(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= LEAST - 1 and shared >= NEARLY * len(one | other)


def _changed_over(one: _Read, other: _Read) -> bool:
    swapped = tuple(_SWAPPED[role] for role in one.roles)
    return bool(swapped) and swapped == other.roles
