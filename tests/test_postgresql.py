"""PostgreSQL does what SQLite does, and stands what only a server goes through: many writers, lost connections, wrong addresses."""

import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import DBAPIError

from coach.bootstrap import join_parts
from coach.domain.people import RoleName
from coach.domain.review import WorkingCopy
from coach.errors import DatabaseBusy, DatabaseUnreachable, EditConflict, InputRefused
from coach.services import preparing, releasing, reviewing
from coach.services.accounting import verify_audit
from coach.services.parts import Parts
from coach.services.sample import load_sample
from coach.services.signing_in import person_at_terminal
from coach.settings import Settings, load_settings
from coach.store import drafts, programmes, secrets
from coach.store.database import open_database
from coach.store.drafts import NewRevision
from coach.store.tables import note, person
from tests import databases
from tests.conftest import NOON
from tests.databases import SERVER
from tests.processes import run_coach

only_postgresql = pytest.mark.stores("postgresql")
PROCESSES, DRAFTS_EACH = 8, 3
PASSWORD = "opensesame-7421"

# Imports once, then forks the writers.
WRITERS = """
import os, sys
from dataclasses import replace
from pathlib import Path
from coach.bootstrap import join_parts
from coach.services import preparing, reviewing
from coach.settings import Settings
from coach.store import secrets


class NoGuidance:
    def passages_for(self, needs, programme_id):
        return {}


home, database_url, mentor, session, processes, drafts = sys.argv[1:]


def write(name):
    parts = replace(join_parts(Settings(home=Path(home), database_url=database_url)), library=NoGuidance())
    for number in range(int(drafts)):
        draft = preparing.draft_agenda(parts, mentor, session, f"{name}-{number}")
        read = reviewing.open_draft(parts, mentor, draft).revision
        reviewing.approve(parts, mentor, draft, read.number, read.sha256)
        with parts.database.write() as connection:
            secrets.record(connection, parts.now(), mentor, "session.seen", session, name)


children = []
for name in range(int(processes)):
    child = os.fork()
    if not child:
        write(str(name))
        os._exit(0)
    children.append(child)
sys.exit(max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))
"""


def rows(parts: Parts, sql: str) -> list[Any]:
    with parts.database.read() as connection:
        return list(connection.execute(text(sql)))


