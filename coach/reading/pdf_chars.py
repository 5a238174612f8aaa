"""The visible lines of a PDF's pages, with size, weight and place; what is hidden is counted."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from coach.reading.colours import BLACK, WHITE, Colour, tells_apart
from coach.reading.extract import HIDDEN, LIKE_BACKGROUND, OFF_PAGE, TINY
from coach.reading.refusals import NotReadable, Reason

MOST_PAGES = 1_000
MOST_CHARACTERS = 4_000_000  # of all pages, hidden ones included
LEAST_SIZE = 4.0  # points
LEAST_ALPHA = 16  # of 255
BOLD_FROM = 600
_UNSEEN_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_STROKED = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)
_FORCED_BOLD = 1 << 18
_HYPHEN = "\u00ad"


@dataclass
class Line:
    """A line of text on a page; `top` and `bottom` are shares of the page's height from above, `left` is in points."""

    page: int
    text: str
    size: float
    bold: bool
    left: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Area:
    """A painted rectangle; its colour is None where that is a picture or a mixture."""

    left: float
    bottom: float
    right: float
    top: float
    colour: Colour | None

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies on it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True)
class Look:
    """What the characters of one text object have in common."""

    size: float
    bold: bool
    reason: str | None
    colour: Colour
    areas: int  # how many areas were painted before it


@dataclass
class Sheet:
    """One page under way."""

    number: int
    text: pdfium.FPDF_TEXTPAGE
    box: tuple[float, float, float, float]
    areas: list[Area] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)  # text object: areas painted before it
    looks: dict[int, Look] = field(default_factory=dict)
    hidden: dict[tuple[int, str], None] = field(default_factory=dict)


def lines_of(data: bytes, left_out: dict[str, int]) -> tuple[str, list[Line]]:
    """Return a PDF's title property and its lines, page by page; raise NotReadable where it is locked, damaged or too long."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        locked = getattr(problem, "err_code", 0) == pdfium.FPDF_ERR_PASSWORD or "password" in str(problem).lower()
        raise NotReadable(Reason.LOCKED if locked else Reason.DAMAGED) from None
    if len(document) > MOST_PAGES:
        raise NotReadable(Reason.TOO_MANY_PAGES)
    lines: list[Line] = []
    seen = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            raise NotReadable(Reason.DAMAGED) from None
        seen += text.count_chars()
        if seen > MOST_CHARACTERS:
            raise NotReadable(Reason.TOO_MUCH_TEXT)
        sheet = Sheet(number, text.raw, page.get_bbox())
        _survey(page, sheet)
        lines += _lines(sheet)
        for _, reason in sheet.hidden:
            left_out[reason] = left_out.get(reason, 0) + 1
        text.close()
        page.close()
    return document.get_metadata_value("Title"), lines


def _survey(page: pypdfium2.PdfPage, sheet: Sheet) -> None:
    """Note what the page paints, and in which order, so that text can be compared with what lies behind it."""
    for item in page.get_objects(max_depth=5):
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            sheet.order[_address(item.raw)] = len(sheet.areas)
        elif item.type in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            sheet.areas.append(Area(*_bounds(item.raw), None))
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH and (colour := _filled(item.raw)):
            sheet.areas.append(Area(*_bounds(item.raw), *colour))


def _bounds(item: pdfium.FPDF_PAGEOBJECT) -> tuple[float, float, float, float]:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _filled(item: pdfium.FPDF_PAGEOBJECT) -> tuple[Colour | None] | None:
    """Return a path's colour in a tuple, None where it is not filled."""
    mode, stroke = ctypes.c_int(), pdfium.FPDF_BOOL()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
    found = _rgba(pdfium.FPDFPageObj_GetFillColor, item)
    if mode.value == pdfium.FPDF_FILLMODE_NONE or found is None:
        return None
    colour, alpha = found
    return None if alpha < LEAST_ALPHA else (colour if alpha > 255 - LEAST_ALPHA else None,)


def _rgba(ask: object, *of: object) -> tuple[Colour, int] | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(*of, red, green, blue, alpha):  # type: ignore[operator]
        return None
    return (red.value / 255, green.value / 255, blue.value / 255), alpha.value


def _address(item: pdfium.FPDF_PAGEOBJECT) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _look(sheet: Sheet, index: int, item: pdfium.FPDF_PAGEOBJECT) -> Look:
    address = _address(item)
    if address not in sheet.looks:
        sheet.looks[address] = _new_look(sheet, index, item, address)
    return sheet.looks[address]


