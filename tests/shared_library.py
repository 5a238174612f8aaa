"""Guidance that all tests of a process search together: to build its index takes longer than most tests do."""

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import ClassVar

from coach.domain.guidance import Document, Passage, SearchScope
from coach.drafting.engines import Need
from coach.retrieval.embed import StaticEmbedder
from coach.retrieval.search import GuidanceSearch
from coach.retrieval.wording import read_wording
from coach.services.library import Library
from coach.services.searches import Progress
from coach.settings import REPOSITORY
from coach.store.database import Database

EMBEDDER = StaticEmbedder()
WORDING = cache(partial(read_wording, REPOSITORY / "knowledge"))


class SharedLibrary(Library):
    """A library over a database of its own that takes the search which was built for the same documents before."""

    built: ClassVar[dict[frozenset[tuple[str, str]], GuidanceSearch]] = {}
    supplied: ClassVar[dict[tuple[object, tuple[Need, ...]], dict[str, tuple[Passage, ...]]]] = {}

    def __init__(self, database: Database, index_folder: Path) -> None:
        super().__init__(database, index_folder, EMBEDDER, WORDING)

    def _search_over(
        self, documents: Sequence[Document], passages: Sequence[Passage], name: str, progress: Progress | None
    ) -> GuidanceSearch:
        version = frozenset((document.id, document.sha256) for document in documents)
        if version not in self.built:
            self.built[version] = super()._search_over(documents, passages, name, progress)
        return self.built[version]

    def passages_for(self, needs: Sequence[Need], programme_id: str | None = None) -> dict[str, tuple[Passage, ...]]:
        """Return what was found for the same needs in the same search before: most drafts of the tests are of one session."""
        asked = (self._at(programme_id, SearchScope.ALL).search, tuple(needs))
        if asked not in self.supplied:
            self.supplied[asked] = super().passages_for(needs, programme_id)
        return dict(self.supplied[asked])