def count(parts: Parts, table: str) -> int:
    return int(rows(parts, f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608


def in_a_sentence(error: BaseException) -> str:
    """Return the words of a refusal, after making sure that they are one line without a password, a statement or a value."""
    said = str(error)
    assert said.endswith(".") and "\n" not in said
    for hidden in (PASSWORD, "SELECT", "INSERT", "psycopg", "sqlalche.me", "127.0.0.1", "%("):
        assert hidden not in said
    return said


# The whole way


@only_postgresql
def test_from_an_empty_database_to_a_withdrawn_release(store: str, tmp_path: Path) -> None:
    with databases.empty(store, tmp_path / "home") as settings:
        parts = join_parts(settings)
        assert load_sample(parts) is True
        assert load_sample(parts) is False
        with parts.database.read() as connection:
            mentor = programmes.person_by_email(connection, "priya.nandakeri@quillmere.example")
            assert mentor is not None
            (pair,) = programmes.pairs_of(connection, mentor.id)
            session = next(s for s in programmes.sessions_of(connection, pair.id) if not s.held)
        draft_id = preparing.draft_agenda(parts, mentor.id, session.id, "click")
        read = reviewing.open_draft(parts, mentor.id, draft_id).revision
        reviewing.approve(parts, mentor.id, draft_id, read.number, read.sha256)
        releasing.release_to_readers(parts, mentor.id, draft_id)
        seen = releasing.released_agenda(parts, pair.mentee.id, session.id)
        assert seen is not None and seen.content == read.content
        assert releasing.withdraw(parts, mentor.id, draft_id)
        assert releasing.released_agenda(parts, pair.mentee.id, session.id) is None
        assert verify_audit(parts).first_wrong is None
        parts.database.close()


# Many at once


def test_eight_processes_that_write_at_once_lose_nothing_and_break_no_chain(settings: Settings, parts: Parts, showcase: Any) -> None:
    before = {table: count(parts, table) for table in ("audit", "draft", "approval")}
    parts.database.close()
    arguments = [str(settings.home), settings.database_url, showcase.mentor, showcase.session.id, str(PROCESSES), str(DRAFTS_EACH)]
    done = subprocess.run([sys.executable, "-c", WRITERS, *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    made = PROCESSES * DRAFTS_EACH
    assert {table: count(parts, table) - before[table] for table in ("draft", "approval")} == {"draft": made, "approval": made}
    assert count(parts, "audit") - before["audit"] == 4 * made  # started, finished, approved, and a row about the session
    assert verify_audit(parts).first_wrong is None
    numbers = [row.number for row in rows(parts, "SELECT number FROM audit ORDER BY number")]
    assert numbers == list(range(1, len(numbers) + 1))


@only_postgresql
def test_whoever_saves_while_another_save_is_under_way_is_told_and_keeps_their_text(
    settings: Settings, parts: Parts, showcase: Any
) -> None:
    draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "click")
    read = reviewing.open_draft(parts, showcase.mentor, draft_id).revision
    typed = WorkingCopy(base=1, content=read.content.model_dump(mode="json") | {"purpose": "The loser’s text."})
    reviewing.keep_unsaved(parts, showcase.mentor, draft_id, typed)
    first = NewRevision(
        read.content.model_copy(update={"purpose": "The first text."}), read.markdown, read.audience, read.checks, showcase.mentor
    )
    with ThreadPoolExecutor(1) as beside:
        with parts.database.write() as connection:
            drafts.save_revision(connection, NOON, draft_id, 1, first, showcase.mentor)
            second = beside.submit(reviewing.save_edit, parts, showcase.mentor, draft_id, 1, typed.content)
            wait_until_somebody_waits(settings)
        assert isinstance(second.exception(), EditConflict)
    found = reviewing.open_draft(parts, showcase.mentor, draft_id).revision
    assert (found.number, found.content.purpose) == (2, "The first text.")
    assert reviewing.unsaved(parts, showcase.mentor, draft_id) == typed


def wait_until_somebody_waits(settings: Settings) -> None:
    waiting = "SELECT 1 FROM pg_locks JOIN pg_database ON oid = database WHERE NOT granted AND datname = %s"
    with psycopg.connect(SERVER, autocommit=True) as server:
        while not server.execute(waiting, [make_url(settings.url).database]).fetchone():
            time.sleep(0.01)


def test_a_writer_waits_only_so_long_for_another_and_readers_never_do(parts: Parts, settings: Settings) -> None:
    other = open_database(settings.url, settings.home / "migrate.lock")
    with parts.database.write() as connection:
        connection.execute(text("UPDATE session SET minutes = 44"))
        if settings.database_url:
            with pytest.raises(DatabaseBusy) as busy, other.write(patience=100):
                pass
            assert in_a_sentence(busy.value) == "The database is busy; nothing was saved. Try again in a moment."
        with other.read() as reading:
            assert reading.execute(text("SELECT count(*) FROM session WHERE minutes = 44")).scalar() == 0
    with other.write() as connection:
        assert connection.execute(text("SELECT count(*) FROM session WHERE minutes <> 44")).scalar() == 0
    other.close()


@only_postgresql
@pytest.mark.parametrize("table", ["audit", "draft", "revision", "approval", "release"])
def test_whoever_writes_around_the_coach_waits_for_it_too(parts: Parts, settings: Settings, table: str) -> None:
    around = databases.driver_url(settings)
    waiting = pytest.raises(psycopg.errors.LockNotAvailable)
    with parts.database.write(), psycopg.connect(around, options="-c lock_timeout=100ms") as connection, waiting:
        connection.execute(f"INSERT INTO {table} SELECT * FROM {table}")  # noqa: S608 -- names of ours


def test_a_reader_sees_one_state_throughout(parts: Parts, settings: Settings) -> None:
    other = open_database(settings.url, settings.home / "migrate.lock")
    with parts.database.read() as connection:
        before = connection.execute(text("SELECT count(*) FROM session")).scalar()
        with other.write() as writing:
            writing.execute(text("DELETE FROM goal_progress"))
            writing.execute(text("DELETE FROM session WHERE id NOT IN (SELECT session_id FROM draft)"))
        assert connection.execute(text("SELECT count(*) FROM session")).scalar() == before
    assert count(parts, "session") < (before or 0)
    other.close()


@only_postgresql
def test_a_reader_cannot_write(parts: Parts) -> None:
    with pytest.raises(DBAPIError, match="read-only transaction"), parts.database.read() as connection:
        connection.execute(text("UPDATE session SET minutes = 44"))


# Connections that die


def end_connections(settings: Settings) -> None:
    """End every connection to this database, as a restart of the server does."""
    name = make_url(settings.url).database
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name])


@only_postgresql
def test_a_connection_that_dies_within_a_step_leaves_nothing_of_it(parts: Parts, settings: Settings, showcase: Any) -> None:
    draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "click")
    read = reviewing.open_draft(parts, showcase.mentor, draft_id).revision
    before = databases.contents(settings)

    def now_it_dies() -> datetime:
        end_connections(settings)
        return NOON

    with pytest.raises(DatabaseUnreachable) as lost:
        reviewing.approve(replace(parts, now=now_it_dies), showcase.mentor, draft_id, 1, read.sha256)
    assert in_a_sentence(lost.value) == "The database cannot be reached just now; nothing was saved. Try again in a moment."
    assert databases.contents(settings) == before
    reviewing.approve(parts, showcase.mentor, draft_id, 1, read.sha256)
    assert verify_audit(parts).first_wrong is None


