"""How one person may be written: every part of a name, and what counts as a part of it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from coach.language.names import PARTICLES, TITLES, everyday_words
from coach.language.positions import fold_name
from coach.language.stems import STOPWORDS

HANDLE = 100  # the place of a run-together form, after every word of a name
MOST_INITIALS = 5
HANDLE_LETTERS = 4  # shortest run-together form ("plund") that is looked for
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "phd", "mba", "obe", "mbe", "cbe", "qc", "kc", "esq", "frs", "bsc", "msc"])
_TITLES = frozenset(t.lower() for t in TITLES) | {"sir", "dame", "lord", "lady", "herr", "frau", "professor", "rev", "miss"}
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "ø": "oe", "Ø": "Oe"})
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003134f]"
)
_MARKS_INSIDE = dict.fromkeys(map(ord, ".'-_·・"))
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff\uac00-\ud7af]{2,5}")
_STYLES = ("小{}", "老{}", "{}总", "{}先生", "{}女士", "{}小姐", "{}老师", "{}经理", "{}博士", "{}主任")  # family name of one character


@lru_cache(maxsize=2)
def word_list(file: str) -> frozenset[str]:
    """Return the words of a list beside this module."""
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def is_name_and_word(word: str) -> bool:
    """Tell whether a folded name is an everyday word too, so that its lower-case form alone names nobody."""
    return (
        word in everyday_words()
        or word in word_list("names_and_words.txt")
        or (len(word) > 4 and word.removesuffix("s") in everyday_words())
    )


@dataclass
class NameForms:
    """The folded forms of one name.

    `words` stand for the person wherever they stand; each has its place in the name, so that the order can be told.
    `beside` (particles, initials, middle words) counts only next to one of them, `initials` only in capitals,
    and `within` (scripts without spaces) inside a longer run of letters too.
    """

    words: dict[str, int] = field(default_factory=dict)
    beside: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    within: set[str] = field(default_factory=set)

    @property
    def parts(self) -> frozenset[str]:
        """Return the words that the name is made of, without run-together forms."""
        return frozenset(word for word, place in self.words.items() if place != HANDLE)

    def add(self, other: "NameForms") -> None:
        """Take in the forms of another spelling of the same name."""
        self.words = other.words | self.words
        self.beside |= other.beside
        self.initials |= other.initials
        self.within |= other.within


def forms_of(name: str) -> NameForms:
    """Return every form of a name that is known to be a person's."""
    forms = NameForms()
    for spelling in dict.fromkeys((name, unicodedata.normalize("NFC", name).translate(_SPELT_OUT))):
        forms.add(_forms(name_words(spelling)))
    return forms


def forms_of_found(words: Iterable[str]) -> NameForms:
    """Return the forms of a name that was found in a text; what is an everyday word in it counts only beside the rest."""
    forms = _forms(list(words))
    forms.within = set()
    plain = {
        word for word in forms.words if (word in everyday_words() and word not in word_list("names_and_words.txt")) or word in PARTICLES
    }
    if len(plain) < len(forms.words):
        forms.words = {word: place for word, place in forms.words.items() if word not in plain}
        forms.beside |= plain
    return forms


def name_words(name: str) -> list[str]:
    """Return the folded words of a name, given names first, without titles; what stands in brackets comes last."""
    low = fold_name(name)
    bracketed = re.findall(r"[(\[{\"“]([^)\]}\"”]*)[)\]}\"”]", low)
    low = re.sub(r"[(\[{\"“][^)\]}\"”]*[)\]}\"”]", " ", low)
    family, _, given = low.partition(",")
    words = [w for w in re.split(r"[\s,]+", f"{given} {family} {' '.join(bracketed)}") if w.strip("._-'")]
    kept = [w for w in words if w.strip(".") not in _TITLES]
    return kept or words


def _forms(words: list[str]) -> NameForms:
    forms = NameForms()
    for place, word in enumerate(words):
        _add_word(forms, word, place)
    kept = [w for w in (word.strip("._-'") for word in words) if w and w not in _SUFFIXES]
    _add_run_together(forms, [solid(w) for w in kept])
    forms.initials |= _initials(kept)
    _add_unspaced(forms, kept)
    return forms


def solid(word: str) -> str:
    """Return a word of a name without the marks inside: orafferty, achterberglunn."""
    return word.translate(_MARKS_INSIDE)


def _add_word(forms: NameForms, word: str, place: int) -> None:
    pieces = (
        [piece for piece in re.split(r"[\W\d_]+", word) if piece] if word.isascii() else [p for p in re.split(r"[\s.'\-_·・]+", word) if p]
    )
    whole = "".join(pieces)
    if word.strip(".") in _SUFFIXES:
        forms.beside.add(whole)
        return
    for piece in [whole, *pieces]:
        if (len(piece) < 2 and piece.upper() != piece) or (piece != whole and piece in STOPWORDS):
            forms.beside.add(piece)
        else:
            forms.words.setdefault(piece, place)
    forms.beside |= {piece[0] for piece in [whole, *pieces] if piece}


def _add_run_together(forms: NameForms, words: list[str]) -> None:
    """Add the forms that handles and file names have: perlund, lundper, plund, lundp, vandereyk."""
    if len(words) < 2:
        return
    first, last, rest = words[0], words[-1], "".join(words[1:])
    handles = {a + b for family in (last, rest) for a, b in ((first, family), (family, first), (first[0], family), (family, first[0]))}
    for handle in {rest, *handles, "".join(w[0] for w in words[:-1]) + last}:
        if len(handle) >= HANDLE_LETTERS and handle not in everyday_words():
            forms.words.setdefault(handle, HANDLE)


def _initials(words: list[str]) -> set[str]:
    """Return the initials of a name with and without its particles, middle names and the parts of double names."""
    solid = [w for w in words if w.strip("'") not in PARTICLES]
    pieces = [[piece for w in some for piece in re.split(r"['\-]", w) if piece] for some in (words, solid)]
    return {
        "".join(w[0] for w in some)
        for some in (words, solid, [solid[0], solid[-1]] if solid else [], *pieces)
        if 1 < len(some) <= MOST_INITIALS
    }


def _add_unspaced(forms: NameForms, words: list[str]) -> None:
    """Add what stands for the person inside a run of letters: the whole name, and each half of two characters or more."""
    if not any(_UNSPACED.match(word) for word in words):
        return
    whole = "".join(words)
    forms.within |= {w for w in (whole, "".join(reversed(words)), *words) if len(w) > 1}
    if _IDEOGRAPHS.fullmatch(whole):
        forms.within |= {style.format(whole[0]) for style in _STYLES}
        if len(words) == 1:
            forms.within |= {whole[:cut] for cut in range(2, len(whole))} | {whole[cut:] for cut in range(1, len(whole) - 1)}
