"""Tell two sentences that say the opposite in nearly the same words: one of them negated, or with the roles changed over."""

import re
from dataclasses import dataclass
from functools import lru_cache

from coach.language.sentences import words
from coach.language.stems import stem_list

NEARLY = 0.8  # of all content words of the two; sentences that share less are about different things
LEAST = 3  # content words that two sentences share, besides the roles
MOST_WORDS = 40
ROLES = {"mentor": "mentee", "mentors": "mentees", "junior": "senior", "juniors": "seniors"}
_SWAPPED = ROLES | {other: one for one, other in ROLES.items()}
_NEGATIONS = frozenset(["not", "never", "no", "nobody", "nothing", "neither", "nor", "cannot", "without", "none"])
_NEGATED = re.compile(r"n['’]t$")
_NEGATES_ALL = re.compile(r"\b(?:not|never|cannot|nobody)\b|n['’]t\b|^\W*no\b", re.IGNORECASE)  # "no" elsewhere may negate a side remark
_IN_OTHER_WORDS = re.compile(
    r"\b(?:avoid|avoids|refrain from|stop|must not|forbidden|not only|no longer|nothing but|no (?:more|less|fewer) than|not just|not yet|except\w*|apart from|other than)\b"
)
# Only one of two can do these; anything else both may do.
_ONE_ALONE = re.compile(
    r"\b(?:only|alone|(?:speaks?|goes|talks?|writes?|calls?|asks?|begins?|comes?) first|first to|leads?|sets?|drives?|owns?|chairs?|decides?|responsible|prepares? the|in charge|the last word|takes? the lead)\b",
    re.IGNORECASE,
)
# Neither these nor the roles and negations count as what a sentence is about.
_LEFT_OUT = frozenset(
    stem_list(" ".join([*_SWAPPED, *_NEGATIONS, "always usually often must may might shall need every each really simply also even"]))
)


@dataclass(frozen=True)
class Opposed:
    """On what two sentences are opposed, and what each of them holds."""

    point: str
    first: str
    second: str


@dataclass(frozen=True)
class Gist:
    """What a sentence is compared by: its content words, its roles in order, whether it is negated, and whether it says what only one can do."""

    content: frozenset[str]
    roles: tuple[str, ...]
    negated: bool
    alone: bool


def opposed(one: Gist, other: Gist) -> Opposed | None:
    """Return how two sentences contradict each other, or None where they do not plainly do so."""
    if not _close(one.content, other.content):
        return None
    if one.roles == other.roles and one.negated != other.negated:
        return Opposed("Whether this is so", *("Not so." if gist.negated else "So." for gist in (one, other)))
    if one.negated == other.negated and _changed_over(one, other) and (len(one.roles) > 1 or (one.alone and other.alone)):
        return Opposed("Which of the two this is", *(f"The {gist.roles[0]}." for gist in (one, other)))
    return None


@lru_cache(maxsize=4_096)
def gist_of(sentence: str) -> Gist | None:
    """Return what a sentence is compared by; None where it cannot be told what it holds."""
    said = words(sentence)
    if not 3 <= len(said) <= MOST_WORDS or _IN_OTHER_WORDS.search(sentence):
        return None
    negations = sum(word in _NEGATIONS or _NEGATED.search(word) is not None for word in said)
    # What two of them add up to depends on what each belongs to; one in a side remark negates nothing else.
    if negations > 1 or (negations and not _NEGATES_ALL.search(sentence)):
        return None
    content = frozenset(stem_list(sentence)) - _LEFT_OUT
    roles = tuple(role for word in said if (role := re.sub(r"['’]s$|['’]$", "", word)) in _SWAPPED)
    return Gist(content, tuple(role.removesuffix("s") for role in roles), negations == 1, _ONE_ALONE.search(sentence) is not None)


def _close(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= LEAST and shared >= NEARLY * len(one | other)


def _changed_over(one: Gist, other: Gist) -> bool:
    return bool(one.roles) and tuple(_SWAPPED[role] for role in one.roles) == other.roles
