"""Guidance that all tests of a process search together: to build its index takes longer than most tests do."""

from pathlib import Path
from typing import ClassVar

from coach.retrieval.embed import StaticEmbedder
from coach.retrieval.search import GuidanceSearch
from coach.services.library import Library
from coach.store import guidance
from coach.store.database import Database

EMBEDDER = StaticEmbedder()


class SharedLibrary(Library):
    """A library over a database of its own that takes the search which was built for the same documents before."""

    built: ClassVar[dict[frozenset[tuple[str, str]], GuidanceSearch]] = {}

    def __init__(self, database: Database, index_folder: Path) -> None:
        super().__init__(database, index_folder, EMBEDDER)
        self._own = database

    def _current(self) -> GuidanceSearch:
        with self._own.read() as connection:
            version = frozenset(guidance.fingerprints(connection).items())
        if version not in self.built:
            self.built[version] = super()._current()
        return self.built[version]
