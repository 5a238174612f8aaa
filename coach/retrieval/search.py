"""Answer a question with passages: BM25 and embeddings, fused by z-scores, asked again with what the first answers say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np

from coach.domain.guidance import FoundPassage, Origin, Passage
from coach.errors import EmbeddingFailed
from coach.language.sentences import words
from coach.retrieval.asking import Asked, asked_all, unit
from coach.retrieval.beyond import Matter, unknown_names
from coach.retrieval.coverage import Signs, asks_for_a_fact, doubt, gap
from coach.retrieval.diversity import without_repeats
from coach.retrieval.embed import Embedder
from coach.retrieval.fusion import Scores, fused, joined, z_scores
from coach.retrieval.index import Places, VectorIndex, first
from coach.retrieval.lexical import Lexical, indexed_text, said_text
from coach.retrieval.questions import AskedBefore, question_texts
from coach.retrieval.weights import weights_beside
from coach.retrieval.wording import PLAIN, Wording

POOL = 100  # candidates taken from each leg
# Pseudo-relevance feedback (RM3 for words, Rocchio for vectors): the ten best passages and their twenty strongest terms.
FEEDBACK_PASSAGES, FEEDBACK_TERMS = 10, 20
OPENING, SHORT_OPENING = 1.5, 60  # taken off the score of lines under a document's title that have fewer words than this
OWN = 0.8  # added to the score of a programme's own passages, which would else be drowned by those that carry many questions
# The shipped guidance advises on passages without questions of their own, for questions that are near one of its own. Static embeddings of
# questions on mentoring lie .4 and more from the nearest of ours, those of four public collections on other subjects below .4.
ADVISED_FROM, ADVISING_PASSAGES = 0.4, 8
ASKED_BEFORE = 0.75  # cosine from which a question is one that a passage is said to answer
JUDGED_BY, SPOKEN_OF = 5, 3  # the best passages that tell whether a question is covered


@dataclass(frozen=True)
class Found:
    """Passages, best first, and whether the guidance seems not to cover the question at all."""

    passages: tuple[FoundPassage, ...]
    abstained: bool
    beyond: str = ""  # what the question looks like and whom to ask, where that is known


@dataclass(frozen=True)
class Ranking:
    """Candidates with the score that their own texts give them."""

    places: Places
    scores: Scores

    def best(self, count: int) -> Places:
        """Return the places of the best candidates, best first."""
        return self.places[np.argsort(-self.scores, kind="stable")[:count]]


class GuidanceSearch:
    """Search over the passages of one corpus version; where no vectors can be had it goes by words alone."""

    def __init__(
        self,
        passages: Sequence[Passage],
        folder: Path,
        embedder: Embedder,
        wording: Wording = PLAIN,
        advisor: "GuidanceSearch | None" = None,
    ) -> None:
        self._passages = tuple(passages)
        self._embedder = embedder
        self._wording = wording
        self._advisor = advisor
        texts = [indexed_text(passage) for passage in passages]
        self._lexical = Lexical(texts) if texts else None
        # What feedback takes words from: the texts alone, whose words are those of handbooks.
        self._said = Lexical([said_text(passage) for passage in passages]) if any(p.questions for p in passages) else self._lexical
        self._index, asked = self._indexed(texts, folder), self._indexed(question_texts(passages), folder)
        self._before = AskedBefore(passages, asked)
        self._asked_before = np.array([bool(passage.questions) for passage in passages], dtype=bool)
        self._standing = np.array([OWN * (p.origin is Origin.ADDED) - OPENING * _only_announces(p) for p in passages])

    @property
    def size(self) -> int:
        """Return how many passages are searched."""
        return len(self._passages)

    def search(self, question: str, k: int = 5, keep: Callable[[Passage], bool] = lambda passage: True) -> Found:
        """Return up to k passages that `keep` lets through, best first."""
        return self.search_all({"": question}, k, {"": keep})[""]

    def search_all(self, questions: Mapping[str, str], k: int, keep: Mapping[str, Callable[[Passage], bool]]) -> dict[str, Found]:
        """Return the answers to several questions by key; they are embedded in one go."""
        texts = {key: whole for key, text in questions.items() if words(whole := whole_text(text))}
        asked = dict(zip(texts, asked_all(list(texts.values()), self._wording.lexicon, self._embedder), strict=True)) if texts else {}
        return {key: self._answer(asked[key], k, keep[key]) if key in asked else Found((), abstained=True) for key in questions}

    def advice(self, asked: Asked, embedder: str) -> dict[str, float]:
        """Return the strongest stems of the passages whose questions are nearest to a question; none where none of them is near.

        They serve passages that carry no questions of their own (expansion by an external corpus: Diaz and Metzler, 2006).
        """
        if embedder != self._embedder.name:  # another embedder's vector says nothing here
            asked = asked_all([asked.question], self._wording.lexicon, self._embedder)[0]
        compared = self._before.compare(asked)
        if self._said is None or compared.nearest < ADVISED_FROM:
            return {}
        places, shares = self._shares(Ranking(self._before.places, compared.scores), ADVISING_PASSAGES)
        return self._said.strongest(places.tolist(), shares.tolist(), FEEDBACK_TERMS)

    def _answer(self, asked: Asked, k: int, keep: Callable[[Passage], bool]) -> Found:
        if self._lexical is None:
            return Found((), abstained=True)
        advice = {} if self._asked_before.all() else (self._advisor or self).advice(asked, self._embedder.name)
        compared = self._before.compare(asked)
        by_question = compared.scores
        initial = self._ranked(self._lexical, asked, by_question, advice)
        ranking = self._ranked(self._lexical, self._widened(self._lexical, asked, initial), by_question, advice)
        score = dict(zip(ranking.places.tolist(), ranking.scores.tolist(), strict=True))
        order = [place for place in ranking.best(len(ranking.places)).tolist() if keep(self._passages[place])]
        chosen = list(islice(without_repeats(order, lambda place: self._passages[place].text), k))
        found = tuple(FoundPassage(passage=self._passages[place], score=round(score[place], 4)) for place in chosen)
        matter = self._beyond(asked.question, chosen)
        known = any(map(self._lexical.knows, asked.terms)) and (matter is None and compared.nearest >= ASKED_BEFORE)
        covered = known or doubt(self._signs(self._lexical, asked, order, matter)) <= 0
        said = f"It looks like a question about {matter.name}: ask {matter.ask}." if matter and not covered else ""
        return Found(found, not covered, said)

    def _ranked(self, lexical: Lexical, asked: Asked, by_question: Scores, advice: Mapping[str, float]) -> Ranking:
        """Rank the candidates; `by_question`, which no feedback changes, is what the questions of passages say."""
        by_word = lexical.scores(asked.terms)
        others = np.concatenate([first(by_word, POOL), self._before.places[first(by_question, POOL)]])
        places, cosines = self._around(asked, others)
        weights = weights_beside(self._embedder)
        text = fused(by_word[places], cosines, weights.words)
        has_questions = self._asked_before[places]
        if advice and not has_questions.all():
            text[~has_questions] += weights.advice * z_scores(lexical.scores(advice)[places[~has_questions]])
        if has_questions.any():
            of_questions = by_question[np.searchsorted(self._before.places, places[has_questions])]
            text = joined(text, of_questions, has_questions)
        return Ranking(places, text + self._standing[places])

    def _signs(self, lexical: Lexical, asked: Asked, order: Sequence[int], matter: Matter | None) -> Signs:
        held = [lexical.held(place, asked.typed) for place in order[:JUDGED_BY]]
        shipped = (self._advisor and self._advisor._lexical) or lexical
        unknown = [stem for stem in asked.typed if not shipped.knows(stem) and not any(stem in stems for stems in held)]
        missing = gap(list(asked.typed), {stem: lexical.rarity(stem) for stem in asked.typed}, held)
        beyond = matter is not None or bool(unknown and unknown_names(asked.question, lambda stem: stem not in unknown))
        return Signs(asks_for_a_fact(asked.question), missing, len(unknown) / max(1, len(asked.typed)), beyond)

    def _beyond(self, question: str, chosen: Sequence[int]) -> Matter | None:
        """Return the matter beyond the guidance that is asked for, unless one of the best passages speaks of it."""
        beyond = self._wording.beyond
        asked = beyond.matter(question) if beyond else None
        if beyond is None or asked is None:
            return None
        spoken = (beyond.matter(self._passages[place].text) for place in chosen[:SPOKEN_OF])
        return None if any(matter and matter.name == asked.name for matter in spoken) else asked

    def _around(self, asked: Asked, others: Places) -> tuple[Places, Scores]:
        if self._index is None or asked.vector is None:
            places = np.unique(others)
            return places, np.zeros(len(places))
        return self._index.around(asked.vector, POOL, others)

    def _widened(self, lexical: Lexical, asked: Asked, first: Ranking) -> Asked:
        """Return the question with what its best passages say: RM3 on its stems, Rocchio on its vector."""
        share = weights_beside(self._embedder).feedback
        places, shares = self._shares(first, FEEDBACK_PASSAGES)
        whole = sum(asked.terms.values()) or 1.0
        terms = {stem: (1 - share) * weight / whole for stem, weight in asked.terms.items()}
        for stem, weight in lexical.strongest(places.tolist(), shares.tolist(), FEEDBACK_TERMS).items():
            terms[stem] = terms.get(stem, 0.0) + share * weight
        if asked.vector is None or self._index is None:
            return replace(asked, terms=terms)
        middle = shares @ self._index.vectors(places)
        return replace(asked, terms=terms, vector=unit((1 - share) * asked.vector + share * middle))

    @staticmethod
    def _shares(ranking: Ranking, count: int) -> tuple[Places, Scores]:
        """Return the best places and the share of each, which falls off exponentially with its score; shares add up to 1."""
        order = np.argsort(-ranking.scores, kind="stable")[:count]
        shares = np.exp(ranking.scores[order] - ranking.scores[order[0]])
        return ranking.places[order], shares / shares.sum()

    def _indexed(self, texts: Sequence[str], folder: Path) -> VectorIndex | None:
        """Return the index of some texts, or None where there are none or no vectors can be had."""
        try:
            return VectorIndex(folder, texts, self._embedder) if texts else None
        except EmbeddingFailed:
            return None


def _only_announces(passage: Passage) -> bool:
    """Tell whether a passage is the short lines under a document's title, which announce what its sections then say."""
    return passage.section == passage.document and len(passage.text.split()) < SHORT_OPENING


def whole_text(text: str) -> str:
    """Return text without halves of characters, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode()
