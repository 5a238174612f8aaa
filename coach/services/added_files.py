"""Read a file that somebody wants to add to the guidance, into what would be kept of it."""

import hashlib
from dataclasses import dataclass, field

from coach.domain.documents import LONGEST_TITLE, DocumentDetails, file_problem, fingerprint
from coach.domain.guidance import Document, Origin, Passage
from coach.errors import InputRefused
from coach.language.sentences import shorten
from coach.reading.documents import LeftOut, ReadDocument, read_document
from coach.retrieval.split import LEAST_WORDS, split_document

UNUSED = "questions of sections that are not in the document"


@dataclass(frozen=True)
class ReadFile:
    """A file as it was read: its text, what its front matter says about it, and what was left out of it."""

    name: str
    kind: str
    text: str = field(repr=False)
    details: DocumentDetails
    left_out: tuple[LeftOut, ...]
    sha256: str  # of the file's bytes

    def as_document(self, document_id: str, details: DocumentDetails, programme_id: str | None) -> Document:
        """Return the document that would be kept under this id with these details."""
        document = Document(
            id=document_id,
            file=self.name,
            text=self.text,
            sha256="",
            origin=Origin.ADDED,
            programme_id=programme_id,
            **details.model_dump(),
        )
        return document.model_copy(update={"sha256": fingerprint(document)})


def read_file(data: bytes, name: str) -> ReadFile:
    """Return what a file says; raise InputRefused where it cannot be read, or holds too little to be searched."""
    if problem := file_problem(name):
        raise InputRefused(problem)
    read = read_document(data, name)
    details = _details(read)
    found = ReadFile(name, read.kind, read.text, details, read.left_out, hashlib.sha256(data).hexdigest())
    sections = {passage.section for passage in passages_of(found, details)}
    if not sections:
        raise InputRefused(f"{name} holds too little text to be searched: no section of it has {LEAST_WORDS} words.")
    usable = details.without_strange_sections(sections)
    strange = len(details.questions) - len(usable.questions)
    left_out = (*read.left_out, LeftOut(what=UNUSED, count=strange)) if strange else read.left_out
    return ReadFile(name, read.kind, read.text, usable, left_out, found.sha256)


def passages_of(read: ReadFile, details: DocumentDetails) -> tuple[Passage, ...]:
    """Return the passages of a file as they would be searched."""
    return tuple(split_document(read.as_document("new", details, None)))


def _details(read: ReadDocument) -> DocumentDetails:
    said = {key: value for key, value in read.meta.items() if key in ("audience", "stage", "sources", "questions") and value}
    return DocumentDetails.model_validate({"title": shorten(read.title, LONGEST_TITLE)} | said).tidied()
