"""Read a test collection in BEIR's layout: corpus.jsonl, queries.jsonl, and judgements in qrels.tsv or qrels/test.tsv."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from coach.domain.guidance import Passage
from coach.errors import InputRefused
from coach.evaluation.lines import numbered, objects, refused, string, text_of

QRELS = ("qrels.tsv", "qrels/test.tsv")


@dataclass(frozen=True)
class Collection:
    """Documents as passages, one each, the questions by id, and the grade of each judged document by question; `left_out` is in words."""

    passages: tuple[Passage, ...]
    queries: dict[str, str]
    grades: dict[str, dict[str, int]]
    left_out: tuple[str, ...] = ()


def read_collection(folder: Path) -> Collection:
    """Return the collection of a folder, with the questions for which something is relevant; raise InputRefused naming the line that is wrong."""
    if not folder.is_dir():
        raise InputRefused(f"{folder} is no folder; name one that holds corpus.jsonl, queries.jsonl and {QRELS[0]}.")
    passages = _corpus(folder / "corpus.jsonl")
    queries = _queries(folder / "queries.jsonl")
    judged = {qid: grades for qid, grades in _qrels(_qrels_file(folder)).items() if any(grade > 0 for grade in grades.values())}
    grades = {qid: judged[qid] for qid in queries if qid in judged}
    if not grades:
        raise InputRefused(f"No question of queries.jsonl in {folder} has a relevant document in the judgements.")
    known = {passage.id for passage in passages}
    notes = {
        "questions without a relevant document": len(queries) - len(grades),
        "judged questions that queries.jsonl does not hold": len(judged) - len(grades),
        "judged documents that corpus.jsonl does not hold": len({d for found in grades.values() for d in found} - known),
    }
    return Collection(passages, {q: queries[q] for q in grades}, grades, tuple(f"{n} {what}" for what, n in notes.items() if n))


def _corpus(path: Path) -> tuple[Passage, ...]:
    found: dict[str, Passage] = {}
    for number, data in objects(path):
        key = string(path, number, data, "_id")
        if key in found:
            raise refused(path, number, f'has the "_id" of an earlier line, {key}')
        title, text = (str(data.get(name) or "").replace("\0", "\ufffd") for name in ("title", "text"))
        found[key] = Passage(id=key, document_id=key, file=key, document=title, section="", text=text)
    if not found:
        raise InputRefused(f"{path.name} in {path.parent} holds no documents.")
    return tuple(found.values())


def _queries(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, data in objects(path):
        key = string(path, number, data, "_id")
        if key in found:
            raise refused(path, number, f'has the "_id" of an earlier line, {key}')
        found[key] = string(path, number, data, "text")
    return found


def _qrels_file(folder: Path) -> Path:
    found = next((folder / name for name in QRELS if (folder / name).is_file()), None)
    if found is None:
        raise InputRefused(f"There is neither {QRELS[0]} nor {QRELS[1]} in {folder}; one of them should hold the judgements.")
    return found


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    """Return the grades; lines are `question document grade` as in BEIR or `question 0 document grade` as in TREC, with or without a header."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for place, (number, line) in enumerate(numbered(text_of(path))):
        cells = [cell.strip() for cell in line.split("\t")] if "\t" in line else line.split()
        grade = _grade(cells[-1])
        if place == 0 and grade is None and len(cells) in (3, 4):
            continue  # the header
        if len(cells) not in (3, 4) or grade is None or not all(cells):
            raise refused(path, number, "should hold a question's id, a document's id and a whole number as grade")
        found[cells[0]][cells[-2]] = grade
    return dict(found)


def _grade(cell: str) -> int | None:
    try:
        value = float(cell)
        return int(value) if value.is_integer() else None
    except (ValueError, OverflowError):
        return None
