"""The guidance as people see it: what a file would become, the list that coordinators look after, and a document to read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from coach.domain.documents import DocumentDetails
from coach.domain.guidance import Document, Origin, Passage
from coach.errors import AccessDenied
from coach.language.likeness import alike
from coach.reading.documents import LeftOut
from coach.retrieval.split import split_document
from coach.services.added_files import ReadFile, passages_of, read_file
from coach.services.cited import bands_of_documents
from coach.services.parts import Parts
from coach.services.programme_access import Acting, guidance_for
from coach.store import guidance, programmes
from coach.themes.disclosure import Band

NOT_THERE = "There is no such document, or it is not yours to read."


class Standing(StrEnum):
    """What adding a file would do."""

    NEW = "new"
    REPLACES = "replaces"
    ALREADY_THERE = "already there"


@dataclass(frozen=True)
class Alike:
    """A passage of a file that mostly says what a passage of another document says already."""

    section: str
    document: str
    other_section: str


@dataclass(frozen=True)
class DocumentPreview:
    """What a file would become; nothing of it is kept yet. `proposed` are questions by section that might be added."""

    read: ReadFile
    passages: tuple[Passage, ...]
    standing: Standing
    replaces: Document | None
    alike: tuple[Alike, ...]
    proposed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def details(self) -> DocumentDetails:
        """Return what the file says about itself."""
        return self.read.details

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Return what of the file nobody would see or search."""
        return self.read.left_out


@dataclass(frozen=True)
class DocumentSeen:
    """A document in the list of those who look after the guidance; `cited` is None where the figure cannot be shown, whatever the reason."""

    document: Document
    passages: int
    cited: Band | None

    @property
    def added_on(self) -> date | None:
        """Return the day on which it was added or replaced last; None for what ships."""
        return self.document.added_at.astimezone().date() if self.document.added_at else None

    @property
    def can_change(self) -> bool:
        """Tell whether it is the programme's own, and so its coordinators' to change."""
        return self.document.programme_id is not None


@dataclass(frozen=True)
class DocumentPage:
    """A whole document to read, with its passages in order."""

    document: Document
    passages: tuple[Passage, ...]


def preview_document(parts: Parts, actor: Acting, data: bytes, name: str) -> DocumentPreview:
    """Return what a file would become if it were added; nothing is kept. InputRefused where it cannot be read."""
    with parts.database.read() as connection:
        guidance_for(connection, actor)
    read = read_file(data, name)
    passages = passages_of(read, read.details)
    with parts.database.read() as connection:
        programme_id = guidance_for(connection, actor)
        known = guidance.by_file(connection, programme_id, name)
        same = known is not None and guidance.file_fingerprint(connection, known.id) == read.sha256
    others = tuple(p for p in parts.library.passages(programme_id) if known is None or p.document_id != known.id)
    standing = Standing.NEW if known is None else Standing.ALREADY_THERE if same else Standing.REPLACES
    return DocumentPreview(read, passages, standing, known, _alike(passages, others))


def library_of(parts: Parts, actor: Acting) -> tuple[DocumentSeen, ...]:
    """Return what a coordinator's programme sees: its own documents, those for every programme, and those that ship."""
    with parts.database.read() as connection:
        programme_id = guidance_for(connection, actor)
        documents = guidance.documents(connection, programme_id)
        cited = bands_of_documents(connection, programme_id) if programme_id else {}
    counts = parts.library.passage_counts(programme_id)
    return tuple(DocumentSeen(document, counts[document.id], cited.get(document.id)) for document in documents)


def read(parts: Parts, actor: str, document_id: str) -> DocumentPage:
    """Return a whole document to somebody of the programme; AccessDenied, in the same words, for another one's and for none at all."""
    with parts.database.read() as connection:
        document = _readable(connection, actor, document_id)
    return DocumentPage(document, tuple(split_document(document)))


def is_in_guidance(parts: Parts, programme_id: str, passage: Passage) -> bool:
    """Tell whether the document of a passage that a draft cites is still in its programme's guidance, in whatever version."""
    with parts.database.read() as connection:
        document = guidance.by_id(connection, passage.document_id)
    return document is not None and _visible(document, programme_id)


def _readable(connection: Connection, actor: str, document_id: str) -> Document:
    person = programmes.person_by_id(connection, actor)
    document = guidance.by_id(connection, document_id)
    if person is None or document is None or not _visible(document, person.programme_id):
        raise AccessDenied(NOT_THERE)
    return document


def _visible(document: Document, programme_id: str) -> bool:
    return document.origin is Origin.SHIPPED or document.programme_id in (None, programme_id)


def _alike(passages: tuple[Passage, ...], others: tuple[Passage, ...]) -> tuple[Alike, ...]:
    by_id = {passage.id: passage for passage in (*passages, *others)}
    found = alike({p.id: p.text for p in passages}, ((p.id, p.text) for p in others))
    return tuple(Alike(by_id[own].section, by_id[other].document, by_id[other].section) for own, other in found.items())
