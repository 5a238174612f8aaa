"""Find where known people are mentioned in a text, in any order, spelling and script of their names."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from coach.language.folding import MARKS
from coach.language.name_context import CALENDAR, in_date, opens_as_word, reads_as_name
from coach.language.name_forms import MOST_INITIALS, NameForms, is_name_and_word
from coach.language.name_runs import Mention, Person, Piece, Runs
from coach.language.names import ACRONYMS, everyday_words
from coach.language.positions import HIDDEN, Folded, blanked

_LETTERS = rf"[^\W\d_]+(?:[{MARKS}]+[^\W\d_]*)*"
_SOFT = rf"(?:['{HIDDEN}]{{1,4}}|-(?:[ \t]{{0,3}}\r?\n[ \t]{{0,9}})?)"  # what may cut one word in two
_WORD = re.compile(rf"{_LETTERS}(?:{_SOFT}{_LETTERS})*")
_ATOM = re.compile(_LETTERS)
_PROCLITICS = re.compile("[وفبلك]?(?:ال)?|[והבלמשכ]{1,2}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u06ff]")
_CAPITAL = r"[^\W\d_a-z]"
_CAPITALS = re.compile(rf"(?<![^\W_]){_CAPITAL}(?:(?:\.?[ ]|\.|')?{_CAPITAL}){{1,{MOST_INITIALS - 1}}}(?![^\W_])")
_NEGATED = re.compile(r"'t(?!\w)")  # "Don't" names nobody
MOST_ATOMS = 6  # of one word: Ng'ang'a-O'Rafferty has five

_NOBODY: AbstractSet[Person] = frozenset()


@dataclass
class Directory:
    """The names of the people that can be mentioned; those of `guessed` were found in texts, the others are given."""

    forms: dict[Person, NameForms] = field(default_factory=dict)
    guessed: set[Person] = field(default_factory=set)
    _words: dict[str, set[Person]] = field(default_factory=dict)
    _beside: dict[str, set[Person]] = field(default_factory=dict)
    _parted: set[str] = field(default_factory=set)
    _within: re.Pattern[str] | None = None
    _initials: dict[str, set[Person]] = field(default_factory=dict)

    def add(self, person: Person, forms: NameForms, guessed: bool = False) -> None:
        """Take in a person, or another name of one who is known already."""
        if person in self.forms:
            self.forms[person].add(forms)
        else:
            self.forms[person] = forms
        if guessed:
            self.guessed.add(person)
        for word in forms.words:
            self._words.setdefault(word, set()).add(person)
        self._parted |= forms.parts  # a mark inside a run-together form makes another word of it: "Lund's" is not "lunds"
        for word in forms.beside:
            self._beside.setdefault(word, set()).add(person)
        for letters in forms.initials:
            self._initials.setdefault(letters, set()).add(person)
        self._within = None

    def in_initials(self, letters: str) -> AbstractSet[Person]:
        """Return the people whom these initials (folded) name without their dots."""
        return _NOBODY if _means_otherwise(letters) else self._initials.get(letters, _NOBODY)

    def named_by(self, word: str) -> AbstractSet[Person]:
        """Return the people of whose name a folded word is a part."""
        return self._words.get(word, _NOBODY)

    def mentions(self, text: Folded) -> list[Mention]:
        """Return every mention, in order, none inside another."""
        inside = list(self._inside(text))
        words = _WORD.finditer(blanked(text.low, [(m.start, m.end) for m in inside]))
        pieces = [piece for match in words for piece in self._pieces(text, match)]
        return _apart([*inside, *Runs(self.forms, text, pieces).all(), *self._in_initials(text)])

    def _pieces(self, text: Folded, match: re.Match[str]) -> Sequence[Piece]:
        """Return what of a word may name somebody; most words are nobody's."""
        word, start = match.group(), match.start()
        if word in self._words or word in self._beside:
            piece = self._piece(text, start, match.end(), word)
            return [piece] if piece else ()
        if not word.isalpha() or not (word.isascii() and _is_plain(text.text[start : match.end()])):
            return list(self._parts(text, start, word))
        return ()

    def _parts(self, text: Folded, start: int, word: str) -> Iterator[Piece]:
        """Cut a word where case, script, an apostrophe or a hyphen may part two names, longest names first."""
        shape = text.text[start : start + len(word)]
        atoms = [cut for match in _ATOM.finditer(word) for cut in _cut(shape, match.start(), match.end())]
        i = 0
        while i < len(atoms):
            joined, last, name = "", i, ""
            for j in range(i, min(len(atoms), i + MOST_ATOMS)):
                joined += word[slice(*atoms[j])]
                if j == i or joined in self._parted:
                    last, name = j, joined
            if piece := self._piece(text, start + atoms[i][0], start + atoms[last][1], name):
                yield piece
            i = last + 1

    def _piece(self, text: Folded, start: int, end: int, word: str) -> Piece | None:
        people = self._words.get(word, _NOBODY)
        if not people and _RIGHT_TO_LEFT.match(word):
            start, word = self._without_proclitic(start, word)
            people = self._words.get(word, _NOBODY)
        beside = self._beside.get(word)
        weak = people | beside if beside else people
        if not weak or _NEGATED.match(text.low, end):
            return None
        capital = not text.text[start].islower()
        sure: AbstractSet[Person] = people
        if people and not capital and is_name_and_word(word) and not reads_as_name(text.low, start, end):
            sure = _NOBODY
        if sure and capital and is_name_and_word(word) and opens_as_word(text.text, start, end):
            sure = _NOBODY
        if sure and word in CALENDAR and in_date(text.low, start, end):
            sure = _NOBODY
        return Piece(start, end, word, capital, sure, weak)

    def _without_proclitic(self, start: int, word: str) -> tuple[int, str]:
        """Return a name without the "and", "to" or "the" that Arabic and Hebrew write before it as one word."""
        for cut in range(1, min(4, len(word) - 1)):
            if word[cut:] in self._words and _PROCLITICS.fullmatch(word[:cut]):
                return start + cut, word[cut:]
        return start, word

    def _inside(self, text: Folded) -> Iterator[Mention]:
        """Yield mentions in scripts that put no space between words."""
        by_form = defaultdict(set)
        for person, forms in self.forms.items():
            for form in forms.within:
                by_form[form].add(person)
        if not by_form:
            return
        if self._within is None:
            self._within = re.compile("|".join(map(re.escape, sorted(by_form, key=lambda f: (-len(f), f)))))
        for match in self._within.finditer(text.low):
            if text.is_whole(*match.span()):
                yield Mention(*match.span(), by_form[match.group()])

    def _in_initials(self, text: Folded) -> Iterator[Mention]:
        """Yield "P.L." and "PL" in capitals; two letters that mean something else only with their dots."""
        for match in _CAPITALS.finditer(text.text):
            letters = [match.start() + i for i, c in enumerate(match.group()) if c.isalpha()]
            for count in range(len(letters), 1, -1):
                spelt = "".join(text.low[place] for place in letters[:count])
                end = letters[count - 1] + 1
                bare = end - match.start() == count
                alone = count == len(letters) or letters[count] > end
                if alone and (people := self._initials.get(spelt, _NOBODY)) and not (bare and _means_otherwise(spelt)):
                    yield Mention(match.start(), end, people)
                    break


