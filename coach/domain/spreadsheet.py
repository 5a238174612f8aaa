"""Text that spreadsheets open: a cell is text there too, never a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_cell(text: str) -> str:
    """Return a text as a spreadsheet shows it and never computes it: an apostrophe stands before what would start a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def from_cell(cell: str) -> str:
    """Return the text of a cell, without spaces around it and without the apostrophe that `as_cell` adds."""
    text = cell.strip()
    return text[1:] if text[:1] in ("'", "’") and text[1:].startswith(FORMULA) else text


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of texts as CSV, which spreadsheets open with every cell as text."""
    out = io.StringIO()
    csv.writer(out).writerows([as_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
