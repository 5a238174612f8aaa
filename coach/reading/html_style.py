"""Which elements of a web page its styles keep from being seen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import tinycss2
import tinycss2.color3
from cssselect import SelectorError, parse
from lxml import etree
from lxml.cssselect import CSSSelector

from coach.reading.colours import BLACK, WHITE, Colour, tells_apart
from coach.reading.extract import HIDDEN, LIKE_BACKGROUND, OFF_PAGE, TINY

LEAST_PIXELS = 4.0
FAR_OUT = 900.0  # pixels; text moved that far is not on the screen
_SIZES = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16, "in": 96.0, "cm": 37.8, "mm": 3.78, "vw": 10.0, "vh": 10.0}
_WANTED = frozenset(
    [
        "display",
        "visibility",
        "font-size",
        "color",
        "background",
        "background-color",
        "background-image",
        "opacity",
        "position",
        "left",
        "top",
        "right",
        "bottom",
        "text-indent",
        "clip",
        "clip-path",
        "transform",
        "height",
        "width",
        "max-height",
        "max-width",
        "overflow",
        "content-visibility",
        "-webkit-text-fill-color",
    ]
)
_GROUPS = ("media", "supports", "layer")
_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|em|rem|%|in|cm|mm|vw|vh)?$")

Declared = dict[str, tuple[tuple[int, int, int, int, int], str]]  # property: (weight, value)


@dataclass(frozen=True)
class Look:
    """What an element hands on to those in it."""

    shown: bool = True
    pixels: float = 16.0
    colour: Colour = BLACK
    background: Colour | None = WHITE


class Rules:
    """The declarations of a page's own style sheets, by element."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._by_element: dict[etree._Element, Declared] = {}
        self._by_class: dict[str, list[etree._Element]] = {}
        for element in root.iter(etree.Element):
            for name in set(element.get("class", "").split()):
                self._by_class.setdefault(name, []).append(element)
        rules = [rule for style in root.iter("style") for rule in _rules(tinycss2.parse_stylesheet(style.text or "", True, True))]
        for place, (selectors, declarations) in enumerate(rules):
            for selector in selectors.split(",") if declarations else ():
                self._apply(selector.strip(), place, declarations)

    def _apply(self, selector: str, place: int, declarations: Declared) -> None:
        try:
            matched, specificity = self._matched(selector)
        except (SelectorError, etree.XPathError):
            return  # a selector that is not known here, such as :hover, selects nothing at rest
        for element in matched:
            target = self._by_element.setdefault(element, {})
            for name, (weight, value) in declarations.items():
                _put(target, name, (weight[0], *specificity, place), value)

    def _matched(self, selector: str) -> tuple[list[etree._Element], tuple[int, int, int]]:
        """Return the elements that a selector names and its weight; a class alone, the usual case, needs no search."""
        if re.fullmatch(r"\.[A-Za-z_][\w-]*", selector):
            return self._by_class.get(selector[1:], []), (0, 1, 0)
        compiled = CSSSelector(selector, translator="html")
        return compiled(self._root), max(one.specificity() for one in parse(selector))

    def of(self, element: etree._Element) -> dict[str, str]:
        """Return the properties that decide whether an element is seen, its own style attribute before the sheets."""
        declared: Declared = dict(self._by_element.get(element, {}))
        for name, (weight, value) in _declared(element.get("style", "")).items():
            _put(declared, name, (weight[0], 1000, 0, 0, 0), value)
        return {name: value for name, (_, value) in declared.items()}


def _put(target: Declared, name: str, weight: tuple[int, int, int, int, int], value: str) -> None:
    if name not in target or weight >= target[name][0]:
        target[name] = (weight, value)


def _rules(nodes: list[tinycss2.ast.Node]) -> Iterator[tuple[str, Declared]]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield tinycss2.serialize(node.prelude), _declared(tinycss2.serialize(node.content))
        elif node.type == "at-rule" and node.lower_at_keyword in _GROUPS and node.content and not _for_print(node):
            yield from _rules(tinycss2.parse_rule_list(node.content, True, True))


def _for_print(node: tinycss2.ast.Node) -> bool:
    return "print" in tinycss2.serialize(node.prelude).lower()


def _declared(text: str) -> Declared:
    """Return the declarations that matter here by property, written plainly."""
    found: Declared = {}
    for node in tinycss2.parse_blocks_contents(text, True, True) if text else ():
        if node.type == "declaration" and node.lower_name in _WANTED:
            _put(found, node.lower_name, (int(node.important), 0, 0, 0, 0), tinycss2.serialize(node.value).strip().lower())
    return found


