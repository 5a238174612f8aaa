"""Open the ZIP container of an Office document within limits, and parse its XML without entities."""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from coach.reading.refusals import NotReadable, Reason

MOST_UNPACKED = 100_000_000  # bytes of all parts together, as they claim and as they turn out
MOST_ENTRIES = 5_000
LARGE_PART = 20_000_000  # a part of that size and more must not be packed tighter than MOST_RATIO
MOST_RATIO = 200  # ordinary documents reach 74
_ENCRYPTED = 0x1
_EMBEDDINGS = ("word/embeddings/", "ppt/embeddings/", "word/media/", "ppt/media/", "word/fonts/", "ppt/fonts/")
_ZIP_NAMES = (".zip", ".docx", ".pptx", ".xlsx", ".docm", ".pptm", ".xlsm", ".jar")
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
# The strict variant of the format has namespaces of its own for the same words.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/presentationml/main", b"http://schemas.openxmlformats.org/presentationml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True)
class Relation:
    """A link from one part to another; `kind` is the last word of its type."""

    kind: str
    target: str


@dataclass
class Package:
    """The parts of an Office document by name; reading them counts towards one limit."""

    archive: zipfile.ZipFile
    unpacked: int = 0
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all parts."""
        return frozenset(self.archive.namelist())

    def read(self, name: str) -> bytes:
        """Return a part's bytes; raise NotReadable where it is missing, damaged or larger than all may be."""
        try:
            with self.archive.open(name) as part:
                data = part.read(MOST_UNPACKED - self.unpacked + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error, NotImplementedError, RuntimeError):
            raise NotReadable(Reason.DAMAGED) from None
        self.unpacked += len(data)
        if self.unpacked > MOST_UNPACKED:
            raise NotReadable(Reason.UNPACKS_TOO_FAR)
        return data

    def xml(self, name: str) -> etree._Element:
        """Return a part as XML, in the namespaces of the usual variant of the format."""
        data = self.read(name)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return parsed(data)

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the links of a part to other parts by id, without those that lead out of the document."""
        if name not in self._relations:
            folder, base = posixpath.split(name)
            beside = posixpath.join(folder, "_rels", f"{base}.rels")
            root = self.xml(beside) if beside in self.names else ()
            self._relations[name] = dict(_relations(root, folder))
        return self._relations[name]

    def related(self, name: str, kind: str) -> list[str]:
        """Return the parts of one kind that a part links to and that are there."""
        return [one.target for one in self.relations(name).values() if one.kind == kind and one.target in self.names]


def _relations(root: etree._Element | tuple[()], folder: str) -> Iterator[tuple[str, Relation]]:
    for one in root:
        if one.tag == _RELATIONSHIPS and one.get("TargetMode") != "External":
            target = unquote(one.get("Target", ""))
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield one.get("Id", ""), Relation(one.get("Type", "").rpartition("/")[2], path)


def parsed(data: bytes) -> etree._Element:
    """Return the root of an XML part; raise NotReadable where it declares a document type or is not well formed."""
    if any(mark in data for mark in _DOCTYPE):
        raise NotReadable(Reason.DECLARES_ENTITIES)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise NotReadable(Reason.TOO_DEEP if "depth" in str(problem).lower() else Reason.DAMAGED) from None


def opened(data: bytes) -> Package:
    """Return the container in these bytes; raise NotReadable where it is none or no word processor would write it so."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, struct.error, NotImplementedError, UnicodeDecodeError):
        raise NotReadable(Reason.DAMAGED) from None
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise NotReadable(Reason.UNPACKS_TOO_FAR)
    if any(entry.file_size >= LARGE_PART and entry.file_size > MOST_RATIO * max(1, entry.compress_size) for entry in entries):
        raise NotReadable(Reason.UNPACKS_TOO_FAR)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise NotReadable(Reason.LOCKED)
    if sum(entry.compress_size for entry in entries) > len(data):  # entries that share their bytes
        raise NotReadable(Reason.UNSAFE_CONTAINER)
    names = [entry.filename for entry in entries]
    if len(set(map(str.lower, names))) < len(names) or any(map(_strange, entries)):
        raise NotReadable(Reason.UNSAFE_CONTAINER)
    return Package(archive)


def _strange(entry: zipfile.ZipInfo) -> bool:
    """Say whether no word processor would name or pack an entry so; what is embedded as a file is never opened."""
    name = entry.orig_filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name.split("/")[0] or "\0" in name or ".." in name.split("/"):
        return True
    packed_otherwise = entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return packed_otherwise or (name.lower().endswith(_ZIP_NAMES) and not name.startswith(_EMBEDDINGS))


def office_kind(package: Package) -> str:
    """Return docx or pptx; raise NotReadable that names what else the container is."""
    main = package.related("", "officeDocument") if "_rels/.rels" in package.names else []
    kinds = {name.split("/")[0] for name in package.names}
    if "META-INF/container.xml" in package.names:
        raise NotReadable(Reason.E_BOOK)
    if "mimetype" in package.names and b"opendocument" in package.read("mimetype")[:200]:
        raise NotReadable(Reason.OPEN_DOCUMENT)
    if "xl" in kinds and not kinds & {"word", "ppt"}:
        raise NotReadable(Reason.SPREADSHEET)
    if not main:
        raise NotReadable(Reason.DAMAGED if "[Content_Types].xml" in package.names else Reason.ARCHIVE)
    root = etree.QName(package.xml(main[0])).localname
    if root not in ("document", "presentation"):
        raise NotReadable(Reason.SPREADSHEET if root == "workbook" else Reason.UNKNOWN)
    return "docx" if root == "document" else "pptx"


def main_part(package: Package) -> str:
    """Return the name of the part that holds the document."""
    found = package.related("", "officeDocument")
    if not found:
        raise NotReadable(Reason.DAMAGED)
    return found[0]