@only_postgresql
def test_a_connection_that_dies_at_the_end_of_a_step_claims_nothing(parts: Parts, settings: Settings, showcase: Any) -> None:
    before = databases.contents(settings)
    with pytest.raises(DatabaseUnreachable) as lost, parts.database.write() as connection:
        secrets.record(connection, NOON, showcase.mentor, "session.seen", showcase.session.id)
        end_connections(settings)
    assert "Look whether it is there" in in_a_sentence(lost.value)
    assert databases.contents(settings) == before


@only_postgresql
def test_connections_that_died_between_two_steps_are_not_noticed(parts: Parts, settings: Settings, showcase: Any) -> None:
    assert preparing.preparation(parts, showcase.mentor, showcase.session.id)
    end_connections(settings)
    preparing.set_focus(parts, showcase.mentor, showcase.session.id, "The open channel.")
    assert preparing.preparation(parts, showcase.mentor, showcase.session.id).session.focus == "The open channel."


@only_postgresql
def test_while_the_database_is_away_every_step_says_so_and_saves_nothing(parts: Parts, settings: Settings, showcase: Any) -> None:
    name = make_url(settings.url).database
    with psycopg.connect(SERVER, autocommit=True) as server:
        try:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            end_connections(settings)
            for step in (
                lambda: preparing.set_focus(parts, showcase.mentor, showcase.session.id, "The open channel."),
                lambda: preparing.preparation(parts, showcase.mentor, showcase.session.id),
            ):
                with pytest.raises(DatabaseUnreachable) as away:
                    step()
                assert "nothing was saved" in in_a_sentence(away.value)
        finally:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert preparing.preparation(parts, showcase.mentor, showcase.session.id).session.focus == showcase.session.focus


# Addresses that lead nowhere


