"""Read a PowerPoint presentation: a section for each slide, with its bullets, tables and notes."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from coach.reading.colours import Colour, tells_apart
from coach.reading.extract import (
    COMMENTS,
    EMBEDDED,
    FRAME,
    HIDDEN,
    HIDDEN_SLIDES,
    LIKE_BACKGROUND,
    OFF_PAGE,
    TINY,
    Block,
    Extract,
    Heading,
    Item,
    Paragraph,
    Table,
)
from coach.reading.package import Package, main_part
from coach.reading.pptx_shapes import A, Box, P, Painted, Palette, Placed, ground, measure, painted, palette, placed
from coach.reading.refusals import NotReadable, Reason

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
LEAST_SIZE = 400  # hundredths of a point
LEAST_ALPHA = 5_000  # thousandths of a percent
MOST_SLIDES = 1_000
_TITLES = ("title", "ctrTitle")
_FRAME = ("dt", "ftr", "sldNum", "hdr")
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"


@dataclass
class Slide:
    """One slide under way: its colours, what is painted so far, and where the findings go."""

    package: Package
    name: str
    size: Box
    colours: Palette
    ground: Colour | None
    extract: Extract
    areas: list[Painted]
    places: dict[str, Box]


def read(package: Package) -> Extract:
    """Return the text of a presentation as blocks, slides in the order in which they are shown."""
    main = main_part(package)
    root, relations, extract = package.xml(main), package.relations(main), Extract()
    extent = root.find(f"{P}sldSz")
    width, height = (measure(extent.get(side)) for side in ("cx", "cy")) if extent is not None else (12192000.0, 6858000.0)
    ids = [one.get(f"{R}id", "") for one in root.iterfind(f"{P}sldIdLst/{P}sldId")]
    if len(ids) > MOST_SLIDES:
        raise NotReadable(Reason.TOO_MANY_PAGES)
    for number, id in enumerate(ids, 1):
        if id in relations and relations[id].target in package.names:
            extract.blocks += _slide(package, relations[id].target, Box(0, 0, width, height), extract, number)
    for name in package.related("", "core-properties"):
        extract.property_title = package.xml(name).findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    return extract


def _slide(package: Package, name: str, size: Box, extract: Extract, number: int) -> list[Block]:
    root = package.xml(name)
    extract.left_out[COMMENTS] += sum(len(package.xml(part)) for part in package.related(name, "comments"))
    if root.get("show") in ("0", "false"):
        extract.left_out[HIDDEN_SLIDES] += 1
        return []
    layouts = package.related(name, "slideLayout")
    masters = [master for layout in layouts for master in package.related(layout, "slideMaster")]
    colours = palette(package, masters[0]) if masters else Palette()
    slide = Slide(package, name, size, colours, ground(package, [name, *layouts[:1], *masters[:1]], colours), extract, [], {})
    for part in (*masters[:1], *layouts[:1]):
        _underlay(package.xml(part), slide)
    heading, blocks = _contents(root, slide)
    first = number == 1 and root.find(f".//{P}ph[@type='ctrTitle']") is not None
    said = [text for part in package.related(name, "notesSlide") for text in _notes(package.xml(part), slide)]
    notes = [Paragraph(f"Notes: {text}" if place == 0 else text) for place, text in enumerate(said)]
    if not (blocks or notes or heading):
        return []
    return [Heading(1 if first else 2, heading or f"Slide {number}"), *blocks, *notes]


def _underlay(root: etree._Element, slide: Slide) -> None:
    """Take from a master or layout what it paints and where its placeholders stand."""
    for item in _shapes(root):
        keys = _place_keys(item.shape)
        if not keys and (area := painted(item, slide.colours)):
            slide.areas.append(area)
        slide.places |= {key: item.box for key in keys if item.box is not None}


def _place_keys(shape: etree._Element) -> list[str]:
    """Return by what a placeholder is found in the layout: its number first, then its kind."""
    found = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    if found is None:
        return []
    kind = found.get("type", "obj").replace("ctrTitle", "title")
    return [*([f"number {found.get('idx')}"] if found.get("idx") else []), kind]


def _shapes(root: etree._Element) -> Iterator[Placed]:
    tree = root.find(f"{P}cSld/{P}spTree")
    return placed(tree) if tree is not None else iter(())


def _contents(root: etree._Element, slide: Slide) -> tuple[str, list[Block]]:
    """Return the slide's title and its blocks, and remember what each shape paints for those above it."""
    heading, blocks = "", list[Block]()
    for item in _shapes(root):
        if (area := painted(item, slide.colours)) is not None:
            slide.areas.append(area)
        holder = _holder(item.shape)
        text = list(_texts(item, slide, holder))
        if not text:
            continue
        if reason := _why_unseen(item, slide):
            slide.extract.left_out[reason] += 1
        elif holder in _FRAME:
            slide.extract.left_out[FRAME] += 1
        elif holder in _TITLES and not heading:
            heading = " ".join(block.text for block in text if isinstance(block, Paragraph | Item))
        else:
            blocks += text
    return heading, blocks


