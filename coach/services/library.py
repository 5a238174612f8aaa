"""The guidance: documents in the database, a search over their passages that follows every change."""

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

from coach.domain.guidance import Document, Origin, Passage
from coach.domain.people import RoleName
from coach.drafting.engines import Need
from coach.reading.guidance_file import read_guidance_folder
from coach.retrieval.embed import Embedder
from coach.retrieval.search import Found, GuidanceSearch
from coach.retrieval.split import split
from coach.store import guidance
from coach.store.database import Database

PASSAGES_A_NEED = 3


class Library:
    """Answer questions from the documents in the database; builds its index at the first question after a change."""

    def __init__(self, database: Database, index_folder: Path, embedder: Embedder) -> None:
        self._database = database
        self._folder = index_folder
        self._embedder = embedder
        self._lock = Lock()
        self._version: dict[str, str] = {}
        self._search: GuidanceSearch | None = None

    def ship(self, folder: Path) -> None:
        """Make the shipped documents in the database those of a folder, where they differ."""
        shipped = read_guidance_folder(folder)
        with self._database.read() as connection:
            known = guidance.fingerprints(connection, Origin.SHIPPED)
        if known != {document.id: document.sha256 for document in shipped}:
            with self._database.write() as connection:
                guidance.replace_shipped(connection, shipped)

    def documents(self) -> tuple[Document, ...]:
        """Return every document, by file name."""
        with self._database.read() as connection:
            return guidance.documents(connection)

    def warm(self) -> int:
        """Build what is not built yet, load what the first question would load, and return how many passages are searched."""
        self.search("the first session", 1)
        return self._current().size

    def search(self, question: str, k: int) -> Found:
        """Return the k best passages for a question, and whether the guidance seems not to cover it."""
        return self._current().search(question, k)

    def passages_for(self, needs: Sequence[Need]) -> dict[str, tuple[Passage, ...]]:
        """Return for each need of a draft the passages that a pair may read and that fit its stage; none where none is near."""
        keep = {need.key: _fits(need) for need in needs}
        found = self._current().search_all({need.key: need.question for need in needs}, PASSAGES_A_NEED, keep)
        return {key: () if answer.abstained else tuple(p.passage for p in answer.passages) for key, answer in found.items()}

    def _current(self) -> GuidanceSearch:
        with self._lock:
            with self._database.read() as connection:
                version = guidance.fingerprints(connection)
                if self._search is None or version != self._version:
                    self._search = GuidanceSearch(split(guidance.documents(connection)), self._folder, self._embedder)
                    self._version = version
            return self._search


def _fits(need: Need) -> Callable[[Passage], bool]:
    def fits(passage: Passage) -> bool:
        for_the_pair = bool({RoleName.MENTOR, RoleName.MENTEE} & set(passage.audience))
        in_stage = not need.stages or bool(set(need.stages) & set(passage.stage))
        return for_the_pair and in_stage and passage.section != passage.document and _advises(passage)

    return fits


def _advises(passage: Passage) -> bool:
    """Tell whether a passage says something, rather than only asking questions."""
    lines = [line for line in passage.text.splitlines() if line.strip()]
    return sum(line.rstrip(" *_").endswith("?") for line in lines) * 10 < len(lines) * 8