def refuse_the_password(listening: socket.socket) -> None:
    """Answer each client as a server of PostgreSQL does that does not take its password."""
    said = b"SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed\0\0"
    with suppress(OSError):
        while True:
            client, _ = listening.accept()
            with client:
                client.recv(8)  # the wish for encryption
                client.sendall(b"N")
                client.recv(1024)  # who it is
                client.sendall(struct.pack("!cii", b"R", 8, 3))  # asks for the password
                client.recv(1024)
                client.sendall(struct.pack("!ci", b"E", len(said) + 4) + said)


@pytest.fixture
def nowhere(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database that cannot be opened, with a password in it."""
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        port = here.getsockname()[1]
        there = make_url(SERVER).set(password=PASSWORD)
        addresses = {
            "no server": there.set(port=port),
            "no such database": there.set(database="coach_test_nowhere"),
            "no such user": there.set(username="coach_test_nobody"),
            "wrong password": make_url(f"postgresql://coach:{PASSWORD}@127.0.0.1:{port}/coach"),
            "unknown option": there.update_query_dict({"colour": "blue"}),
        }
        if request.param == "wrong password":
            here.listen()
            Thread(target=refuse_the_password, args=(here,), daemon=True).start()
        yield addresses[request.param].render_as_string(hide_password=False)
        here.shutdown(socket.SHUT_RDWR) if request.param == "wrong password" else None


NOWHERE = ["no server", "wrong password", "no such database", "no such user", "unknown option"]


@pytest.mark.parametrize("nowhere", NOWHERE, indirect=True)
def test_a_database_that_cannot_be_opened_is_refused_in_a_sentence_that_names_the_setting(nowhere: str, tmp_path: Path) -> None:
    databases.need_server()
    with pytest.raises(InputRefused) as refused:
        join_parts(Settings(home=tmp_path, database_url=nowhere))
    said = in_a_sentence(refused.value)
    assert "COACH_DATABASE_URL" in said and said.count(".") == 1
    assert "user and password are right" in said


@pytest.mark.parametrize("nowhere", ["no server"], indirect=True)
def test_the_command_line_says_it_in_that_sentence_too(nowhere: str, tmp_path: Path) -> None:
    ran = run_coach(tmp_path / "home", "audit", "verify", extra={"COACH_DATABASE_URL": nowhere})
    assert (ran.code, ran.out) == (1, "")
    assert "COACH_DATABASE_URL" in ran.err and len(ran.err.splitlines()) == 1
    assert PASSWORD not in ran.err


@only_postgresql
def test_a_user_who_may_make_no_tables_is_refused_in_a_sentence(store: str, tmp_path: Path) -> None:
    with databases.empty(store, tmp_path) as settings:
        as_another = databases.with_options(settings, "-crole=pg_monitor")
        with pytest.raises(InputRefused) as refused:
            join_parts(Settings(home=tmp_path, database_url=as_another))
        assert "make its user the owner of the database" in in_a_sentence(refused.value)
        assert set(databases.contents(settings)) == {"schema"}


@pytest.mark.parametrize(
    "address",
    [
        f"mysql://coach:{PASSWORD}@db.example/coach",
        f"postgresql://coach@db.example:{PASSWORD}/coach",
        PASSWORD,
        f"postgresql://a:b:{PASSWORD}/c",
    ],
)
def test_an_address_of_something_else_is_refused_without_being_quoted(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("COACH_DATABASE_URL", address)
    with pytest.raises(InputRefused) as refused:
        load_settings()
    assert "COACH_DATABASE_URL" in in_a_sentence(refused.value)


# What both keep alike


def test_a_moment_comes_back_in_utc_whatever_zone_it_came_from_and_the_server_is_in(settings: Settings, showcase: Any) -> None:
    elsewhere = databases.with_options(settings, "-ctimezone=Asia/Tokyo") if settings.database_url else settings.url
    database = open_database(elsewhere, settings.home / "migrate.lock")
    two_oclock = datetime(2026, 3, 6, 14, tzinfo=timezone(timedelta(hours=2)))
    row = {"id": "n", "session_id": showcase.session.id, "author_id": showcase.mentor, "text": "Seen.", "changed_at": two_oclock}
    with database.write() as connection:
        connection.execute(note.insert().values(**row))
    with database.read() as connection:
        assert str(connection.execute(select(note.c.changed_at).where(note.c.id == "n")).scalar()) == "2026-03-06 12:00:00+00:00"
    database.close()


NAMES = ["de Vries, Anna", "Zoë", "Ada-Mae", "Ada", "Åsa", "Adam", "ada", "Ärla", "Ó Briain", "Ada 2", "李", "Ada_", "adam"]


def test_names_are_in_the_same_order_on_both(store: str, tmp_path: Path) -> None:
    """A database of PostgreSQL has a language, here English, by which it would sort otherwise."""
    with databases.empty(store, tmp_path) as settings:
        database = open_database(settings.url, tmp_path / "migrate.lock")
        with database.write() as connection:
            programmes.insert(connection, "programme", [programme_row()])
            people = [person_row(place, name) for place, name in enumerate(NAMES)]
            programmes.insert(connection, "person", people)
            programmes.insert(connection, "role", [{"person_id": p["id"], "name": "mentor"} for p in people])
        with database.read() as connection:
            found = [p.name for p in programmes.people_with_role(connection, "p", RoleName.MENTOR)]
        database.close()
    assert found == sorted(NAMES)


def programme_row() -> dict[str, object]:
    words = dict.fromkeys(("name", "label", "route"), "Upward")
    return {"id": "p", **words, "objectives": [], "minimum_group": 5, "sample": False}


def person_row(place: int, name: str) -> dict[str, object]:
    words = dict.fromkeys(("role", "department", "region"), "")
    return {"id": f"{place}", "programme_id": "p", "name": name, "email": f"{place}@quillmere.example", **words}


def test_what_somebody_typed_is_kept_to_the_last_character_even_where_it_is_no_text(parts: Parts, showcase: Any) -> None:
    draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "click")
    copy = WorkingCopy(base=1, content={"purpose": "a\0b \ud800 \u2028 “¿qué?” 🌍", "z": 1, "a": [1.5, None, True]})
    reviewing.keep_unsaved(parts, showcase.mentor, draft_id, copy)
    kept = reviewing.unsaved(parts, showcase.mentor, draft_id)
    assert kept == copy and list(kept.content) == ["purpose", "z", "a"]


@only_postgresql
@pytest.mark.parametrize("words", ["a\0b", "long" * 100], ids=["a zero byte", "too long"])
def test_a_text_that_postgresql_cannot_keep_is_refused_in_a_sentence(parts: Parts, settings: Settings, showcase: Any, words: str) -> None:
    before = databases.contents(settings)
    with pytest.raises(InputRefused) as refused, parts.database.write() as connection:
        connection.execute(person.update().where(person.c.id == showcase.mentor).values(email=words))
    assert "nothing was saved" in in_a_sentence(refused.value) and words not in str(refused.value)
    assert databases.contents(settings) == before


def test_half_a_character_is_refused_in_a_sentence(parts: Parts, showcase: Any) -> None:
    with pytest.raises(InputRefused) as refused, parts.database.write() as connection:
        connection.execute(person.update().where(person.c.id == showcase.mentor).values(name="half \ud800"))
    assert "half of a character" in in_a_sentence(refused.value)


@pytest.mark.parametrize("typed", ["nobody\0@quillmere.example", "\udcff@quillmere.example"], ids=["a zero byte", "half a character"])
def test_whoever_gives_no_text_as_their_address_is_nobody(parts: Parts, typed: str) -> None:
    with pytest.raises(InputRefused) as refused:
        person_at_terminal(parts, typed)
    assert str(refused.value).endswith(".")
