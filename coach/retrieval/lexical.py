"""Score passages by BM25 over stems."""

import logging
from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from coach.domain.guidance import Passage
from coach.language.stems import stem_list

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it would report each index that it builds


class Lexical:
    """BM25 over title, section and text of some passages, in memory."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        tokens = [stem_list(indexed_text(passage)) or ["-"] for passage in passages]
        self._terms = {token for document in tokens for token in document}
        self._bm25 = bm25s.BM25()
        self._bm25.index(tokens, show_progress=False)
        self._size = len(passages)

    def scores(self, question: str) -> NDArray[np.float32]:
        """Return one score a passage, 0 where it shares no word with the question."""
        known = [term for term in stem_list(question) if term in self._terms]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)

    def coverage(self, question: str) -> float:
        """Return the share of the question's stems that any passage knows; 1 for a question without any."""
        asked = set(stem_list(question))
        return len(asked & self._terms) / len(asked) if asked else 1.0


def indexed_text(passage: Passage) -> str:
    """Return what is indexed of a passage: its text, with title and section as context."""
    return f"{passage.document}. {passage.section}. {passage.text}"
