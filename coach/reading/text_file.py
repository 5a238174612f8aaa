"""Read plain text: paragraphs, lists, and the lines that stand as headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.reading.extract import Block, Extract, Heading, Item, Paragraph

LONG_LINE = 110  # characters; where most text stands in longer lines, each line is a paragraph
MOST_WORDS = 12
MOST_LETTERS = 90
WORDS_WITHOUT_CAPITALS = 8  # a longer heading is known by its capital letters
_BULLET = re.compile(r"^(\s*)(?:[•●▪■◦‣⁃·]\s*|[-*+–—o]\s+)(?=\S)")
_NUMBER = re.compile(r"^(\s*)\(?(\d{1,3}(?:\.\d{1,3})*)[.)]?\s+(?=\S)")
_MARKED = re.compile(r"^(#{1,6})\s+(\S.*?)\s*#*$")
_UNDERLINE = re.compile(r"^(=|-|~)\1{2,}$")
_RULE = re.compile(r"^\s*([-*_=~#])(?:\s*\1){2,}\s*$")
_NO_HEADING = re.compile(r"[«»|@>]|https?:|www\.|…$|\.\.\.$")
# Words with which letters and sentences begin, headings hardly.
_BEGINS_SENTENCE = frozenset(
    {"i", "we", "they", "he", "she", "it", "please", "dear", "thanks", "thank", "hello", "hi", "regards", "there", "by"}
)
_ASKS = frozenset(
    {"what", "why", "how", "who", "whom", "when", "where", "which", "whose", "is", "are", "can", "should", "do", "does", "will"}
)


@dataclass
class Piece:
    """Lines that belong together: a paragraph, an item of a list or a heading that is marked as one."""

    lines: list[str]
    indent: int = 0
    number: str = ""
    bullet: bool = False
    level: int = 0
    after_blank: bool = True

    @property
    def text(self) -> str:
        """Return the lines as one."""
        return " ".join(" ".join(self.lines).split())

    @property
    def listed(self) -> bool:
        """Say whether it is an item of a list."""
        return self.bullet or bool(self.number)


def read(text: str) -> Extract:
    """Return plain text as blocks."""
    pieces = list(_pieces(text.expandtabs(4).split("\n")))
    return Extract(list(_blocks(pieces)))


def _pieces(lines: list[str]) -> Iterator[Piece]:
    long_lines = sum(len(line) for line in lines if len(line) > LONG_LINE) > sum(map(len, lines)) / 2
    piece: Piece | None = None
    blank = True
    for line in lines:
        begun = _begun(line, blank)
        if not line.strip() or _RULE.match(line):
            if piece and len(piece.lines) == 1 and not piece.listed and not blank and _UNDERLINE.match(line.strip()):
                piece.level = 1 if line.strip()[0] == "=" else 2
            blank = True
            continue
        continues = piece is not None and not piece.level and not blank and begun is None
        if continues and piece is not None and (not long_lines or (piece.listed and _indent(line) > piece.indent)):
            piece.lines.append(line)
        else:
            yield from [piece] if piece else []
            piece = begun or Piece([line], _indent(line), after_blank=blank)
        blank = False
    yield from [piece] if piece else []


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _begun(line: str, blank: bool) -> Piece | None:
    """Return the item or marked heading that a line begins, None where it begins neither."""
    if marked := _MARKED.match(line):
        return Piece([marked[2]], level=len(marked[1]), after_blank=blank)
    if bullet := _BULLET.match(line):
        return Piece([line[bullet.end() :]], len(bullet[1]), bullet=True, after_blank=blank)
    number = _NUMBER.match(line)
    if number and (blank if "." in number[2] else number[0].rstrip()[-1] in ".)"):
        return Piece([line[number.end() :]], len(number[1]), number=number[2], after_blank=blank)
    return None


def _blocks(pieces: list[Piece]) -> Iterator[Block]:
    headings = [place for place in range(len(pieces)) if _is_heading(pieces, place)]
    kept = {place for place in headings if not _crowd(place, headings)}
    unnumbered = any(not pieces[place].number for place in kept)
    title = _title_place(pieces, kept)
    for place, piece in enumerate(pieces):
        if place == title:
            yield Heading(1, _heading_text(piece))
        elif place in kept:
            deeper = 1 if piece.number and unnumbered else 0
            yield Heading(piece.level or 2 + deeper + piece.number.strip(".").count("."), _heading_text(piece))
        elif "." in piece.number:
            yield Paragraph(_heading_text(piece))
        elif piece.listed:
            yield Item(piece.text, 0 if piece.indent < 6 else 1, int(piece.number) if piece.number else None)
        else:
            yield Paragraph(piece.text)


def _heading_text(piece: Piece) -> str:
    return f"{piece.number}{'' if '.' in piece.number else '.'} {piece.text}" if piece.number else piece.text


def _title_place(pieces: list[Piece], kept: set[int]) -> int | None:
    """Return the place of the first heading, where hardly anything stands before it and others follow."""
    first = min(kept, default=None)
    if first is None or pieces[first].level or pieces[first].number or len(kept) < 2:
        return None
    return first if sum(len(piece.text.split()) for piece in pieces[:first]) <= 20 else None


def _crowd(place: int, headings: list[int]) -> bool:
    """Say whether a line stands among three or more short ones: a list of names, an address or a menu, not headings."""
    near = set(headings)
    return any({place + step + k for k in range(3)} <= near for step in (-2, -1, 0))


def _is_heading(pieces: list[Piece], place: int) -> bool:
    piece = pieces[place]
    follower = pieces[place + 1] if place + 1 < len(pieces) else None
    if piece.level:
        return True
    if len(piece.lines) > 1 or follower is None or piece.bullet or not _looks_like_heading(piece.text):
        return False
    if piece.number:  # an item of a list has items beside it, a numbered heading has text below
        return not follower.listed and piece.after_blank and follower.after_blank
    return piece.after_blank or place == 0 or pieces[place - 1].listed or pieces[place - 1].text[-1] in '.?!:”")' or place == 1


def _looks_like_heading(text: str) -> bool:
    words = text.split()
    bare = text.rstrip("”\"')")
    if not words or len(words) > MOST_WORDS or len(text) > MOST_LETTERS or _NO_HEADING.search(text) or not any(c.isalpha() for c in text):
        return False
    if not bare or bare[-1] in ".,;:!" or not (text.lstrip("“\"'(")[:1].isupper() or text[0].isdigit()):
        return False
    if bare[-1] == "?" and words[0].lower() not in _ASKS:
        return False
    if words[0].lower().strip(",") in _BEGINS_SENTENCE or re.search(r"[.!?]\s", text):
        return False
    long_words = [word for word in words if len(word) > 3]
    capitals = sum(word[0].isupper() for word in long_words)
    return len(words) <= WORDS_WITHOUT_CAPITALS or capitals * 2 >= len(long_words)
