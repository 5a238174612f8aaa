"""A fresh database is exactly the schema, opened safely by any number of processes, and never opened by an older coach."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, Inspector, Table, UniqueConstraint, inspect, text
from sqlalchemy.schema import CreateTable

from coach.bootstrap import join_parts
from coach.errors import StoreCorrupt
from coach.settings import Settings
from coach.store.database import Database, newest_version, open_database
from coach.store.tables import metadata
from tests import databases

TABLES = [pytest.param(table, id=table.name) for table in metadata.sorted_tables]
OPEN_AT_THE_SAME_TIME = """
import sys
from pathlib import Path
from coach.bootstrap import join_parts
from coach.settings import Settings
print("ready", flush=True)
sys.stdin.readline()
parts = join_parts(Settings(home=Path(sys.argv[1]), database_url=sys.argv[2]))
print(len(parts.library.documents()))
"""


@pytest.fixture(scope="module")
def fresh(store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database made from nothing; nobody keeps anything in it."""
    home = tmp_path_factory.mktemp("fresh")
    with databases.empty(store, home) as settings:
        database = open_database(settings.url, home / "migrate.lock")
        yield database
        database.close()


@pytest.fixture
def inspector(fresh: Database) -> Iterator[Inspector]:
    with fresh.read() as connection:
        yield inspect(connection)


def test_the_migrations_make_what_the_tables_say(fresh: Database) -> None:
    with fresh.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_there_is_no_table_beside_ours(inspector: Inspector) -> None:
    assert set(inspector.get_table_names()) == set(metadata.tables) | {"alembic_version"}


@pytest.mark.parametrize("table", TABLES)
def test_each_column_is_as_the_table_says(inspector: Inspector, table: Table) -> None:
    dialect = inspector.bind.dialect
    found = {c["name"]: (c["type"].compile(dialect).removesuffix(' COLLATE "C"'), c["nullable"]) for c in inspector.get_columns(table.name)}
    assert found == {c.name: (c.type.compile(dialect), c.nullable) for c in table.columns}
    assert inspector.get_pk_constraint(table.name)["constrained_columns"] == [c.name for c in table.primary_key]


@pytest.mark.parametrize("table", TABLES)
def test_each_foreign_key_is_as_the_table_says(inspector: Inspector, table: Table) -> None:
    found = {
        (tuple(key["constrained_columns"]), key["referred_table"], tuple(key["referred_columns"]))
        for key in inspector.get_foreign_keys(table.name)
    }
    assert found == {
        (tuple(c.name for c in key.columns), key.referred_table.name, tuple(e.column.name for e in key.elements))
        for key in table.foreign_key_constraints
    }


@pytest.mark.parametrize("table", TABLES)
def test_each_unique_constraint_and_index_is_as_the_table_says(inspector: Inspector, table: Table) -> None:
    unique = {tuple(found["column_names"]) for found in inspector.get_unique_constraints(table.name)}
    assert unique == {tuple(c.name for c in made.columns) for made in table.constraints if isinstance(made, UniqueConstraint)}
    indexes = {tuple(found["column_names"]) for found in inspector.get_indexes(table.name) if not found.get("duplicates_constraint")}
    assert indexes == {tuple(c.name for c in index.columns) for index in table.indexes}


@pytest.mark.parametrize("table", TABLES)
def test_each_check_is_as_the_table_says(fresh: Database, store: str, table: Table) -> None:
    with fresh.write() as connection:
        made, meant = CHECKS[store](connection, table)
    assert made == meant
    every = table.constraints.union(*(column.constraints for column in table.columns))
    assert len(made) == sum(isinstance(constraint, CheckConstraint) for constraint in every)


def checks_on_sqlite(connection: Connection, table: Table) -> tuple[set[str], set[str]]:
    made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table.name,)).scalar_one()
    meant = str(CreateTable(table).compile(dialect=connection.dialect))
    return checks_in(made), checks_in(meant)


def checks_in(sql: str) -> set[str]:
    return {line.strip(" ,)") for line in re.findall(r"CONSTRAINT \w+ CHECK .*", sql)}


def checks_on_postgresql(connection: Connection, table: Table) -> tuple[set[str], set[str]]:
    """Return the checks of the table that the migrations made, and of one made from what the tables say, for a moment, beside it."""
    made = checks_of(connection, table)
    with connection.begin_nested() as step:
        connection.exec_driver_sql("CREATE SCHEMA beside")
        connection.exec_driver_sql("SET LOCAL search_path = beside")
        metadata.create_all(connection, checkfirst=False)
        meant = checks_of(connection, table)
        step.rollback()
    return made, meant


def checks_of(connection: Connection, table: Table) -> set[str]:
    sql = "SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = to_regclass(:name)"
    return set(connection.execute(text(sql), {"name": f'"{table.name}"'}).scalars())


CHECKS = {"sqlite": checks_on_sqlite, "postgresql": checks_on_postgresql}


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("transaction", ["read", "write"])
def test_every_connection_to_sqlite_is_durable_and_holds_its_references(fresh: Database, transaction: str) -> None:
    with getattr(fresh, transaction)() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_opening_twice_changes_nothing(settings: Settings) -> None:
    before = databases.contents(settings)
    join_parts(settings).database.close()
    assert databases.contents(settings) == before
    first, second = join_parts(settings), join_parts(settings)
    first.database.close()
    second.database.close()
    assert databases.contents(settings) == before


def test_the_version_of_a_database_is_that_of_the_newest_migration(fresh: Database) -> None:
    with fresh.read() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [newest_version()]


@pytest.mark.parametrize("folders", ["one folder", "two folders"])
def test_two_processes_that_open_an_empty_database_at_once_both_succeed(store: str, tmp_path: Path, folders: str) -> None:
    """Two folders stand for two machines, which share no file lock."""
    with databases.empty(store, tmp_path / "first") as settings:
        homes = [settings.home, settings.home if folders == "one folder" or store == "sqlite" else tmp_path / "second"]
        both = [opening(home, settings.database_url) for home in homes]
        for process in both:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
        for process in both:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        said = [process.communicate(timeout=60) for process in both]
        assert [process.returncode for process in both] == [0, 0], said
        shipped = len(list((Path(__file__).parent.parent / "knowledge").rglob("*.md")))
        assert [int(out) for out, _ in said] == [shipped, shipped]
        assert set(databases.contents(settings)) == set(metadata.tables) | {"alembic_version", "schema"}


def opening(home: Path, database_url: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", OPEN_AT_THE_SAME_TIME, str(home), database_url]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_database_of_a_newer_version_is_refused_in_one_sentence_and_left_alone(settings: Settings) -> None:
    with databases.unguarded(settings) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_later'")
    before = databases.contents(settings)
    with pytest.raises(StoreCorrupt) as refused:
        join_parts(settings)
    message = str(refused.value)
    assert "newer version of the coach" in message
    assert message.endswith(".") and message.count(".") == 1 and "\n" not in message
    assert databases.contents(settings) == before
