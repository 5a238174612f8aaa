"""The guidance: documents in the database, and a search for each programme over what it may see, which follows every change.

What another programme added is not among the passages of a search at all, so that no filter has to keep it out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from coach.domain.guidance import Document, Passage, SearchScope
from coach.domain.people import RoleName
from coach.drafting.engines import Need
from coach.reading.guidance_file import read_guidance_folder
from coach.retrieval.diversity import spread
from coach.retrieval.embed import Embedder, StaticEmbedder
from coach.retrieval.search import Found, GuidanceSearch
from coach.retrieval.split import split
from coach.retrieval.wording import PLAIN, Wording
from coach.services.searches import Built, Following, Progress, Recent
from coach.services.watched_embedder import WatchedEmbedder
from coach.store import guidance
from coach.store.database import Database
from coach.store.guidance import Version

PASSAGES_A_NEED, MOST_OF_AN_ADDED = 3, 1
MOST_SEARCHES = 8  # kept in memory at a time

Scope = tuple[str | None, SearchScope]  # a programme's id, or none for what every programme sees


class Library:
    """Answer questions from the documents in the database; an index is built at the first question, and beside the old one after a change."""

    def __init__(self, database: Database, index_folder: Path, embedder: Embedder, wording: Callable[[], Wording] = lambda: PLAIN) -> None:
        self._database = database
        self._folder = index_folder
        self._embedder = embedder
        self._wording = wording
        self._advisor: GuidanceSearch | None = None
        self._searches: Recent[Scope, Following] = Recent(MOST_SEARCHES, self._following)
        self._own: dict[str, int] = {}  # the numbers of the changes that this process made

    def ship(self, folder: Path) -> None:
        """Make the shipped documents in the database those of a folder, where they differ."""
        shipped = read_guidance_folder(folder)
        with self._database.read() as connection:
            known = guidance.shipped_fingerprints(connection)
        if known != {document.id: document.sha256 for document in shipped}:
            with self._database.write() as connection:
                guidance.replace_shipped(connection, shipped)

    def documents(self, programme_id: str | None = None) -> tuple[Document, ...]:
        """Return the documents that a programme may see, by file name; without one, those that every programme may see."""
        with self._database.read() as connection:
            return guidance.documents(connection, programme_id)

    def warm(self) -> int:
        """Build what is not built yet, load what the first question would load, and return how many passages are searched."""
        with self._database.read() as connection:
            own = guidance.programmes_with_own(connection)
        found = {i for programme_id in (None, *own[: MOST_SEARCHES - 1]) for i in self._at(programme_id, SearchScope.ALL).passages}
        self.search("the first session", 1)
        return len(found)

    def search(self, question: str, k: int, programme_id: str | None = None, scope: SearchScope = SearchScope.ALL) -> Found:
        """Return the k best passages for a question, and whether the guidance of this scope seems not to cover it."""
        return self._at(programme_id, scope).search.search(question, k)

    def search_all(
        self, questions: Mapping[str, str], k: int, programme_id: str | None = None, scope: SearchScope = SearchScope.ALL
    ) -> dict[str, Found]:
        """Return the answers to several questions by key."""
        return self._at(programme_id, scope).search.search_all(questions, k, {key: lambda passage: True for key in questions})

    def passages_for(self, needs: Sequence[Need], programme_id: str | None = None) -> dict[str, tuple[Passage, ...]]:
        """Return for each need of a draft the passages that a pair may read and that fit its stage; none where none is near."""
        if not needs:
            return {}  # a summary is made of notes alone: no index is built or opened for it
        keep = {need.key: _fits(need) for need in needs}
        search = self._at(programme_id, SearchScope.ALL).search
        found = search.search_all({need.key: need.question for need in needs}, 2 * PASSAGES_A_NEED, keep)
        return {key: () if answer.abstained else _supplied(p.passage for p in answer.passages) for key, answer in found.items()}

    def passage(self, programme_id: str | None, passage_id: str) -> Passage | None:
        """Return a passage that a programme may see, or None."""
        return self._at(programme_id, SearchScope.ALL).passages.get(passage_id)

    def passages(self, programme_id: str | None = None) -> tuple[Passage, ...]:
        """Return every passage that a programme may see."""
        return tuple(self._at(programme_id, SearchScope.ALL).passages.values())

    def passage_counts(self, programme_id: str | None = None) -> Counter[str]:
        """Return how many passages of each document are searched, by the document's id."""
        return Counter(passage.document_id for passage in self.passages(programme_id))

    def note_own_change(self, programme_id: str | None) -> None:
        """Keep that this process changed a programme's documents, or those of every one: its next question waits for the change."""
        with self._database.read() as connection:
            self._own |= dict(guidance.version(connection, programme_id))

    def catch_up(self, programme_id: str | None, progress: Progress | None = None) -> int:
        """Build the search of what a programme may see unless it is built, telling how far it is; return how many passages are searched."""
        key, version = self._version(programme_id, SearchScope.ALL)
        return self._searches.get(key).newest(version, progress).search.size

    def _at(self, programme_id: str | None, scope: SearchScope) -> Built:
        key, version = self._version(programme_id, scope)
        return self._searches.get(key).at(version, lambda live: self._lacks_own_change(live, version))

    def _version(self, programme_id: str | None, scope: SearchScope) -> tuple[Scope, Version]:
        """Return the key of a search and its newest version; programmes without documents of their own share one."""
        with self._database.read() as connection:
            version = guidance.version(connection, programme_id, scope)
        return (programme_id if programme_id in dict(version) else None, scope), version

    def _lacks_own_change(self, live: Built, version: Version) -> bool:
        there = dict(live.version)
        return any(there.get(name, 0) < self._own.get(name, 0) for name, _ in version)

    def _following(self, key: Scope) -> Following:
        # What every programme sees answers a programme's questions while the search with its own first document is built.
        shared = self._searches.peek((None, key[1]))
        return Following(lambda progress: self._build(key, progress), shared.live if shared else None)

    def _build(self, key: Scope, progress: Progress | None) -> Built:
        programme_id, scope = key
        with self._database.read() as connection:
            version = guidance.version(connection, programme_id, scope)
            documents = guidance.documents(connection, programme_id, scope)
        passages = split(documents)
        search = self._search_over(documents, passages, f"{scope}-{programme_id or 'every'}", progress)
        if progress:
            progress(len(passages), len(passages))  # those whose vectors were kept from before went by unseen
        return Built(version, search, {passage.id: passage for passage in passages})

    def _search_over(
        self, documents: Sequence[Document], passages: Sequence[Passage], name: str, progress: Progress | None
    ) -> GuidanceSearch:
        """Return a search over these passages, whose index stands in a folder of its own."""
        embedder = WatchedEmbedder(self._embedder, len(passages), progress) if progress else self._embedder
        return self.search_over(passages, self._folder / name, embedder)

    def search_over(self, passages: Sequence[Passage], folder: Path, embedder: Embedder) -> GuidanceSearch:
        """Return a search over any passages, indexed in a folder, with the wording and the advice that every search here has."""
        advisor = None if any(passage.questions for passage in passages) else self._advising()
        return GuidanceSearch(passages, folder, embedder, self._wording(), advisor)

    def _advising(self) -> GuidanceSearch:
        """Return the search over the shipped guidance, built once; it advises where nothing that is searched carries questions."""
        if self._advisor is None:
            with self._database.read() as connection:
                shipped = split(guidance.documents(connection, None, SearchScope.SHIPPED))
            self._advisor = GuidanceSearch(shipped, self._folder / "advice", StaticEmbedder(), self._wording())
        return self._advisor


def _supplied(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return the passages that a need is given: no added document fills a brief where others have something to say."""
    return tuple(islice(spread(passages, MOST_OF_AN_ADDED), PASSAGES_A_NEED))


def _fits(need: Need) -> Callable[[Passage], bool]:
    def fits(passage: Passage) -> bool:
        for_the_pair = bool({RoleName.MENTOR, RoleName.MENTEE} & set(passage.audience))
        in_stage = not need.stages or not passage.stage or bool(set(need.stages) & set(passage.stage))
        return for_the_pair and in_stage and passage.section != passage.document and _advises(passage)

    return fits


def _advises(passage: Passage) -> bool:
    """Tell whether a passage says something, rather than only asking questions."""
    lines = [line for line in passage.text.splitlines() if line.strip()]
    return sum(line.rstrip(" *_").endswith("?") for line in lines) * 10 < len(lines) * 8
