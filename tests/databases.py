"""The kinds of database that tests run on: SQLite in the data folder, PostgreSQL in a database of the test's own."""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import psycopg
import pytest
from filelock import FileLock
from sqlalchemy import Connection, create_engine, inspect, make_url

from coach.bootstrap import join_parts
from coach.services.sample import load_sample
from coach.settings import Settings

KINDS = ("sqlite", "postgresql")
SERVER = os.environ.get("COACH_TEST_POSTGRESQL", "postgresql://root@127.0.0.1:5432/test")
RUN = os.environ.setdefault("COACH_TEST_RUN", secrets.token_hex(4))  # the workers of one run inherit it
OURS = "coach_test_"
NOT_THERE = "no PostgreSQL lets the tests in at"
# Of a language of its own, so that a test sees where its order of letters would creep in.
FRESH = "TEMPLATE template0 ENCODING UTF8 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"
SCHEMA = {
    "sqlite": "SELECT name, sql FROM sqlite_master ORDER BY name",
    "postgresql": "SELECT relname, xmin::text FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION ALL"
    " SELECT tgname, xmin::text FROM pg_trigger UNION ALL SELECT proname, xmin::text FROM pg_proc ORDER BY 1, 2",
}


def folder_with_sample(target: Path, loaded: Path, index: bool = True) -> Path:
    """Return this folder as a copy of the loaded one, made unless it is there; its index is most of it, and not every test needs one."""
    if not target.exists():
        shutil.copytree(loaded, target, ignore=None if index else shutil.ignore_patterns("index"))
    return target


@contextmanager
def with_sample(kind: str, folder: Path, loaded: Path, index: bool = False) -> Iterator[Settings]:
    """Yield settings over a copy of the sample programme; nobody else has it meanwhile."""
    if kind == "sqlite":
        yield Settings(home=folder_with_sample(folder, loaded, index))
        return
    need_server()
    with _a_copy(loaded) as url:
        yield Settings(home=folder, database_url=url)


@contextmanager
def empty(kind: str, folder: Path) -> Iterator[Settings]:
    """Yield settings over a database without anything in it; on PostgreSQL it is gone afterwards."""
    if kind == "sqlite":
        yield Settings(home=folder)
        return
    need_server()
    with a_database() as url:
        yield Settings(home=folder, database_url=url)


