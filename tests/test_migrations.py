"""A fresh database is exactly the schema, opened safely by any number of processes, and never opened by an older coach."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Inspector, Table, UniqueConstraint, inspect
from sqlalchemy.schema import CreateTable

from coach.bootstrap import join_parts
from coach.errors import StoreCorrupt
from coach.settings import Settings
from coach.store.database import Database, newest_version, open_database
from coach.store.tables import metadata

TABLES = [pytest.param(table, id=table.name) for table in metadata.sorted_tables]
OPEN_AT_THE_SAME_TIME = """
import sys
from pathlib import Path
from coach.bootstrap import join_parts
from coach.settings import Settings
print("ready", flush=True)
sys.stdin.readline()
parts = join_parts(Settings(home=Path(sys.argv[1])))
print(len(parts.library.documents()))
"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database made from nothing; nobody writes to it."""
    home = tmp_path_factory.mktemp("fresh")
    database = open_database(f"sqlite:///{home / 'coach.db'}", home / "migrate.lock")
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
    found = {c["name"]: (str(c["type"]), c["nullable"]) for c in inspector.get_columns(table.name)}
    assert found == {c.name: (str(c.type.compile(inspector.bind.dialect)), c.nullable) for c in table.columns}
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
    indexes = {tuple(found["column_names"]) for found in inspector.get_indexes(table.name)}
    assert indexes == {tuple(c.name for c in index.columns) for index in table.indexes}


@pytest.mark.parametrize("table", TABLES)
def test_each_check_is_as_the_table_says(fresh: Database, table: Table) -> None:
    with fresh.read() as connection:
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table.name,)).scalar_one()
        meant = str(CreateTable(table).compile(dialect=connection.dialect))
    assert checks_in(made) == checks_in(meant)


def checks_in(sql: str) -> set[str]:
    return {line.strip(" ,)") for line in re.findall(r"CONSTRAINT \w+ CHECK .*", sql)}


def test_the_checks_are_there_at_all(fresh: Database) -> None:
    with fresh.read() as connection:
        sql = "\n".join(connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table'").scalars())
    assert len(checks_in(sql)) == sql.count("CHECK (") > 0


@pytest.mark.parametrize("transaction", ["read", "write"])
def test_every_connection_is_durable_and_holds_its_references(fresh: Database, transaction: str) -> None:
    with getattr(fresh, transaction)() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def dump(home: Path) -> list[str]:
    connection = sqlite3.connect(home / "coach.db")
    lines = [*connection.iterdump(), str(connection.execute("PRAGMA schema_version").fetchone())]
    connection.close()
    return lines


def test_opening_twice_changes_nothing(home: Path) -> None:
    before = dump(home)
    join_parts(Settings(home=home)).database.close()
    assert dump(home) == before
    first, second = join_parts(Settings(home=home)), join_parts(Settings(home=home))
    first.database.close()
    second.database.close()
    assert dump(home) == before


def test_the_version_of_a_database_is_that_of_the_newest_migration(fresh: Database) -> None:
    with fresh.read() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [newest_version()]


@pytest.mark.parametrize("attempt", range(2))
def test_two_processes_that_open_an_empty_folder_at_once_both_succeed(tmp_path: Path, attempt: int) -> None:
    home = tmp_path / str(attempt)
    command = [sys.executable, "-c", OPEN_AT_THE_SAME_TIME, str(home)]
    both = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for process in both:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60) for process in both]
    shipped = len(list((Path(__file__).parent.parent / "knowledge").rglob("*.md")))
    assert [process.returncode for process in both] == [0, 0], said
    assert [int(out) for out, _ in said] == [shipped, shipped]
    assert sum(line.startswith("CREATE TABLE") for line in dump(home)) == len(metadata.tables) + 1


def test_a_database_of_a_newer_version_is_refused_in_one_sentence_and_left_alone(home: Path) -> None:
    connection = sqlite3.connect(home / "coach.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999_later'")
    connection.commit()
    connection.close()
    before = dump(home)
    with pytest.raises(StoreCorrupt) as refused:
        join_parts(Settings(home=home))
    message = str(refused.value)
    assert "newer version of the coach" in message
    assert message.endswith(".") and message.count(".") == 1 and "\n" not in message
    assert dump(home) == before
