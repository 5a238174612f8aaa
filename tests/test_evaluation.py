"""The figures that the evaluation prints are what their formulas say, on files that are read whole or refused with their line."""

import json
import math
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from coach.bootstrap import join_parts
from coach.cli import coach
from coach.domain.guidance import Origin, Passage, SearchScope
from coach.domain.measured import GuidanceMeasured, RetrievalMeasured
from coach.errors import CoachError, InputRefused
from coach.evaluation.collection import read_collection
from coach.evaluation.guidance import measure, ndcg_of_places, new_places
from coach.evaluation.labelled import Place, folded, holds, read_questions
from coach.evaluation.measures import dcg, hit, mean, ndcg, percentile, precision_recall_f1, recall, reciprocal_rank
from coach.evaluation.retrieval import Answers, run_lines
from coach.retrieval.embed import StaticEmbedder
from coach.services.parts import Parts
from coach.services.trial import Leg, Ranked, trial_of_library, trial_search
from coach.settings import Settings
from tests import databases
from tests.processes import ROOT

GRADES = {"a": 2, "b": 1, "c": 0}
QUESTIONS = ROOT / "tests" / "questions" / "knowledge.jsonl"


# ---------------------------------------------------------------- measures, against values computed by hand


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    assert dcg([3, 2, 3]) == pytest.approx(3 + 2 / math.log2(3) + 3 / 2)
    # gains 1, 0, 3 at ranks 1 to 3; the best order has 3, 1
    assert ndcg(["b", "x", "a"], GRADES, 10) == pytest.approx((1 + 3 / 2) / (3 + 1 / math.log2(3)))
    assert ndcg(["b", "x", "a"], GRADES, 10) == pytest.approx(0.688529, abs=1e-6)
    assert ndcg(["b", "x", "a"], GRADES, 10, "linear") == pytest.approx(0.760187, abs=1e-6)
    assert ndcg(["b", "x", "a"], GRADES, 2) == pytest.approx(1 / (3 + 1 / math.log2(3)))


def test_ndcg_of_the_best_order_is_one_and_of_nothing_relevant_zero() -> None:
    assert ndcg(["a", "b", "c"], GRADES, 10) == 1
    assert ndcg(["c", "x"], GRADES, 10) == 0
    assert ndcg(["a"], {"a": 0}, 10) == 0
    assert ndcg([], GRADES, 10) == 0


def test_more_relevant_documents_than_places_still_reach_one() -> None:
    grades = {f"d{i}": 1 for i in range(30)}
    assert ndcg([f"d{i}" for i in range(10)], grades, 10) == 1


def test_recall_rank_and_hits_count_what_was_judged_to_be_of_use() -> None:
    ranking = ["c", "b", "x", "a"]
    assert (recall(ranking, GRADES, 2), recall(ranking, GRADES, 4)) == (0.5, 1.0)
    assert reciprocal_rank(ranking, GRADES, 10) == 0.5
    assert reciprocal_rank(["c", "x", "a"], GRADES, 2) == 0
    assert (hit(ranking, GRADES, 1), hit(ranking, GRADES, 2)) == (0.0, 1.0)
    assert recall(["a"], {"a": 0, "b": -1}, 5) == 0


def test_saying_not_covered_is_measured_against_what_is_not() -> None:
    assert precision_recall_f1({"a", "b", "c"}, {"b", "c", "d", "e"}) == (pytest.approx(2 / 3), 0.5, pytest.approx(4 / 7))
    assert precision_recall_f1(set(), {"a"}) == (1.0, 0.0, 0.0)
    assert precision_recall_f1({"a"}, set()) == (0.0, 1.0, 0.0)


def test_percentiles_are_values_that_occurred() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert (percentile(values, 50), percentile(values, 95), percentile(values, 0)) == (3, 5, 1)
    assert percentile([float(i) for i in range(1, 101)], 95) == 95
    assert percentile([], 50) == mean([]) == 0


judged = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(-1, 3), min_size=1)


@given(judged, st.permutations("abcdefghij"), st.integers(1, 12))
def test_ndcg_lies_between_nothing_and_one_and_putting_the_better_first_never_costs(
    grades: dict[str, int], order: list[str], k: int
) -> None:
    before = ndcg(order, grades, k)
    assert 0 <= before <= 1 + 1e-12
    for i in range(len(order) - 1):
        if grades.get(order[i + 1], 0) > grades.get(order[i], 0):
            swapped = [*order[:i], order[i + 1], order[i], *order[i + 2 :]]
            assert ndcg(swapped, grades, k) >= before - 1e-12


