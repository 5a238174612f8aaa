"""What a reader of one format returns: blocks of text, and a tally of what a person would not have seen."""

from collections import Counter
from dataclasses import dataclass, field

HIDDEN = "hidden text"
LIKE_BACKGROUND = "text in the colour of its background"
TINY = "text too small to read"
OFF_PAGE = "text outside the page"
COMMENTS = "comments"
REVISIONS = "deleted revisions"
INVISIBLE = "zero-width and other invisible characters"
SCRIPTS = "scripts and style sheets"
FRAME = "navigation, page headers and footers"
CONTENTS = "lines of the table of contents"
EMBEDDED = "embedded files, charts and drawings"
HIDDEN_SLIDES = "hidden slides"
FRONT_MATTER = "front matter that could not be used"
UNSEEN = (HIDDEN, LIKE_BACKGROUND, TINY, OFF_PAGE, HIDDEN_SLIDES)


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the document's title, sections start at 2."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Item:
    """An item of a list; depth counts from 0, number is None for a bullet."""

    text: str
    depth: int = 0
    number: int | None = None


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first row is its head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Verbatim:
    """Lines whose breaks and spaces matter."""

    text: str


Block = Heading | Paragraph | Item | Table | Verbatim


@dataclass
class Extract:
    """The text of a document as blocks, or as Markdown where it came as that, and what was left out of it by kind."""

    blocks: list[Block] = field(default_factory=list)
    markdown: str = ""
    left_out: Counter[str] = field(default_factory=Counter)
    property_title: str = ""
    meta: dict[str, object] = field(default_factory=dict)
