"""Keep the guidance documents: the system of record from which every index is built.

Every function that changes a document moves its scope's version on in the same transaction: by it each process sees that it has to switch.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from coach.domain.guidance import Document, Origin, SearchScope
from coach.store.guidance_tables import corpus_version, document

SHIPPED, INSTALLATION = "shipped", "installation"
Version = tuple[tuple[str, int], ...]  # the number of each scope that a search is made of, by name


def scope_of(programme_id: str | None) -> str:
    """Return the scope in which a programme's documents are kept, or those for every programme."""
    return programme_id or INSTALLATION


def documents(connection: Connection, programme_id: str | None = None, scope: SearchScope = SearchScope.ALL) -> tuple[Document, ...]:
    """Return the documents that a programme may see, by file name; without a programme those that every programme may see."""
    seen = document.c.scope.in_(_scopes(programme_id, scope))
    return _documents(connection, seen)


def own_documents(connection: Connection, programme_id: str | None) -> tuple[Document, ...]:
    """Return the documents that were added for a programme, or for every one; by file name."""
    return _documents(connection, document.c.scope == scope_of(programme_id))


def by_id(connection: Connection, document_id: str) -> Document | None:
    """Return the document with this id, or None."""
    return next(iter(_documents(connection, document.c.id == document_id)), None)


def by_file(connection: Connection, programme_id: str | None, file: str) -> Document | None:
    """Return the document of this file name that was added for a programme, or for every one; None where there is none."""
    return next(iter(_documents(connection, (document.c.scope == scope_of(programme_id)) & (document.c.file == file))), None)


def file_fingerprint(connection: Connection, document_id: str) -> str | None:
    """Return the SHA-256 of the file from which a document was read last."""
    return connection.scalar(select(document.c.file_sha256).where(document.c.id == document_id))


def room_taken(connection: Connection, programme_id: str | None) -> tuple[int, int]:
    """Return how many documents were added in a scope, and how many bytes their texts have."""
    mine = document.c.scope == scope_of(programme_id)
    count, size = connection.execute(select(func.count(), func.coalesce(func.sum(document.c.bytes), 0)).where(mine)).one()
    return count, size


def ids(connection: Connection, programme_id: str | None) -> frozenset[str]:
    """Return the ids of the documents that a programme may see, without reading any text."""
    seen = document.c.scope.in_(_scopes(programme_id, SearchScope.ALL))
    return frozenset(connection.scalars(select(document.c.id).where(seen)))


def programmes_with_own(connection: Connection) -> tuple[str, ...]:
    """Return the ids of the programmes for which documents were added."""
    return tuple(
        connection.scalars(select(document.c.programme_id).where(document.c.programme_id.is_not(None)).distinct().order_by("programme_id"))
    )


def count(connection: Connection) -> int:
    """Return how many documents there are, whoever may see them."""
    return connection.scalar(select(func.count()).select_from(document)) or 0


def shipped_fingerprints(connection: Connection) -> dict[str, str]:
    """Return the SHA-256 of each shipped document by id, without reading any text."""
    chosen = select(document.c.id, document.c.sha256).where(document.c.scope == SHIPPED)
    return {row.id: row.sha256 for row in connection.execute(chosen)}


def version(connection: Connection, programme_id: str | None, scope: SearchScope = SearchScope.ALL) -> Version:
    """Return the version of what a programme may see; one that never had a document of its own has no number of its own in it."""
    chosen = select(corpus_version.c.scope, corpus_version.c.number).where(corpus_version.c.scope.in_(_scopes(programme_id, scope)))
    return tuple(sorted((row.scope, row.number) for row in connection.execute(chosen)))


def add(connection: Connection, new: Document, file_sha256: str) -> None:
    """Add a document."""
    connection.execute(document.insert().values(_columns(new) | {"file_sha256": file_sha256}))
    _move_on(connection, scope_of(new.programme_id))


def change(connection: Connection, changed: Document, file_sha256: str | None = None) -> None:
    """Write a document anew; with the fingerprint of a file where it was read from another one."""
    values = _columns(changed) | ({} if file_sha256 is None else {"file_sha256": file_sha256})
    connection.execute(document.update().where(document.c.id == changed.id).values(values))
    _move_on(connection, scope_of(changed.programme_id))


def remove(connection: Connection, gone: Document) -> None:
    """Delete a document and its text."""
    connection.execute(document.delete().where(document.c.id == gone.id))
    _move_on(connection, scope_of(gone.programme_id))


def replace_shipped(connection: Connection, shipped: Sequence[Document]) -> None:
    """Make the shipped documents exactly these."""
    connection.execute(document.delete().where(document.c.scope == SHIPPED))
    connection.execute(document.insert(), [_columns(d) for d in shipped])
    _move_on(connection, SHIPPED)


def _documents(connection: Connection, chosen: ColumnElement[bool]) -> tuple[Document, ...]:
    rows = connection.execute(select(document).where(chosen).order_by(document.c.file, document.c.scope)).mappings()
    return tuple(Document.model_validate(dict(row)) for row in rows)


def _scopes(programme_id: str | None, scope: SearchScope) -> list[str]:
    added = [INSTALLATION] if programme_id is None else [INSTALLATION, programme_id]
    return {SearchScope.ALL: [SHIPPED, *added], SearchScope.ADDED: added, SearchScope.SHIPPED: [SHIPPED]}[scope]


def _columns(of: Document) -> dict[str, object]:
    scope = SHIPPED if of.origin is Origin.SHIPPED else scope_of(of.programme_id)
    return of.model_dump() | {"scope": scope, "bytes": len(of.text.encode())}


def _move_on(connection: Connection, scope: str) -> None:
    mine = corpus_version.c.scope == scope
    if not connection.execute(corpus_version.update().where(mine).values(number=corpus_version.c.number + 1)).rowcount:
        connection.execute(corpus_version.insert().values(scope=scope, number=1))
