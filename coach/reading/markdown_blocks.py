"""Write blocks as Markdown that means the same as they do."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from coach.reading.extract import Block, Heading, Item, Paragraph, Table, Verbatim

DEEPEST_LIST = 5  # deeper indents would read as code
_STRUCTURE = re.compile(r"(?:#{1,6}(?=\s|$)|>|[-+*](?=\s)|`{3,}|~{3,}|=+\s*$|-+\s*$|_{3,}\s*$|\*{3,}\s*$|\||\[[^\[\]]+\]:)")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s)")


def written(blocks: Iterable[Block]) -> str:
    """Return the blocks as Markdown; what looks like Markdown in their text is escaped where it would change the structure."""
    pieces: list[str] = []
    before: Block | None = None
    for block in levelled(list(blocks)):
        piece = _piece(block)
        if not piece:
            continue
        close = isinstance(block, Item) and isinstance(before, Item)
        pieces.append(("\n" if close else "\n\n") + piece if pieces else piece)
        before = block
    return "".join(pieces)


def levelled(blocks: list[Block]) -> list[Block]:
    """Return the blocks with level 1 for the title alone.

    Where several headings have it, all go one level down; where none has it, a document that begins with its one highest heading has that as its title.
    """
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    highest = min(levels, default=2)
    titled = highest > 1 and levels.count(highest) == 1 and levels[0] == highest and isinstance(blocks[0], Heading)
    step = 1 - highest if titled else 1 if levels.count(1) > 1 else 0
    return [replace(block, level=block.level + step) if isinstance(block, Heading) else block for block in blocks] if step else blocks


def _piece(block: Block) -> str:
    match block:
        case Heading():
            text = folded(block.text)
            return f"{'#' * min(block.level, 6)} {text}" if text else ""
        case Paragraph():
            return plain(block.text)
        case Item():
            text = plain(block.text)
            mark = "-" if block.number is None else f"{block.number}."
            return f"{'    ' * min(block.depth, DEEPEST_LIST)}{mark} {text}" if text else ""
        case Table():
            return "\n".join(_rows(block))
        case Verbatim():
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", block.text)), default=0))
            return f"{fence}\n{block.text.strip(chr(10))}\n{fence}" if block.text.strip() else ""


def _rows(table: Table) -> Iterator[str]:
    rows = [[folded(cell).replace("|", r"\|") for cell in row] for row in table.rows if any(cell.strip() for cell in row)]
    width = max(map(len, rows), default=0)
    for number, row in enumerate(rows):
        yield "| " + " | ".join(row + [""] * (width - len(row))) + " |"
        if number == 0:
            yield "|" + " --- |" * width


def folded(text: str) -> str:
    """Return the text on one line with single spaces."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """Return a paragraph's text on one line, escaped so that Markdown takes it as nothing else."""
    line = folded(text)
    line = _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line
    return "\\" + line if _STRUCTURE.match(line) else line
