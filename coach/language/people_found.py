"""Tell which of the possible names in a text may be people, word by word; generous, for what is no name is only masked in vain."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from coach.language.folding import MARKS
from coach.language.name_context import ACTS, CALENDAR, SAYS, in_date
from coach.language.name_forms import word_list
from coach.language.names import FoundName, everyday_words, is_everyday, names
from coach.language.positions import fold_name, is_hidden
from coach.language.stems import STOPWORDS

MOST_WORDS = 6  # of one name; more is a heading
LONGEST_PART = 40  # code points of an everyday word that a hyphen joins to a name
_PART = rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*"
MOST_PARTS = 6  # of one word, as in mentions: what has more is cut, so that no name costs more than it can say
_WORD = re.compile(rf"{_PART}(?:[’'\-‐‑]{_PART}){{0,{MOST_PARTS - 1}}}")
_OWNED = re.compile(r"[’'](?:s|S|ll|re|ve|d|m)$")
_LAST_PART = re.compile(r"(?<=.)[\-‐‑]([^\W\dA-Z_][^\W\d_]*)$")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Sir|Dame|Lord|Lady)\b\.?\s+([^\W\d_][\w’'-]+)")
_SPEAKER = re.compile(rf"(?<![\w’'-])([^\W\d_a-z][\w’'-]+)\s+(?:(?:{SAYS})|({ACTS}))\b")
_SPEECH = re.compile(r"<v(?:\.[\w.]+)?\s+([^>\n]{1,80})>")  # who speaks, in WebVTT
_JOINED = re.compile(r"(?<![\w’'-])[a-z]{1,4}[’'\-‐‑]([^\W\d_a-z][\w’'-]+)")  # al-Hamrani, d'Arcy, ex-Holm
_ON_A_LINE = re.compile(r"^[ \t>*•“\"(-]*([^\W\d_a-z][\w’'-]+)[ \t]*(?:[:,/&)”\"]|\r?$)", re.MULTILINE)
_OWNER = re.compile(r"(?<![\w’'-])([^\W\d_a-z]\w+)(?=['’]s\b)")
_SHORT = re.compile(r"(?<=[a-z,]) (An|Do|Ho|So)(?= [a-z]|[.,;:!?’'\n]|$)")  # inside a sentence nothing but a name has this capital
_LOW = r"[^\W\d_A-Z][^\W\d_]*(?:[’'\-‐‑][^\W\d_A-Z][^\W\d_]*)*"
_ADDRESSED = re.compile(
    r"(?<![\w’'-])(?i:ask|asked|tell|told|call|email|message|meet|invite|thank|(?:meet|check|speak|talk)(?:ed|ing)? (?:with|to)) "
    rf"({_LOW})(?: and ({_LOW}))?"
)
_LOW_ON_A_LINE = re.compile(rf"^[ \t>*•-]*({_LOW}):(?= )", re.MULTILINE)
_LOW_OWNER = re.compile(rf"(?<![\w’'-])(?:({_LOW}) )?({_LOW})(?=[’']s\b)")
_ENDINGS = ("d", "ed", "ing", "ly", "es")
_ACRONYM = re.compile(r"[B-DF-HJ-NP-TV-XZ]{3,5}s?|[A-Z]{2,5}s")  # no vowel, or a small s after capitals
_NOBODY = frozenset([
    "you", "we", "he", "she", "they", "it", "this", "that", "who", "which", "what", "anybody", "anyone", "somebody", "someone", "everybody",
    "everyone", "nobody", "people", "management", "staff", "both", "one", "team", "others", "some", "many", "most", "all", "leadership", "finance",
    "marketing", "legal", "operations", "customers", "clients", "colleagues", "employees", "users", "juniors", "seniors", "leaders", "managers",
    "mentors", "mentees", "apprentices",
])  # fmt: skip


@dataclass(frozen=True)
class FoundPerson:
    """What may be a person's name: its words folded, and as it was written."""

    words: tuple[str, ...]
    text: str


def found_people(text: str) -> list[FoundPerson]:
    """Return the possible people of a text in order of appearance, each spelling once."""
    plain = unicodedata.normalize("NFKC", text)
    if any(is_hidden(c) for c in set(plain)):
        joined, parted = ("".join(instead if is_hidden(c) else c for c in plain) for instead in ("", " "))
        return _once([*_found(joined), *_found(parted)])
    return _once(_found(plain))


def _with_first_name(text: str, name: FoundName) -> FoundName:
    """Return a name with the "Per" before it, which opens a sentence as an everyday word would."""
    if text[max(0, name.start - 4) : name.start] == "Per " and not text[max(0, name.start - 5) : name.start - 4].isalpha():
        return FoundName(name.start - 4, name.end, text[name.start - 4 : name.end])
    return name


def _once(found: Iterable[FoundPerson]) -> list[FoundPerson]:
    first: dict[tuple[str, ...], FoundPerson] = {}
    for person in found:
        first.setdefault(person.words, person)
    return list(first.values())


