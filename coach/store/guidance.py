"""Keep the guidance documents: the system of record from which every index is built."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from coach.domain.guidance import Document, Origin
from coach.store.tables import document


def documents(connection: Connection) -> tuple[Document, ...]:
    """Return every document, by file name."""
    rows = connection.execute(select(document).order_by(document.c.file)).mappings()
    return tuple(Document.model_validate({key: value for key, value in row.items() if key != "programme_id"}) for row in rows)


def fingerprints(connection: Connection, origin: Origin | None = None) -> dict[str, str]:
    """Return the SHA-256 of each document by id, of one origin or of all, without reading any text."""
    chosen = select(document.c.id, document.c.sha256)
    chosen = chosen if origin is None else chosen.where(document.c.origin == origin)
    return {row.id: row.sha256 for row in connection.execute(chosen)}


def replace_shipped(connection: Connection, shipped: Sequence[Document]) -> None:
    """Make the shipped documents exactly these."""
    connection.execute(document.delete().where(document.c.origin == Origin.SHIPPED))
    connection.execute(document.insert(), [{**d.model_dump(exclude={"questions"}), "programme_id": None} for d in shipped])