# ---------------------------------------------------------------- a collection in BEIR's layout

CORPUS = [
    {"_id": "d1", "title": "Opening a session", "text": "Begin with what was promised last time and what came of it."},
    {"_id": "d2", "title": "Matching", "text": "Pair a junior employee with a leader from another department."},
    {"_id": "d3", "title": "", "text": "A report to sponsors names objectives, dates and what it cost."},
    {"_id": "d4", "title": "Feedback", "text": "Say what you saw, what it did to you, and what you ask for."},
]
QUERIES = [{"_id": "q1", "text": "how should a session begin"}, {"_id": 2, "text": "what does a report to sponsors say"}]
QRELS = "q1\td1\t2\nq1\td4\t1\n2\td3\t1\n"


def written(folder: Path, corpus: object = CORPUS, queries: object = QUERIES, qrels: str = QRELS, name: str = "qrels.tsv") -> Path:
    for file, rows in (("corpus.jsonl", corpus), ("queries.jsonl", queries)):
        text = rows if isinstance(rows, str) else "\n".join(json.dumps(row) for row in rows)  # type: ignore[attr-defined]
        (folder / file).write_text(text, encoding="utf-8")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(qrels, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "qrels",
    [
        QRELS,
        "query-id\tcorpus-id\tscore\n" + QRELS,
        "q1 0 d1 2\nq1 0 d4 1\n2 0 d3 1",
        "\ufeffq1\td1\t2.0\r\nq1\td4\t1\r\n\r\n2\td3\t1\r\n",
    ],
)
def test_judgements_are_read_with_and_without_a_header_and_as_trec_writes_them(tmp_path: Path, qrels: str) -> None:
    found = read_collection(written(tmp_path, qrels=qrels))
    assert found.grades == {"q1": {"d1": 2, "d4": 1}, "2": {"d3": 1}}
    assert list(found.queries) == ["q1", "2"]
    assert found.left_out == ()


def test_judgements_may_stand_in_a_folder_of_their_own(tmp_path: Path) -> None:
    assert read_collection(written(tmp_path, name="qrels/test.tsv")).grades["2"] == {"d3": 1}


def test_what_is_not_counted_is_said(tmp_path: Path) -> None:
    queries = [*QUERIES, {"_id": "q3", "text": "nobody judged this"}]
    found = read_collection(written(tmp_path, queries=queries, qrels=QRELS + "q9\td1\t1\nq1\tgone\t1\nq3\td1\t0\n"))
    assert set(found.queries) == {"q1", "2"}
    assert found.left_out == (
        "1 questions without a relevant document",
        "1 judged questions that queries.jsonl does not hold",
        "1 judged documents that corpus.jsonl does not hold",
    )


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "no object": ({"corpus": '{"_id": "d1", "text": "x"}\n[1]'}, "corpus.jsonl, line 2, holds no JSON object"),
    "no JSON": ({"queries": '\n\n{"_id": "q1", "text": "x"'}, "queries.jsonl, line 3, holds no JSON object"),
    "no id": ({"corpus": '{"text": "x"}'}, 'corpus.jsonl, line 1, has no text under "_id"'),
    "an id twice": ({"corpus": [*CORPUS, CORPUS[0]]}, 'corpus.jsonl, line 5, has the "_id" of an earlier line, d1'),
    "a query twice": ({"queries": [*QUERIES, QUERIES[0]]}, 'queries.jsonl, line 3, has the "_id" of an earlier line, q1'),
    "an empty query": ({"queries": '{"_id": "q1", "text": " "}'}, 'queries.jsonl, line 1, has no text under "text"'),
    "no documents": ({"corpus": "\n"}, "corpus.jsonl in .* holds no documents"),
    "no grade": ({"qrels": QRELS + "q1\td2\tyes\n"}, "qrels.tsv, line 4, should hold"),
    "half a grade": ({"qrels": QRELS + "q1\td2\t0.5\n"}, "qrels.tsv, line 4, should hold"),
    "an endless grade": ({"qrels": QRELS + "q1\td2\tinf\n"}, "qrels.tsv, line 4, should hold"),
    "two cells": ({"qrels": "q1\t1\n"}, "qrels.tsv, line 1, should hold"),
    "nothing relevant": ({"qrels": "q1\td1\t0\n"}, "No question of queries.jsonl"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_collection_is_one_sentence_with_its_line(tmp_path: Path, name: str) -> None:
    changed, said = WRONG[name]
    with pytest.raises(InputRefused, match=said) as refused:
        read_collection(written(tmp_path, **changed))  # type: ignore[arg-type]
    assert str(refused.value).count("\n") == 0


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="is no folder"):
        read_collection(tmp_path / "none")
    with pytest.raises(InputRefused, match=r"corpus.jsonl is not in"):
        read_collection(tmp_path)
    written(tmp_path)
    (tmp_path / "queries.jsonl").write_bytes(b'{"_id": "q1", "text": "a"}\n{"_id": "q2", "text": "\xff"}')
    with pytest.raises(InputRefused, match=r"queries.jsonl, line 2, is not UTF-8"):
        read_collection(tmp_path)
    written(tmp_path)
    (tmp_path / "qrels.tsv").unlink()
    with pytest.raises(InputRefused, match=r"neither qrels.tsv nor qrels/test.tsv"):
        read_collection(tmp_path)


