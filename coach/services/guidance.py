"""A programme's own documents: add, replace, change, remove; each step is one transaction with its row in the audit trail."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from coach.domain.documents import DocumentDetails, Questions, details_of, file_problem, room_problem, with_details
from coach.domain.guidance import Document, Origin
from coach.errors import AccessDenied, EditConflict, InputRefused
from coach.reading.documents import LeftOut
from coach.retrieval.split import split_document
from coach.services.added_files import ReadFile, passages_of, read_file
from coach.services.parts import Parts
from coach.services.programme_access import Acting, Installation, as_recorded, guidance_for
from coach.store import guidance, secrets
from coach.store.clock import new_id

NOT_YOURS = "There is no such document, or it is not yours to change."


class Outcome(StrEnum):
    """What came of adding a file."""

    ADDED = "added"
    REPLACED = "replaced"
    ALREADY_THERE = "already there"


@dataclass(frozen=True)
class Added:
    """The document that a file is now, and whether that is new."""

    document: Document
    outcome: Outcome
    left_out: tuple[LeftOut, ...] = ()


def add_file(parts: Parts, actor: Acting, data: bytes, name: str, replace: bool = False) -> Added:
    """Add a file as it is; the same file again changes nothing and is not even read.

    InputRefused where it cannot be read, where there is no room for it, or where its name is taken and `replace` is not asked for.
    """
    if problem := file_problem(name):
        raise InputRefused(problem)
    with parts.database.read() as connection:
        known = guidance.by_file(connection, guidance_for(connection, actor), name)
        if known and guidance.file_fingerprint(connection, known.id) == hashlib.sha256(data).hexdigest():
            return Added(known, Outcome.ALREADY_THERE)
    return add(parts, actor, read_file(data, name), None, replace)


def add(
    parts: Parts, actor: Acting, read: ReadFile, details: DocumentDetails | None = None, replace: bool = False, place: str | None = None
) -> Added:
    """Add a file that was read, with these details or those that it brings; equal content changes nothing.

    Questions are by the sections of the file as it was read, also where the details bring another title. With `place`, the file takes the
    place of the document with this id, whatever their names.
    InputRefused where the details cannot be kept, where there is no room, or where its name is taken and `replace` is not asked for.
    """
    if details is not None:
        details = _moved(read.as_document("new", read.details, None), details.tidied())
    sections = {passage.section for passage in passages_of(read, details or read.details)}  # takes time, so not in the transaction
    with parts.database.write() as connection:
        programme_id = guidance_for(connection, actor)
        known = replaced(connection, actor, read.name, place)
        if known and details is None and guidance.file_fingerprint(connection, known.id) == read.sha256:
            return Added(known, Outcome.ALREADY_THERE)
        wanted = (details or _inherited(read, known, sections)).tidied()
        _refuse(wanted.problem(sections))
        new = read.as_document(known.id if known else new_id(), wanted, programme_id)
        if known and known.sha256 == new.sha256:
            return Added(known, Outcome.ALREADY_THERE)
        if known and not replace and place is None:
            raise InputRefused(
                f"There is a document {read.name} already, with other content. Replace it, or rename the file; nothing was changed."
            )
        _refuse_without_room(connection, new, known)
        made = _kept(connection, parts, actor, new, known, read)
    parts.library.note_own_change(programme_id)
    return made


def remove(parts: Parts, actor: Acting, document_id: str) -> Document:
    """Take a document out of the guidance, and its text out of the database; drafts keep the words that they cited from it."""
    with parts.database.write() as connection:
        document = _own(connection, actor, document_id)
        guidance.remove(connection, document)
        secrets.record(connection, parts.now(), as_recorded(actor), "document.removed", document.id, document.sha256)
        secrets.forget(connection, document.id)
    parts.library.note_own_change(document.programme_id)
    return document


def change_details(parts: Parts, actor: Acting, document_id: str, details: DocumentDetails, seen: str) -> Document:
    """Change what is said about a document, starting from the one with the fingerprint `seen`.

    InputRefused where it cannot be kept like this, EditConflict where somebody else changed the document meanwhile.
    """
    return _changed(parts, actor, document_id, details, seen, "document.details")


def change_questions(parts: Parts, actor: Acting, document_id: str, questions: Questions, seen: str) -> Document:
    """Change the questions that people ask, by section of a document, starting from the one with the fingerprint `seen`.

    InputRefused where there is no such section or a question is too long, EditConflict where somebody else changed the document meanwhile.
    """
    return _changed(parts, actor, document_id, questions, seen, "document.questions")


def replaced(connection: Connection, actor: Acting, name: str, place: str | None) -> Document | None:
    """Return the document that a file of this name replaces: the one whose place it is to take, else the one of its name, if any.

    AccessDenied where that is not this person's to change, InputRefused where the name belongs to another document.
    """
    named = guidance.by_file(connection, guidance_for(connection, actor), name)
    if place is None or (named and named.id == place):
        return named
    if named:
        raise InputRefused(f"“{named.title}” has the file name {name} already. Rename the file and choose it again. Nothing was changed.")
    return _own(connection, actor, place)


def find_own(parts: Parts, actor: Acting, name: str) -> Document:
    """Return the document with this id or file name that somebody may change; InputRefused where there is none."""
    with parts.database.read() as connection:
        own = guidance.own_documents(connection, guidance_for(connection, actor))
        shipped = name in {key for d in guidance.documents(connection) if d.origin is Origin.SHIPPED for key in (d.id, d.file)}
    found = next((document for document in own if name in (document.id, document.file)), None)
    if found is not None:
        return found
    if shipped:
        raise InputRefused(f"{name} ships with the coach; COACH_KNOWLEDGE names another folder of guidance to ship.")
    helps = " If it is a programme's own, name its coordinator with --as E-MAIL." if isinstance(actor, Installation) else ""
    raise InputRefused(f"There is no added document {name} here; `coach guidance list` shows them.{helps}")


def _changed(parts: Parts, actor: Acting, document_id: str, new: DocumentDetails | Questions, seen: str, act: str) -> Document:
    with parts.database.write() as connection:
        document = _own(connection, actor, document_id)
        if document.sha256 != seen:
            raise EditConflict(
                "Somebody changed this document while you did. Yours is still here; look at theirs before you change it again."
            )
        details = new if isinstance(new, DocumentDetails) else details_of(document).model_copy(update={"questions": new})
        changed = with_details(document, _moved(document, details.tidied()))
        _refuse(details_of(changed).problem({passage.section for passage in split_document(changed)}))
        if changed.sha256 == document.sha256:
            return document
        guidance.change(connection, changed)
        secrets.record(connection, parts.now(), as_recorded(actor), act, changed.id, changed.sha256)
    parts.library.note_own_change(changed.programme_id)
    return changed


def _moved(document: Document, details: DocumentDetails) -> DocumentDetails:
    """Return the details with the questions of the untitled beginning under the new title, which names that section."""
    renamed = document.model_copy(update={"title": details.title})
    names = {old.section: new.section for old, new in zip(split_document(document), split_document(renamed), strict=True)}
    questions: Questions = {}
    for section, asked in details.questions.items():
        name = names.get(section, section)
        questions[name] = (*questions.get(name, ()), *asked)
    return details.model_copy(update={"questions": questions})


def _inherited(read: ReadFile, known: Document | None, sections: set[str]) -> DocumentDetails:
    """Return what the file says about itself, with the questions of the document that it replaces where it brings none of its own."""
    if known is None or read.details.questions:
        return read.details
    return read.details.model_copy(update={"questions": known.questions}).without_strange_sections(sections)


def _kept(connection: Connection, parts: Parts, actor: Acting, new: Document, known: Document | None, read: ReadFile) -> Added:
    new = new.model_copy(update={"added_at": parts.now(), "version": known.version + 1 if known else 1})
    if known:
        guidance.change(connection, new, read.sha256)
    else:
        guidance.add(connection, new, read.sha256)
    outcome = Outcome.REPLACED if known else Outcome.ADDED
    secrets.record(connection, parts.now(), as_recorded(actor), f"document.{outcome}", new.id, new.sha256)
    return Added(new, outcome, read.left_out)


def _own(connection: Connection, actor: Acting, document_id: str) -> Document:
    programme_id = guidance_for(connection, actor)
    document = guidance.by_id(connection, document_id)
    if document is None or document.origin is not Origin.ADDED or document.programme_id != programme_id:
        raise AccessDenied(NOT_YOURS)
    return document


def _refuse_without_room(connection: Connection, new: Document, known: Document | None) -> None:
    count, size = guidance.room_taken(connection, new.programme_id)
    freed = len(known.text.encode()) if known else 0
    _refuse(room_problem(new.file, count + (known is None), size - freed + len(new.text.encode())))


def _refuse(problem: str | None) -> None:
    if problem:
        raise InputRefused(f"{problem} Nothing was changed.")
