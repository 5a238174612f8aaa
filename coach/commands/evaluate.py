"""`coach evaluate`: how well searching and summarising do what somebody judged to be right."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from coach.bootstrap import embedder, join_parts
from coach.commands.frame import as_json, show
from coach.domain.guidance import Origin, SearchScope
from coach.errors import InputRefused
from coach.evaluation import guidance, notes, retrieval
from coach.evaluation.collection import read_collection
from coach.evaluation.labelled import read_questions
from coach.evaluation.notes_baseline import by_word_overlap
from coach.evaluation.notes_cases import read_notes_cases
from coach.services.drafting import BUILTIN, OPENAI
from coach.services.parts import Parts
from coach.services.trial import Leg, trial_of_library, trial_search
from coach.settings import Settings, load_settings


@click.group()
def evaluate() -> None:
    """Measures on labelled cases; nothing in the data folder is read or changed."""


@evaluate.command("retrieval")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--run", "run", metavar="RUN.tsv", type=click.Path(path_type=Path), help="Write what the search found, as a TREC run.")
@as_json
def evaluate_retrieval(folder: Path, run: Path | None, as_json: bool) -> None:
    """Measure the search on a collection in BEIR's layout: corpus.jsonl, queries.jsonl, qrels.tsv or qrels/test.tsv."""
    settings = load_settings()
    collection = read_collection(folder)
    chosen = embedder(settings)
    _say(f"Indexing {len(collection.passages)} documents ...")
    with _thrown_away(settings) as parts, trial_search(parts, collection.passages, chosen) as trial:
        _say(f"Asking {len(collection.queries)} questions ...")
        found = retrieval.legs_of(trial, collection.queries)
    if run is not None:
        _write(run, retrieval.run_lines(found[Leg.FUSED]))
    result = retrieval.measured(collection, chosen.name, found, str(run) if run else None)
    show(result, as_json, retrieval.in_words(result))


@evaluate.command("guidance")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@as_json
def evaluate_guidance(folder: Path, as_json: bool) -> None:
    """Measure the search over the documents in DIR/corpus with the questions in DIR/questions.jsonl."""
    settings, questions = load_settings(), read_questions(folder / "questions.jsonl")
    with _thrown_away(settings) as parts:
        _say("Adding the documents ...")
        guidance.add_corpus(parts, folder)
        trial = trial_of_library(parts, embedder(settings), SearchScope.ADDED)
        result = guidance.measure(trial, questions, Origin.ADDED)
    show(result, as_json, guidance.in_words(result))


@evaluate.command("notes")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--engine", default=BUILTIN, type=click.Choice([BUILTIN, OPENAI]), help="Which engine summarises.")
@click.option("--baseline", is_flag=True, help="Measure counting shared words beside it.")
@click.option("--errors", is_flag=True, help="List what differs from the careful reader's answer, without words of the notes.")
@as_json
def evaluate_notes(folder: Path, engine: str, baseline: bool, errors: bool, as_json: bool) -> None:
    """Measure summaries of the labelled session notes in DIR (its .json files)."""
    settings, cases = load_settings(), read_notes_cases(folder)
    with _thrown_away(settings) as parts:
        _say(f"Summarising {len(cases)} sets of notes ...")
        legs: dict[str, notes.Summarise] = {engine: lambda brief: notes.summary_by(parts, engine, brief)}
        if baseline:
            legs["word overlap"] = by_word_overlap
        result = notes.measure(cases, legs, engine)
    show(result, as_json, notes.in_words(result, errors))


@contextmanager
def _thrown_away(settings: Settings) -> Iterator[Parts]:
    """Join parts over an empty data folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="coach-evaluate-", ignore_cleanup_errors=True) as home:
        parts = join_parts(settings.model_copy(update={"home": Path(home), "database_url": ""}))
        try:
            yield parts
        finally:
            parts.database.close()


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        raise InputRefused(f"{path} cannot be written; name a file in a folder that can.") from None


def _say(line: str) -> None:
    click.echo(line, err=True)
