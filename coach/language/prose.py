"""Read Markdown as the sentences that it says: marks off, words as they stand, with what each sentence leans on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from coach.language.folding import fold
from coach.language.sentences import sentences, words

# Words of a first sentence that is what an item or a paragraph is called, and says little without the next.
ITEM_LABEL, LABEL = 6, 3
LONGEST = 500  # characters; a longer run without an end is no sentence that anybody would quote
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")
_CLOSING = re.compile(r"[\"'”’)\]]*")
# Starts that say nothing without what stands before them.
_LEANS = re.compile(
    r"(?:it|its|they|their|them|he|she|his|her|him|this|that|these|those|such|so|then|but|and|or|nor|yet|otherwise|instead|also|too|else|both"
    r"|however|therefore|thus|hence|still|likewise|similarly|moreover|besides|furthermore|meanwhile|nevertheless|neither|either|here|there|again"
    r"|the (?:same|latter|former|other|others|second|third|last|rest|reason|opposite|result|difference|point)|each of (?:them|these)|one of (?:them|these)"
    r"|some of (?:them|these)|most of (?:them|these)|all of (?:them|this|that|these)|in (?:that|this|such|either|both)|for (?:that|this|example|instance)"
    r"|if (?:so|not|it|they|this|that|he|she)|when (?:it|they|this|that|he|she)|where (?:it|they|this|that)|after (?:that|this)|by (?:then|doing so)"
    r"|each \w+s|one (?:for|of|is|to|from|in|on)|(?!if\b|as\b)\w+ (?:it|them|this|these|those)|because of (?:this|that)|as a result|on the other hand|what (?:is|was) said here|more on)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a text; `lead` and `before` are the places of its list's lead-in and of the sentence before it in its block."""

    text: str
    lead: int | None = None
    before: int | None = None
    listed: bool = False

    @property
    def leans(self) -> bool:
        """Tell whether it begins with a word that needs what stands before it."""
        return _LEANS.match(self.text.lstrip("\"'“‘([")) is not None

    @property
    def is_question(self) -> bool:
        """Tell whether it asks."""
        return self.text.rstrip("\"'”’)] ").endswith("?")

    @property
    def is_lead_in(self) -> bool:
        """Tell whether it announces what comes after it: a paragraph without an end can only do that."""
        return self.text.endswith(":") or (not self.listed and _ENDED.search(self.text) is None)

    @property
    def is_whole(self) -> bool:
        """Tell whether it ends where a sentence does, or is an item that its lead-in makes one, with quotation marks and brackets in pairs."""
        ended = _ENDED.search(self.text) is not None or (self.lead is not None and self.before is None)
        return ended and is_paired(self.text) and len(self.text) <= LONGEST


@lru_cache(maxsize=4_096)
def prose(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a Markdown text in order; headings, tables, code and pictures say none."""
    found: list[Sentence] = []
    lead: int | None = None
    for said, listed in _blocks(text):
        lead = lead if listed else None
        before: int | None = None
        for piece in _cut(said, ITEM_LABEL if listed else LABEL):
            found.append(Sentence(piece, lead if listed else None, before, listed))
            before = len(found) - 1
        if not listed and found and found[-1].is_lead_in:
            lead = len(found) - 1
    return tuple(found)


def is_paired(text: str) -> bool:
    """Tell whether double quotation marks and brackets stand in pairs."""
    return all(text.count(a) == text.count(b) for a, b in ("“”", "()", "[]")) and text.count('"') % 2 == 0


def stands_word_for_word(quote: str, text: str) -> bool:
    """Tell whether the words of a quote stand in a Markdown text one after the other, whatever marks stand between them."""
    wanted, there = _plain_words(quote), _plain_words(text)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(there)} "


def _plain_words(text: str) -> list[str]:
    return words(re.sub(r"[*_`\\~]", "", fold(text)))


def _blocks(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the paragraphs of a text and whether each is an item of a list."""
    depth, skipped = 0, False
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in ("heading_open", "table_open", "heading_close", "table_close"):
            skipped = token.nesting == 1
        elif token.type == "list_item_open":
            depth += 1
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type == "inline" and not skipped:
            yield _plain(token.children or ()), depth > 0


def _plain(children: Sequence[Token]) -> str:
    said = "".join(
        token.content if token.type in ("text", "code_inline") else " " if token.type in ("softbreak", "hardbreak") else ""
        for token in children
    )
    return " ".join(said.split())


def _cut(said: str, label: int) -> Iterator[str]:
    """Yield the sentences of a paragraph, each with what closes it; one inside a quotation or a bracket goes on to its end."""
    start = end = 0
    for piece in sentences(said):
        place = said.find(piece, end)
        if place < 0:
            continue
        start = start if start < end else place
        closing = _CLOSING.match(said, place + len(piece))
        end = closing.end() if closing else place + len(piece)
        if is_paired(said[start:end]) and not said.endswith(" al.", start, end) and not (start == 0 and len(words(said[:end])) <= label):
            yield said[start:end]
            start = end
    if start < end:
        yield said[start:end]
