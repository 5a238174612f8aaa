"""Measure the search over guidance documents on questions whose answers somebody marked in them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from coach.domain.guidance import Origin, Passage
from coach.domain.measured import Abstention, GuidanceLeg, GuidanceMeasured
from coach.errors import InputRefused
from coach.evaluation.labelled import Place, Question, folded, holds
from coach.evaluation.measures import dcg, gain_of, mean, precision_recall_f1
from coach.evaluation.retrieval import DIGITS, Answers, cells, latency, legs_of
from coach.services.guidance import add_file
from coach.services.parts import Parts
from coach.services.programme_access import INSTALLATION
from coach.services.trial import Leg, TrialSearch

KINDS = (".md", ".txt", ".html", ".docx", ".pptx", ".pdf")
DEPTH = 10
BEST = 2  # the grade of what answers a question
Finds = Callable[[Passage, Place], bool]
Found = list[list[Place]]  # by rank: the places that this passage holds and none before it


def add_corpus(parts: Parts, folder: Path) -> None:
    """Add each document of a folder's corpus/ for every programme, as `coach guidance add` does.

    InputRefused where there is none or one cannot be read; `parts` should be over a data folder that is thrown away.
    """
    files = sorted(path for path in (folder / "corpus").glob("*") if path.suffix.lower() in KINDS)
    if not files:
        raise InputRefused(f"There are no documents in {folder / 'corpus'}; they should end in {', '.join(KINDS)}.")
    for path in files:
        add_file(parts, INSTALLATION, path.read_bytes(), path.name)


def measure(trial: TrialSearch, questions: Sequence[Question], origin: Origin, legs: Sequence[Leg] = tuple(Leg)) -> GuidanceMeasured:
    """Ask every question of these legs and return the measures; an answerable question without a place is a miss."""
    passages = trial.passages
    asked = {question.id: question.text for question in questions}
    found = legs_of(trial, asked, DEPTH, legs)
    answerable = [question for question in questions if question.answerable]
    abstained = {key for key, ranked in found[Leg.FUSED].found.items() if ranked.abstained}
    without = {question.id for question in questions if not question.answerable}
    precision, recall, f1 = precision_recall_f1(abstained, without)
    finds = finder(passages)
    return GuidanceMeasured(
        documents=len({passage.document_id for passage in passages}),
        passages=len(passages),
        questions=len(questions),
        answerable=len(answerable),
        origin=origin,
        embedder=trial.embedder,
        within_reach=round(mean([float(any(finds(p, place) for p in passages)) for q in answerable for place in q.places]), DIGITS),
        legs=tuple(guidance_leg(leg, answered, answerable, finds) for leg, answered in found.items()),
        abstention=Abstention(precision=round(precision, DIGITS), recall=round(recall, DIGITS), f1=round(f1, DIGITS)),
        wrongly_abstained=tuple(sorted(abstained - without)),
        wrongly_answered=tuple(sorted(without - abstained)),
    )


def new_places(ranking: Sequence[Passage], places: Sequence[Place], finds: Finds) -> Found:
    """Return for each rank the places that its passage holds and none before it held."""
    left = list(places)
    found: Found = []
    for passage in ranking:
        here = [place for place in left if finds(passage, place)]
        left = [place for place in left if place not in here]
        found.append(here)
    return found


def ndcg_of_places(found: Found, places: Sequence[Place], k: int) -> float:
    """Return the DCG of the first k passages over that of one place a rank, best first; gain 3 for grade 2 and 1 for grade 1.

    A passage that holds several places earns all of them, and a place counts once; 1 at most.
    """
    best = dcg(sorted((gain_of(place.grade) for place in places), reverse=True)[:k])
    return min(1.0, dcg([sum(gain_of(place.grade) for place in here) for here in found[:k]]) / best) if best else 0.0


def finder(passages: Sequence[Passage]) -> Finds:
    """Return what tells whether one of these passages holds a place."""
    words = {passage.id: folded(passage.text) for passage in passages}
    return lambda passage, place: holds(passage, words[passage.id], place)


def guidance_leg(leg: str, answered: Answers, questions: Sequence[Question], finds: Finds) -> GuidanceLeg:
    """Return the measures of one search's answers to answerable questions."""
    found = {q.id: new_places([passage for passage, _ in answered.found[q.id].passages], q.places, finds) for q in questions}

    def average(score: Callable[[Found, Question], float]) -> float:
        return round(mean([score(found[q.id], q) for q in questions]), DIGITS)

    return GuidanceLeg(
        leg=leg,
        ndcg_at_10=average(lambda here, q: ndcg_of_places(here, q.places, DEPTH)),
        best_in_5=round(mean([_share_of_best(found[q.id], q) for q in questions if _best(q.places)]), DIGITS),
        mrr_at_10=average(lambda here, q: next((1 / rank for rank, places in enumerate(here, 1) if places), 0.0)),
        hit_at_1=average(lambda here, q: float(any(here[:1]))),
        hit_at_5=average(lambda here, q: float(any(here[:5]))),
        latency=latency(answered),
    )


def _share_of_best(found: Found, question: Question) -> float:
    return sum(len(_best(places)) for places in found[:5]) / len(_best(question.places))


def _best(places: Sequence[Place]) -> list[Place]:
    return [place for place in places if place.grade == BEST]


def in_words(result: GuidanceMeasured) -> str:
    """Return the measures as a table to read."""
    said = result.abstention
    lines = [
        f"{result.documents} documents in {result.passages} passages, {result.questions} questions ({result.answerable} answerable), embeddings: {result.embedder}",
        f"{'':<11}" + "".join(f"{name:>11}" for name in ("nDCG@10", "best in 5", "MRR@10", "hit@1", "hit@5", "p50 ms", "p95 ms")),
        *(
            f"{leg.leg:<11}" + cells((leg.ndcg_at_10, leg.best_in_5, leg.mrr_at_10, leg.hit_at_1, leg.hit_at_5), leg.latency)
            for leg in result.legs
        ),
        f"Some passage holds {result.within_reach:.0%} of the places looked for.",
        f"“Not covered”: precision {said.precision:.2f}, recall {said.recall:.2f}, F1 {said.f1:.2f}.",
    ]
    if result.wrongly_abstained:
        lines.append(f"Answerable, but said not to be covered: {', '.join(result.wrongly_abstained)}.")
    if result.wrongly_answered:
        lines.append(f"Not answerable, but answered: {', '.join(result.wrongly_answered)}.")
    return "\n".join(lines)
