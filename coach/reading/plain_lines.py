"""Write blocks as plain lines, as somebody would have typed them: no marks of Markdown and nothing escaped."""

from collections.abc import Iterable, Iterator

from coach.reading.extract import Block, Heading, Item, Paragraph, Table, Verbatim

INDENT = "  "


def as_lines(blocks: Iterable[Block]) -> str:
    """Return the blocks as lines: an empty one before a heading, items with their dash or number, a row of a table on one line."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None and (isinstance(block, Heading) or isinstance(block, Table) != isinstance(before, Table)):
            lines.append("")
        lines += _lines(block)
        before = block
    return "\n".join(lines)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield from block.text.split("\n")
        case Item():
            mark = "-" if block.number is None else f"{block.number}."
            first, *rest = block.text.split("\n")
            indent = INDENT * block.depth
            yield f"{indent}{mark} {first}"
            yield from (f"{indent}{INDENT}{line}" for line in rest)
        case Table():
            yield from (" | ".join(cells) for row in block.rows if any(cells := [" ".join(cell.split()) for cell in row if cell.strip()]))
        case Verbatim():
            yield from block.text.strip("\n").split("\n")
