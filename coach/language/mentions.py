"""Find where known people are mentioned in a text, in any order, spelling and script of their names."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from coach.language.folding import MARKS
from coach.language.name_context import in_date, reads_as_name
from coach.language.name_forms import MOST_INITIALS, NameForms, is_name_and_word
from coach.language.names import ACRONYMS, PARTICLES
from coach.language.positions import HIDDEN, Folded

_LETTER = rf"(?:[^\W\d_]|[{MARKS}])"
_SOFT = rf"(?:['{HIDDEN}]{{1,4}}|-(?:[ \t]{{0,3}}\r?\n[ \t]{{0,9}})?)"  # what may cut one word in two
_WORD = re.compile(rf"{_LETTER}+(?:{_SOFT}{_LETTER}+)*")
_ATOM = re.compile(rf"{_LETTER}+")
_BESIDE = re.compile(rf"[ \t]{{1,3}}|[ \t]*\r?\n[ \t]{{0,9}}|[._'\-{HIDDEN}]{{1,2}}|")
_AFTER_INITIAL = re.compile(r"\.[ \t\n]{1,2}")
_TURNED = re.compile(r"[ \t]?,[ \t\n]{0,2}")
_PROCLITICS = re.compile("[وفبلك]?(?:ال)?|[והבלמשכ]{1,2}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u06ff]")
_CAPITAL = r"[^\W\d_a-z]"
_CAPITALS = re.compile(rf"(?<![^\W_]){_CAPITAL}(?:(?:\.?[ ]|\.|')?{_CAPITAL}){{1,{MOST_INITIALS - 1}}}(?![^\W_])")
_NEGATED = re.compile(r"'t(?!\w)")  # "Don't" names nobody
MOST_ATOMS = 6  # of one word: Ng'ang'a-O'Rafferty has five
CALENDAR = frozenset(["april", "may", "june", "august", "jan", "jun", "sun", "sat"])

Person = str


@dataclass(frozen=True)
class Mention:
    """A stretch of a folded text that names one of these people."""

    start: int
    end: int
    people: frozenset[Person]


class _Piece(NamedTuple):
    """A word or a part of a word, and whom it names: surely, or only beside another part of the name."""

    start: int
    end: int
    word: str
    capital: bool
    sure: frozenset[Person]
    weak: frozenset[Person]


_NOBODY: frozenset[Person] = frozenset()


@dataclass
class Directory:
    """The names of the people that can be mentioned; those of `guessed` were found in texts, the others are given."""

    forms: dict[Person, NameForms] = field(default_factory=dict)
    guessed: set[Person] = field(default_factory=set)
    _words: dict[str, frozenset[Person]] = field(default_factory=dict)
    _beside: dict[str, frozenset[Person]] = field(default_factory=dict)
    _within: re.Pattern[str] | None = None
    _initials: dict[str, frozenset[Person]] = field(default_factory=dict)

    def add(self, person: Person, forms: NameForms, guessed: bool = False) -> None:
        """Take in a person, or another name of one who is known already."""
        if person in self.forms:
            self.forms[person].add(forms)
        else:
            self.forms[person] = forms
        if guessed:
            self.guessed.add(person)
        for word in forms.words:
            self._words[word] = self._words.get(word, _NOBODY) | {person}
        for word in forms.beside:
            self._beside[word] = self._beside.get(word, _NOBODY) | {person}
        for letters in forms.initials:
            self._initials[letters] = self._initials.get(letters, _NOBODY) | {person}
        self._within = None

    def in_initials(self, letters: str) -> frozenset[Person]:
        """Return the people with these initials (folded)."""
        return self._initials.get(letters, _NOBODY)

    def named_by(self, word: str) -> frozenset[Person]:
        """Return the people of whose name a folded word is a part."""
        return self._words.get(word, _NOBODY)

    def mentions(self, text: Folded) -> list[Mention]:
        """Return every mention, in order, none inside another."""
        inside = list(self._inside(text))
        words = _WORD.finditer(_without(text.low, inside))
        pieces = [piece for match in words for piece in self._pieces(text, match.start(), match.end())]
        return _apart([*inside, *_Runs(self, text, pieces).all(), *self._in_initials(text)])

    def _pieces(self, text: Folded, start: int, end: int) -> Iterator[_Piece]:
        """Cut a word where case, script, an apostrophe or a hyphen may part two names, longest names first."""
        word = text.low[start:end]
        shape = text.text[start:end]
        if (shape.isascii() and shape.isalpha() and (shape.islower() or shape.istitle() or shape.isupper())) or word in self._words:
            yield self._piece(text, start, end, word)
            return
        atoms = [a for m in _ATOM.finditer(word) for a in _cut(shape, m.start(), m.end())]
        i = 0
        while i < len(atoms):
            j = min(len(atoms), i + MOST_ATOMS)
            while j > i + 1 and "".join(word[a:b] for a, b in atoms[i:j]) not in self._words:
                j -= 1
            first, last = atoms[i][0], atoms[j - 1][1]
            yield self._piece(text, start + first, start + last, "".join(word[a:b] for a, b in atoms[i:j]))
            i = j

    def _piece(self, text: Folded, start: int, end: int, word: str) -> _Piece:
        if _NEGATED.match(text.low, end):
            return _Piece(start, end, word, False, _NOBODY, _NOBODY)
        people = self._words.get(word, _NOBODY)
        if not people and _RIGHT_TO_LEFT.match(word):
            for cut in range(1, min(4, len(word) - 1)):
                if (people := self._words.get(word[cut:], _NOBODY)) and _PROCLITICS.fullmatch(word[:cut]):
                    return _Piece(start + cut, end, word[cut:], True, people, people)
        first = text.text[start]
        capital = first.isupper() or not first.islower()
        sure = people
        if people and not capital and is_name_and_word(word) and not reads_as_name(text.low, start, end):
            sure = _NOBODY
        if sure and word in CALENDAR and in_date(text.low, start, end):
            sure = people - self.guessed
        return _Piece(start, end, word, capital, sure, people | self._beside.get(word, _NOBODY))

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
                yield Mention(*match.span(), frozenset(by_form[match.group()]))

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


def _without(low: str, mentions: list[Mention]) -> str:
    """Return a folded text in which these mentions are part of no word."""
    pieces, end = [], 0
    for mention in mentions:
        pieces += [low[end : mention.start], "\0" * (mention.end - mention.start)]
        end = mention.end
    return "".join([*pieces, low[end:]])


def _means_otherwise(letters: str) -> bool:
    return letters.upper() in ACRONYMS or is_name_and_word(letters) or letters in ("am", "pm", "no", "ok")


def _cut(shape: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a word between a small and a capital letter, or between scripts with and without case."""
    word = shape[start:end]
    if word.islower() or word.isupper() or word.istitle():
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


