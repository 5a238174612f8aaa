"""Split documents by heading into passages."""

import hashlib
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt

from coach.domain.guidance import Document, Passage

MOST_WORDS = 220  # a longer section is cut between its blocks: an embedding of more blurs what it is about
LEAST_WORDS = 8  # less than this says nothing on its own


def split(documents: Iterable[Document]) -> tuple[Passage, ...]:
    """Return the passages of all documents, in order; ids depend on nothing but the document and the text."""
    return tuple(passage for document in documents for passage in split_document(document))


def split_document(document: Document) -> Iterator[Passage]:
    """Yield a document's passages: its sections, long ones cut between blocks, each with its path of headings."""
    for number, (section, text) in enumerate(_sections(document)):
        digest = hashlib.sha256(f"{document.id}\0{number}\0{section}\0{text}".encode()).hexdigest()[:24]
        yield Passage(
            id=digest,
            document_id=document.id,
            file=document.file,
            document=document.title,
            section=section,
            text=text,
            audience=document.audience,
            stage=document.stage,
            sources=document.sources,
        )


def _sections(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (path of headings, text); text before the first heading belongs to the document's title."""
    lines = document.text.splitlines()
    path: list[str] = []
    blocks: list[str] = []
    tokens = MarkdownIt("commonmark").enable("table").parse(document.text)
    for i, token in enumerate(tokens):
        if token.level or token.map is None:
            continue
        if token.type == "heading_open":
            yield from _cut(path, blocks, document.title)
            depth = max(0, int(token.tag[1]) - 2)
            path, blocks = [*path[:depth], tokens[i + 1].content], []
        elif token.nesting >= 0:
            blocks.append("\n".join(lines[token.map[0] : token.map[1]]).strip())
    yield from _cut(path, blocks, document.title)


def _cut(path: list[str], blocks: list[str], title: str) -> Iterator[tuple[str, str]]:
    section = " > ".join(path) or title
    held: list[str] = []
    for block in blocks:
        if held and _count(held) + _count([block]) > MOST_WORDS:
            yield section, "\n\n".join(held)
            held = []
        held.append(block)
    if held and _count(held) >= LEAST_WORDS:
        yield section, "\n\n".join(held)


def _count(blocks: list[str]) -> int:
    return sum(len(block.split()) for block in blocks)
