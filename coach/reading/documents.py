"""Read a guidance document that somebody adds, whatever it is: its text as Markdown, and what was left out of it."""

import re
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.reading.extract import FRONT_MATTER
from coach.reading.front_matter import usable
from coach.reading.limited import answer_of
from coach.reading.refusals import NotReadable, Reason, refusal

MOST_BYTES = 10_000_000
MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd")
LONGEST_NAME = 100
LONGEST_TITLE = 200


class LeftOut(BaseModel):
    """Something of a kind that stands in the file and that no reader of it sees, or that is no text of it."""

    model_config = ConfigDict(frozen=True)

    what: str
    count: int


class ReadDocument(BaseModel):
    """A document as Markdown; `kind` is what its bytes are, and `meta` holds the usable front matter of Markdown."""

    model_config = ConfigDict(frozen=True)

    name: str
    kind: str
    title: str
    text: str
    left_out: tuple[LeftOut, ...] = ()
    meta: dict[str, Any] = Field(default_factory=dict)


class _Answer(BaseModel):
    """What the reader may say."""

    model_config = ConfigDict(extra="forbid")

    refused: Reason | None = None
    kind: str = ""
    title: str = ""
    text: str = ""
    left_out: dict[str, int] = Field(default_factory=dict)
    front: dict[str, str | list[str] | dict[str, list[str] | None] | None] = Field(default_factory=dict)


def read_document(data: bytes, name: str) -> ReadDocument:
    """Return the document in these bytes; raise InputRefused, naming the file, where it holds no text that can be read safely.

    Its kind comes from the bytes; the name decides between Markdown and plain text alone. Parsing happens in a process of its own with
    limits of memory, time and files.
    """
    name = shown_name(name)
    try:
        return _read(data, name)
    except NotReadable as problem:
        raise refusal(problem.reason, name) from None


def _read(data: bytes, name: str) -> ReadDocument:
    if not data:
        raise NotReadable(Reason.EMPTY)
    if len(data) > MOST_BYTES:
        raise NotReadable(Reason.TOO_BIG)
    try:
        answer = _Answer.model_validate_json(answer_of(data, *(["md"] if name.lower().endswith(MARKDOWN_NAMES) else [])))
    except ValidationError:
        raise NotReadable(Reason.BROKE_OFF) from None
    if answer.refused:
        raise NotReadable(answer.refused)
    if not answer.text.strip():
        raise NotReadable(Reason.NO_TEXT)
    meta, unusable = usable(answer.front)
    left_out = answer.left_out | ({FRONT_MATTER: unusable} if unusable else {})
    return ReadDocument(
        name=name,
        kind=answer.kind,
        title=str(meta.get("title") or answer.title[:LONGEST_TITLE].strip() or _title_of(name)),
        text=answer.text,
        left_out=tuple(LeftOut(what=what, count=count) for what, count in sorted(left_out.items())),
        meta=meta,
    )


def shown_name(name: str) -> str:
    """Return a file's name without folders and without characters that would garble a sentence."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    plain = " ".join("".join(character if character.isprintable() else " " for character in last).split())
    if len(plain) > LONGEST_NAME:
        suffix = PurePosixPath(plain).suffix[:10]
        plain = plain[: LONGEST_NAME - len(suffix) - 1].rstrip() + "…" + suffix
    return plain or "The document"


def _title_of(name: str) -> str:
    """Return a readable form of a file's name."""
    words = re.sub(r"[_\s]+|(?<=\w)-(?=\w)", " ", PurePosixPath(name).stem).strip()
    return words[:1].upper() + words[1:] or "Document"
