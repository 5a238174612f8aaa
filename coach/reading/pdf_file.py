"""Read a PDF: its lines joined to paragraphs, headings where size or weight makes them plain."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from coach.reading.extract import CONTENTS, FRAME, Block, Extract, Heading, Item, Paragraph
from coach.reading.pdf_chars import BROKEN, Line, lines_of

MARGIN = 0.12  # share of a page's height above and below in which headers and footers stand
REPEATS = 3  # pages on which a line in the margin makes it a running one
LARGER = 1.12  # times the size of running text
MOST_WORDS_OF_HEADING = 16
PARAGRAPH_GAP = 1.2  # times the usual distance of two lines; lines of one paragraph stand closer
MOST_PITCH = 2.0  # times the size of the text; lines further apart are no lines of one paragraph
_BULLET = re.compile(r"^[•●▪■◦‣⁃·–—*\-o](?=\s)\s*")
_NUMBERED = re.compile(r"^(\d{1,3})[.)]\s+(?=\S)")
_CONTENTS_LINE = re.compile(r"(?:\s?[.…]){5,}\s*\d{1,4}$")
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.I)


def read(data: bytes) -> Extract:
    """Return the text of a PDF as blocks."""
    extract = Extract()
    extract.property_title, lines = lines_of(data, extract.left_out)
    body = [line for line in _without_running(lines, extract) if not _CONTENTS_LINE.search(line.text)]
    extract.left_out[CONTENTS] += sum(bool(_CONTENTS_LINE.search(line.text)) for line in lines)
    words = Counter(word.lower() for line in body for word in re.findall(r"\w+(?:-\w+)*", line.text))
    extract.blocks = list(_blocks(body, words))
    return extract


def _without_running(lines: list[Line], extract: Extract) -> list[Line]:
    """Return the lines without page numbers and without what repeats at the edges of pages."""
    pages = {line.page for line in lines}
    margin = [line for line in lines if not MARGIN < line.share < 1 - MARGIN]
    seen = Counter(text for text, _ in {(_pattern(line), line.page) for line in margin})
    needed = min(REPEATS, max(2, len(pages)))
    running = [line for line in margin if seen[_pattern(line)] >= needed or (_PAGE_NUMBER.match(line.text) and len(pages) > 1)]
    extract.left_out[FRAME] += len(running)
    gone = {id(line) for line in running}
    return [line for line in lines if id(line) not in gone]


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.lower())


def _blocks(lines: list[Line], words: Counter[str]) -> Iterator[Block]:
    body = _body_size(lines)
    levels = _levels(lines, body)
    for heading, group in groupby(_marked(lines, body), key=lambda pair: pair[1]):
        some = [line for line, _ in group]
        if heading:
            yield from _headings(some, levels, words)
        else:
            yield from _paragraphs(some, _pitch(lines), words)


def _body_size(lines: list[Line]) -> float:
    """Return the size of most of the text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=1.0)


def _levels(lines: list[Line], body: float) -> dict[float, int]:
    """Return a level for each size that is plainly larger than running text, the largest first."""
    larger = sorted({round(line.size * 2) / 2 for line in lines if line.size >= body * LARGER and _short(line)}, reverse=True)
    single = sum(round(line.size * 2) / 2 == larger[0] for line in lines) <= 3 if larger else False
    first = 1 if single and len(larger) > 1 else 2
    return {size: min(first + place, 5) for place, size in enumerate(larger)}


def _short(line: Line) -> bool:
    return len(line.text.split()) <= MOST_WORDS_OF_HEADING and any(character.isalpha() for character in line.text)


def _marked(lines: list[Line], body: float) -> Iterator[tuple[Line, bool]]:
    """Yield each line with whether it is a heading, or a part of one: larger than the text, or bold on a line of its own."""
    all_bold = sum(len(line.text) for line in lines if line.bold) > 0.5 * sum(len(line.text) for line in lines)
    for line in lines:
        larger = line.size >= body * LARGER
        bold = line.bold and not all_bold and line.text[-1] not in ".,;:!" and line.size >= body * 0.95
        yield line, _short(line) and (larger or bold) and not _BULLET.match(line.text)