def _found(text: str) -> list[FoundPerson]:
    named = [(name.start, person) for name in map(partial(_with_first_name, text), names(text)) for person in _people_of(text, name)]
    cued = [(match.start(1), FoundPerson((fold_name(_bare(match[1])),), _bare(match[1]))) for match in _cues(text)]
    voices = [(m.start(1), person) for m in _SPEECH.finditer(text) for person in _speakers(m[1])]
    small = [(m.start(i), FoundPerson((fold_name(_bare(m[i])),), _bare(m[i]))) for m, i in _small(text)]
    return [person for _, person in sorted([*named, *cued, *voices, *small], key=lambda found: found[0])]


def _speakers(text: str) -> Iterator[FoundPerson]:
    """Yield who speaks; a line of more words than a name has is several people."""
    words = text.split()
    for i in range(0, len(words), MOST_WORDS):
        some = " ".join(words[i : i + MOST_WORDS])
        yield FoundPerson(tuple(fold_name(some).split()), some)


def _small(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the groups that are no everyday word where a person is addressed, speaks or owns in lower case."""
    for pattern in (_ADDRESSED, _LOW_ON_A_LINE, _LOW_OWNER):
        for match in pattern.finditer(text):
            yield from ((match, i) for i in range(1, (match.lastindex or 0) + 1) if match[i] and _is_strange(_bare(match[i])))


def _is_strange(word: str) -> bool:
    """Tell whether a lower-case word is neither an everyday word nor one of working life."""
    low = fold_name(word)
    if low in STOPWORDS or len(low) < 3 or _is_known(low) or any(low.removesuffix(end) in word_list("capitals.txt") for end in _ENDINGS):
        return False
    return "'" in low or not all(_is_known(part) for part in re.split(r"[-‐‑]", low))


def _is_known(low: str) -> bool:
    return low.isascii() and (is_everyday(low) or _carries_capital(low) or low in word_list("names_and_words.txt"))


def _cues(text: str) -> Iterator[re.Match[str]]:
    """Yield words that the words around them make a name, though they are everyday words or begin in lower case."""
    yield from _TITLED.finditer(text)
    yield from _SHORT.finditer(text)
    yield from (match for match in _JOINED.finditer(text) if _may_name(match[1]) and not _carries_capital(fold_name(match[1])))
    yield from (match for pattern in (_ON_A_LINE, _OWNER) for match in pattern.finditer(text) if _is_both(match[1]))
    for match in _SPEAKER.finditer(text):
        word = fold_name(_bare(match[1]))
        if word not in _NOBODY and (word not in STOPWORDS or word == "per") and (not match[2] or _is_both(word)):
            yield match


def _is_both(word: str) -> bool:
    """Tell whether a word is an everyday word and a name, and no function word."""
    low = fold_name(_bare(word))
    return low in word_list("names_and_words.txt") and len(low) > 2 and (low not in STOPWORDS or low in ("will", "per", "don"))


def _people_of(text: str, name: FoundName) -> Iterator[FoundPerson]:
    """Cut a possible name where a word ends it, and yield what has at least one word that may name a person."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text, name.start, name.end):
        strange = _is_no_name(text, match)
        if run and (strange or len(run) == MOST_WORDS or _ends(text, run[-1], match)):
            yield from _person(text, run)
            run = []
        if not strange:
            run.append(match)
    yield from _person(text, run)


def _ends(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    """Tell whether a full stop or a possessive between two words ends a name; the stop after an initial does not."""
    return ("." in text[before.end() : after.start()] and len(before.group()) > 2) or bool(_OWNED.search(before.group()))


def _is_no_name(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word is a function word, a day or a month, which belongs to nobody's name."""
    word = fold_name(_bare(match.group()))
    if word in CALENDAR:
        return in_date(text, *match.span())
    bare = _bare(match.group())
    if any(c.isdecimal() for c in bare) or _ACRONYM.fullmatch(bare):
        return True
    return word in STOPWORDS and word not in word_list("names_and_words.txt")


def _person(text: str, run: list[re.Match[str]]) -> Iterator[FoundPerson]:
    words = [_bare(match.group()) for match in run]
    kinds = [_carries_capital(fold_name(word)) for word in words]
    while kinds and kinds[0]:
        del words[0], kinds[0], run[0]
    while kinds and kinds[-1]:
        del words[-1], kinds[-1], run[-1]
    if any(_may_name(word) for word in words):
        yield FoundPerson(tuple(map(fold_name, words)), text[run[0].start() : run[-1].start() + len(words[-1])])


def _bare(word: str) -> str:
    """Return a word without its possessive, and without everyday words that a hyphen joins to it: Tomasz of "Tomasz-led"."""
    word = _OWNED.sub("", word)
    end = len(word)
    while (cut := _LAST_PART.search(word, max(0, end - LONGEST_PART), end)) and is_everyday(cut[1]):
        end = cut.start()
    return word[:end]


def _carries_capital(word: str) -> bool:
    known = word_list("capitals.txt")
    return word not in word_list("names_and_words.txt") and (word in known or (len(word) > 3 and word.removesuffix("s") in known))


def _may_name(word: str) -> bool:
    low = fold_name(word)
    if low in word_list("names_and_words.txt"):
        return low not in STOPWORDS or low in ("will", "per", "don")
    return not (low in everyday_words() or (len(low) > 4 and low.removesuffix("s") in everyday_words()) or low in STOPWORDS)
