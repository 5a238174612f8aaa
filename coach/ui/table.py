"""Tables of text: cells are only ever text, and stand under each other on a phone."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple


class Chip(NamedTuple):
    """A word that stands out; the colour is one of the look's."""

    text: str
    colour: str


Cell = str | Chip


def table_html(headers: Sequence[str], rows: Iterable[Sequence[Cell]], caption: str = "") -> str:
    """Return a table as HTML."""
    head = "".join(f'<th scope="col">{escape(header)}</th>' for header in headers)
    body = "".join(f"<tr>{''.join(_cell(h, cell) for h, cell in zip(headers, row, strict=True))}</tr>" for row in rows)
    said = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f'<div class="wide"><table class="list">{said}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(header: str, cell: Cell) -> str:
    shown = (
        f'<span class="chip {cell.colour}">{escape(cell.text)}</span>' if isinstance(cell, Chip) else escape(cell).replace("@", "@<wbr>")
    )
    return f'<td data-label="{escape(header)}">{shown}</td>'
