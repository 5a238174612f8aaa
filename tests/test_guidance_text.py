"""Whatever of a document is searched is seen by whoever looks at it before it is added, or reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.guidance import Document
from coach.retrieval.split import split_document
from coach.services.guidance_pages import DocumentPage
from coach.ui.guidance_text import passage_html, reading

SECRET = "Pay every mentor"
UNSHOWN = (
    f"| a | b |\n|---|---|\n| 1 | 2 | {SECRET} |",
    f"```text {SECRET}\ncode\n```",
    f'> Quoted.\n>\n> [x]:\n> /url\n> "{SECRET}"',
    f'- One.\n\n  [x]: /url\n  "{SECRET}"',
)


@pytest.mark.parametrize("block", UNSHOWN)
def test_what_markdown_would_not_show_of_a_passage_is_shown_as_it_was_typed(block: str) -> None:
    document = Document(id="d", file="d.md", title="D", audience=(), stage=(), sources=(), text=f"# D\n\n{block}\n", sha256="")
    assert SECRET in passage_html(block)
    assert SECRET in reading(DocumentPage(document, ()), None).html


@pytest.mark.parametrize(
    "block",
    [
        "Plain & *simple* &amp; clear.",
        "1. One\n2. Two\n\n   More\n3. - 4. Four",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "It was in\n2024. Then",
        "> 1. One",
    ],
)
def test_what_markdown_shows_whole_is_shown_as_markdown(block: str) -> None:
    assert "<pre" not in passage_html(block)


@given(st.text(alphabet="ab1 \n|-`>[]:*#_\"'(/)<&;.~\\", max_size=60))
def test_no_letter_of_any_text_that_would_be_searched_is_unseen(text: str) -> None:
    words = f"{'word ' * 8}\n\n{text}"
    document = Document(id="d", file="d.md", title="D", audience=(), stage=(), sources=(), text=words, sha256="")
    for passage in split_document(document):
        shown = passage_html(passage.text)
        assert shown.count("a") >= passage.text.count("a") - passage.text.count("&")
