"""Guidance files are read whole and split by heading into passages."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.guidance import Origin
from coach.errors import InputRefused
from coach.reading.guidance_file import read_guidance_file, read_guidance_folder
from coach.retrieval.split import LEAST_WORDS, MOST_WORDS, split
from coach.settings import REPOSITORY
from tests.small_guidance import FILLER, document

KNOWLEDGE = sorted((REPOSITORY / "knowledge").glob("*.md"))
SOURCES = REPOSITORY.parent / "shared" / "sources"


def sections(text: str) -> list[tuple[str, str]]:
    return [(passage.section, passage.text) for passage in split([document(text)])]


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


def test_a_passage_carries_the_questions_of_its_section_and_the_origin_of_its_document() -> None:
    text = f"## One\n\n{FILLER}\n\n## Two\n\n{FILLER} Again."
    asked = document(text).model_copy(update={"questions": {"Two": ("is this the second?",)}, "origin": Origin.ADDED})

    assert [(p.questions, p.origin) for p in split([asked])] == [((), Origin.ADDED), (("is this the second?",), Origin.ADDED)]


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
