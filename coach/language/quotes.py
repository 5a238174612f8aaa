"""Find a quotation in a text word for word, and say where it stands.

Two ways of typing the same words are the same (Unicode compatibility forms, kinds of quotation mark, white space); any other difference is one.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.language.folding import QUOTES, fold

# What is typed apart and composed by NFKC: a letter with the marks that follow it, or the letters of one Korean syllable.
_CLUSTER = re.compile(r"[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|\s+|.", re.DOTALL)
_PLAIN = re.compile(r"[\x21-\x5f\x61-\x7e]+")  # ASCII that folds to itself


@dataclass(frozen=True)
class Quotable:
    """A folded text and, for each of its characters and for its end, the place in the text as supplied (code points)."""

    source: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def places(self, quote: str) -> Iterator[tuple[int, int]]:
        """Yield where the quote stands, whole words only, first place first; an empty quote stands nowhere."""
        wanted = fold(quote)
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if _is_whole(self.text, at, end):
                yield self.starts[at], self.ends[end - 1]
            at = self.text.find(wanted, at + 1)

    def holds(self, start: int, end: int, quote: str) -> bool:
        """Tell whether the stretch of the text as supplied says exactly the quote."""
        return (start, end) in self.places(quote)


def quotable(text: str) -> Quotable:
    """Return a text ready to be searched for quotations; linear in its length."""
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    blank = True  # white space that opens the text folds to nothing
    for start, end, folded in _clusters(text):
        if len(folded) == end - start and folded.isascii() and not folded.isspace():
            pieces.append(folded)
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            blank = False
            continue
        for char in folded:
            if char.isspace() and blank:
                continue
            blank = char.isspace()
            pieces.append(" " if blank else char)
            starts.append(start)
            ends.append(end)
    return Quotable(text, "".join(pieces), starts, ends)


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield stretches of the text with what they fold to."""
    at = 0
    while at < len(text):
        plain = _PLAIN.match(text, at)
        end = plain.end() if plain else at
        # The last letter may carry a mark that follows it, so it is folded with that.
        if plain and end < len(text) and unicodedata.combining(text[end]):
            end -= 1
        if end > at:
            yield at, end, text[at:end]
            at = end
            continue
        found = _CLUSTER.match(text, at)
        assert found is not None
        end = found.end()
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield at, end, unicodedata.normalize("NFKC", text[at:end]).translate(QUOTES)
        at = end


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch neither begins nor ends inside a word."""
    return not _inside_a_word(text, start) and not _inside_a_word(text, end)


def _inside_a_word(text: str, place: int) -> bool:
    """Tell whether a word goes on over this place: "can" is no word of "cannot", nor of "can't"."""
    before, after = text[max(0, place - 2) : place], text[place : place + 2]
    letter_before, letter_after = before[-1:].isalnum(), after[:1].isalnum()
    if letter_before and letter_after:
        return True
    if letter_before and after[:1] == "'":
        return after[1:].isalpha()
    return letter_after and before[-1:] == "'" and before[:1].isalpha() and len(before) == 2


def overlaps(start: int, end: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a stretch shares a character with any of these."""
    return any(start < stop and begin < end for begin, stop in stretches)


def merged(stretches: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return stretches in order, those that touch or overlap joined to one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
