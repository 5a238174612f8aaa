"""Plain text and Markdown keep their words; the lines that a reader takes for headings become headings."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import InputRefused
from coach.reading import extract, markdown_file, text_file
from coach.reading.documents import read_document
from coach.reading.guidance_file import read_guidance_file
from coach.reading.markdown_blocks import written
from tests.malformed.at_once import read_at_once

PARAGRAPH = "Reverse mentoring turns the usual roles round: a junior colleague teaches, and a senior one learns. Both gain from it, and so does the firm."
WRAPPED = "Reverse mentoring turns the usual roles round: a junior\ncolleague teaches, and a senior one learns. Both gain\nfrom it, and so does the firm"
HEAD = "---\ntitle: T\naudience: [mentor]\nstage: [running]\nsources: [S]\n{}---\n\n## How to prepare\n\nWrite it down.\n"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process: what documents become is the question here."""
    read_at_once(monkeypatch)


def plain(text: str) -> str:
    return written(text_file.read(text).blocks)


def headings(text: str) -> list[str]:
    return [line for line in plain(text).split("\n") if re.match(r"#{1,6} ", line)]


def test_lines_that_stand_as_headings_in_plain_text_are_headings() -> None:
    text = f"A Guide for Mentors\n\n{PARAGRAPH}\n\nWhy do this?\n\n{PARAGRAPH}\n\nGROUND RULES\n\n• Listen\n• Ask\n\nTwo-way flow\n{PARAGRAPH}\n"
    assert headings(text) == ["# A Guide for Mentors", "## Why do this?", "## GROUND RULES", "## Two-way flow"]


def test_headings_are_known_without_blank_lines_where_each_line_is_a_paragraph() -> None:
    text = f"A Guide for Mentors\nWhat is it?\n{PARAGRAPH}\n{PARAGRAPH}\nJunior colleagues gain:\n- Skills\n- Trust\nIn practice\n{PARAGRAPH}\n"
    assert headings(text) == ["# A Guide for Mentors", "## What is it?", "## In practice"]


@pytest.mark.parametrize(
    "line",
    [
        "We should meet every two weeks.",
        "Please tell your mentor",
        "For the senior colleague, the benefits can include:",
        "So, the mentee is now the mentor?",
        "from it, and so does the firm",
        "Home > Guides > Mentoring",
        "A line that goes on and on in small letters and so is no heading at all",
        "See www.example.org",
        "Remember this!",
        "12",
    ],
)
def test_what_is_a_sentence_or_a_scrap_is_no_heading(line: str) -> None:
    assert headings(f"{PARAGRAPH}\n\n{line}\n\n{PARAGRAPH}\n") == []


def test_the_last_line_of_a_wrapped_paragraph_is_no_heading() -> None:
    assert headings(f"{WRAPPED}\n\n{WRAPPED}\n\nThe end\n") == []
    assert plain(WRAPPED) == " ".join(WRAPPED.split())


def test_a_list_of_names_is_no_row_of_headings() -> None:
    assert headings(f"{PARAGRAPH}\n\nAda Lovelace\n\nGrace Hopper\n\nMary Jackson\n\nKatherine Johnson\n\n{PARAGRAPH}\n") == []


def test_underlined_marked_and_numbered_headings_are_headings_and_numbered_items_stay_a_list() -> None:
    text = f"Guide\n=====\n\n{PARAGRAPH}\n\nRules\n-----\n\n1. Listen well\n2. Ask more\n\n# Marked\n\n{PARAGRAPH}\n\n1. Breaking Down Barriers\n\n{PARAGRAPH}\n"
    assert headings(text) == ["## Guide", "### Rules", "## Marked", "#### 1. Breaking Down Barriers"]
    assert "1. Listen well\n2. Ask more" in plain(text)


def test_lists_of_plain_text_survive_with_their_continued_lines() -> None:
    assert plain("Bring these:\n    • A pen, which\n      is blue,\n    • Paper.\n") == "Bring these:\n\n- A pen, which is blue,\n- Paper."


@given(st.text(alphabet=st.sampled_from("Aab1 .,?:#>-*•\n=|`"), max_size=200))
def test_plain_text_keeps_every_word_in_order(text: str) -> None:
    assert re.findall(r"[a-z1]+", plain(text), re.I) == re.findall(r"[a-z1]+", text, re.I)


