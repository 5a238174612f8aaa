"""The visible lines of a PDF's pages, with size, weight and place; what is hidden is counted."""

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from coach.reading.pdf_marks import Look, Run, Sheet, baseline, ends, look_of, survey, visible_text
from coach.reading.refusals import NotReadable, Reason

MOST_PAGES = 1_000
MOST_CHARACTERS = 4_000_000  # of all pages, hidden ones included
_HYPHENS = (0x02, 0x2D, 0xAD, 0x2010, 0xFFFE)
BROKEN = "-\u00ad"  # stands at the end of a line for a hyphen that breaks a word
_OBJECT_OF = pdfium.FPDFText_GetTextObject
_OBJECT_OF.restype = ctypes.c_void_p  # an address: asked for each character, and a pointer object takes three times as long


@dataclass
class Line:
    """A line of text on a page; `left` and `base` are points from the left and upper edge, `share` is that of the page's height above it."""

    page: int
    text: str
    size: float
    bold: bool
    left: float
    base: float
    share: float


def lines_of(data: bytes, left_out: Counter[str]) -> tuple[str, list[Line]]:
    """Return a PDF's title property and its lines, page by page; raise NotReadable where it is locked, damaged or too long."""
    document = _opened(data)
    lines: list[Line] = []
    seen = 0
    try:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            seen += text.count_chars()
            if seen > MOST_CHARACTERS:
                raise NotReadable(Reason.TOO_MUCH_TEXT)
            sheet = Sheet(number, text.raw, page.get_bbox())
            survey(page, sheet)
            lines += _lines(sheet)
            left_out.update(reason for _, reason in sheet.hidden)
            text.close()
            page.close()
    except pypdfium2.PdfiumError:
        raise NotReadable(Reason.DAMAGED) from None
    return document.get_metadata_value("Title"), lines


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        locked = getattr(problem, "err_code", 0) == pdfium.FPDF_ERR_PASSWORD or "password" in str(problem).lower()
        raise NotReadable(Reason.LOCKED if locked else Reason.DAMAGED) from None
    if len(document) > MOST_PAGES:
        raise NotReadable(Reason.TOO_MANY_PAGES)
    return document


def _runs(sheet: Sheet) -> Iterator[Run]:
    """Yield the page's characters in the order in which it draws them, by text object."""
    start, item, codes = 0, 0, list[int]()
    for index, code in enumerate(_codes(sheet)):
        now = _OBJECT_OF(sheet.text, index) or 0
        if now != item:
            if codes:
                yield Run(item, start, codes)
            start, item, codes = index, now, []
        codes.append(code)
    if codes:
        yield Run(item, start, codes)


def _codes(sheet: Sheet) -> list[int]:
    """Return the code points of all characters: in one go where each takes one place, one by one otherwise."""
    count = pdfium.FPDFText_CountChars(sheet.text)
    held = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(sheet.text, 0, count, held)
    if written == count + 1 and all(held[:count]) and not any(0xD800 <= code < 0xE000 for code in held[:count]):
        return list(held[:count])
    return [pdfium.FPDFText_GetUnicode(sheet.text, index) for index in range(count)]


def _lines(sheet: Sheet) -> Iterator[Line]:
    row = Row()
    for run in _runs(sheet):
        if not run.item:
            row.characters.append(" ")
            if any(code in (10, 13) for code in run.codes):
                yield from row.ended(sheet)
                row = Row()
            continue
        text, look = visible_text(sheet, run), look_of(sheet, run)
        if text.strip():
            breaks = run.codes[-1] in _HYPHENS and pdfium.FPDFText_IsHyphen(sheet.text, run.start + len(run.codes) - 1) == 1
            row.add(text[:-1] + BROKEN if breaks else text, ends(sheet, run)[0][0], baseline(sheet, run), look)
            if breaks:
                yield from row.ended(sheet)
                row = Row()
        elif text:
            row.characters.append(" ")
    yield from row.ended(sheet)


@dataclass
class Row:
    """A line under way."""

    characters: list[str] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    left: float = 0.0
    base: float = 0.0

    def add(self, text: str, left: float, base: float, look: Look) -> None:
        """Add visible characters of one look."""
        self.left, self.base = (min(self.left, left), max(self.base, base)) if self.sizes else (left, base)
        self.characters.append(text)
        self.letters += len(text)
        self.sizes.append(look.size)
        self.bold += len(text) if look.bold else 0

    def ended(self, sheet: Sheet) -> Iterator[Line]:
        """Yield the line, unless it holds nothing."""
        if self.sizes:
            height = max(sheet.box[3] - sheet.box[1], 1.0)
            size = sorted(self.sizes)[len(self.sizes) // 2]
            text = " ".join("".join(self.characters).split())
            yield Line(sheet.number, text, size, self.bold > 0.8 * self.letters, self.left, self.base, self.base / height)
