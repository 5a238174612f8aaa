"""What all tests share: a fresh data folder, the sample programme loaded once and copied, on SQLite and on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pytest
from filelock import FileLock

from coach.bootstrap import join_parts
from coach.domain.guidance import Document
from coach.domain.people import Pair, RoleName
from coach.domain.sessions import Session
from coach.reading.guidance_file import read_guidance_folder
from coach.services.parts import Parts
from coach.services.sample import load_sample
from coach.settings import Settings
from coach.store import programmes
from tests import databases
from tests.shared_library import SharedLibrary

os.environ["COACH_LLM_CALLS"] = "loopback"  # the one switch: no test calls a real model
os.environ.pop("COACH_DATABASE_URL", None)  # no test writes into somebody's own database


def pytest_configure(config: pytest.Config) -> None:
    """Say what our marker means."""
    config.addinivalue_line("markers", "stores(*kinds): the kinds of database on which the test proves something; both, if it does not say")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for the store on both kinds; one that also asks for the data folder is about SQLite's files."""
    if "store" in metafunc.fixturenames:
        said = metafunc.definition.get_closest_marker("stores")
        kinds = said.args if said else ("sqlite",) if "home" in metafunc.fixturenames else databases.KINDS
        metafunc.parametrize("store", kinds, indirect=True, scope="session")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why the half of the tests that needs PostgreSQL was skipped, if it was."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if databases.NOT_THERE in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} tests were skipped: {databases.missing()}.", yellow=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Drop what this run made on the server of PostgreSQL, once all workers have ended."""
    if not hasattr(session.config, "workerinput"):
        databases.clear_run()


@pytest.fixture(scope="session")
def loaded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample programme, made once for all workers; copy it, never write to it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "coach-sample"
    with FileLock(str(shared) + ".lock"):
        if not (shared / "done").exists():
            parts = join_parts(Settings(home=shared))
            load_sample(parts)
            parts.library.warm()
            parts.database.close()
            (shared / "done").touch()
    return shared


@pytest.fixture(scope="session", autouse=True)
def shipped_guidance() -> Iterator[None]:
    """Read the same files of guidance once: to read them takes longer than all else that joins the parts of a test."""

    @lru_cache(maxsize=8)
    def documents(folder: Path, files: tuple[tuple[str, bytes], ...]) -> tuple[Document, ...]:
        return read_guidance_folder(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "coach.services.library.read_guidance_folder",
            lambda folder: documents(
                folder, tuple((path.name, path.read_bytes()) for path in sorted(folder.glob("*.md")) if path.is_file())
            ),
        )
        yield


@pytest.fixture(scope="session")
def store(request: pytest.FixtureRequest) -> str:
    """The kind of database that the test runs on."""
    return str(request.param)


@pytest.fixture
def home(tmp_path: Path, loaded_home: Path) -> Path:
    """A data folder of this test's own, with the sample programme in SQLite."""
    return databases.folder_with_sample(tmp_path / "home", loaded_home)


@pytest.fixture
def settings(request: pytest.FixtureRequest, store: str, tmp_path: Path, loaded_home: Path) -> Iterator[Settings]:
    """Settings over this test's own copy of the sample programme; without an index where `parts` brings the one that tests share."""
    index = "home" in request.fixturenames or "parts" not in request.fixturenames
    with databases.with_sample(store, tmp_path / "home", loaded_home, index) as found:
        yield found


@pytest.fixture(scope="session")
def shared_index(loaded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the index that all tests of this process search in."""
    return Path(shutil.copytree(loaded_home / "index", tmp_path_factory.mktemp("shared") / "index"))


@pytest.fixture
def parts(settings: Settings, shared_index: Path) -> Iterator[Parts]:
    """The parts over this test's own copy of the sample programme, with guidance that tests share."""
    joined = join_parts(settings)
    yield replace(joined, library=SharedLibrary(joined.database, shared_index))
    joined.database.close()


@dataclass(frozen=True)
class Showcase:
    """The pair without an agenda in the sample programme, with its planned session."""

    pair: Pair
    session: Session

    @property
    def mentor(self) -> str:
        return self.pair.mentor.id

    @property
    def mentee(self) -> str:
        return self.pair.mentee.id


@pytest.fixture
def showcase(parts: Parts) -> Showcase:
    with parts.database.read() as connection:
        mentor = programmes.person_by_email(connection, "priya.nandakeri@quillmere.example")
        assert mentor is not None
        (pair,) = programmes.pairs_of(connection, mentor.id)
        session = next(s for s in programmes.sessions_of(connection, pair.id) if not s.held)
    return Showcase(pair, session)


@pytest.fixture
def stranger(parts: Parts, showcase: Showcase) -> str:
    """The id of a mentor of another pair."""
    with parts.database.read() as connection:
        people = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.MENTOR)
    return next(p.id for p in people if p.id not in (showcase.mentor, showcase.mentee))


NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
