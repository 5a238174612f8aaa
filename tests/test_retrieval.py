"""From guidance files to passages that answer a question: reading, splitting, indexing and searching."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.guidance import Document, Passage
from coach.errors import InputRefused
from coach.reading.guidance_file import read_guidance_file, read_guidance_folder
from coach.retrieval.embed import StaticEmbedder, Vectors
from coach.retrieval.index import VectorIndex, collection_name, corpus_version
from coach.retrieval.lexical import Lexical
from coach.retrieval.retriever import GuidanceRetriever
from coach.retrieval.search import GuidanceSearch, z_scores
from coach.retrieval.split import LEAST_WORDS, MOST_WORDS, split
from coach.settings import REPOSITORY

KNOWLEDGE = sorted((REPOSITORY / "knowledge").glob("*.md"))
SOURCES = REPOSITORY.parent / "shared" / "sources"
FILLER = "These words are here to make a section of this page long enough."


def document(text: str, name: str = "page", title: str = "The page") -> Document:
    return Document(
        id=name,
        file=f"{name}.md",
        title=title,
        audience=("mentor", "mentee"),
        stage=("running",),
        sources=("General practice",),
        text=text,
        sha256="0" * 64,
    )


def sections(text: str) -> list[tuple[str, str]]:
    return [(passage.section, passage.text) for passage in split([document(text)])]


SMALL = split(
    [
        document(
            "## Slack\n\nKeep a tenth of every session free, because a rigid schedule displaces the substance.\n\n"
            "## Questions\n\nAsk open questions about what was done or seen since the last meeting.",
            "sessions",
            "Running sessions",
        ),
        document(
            "## Confidentiality\n\nAgree what stays between the two of you, and where confidentiality ends, before anything delicate is said.\n\n"
            "## Exit\n\nEither of the two may end the pairing without giving a reason and without any fault.",
            "agreement",
            "The agreement",
        ),
    ]
)
OTHER = split(
    [document("## Credit\n\nName the other person’s part in public, in equal parts and with their consent.", "ending", "Ending well")]
)


def search_in(folder: Path, passages: Sequence[Passage] = SMALL) -> GuidanceSearch:
    return GuidanceSearch(passages, folder, StaticEmbedder())


def best(search: GuidanceSearch, question: str) -> str:
    return search.search(question, 3).passages[0].passage.section


# ---------------------------------------------------------------- splitting


def test_each_section_is_a_passage_under_its_heading() -> None:
    assert sections(f"## One\n\n{FILLER}\n\n## Two\n\n{FILLER} Again.") == [("One", FILLER), ("Two", f"{FILLER} Again.")]


def test_text_before_the_first_heading_belongs_to_the_title() -> None:
    assert sections(f"{FILLER}\n\n## One\n\n{FILLER} Again.")[0] == ("The page", FILLER)


def test_a_text_without_any_heading_belongs_to_the_title() -> None:
    assert sections(FILLER) == [("The page", FILLER)]


def test_nested_headings_are_a_path_that_closes_with_the_next_heading_above() -> None:
    text = f"## One\n\n{FILLER}\n\n### Inner\n\n{FILLER}\n\n#### Innermost\n\n{FILLER}\n\n### Second\n\n{FILLER}\n\n## Two\n\n{FILLER}"

    assert [section for section, _ in sections(text)] == ["One", "One > Inner", "One > Inner > Innermost", "One > Second", "Two"]


def test_a_heading_without_text_of_its_own_is_kept_in_the_path_only() -> None:
    assert sections(f"## One\n\n### Inner\n\n{FILLER}") == [("One > Inner", FILLER)]


def test_underlined_headings_are_headings_and_a_hash_in_a_code_block_is_none() -> None:
    text = f"Slack\n-----\n\n{FILLER}\n\n```\n# not a heading\n```\n"

    assert sections(text) == [("Slack", f"{FILLER}\n\n```\n# not a heading\n```")]


def test_a_table_is_kept_as_it_was_written() -> None:
    table = "| when | what to ask first |\n|------|-------------------|\n| first session | what would help |\n| last session | what stays |"

    assert sections(f"## Table\n\n{table}") == [("Table", table)]


@pytest.mark.parametrize("mark", ["-", "*", "1."])
def test_a_list_is_kept_as_it_was_written(mark: str) -> None:
    items = f"{mark} ask an open question first\n{mark} wait for the whole answer\n    {mark} even where it is long"

    assert sections(f"## List\n\n{items}") == [("List", items)]


def test_a_quotation_is_kept_as_it_was_written() -> None:
    quotation = "> Keep a tenth of every session free,\n> and say so at its start."

    assert sections(f"## Quotation\n\n{quotation}") == [("Quotation", quotation)]


def test_a_long_section_is_cut_between_its_blocks_and_nothing_is_lost() -> None:
    blocks = [f"Paragraph {i} says this: " + "word " * 70 for i in range(9)]

    parts = sections("## Long\n\n" + "\n\n".join(blocks))

    assert len(parts) > 1
    assert {section for section, _ in parts} == {"Long"}
    assert all(len(text.split()) <= MOST_WORDS for _, text in parts)
    assert "\n\n".join(text for _, text in parts) == "\n\n".join(block.strip() for block in blocks)


def test_a_section_of_a_few_words_is_no_passage() -> None:
    assert sections("## One\n\nSee below.\n\n## Two\n\n" + FILLER) == [("Two", FILLER)]


@pytest.mark.parametrize("text", ["", "\n\n", "## Only a heading", "---", "[a]: http://a.example"])
def test_a_document_without_text_has_no_passage(text: str) -> None:
    assert sections(text) == []


def test_windows_line_ends_change_no_section() -> None:
    text = f"## One\n\n{FILLER}\n\n## Two\n\n{FILLER}"

    assert [section for section, _ in sections(text.replace("\n", "\r\n"))] == ["One", "Two"]


def test_equal_sections_have_different_ids() -> None:
    passages = split([document(f"## One\n\n{FILLER}\n\n## One\n\n{FILLER}"), document(f"## One\n\n{FILLER}", "other")])

    assert len({passage.id for passage in passages}) == 3


def test_ids_do_not_depend_on_other_documents() -> None:
    pages = [document(f"## A\n\n{FILLER}", "a"), document(f"## B\n\n{FILLER}", "b")]

    assert {p.id for p in split(pages)} == {p.id for p in split(reversed(pages))}


def test_a_passage_keeps_what_its_document_says_about_itself() -> None:
    (passage,) = split([document(f"## One\n\n{FILLER}")])

    assert (passage.file, passage.document, passage.audience, passage.stage) == ("page.md", "The page", ("mentor", "mentee"), ("running",))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["## Head", "### Inner", "# Top", FILLER, "- a\n- b", "| a |\n|---|\n| b |", "word " * 150, "```\ncode\n```", "***", "<br>"]
        ),
        max_size=12,
    )
)
def test_every_passage_has_a_section_enough_words_and_text_of_its_document(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)

    for section, passage in sections(text):
        assert section
        assert len(passage.split()) >= LEAST_WORDS
        assert all(line.strip() in text for line in passage.splitlines())


# ---------------------------------------------------------------- the index


class Named:
    """An embedder that is only a name and a dimension."""

    def __init__(self, name: str, dimension: int) -> None:
        self.name, self.dimension = name, dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), self.dimension), dtype=np.float32)


def test_the_name_of_an_index_changes_with_corpus_embedder_and_dimension() -> None:
    names = [
        collection_name(corpus_version(SMALL), Named("a", 8)),
        collection_name(corpus_version(OTHER), Named("a", 8)),
        collection_name(corpus_version(SMALL), Named("b", 8)),
        collection_name(corpus_version(SMALL), Named("a", 16)),
    ]

    assert len(set(names)) == 4


def test_the_name_of_an_index_does_not_change_with_the_order_of_passages() -> None:
    assert corpus_version(SMALL) == corpus_version(tuple(reversed(SMALL)))


def test_the_version_changes_with_one_word_of_one_passage() -> None:
    assert corpus_version(split([document(FILLER)])) != corpus_version(split([document(FILLER + " So.")]))


def test_the_name_of_the_index_is_one_that_chroma_accepts() -> None:
    name = collection_name(corpus_version(SMALL), StaticEmbedder())

    assert re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9._-]{1,510}[a-zA-Z0-9]", name)


def test_the_embedder_gives_one_unit_vector_a_text_and_the_same_ones_again() -> None:
    vectors = StaticEmbedder().embed(["slack", "open questions"])

    assert vectors.shape == (2, StaticEmbedder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors, StaticEmbedder().embed(["slack", "open questions"]))


def test_an_index_of_another_dimension_in_the_same_folder_is_no_obstacle(tmp_path: Path) -> None:
    VectorIndex(tmp_path, SMALL, Named("flat", 3))

    assert best(search_in(tmp_path), "how much slack does a session need") == "Slack"


def test_a_deleted_index_folder_is_rebuilt_and_the_next_question_is_answered(tmp_path: Path) -> None:
    search = search_in(tmp_path / "index")
    shutil.rmtree(tmp_path / "index")

    assert best(search, "how much slack does a session need") == "Slack"
    assert best(search_in(tmp_path / "index"), "how much slack does a session need") == "Slack"


@pytest.mark.parametrize("left", [0, 1_000, 50_000])
def test_a_truncated_index_file_is_rebuilt_when_it_is_opened_next(tmp_path: Path, left: int) -> None:
    search_in(tmp_path)
    SharedSystemClient.clear_system_cache()  # as in a process that starts anew
    file = tmp_path / "chroma.sqlite3"
    file.write_bytes(file.read_bytes()[:left])

    assert best(search_in(tmp_path), "how much slack does a session need") == "Slack"


@pytest.mark.parametrize("left", [0, 1_000, 50_000])
def test_a_file_that_is_truncated_under_an_open_search_does_not_stop_the_next_answer(tmp_path: Path, left: int) -> None:
    search = search_in(tmp_path)
    file = tmp_path / "chroma.sqlite3"
    file.write_bytes(file.read_bytes()[:left])

    assert best(search, "how much slack does a session need") == "Slack"


def test_a_file_that_is_no_index_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"not a database")

    assert best(search_in(tmp_path), "how much slack does a session need") == "Slack"


def test_two_searches_over_one_folder_both_answer(tmp_path: Path) -> None:
    first, second = search_in(tmp_path), search_in(tmp_path)

    assert best(first, "may one of us stop without a reason") == best(second, "may one of us stop without a reason") == "Exit"


def test_two_searches_of_different_guidance_over_one_folder_both_answer(tmp_path: Path) -> None:
    old, new = search_in(tmp_path, SMALL), search_in(tmp_path, OTHER)

    assert best(new, "equal credit in public") == "Credit"
    assert best(old, "how much slack does a session need") == "Slack"
    assert best(new, "equal credit in public") == "Credit"


# ---------------------------------------------------------------- searching


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> GuidanceSearch:
    return search_in(tmp_path_factory.mktemp("small"))


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("How much slack does a session need?", "Slack"),
        ("which open questions to ask", "Questions"),
        ("where does confidentiality end", "Confidentiality"),
        ("May I end the pairing without a reason?", "Exit"),
    ],
)
def test_a_question_finds_the_section_that_answers_it(small: GuidanceSearch, question: str, section: str) -> None:
    assert best(small, question) == section


def test_every_passage_found_has_document_section_text_and_a_score_best_first(small: GuidanceSearch) -> None:
    found = small.search("how to run a session", 4).passages

    assert len(found) == 4
    assert all(f.passage.document and f.passage.section and f.passage.text for f in found)
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)


@pytest.mark.parametrize("k", [0, 1, 3, 100])
def test_no_more_passages_are_found_than_asked_for_or_exist(small: GuidanceSearch, k: int) -> None:
    assert len(small.search("session", k).passages) == min(k, small.size)


def test_a_filter_keeps_out_what_does_not_fit(small: GuidanceSearch) -> None:
    found = small.search("slack", 5, lambda passage: passage.document_id == "agreement").passages

    assert {f.passage.document_id for f in found} == {"agreement"}


@pytest.mark.parametrize(
    "question",
    [
        "   ",
        "the of and",
        "word " * 2_000,
        "x" * 10_000,
        "😀🎉",
        "?!…",
        "\x00\x01",
        "何を話しますか",
        "SELECT * FROM x; --",
        "[](){}^$.*",
        "a\nb\r\nc",
    ],
    ids=["spaces", "empty words", "10,000 characters", "one long word", "emoji", "marks", "control", "Japanese", "SQL", "pattern", "lines"],
)
def test_an_odd_question_gets_an_answer_and_does_not_fail(small: GuidanceSearch, question: str) -> None:
    found = small.search(question, 2)

    assert len(found.passages) == 2 or (found.abstained and not found.passages)
    assert all(np.isfinite(f.score) for f in found.passages)


@pytest.mark.parametrize("question", ["😀🎉", "?!…", "quantum chromodynamics of neutron stars", "何を話しますか"])
def test_a_question_that_the_guidance_does_not_cover_is_said_not_to_be(small: GuidanceSearch, question: str) -> None:
    assert small.search(question).abstained


def test_a_question_that_the_guidance_covers_is_not_said_otherwise(small: GuidanceSearch) -> None:
    assert not small.search("Where does confidentiality end?").abstained


def test_several_questions_at_once_are_answered_as_one_by_one(small: GuidanceSearch) -> None:
    asked = {"a": "slack in a session", "b": "ending the pairing"}

    together = small.search_all(asked, 2, {key: lambda passage: True for key in asked})

    assert {key: [f.passage.id for f in found.passages] for key, found in together.items()} == {
        key: [f.passage.id for f in small.search(question, 2).passages] for key, question in asked.items()
    }
    assert small.search_all({}, 2, {}) == {}


def test_the_retriever_gives_passages_with_document_section_and_file(small: GuidanceSearch) -> None:
    first = GuidanceRetriever(guidance=small, k=2).invoke("how much slack does a session need")[0]

    assert (first.metadata["document"], first.metadata["section"], first.metadata["file"]) == ("Running sessions", "Slack", "sessions.md")
    assert first.page_content.startswith("Keep a tenth")


def test_words_are_matched_by_stem_and_unknown_words_score_nothing() -> None:
    lexical = Lexical(SMALL)

    assert lexical.scores("questioning").argmax() == 1
    assert not lexical.scores("zymurgy").any()
    assert lexical.coverage("slack zymurgy") == 0.5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), max_size=20))
def test_z_scores_have_mean_zero_and_are_zero_where_all_are_equal(values: list[float]) -> None:
    scores = z_scores(np.array(values, dtype=float))

    assert len(scores) == len(values)
    assert np.isfinite(scores).all()
    assert len(values) == 0 or abs(float(scores.mean())) < 1e-3


# ---------------------------------------------------------------- guidance files


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "page.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


HEAD = "---\ntitle: The page\naudience: [mentor]\nstage: [running]\nsources: [General practice]\n---\n\n"


def test_a_guidance_file_is_read_without_its_front_matter(tmp_path: Path) -> None:
    read = read_guidance_file(written(tmp_path, HEAD + FILLER))

    assert (read.id, read.title, read.audience, read.stage, read.text) == ("page", "The page", ("mentor",), ("running",), FILLER)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (FILLER, "lacks title, audience, stage, sources"),
        (HEAD.replace("title: The page\n", "") + FILLER, "lacks title"),
        (HEAD.replace("[running]", "[]") + FILLER, "lacks stage"),
        (HEAD.replace("[running]", "[someday]") + FILLER, "someday"),
        (HEAD.replace("[mentor]", "[everyone]") + FILLER, "everyone"),
        (HEAD.replace("[mentor]", "[mentor") + FILLER, "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
    ids=["no front matter", "no title", "no stage", "stage", "audience", "broken front matter", "binary"],
)
def test_a_guidance_file_that_cannot_be_used_is_refused_by_name(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(InputRefused, match=r"page\.md") as caught:
        read_guidance_file(written(tmp_path, text))
    assert words in str(caught.value)


def test_a_missing_guidance_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"none\.md"):
        read_guidance_file(tmp_path / "none.md")
    with pytest.raises(InputRefused, match="COACH_KNOWLEDGE"):
        read_guidance_folder(tmp_path)


@pytest.mark.parametrize("path", KNOWLEDGE, ids=lambda path: path.stem)
def test_each_shipped_document_has_valid_front_matter_a_title_and_passages(path: Path) -> None:
    read = read_guidance_file(path)

    assert read.title.strip()
    assert len(split([read])) >= 2
    assert not re.search(r"\[\[ask:|lorem", read.text)


def test_shipped_titles_and_sections_tell_passages_apart() -> None:
    documents = read_guidance_folder(REPOSITORY / "knowledge")

    assert len({d.title for d in documents}) == len(documents)
    assert len({p.id for p in split(documents)}) == len(split(documents))


def runs_of_eight(text: str) -> set[tuple[str, ...]]:
    flat = re.findall(r"[a-z0-9]+", re.sub(r"[’']", "", text.lower()))
    return {tuple(flat[i : i + 8]) for i in range(len(flat) - 7)}


@pytest.fixture(scope="module")
def published() -> set[tuple[str, ...]]:
    files = sorted(SOURCES.glob("*.txt"))
    if not files:
        pytest.skip(f"the published articles are not in {SOURCES}, so nothing can be compared")
    return set().union(*(runs_of_eight(file.read_text(encoding="utf-8")) for file in files))


@pytest.mark.parametrize("path", KNOWLEDGE, ids=lambda path: path.stem)
def test_each_shipped_document_is_in_our_own_words(path: Path, published: set[tuple[str, ...]]) -> None:
    assert sorted(" ".join(run) for run in runs_of_eight(read_guidance_file(path).text) & published) == []


# ---------------------------------------------------------------- single examples that once did not hold


@pytest.mark.parametrize("mark", ["\x0c", "\u2028", "\x85", "\x0b"], ids=["form feed", "U+2028", "U+0085", "vertical tab"])
def test_an_odd_line_end_moves_no_section(mark: str) -> None:
    text = f"## One\n\n{FILLER}{mark}{FILLER}\n\n## Two\n\nThe second section of this page says something of its own."

    assert dict(sections(text)).get("Two") == "The second section of this page says something of its own."


def test_the_short_end_of_a_long_section_is_kept() -> None:
    assert "Never skip this." in " ".join(text for _, text in sections("## Long\n\n" + "word " * 218 + "\n\nNever skip this."))


def test_a_long_list_is_cut_between_its_items() -> None:
    items = "\n".join(f"- item {i} says " + "word " * 30 for i in range(40))

    assert all(len(text.split()) <= 2 * MOST_WORDS for _, text in sections(f"## List\n\n{items}"))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_guidance_without_any_passage_answers_nothing(tmp_path: Path) -> None:
    assert search_in(tmp_path, ()).search("slack").abstained


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_an_empty_question_is_not_covered(small: GuidanceSearch) -> None:
    assert small.search("").abstained


def test_half_a_character_in_a_question_does_not_fail(small: GuidanceSearch) -> None:
    assert small.search("slack \ud800")