def test_a_number_at_the_start_of_a_line_stays_a_number() -> None:
    assert plain("They told\n3.5 million people of it, in\n12 towns.\n\n4.5 hours later they left.") == (
        "They told 3.5 million people of it, in 12 towns.\n\n4.5 hours later they left."
    )
    assert headings(f"{PARAGRAPH}\n\n1.2 Ground Rules\n\n{PARAGRAPH}\n") == ["### 1.2 Ground Rules"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    said = "“Zoë’s naïve café” – a phrase\r\nthat goes on."
    assert read_document(said.encode(encoding), "x.txt").text == "“Zoë’s naïve café” – a phrase that goes on."


def test_markdown_loses_addresses_tags_and_pictures_and_keeps_their_words() -> None:
    text = (
        "Guide\n=====\n\nSee [the *rules*](http://x.example/a_(b) 'T'), [this][1], <https://y.example>, ![a chart](c.png) and <b>bold</b><br>text.\n\n"
        "[1]: http://z.example\n\n    code <b>\n\n`<i>` [x](y)\n"
    )
    assert read_document(text.encode(), "guide.md").text == (
        "# Guide\n\nSee the *rules*, this, https://y.example, a chart and bold\ntext.\n\n    code <b>\n\n`<i>` x"
    )


def test_several_titles_in_markdown_are_sections() -> None:
    assert (
        read_document(b"# One\n\nText.\n\n## Part\n\nText.\n\n# Two\n\nText.\n", "a.md").text
        == "## One\n\nText.\n\n### Part\n\nText.\n\n## Two\n\nText."
    )


@given(st.text(alphabet=st.sampled_from("ab1 .>!-()#*_\n"), max_size=120))
def test_markdown_without_tags_and_links_keeps_every_word_in_order(text: str) -> None:
    assert re.findall(r"\w+", markdown_file.read(text).markdown.replace("_", " ")) == re.findall(r"\w+", text.replace("_", " "))


def test_front_matter_that_can_be_used_is_taken_and_the_rest_is_reported() -> None:
    front = "title: Our rules\naudience: [mentor, boss]\nstage: running\nsources: [Acme]\nlayout: page\nquestions:\n  How to prepare: ['What do I bring?']\n"
    read = read_document(f"---\n{front}---\n\n## How to prepare\n\nBring a pen.\n".encode(), "rules.md")
    assert read.title == "Our rules" and read.text.startswith("## How to prepare")
    questions = {"How to prepare": ("What do I bring?",)}
    assert read.meta == {"title": "Our rules", "stage": ("running",), "sources": ("Acme",), "questions": questions}
    assert [(one.what, one.count) for one in read.left_out] == [(extract.FRONT_MATTER, 2)]


@pytest.mark.parametrize(
    "front",
    [
        "title: [a\n",
        "title: &a [x, *a]\n",
        "a: &a [x,x]\nb: &b [*a,*a]\ntitle: [*b,*b]\n",
        "questions: [What?]\n",
        "questions: {a: {b: c}}\n",
        "title: !!python/object/apply:os.system [ls]\n",
        "title: 2020-01-01\n",
        "? [a]\n: b\ntitle: ''\n",
    ],
)
def test_front_matter_of_any_kind_does_no_harm(front: str) -> None:
    read = read_document(f"---\n{front}---\n\nMeet twice.\n".encode(), "rules.md")
    assert (read.title, read.text, read.meta) == ("Rules", "Meet twice.", {})
    assert [one.what for one in read.left_out] == [extract.FRONT_MATTER]


def test_a_line_across_the_page_is_no_front_matter() -> None:
    assert read_document(b"---\nMeet twice.\n---\nThen rest.\n", "a.md").text.startswith("---\n")


def test_the_questions_of_a_shipped_document_are_read_by_section(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(HEAD.format('questions:\n  How to prepare: ["What do I bring?", "How long?"]\n'))
    assert read_guidance_file(file).questions == {"How to prepare": ("What do I bring?", "How long?")}
    file.write_text(HEAD.format(""))
    assert read_guidance_file(file).questions == {}


@pytest.mark.parametrize("value", ["[a]", "{How to prepare: text}", "{1: [a]}", "{How to prepare: [1]}", "text"])
def test_questions_of_a_shipped_document_that_are_no_such_mapping_are_refused(tmp_path: Path, value: str) -> None:
    (tmp_path / "a.md").write_text(HEAD.format(f"questions: {value}\n"))
    with pytest.raises(
        InputRefused, match=r"^a\.md has questions in its front matter that are not lists of questions by section heading\.$"
    ):
        read_guidance_file(tmp_path / "a.md")
