"""Read Markdown: front matter apart, without comments, raw HTML and addresses."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coach.reading.extract import COMMENTS, HIDDEN, SCRIPTS, Extract
from coach.reading.invisible import visible

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_SCRIPTS = frozenset({"script", "style", "template", "noscript"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "source", "wbr", "col"})
_HIDES = re.compile(
    r"\bhidden\b|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[0-3](?:\.\d+)?(?:px|pt|em)?\b|opacity\s*:\s*0(?:\.0\d*)?\b",
    re.I,
)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_CODE = re.compile(r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)", re.S)
_TAG_OR_CODE = re.compile(_CODE.pattern + r"|<(?P<closes>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?:\s[^<>]*)?)/?>", re.S)
_TARGET = r"\(\s*(?:<[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
_IMAGE = re.compile(r"!\[([^\[\]]*)\](?:" + _TARGET + r"|\[[^\[\]]*\])")
_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\](?:" + _TARGET + r"|\[[^\[\]]*\])")
# Also within quotations and lists, where what a reader does not see would else stand in a passage.
_REFERENCE = re.compile(
    r"^((?:[ \t]*>)*[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*)\[[^\[\]\n]+\]:[ \t]*(?:<[^<>\n]*>|[^\s<]\S*)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$",
    re.M,
)
_CHARACTER = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_AUTOLINK = re.compile(r"<((?:https?|mailto|ftp):[^<>\s]+|[\w.+-]+@[\w-]+\.[\w.-]+)>", re.I)


def read(text: str) -> Extract:
    """Return the Markdown as a reader sees it, and its front matter, whose values may be of any kind."""
    meta, body = front_matter(text)
    extract = Extract(meta=meta)
    extract.markdown = _with_plain_headings(_cleaned(body, extract.left_out)).strip()
    return extract


def front_matter(text: str) -> tuple[dict[str, object], str]:
    """Return the front matter and the text after it; where there is none that is a mapping, an empty one and all of the text."""
    found = _FRONT.match(text)
    try:
        meta = yaml.safe_load(found[1]) if found else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return ({"front matter": None}, text[found.end() :]) if found and re.search(r"^\w+:", found[1], re.M) else ({}, text)
    if not found or not isinstance(meta, dict):
        return {}, text
    return {str(key): value for key, value in meta.items() if isinstance(key, str | int)}, text[found.end() :]


def _tokens(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def _cleaned(text: str, left_out: Counter[str]) -> str:
    lines = text.split("\n")
    pieces: list[str] = []
    at = 0
    for start, end in _verbatim(_tokens(text)):
        if start < at:
            continue
        pieces += [_prose("\n".join(lines[at:start]), left_out), "\n".join(lines[start:end])]
        at = end
    pieces.append(_prose("\n".join(lines[at:]), left_out))
    return "\n".join(piece for piece in pieces if piece)


def _verbatim(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    for token in tokens:
        if token.type in ("fence", "code_block") and token.map:
            yield token.map[0], token.map[1]


def _prose(text: str, left_out: Counter[str]) -> str:
    text, comments = _COMMENT.subn("", text)
    left_out[COMMENTS] += comments
    text = _CHARACTER.sub(lambda named: named[0] if visible(unescape(named[0]), left_out) else "", text)
    return _REFERENCE.sub(r"\1", "".join(_spans(_without_tags(text, left_out))))


def _without_tags(text: str, left_out: Counter[str]) -> str:
    """Return the text without HTML tags; what stands between tags stays, unless an element hides it."""
    pieces: list[str] = []
    at, hiding, depth = 0, "", 0
    for tag in _TAG_OR_CODE.finditer(text):
        closes, name, attributes = bool(tag["closes"]), (tag["name"] or "").lower(), tag["attributes"] or ""
        if not hiding:
            pieces.append(text[at : tag.start()])
        at = tag.end()
        if hiding:
            depth += 0 if name != hiding else -1 if closes else 1
            hiding = hiding if depth else ""
        elif not name:
            pieces.append(tag[0])
        elif not closes and name not in _VOID and (name in _SCRIPTS or _HIDES.search(attributes)):
            left_out[SCRIPTS if name in _SCRIPTS else HIDDEN] += 1
            hiding, depth = name, 1
        else:
            pieces.append(_in_place_of(name, attributes))
    return "".join(pieces) + ("" if hiding else text[at:])


def _in_place_of(name: str, attributes: str) -> str:
    alt = _ALT.search(attributes) if name == "img" else None
    return (alt[1] or alt[2] or "") if alt else "\n" if name == "br" else ""


def _spans(text: str) -> Iterator[str]:
    """Yield the text with links and images as their words; what stands as code stays as it is."""
    at = 0
    for code in _CODE.finditer(text):
        yield _words_of_links(text[at : code.start()])
        yield code[0]
        at = code.end()
    yield _words_of_links(text[at:])


def _words_of_links(text: str) -> str:
    for pattern in (_IMAGE, _LINK, _AUTOLINK):
        text = pattern.sub(r"\1", text)
    return text


def _with_plain_headings(text: str) -> str:
    """Return the text with each heading on one line after #s; several of the first level all go one level down."""
    tokens = _tokens(text)
    opened = [(place, token) for place, token in enumerate(tokens) if token.type == "heading_open" and not token.level and token.map]
    down = 1 if sum(token.tag == "h1" for _, token in opened) > 1 else 0
    lines = text.split("\n")
    for place, token in reversed(opened):
        start, end = token.map or (0, 0)
        words = " ".join(tokens[place + 1].content.split())
        lines[start:end] = [f"{'#' * min(6, int(token.tag[1]) + down)} {words}", *([""] if end - start > 1 else [])]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
