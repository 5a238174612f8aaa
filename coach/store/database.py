"""Open the database: settings, migrations, and transactions for reading and for writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.exc import OperationalError

from coach.errors import StoreCorrupt, TryAgain

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MILLISECONDS = 10_000


class Database:
    """One database; hands out connections inside transactions and nothing else."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)
        event.listen(self._engine, "connect", _set_up_connection)
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the data throughout."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection in a transaction that takes the write lock at once; all of it is kept, or nothing."""
        try:
            with self._engine.connect().execution_options(immediate=True) as connection, connection.begin():
                yield connection
        except OperationalError as error:
            if "locked" in str(error.orig):
                raise TryAgain("The database is busy; nothing was saved. Try again in a moment.") from None
            raise

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def open_database(url: str, lock: Path) -> Database:
    """Return the database at this URL, made or migrated to the newest schema under a file lock."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    database = Database(url)
    if _version(database) != newest_version():
        with FileLock(lock):
            _migrate(database)
    return database


def newest_version() -> str:
    """Return the name of the newest migration; files are named by their place in the order."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _version(database: Database) -> str | None:
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def _migrate(database: Database) -> None:
    # Imported here: Alembic takes a third of a second, and a database that is up to date needs none of it.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.write() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError:
            raise StoreCorrupt("The database was made by a newer version of the coach; update the coach before you use it.") from None


def _set_up_connection(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we send BEGIN ourselves, so that writers take the lock at once
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MILLISECONDS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("immediate") else "BEGIN")
