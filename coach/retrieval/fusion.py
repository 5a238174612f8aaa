"""Join what words, meaning and questions say of some candidates into one score."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

QUESTIONS = 3.0  # what a passage's own questions say counts for more than its text: they are in the words of those who ask


def z_scores(values: Scores) -> Scores:
    """Return how many standard deviations each value lies from the mean; zeros where all are equal."""
    if not len(values):
        return np.zeros(0)
    away = values - values.mean()
    spread = float(np.sqrt(away @ away / len(away)))
    return np.asarray(away / spread) if spread > 0 and values.max() > values.min() else np.zeros(len(values))


def fused(by_word: Scores, by_meaning: Scores, words: float) -> Scores:
    """Return the sum of z-scores, words weighted; z-score fusion beats reciprocal rank fusion on every collection that was measured."""
    return words * z_scores(by_word) + z_scores(by_meaning)


def joined(by_text: Scores, by_question: Scores, has_questions: NDArray[np.bool_]) -> Scores:
    """Return by how much text and questions speak for each candidate; one without questions is judged by its text alone, on the same scale.

    `by_question` holds a score for each candidate that has questions, in their order.
    """
    asked = by_text.copy()
    asked[has_questions] = z_scores(by_question) * max(float(by_text.std()), 1.0) if has_questions.any() else asked[has_questions]
    return np.asarray((by_text + QUESTIONS * asked) / (1 + QUESTIONS))
