"""What a Word document's styles say of its text: headings, lists, and whether text is to be seen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from coach.reading.colours import Colour, from_hex, tells_apart
from coach.reading.extract import HIDDEN, LIKE_BACKGROUND, TINY

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEAST_HALF_POINTS = 8  # four points
_ON = (None, "1", "true", "on")
_HIGHLIGHTS = {"black": "000000", "white": "FFFFFF", "yellow": "FFFF00", "darkBlue": "00008B", "blue": "0000FF", "red": "FF0000"}


@dataclass(frozen=True)
class Style:
    """A style as it stands in the document: its name, what it builds on, and its properties."""

    name: str
    base: str
    run: etree._Element | None
    paragraph: etree._Element | None


@dataclass
class Styles:
    """The styles of a document by id, and the numbering of its lists."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    formats: dict[tuple[str, str], str] = field(default_factory=dict)

    def chain(self, id: str) -> Iterator[Style]:
        """Yield a style and all that it builds on, nearest first."""
        seen: set[str] = set()
        while id in self.by_id and id not in seen:
            seen.add(id)
            yield self.by_id[id]
            id = self.by_id[id].base

    def level(self, properties: etree._Element | None) -> int | None:
        """Return the level of the heading that a paragraph is: 1 for the title, 2 for Heading 1; None for no heading."""
        chain = list(self.chain(value(properties, "pStyle") or self.default))
        if any(style.name.lower() == "title" for style in chain[:1]):
            return 1
        for style in chain:
            if found := re.fullmatch(r"heading ([1-9])", style.name.lower()):
                return int(found[1]) + 1
        outline = [value(p, "outlineLvl") for p in (properties, *(style.paragraph for style in chain))]
        stated = next((level for level in outline if level is not None), "9")
        return int(stated) + 2 if stated.isdecimal() and int(stated) < 9 else None

    def list_place(self, properties: etree._Element | None) -> tuple[str, int, bool] | None:
        """Return (list, depth, numbered) of the list item that a paragraph is, None where it is none."""
        chain = list(self.chain(value(properties, "pStyle")))
        for p in (properties, *(style.paragraph for style in chain)):
            number = p.find(f"{W}numPr") if p is not None else None
            if number is not None:
                list_id, depth = value(number, "numId"), value(number, "ilvl") or "0"
                if list_id in ("", "0"):
                    return None
                return list_id, _depth(depth), self.formats.get((list_id, depth), "decimal") not in ("bullet", "none")
        named = next((re.match(r"list (bullet|number)(?: (\d))?$", style.name.lower()) for style in chain), None)
        return (named[0], int(named[2] or 1) - 1, named[1] == "number") if named else None

    def why_hidden(self, run: etree._Element | None, paragraph: etree._Element | None, background: Colour | None) -> str | None:
        """Say why a run of text is not to be seen, None where it is."""
        styles = (*self.chain(value(run, "rStyle")), *self.chain(value(paragraph, "pStyle") or self.default))
        sources = [source for source in (run, *(style.run for style in styles)) if source is not None]
        if _first(sources, "vanish") in _ON and any(source.find(f"{W}vanish") is not None for source in sources):
            return HIDDEN
        size = _first(sources, "sz")
        if size and size.isdecimal() and int(size) < LEAST_HALF_POINTS:
            return TINY
        colour = from_hex(_first(sources, "color"))
        behind = _shade(sources, background)
        return LIKE_BACKGROUND if colour and not tells_apart(colour, behind) else None


def _depth(ilvl: str) -> int:
    return int(ilvl) if ilvl.isdecimal() and len(ilvl) < 3 else 0


def _first(sources: list[etree._Element], name: str) -> str | None:
    """Return the value of the nearest property of that name; None where it is there without one, or nowhere."""
    found = next((source.find(f"{W}{name}") for source in sources if source.find(f"{W}{name}") is not None), None)
    return None if found is None else found.get(f"{W}val")


def _shade(sources: list[etree._Element], background: Colour | None) -> Colour | None:
    highlight = _first(sources, "highlight")
    if highlight and highlight != "none":
        return from_hex(_HIGHLIGHTS.get(highlight))
    return next((shade for source in sources if (shade := fill(source)) is not None), background)


def fill(properties: etree._Element | None) -> Colour | None:
    """Return the colour with which a run, paragraph or cell is shaded, None where it is not."""
    shade = properties.find(f"{W}shd") if properties is not None else None
    return from_hex(shade.get(f"{W}fill")) if shade is not None else None


def value(properties: etree._Element | None, name: str) -> str:
    """Return a property's value, an empty text where it is not there."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return "" if found is None else found.get(f"{W}val", "")


def read_styles(styles: etree._Element | None, numbering: etree._Element | None) -> Styles:
    """Return the styles and the numbering that these parts define."""
    read = Styles()
    for style in styles.iterfind(f"{W}style") if styles is not None else ():
        id = style.get(f"{W}styleId", "")
        run, paragraph = style.find(f"{W}rPr"), style.find(f"{W}pPr")
        read.by_id[id] = Style(value(style, "name"), value(style, "basedOn"), run, paragraph)
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
            read.default = id
    if numbering is not None:
        read.formats = dict(_formats(numbering))
    return read


def _formats(numbering: etree._Element) -> Iterator[tuple[tuple[str, str], str]]:
    abstract = {
        one.get(f"{W}abstractNumId"): {level.get(f"{W}ilvl", "0"): value(level, "numFmt") for level in one.iterfind(f"{W}lvl")}
        for one in numbering.iterfind(f"{W}abstractNum")
    }
    for number in numbering.iterfind(f"{W}num"):
        for level, style in abstract.get(value(number, "abstractNumId"), {}).items():
            yield (number.get(f"{W}numId", ""), level), style
