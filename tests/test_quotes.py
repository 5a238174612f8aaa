"""A quotation is found word for word, in whole words, and its place is told in code points of the text as supplied."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.language.folding import fold
from coach.language.quotes import merged, overlaps, quotable

TEXT = "He can’t  do\nit. ﬁne “quoted” e\u0301te\u0301 １２ 🙂 don't cannot"


def found(quote: str, text: str) -> list[str]:
    return [text[start:end] for start, end in quotable(text).places(quote)]


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("He can't do it.", "He can’t  do\nit."),
        ('fine "quoted"', "ﬁne “quoted”"),
        ("été 12", "e\u0301te\u0301 １２"),
        ("🙂 don’t", "🙂 don't"),
        ("  can't   do ", "can’t  do"),
    ],
)
def test_other_marks_spaces_and_forms_of_the_same_letters_are_the_same_words(quote: str, there: str) -> None:
    assert found(quote, TEXT) == [there]


@pytest.mark.parametrize(
    "quote", ["He can", "can", "do it", "not", "t do", "he can't", "He could", "He can't do it. fine quoted", "", "   "]
)
def test_other_words_cut_words_and_nothing_are_not_found(quote: str) -> None:
    assert found(quote, TEXT) == (["do\nit"] if quote == "do it" else [])


def test_each_place_is_told() -> None:
    assert list(quotable("one two one").places("one")) == [(0, 3), (8, 11)]


def test_a_stretch_holds_exactly_its_own_quote() -> None:
    view = quotable("She did. He did.")
    assert view.holds(0, 8, "She did.") and not view.holds(9, 16, "She did.")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60), st.data())
def test_what_is_cut_out_at_spaces_is_found_where_it_stood(text: str, data: st.DataObject) -> None:
    words = text.split()
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = " ".join(words[first : last + 1])
    if not fold(quote):
        return
    hits = found(quote, text)
    assert hits and all(fold(hit) == fold(quote) for hit in hits)


@given(st.text(max_size=80))
def test_the_folded_text_is_that_of_folding_and_every_place_lies_inside(text: str) -> None:
    view = quotable(text)
    assert view.text.strip() == fold(unicodedata.normalize("NFC", text)) or view.text.split() == fold(text).split()
    assert len(view.text) == len(view.starts) == len(view.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(view.starts, view.ends, strict=True))


def test_stretches_that_touch_are_joined_and_those_that_share_a_character_overlap() -> None:
    assert merged([(5, 9), (0, 5), (12, 13)]) == ((0, 9), (12, 13))
    assert overlaps(3, 6, [(5, 9)]) and not overlaps(3, 5, [(5, 9)])
