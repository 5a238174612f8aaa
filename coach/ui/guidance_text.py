"""A document to read, as HTML: nobody's own HTML, no images and no links, an outline, and the passage that was asked for marked."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from coach.domain.guidance import Passage
from coach.services.guidance_pages import DocumentPage

DEEPEST = 3  # headings below this level stand in the text and not in the outline
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "link", "autolink"])
TAG = re.compile(r"<[^<>]*>")
NUMBER = re.compile(r"(?m)^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$))+")  # of items in lists


@dataclass(frozen=True)
class Heading:
    """A heading of a document, and where it stands on the page."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Reading:
    """A text to read; `marked` tells whether the passage that was asked for is in it."""

    html: str
    outline: tuple[Heading, ...]
    marked: bool


def passage_html(text: str) -> str:
    """Return a passage as HTML; whatever of it would not show is shown as it was typed."""
    lines = text.split("\n")
    return "".join(_block_html(block, _source(block, lines)) for block in _blocks(text))


def reading(page: DocumentPage, wanted: str | None) -> Reading:
    """Return a document's text with the passage of this id marked; its title is left to whoever shows it."""
    passage = next((p for p in page.passages if p.id == wanted), None)
    text = page.document.text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    outline: list[Heading] = []
    pieces: list[tuple[bool, str]] = []
    under = page.document.title
    for block in _blocks(text):
        if block[0].type != "heading_open":
            source = _source(block, lines)
            pieces.append((_holds(passage, under, source.strip()), _block_html(block, source)))
            continue
        under = block[1].content
        if pieces or under != page.document.title:
            heading = Heading(max(2, int(block[0].tag[1])), under, f"part-{len(outline) + 1}")
            outline.append(heading)
            pieces.append((False, _heading_html(heading, block)))
    return Reading(_joined(pieces), tuple(h for h in outline if h.level <= DEEPEST), any(marked for marked, _ in pieces))


def outline_html(outline: Iterable[Heading]) -> str:
    """Return an outline as a list that leads to the headings."""
    entries = "".join(f'<li class="l{h.level}"><a href="#{h.anchor}" target="_self">{escape(h.text)}</a></li>' for h in outline)
    return f'<nav class="outline" aria-label="In this document"><strong>In this document</strong><ul>{entries}</ul></nav>'


def _holds(passage: Passage | None, under: str, block: str) -> bool:
    """Tell whether a block under a heading stands in a passage, whole or, where it is longer than the passage, in part."""
    if passage is None or not block or not f" > {passage.section}".endswith(f" > {under}"):
        return False
    ends = passage.text.split("\n")
    return block in passage.text or ends[0] in block or ends[-1] in block


def _blocks(text: str) -> Iterator[list[Token]]:
    """Yield the tokens of each block that stands in no other."""
    block: list[Token] = []
    for token in MARKDOWN.parse(text):
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _source(block: list[Token], lines: list[str]) -> str:
    first, last = block[0].map or (0, 0)
    return "\n".join(lines[first:last])


def _block_html(block: list[Token], source: str) -> str:
    rendered: str = MARKDOWN.renderer.render(block, MARKDOWN.options, {})
    # Cells beyond a table's head, what stands behind a fence and addresses noted within a list are searched, and would be seen by nobody.
    if _letters(unescape(TAG.sub("", rendered))) not in (_letters(source), _letters(NUMBER.sub("", source))):
        return f'<pre class="wide">{escape(source)}</pre>'
    return f'<div class="wide">{rendered}</div>' if block[0].type == "table_open" else rendered


def _letters(text: str) -> str:
    """Return the letters and digits of a text, which no mark of Markdown has."""
    return "".join(filter(str.isalnum, unescape(text)))


def _heading_html(heading: Heading, block: list[Token]) -> str:
    words = MARKDOWN.renderer.render([block[1]], MARKDOWN.options, {})
    return f'<h{heading.level} id="{heading.anchor}" tabindex="-1">{words}</h{heading.level}>'


def _joined(pieces: list[tuple[bool, str]]) -> str:
    """Return the pieces as one text; what stands in the passage is in one frame, and only the first such place can be led to."""
    parts: list[str] = []
    there = False
    for marked, run in groupby(pieces, key=lambda piece: piece[0]):
        html = "".join(html for _, html in run)
        place = "" if there else ' id="cited" tabindex="-1"'
        parts.append(f'<div class="cited"{place} role="group" aria-label="The passage that you opened">{html}</div>' if marked else html)
        there = there or marked
    return "".join(parts)
