"""Read a Word document: its body with tables, lists, text boxes and footnotes, and its headers and footers once each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from coach.reading.colours import WHITE, Colour
from coach.reading.docx_styles import Styles, W, fill, read_styles
from coach.reading.extract import COMMENTS, CONTENTS, EMBEDDED, HIDDEN, REVISIONS, Block, Extract, Heading, Item, Paragraph, Table
from coach.reading.package import Package, main_part

LONG_CELL = 60  # words; a table with such a cell is a layout, and its text reads better as paragraphs
MOST_WORDS_OF_HEADING = 12
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TRANSPARENT = {
    f"{W}{name}" for name in ("hyperlink", "ins", "moveTo", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "dir", "bdo")
}
_GONE = {f"{W}del", f"{W}moveFrom"}
_BLANKS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOT_READ = {
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
}
_DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object"}


@dataclass
class Story:
    """One part of the document under way: what was found in it, and what follows the paragraph at hand."""

    styles: Styles
    extract: Extract
    notes: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    beside: list[etree._Element] = field(default_factory=list)
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """A piece of visible text of a paragraph."""

    text: str
    bold: bool


def read(package: Package) -> Extract:
    """Return the text of a Word document as blocks."""
    main = main_part(package)
    styles = read_styles(_optional(package, main, "styles"), _optional(package, main, "numbering"))
    story = Story(styles, Extract(), dict(_notes(package, main)))
    body = package.xml(main).find(f"{W}body")
    story.extract.left_out[COMMENTS] += sum(len(package.xml(name)) for name in package.related(main, "comments"))
    edges = [list(_margin(package, name, story)) for kind in ("header", "footer") for name in package.related(main, kind)]
    story.extract.blocks += list(dict.fromkeys(block for edge in edges for block in edge))
    story.extract.blocks += list(_blocks(body if body is not None else (), story, WHITE))
    story.extract.blocks = _with_bold_headings(story.extract.blocks)
    story.extract.property_title = _property_title(package)
    return story.extract


def _optional(package: Package, main: str, kind: str) -> etree._Element | None:
    found = package.related(main, kind)
    return package.xml(found[0]) if found else None


def _notes(package: Package, main: str) -> Iterator[tuple[tuple[str, str], etree._Element]]:
    for kind in ("footnote", "endnote"):
        root = _optional(package, main, f"{kind}s")
        for note in root if root is not None else ():
            if note.get(f"{W}type") in (None, "normal"):
                yield (kind, note.get(f"{W}id", "")), note


def _margin(package: Package, name: str, story: Story) -> Iterator[Block]:
    """Yield what a header or footer says, unless that is a number alone."""
    for block in _blocks(package.xml(name), story, WHITE):
        text = _text(block)
        if any(character.isalpha() for character in text.replace("Page", "").replace(" of ", "")):
            yield Paragraph(text)


def _property_title(package: Package) -> str:
    for name in package.related("", "core-properties"):
        return package.xml(name).findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    return ""


def _blocks(parent: etree._Element | tuple[()], story: Story, background: Colour | None) -> Iterator[Block]:
    for child in parent:
        if child.tag == f"{W}p":
            yield from _paragraph(child, story, background)
        elif child.tag == f"{W}tbl":
            yield from _table(child, story, background)
        elif child.tag in _GONE:
            story.extract.left_out[REVISIONS] += 1
        elif child.tag in _TRANSPARENT or child.tag == f"{MC}AlternateContent":
            yield from _blocks(_chosen(child), story, background)


def _chosen(element: etree._Element) -> etree._Element:
    """Return the one variant of alternatives that is shown, or the element itself."""
    if element.tag != f"{MC}AlternateContent":
        return element
    choice = element.find(f"{MC}Choice")
    fallback = element.find(f"{MC}Fallback")
    return fallback if choice is None and fallback is not None else choice if choice is not None else element


def _paragraph(p: etree._Element, story: Story, background: Colour | None) -> Iterator[Block]:
    properties = p.find(f"{W}pPr")
    outer, story.beside = story.beside, []
    behind = fill(properties) or background
    runs = [run for run in _runs(p, story, properties, behind) if run.text]
    text = "\n".join(filter(None, (" ".join(line.split()) for line in "".join(run.text for run in runs).split("\n"))))
    beside, story.beside = story.beside, outer
    if text and _is_contents(properties, story.styles):
        story.extract.left_out[CONTENTS] += 1
    elif text:
        yield _block(text, runs, properties, story)
    for element in beside:
        yield from _blocks(element, story, None if element.tag == f"{W}txbxContent" else background)


def _is_contents(properties: etree._Element | None, styles: Styles) -> bool:
    name = next((style.name.lower() for style in styles.chain(_style(properties))), "")
    return name.startswith("toc ") and name[4:].isdecimal()


def _style(properties: etree._Element | None) -> str:
    style = properties.find(f"{W}pStyle") if properties is not None else None
    return style.get(f"{W}val", "") if style is not None else ""


def _block(text: str, runs: list[Run], properties: etree._Element | None, story: Story) -> Block:
    level = story.styles.level(properties)
    if level is not None:
        return Heading(level, text)
    place = story.styles.list_place(properties)
    if place is None:
        return Heading(0, text) if _bold_heading(text, runs) else Paragraph(text)
    list_id, depth, numbered = place
    story.numbers = {key: number for key, number in story.numbers.items() if key[0] != list_id or key[1] <= depth}
    number = story.numbers[list_id, depth] = story.numbers.get((list_id, depth), 0) + 1
    return Item(text, depth, number if numbered else None)


def _bold_heading(text: str, runs: list[Run]) -> bool:
    return all(run.bold for run in runs if run.text.strip()) and len(text.split()) <= MOST_WORDS_OF_HEADING and text[-1] not in ".,;:!"


def _with_bold_headings(blocks: list[Block]) -> list[Block]:
    """Return the blocks with bold lines as headings below the real ones, unless nothing, or only another one, follows."""
    read: list[Block] = []
    level = 2
    for place, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level == 0:
            follower = blocks[place + 1] if place + 1 < len(blocks) else None
            alone = follower is None or (isinstance(follower, Heading) and follower.level == 0)
            read.append(Paragraph(block.text) if alone else Heading(level, block.text))
            continue
        if isinstance(block, Heading):
            level = min(block.level + 1, 6)
        read.append(block)
    return read


def _runs(parent: etree._Element, story: Story, paragraph: etree._Element | None, background: Colour | None) -> Iterator[Run]:
    for child in parent:
        if child.tag == f"{W}r":
            yield from _run(child, story, paragraph, background)
        elif child.tag in _TRANSPARENT or child.tag == f"{MC}AlternateContent":
            yield from _runs(_chosen(child), story, paragraph, background)
        elif child.tag in _GONE:
            story.extract.left_out[REVISIONS] += 1


def _run(run: etree._Element, story: Story, paragraph: etree._Element | None, background: Colour | None) -> Iterator[Run]:
    properties = run.find(f"{W}rPr")
    text = "".join(_piece(child, story) for child in run)
    reason = story.styles.why_hidden(properties, paragraph, background)
    if reason and text.strip():
        story.extract.left_out[reason] += 1
        return
    bold = properties.find(f"{W}b") if properties is not None else None
    yield Run(text, bold is not None and bold.get(f"{W}val") in (None, "1", "true", "on"))


def _piece(child: etree._Element, story: Story) -> str:
    """Return what an element of a run adds to the text; boxes and notes are kept for after the paragraph."""
    if child.tag == f"{W}t":
        return (child.text or "").replace("\n", " ")
    if child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
        note = story.notes.pop((etree.QName(child).localname.removesuffix("Reference"), child.get(f"{W}id", "")), None)
        story.beside += [note] if note is not None else []
    elif child.tag in _DRAWN or child.tag == f"{MC}AlternateContent":
        boxes = list(_boxes(_chosen(child)))
        if not boxes and (child.tag == f"{W}object" or any(drawn.tag in _NOT_READ for drawn in child.iter())):
            story.extract.left_out[EMBEDDED] += 1
        story.beside += boxes
    return _BLANKS.get(child.tag, "")


def _boxes(drawn: etree._Element) -> Iterator[etree._Element]:
    """Yield the outermost text boxes in a drawing."""
    for child in drawn:
        if child.tag == f"{W}txbxContent":
            yield child
        elif not isinstance(child.tag, str) or child.tag != f"{MC}Fallback":
            yield from _boxes(_chosen(child))


def _table(table: etree._Element, story: Story, background: Colour | None) -> Iterator[Block]:
    rows = [list(_cells(row, story, background)) for row in _rows(table, story)]
    words = max((sum(len(_text(block).split()) for block in cell) for row in rows for cell in row), default=0)
    if words > LONG_CELL or max(map(len, rows), default=0) < 2:
        yield from (block for row in rows for cell in row for block in cell)
        return
    yield Table(tuple(tuple("; ".join(filter(None, map(_text, cell))) for cell in row) for row in rows))


def _rows(parent: etree._Element, story: Story) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == f"{W}tr":
            properties = child.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                story.extract.left_out[REVISIONS] += 1
            elif properties is not None and properties.find(f"{W}hidden") is not None:
                story.extract.left_out[HIDDEN] += 1
            else:
                yield child
        elif child.tag in _TRANSPARENT:
            yield from _rows(child, story)


def _cells(parent: etree._Element, story: Story, background: Colour | None) -> Iterator[list[Block]]:
    for child in parent:
        if child.tag == f"{W}tc":
            properties = child.find(f"{W}tcPr")
            yield [Paragraph(b.text) if isinstance(b, Heading) else b for b in _blocks(child, story, fill(properties) or background)]
            span = properties.find(f"{W}gridSpan") if properties is not None else None
            more = span.get(f"{W}val", "1") if span is not None else "1"
            yield from ([] for _ in range(min(int(more), 63) - 1 if more.isdecimal() else 0))
        elif child.tag in _TRANSPARENT:
            yield from _cells(child, story, background)


def _text(block: Block) -> str:
    return "; ".join(" ".join(row) for row in block.rows) if isinstance(block, Table) else block.text
