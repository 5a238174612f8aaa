"""Write an approved draft as Markdown or DOCX, word for word what was approved."""

import io

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coach.domain.review import ApprovedDraft, Channel

MOST_TITLE = 255  # characters that the title property of a DOCX may have
ENDINGS = {".md": Channel.MARKDOWN, ".docx": Channel.DOCX}


def write_file(ready: ApprovedDraft, channel: Channel) -> bytes:
    """Return the approved draft as a file of this kind; raise KeyError for a channel that is no file."""
    whole = ApprovedDraft.model_validate(ready.model_dump())  # a copy with other words would not pass its own check
    return {Channel.MARKDOWN: _markdown, Channel.DOCX: _docx}[channel](whole)


def _markdown(ready: ApprovedDraft) -> bytes:
    return ready.revision.markdown.encode()


def _docx(ready: ApprovedDraft) -> bytes:
    """Build the DOCX from the approved Markdown itself, so that it cannot say anything else."""
    document = docx.Document()
    document.core_properties.title = ready.heading[:MOST_TITLE]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    tokens = MarkdownIt("commonmark").parse(ready.revision.markdown)
    style = "Normal"
    for i, token in enumerate(tokens):
        if token.type == "list_item_open":
            style = "List Bullet"
        elif token.type == "list_item_close":
            style = "Normal"
        elif token.type == "inline":
            _write(document, tokens[i - 1], token, style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(document: Document, opened: Token, inline: Token, style: str) -> None:
    if opened.type == "heading_open":
        level = int(opened.tag[1])
        _runs(document.add_heading(level=0 if level == 1 else level - 1), inline)
    else:
        _runs(document.add_paragraph(style=style), inline)


def _runs(paragraph: Paragraph, inline: Token) -> None:
    bold = False
    for part in inline.children or []:
        if part.type in ("strong_open", "strong_close"):
            bold = part.type == "strong_open"
        elif part.type in ("softbreak", "hardbreak"):
            paragraph.add_run(" ")
        elif part.content:
            paragraph.add_run(part.content).bold = bold or None
