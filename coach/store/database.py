"""Open the database: migrations, and transactions for reading and for writing, on SQLite and PostgreSQL alike."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock
from sqlalchemy import Connection, Engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from coach.errors import CoachError, DatabaseBusy, InputRefused, StoreCorrupt
from coach.store import postgresql, sqlite

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MILLISECONDS = 10_000
MIGRATION_MILLISECONDS = 300_000  # how long one machine waits while another one migrates


class Kind(Protocol):
    """What SQLite and PostgreSQL each do in their own way."""

    READING: Mapping[str, Any]
    WRITING: Mapping[str, Any]

    def make_engine(self, url: str, patience: int) -> Engine:
        """Return an engine that waits so many milliseconds for others."""

    def in_words(self, error: DBAPIError, saving: bool) -> CoachError | None:
        """Return what a person may read of this error, or None."""


class Database:
    """One database; hands out connections inside transactions and nothing else."""

    def __init__(self, url: str) -> None:
        self._kind: Kind = postgresql if make_url(url).get_backend_name() == "postgresql" else sqlite
        self._engine = self._kind.make_engine(url, BUSY_MILLISECONDS)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the data throughout."""
        with self._transaction(self._kind.READING) as connection:
            yield connection

    @contextmanager
    def write(self, patience: int = BUSY_MILLISECONDS) -> Iterator[Connection]:
        """Yield a connection in a transaction that takes the write lock at once; all of it is kept, or nothing."""
        with self._transaction({**self._kind.WRITING, "patience": patience}) as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, options: Mapping[str, Any]) -> Iterator[Connection]:
        saving = False
        try:
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
                saving = True
        except DBAPIError as error:
            said = self._kind.in_words(error, saving)
            if said is None:
                raise
            raise said from None
        except NoConnectionLeft:
            raise DatabaseBusy from None
        except UnicodeEncodeError:
            raise InputRefused("A text holds half of a character, which cannot be kept; nothing was saved. Type it anew.") from None


def open_database(url: str, lock: Path) -> Database:
    """Return the database at this URL, made or migrated to the newest schema; one process at a time migrates, on any machine."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    database = Database(url)
    with FileLock(lock):  # also for a look at the version: two processes that make one file of SQLite at once are in each other's way
        if _version(database) != newest_version():
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
    with database.write(patience=MIGRATION_MILLISECONDS) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError:
            raise StoreCorrupt("The database was made by a newer version of the coach; update the coach before you use it.") from None