@dataclass
class _Runs:
    """Joins neighbouring pieces of one person's name: "Lund, P.", "van der Eyk", "per.lund"."""

    directory: Directory
    text: Folded
    pieces: list[_Piece]

    def all(self) -> Iterator[Mention]:
        """Yield each run that has at least one sure piece, or two weak ones in the order of a name."""
        floor = 0
        for i, piece in enumerate(self.pieces):
            if i >= floor and (piece.sure or self._opens_weakly(i)):
                first, people = self._leftwards(i, piece.sure or piece.weak, floor)
                last, people = self._rightwards(i, people)
                yield Mention(self.pieces[first].start, self.pieces[last].end, people)
                floor = last + 1

    def _opens_weakly(self, i: int) -> bool:
        """Tell whether two everyday words in a row are a whole name ("grace page"), as no sentence would have them by chance."""
        if i + 1 >= len(self.pieces) or not self.pieces[i].weak:
            return False
        here, after = self.pieces[i], self.pieces[i + 1]
        return (
            not after.sure
            and bool(self._in_order(here, after, here.weak & after.weak))
            and self._gap(here, after).isspace()
            and len(here.word) > 1
        )

    def _leftwards(self, i: int, people: frozenset[Person], floor: int) -> tuple[int, frozenset[Person]]:
        while i > floor:
            before, here = self.pieces[i - 1], self.pieces[i]
            fits = people & before.weak
            if not fits or not self._joins(before, here) or not self._may_lead(before, here, fits):
                break
            i, people = i - 1, fits
        return i, people

    def _may_lead(self, before: _Piece, here: _Piece, people: frozenset[Person]) -> bool:
        if len(before.word) == 1:
            return (before.capital and (before.word not in "ia" or self._gap(before, here)[:1] == ".")) or self._gap(before, here) in (
                ".",
                "_",
                "'",
            )
        return before.capital or before.word in PARTICLES or bool(self._in_order(before, here, people))

    def _rightwards(self, i: int, people: frozenset[Person]) -> tuple[int, frozenset[Person]]:
        used = {self.pieces[i].word}
        while (found := self._next(i, people, used)) is not None:
            j, people = found
            used |= {piece.word for piece in self.pieces[i + 1 : j + 1]}
            i = j
        return i, people

    def _next(self, i: int, people: frozenset[Person], used: set[str]) -> tuple[int, frozenset[Person]] | None:
        """Return where the name at i goes on, over its particles and initials."""
        j = i + 1
        while j < len(self.pieces) and j <= i + 4:
            before, piece = self.pieces[j - 1], self.pieces[j]
            fits = people & piece.weak
            if not fits or piece.word in used or not (self._joins(before, piece) or self._turned(before, piece, fits)):
                return None
            sure = people & piece.sure
            if sure:
                return j, sure
            if self._in_order(before, piece, fits) and self._gap(before, piece).isspace():
                return j, self._in_order(before, piece, fits)
            if self._may_close(piece):
                return j, fits
            j, people = j + 1, fits
        return None

    def _may_close(self, piece: _Piece) -> bool:
        """Tell whether an initial or a word that counts only beside a name may end it."""
        if len(piece.word) == 1:
            return piece.capital and (piece.word not in "ia" or self.text.low[piece.end : piece.end + 1] == ".")
        return piece.capital and piece.word not in PARTICLES

    def _gap(self, before: _Piece, after: _Piece) -> str:
        return self.text.low[before.end : after.start]

    def _joins(self, before: _Piece, after: _Piece) -> bool:
        gap = self._gap(before, after)
        return bool(_BESIDE.fullmatch(gap) or (len(before.word) <= 2 and _AFTER_INITIAL.fullmatch(gap)))

    def _turned(self, before: _Piece, after: _Piece, people: frozenset[Person]) -> bool:
        """Tell whether a comma stands between family and given name."""
        if not _TURNED.fullmatch(self._gap(before, after)):
            return False
        places = (self.directory.forms[p].words for p in people)
        return len(after.word) == 1 or any(words.get(before.word, -1) > words.get(after.word, -1) >= 0 for words in places)

    def _in_order(self, before: _Piece, after: _Piece, people: frozenset[Person]) -> frozenset[Person]:
        """Return the people in whose names the one word stands before the other."""
        places = {p: self.directory.forms[p].words for p in people}
        return frozenset(p for p, words in places.items() if 0 <= words.get(before.word, -1) < words.get(after.word, -1))


def _apart(mentions: list[Mention]) -> list[Mention]:
    """Return mentions in order; of two that overlap, the later one keeps what the first leaves."""
    kept: list[Mention] = []
    end = 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.end > end:
            kept.append(Mention(max(mention.start, end), mention.end, mention.people))
            end = mention.end
    return kept
