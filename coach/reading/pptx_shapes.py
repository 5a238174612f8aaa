"""Where the shapes of a slide stand, what lies behind their text, and what colour names mean there."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from coach.reading.colours import WHITE, Colour, from_hex
from coach.reading.package import Package

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SHAPES = {f"{P}{name}" for name in ("sp", "pic", "graphicFrame", "cxnSp")}
_CHANGED = {f"{A}{name}" for name in ("lumMod", "lumOff", "tint", "shade", "satMod")}
_PAINTED = {f"{A}{name}" for name in ("gradFill", "blipFill", "pattFill")}


@dataclass(frozen=True)
class Box:
    """A rectangle on the slide, in English metric units."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, other: "Box") -> bool:
        """Say whether the centre of the other lies within this one."""
        x, y = other.left + other.width / 2, other.top + other.height / 2
        return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height

    def meets(self, other: "Box") -> bool:
        """Say whether the two share some room."""
        across = self.left < other.left + other.width and other.left < self.left + self.width
        return across and self.top < other.top + other.height and other.top < self.top + self.height


@dataclass(frozen=True)
class Placed:
    """A shape and its rectangle on the slide, None where it takes that from its layout."""

    shape: etree._Element
    box: Box | None


@dataclass
class Palette:
    """The colours that names stand for on one slide."""

    names: dict[str, Colour] = field(default_factory=dict)

    def colour(self, parent: etree._Element | None) -> Colour | None:
        """Return the colour within a fill; None where there is none, or one that is changed or mixed."""
        solid = next((child for child in parent if isinstance(child.tag, str)), None) if parent is not None else None
        if solid is None or any(child.tag in _CHANGED for child in solid):
            return None
        kind = etree.QName(solid).localname
        if kind == "schemeClr":
            return self.names.get(solid.get("val", ""))
        return from_hex(solid.get("lastClr") if kind == "sysClr" else solid.get("val"))


def palette(package: Package, master: str) -> Palette:
    """Return the colours that a slide master's names stand for."""
    themes = package.related(master, "theme")
    scheme = package.xml(themes[0]).find(f".//{A}clrScheme") if themes else None
    plain = Palette()
    named = {etree.QName(entry).localname: plain.colour(entry) for entry in scheme} if scheme is not None else {}
    mapped = package.xml(master).find(f"{P}clrMap")
    names = {**{name: name for name in named}, **(dict(mapped.attrib) if mapped is not None else {})}
    return Palette({name: colour for name, meant in names.items() if (colour := named.get(meant)) is not None})


def placed(tree: etree._Element, scale: tuple[float, float, float, float] = (1, 0, 1, 0)) -> Iterator[Placed]:
    """Yield the shapes of a slide from back to front, those of groups in the slide's own measures."""
    for child in tree:
        if child.tag == f"{P}grpSp":
            _hide_with_group(child)
            yield from placed(child, _inside(child.find(f"{P}grpSpPr/{A}xfrm"), scale))
        elif child.tag == f"{MC}AlternateContent":
            choice = child.find(f"{MC}Choice")
            yield from placed(choice if choice is not None else child.find(f"{MC}Fallback", ()), scale)
        elif child.tag in SHAPES:
            frame = child.find(f"{P}xfrm") if child.tag == f"{P}graphicFrame" else child.find(f"{P}spPr/{A}xfrm")
            yield Placed(child, _box(frame, "off", "ext", scale))


def _hide_with_group(group: etree._Element) -> None:
    """Mark all shapes of a hidden group as hidden themselves."""
    named = group.find(f"{P}nvGrpSpPr/{P}cNvPr")
    if named is not None and named.get("hidden") in ("1", "true"):
        for shape in group.iter(f"{P}cNvPr"):
            shape.set("hidden", "1")


def _box(frame: etree._Element | None, off: str, ext: str, scale: tuple[float, float, float, float]) -> Box | None:
    place, size = (frame.find(f"{A}{off}"), frame.find(f"{A}{ext}")) if frame is not None else (None, None)
    if place is None or size is None:
        return None
    x, y, width, height = (measure(place.get("x")), measure(place.get("y")), measure(size.get("cx")), measure(size.get("cy")))
    across, left, down, top = scale
    return Box(x * across + left, y * down + top, width * across, height * down)


def measure(value: str | None) -> float:
    """Return a whole number of the document, 0 where it is none."""
    return float(value) if value and value.lstrip("-").isdecimal() else 0.0


def _inside(frame: etree._Element | None, scale: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    outer, inner = _box(frame, "off", "ext", scale), _box(frame, "chOff", "chExt", (1, 0, 1, 0))
    if outer is None or inner is None or not inner.width or not inner.height:
        return scale
    across, down = outer.width / inner.width, outer.height / inner.height
    return across, outer.left - inner.left * across, down, outer.top - inner.top * down


@dataclass(frozen=True)
class Painted:
    """A filled area; its colour is None where that is a picture, a gradient or a mixture."""

    box: Box | None
    colour: Colour | None


def painted(item: Placed, colours: Palette) -> Painted | None:
    """Return what a shape paints behind later ones and its own text, None where it paints nothing."""
    if item.shape.tag == f"{P}pic":
        return Painted(item.box, None)
    properties = item.shape.find(f"{P}spPr")
    if properties is None:
        return Painted(item.box, None) if item.shape.tag == f"{P}graphicFrame" else None
    solid = properties.find(f"{A}solidFill")
    if solid is not None:
        return Painted(item.box, colours.colour(solid))
    if any(child.tag in _PAINTED for child in properties):
        return Painted(item.box, None)
    style = item.shape.find(f"{P}style/{A}fillRef")
    if style is not None and style.get("idx", "0") != "0" and properties.find(f"{A}noFill") is None:
        return Painted(item.box, colours.colour(style))
    return None


def ground(package: Package, chain: list[str], colours: Palette) -> Colour | None:
    """Return the slide's background, by the first of slide, layout and master that states one; white where none does."""
    for name in chain:
        background = package.xml(name).find(f"{P}cSld/{P}bg")
        if background is None:
            continue
        reference, solid = background.find(f"{P}bgRef"), background.find(f"{P}bgPr/{A}solidFill")
        return colours.colour(reference if reference is not None else solid)
    return WHITE
