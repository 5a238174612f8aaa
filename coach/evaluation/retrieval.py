"""Measure the search on a test collection: each document is one passage, the settings are the ones in force."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from time import perf_counter

from coach.domain.measured import OutputLatency, RankingLeg, RetrievalMeasured
from coach.errors import InputRefused
from coach.evaluation.collection import Collection
from coach.evaluation.measures import hit, mean, ndcg, percentile, recall, reciprocal_rank
from coach.services.trial import Leg, Ranked, TrialSearch

DEPTH = 100  # documents asked for a question: what Recall@100 needs
SHOWN, TIMED = 5, 100  # passages that a person is shown, and questions whose time is taken
TAG = "coach"
DIGITS = 4
Ask = Callable[[str, int], Ranked]


@dataclass(frozen=True)
class Answers:
    """What was found for each question by its id, and how many seconds answers took."""

    found: dict[str, Ranked]
    seconds: tuple[float, ...] = ()


def answers(ask: Ask, queries: Mapping[str, str], k: int = DEPTH) -> Answers:
    """Ask each question, the first hundred twice: as a person does, which is timed, and then as deep as the measures go.

    One more is asked before, so that nothing is loaded within a measured time.
    """
    ask("a question before the clock starts", SHOWN)
    seconds: list[float] = []
    for text in islice(queries.values(), TIMED):
        start = perf_counter()
        ask(text, SHOWN)
        seconds.append(perf_counter() - start)
    return Answers({key: ask(text, k) for key, text in queries.items()}, tuple(seconds))


def legs_of(trial: TrialSearch, queries: Mapping[str, str], k: int = DEPTH, legs: Sequence[Leg] = tuple(Leg)) -> dict[str, Answers]:
    """Return the answers of the search as it is and of each of its legs."""
    return {leg: answers(partial(trial.ask, leg=leg), queries, k) for leg in legs}


def measured(collection: Collection, embedder: str, found: Mapping[str, Answers], run: str | None) -> RetrievalMeasured:
    """Return the measures of each leg's answers."""
    return RetrievalMeasured(
        documents=len(collection.passages),
        questions=len(collection.grades),
        embedder=embedder,
        legs=tuple(ranking_leg(leg, answered, collection) for leg, answered in found.items()),
        left_out=collection.left_out,
        run=run,
    )


def latency(answered: Answers) -> OutputLatency:
    """Return the median and the 95th percentile of the times."""
    times = [seconds * 1000 for seconds in answered.seconds]
    return OutputLatency(p50_ms=round(percentile(times, 50), 3), p95_ms=round(percentile(times, 95), 3))


def ranking_leg(leg: str, answered: Answers, collection: Collection) -> RankingLeg:
    """Return the measures of one search's answers."""
    ranked = {key: [passage.id for passage, _ in found.passages] for key, found in answered.found.items()}
    pairs = [(ranked[key], grades) for key, grades in collection.grades.items()]

    def average(values: Iterator[float]) -> float:
        return round(mean(list(values)), DIGITS)

    return RankingLeg(
        leg=leg,
        ndcg_at_10=average(ndcg(found, grades, 10) for found, grades in pairs),
        ndcg_at_10_linear=average(ndcg(found, grades, 10, "linear") for found, grades in pairs),
        recall_at_5=average(recall(found, grades, 5) for found, grades in pairs),
        recall_at_100=average(recall(found, grades, 100) for found, grades in pairs),
        mrr_at_10=average(reciprocal_rank(found, grades, 10) for found, grades in pairs),
        hit_at_1=average(hit(found, grades, 1) for found, grades in pairs),
        hit_at_5=average(hit(found, grades, 5) for found, grades in pairs),
        latency=latency(answered),
    )


def run_lines(answered: Answers) -> str:
    """Return answers as a TREC run: question, Q0, document, rank, score and tag, a line each, with a tab between.

    Programs that read runs sort by score and break ties in ways of their own, so that each score is made a little lower than the one before.
    """
    lines: list[str] = []
    for key, found in answered.found.items():
        last: float | None = None
        for rank, (passage, score) in enumerate(found.passages, 1):
            last = score if last is None else min(score, last - 1e-6)
            lines.append("\t".join((_word(key), "Q0", _word(passage.id), str(rank), f"{last:.6f}", TAG)))
    return "\n".join(lines) + "\n" if lines else ""


def _word(key: str) -> str:
    if len(key.split()) != 1 or key != key.strip():
        raise InputRefused(f"A run file cannot hold the id “{key}”, which has a space in it; leave --run out or rename it.")
    return key


def in_words(result: RetrievalMeasured) -> str:
    """Return the measures as a table to read."""
    head = f"{result.documents} documents, {result.questions} questions, embeddings: {result.embedder}"
    columns = ("nDCG@10", "linear", "Recall@5", "Recall@100", "MRR@10", "hit@1", "hit@5", "p50 ms", "p95 ms")
    rows = [f"{'':<11}" + "".join(f"{name:>11}" for name in columns)]
    for leg in result.legs:
        shares = (leg.ndcg_at_10, leg.ndcg_at_10_linear, leg.recall_at_5, leg.recall_at_100, leg.mrr_at_10, leg.hit_at_1, leg.hit_at_5)
        rows.append(f"{leg.leg:<11}" + cells(shares, leg.latency))
    notes = [f"Not counted: {', '.join(result.left_out)}."] if result.left_out else []
    return "\n".join([head, *rows, *notes])


def cells(shares: Sequence[float], time: OutputLatency) -> str:
    """Return a row of a table: shares, then milliseconds."""
    return "".join(f"{value:>11.3f}" for value in shares) + f"{time.p50_ms:>11.1f}{time.p95_ms:>11.1f}"
