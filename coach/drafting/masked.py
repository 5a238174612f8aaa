"""A text in which placeholders stand, with the way back: what stood there, and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["person", "mentor", "mentee", "email", "phone", "link", "identifier"]


@dataclass(frozen=True)
class Span:
    """A stretch of the text as supplied (code points) and the placeholder that takes its place."""

    start: int
    end: int
    kind: Kind
    placeholder: str


@dataclass(frozen=True)
class Masked:
    """A masked text, its spans in the text as supplied, and what stood there."""

    text: str
    spans: tuple[Span, ...]
    originals: tuple[str, ...] = field(repr=False)


def unmask(masked: Masked) -> str:
    """Return the text as supplied, code point for code point."""
    pieces, end = [], 0
    for (start, stop), original in zip(_places(masked), masked.originals, strict=True):
        pieces += [masked.text[end:start], original]
        end = stop
    return "".join([*pieces, masked.text[end:]])


def original_span(masked: Masked, start: int, end: int) -> tuple[int, int]:
    """Return where a stretch of the masked text stood in the text as supplied; a placeholder that it touches counts whole."""
    shift, first, last = 0, None, None
    for (begins, ends), span in zip(_places(masked), masked.spans, strict=True):
        if first is None and start < ends:
            first = span.start if begins <= start else start + shift
        if last is None and end <= ends:
            last = span.end if begins < end else end + shift
        shift = span.end - ends
    first = start + shift if first is None else first
    return first, max(first, end + shift if last is None else last)


def _places(masked: Masked) -> Iterator[tuple[int, int]]:
    """Yield where each placeholder stands in the masked text."""
    shift = 0
    for span in masked.spans:
        start = span.start + shift
        yield start, start + len(span.placeholder)
        shift += len(span.placeholder) - (span.end - span.start)
