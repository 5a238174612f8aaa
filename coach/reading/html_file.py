"""Read a web page: its main text with headings, lists and tables, as a reader sees it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from coach.reading.extract import COMMENTS, EMBEDDED, FRAME, SCRIPTS, Block, Extract, Heading, Item, Paragraph, Table, Verbatim
from coach.reading.html_style import Look, Rules, look_of, why_text_unseen, why_unseen
from coach.reading.refusals import NotReadable, Reason

DEEPEST = 400  # levels of elements; pages of this age reach 60
LONG_CELL = 60  # words; a table with such a cell is a layout
_SCRIPTS = {"script", "style", "template", "noscript", "head", "meta", "link", "base"}
_EMBEDDED = {"svg", "math", "canvas", "video", "audio", "iframe", "object", "embed", "map"}
_CONTROLS = {"select", "button", "input", "option", "datalist", "textarea", "progress"}
_FRAME_TAGS = {"nav", "footer", "aside"}
_FRAME_ROLES = {"navigation", "contentinfo", "banner", "search"}
_INLINE = set(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
    ]
) | set(["sub", "sup", "time", "tt", "u", "var", "wbr", "img", "br", "picture", "source"])
_TEXTS = ".//text()[not(ancestor::script or ancestor::style or ancestor::nav)]"
_LISTS = {"ul": False, "menu": False, "ol": True}


@dataclass
class Page:
    """A page under way."""

    rules: Rules
    extract: Extract
    line: list[str] = field(default_factory=list)


def read(text: str) -> Extract:
    """Return the main text of a web page as blocks."""
    root = _root(text)
    extract = Extract(property_title=" ".join((root.findtext(".//title") or "").split()))
    extract.left_out[COMMENTS] += sum(1 for _ in root.iter(etree.Comment))
    extract.left_out[SCRIPTS] += sum(1 for element in root.iter("script", "style", "template", "noscript"))
    page = Page(Rules(root), extract)
    main, looks = _main(root, page.rules)
    extract.left_out[FRAME] += main.tag in ("main", "article")  # what stands around it
    extract.blocks = list(_walk(main, page, looks)) + list(_flush(page))
    return extract


def _root(text: str) -> etree._Element:
    # The parser is told the encoding, so that what a page states about it changes nothing.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise NotReadable(Reason.NO_TEXT) from None
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise NotReadable(Reason.TOO_DEEP)
    return root


def _main(root: etree._Element, rules: Rules) -> tuple[etree._Element, Look]:
    """Return the element that holds the main text, and how text looks around it."""
    found = root.xpath("//main | //*[@role='main']") or _only_article(root) or root.xpath("//body")
    main = found[0] if found and "".join(found[0].itertext()).strip() else root
    look = Look()
    for element in reversed(list(main.iterancestors())):
        look = look_of(look, rules.of(element))
    return main, look


def _only_article(root: etree._Element) -> list[etree._Element]:
    """Return the page's article where it has one that holds most of the words."""
    articles = root.xpath("//article")
    of_page, of_article = (len(" ".join(part.xpath(_TEXTS)).split()) for part in (root, articles[0] if articles else root))
    return articles if len(articles) == 1 and of_article * 2 > of_page else []


def _walk(element: etree._Element, page: Page, outer: Look) -> Iterator[Block]:
    """Yield the blocks in an element; inline text gathers in `page.line` until a block begins or ends."""
    if not isinstance(element.tag, str) or _skipped(element, page):
        return
    style = page.rules.of(element)
    if reason := why_unseen(element, style):
        page.extract.left_out[reason] += bool("".join(element.itertext()).strip())
        return
    look = look_of(outer, style)
    tag = element.tag.lower()
    if tag in _INLINE:
        yield from _inside(element, page, look)
        return
    yield from _flush(page)
    yield from _block(tag, element, page, look)
    yield from _flush(page)


def _skipped(element: etree._Element, page: Page) -> bool:
    """Say whether an element is no text of the page; what may hold some is counted."""
    tag = element.tag.lower()
    if tag in _SCRIPTS or tag in _CONTROLS:
        return True
    if tag in _EMBEDDED:
        page.extract.left_out[EMBEDDED] += 1
        return True
    at_edge = tag == "header" and element.getparent() is not None and element.getparent().tag == "body" and not element.xpath(".//h1")
    if tag in _FRAME_TAGS or at_edge or element.get("role", "").lower() in _FRAME_ROLES:
        page.extract.left_out[FRAME] += 1
        return True
    return False