def why_unseen(element: etree._Element, style: dict[str, str]) -> str | None:
    """Say why an element and all in it are not seen, None where they may be."""
    if element.get("hidden") is not None or (element.tag == "dialog" and element.get("open") is None):
        return HIDDEN
    if style.get("display") == "none" or style.get("content-visibility") == "hidden":
        return HIDDEN
    opacity = style.get("opacity", "1").rstrip("%")
    if re.fullmatch(r"0*\.?0*[0-4]?", opacity) and float(opacity or 0) < 0.05:
        return HIDDEN
    if re.search(r"scale[xy]?\(0?\.?0*[,)]", style.get("transform", "").replace(" ", "")):
        return HIDDEN
    clipped = "hidden" in style.get("overflow", "") or "clip" in style.get("overflow", "")
    sizes = [length(style[side]) for side in ("height", "width", "max-height", "max-width") if side in style]
    if clipped and any(size is not None and size <= 1 for size in sizes):
        return HIDDEN
    return OFF_PAGE if _moved_out(style) else None


def _moved_out(style: dict[str, str]) -> bool:
    if style.get("position") in ("absolute", "fixed"):
        clip = (style.get("clip", "") + style.get("clip-path", "")).replace(" ", "")
        if re.search(r"rect\((?:[01](?:px)?,?){4}\)|inset\((?:50|100)%|circle\(0", clip):
            return True
        if any(
            abs(length(style.get(side)) or 0) >= FAR_OUT and "-" in style[side]
            for side in ("left", "top", "right", "bottom")
            if side in style
        ):
            return True
    moved = re.findall(r"translate[xy3d]*\((-[^)]*)\)", style.get("transform", ""))
    indent = length(style.get("text-indent")) or 0
    return indent <= -FAR_OUT or any(abs(length(part.split(",")[0]) or 0) >= FAR_OUT for part in moved)


def length(value: str | None) -> float | None:
    """Return a CSS length in pixels, None where it cannot be told."""
    found = _LENGTH.match((value or "").strip())
    return float(found[1]) * _SIZES[found[2] or "px"] if found else None


def look_of(outer: Look, style: dict[str, str]) -> Look:
    """Return how text directly in an element looks, given how it looks around it."""
    visibility = style.get("visibility")
    shown = outer.shown if visibility in (None, "inherit") else visibility not in ("hidden", "collapse")
    pixels = _pixels(style.get("font-size"), outer.pixels)
    colour = _colour(style.get("-webkit-text-fill-color") or style.get("color"))
    behind = _background(style)
    look = replace(outer, shown=shown, pixels=pixels)
    look = replace(look, colour=colour) if colour is not None else look
    return look if behind == "none" else replace(look, background=behind if not isinstance(behind, str) else None)


def _pixels(size: str | None, outer: float) -> float:
    if size is None:
        return outer
    relative = re.fullmatch(r"(\d*\.?\d+)(em|%)", size)
    if relative:
        return float(relative[1]) * outer / (100 if relative[2] == "%" else 1)
    absolute = length(size)
    return outer if absolute is None else absolute


def _colour(value: str | None) -> Colour | None:
    """Return a colour; one that is all but transparent counts as the white that shows through."""
    parsed = tinycss2.color3.parse_color(value) if value else None
    if parsed is None or isinstance(parsed, str):
        return None
    return WHITE if parsed.alpha < 0.05 else (parsed.red, parsed.green, parsed.blue)


def _background(style: dict[str, str]) -> Colour | str:
    """Return a background's colour, "none" where there is none of its own, "unknown" for pictures and mixtures."""
    stated = style.get("background-color") or style.get("background")
    if "(" in style.get("background-image", "") or "url(" in (stated or "") or "gradient(" in (stated or ""):
        return "unknown"
    for word in (stated, *(stated or "").split()):
        parsed = tinycss2.color3.parse_color(word) if word else None
        if parsed is not None and not isinstance(parsed, str):
            return "none" if parsed.alpha < 0.05 else (parsed.red, parsed.green, parsed.blue) if parsed.alpha > 0.95 else "unknown"
    return "unknown" if "var(" in (stated or "") else "none"


def why_text_unseen(look: Look) -> str | None:
    """Say why text that looks so is not seen, None where it is."""
    if not look.shown:
        return HIDDEN
    if look.pixels < LEAST_PIXELS:
        return TINY
    return None if tells_apart(look.colour, look.background) else LIKE_BACKGROUND
