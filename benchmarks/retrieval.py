"""Compare the search with its legs, with Chroma as it comes and with LangChain's ensemble: quality and time, in one run on one machine.

    python -m benchmarks.retrieval [FOLDER ...]

asks the questions of `tests/questions` to the guidance that ships, and those of each folder named: one in BEIR's layout, or one with
corpus/ and questions.jsonl. What is not installed on this machine is left out, and said.
"""

import logging
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.contenders import chroma_default, langchain_ensemble, minilm_present
from coach.bootstrap import close_doors, embedder, join_parts
from coach.domain.guidance import Passage, SearchScope
from coach.domain.measured import GuidanceLeg, RankingLeg
from coach.evaluation.collection import read_collection
from coach.evaluation.guidance import add_corpus, finder, guidance_leg
from coach.evaluation.labelled import read_questions
from coach.evaluation.retrieval import Answers, Ask, answers, ranking_leg
from coach.services.trial import Leg, TrialSearch, trial_of_library, trial_search
from coach.settings import Settings

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "eval" / "guidance"
MOST_SLOW = 500  # passages; a sentence model embeds some of them a second, so that larger collections are left to --slow
NAMES = {"builtin": "builtin", "minilm": "MiniLM"}


@dataclass(frozen=True)
class Task:
    """Questions, how deep each is asked, how the search over the passages is opened, and how answers are scored."""

    name: str
    queries: Mapping[str, str]
    depth: int
    opened: Callable[[Settings], AbstractContextManager[TrialSearch]]
    score: Callable[[str, Answers, Sequence[Passage]], GuidanceLeg | RankingLeg]


def beir(folder: Path) -> Task:
    """Return the task of a folder in BEIR's layout."""
    collection = read_collection(folder)

    @contextmanager
    def opened(settings: Settings) -> Iterator[TrialSearch]:
        parts = join_parts(settings)
        with trial_search(parts, collection.passages, embedder(settings)) as trial:
            yield trial
        parts.database.close()

    return Task(
        folder.name,
        collection.queries,
        100,
        opened,
        lambda name, found, _: ranking_leg(name, found, collection),
    )


def guidance(folder: Path | None) -> Task:
    """Return the task of documents with marked answers, the shipped ones or a folder's; what cannot be answered is not asked."""
    questions = folder / "questions.jsonl" if folder else ROOT / "tests" / "questions" / "knowledge.jsonl"
    asked = [question for question in read_questions(questions) if question.answerable]

    @contextmanager
    def opened(settings: Settings) -> Iterator[TrialSearch]:
        parts = join_parts(settings)
        if folder:
            add_corpus(parts, folder)
        yield trial_of_library(parts, embedder(settings), SearchScope.ADDED if folder else SearchScope.SHIPPED)
        parts.database.close()

    return Task(
        folder.name if folder else "our own",
        {question.id: question.text for question in asked},
        10,
        opened,
        lambda name, found, passages: guidance_leg(name, found, asked, finder(passages)),
    )


def contenders(task: Task, slow: bool) -> Iterator[tuple[str, Ask, Sequence[Passage]]]:
    """Yield each search that this machine can run: its name, what asks it, and the passages that it searches."""
    for kind, name in NAMES.items():
        if kind == "minilm" and not minilm_present():
            print("  MiniLM is not on this machine, so it is left out; COACH_EMBEDDER=minilm fetches it once.")
            return
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            settings = Settings(home=Path(folder) / "home", database_url="", embedder=kind)
            with task.opened(settings) as trial:
                passages = trial.passages
                if kind == "builtin":
                    yield "BM25 alone", partial(trial.ask, leg=Leg.WORDS), passages
                yield f"{name} embeddings alone", partial(trial.ask, leg=Leg.MEANING), passages
                yield f"ours, {name}", trial.ask, passages
            ensemble = langchain_ensemble(passages, embedder(settings))
            if ensemble is None:
                print("  LangChain is not installed, so it is left out; pip install --group bench brings it.")
            else:
                yield f"LangChain ensemble, {name}", ensemble, passages
            if kind == "minilm":
                yield "Chroma as it comes (MiniLM)", chroma_default(passages, Path(folder) / "chroma"), passages
        if len(passages) > MOST_SLOW and not slow:
            print(f"  MiniLM and Chroma's default are left out of {len(passages)} passages; --slow includes them.")
            return


def compare(task: Task, slow: bool) -> None:
    """Print a line for each search, with its quality as a ratio to BM25 alone."""
    print(f"\n{task.name}: {len(task.queries)} questions")
    base = 0.0
    for name, ask, passages in contenders(task, slow):
        found = task.score(name, answers(ask, task.queries, task.depth), passages)
        base = base or found.ndcg_at_10
        what, five = ("best in 5", found.best_in_5) if isinstance(found, GuidanceLeg) else ("Recall@5", found.recall_at_5)
        print(
            f"  {name:<28} nDCG@10 {found.ndcg_at_10:.3f}   {what} {five:.3f}   MRR@10 {found.mrr_at_10:.3f}"
            f"   hit@1 {found.hit_at_1:.3f}   hit@5 {found.hit_at_5:.3f}   p50 {found.latency.p50_ms:7.2f} ms"
            f"   p95 {found.latency.p95_ms:7.2f} ms   ratio to BM25 {found.ndcg_at_10 / base if base else 0:5.2f}",
            flush=True,
        )


def main() -> None:
    """Print the comparison: our own guidance first, then each folder."""
    close_doors()
    logging.disable(logging.INFO)
    named = [Path(argument) for argument in sys.argv[1:] if argument != "--slow"]
    compare(guidance(None), slow=True)
    for folder in [*([SHARED] if SHARED.is_dir() else []), *named]:
        compare(guidance(folder) if (folder / "corpus").is_dir() else beir(folder), "--slow" in sys.argv)


if __name__ == "__main__":
    main()
