"""Measures of a ranking against judgements: pure functions of the ids that were found and the grades that were given."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

Gain = Literal["exponential", "linear"]


def gain_of(grade: int, gain: Gain = "exponential") -> float:
    """Return what a document of this grade is worth: 2^grade - 1 (Burges et al. 2005) or the grade itself (trec_eval); 0 below grade 1."""
    return float(2**grade - 1 if gain == "exponential" else grade) if grade > 0 else 0.0


def dcg(gains: Sequence[float]) -> float:
    """Return the discounted cumulated gain: the sum of gain / log2(rank + 1) (Järvelin & Kekäläinen 2002, discount as in trec_eval)."""
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], k: int, gain: Gain = "exponential") -> float:
    """Return the DCG of the first k over that of the best possible order, 0 where nothing is relevant.

    With linear gain this is trec_eval's `ndcg_cut_k`; with two grades (0 and 1) both gains agree.
    """
    best = dcg(sorted((gain_of(grade, gain) for grade in grades.values()), reverse=True)[:k])
    return dcg([gain_of(grades.get(found, 0), gain) for found in ranking[:k]]) / best if best else 0.0


def recall(ranking: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Return the share of the relevant ones (grade 1 or more) among the first k (trec_eval's `recall_k`), 0 where there are none."""
    wanted = relevant(grades)
    return len(wanted & set(ranking[:k])) / len(wanted) if wanted else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Return 1 / the rank of the first relevant one within the first k, 0 where there is none; its mean is the MRR (Voorhees 1999)."""
    wanted = relevant(grades)
    return next((1 / rank for rank, found in enumerate(ranking[:k], 1) if found in wanted), 0.0)


def hit(ranking: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Return 1 where a relevant one is among the first k, else 0."""
    return float(bool(relevant(grades) & set(ranking[:k])))


def relevant(grades: Mapping[str, int]) -> frozenset[str]:
    """Return what was judged to be of grade 1 or more."""
    return frozenset(key for key, grade in grades.items() if grade > 0)


def precision_recall_f1(said: Collection[str], true: Collection[str]) -> tuple[float, float, float]:
    """Return the share of what was said that is true, the share of what is true that was said, and their harmonic mean.

    The precision of saying nothing is 1, and so is the recall where nothing is true.
    """
    right = len(set(said) & set(true))
    precision, found = right / len(said) if said else 1.0, right / len(true) if true else 1.0
    return precision, found, 2 * precision * found / (precision + found) if precision + found else 0.0


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean, 0 of nothing."""
    return math.fsum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], q: float) -> float:
    """Return the smallest value that at least q per cent of them do not exceed (nearest rank), 0 of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(q / 100 * len(ordered)) - 1)] if ordered else 0.0