# ---------------------------------------------------------------- the commands


def run(*args: str) -> dict[str, object]:
    """Return a command's JSON, held to the written contract."""
    result = CliRunner().invoke(coach, ["evaluate", *args, "--json"], catch_exceptions=False)
    assert result.exit_code == 0
    data: dict[str, object] = json.loads(result.stdout)
    schema = json.loads((ROOT / "docs" / "contract.json").read_text())["outputs"][f"evaluate {args[0]}"]
    jsonschema.validate(data, schema)
    return data


def test_a_collection_is_measured_for_the_search_and_for_each_leg(tmp_path: Path) -> None:
    target = tmp_path / "run.tsv"
    found = RetrievalMeasured.model_validate(run("retrieval", str(written(tmp_path)), "--run", str(target)))
    assert (found.documents, found.questions, found.embedder, found.run) == (4, 2, "wordllama", str(target))
    assert [leg.leg for leg in found.legs] == ["fused", "bm25", "embeddings"]
    for leg in found.legs:
        assert leg.hit_at_5 == 1 and leg.mrr_at_10 > 0.5
        assert 0 < leg.latency.p50_ms <= leg.latency.p95_ms
    lines = [line.split("\t") for line in target.read_text().splitlines()]
    assert {line[0] for line in lines} == {"q1", "2"} and {line[1] for line in lines} == {"Q0"} and {line[5] for line in lines} == {"coach"}
    for key in ("q1", "2"):
        mine = [line for line in lines if line[0] == key]
        assert [int(line[3]) for line in mine] == list(range(1, len(mine) + 1))
        scores = [float(line[4]) for line in mine]
        assert scores == sorted(set(scores), reverse=True)


def test_the_same_measures_follow_from_the_run_that_was_written(tmp_path: Path) -> None:
    target = tmp_path / "run.tsv"
    found = RetrievalMeasured.model_validate(run("retrieval", str(written(tmp_path)), "--run", str(target)))
    grades = read_collection(tmp_path).grades
    rows = [line.split("\t") for line in target.read_text().splitlines()]
    rankings = {key: [row[2] for row in sorted((r for r in rows if r[0] == key), key=lambda r: -float(r[4]))] for key in grades}
    assert found.legs[0].ndcg_at_10 == pytest.approx(mean([ndcg(rankings[key], grades[key], 10) for key in grades]), abs=1e-4)


def test_equal_scores_do_not_change_places_in_a_run() -> None:
    passages = [Passage(id=f"d{i}", document_id="", file="", document="", section="", text="") for i in range(3)]
    text = run_lines(Answers({"q": Ranked(tuple((passage, 0.5) for passage in passages))}))
    scores = [float(line.split("\t")[4]) for line in text.splitlines()]
    assert scores[0] > scores[1] > scores[2]


def test_an_id_that_a_run_cannot_hold_is_named() -> None:
    passage = Passage(id="two words", document_id="", file="", document="", section="", text="")
    with pytest.raises(InputRefused, match="two words"):
        run_lines(Answers({"q": Ranked(((passage, 0.5),))}))


