"""Join neighbouring parts of one person's name to one mention: "Lund, P.", "van der Eyk", "per.lund"."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from coach.language.name_forms import NameForms
from coach.language.names import PARTICLES
from coach.language.positions import HIDDEN, Folded

_BESIDE = re.compile(rf"[ \t]{{1,3}}|[ \t]*\r?\n[ \t]{{0,9}}|[._'\-{HIDDEN}]{{1,2}}|")
_AFTER_INITIAL = re.compile(r"\.[ \t\n]{1,2}")
_TURNED = re.compile(r"[ \t]?,[ \t\n]{0,2}")

LONGEST_GAP = 24  # a line end with the indent of the next line

Person = str


@dataclass(frozen=True)
class Mention:
    """A stretch of a folded text that names one of these people."""

    start: int
    end: int
    people: AbstractSet[Person]


class Piece(NamedTuple):
    """A word or a part of a word, and whom it names: surely, or only beside another part of the name."""

    start: int
    end: int
    word: str
    capital: bool
    sure: AbstractSet[Person]
    weak: AbstractSet[Person]


@dataclass
class Runs:
    """The pieces of a text that may name somebody, in order."""

    forms: Mapping[Person, NameForms]
    text: Folded
    pieces: list[Piece]

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

    def _leftwards(self, i: int, people: AbstractSet[Person], floor: int) -> tuple[int, AbstractSet[Person]]:
        while i > floor:
            before, here = self.pieces[i - 1], self.pieces[i]
            fits = people & before.weak
            if not fits or not self._joins(before, here) or not self._may_lead(before, here, fits):
                break
            i, people = i - 1, fits
        return i, people

    def _may_lead(self, before: Piece, here: Piece, people: AbstractSet[Person]) -> bool:
        if len(before.word) == 1:
            gap = self._gap(before, here)
            return gap in (".", "_", "'") or (before.capital and (before.word not in "ia" or gap[:1] == "."))
        return before.capital or before.word in PARTICLES or bool(self._in_order(before, here, people))

    def _rightwards(self, i: int, people: AbstractSet[Person]) -> tuple[int, AbstractSet[Person]]:
        used = {self.pieces[i].word}
        while (found := self._next(i, people, used)) is not None:
            j, people = found
            used |= {piece.word for piece in self.pieces[i + 1 : j + 1]}
            i = j
        return i, people

    def _next(self, i: int, people: AbstractSet[Person], used: set[str]) -> tuple[int, AbstractSet[Person]] | None:
        """Return where the name at i goes on, over its particles and initials."""
        j = i + 1
        while j < len(self.pieces) and j <= i + 4:
            before, piece = self.pieces[j - 1], self.pieces[j]
            if piece.start - before.end > LONGEST_GAP:
                return None
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

    def _may_close(self, piece: Piece) -> bool:
        """Tell whether an initial or a word that counts only beside a name may end it."""
        if len(piece.word) == 1:
            return piece.capital and (piece.word not in "ia" or self.text.low[piece.end : piece.end + 1] == ".")
        return piece.capital and piece.word not in PARTICLES

    def _gap(self, before: Piece, after: Piece) -> str:
        return self.text.low[before.end : after.start]

    def _joins(self, before: Piece, after: Piece) -> bool:
        gap = self._gap(before, after)
        return bool(_BESIDE.fullmatch(gap) or (len(before.word) <= 2 and _AFTER_INITIAL.fullmatch(gap)))

    def _turned(self, before: Piece, after: Piece, people: AbstractSet[Person]) -> bool:
        """Tell whether a comma stands between family and given name."""
        if not _TURNED.fullmatch(self._gap(before, after)):
            return False
        places = (self.forms[p].words for p in people)
        return len(after.word) == 1 or any(words.get(before.word, -1) > words.get(after.word, -1) >= 0 for words in places)

    def _in_order(self, before: Piece, after: Piece, people: AbstractSet[Person]) -> AbstractSet[Person]:
        """Return the people in whose names the one word stands before the other."""
        places = {p: self.forms[p].words for p in people}
        return frozenset(p for p, words in places.items() if 0 <= words.get(before.word, -1) < words.get(after.word, -1))
