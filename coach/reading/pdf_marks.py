"""What a page of a PDF paints and how its text looks, to tell text that nobody sees."""

import ctypes
import math
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from coach.reading.colours import BLACK, WHITE, Colour, tells_apart
from coach.reading.extract import HIDDEN, LIKE_BACKGROUND, OFF_PAGE, TINY

LEAST_SIZE = 4.0  # points
LEAST_ALPHA = 16  # of 255
BOLD_FROM = 600
_UNSEEN_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_STROKED = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)
_FORCED_BOLD = 1 << 18

Place = tuple[float, float, float, float]  # left, bottom, right, top


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
    """What the characters of one text object have in common; `reason` says why none of them is seen."""

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
    box: Place
    areas: list[Area] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)  # text object: areas painted before it
    looks: dict[int, Look] = field(default_factory=dict)
    hidden: dict[tuple[int, str], None] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """Neighbouring characters of one text object; `item` is its address, 0 for spaces and line ends that stand in the page as gaps."""

    item: int
    start: int
    codes: list[int]

    @property
    def text(self) -> str:
        """Return the characters, without those that have no code."""
        return "".join(chr(code) for code in self.codes if code)


def survey(page: pypdfium2.PdfPage, sheet: Sheet) -> None:
    """Note what the page paints, and in which order, so that text can be compared with what lies behind it."""
    for item in page.get_objects(max_depth=5):
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            sheet.order[_address(item.raw)] = len(sheet.areas)
        elif item.type in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            _paint(sheet, Area(*_bounds(item), None))
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH and (colour := _filled(item.raw)):
            _paint(sheet, Area(*_bounds(item), *colour))


def _paint(sheet: Sheet, area: Area) -> None:
    """Add an area, unless no letter has room on it or it is white on the white page."""
    roomy = area.right - area.left >= LEAST_SIZE and area.top - area.bottom >= LEAST_SIZE
    if roomy and (sheet.areas or area.colour != WHITE):
        sheet.areas.append(area)


def _bounds(item: pypdfium2.PdfObject) -> Place:
    """Return where an object stands on the page, whatever forms it is part of."""
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item.raw, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    while item.container is not None:
        item = item.container
        left, bottom, right, top = item.get_matrix().on_rect(left, bottom, right, top)
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


def look_of(sheet: Sheet, run: Run) -> Look:
    """Return how a run looks, found once per text object."""
    if run.item not in sheet.looks:
        sheet.looks[run.item] = _new_look(sheet, run)
    return sheet.looks[run.item]


def _new_look(sheet: Sheet, run: Run) -> Look:
    matrix, flags, name = pdfium.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetMatrix(sheet.text, run.start, matrix)
    size = pdfium.FPDFText_GetFontSize(sheet.text, run.start) * math.hypot(matrix.c, matrix.d)
    pdfium.FPDFText_GetFontInfo(sheet.text, run.start, name, 200, flags)
    heavy = pdfium.FPDFText_GetFontWeight(sheet.text, run.start) >= BOLD_FROM or bool(flags.value & _FORCED_BOLD)
    bold = heavy or any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))
    mode = pdfium.FPDFTextObj_GetTextRenderMode(ctypes.cast(run.item, pdfium.FPDF_PAGEOBJECT))
    ask = pdfium.FPDFText_GetStrokeColor if mode in _STROKED else pdfium.FPDFText_GetFillColor
    colour, alpha = _rgba(ask, sheet.text, run.start) or (BLACK, 255)
    reason = HIDDEN if mode in _UNSEEN_MODES or alpha < LEAST_ALPHA else TINY if 0 < size < LEAST_SIZE else None
    return Look(size, bold, reason, colour, sheet.order.get(run.item, 0))


def _place(sheet: Sheet, index: int) -> Place:
    """Return the left, bottom, right and top edge of a character."""
    edges = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(sheet.text, index, *edges)
    left, right, bottom, top = (edge.value for edge in edges)
    return left, bottom, right, top


def ends(sheet: Sheet, run: Run) -> tuple[Place, Place]:
    """Return the places of a run's first and last character."""
    return _place(sheet, run.start), _place(sheet, run.start + len(run.codes) - 1)


def baseline(sheet: Sheet, run: Run) -> float:
    """Return how far below the page's upper edge a run stands, in points."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(sheet.text, run.start, x, y)
    return sheet.box[3] - y.value


def visible_text(sheet: Sheet, run: Run) -> str:
    """Return the characters of a run that are seen; what is not is noted once per text object and reason."""
    look = look_of(sheet, run)
    if look.reason is None and all(_on_page(sheet.box, place) for place in ends(sheet, run)) and _shows_anywhere(sheet, look):
        return run.text
    seen: list[str] = []
    for offset, code in enumerate(run.codes):
        reason = look.reason or _why_unseen(sheet, look, _place(sheet, run.start + offset))
        if reason and chr(code).strip():
            sheet.hidden[run.item, reason] = None
        seen.append(chr(code) if code and not reason else "")
    return "".join(seen)


def _shows_anywhere(sheet: Sheet, look: Look) -> bool:
    """Say whether text of this colour can be told from all that is painted before it, and so needs no closer look."""
    return all(tells_apart(look.colour, colour) for colour in {WHITE, *(area.colour for area in sheet.areas[: look.areas])})


def _why_unseen(sheet: Sheet, look: Look, place: Place) -> str | None:
    left, bottom, right, top = place
    if not _on_page(sheet.box, place):
        return OFF_PAGE
    x, y = (left + right) / 2, (bottom + top) / 2
    behind = next((area.colour for area in reversed(sheet.areas[: look.areas]) if area.holds(x, y)), WHITE)
    return None if tells_apart(look.colour, behind) else LIKE_BACKGROUND


def _on_page(box: Place, place: Place) -> bool:
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