def test_a_run_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    args = ["evaluate", "retrieval", str(written(tmp_path)), "--run", str(tmp_path)]
    result = CliRunner().invoke(coach, args)
    assert isinstance(result.exception, CoachError) and "cannot be written" in str(result.exception)


# ---------------------------------------------------------------- marked places in documents


def passage(text: str, file: str = "guide.md", section: str = "Opening", key: str = "p") -> Passage:
    return Passage(id=key, document_id=file, file=file, document="Guide", section=section, text=text)


def found_in(text: str, quote: str, file: str = "guide.txt") -> bool:
    return holds(passage(text), folded(text), Place("guide" if file == "guide.txt" else file, 2, folded(quote)))


def test_a_quote_is_found_whatever_its_marks_spaces_and_capitals() -> None:
    assert found_in("Say:\n\n*“Don’t  wait”*, then – go on.", "don't wait\", then go ON")
    assert not found_in("Say don't wait", "don't wait long")
    assert not found_in("somewhat", "what")


def test_most_of_a_long_quote_is_enough_and_half_is_not() -> None:
    words = [f"w{i}" for i in range(14)]  # ten runs of five words
    assert found_in(" ".join(words[:10]), " ".join(words))  # six of the ten
    assert not found_in(" ".join(words[:9]), " ".join(words))  # five of them


def test_a_quote_counts_in_its_own_file_alone() -> None:
    text = "begin with what was promised"
    assert holds(passage(text, "Guide.MD"), folded(text), Place("guide", 2, folded(text)))
    assert not holds(passage(text, "other.md"), folded(text), Place("guide", 2, folded(text)))


def test_a_section_is_found_by_its_path_of_headings() -> None:
    assert holds(passage("x", section="A > B"), ("x",), Place("guide", 1, section="A > B"))
    assert not holds(passage("x", section="B"), ("x",), Place("guide", 1, section="A > B"))


def test_a_place_counts_once_and_a_passage_earns_all_that_it_holds() -> None:
    one, two, three = (Place("guide", grade, (word,)) for grade, word in ((2, "one"), (1, "two"), (2, "three")))
    ranking = [passage("two"), passage("one two"), passage("one"), passage("three two one")]
    found = new_places(ranking, [one, two, three], lambda p, place: place.quote[0] in p.text.split())
    assert found == [[two], [one], [], [three]]
    best = 3 + 3 / math.log2(3) + 1 / 2
    assert ndcg_of_places(found, [one, two, three], 10) == pytest.approx((1 + 3 / math.log2(3) + 3 / math.log2(5)) / best)
    assert ndcg_of_places([[one, two, three]], [one, two, three], 10) == 1.0
    assert ndcg_of_places(found, [], 10) == 0.0


