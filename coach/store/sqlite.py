"""SQLite: durable, holding its references, and the write lock taken at once."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from coach.errors import CoachError, DatabaseBusy

READING: Mapping[str, Any] = {}
WRITING: Mapping[str, Any] = {}


def make_engine(url: str, patience: int) -> Engine:
    """Return an engine whose every connection is durable, holds its references and waits so many milliseconds for others."""
    engine = create_engine(url, hide_parameters=True)

    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves, so that writers take the lock at once
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={patience}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin)
    return engine


def in_words(error: DBAPIError, saving: bool) -> CoachError | None:
    """Return what a person may read of this error, or None where it is no passing fault."""
    return DatabaseBusy() if "locked" in str(error.orig) else None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("patience") else "BEGIN")
