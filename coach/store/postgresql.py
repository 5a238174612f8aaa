"""PostgreSQL: one state for each reader, writers one at a time, and its faults in plain sentences."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DataError, DBAPIError

from coach.errors import CoachError, DatabaseBusy, DatabaseUnreachable, InputRefused, TryAgain

READING: Mapping[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
# READ COMMITTED: what a writer reads once it holds the lock is the last state, not the one from before it waited.
WRITING: Mapping[str, Any] = {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}
WRITERS = 427155514216  # the advisory lock that a writer holds until its transaction ends; the triggers take it too
# A machine that vanished is noticed within a minute, not within hours. What the address itself says goes first.
CONNECTION = {"connect_timeout": 10, "keepalives_idle": 30, "tcp_user_timeout": 30_000, "client_encoding": "utf8"}

# PostgreSQL's codes (SQLSTATE) by what they mean for a person, by their beginning.
BUSY = ("55P03", "40", "53300")  # no lock or connection is to be had, or a transaction is in another's way
GONE = ("08", "57P", "25P03")  # the connection broke, or the server goes down
FULL = ("53", "58")
TEXT = ("22001", "22021", "22P05")  # too long, or with characters that cannot be kept


def make_engine(url: str, patience: int) -> Engine:
    """Return an engine that waits so many milliseconds for a free connection and hands out none that died."""
    said = make_url(url).query
    arguments = {key: value for key, value in CONNECTION.items() if key not in said}
    engine = create_engine(url, connect_args=arguments, pool_pre_ping=True, pool_timeout=patience / 1000, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def in_words(error: DBAPIError, saving: bool) -> CoachError | None:
    """Return what a person may read of this error, or None where it is no passing fault and nobody's text.

    `saving` says that the transaction was just being committed: then nobody knows whether it was kept.
    """
    code = getattr(error.orig, "sqlstate", None) or ""
    if code.startswith(BUSY):
        return DatabaseBusy()
    never_connected = error.statement is None and not code
    if never_connected or error.connection_invalidated or code.startswith(GONE):
        return _gone(saving)
    if code.startswith(FULL):
        return TryAgain("The database cannot take this now; nothing was saved. Tell whoever runs the coach, and try again later.")
    if code in TEXT or (not code and isinstance(error, DataError)):
        return InputRefused("A text is too long or holds a character that cannot be kept; nothing was saved. Shorten it, or type it anew.")
    return None


def _gone(saving: bool) -> DatabaseUnreachable:
    if saving:
        return DatabaseUnreachable("The database went away while this was being saved. Look whether it is there before you try again.")
    return DatabaseUnreachable("The database cannot be reached just now; nothing was saved. Try again in a moment.")


def _begin(connection: Connection) -> None:
    patience = connection.get_execution_options().get("patience")
    if patience:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {patience}; SELECT pg_advisory_xact_lock({WRITERS})")