def contents(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table and what the schema is made of, as another reader sees them."""
    engine = create_engine(settings.url)
    with engine.connect() as connection:
        tables = sorted(inspect(connection).get_table_names())
        found = {table: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY 1')] for table in tables}  # noqa: S608
        found["schema"] = [tuple(row) for row in connection.exec_driver_sql(SCHEMA[connection.dialect.name])]
    engine.dispose()
    return found


def with_options(settings: Settings, options: str) -> str:
    """Return the address of this database of PostgreSQL for a session with these options."""
    return make_url(settings.url).update_query_dict({"options": options}).render_as_string(hide_password=False)


def driver_url(settings: Settings) -> str:
    """Return the address of this database of PostgreSQL for its bare driver."""
    return make_url(settings.url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def unguarded(settings: Settings) -> Iterator[Connection]:
    """Yield a connection in a transaction without triggers and references: what somebody with the file, or a superuser, can do."""
    engine = create_engine(settings.url)
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield connection
    engine.dispose()


# The server of PostgreSQL


def need_server() -> None:
    """Skip the test where no server answers, or fail it where one is required."""
    reason = missing()
    if reason and "postgresql" in os.environ.get("COACH_TEST_REQUIRE", ""):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


@lru_cache
def missing() -> str | None:
    """Return why there is no PostgreSQL to test on, or None."""
    try:
        _server()
    except psycopg.Error:
        url = make_url(SERVER)
        return f"{NOT_THERE} {url.host}:{url.port or 5432}; COACH_TEST_POSTGRESQL may name another server"
    return None


@lru_cache
def _server() -> "psycopg.Connection[tuple[object, ...]]":
    """Return a connection that also says that this run is alive; clear away what dead runs left."""
    server = psycopg.connect(SERVER, autocommit=True, connect_timeout=5, application_name=OURS + RUN)
    with _alone(server):
        left = server.execute(
            "SELECT made.datname FROM pg_database AS made WHERE made.datname ~ %s AND NOT EXISTS"
            " (SELECT 1 FROM pg_stat_activity AS run WHERE starts_with(made.datname, run.application_name || '_'))",
            [f"^{OURS}[0-9a-f]{{8}}_"],
        ).fetchall()
        for (name,) in left:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    return server


@contextmanager
def _alone(server: "psycopg.Connection[tuple[object, ...]]") -> Iterator[None]:
    server.execute("SELECT pg_advisory_lock(1)")
    yield
    server.execute("SELECT pg_advisory_unlock(1)")


@contextmanager
def a_database() -> Iterator[str]:
    """Yield the address of a new database; it is dropped afterwards, whoever still uses it."""
    name = f"{OURS}{RUN}_{secrets.token_hex(6)}"
    try:
        yield _create(name, FRESH)
    finally:
        _server().execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def clear_run() -> None:
    """Drop every database of this run."""
    if missing() is None:
        for (name,) in _server().execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{OURS}{RUN}_"]).fetchall():
            _server().execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def wait_until_unused(settings: Settings) -> None:
    """Return once the server has noticed that every client of this database is gone; at once for SQLite."""
    name = make_url(settings.url).database
    while settings.database_url and _server().execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", [name]).fetchone():
        time.sleep(0.01)


def _create(name: str, how: str) -> str:
    _server().execute(f'CREATE DATABASE "{name}" {how}')
    _server().execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')  # no test stops the server itself
    return _address(name)


def _address(name: str) -> str:
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


# Copies of the sample programme: to make and drop one takes long, so each is put back and used again.

_free: list[str] = []


@contextmanager
def _a_copy(loaded: Path) -> Iterator[str]:
    name = _free.pop() if _free else _new_copy(loaded)
    _put_back(name)
    try:
        yield _address(name)
    finally:
        _free.append(name)


def _new_copy(loaded: Path) -> str:
    name = f"{OURS}{RUN}_{secrets.token_hex(6)}"
    _create(name, f'TEMPLATE "{_sample_template(loaded)}"')
    return name


# Rows that stand in a table unlike before: there are more or fewer of them, or one was written by a later transaction.
STATE = "SELECT count(*) || '-' || coalesce(sum(xmin::text::bigint), 0) FROM public.%1$I"
PUT_BACK = f"""
DO $$ DECLARE one text; known text; found text; BEGIN
  FOR one, known IN SELECT place, as_left FROM pristine.state LOOP
    EXECUTE format($q${STATE}$q$, one) INTO found;
    CONTINUE WHEN found = known;
    EXECUTE format('DELETE FROM public.%1$I', one);
    EXECUTE format('INSERT INTO public.%1$I SELECT * FROM pristine.%1$I', one);
    EXECUTE format($q${STATE}$q$, one) INTO found;
    UPDATE pristine.state SET as_left = found WHERE place = one;
  END LOOP;
END $$"""  # noqa: S608  # our own words alone


def _put_back(name: str) -> None:
    """End what an earlier test left running, and make every table whose rows changed again what it was."""
    _server().execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name])
    with psycopg.connect(_address(name)) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(PUT_BACK)


@lru_cache
def _sample_template(loaded: Path) -> str:
    """Return the name of a database with the sample programme and all its rows a second time, made once for all workers."""
    name, done = f"{OURS}{RUN}_sample", loaded.with_name(f"{loaded.name}-{RUN}")
    with FileLock(f"{done}.lock"):
        if not done.exists():
            url = _create(name, FRESH)
            folder = shutil.copytree(loaded, loaded.with_name(f"{loaded.name}-postgresql"))  # for its index, which takes seconds to build
            parts = join_parts(Settings(home=folder, database_url=url))
            load_sample(parts)
            parts.database.close()
            with psycopg.connect(url) as connection:
                connection.execute("CREATE SCHEMA pristine")
                for (table,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
                    connection.execute(f'CREATE TABLE pristine."{table}" AS TABLE public."{table}"')
                connection.execute(
                    "CREATE TABLE pristine.state AS SELECT tablename::text AS place, '' AS as_left FROM pg_tables WHERE schemaname = 'public'"
                )
            done.touch()
    return name
