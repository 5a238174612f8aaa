"""Score passages by BM25 over stems, for questions whose words have weights."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from math import log

import bm25s
import numpy as np
from numpy.typing import NDArray

from coach.domain.guidance import Passage
from coach.language.stems import stem_list

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it would report each index that it builds

Scores = NDArray[np.float64]


class Lexical:
    """BM25 (Robertson's k1 1.5, b 0.75, Lucene's idf) over some texts, in memory."""

    def __init__(self, texts: Sequence[str]) -> None:
        tokens = [stem_list(text) or ["-"] for text in texts]
        bm25 = bm25s.BM25()
        bm25.index(tokens, show_progress=False)
        self._size = len(texts)
        self._column: dict[str, int] = bm25.vocab_dict
        # Column by column: which texts hold a term, and what it gives them.
        self._given, self._rows, self._starts = (bm25.scores[part] for part in ("data", "indices", "indptr"))
        self._terms = {column: term for term, column in self._column.items()}
        # The same text by text, for feedback.
        order = np.argsort(self._rows, kind="stable")
        columns = np.repeat(np.arange(len(self._starts) - 1, dtype=np.int32), np.diff(self._starts))
        self._by_text = columns[order], self._given[order]
        self._text_starts = np.searchsorted(self._rows[order], np.arange(self._size + 1))

    def scores(self, terms: Mapping[str, float]) -> Scores:
        """Return one score a text for weighted stems, 0 where it shares none with them."""
        found = np.zeros(self._size)
        for term, weight in terms.items():
            if (column := self._column.get(term)) is not None and term:
                start, end = self._starts[column], self._starts[column + 1]
                found[self._rows[start:end]] += weight * self._given[start:end]
        return found

    def knows(self, term: str) -> bool:
        """Tell whether any text holds this stem."""
        return bool(term) and term in self._column

    def rarity(self, term: str) -> float:
        """Return Lucene's idf of a stem: the fewer texts hold it, the higher."""
        column = self._column.get(term) if term else None
        holding = 0 if column is None else int(self._starts[column + 1] - self._starts[column])
        return log(1 + (self._size - holding + 0.5) / (holding + 0.5))

    def held(self, place: int, terms: Iterable[str]) -> frozenset[str]:
        """Return those of these stems that one text holds."""
        columns = self._by_text[0][self._text_starts[place] : self._text_starts[place + 1]]
        return frozenset(term for term in terms if self.knows(term) and self._column[term] in columns)

    def strongest(self, places: Sequence[int], shares: Sequence[float], count: int) -> dict[str, float]:
        """Return the terms that weigh most in these texts, each text by its share; the weights add up to 1."""
        spans = [slice(self._text_starts[place], self._text_starts[place + 1]) for place in places]
        if not spans:
            return {}
        columns = np.concatenate([self._by_text[0][span] for span in spans])
        given = np.concatenate([share * self._by_text[1][span] for span, share in zip(spans, shares, strict=True)])
        held, which = np.unique(columns, return_inverse=True)
        total = np.bincount(which, given)
        best = np.lexsort((held, -total))[:count]
        whole = float(total[best].sum()) or 1.0
        return {self._terms[int(held[i])]: float(total[i]) / whole for i in best}


def indexed_text(passage: Passage) -> str:
    """Return what is indexed of a passage: its text and its questions, with title and section as context."""
    return " ".join([said_text(passage), *passage.questions])


def said_text(passage: Passage) -> str:
    """Return what a passage says: its text, with title and section as context."""
    return f"{passage.document}. {passage.section}. {passage.text}"