def _means_otherwise(letters: str) -> bool:
    return letters.upper() in ACRONYMS or letters in everyday_words() or letters in ("am", "pm")


def _is_plain(shape: str) -> bool:
    """Tell whether a word has no capital but its first letter, or nothing but capitals."""
    return shape[1:].islower() or shape.isupper() or len(shape) == 1


def _cut(shape: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a word between a small and a capital letter, or between scripts with and without case."""
    word = shape[start:end]
    if word.isascii() and _is_plain(word):
        yield start, end
        return
    first = start
    for i in range(start + 1, end):
        if _parts(shape, i, end):
            yield first, i
            first = i
    yield first, end


def _parts(shape: str, i: int, end: int) -> bool:
    before, here = shape[i - 1], shape[i]
    if before.islower() and here.isupper():
        return True
    if before.isupper() and here.isupper() and i + 1 < end and shape[i + 1].islower():
        return True
    return before.isalpha() and here.isalpha() and (before.lower() != before.upper()) != (here.lower() != here.upper())


def _apart(mentions: list[Mention]) -> list[Mention]:
    """Return mentions in order; of two that overlap, the later one keeps what the first leaves."""
    kept: list[Mention] = []
    end = 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.end > end:
            kept.append(Mention(max(mention.start, end), mention.end, mention.people))
            end = mention.end
    return kept