def _new_look(sheet: Sheet, index: int, item: pdfium.FPDF_PAGEOBJECT, address: int) -> Look:
    matrix, flags = pdfium.FS_MATRIX(), ctypes.c_int()
    pdfium.FPDFText_GetMatrix(sheet.text, index, matrix)
    size = pdfium.FPDFText_GetFontSize(sheet.text, index) * math.hypot(matrix.c, matrix.d)
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetFontInfo(sheet.text, index, name, 200, flags)
    weight = pdfium.FPDFText_GetFontWeight(sheet.text, index)
    bold = weight >= BOLD_FROM or bool(flags.value & _FORCED_BOLD) or b"bold" in name.value.lower() or b"black" in name.value.lower()
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
    ask = pdfium.FPDFText_GetStrokeColor if mode in _STROKED else pdfium.FPDFText_GetFillColor
    colour, alpha = _rgba(ask, sheet.text, index) or (BLACK, 255)
    reason = HIDDEN if mode in _UNSEEN_MODES or alpha < LEAST_ALPHA else TINY if 0 < size < LEAST_SIZE else None
    return Look(size, bold, reason, colour, sheet.order.get(address, 0))


def _lines(sheet: Sheet) -> Iterator[Line]:
    """Yield the page's lines in the order in which it draws them."""
    row = Row()
    for index in range(pdfium.FPDFText_CountChars(sheet.text)):
        code = pdfium.FPDFText_GetUnicode(sheet.text, index)
        if pdfium.FPDFText_IsGenerated(sheet.text, index) == 1:
            if code in (10, 13):
                yield from row.ended(sheet)
                row = Row()
            else:
                row.add_space()
            continue
        place, look = _visible(sheet, index)
        if look is None:
            continue
        if pdfium.FPDFText_IsHyphen(sheet.text, index) == 1:
            row.add("-" + _HYPHEN, place, look)
            yield from row.ended(sheet)
            row = Row()
        elif code:
            row.add(chr(code), place, look)
    yield from row.ended(sheet)


def _visible(sheet: Sheet, index: int) -> tuple[tuple[float, float, float, float], Look | None]:
    """Return a character's place and look; no look where it is not seen, which is noted once per text object and reason."""
    item = pdfium.FPDFText_GetTextObject(sheet.text, index)
    look = _look(sheet, index, item)
    edges = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(sheet.text, index, *edges)
    left, right, bottom, top = (edge.value for edge in edges)
    x, y = (left + right) / 2, (bottom + top) / 2
    reason = look.reason or (OFF_PAGE if not _on_page(sheet.box, x, y) else None)
    if reason is None and right > left:
        behind = next((area.colour for area in reversed(sheet.areas[: look.areas]) if area.holds(x, y)), WHITE)
        reason = None if tells_apart(look.colour, behind) else LIKE_BACKGROUND
    if reason:
        if chr(pdfium.FPDFText_GetUnicode(sheet.text, index)).strip():
            sheet.hidden[(_address(item), reason)] = None
        return (left, right, bottom, top), None
    return (left, right, bottom, top), look


def _on_page(box: tuple[float, float, float, float], x: float, y: float) -> bool:
    left, bottom, right, top = box
    return left <= x <= right and bottom <= y <= top


@dataclass
class Row:
    """A line under way."""

    characters: list[str] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    bold: int = 0
    places: list[tuple[float, float, float, float]] = field(default_factory=list)

    def add(self, text: str, place: tuple[float, float, float, float], look: Look) -> None:
        """Add a visible character."""
        self.characters.append(text)
        if text.strip():
            self.sizes.append(look.size)
            self.bold += look.bold
            self.places.append(place)

    def add_space(self) -> None:
        """Add a space that stands in the page as a gap."""
        self.characters.append(" ")

    def ended(self, sheet: Sheet) -> Iterator[Line]:
        """Yield the line, unless it holds nothing."""
        if not self.places:
            return
        _, low, _, high = sheet.box
        height = max(high - low, 1.0)
        top, bottom = max(place[3] for place in self.places), min(place[2] for place in self.places)
        size = sorted(self.sizes)[len(self.sizes) // 2]
        left = min(place[0] for place in self.places)
        text = " ".join("".join(self.characters).split())
        yield Line(sheet.number, text, size, self.bold > 0.8 * len(self.sizes), left, (high - top) / height, (high - bottom) / height)