def _holder(shape: etree._Element) -> str:
    """Return the kind of placeholder that a shape is, an empty text where it is none."""
    found = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    return found.get("type", "obj") if found is not None else ""


def _why_unseen(item: Placed, slide: Slide) -> str | None:
    named = next((one for one in item.shape.iter(f"{P}cNvPr")), None)
    if named is not None and named.get("hidden") in ("1", "true"):
        return HIDDEN
    return OFF_PAGE if item.box is not None and not slide.size.meets(item.box) else None


def _texts(item: Placed, slide: Slide, holder: str) -> Iterator[Block]:
    if item.shape.tag == f"{P}graphicFrame":
        yield from _graphic(item, slide)
        return
    body = item.shape.find(f"{P}txBody")
    if body is None:
        return
    behind = _behind(item, slide)
    for p in body.iterfind(f"{A}p"):
        if text := _line(p, slide, behind):
            yield _block(p, text, holder)


def _behind(item: Placed, slide: Slide) -> Colour | None:
    """Return the colour behind a shape's text: its own fill, or what was painted there last."""
    own = painted(item, slide.colours)
    if own is not None:
        return own.colour
    box = item.box or next((slide.places[key] for key in _place_keys(item.shape) if key in slide.places), None)
    if box is None:
        return slide.ground
    return next((area.colour for area in reversed(slide.areas) if area.box and area.box.holds(box)), slide.ground)


def _block(p: etree._Element, text: str, holder: str) -> Block:
    properties = p.find(f"{A}pPr")
    marks = {etree.QName(child).localname for child in properties} if properties is not None else set()
    depth = properties.get("lvl", "0") if properties is not None else "0"
    listed = marks & {"buChar", "buAutoNum", "buBlip"} or (holder in ("body", "obj") and "buNone" not in marks)
    return Item(text, int(depth) if depth.isdecimal() else 0) if listed else Paragraph(text)


def _line(p: etree._Element, slide: Slide, behind: Colour | None) -> str:
    pieces: list[str] = []
    for run in p:
        if run.tag == f"{A}br":
            pieces.append(" ")
        if run.tag not in (f"{A}r", f"{A}fld"):
            continue
        text = run.findtext(f"{A}t") or ""
        reason = _why_hidden(run.find(f"{A}rPr"), slide, behind)
        if reason and text.strip():
            slide.extract.left_out[reason] += 1
        else:
            pieces.append(text)
    return " ".join("".join(pieces).split())


def _why_hidden(properties: etree._Element | None, slide: Slide, behind: Colour | None) -> str | None:
    if properties is None:
        return None
    size = properties.get("sz", "")
    if size.isdecimal() and int(size) < LEAST_SIZE:
        return TINY
    solid = properties.find(f"{A}solidFill")
    alpha = solid.find(f".//{A}alpha") if solid is not None else None
    if properties.find(f"{A}noFill") is not None or (
        alpha is not None and alpha.get("val", "").rstrip("%")[:-3] in ("", "0", "1", "2", "3", "4")
    ):
        return HIDDEN
    colour = slide.colours.colour(solid)
    return LIKE_BACKGROUND if colour and not tells_apart(colour, behind) else None


def _faint(solid: etree._Element | None) -> bool:
    alpha = solid.find(f".//{A}alpha") if solid is not None else None
    stated = alpha.get("val", "") if alpha is not None else ""
    return stated.isdecimal() and int(stated) < LEAST_ALPHA


def _graphic(item: Placed, slide: Slide) -> Iterator[Block]:
    """Yield a table, or the texts of a diagram; a chart is counted."""
    table = item.shape.find(f".//{A}tbl")
    if table is not None:
        rows = (tuple(_cell(cell, slide) for cell in row.iterfind(f"{A}tc")) for row in table.iterfind(f"{A}tr"))
        yield Table(tuple(rows))
        return
    diagram = item.shape.find(f".//{_DIAGRAM}")
    relation = slide.package.relations(slide.name).get(diagram.get(f"{R}dm", "")) if diagram is not None else None
    if relation is None or relation.target not in slide.package.names:
        slide.extract.left_out[EMBEDDED] += 1
        return
    for p in slide.package.xml(relation.target).iter(f"{A}p"):
        if text := _line(p, slide, None):
            yield Item(text)


def _cell(cell: etree._Element, slide: Slide) -> str:
    solid = cell.find(f"{A}tcPr/{A}solidFill")
    behind = slide.colours.colour(solid)  # without a fill of its own a cell takes one from the table's style, which is not known here
    return " ".join(filter(None, (_line(p, slide, behind) for p in cell.iter(f"{A}p"))))


def _notes(root: etree._Element, slide: Slide) -> Iterator[str]:
    for item in _shapes(root):
        body = item.shape.find(f"{P}txBody")
        if body is not None and _holder(item.shape) == "body":
            yield from filter(None, (_line(p, slide, (1.0, 1.0, 1.0)) for p in body.iterfind(f"{A}p")))
