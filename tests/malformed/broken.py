"""Broken and hostile documents by name: what people add by mistake, and what somebody may add on purpose."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache

from tests.malformed import packages, pdfs

WORDS = "Meet twice a month and write down what you agreed."
HTML = f"<html><body><h1>Guide</h1><p>{WORDS}</p></body></html>".encode()
DOCX = packages.docx(packages.p("Guide", style="H1"), packages.p(WORDS))
PPTX = packages.pptx(packages.slide(packages.shape("Guide", place="title"), packages.shape(WORDS, place="body")))
PDF = pdfs.pdf(pdfs.text("Guide", size=18, y=760) + pdfs.text(WORDS))
GOOD = {"guide.md": f"# Guide\n\n{WORDS}\n".encode(), "guide.html": HTML, "guide.docx": DOCX, "guide.pptx": PPTX, "guide.pdf": PDF}
XXE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = (
    "<!DOCTYPE d [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the entries of a ZIP archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """Return a document with one part replaced or added."""
    return packages.zipped({**parts_of(data), name: part})


def doubled(data: bytes, name: str, again: str) -> bytes:
    """Return an archive with an entry of a second name, of the same length, renamed to the first in the archive's own bytes."""
    return packages.zipped([*parts_of(data).items(), (again, b"<x/>")]).replace(again.encode(), name.encode())


def encrypted(data: bytes) -> bytes:
    """Return an archive whose entries claim to be encrypted."""
    held = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = held.find(mark)
        while at >= 0:
            held[at + offset] |= 1
            at = held.find(mark, at + 1)
    return bytes(held)


def overlapping(names: int, size: int) -> bytes:
    """Return an archive whose many entries all share one block of packed bytes."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(b"\0" * size) + packed.flush()
    check = zlib.crc32(b"\0" * size)
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, check, len(body), size, 1, 0) + b"a"
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, check, len(body), size, 4, 0, 0, 0, 0, 0, 0)
    directory = b"".join(entry + b"%04d" % number for number in range(names))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, names, names, len(directory), len(head) + len(body), 0)
    return head + body + directory + end


def claiming(data: bytes, size: int) -> bytes:
    """Return an archive whose every entry claims this size unpacked."""
    held = bytearray(data)
    at = held.find(b"PK\x01\x02")
    while at >= 0:
        held[at + 24 : at + 28] = struct.pack("<L", size)
        at = held.find(b"PK\x01\x02", at + 1)
    return bytes(held)


def looping_pages() -> bytes:
    """Return a PDF whose tree of pages holds itself."""
    return pdfs.pdf(pdfs.text(WORDS), kids="2 0 R 2 0 R 5 0 R", count=3)


def bursting_pdf(megabytes: int) -> bytes:
    """Return a PDF whose one page unpacks to this many megabytes of commands."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(b"0 0 m 1 1 l S\n" * 74_899) + packer.flush(zlib.Z_FULL_FLUSH)  # a block that stands for itself
    body = b"\x78\xda" + piece * megabytes + packer.flush()
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(body), body)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    return pdfs.joined([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content])


def locked_pdf() -> bytes:
    """Return a PDF that asks for a password."""
    key = "<" + "ab" * 32 + ">"
    return pdfs.pdf(
        pdfs.text(WORDS), trailer=f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O {key} /U {key} >> /ID [<aa> <aa>]"
    )


