"""Split documents by heading into passages."""

import hashlib
import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt

from coach.domain.guidance import Document, Passage
from coach.language.sentences import sentences

MOST_WORDS = 260  # a longer section is cut between its blocks: an embedding of more blurs what it is about
LEAST_WORDS = 8  # less than this says nothing on its own; the short end of a long section stays with what comes before it


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
            origin=document.origin,
            questions=document.questions.get(section, ()),
        )


def _sections(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (path of headings, text); text before the first heading belongs to the document's title."""
    text = re.sub(r"\r\n?", "\n", document.text).replace("\0", "\ufffd")  # the line ends that CommonMark knows, and no others
    lines = text.split("\n")
    path: list[str] = []
    blocks: list[str] = []
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
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
    chunks: list[list[str]] = [[]]
    for piece in (piece for block in blocks for piece in _pieces(block)):
        if chunks[-1] and _count([*chunks[-1], piece]) > MOST_WORDS:
            chunks.append([])
        chunks[-1].append(piece)
    if len(chunks) > 1 and _count(chunks[-1]) < LEAST_WORDS:
        rest = chunks.pop()
        chunks[-1] += rest
    yield from ((section, "\n\n".join(chunk)) for chunk in chunks if _count(chunk) >= LEAST_WORDS)


def _pieces(block: str) -> list[str]:
    """Return a block whole, or, where it is too long for one passage, its lines or sentences in runs that fit."""
    if _count([block]) <= MOST_WORDS:
        return [block]
    lines = block.split("\n")
    units = lines if max(map(_words, lines)) <= MOST_WORDS else sentences(block)
    runs: list[list[str]] = [[]]
    for unit in units:
        if runs[-1] and _count([*runs[-1], unit]) > MOST_WORDS:
            runs.append([])
        runs[-1].append(unit)
    return ["\n".join(run) for run in runs]


def _words(text: str) -> int:
    return len(text.split())


def _count(blocks: list[str]) -> int:
    return sum(map(_words, blocks))
