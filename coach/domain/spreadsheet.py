"""Text that spreadsheets open: a cell is text there too, never a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Where a program may see the start of a cell: at the start, and after what it may take for the end of the cell before.
STARTS = re.compile(r"(^|[;\t] *)(?='*[=+\-@\t\r])")
GUARDED = re.compile(r"(^|[;\t] *)['’](?='*[=+\-@\t\r])")


def as_cell(text: str) -> str:
    """Return a text as a spreadsheet shows it and never computes it: an apostrophe stands before what would start a formula."""
    return STARTS.sub(r"\1'", text)


def from_cell(cell: str) -> str:
    """Return the text of a cell, without spaces around it and without the apostrophes that `as_cell` adds."""
    return GUARDED.sub(r"\1", cell.strip())


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of texts as CSV, which spreadsheets open with every cell as text."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([as_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