def ole(*streams: str) -> bytes:
    """Return the first bytes of an old Office document with these names in its directory."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(name.encode("utf-16-le") for name in streams) + b"\0" * 512


def deep_xml(levels: int) -> bytes:
    """Return the main part of a Word document with tables in tables."""
    inner = "<w:tbl><w:tr><w:tc>" * levels + f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * levels
    return f"<w:document {packages.W}><w:body>{inner}</w:body></w:document>".encode()


@cache
def hostile() -> dict[str, bytes]:
    """Return documents that must be refused, by file name."""
    return {**dict(_containers()), **dict(_marked_up()), **dict(_pdfs()), **dict(_other_kinds())}


def _containers() -> Iterator[tuple[str, bytes]]:
    yield "flat-bomb.docx", with_part(DOCX, "word/document.xml", b"<w:p>" + b" " * 21_000_000)
    yield "many-bombs.docx", claiming(DOCX, 19_000_000)
    yield "nested-bomb.docx", with_part(DOCX, "inner.zip", packages.zipped({"a.zip": packages.zipped({"b": b"\0" * 10_000_000})}))
    yield "many-entries.docx", packages.zipped({**parts_of(DOCX), **{f"word/{number}.xml": b"" for number in range(5_001)}})
    yield "shared-bytes.docx", overlapping(500, 100_000)
    yield "claims-a-gigabyte.docx", claiming(DOCX, 1_000_000_000)
    yield "claims-too-little.docx", claiming(with_part(DOCX, "word/document.xml", deep_xml(3)), 10)
    yield "upwards.docx", with_part(DOCX, "word/../../etc/cron.d/x", b"x")
    yield "absolute.docx", with_part(DOCX, "/etc/passwd", b"x")
    yield "backslash.pptx", with_part(PPTX, "ppt\\..\\x", b"x")
    yield "doubled.docx", doubled(DOCX, "word/document.xml", "word/documenu.xml")
    yield "encrypted-entries.docx", encrypted(DOCX)
    yield "empty-archive.docx", b"PK\x05\x06" + b"\0" * 18
    yield "archive.zip", packages.zipped({"notes.txt": WORDS})
    yield "sheet.xlsx", packages.zipped({"[Content_Types].xml": packages.TYPES, "xl/workbook.xml": "<workbook/>"})
    yield "letter.odt", packages.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
    yield "novel.epub", packages.zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<x/>"})
    yield "no-document.docx", packages.zipped({"[Content_Types].xml": packages.TYPES})
    yield (
        "gone.docx",
        packages.zipped({"[Content_Types].xml": packages.TYPES, "_rels/.rels": packages.relations(r_officeDocument="gone.xml")}),
    )
    yield "gif-and-zip.docx", b"GIF89a\x01\0\x01\0\0\0\0" + DOCX


def _marked_up() -> Iterator[tuple[str, bytes]]:
    main = parts_of(DOCX)["word/document.xml"]
    sheet = parts_of(PPTX)["ppt/slides/slide0.xml"]
    yield "entity.docx", with_part(DOCX, "word/document.xml", XXE.encode() + main.replace(b"Meet", b"&x; Meet"))
    yield "laughs.docx", with_part(DOCX, "word/document.xml", LAUGHS.encode() + main.replace(b"Meet", b"&i; Meet"))
    yield "wide-laughs.docx", with_part(DOCX, "word/document.xml", (LAUGHS + main.decode()).encode("utf-16"))
    yield "entity.pptx", with_part(PPTX, "ppt/slides/slide0.xml", XXE.encode() + sheet)
    yield "entity-in-styles.docx", with_part(DOCX, "word/styles.xml", LAUGHS.encode() + packages.STYLES.encode())
    yield "deep.docx", with_part(DOCX, "word/document.xml", deep_xml(33_000))
    yield "unclosed.docx", with_part(DOCX, "word/document.xml", main[:-20])
    yield "deep.html", b"<html><body>" + b"<div>" * 100_000 + WORDS.encode()
    yield "deep-lists.md", "\n".join("  " * level + f"- level {level} of it" for level in range(1_500)).encode()
    yield "script-only.html", b"<html><body><script>alert('Meet')</script><style>p{}</style></body></html>"
    yield "all-hidden.html", f"<html><body><p style='display: none'>{WORDS}</p></body></html>".encode()
    yield "all-hidden.docx", packages.docx(packages.p(packages.run(WORDS, "<w:vanish/>")))


def _pdfs() -> Iterator[tuple[str, bytes]]:
    yield "locked.pdf", locked_pdf()
    yield "bursting.pdf", bursting_pdf(1_500)
    yield "recognised-scan.pdf", pdfs.pdf(pdfs.text(WORDS, before="3 Tr"))
    yield "scan.pdf", pdfs.pdf("q 100 0 0 100 0 0 cm Q\n")
    yield "no-pages.pdf", pdfs.joined([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])
    yield "header-only.pdf", b"%PDF-1.7\n%\0\0\n"
    yield "many-pages.pdf", pdfs.pdf(*(pdfs.text(str(number)) for number in range(1_001)))
    yield "pdf-and-zip.pdf", b"%PDF-1.7\n\0" + DOCX


def _other_kinds() -> Iterator[tuple[str, bytes]]:
    yield "nothing.md", b""
    yield "blank.txt", b" \n\n\t\n"
    yield "marks-only.txt", b"--- *** ---\n...\n"
    yield "zeros.txt", b"\0" * 4_000
    yield "old.doc", ole("WordDocument")
    yield "locked.docx", ole("EncryptionInfo", "EncryptedPackage")
    yield "rich.rtf", b"{\\rtf1\\ansi " + WORDS.encode() + b"}"
    yield "picture.md", b"\x89PNG\r\n\x1a\n" + b"\0" * 100
    yield "photo.pdf", b"\xff\xd8\xff\xe0" + b"\0" * 100
    yield "drawing.svg", b"<?xml version='1.0'?><svg><text>Meet</text></svg>"
    yield "program.txt", b"\x7fELF" + b"\0" * 100
    yield "script.txt", b"#!/bin/sh\necho hello\n"
    yield "packed.gz", b"\x1f\x8b\x08" + b"\0" * 100
    yield "sound.mp3", b"ID3\x04\0\0" + b"\0" * 100
    yield "film.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 100
    yield "not-utf8.txt", b"\x81\x8d\x8f\x90\x9d" + WORDS.encode()
    yield "cyrillic.txt", ("Наставник слушает " * 20).encode("cp1251")
    yield "half-pair.txt", b"\xff\xfe" + WORDS.encode("utf-16-le") + b"\x00\xd8"
    yield "with-zeros.txt", WORDS.replace(" ", "\0").encode()
