"""A library whose search counts shared words: for tests of which documents are searched, and when, rather than of how well."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from coach.domain.guidance import Document, FoundPassage, Passage
from coach.retrieval.embed import StaticEmbedder
from coach.retrieval.search import Found
from coach.services.library import Library
from coach.services.searches import Progress
from coach.store.database import Database


class WordSearch:
    """Finds passages by how many words they share with a question."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.size = len(passages)

    def search(self, question: str, k: int = 5, keep: Callable[[Passage], bool] = lambda passage: True) -> Found:
        asked = set(question.casefold().split())
        scored = [(len(asked & set(p.text.casefold().split())), p) for p in self.passages if keep(p)]
        best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])[:k]
        return Found(tuple(FoundPassage(passage=p, score=float(score)) for score, p in best), not best)

    def search_all(self, questions: Mapping[str, str], k: int, keep: Mapping[str, Callable[[Passage], bool]]) -> dict[str, Found]:
        return {key: self.search(question, k, keep[key]) for key, question in questions.items()}


class WordLibrary(Library):
    """A library over such searches; keeps every one that was made, and does before each what a test wants."""

    def __init__(self, database: Database, before: Callable[[], None] = lambda: None) -> None:
        super().__init__(database, Path("unused"), StaticEmbedder())
        self.made: list[tuple[str, WordSearch]] = []
        self.before = before

    def _search_over(self, documents: Sequence[Document], passages: Sequence[Passage], name: str, progress: Progress | None) -> Any:
        self.before()
        self.made.append((name, WordSearch(passages)))
        return self.made[-1][1]
