"""The guidance as people see it: what a file would become, the list that coordinators look after, and a document to read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from coach.domain.documents import DocumentDetails
from coach.domain.guidance import Citation, Document, Origin, Passage
from coach.domain.people import Person
from coach.errors import AccessDenied
from coach.language.likeness import alike
from coach.language.prose import stands_word_for_word
from coach.reading.documents import MOST_BYTES, LeftOut
from coach.retrieval.split import split_document
from coach.services.added_files import ReadFile, passages_of, read_file
from coach.services.cited import bands_of_documents
from coach.services.guidance import replaced
from coach.services.parts import Parts
from coach.services.programme_access import Acting, guidance_for
from coach.services.proposing import proposed
from coach.store import guidance, programmes
from coach.themes.disclosure import Band

MOST_MEGABYTES = MOST_BYTES // 1_000_000  # a file
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


def preview_document(parts: Parts, actor: Acting, data: bytes, name: str, place: str | None = None) -> DocumentPreview:
    """Return what a file would become if it were added, or took the place of the document with an id; nothing is kept.

    InputRefused where it cannot be read, or where its name belongs to another document than that.
    """
    with parts.database.read() as connection:
        guidance_for(connection, actor)
    read = read_file(data, name)
    passages = passages_of(read, read.details)
    with parts.database.read() as connection:
        programme_id = guidance_for(connection, actor)
        known = replaced(connection, actor, name, place)
        same = known is not None and guidance.file_fingerprint(connection, known.id) == read.sha256
    others = tuple(p for p in parts.library.passages(programme_id) if known is None or p.document_id != known.id)
    standing = Standing.NEW if known is None else Standing.ALREADY_THERE if same else Standing.REPLACES
    unasked = [passage for passage in passages if not passage.questions]
    return DocumentPreview(read, passages, standing, known, _alike(passages, others), proposed(parts, actor, unasked, by_model=False))


def library_of(parts: Parts, actor: Acting) -> tuple[DocumentSeen, ...]:
    """Return what a coordinator's programme sees: its own documents, those for every programme, and those that ship."""
    with parts.database.read() as connection:
        programme_id = guidance_for(connection, actor)
        documents = guidance.documents(connection, programme_id)
        cited = bands_of_documents(connection, programme_id) if programme_id else {}
    counts = parts.library.passage_counts(programme_id)
    return tuple(DocumentSeen(document, counts[document.id], cited.get(document.id)) for document in documents)


def documents_to_read(parts: Parts, actor: str) -> tuple[Document, ...]:
    """Return what somebody of a programme may read: its own documents, then those for every programme, then those that ship, by title."""
    with parts.database.read() as connection:
        person = _somebody(connection, actor)
        documents = guidance.documents(connection, person.programme_id)
    return tuple(sorted(documents, key=lambda d: (d.origin is Origin.SHIPPED, d.programme_id is None, d.title.casefold())))


def passages_cited(parts: Parts, actor: str, citations: Collection[Citation]) -> dict[str, Passage]:
    """Return by key the passages that citations quote, as far as they are still in the guidance that somebody may read."""
    with parts.database.read() as connection:
        programme_id = _somebody(connection, actor).programme_id
    places: dict[tuple[str, str], list[Passage]] = {}
    for passage in parts.library.passages(programme_id) if citations else ():
        places.setdefault((passage.document, passage.section), []).append(passage)
    found = {c.key: places.get((c.document, c.section), []) for c in citations}
    quotes = {c.key: c.quote for c in citations}
    return {key: next((p for p in those if stands_word_for_word(quotes[key], p.text)), those[0]) for key, those in found.items() if those}


def read(parts: Parts, actor: str, document_id: str) -> DocumentPage:
    """Return a whole document to somebody of the programme; AccessDenied, in the same words, for another one's and for none at all."""
    with parts.database.read() as connection:
        document = _readable(connection, actor, document_id)
    return DocumentPage(document, tuple(split_document(document)))


def _readable(connection: Connection, actor: str, document_id: str) -> Document:
    person = _somebody(connection, actor)
    document = guidance.by_id(connection, document_id)
    if document is None or not _visible(document, person.programme_id):
        raise AccessDenied(NOT_THERE)
    return document


def _somebody(connection: Connection, actor: str) -> Person:
    person = programmes.person_by_id(connection, actor)
    if person is None:
        raise AccessDenied(NOT_THERE)
    return person


def _visible(document: Document, programme_id: str) -> bool:
    return document.origin is Origin.SHIPPED or document.programme_id in (None, programme_id)


def _alike(passages: tuple[Passage, ...], others: tuple[Passage, ...]) -> tuple[Alike, ...]:
    by_id = {passage.id: passage for passage in (*passages, *others)}
    found = alike({p.id: p.text for p in passages}, ((p.id, p.text) for p in others))
    return tuple(Alike(by_id[own].section, by_id[other].document, by_id[other].section) for own, other in found.items())