def _block(tag: str, element: etree._Element, page: Page, look: Look) -> Iterator[Block]:
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        if text := _text(element, page, look):
            yield Heading(int(tag[1]), text)
    elif tag in _LISTS:
        yield from _list(element, page, look, 0)
    elif tag == "table":
        yield from _table(element, page, look)
    elif tag == "pre":
        yield from _verbatim(element, page, look)
    else:
        yield from _inside(element, page, look)


def _verbatim(element: etree._Element, page: Page, look: Look) -> Iterator[Block]:
    outer, page.line = page.line, []
    blocks = list(_inside(element, page, look))
    raw, page.line = "".join(page.line), outer
    yield Verbatim("\n".join([*map(_words, blocks), raw]) if blocks else raw)


def _inside(element: etree._Element, page: Page, look: Look) -> Iterator[Block]:
    if element.tag == "img":
        page.line.append(f" {element.get('alt', '')} ")
    elif element.tag == "br":
        page.line.append(" ")
    _say(element.text, page, look)
    for child in element:
        yield from _walk(child, page, look)
        _say(child.tail, page, look)


def _say(text: str | None, page: Page, look: Look) -> None:
    if not text:
        return
    if text.strip() and (reason := why_text_unseen(look)):
        page.extract.left_out[reason] += 1
    else:
        page.line.append(text)


def _flush(page: Page) -> Iterator[Block]:
    text = " ".join("".join(page.line).split())
    page.line.clear()
    if text:
        yield Paragraph(text)


def _text(element: etree._Element, page: Page, look: Look) -> str:
    """Return the visible text of an element on one line."""
    outer, page.line = page.line, []
    blocks = [*_inside(element, page, look), *_flush(page)]
    page.line = outer
    return " ".join(filter(None, map(_words, blocks)))


def _words(block: Block) -> str:
    return "; ".join(" ".join(row) for row in block.rows) if isinstance(block, Table) else " ".join(block.text.split())


def _list(element: etree._Element, page: Page, look: Look, depth: int) -> Iterator[Block]:
    """Yield the items of a list, and text in it that belongs to none."""
    start = element.get("start", "1")
    number = int(start) if start.isdecimal() and len(start) < 7 else 1
    _say(element.text, page, look)
    yield from _flush(page)
    for child in element:
        if isinstance(child.tag, str) and not _skipped(child, page):
            yield from _member(child, page, look, depth, number if _LISTS.get(element.tag.lower()) else None)
            number += child.tag.lower() not in _LISTS
        _say(child.tail, page, look)
        yield from _flush(page)


def _member(child: etree._Element, page: Page, look: Look, depth: int, number: int | None) -> Iterator[Block]:
    style = page.rules.of(child)
    if reason := why_unseen(child, style):
        page.extract.left_out[reason] += 1
    elif child.tag.lower() in _LISTS:
        yield from _list(child, page, look_of(look, style), depth + 1)
    else:
        yield from _item(child, page, look_of(look, style), depth, number)


def _item(element: etree._Element, page: Page, look: Look, depth: int, number: int | None) -> Iterator[Block]:
    """Yield an item, then the lists in it one level deeper and whatever else it holds."""
    first = True
    for block in [*_inside(element, page, look), *_flush(page)]:
        if isinstance(block, Paragraph) and first:
            yield Item(block.text, depth, number)
        elif isinstance(block, Item):
            yield Item(block.text, depth + block.depth + 1, block.number)
        else:
            yield block
        first = False


def _table(table: etree._Element, page: Page, look: Look) -> Iterator[Block]:
    for caption in table.iterchildren("caption"):
        yield from _walk(caption, page, look)
    rows = [list(_cells(row, page, look_of(look, page.rules.of(row)))) for row in _rows(table, page)]
    words = max((len(_words(block).split()) for row in rows for cell in row for block in cell), default=0)
    if words > LONG_CELL or max(map(len, rows), default=0) < 2:
        yield from (block for row in rows for cell in row for block in cell)
        return
    yield Table(tuple(tuple("; ".join(filter(None, map(_words, cell))) for cell in row) for row in rows))


def _rows(table: etree._Element, page: Page) -> Iterator[etree._Element]:
    """Yield the rows of a table, not those of tables in it."""
    for child in table:
        if not isinstance(child.tag, str):
            continue
        if child.tag != "caption" and (reason := why_unseen(child, page.rules.of(child))):
            page.extract.left_out[reason] += 1
        elif child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child, page)


def _cells(row: etree._Element, page: Page, look: Look) -> Iterator[list[Block]]:
    for child in row:
        if child.tag in ("td", "th"):
            outer, page.line = page.line, []
            blocks = list(_walk(child, page, look))
            page.line = outer
            yield blocks
            span = child.get("colspan", "1")
            yield from ([] for _ in range(min(int(span), 63) - 1 if span.isdecimal() else 0))
