"""What all tests share: a fresh data folder, the sample programme loaded once and copied, and no network."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from coach.bootstrap import join_parts
from coach.domain.people import Pair, RoleName
from coach.domain.sessions import Session
from coach.services.parts import Parts
from coach.services.sample import load_sample
from coach.settings import Settings
from coach.store import programmes

os.environ["COACH_LLM_CALLS"] = "loopback"  # the one switch: no test calls a real model


@pytest.fixture(scope="session")
def loaded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample programme, made once for all workers; copy it, never write to it."""
    shared = tmp_path_factory.getbasetemp().parent / "coach-sample"
    with FileLock(str(shared) + ".lock"):
        if not (shared / "done").exists():
            parts = join_parts(Settings(home=shared))
            load_sample(parts)
            parts.library.warm()
            parts.database.close()
            (shared / "done").touch()
    return shared


@pytest.fixture
def home(tmp_path: Path, loaded_home: Path) -> Path:
    """A data folder of this test's own, with the sample programme."""
    target = tmp_path / "home"
    shutil.copytree(loaded_home, target)
    return target


@pytest.fixture
def parts(home: Path) -> Iterator[Parts]:
    """The parts over this test's own copy of the sample programme."""
    joined = join_parts(Settings(home=home))
    yield joined
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