def _headings(lines: list[Line], levels: dict[float, int], words: Counter[str]) -> Iterator[Heading]:
    """Yield headings; neighbouring lines of the same look are one heading over several lines."""
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and run and _one_heading(run[-1], line):
            run.append(line)
            continue
        if run:
            lowest = max(levels.values(), default=1) + 1
            yield Heading(levels.get(round(run[0].size * 2) / 2, lowest), _joined(run, words))
        run = [line] if line is not None else []


def _one_heading(above: Line, below: Line) -> bool:
    same = abs(above.size - below.size) < 0.6 and above.bold == below.bold and above.page == below.page
    return same and 0 < below.base - above.base < 1.6 * above.size and not _NUMBERED.match(below.text)


def _paragraphs(lines: list[Line], pitch: float, words: Counter[str]) -> Iterator[Block]:
    run: list[Line] = []
    for line in lines:
        if run and _begins(run, line, pitch):
            yield _block(run, words)
            run = []
        run.append(line)
    if run:
        yield _block(run, words)


def _pitch(lines: list[Line]) -> float:
    """Return the distance of most neighbouring lines, in times their size."""
    pairs = [(above, below) for above, below in pairwise(lines) if above.page == below.page and abs(above.size - below.size) < 0.6]
    steps = sorted(
        (below.base - above.base) / above.size for above, below in pairs if above.size < below.base - above.base < MOST_PITCH * above.size
    )
    return steps[len(steps) // 2] if steps else 1.2


def _begins(run: list[Line], line: Line, pitch: float) -> bool:
    """Say whether a line begins a paragraph or item of its own."""
    above = run[-1]
    if _BULLET.match(line.text) or _NUMBERED.match(line.text):
        return True
    if line.page != above.page or line.base < above.base - above.size:  # a new page or column
        return above.text[-1] in ".!?:" and not line.text[0].islower()
    if line.base - above.base > PARAGRAPH_GAP * pitch * above.size:
        return True
    listed = _BULLET.match(run[0].text) or _NUMBERED.match(run[0].text)
    return bool(listed) and line.left < run[0].left + 0.5 and above.text[-1] in ".!?;"


def _block(run: list[Line], words: Counter[str]) -> Block:
    text = _joined(run, words)
    if _BULLET.match(text):
        return Item(_BULLET.sub("", text, count=1))
    numbered = _NUMBERED.match(text)
    return Item(text[numbered.end() :], 0, int(numbered[1])) if numbered else Paragraph(text)


def _joined(run: list[Line], words: Counter[str]) -> str:
    pieces = [run[0].text]
    for line in run[1:]:
        pieces += _following(pieces, line.text, words)
    return " ".join(pieces).replace(BROKEN, "-").replace("\u00ad", "")


def _following(pieces: list[str], line: str, words: Counter[str]) -> tuple[str, ...]:
    """Return what the next line adds; a word that was broken at the end of the one before is made whole there."""
    before, _, last = pieces[-1].rpartition(" ")
    broken, begins = re.fullmatch(r"(\W*(?:\w+-)*)(\w+)-\u00ad?", last), re.match(r"\w+", line)
    if not broken or not begins or not line[0].islower():
        return (line,)
    hyphenated, whole = f"{broken[2]}-{begins[0]}", broken[2] + begins[0]
    kept = hyphenated if words[hyphenated.lower()] > words[whole.lower()] else whole
    pieces[-1] = f"{before} {broken[1]}{kept}{line[begins.end() :].partition(' ')[0]}".strip()
    rest = line[begins.end() :].partition(" ")[2]
    return (rest,) if rest else ()
