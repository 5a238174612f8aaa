"""Tell what a document is from its own bytes."""

import re

from coach.reading.refusals import NotReadable, Reason

# The first bytes of what people try to add and that cannot be read.
_OTHER = (
    (b"\x89PNG", Reason.IMAGE),
    (b"\xff\xd8\xff", Reason.IMAGE),
    (b"GIF8", Reason.IMAGE),
    (b"BM", Reason.IMAGE),
    (b"II*\0", Reason.IMAGE),
    (b"MM\0*", Reason.IMAGE),
    (b"8BPS", Reason.IMAGE),
    (b"MZ", Reason.PROGRAM),
    (b"\x7fELF", Reason.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Reason.PROGRAM),
    (b"\xca\xfe\xba\xbe", Reason.PROGRAM),
    (b"#!/", Reason.PROGRAM),
    (b"\x1f\x8b", Reason.ARCHIVE),
    (b"BZh", Reason.ARCHIVE),
    (b"7z\xbc\xaf", Reason.ARCHIVE),
    (b"\xfd7zXZ", Reason.ARCHIVE),
    (b"Rar!", Reason.ARCHIVE),
    (b"ID3", Reason.MEDIA),
    (b"OggS", Reason.MEDIA),
    (b"fLaC", Reason.MEDIA),
    (b"\x1aE\xdf\xa3", Reason.MEDIA),
    (b"{\\rtf", Reason.RICH_TEXT),
)
_TEXTUAL = frozenset({b"BM", b"MZ", b"BZh", b"ID3", b"GIF8", b"8BPS", b"OggS"})  # a text may start so too
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b", re.I | re.S)
_FRAGMENT = re.compile(rb"\s*<(?:p|div|span|section|article|main|header|h[1-6]|ul|ol|table|style|script|!--)\b.*</", re.I | re.S)
_OTHER_XML = re.compile(rb"\s*<(?:\?xml|svg|!doctype)\b", re.I)
HEAD = 4096  # bytes in which a text shows that it is HTML


def kind_of(data: bytes, markdown: bool) -> str:
    """Return pdf, zip, html, md or txt; `markdown` decides between the last two alone. Raise NotReadable for anything else."""
    if not data.strip(b"\0 \t\r\n\x0c\xef\xbb\xbf"):
        raise NotReadable(Reason.EMPTY)
    if data.startswith(_OLE):
        raise NotReadable(Reason.LOCKED if _LOCKED_OFFICE in data else Reason.OLD_OFFICE)
    for start, reason in _OTHER:
        if data.startswith(start) and (start not in _TEXTUAL or b"\0" in data[:HEAD]):
            raise NotReadable(reason)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        raise NotReadable(Reason.IMAGE if data[8:12] in (b"WEBP", b"heic", b"avif") else Reason.MEDIA)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    # The standard lets some bytes stand before a PDF's header; in a text, a header is a quotation.
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b"\0" in data):
        return "pdf"
    return _text_kind(data, markdown)


def _text_kind(data: bytes, markdown: bool) -> str:
    head = data[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head) or (not markdown and _FRAGMENT.match(head)):
        return "html"
    if _OTHER_XML.match(head):
        raise NotReadable(Reason.UNKNOWN)
    return "md" if markdown else "txt"
