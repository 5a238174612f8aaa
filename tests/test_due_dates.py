"""By when something is due is read from the words as people type them, counted from the session's date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.language.due_dates import all_dues, due_of

TODAY = date(2026, 6, 3)  # a Wednesday


def day(words: str, today: date = TODAY) -> date | None:
    found = due_of(words, today)
    return found.day if found else None


@pytest.mark.parametrize(
    ("words", "ahead"),
    [
        ("tonight", 0), ("today", 0), ("this afternoon", 0), ("COB", 0), ("by 5pm", 0), ("when I get back to my desk", 0), ("straight after this call", 0),
        ("tomorrow", 1), ("tmrw", 1), ("first thing", 1), ("in the morning", 1), ("day after tomorrow", 2), ("by Thursday", 1), ("Thurs at the latest", 1),
        ("Fri", 2), ("COB Friday", 2), ("EOW", 2), ("this week", 2), ("end of this week", 2), ("before the weekend", 2),
        ("on Monday", 5), ("first thing Monday", 5), ("Monday next week", 5), ("by Tues 10am", 6), ("on Wednesday", 7), ("by next Weds", 7),
        ("within a week", 7), ("a week today", 7), ("in a fortnight", 14), ("in two weeks", 14), ("in 3 weeks' time", 21), ("within 10 days", 10),
        ("next week", 9), ("by the end of next week", 9), ("Friday week", 9), ("a week on Friday", 9), ("w/c 8 June", 9), ("the week after next", 16),
    ],
)  # fmt: skip
def test_a_day_named_from_the_session_is_counted_from_it(words: str, ahead: int) -> None:
    assert day(words) == TODAY + timedelta(days=ahead)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Thurs 25 June", "2026-06-25"), ("25th of June", "2026-06-25"), ("June 25th", "2026-06-25"), ("15-Jun", "2026-06-15"), ("2026-06-30", "2026-06-30"),
        ("by 22/6", "2026-06-22"), ("by 6/22", "2026-06-22"), ("due 12/06/2026", "2026-06-12"), ("before our next session on the 9th", "2026-06-09"),
        ("by the 14th", "2026-06-14"), ("Fri 12th", "2026-06-12"), ("Friday the 12th", "2026-06-12"), ("before the Leith bid goes on the twentieth", "2026-06-20"),
        ("on the second", "2026-07-02"), ("on the 31st", "2026-07-31"), ("end of the month", "2026-06-30"), ("EOM", "2026-06-30"), ("by the end of July", "2026-07-31"),
        ("end of next month", "2026-07-31"), ("before the board on 3 September", "2026-09-03"), ("by Christmas", "2026-12-25"), ("29 Feb 2028", "2028-02-29"),
    ],
)  # fmt: skip
def test_a_day_of_the_calendar_is_the_next_such_day(words: str, expected: str) -> None:
    assert day(words) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "words",
    [
        "soon", "asap", "over the weekend", "in a few weeks", "in June", "by mid July", "next month's announcement", "next month", "before the board", "at some point", "one day",
        "31 June", "on 30 Feb", "7 June 2025", "3 March", "last Friday", "the Friday before last", "every Friday", "on Fridays", "Friday's numbers", "since Monday",
        "10/10 for effort", "24/7", "3/4 done", "version 2.3. of it", "the 3rd floor", "the first question", "he sat in the sun", "I may go", "a Friday thing",
    ],
)  # fmt: skip
def test_loose_times_days_gone_by_and_days_that_do_not_exist_are_no_due_date(words: str) -> None:
    assert day(words) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the Tuesday pack by Thursday", "2026-06-04"),
        ("by Wed - no, Thursday", "2026-06-04"),
        ("tonight so that she has it before Friday's board", "2026-06-03"),
        ("the wording we had in April this afternoon", "2026-06-03"),
        ("the deck before the Friday meeting", "2026-06-05"),
        ("move the Friday slot to Tuesday", "2026-06-09"),
    ],
)
def test_of_several_days_the_one_that_belongs_to_the_deed_counts(words: str, expected: str) -> None:
    assert day(words) == date.fromisoformat(expected)


def test_a_date_without_a_year_goes_over_the_turn_of_the_year() -> None:
    assert day("by 15 January", date(2026, 12, 10)) == date(2027, 1, 15)
    assert day("on the 5th", date(2026, 12, 10)) == date(2027, 1, 5)
    assert day("this week", date(2026, 12, 31)) == date(2027, 1, 1)


def test_a_weekday_is_never_the_session_itself() -> None:
    assert day("by Friday", date(2026, 6, 5)) == date(2026, 6, 12)
    assert day("this week", date(2026, 6, 5)) == date(2026, 6, 5)


@given(st.text(max_size=200) | st.text("0123456789/.- thndMayFrijune", max_size=60), st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_whatever_is_typed_a_due_date_is_never_before_the_session_and_its_words_stand_where_it_says(words: str, today: date) -> None:
    for due in all_dues(words, today):
        assert due.day >= today
        assert words[due.start : due.end] == due.text