ODD: dict[str, tuple[str, str]] = {
    "no question": ('{"id": "a"}', 'line 1, has no text under "question"'),
    "twice": ('{"id": "a", "question": "x"}\n{"id": "a", "question": "y"}', 'line 2, has the "id" of an earlier line, a'),
    "no list": (
        '{"id": "a", "question": "x", "relevant": {}}\n{"id": "b", "question": "x", "relevant": {"a": 1}}',
        "line 2, should hold a list",
    ),
    "grade": ('{"id": "a", "question": "x", "relevant": [{"file": "f", "quote": "q", "grade": 3}]}', "line 1, names a grade"),
    "no file": ('{"id": "a", "question": "x", "relevant": [{"quote": "q", "grade": 2}]}', 'line 1, has no text under "file"'),
    "no quote": ('{"id": "a", "question": "x", "relevant": [{"file": "f", "grade": 2}]}', 'line 1, has no text under "quote"'),
    "only marks": (
        '{"id": "a", "question": "x", "relevant": [{"file": "f", "quote": "?!", "grade": 2}]}',
        "line 1, has a quote without a word",
    ),
    "answerable": ('{"id": "a", "question": "x", "answerable": "no"}', "line 1, should say true or false"),
    "nothing": ("", "holds no questions"),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_wrong_among_questions_is_one_sentence_with_its_line(tmp_path: Path, name: str) -> None:
    text, said = ODD[name]
    (tmp_path / "questions.jsonl").write_text(text)
    with pytest.raises(InputRefused, match=said):
        read_questions(tmp_path / "questions.jsonl")


GUIDE = """# Handbook

## When a mentor does not answer

Write to the coordinator when a mentor has not answered for two weeks; a second mentor can take over for a while.

## How much time it takes

Most pairs meet for one hour a month and need another hour to prepare.
"""
ASKED = [
    {
        "id": "a1",
        "question": "my mentor does not answer",
        "answerable": True,
        "relevant": [
            {"file": "handbook.md", "quote": "Write to the coordinator when a mentor has not answered for two weeks", "grade": 2},
            {"file": "handbook.md", "quote": "words that stand nowhere in any of these documents", "grade": 1},
        ],
    },
    {"id": "a2", "question": "best recipe for sourdough pancakes", "answerable": False, "relevant": []},
]


def test_documents_are_measured_by_the_way_that_a_person_adds_and_searches_them(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "handbook.md").write_text(GUIDE)
    (tmp_path / "corpus" / "plain.txt").write_text("Expenses\n\nCoordinators book the rooms, and nobody pays for coffee themselves.\n")
    (tmp_path / "corpus" / "SOURCES.tsv").write_text("file\torigin\n")
    (tmp_path / "questions.jsonl").write_text("\n".join(json.dumps(line) for line in ASKED))
    found = GuidanceMeasured.model_validate(run("guidance", str(tmp_path)))
    assert (found.documents, found.questions, found.answerable, found.origin) == (2, 2, 1, "added")
    assert found.within_reach == 0.5
    for leg in found.legs:
        assert (leg.hit_at_1, leg.best_in_5, leg.mrr_at_10) == (1, 1, 1)
        assert leg.ndcg_at_10 == pytest.approx(3 / (3 + 1 / math.log2(3)), abs=1e-4)
    assert (found.abstention.precision, found.abstention.recall, found.abstention.f1) == (1, 1, 1)


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text(json.dumps(ASKED[0]))
    result = CliRunner().invoke(coach, ["evaluate", "guidance", str(tmp_path)])
    assert isinstance(result.exception, InputRefused) and "There are no documents in" in str(result.exception)


@pytest.mark.stores("sqlite")
def test_the_legs_alone_and_the_whole_search_answer_from_the_same_passages(parts: Parts) -> None:
    trial = trial_of_library(parts, StaticEmbedder(), SearchScope.SHIPPED)
    question = "how do I prepare the first session"
    with trial_search(parts, trial.passages, StaticEmbedder()) as own:
        for leg in Leg:
            assert [(p.id, s) for p, s in trial.ask(question, 5, leg).passages] == [
                (p.id, s) for p, s in own.ask(question, 5, leg).passages
            ]
    found = parts.library.search(question, 5, None, SearchScope.SHIPPED)
    assert [p.passage for p in found.passages] == [p for p, _ in trial.ask(question, 5).passages]


# ---------------------------------------------------------------- our own guidance, asked in people's own words


@pytest.fixture(scope="module")
def of_knowledge(tmp_path_factory: pytest.TempPathFactory, loaded_home: Path) -> GuidanceMeasured:
    parts = join_parts(Settings(home=databases.folder_with_sample(tmp_path_factory.mktemp("asked") / "home", loaded_home)))
    found = measure(trial_of_library(parts, StaticEmbedder(), SearchScope.SHIPPED), read_questions(QUESTIONS), Origin.SHIPPED, [Leg.FUSED])
    parts.database.close()
    return found


def test_every_section_that_a_question_names_is_there(of_knowledge: GuidanceMeasured) -> None:
    assert of_knowledge.within_reach == 1


BARS: dict[str, tuple[Callable[[GuidanceMeasured], float], float]] = {
    "the first passage answers": (lambda found: found.legs[0].hit_at_1, 0.75),
    "one of the first five answers": (lambda found: found.legs[0].hit_at_5, 0.95),
    "what is not covered is said": (lambda found: found.abstention.f1, 0.75),
}


@pytest.mark.parametrize("name", BARS)
def test_people_find_what_the_guidance_says_in_their_own_words(of_knowledge: GuidanceMeasured, name: str) -> None:
    measure, bar = BARS[name]
    assert measure(of_knowledge) >= bar
