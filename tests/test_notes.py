"""Notes as they are kept: one text a session and author, each sees only the own one, and an old window never overwrites it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from coach.domain.brief import LONG_TEXT
from coach.domain.drafts import DraftKind
from coach.domain.notes import below, likely, near_limit
from coach.domain.sessions import Session
from coach.errors import AccessDenied, EditConflict, InputRefused
from coach.services import notes, planning, preparing
from coach.services.making import draft_now
from coach.services.notes import notes_page, remove_note, save_note
from coach.services.parts import Parts
from coach.services.planning import sessions_of_pair
from coach.services.today import today
from coach.store import drafts, pairs
from tests.conftest import Showcase

WORDS = "Anders: three of four weeks."
SECRET = "zanzibarite"

# What is tried on people who may not, in tests/test_access.py.
TRIED: dict[str, Callable[[Parts, str, str], object]] = {
    "notes_page": notes.notes_page,
    "save_note": lambda parts, actor, session: notes.save_note(parts, actor, session, WORDS, 0),
    "remove_note": notes.remove_note,
    "look_into_file": lambda parts, actor, session: notes.look_into_file(parts, actor, session, b"Words.", "notes.txt"),
}


def page(parts: Parts, showcase: Showcase, who: str | None = None) -> notes.NotesPage:
    found = notes_page(parts, who or showcase.mentor, showcase.session.id)
    assert found is not None
    return found


def rows(parts: Parts) -> list[Any]:
    with parts.database.read() as connection:
        return [
            tuple(row)
            for row in connection.execute(
                text(
                    "SELECT author_id, text, version FROM note WHERE session_id IN (SELECT id FROM session WHERE NOT held) ORDER BY author_id"
                )
            )
        ]


def audited(parts: Parts) -> int:
    with parts.database.read() as connection:
        return int(connection.execute(text("SELECT COUNT(*) FROM audit")).scalar_one())


def test_each_of_the_two_keeps_notes_of_their_own_and_sees_nothing_of_the_others(parts: Parts, showcase: Showcase) -> None:
    save_note(parts, showcase.mentor, showcase.session.id, f"Mine. {SECRET}", 0)
    seen = page(parts, showcase, showcase.mentee)
    assert (seen.notes.text, seen.notes.version, seen.notes.changed_at) == ("", 0, None)
    assert not any(choice.written for choice in seen.choices)
    assert SECRET not in repr(seen) + repr(today(parts, showcase.mentee)) + repr(sessions_of_pair(parts, showcase.mentee, showcase.pair.id))
    save_note(parts, showcase.mentee, showcase.session.id, "Theirs.", 0)
    assert page(parts, showcase).notes.text == f"Mine. {SECRET}"
    assert page(parts, showcase, showcase.mentee).notes.text == "Theirs."


def test_saving_counts_versions_and_an_old_window_changes_nothing(parts: Parts, showcase: Showcase) -> None:
    first = save_note(parts, showcase.mentor, showcase.session.id, "One", 0)
    second = save_note(parts, showcase.mentor, showcase.session.id, "One, two", first.version)
    assert (first.version, second.version) == (1, 2)
    for old in (0, 1, 3):
        with pytest.raises(EditConflict, match="nothing was overwritten"):
            save_note(parts, showcase.mentor, showcase.session.id, "One, other", old)
    assert rows(parts) == [(showcase.mentor, "One, two", 2)]


def test_removed_notes_are_gone_and_an_old_window_does_not_bring_them_back_unseen(parts: Parts, showcase: Showcase) -> None:
    version = save_note(parts, showcase.mentor, showcase.session.id, SECRET, 0).version
    remove_note(parts, showcase.mentor, showcase.session.id)
    assert SECRET not in repr(rows(parts))
    assert page(parts, showcase).notes.text == ""
    with pytest.raises(EditConflict):
        save_note(parts, showcase.mentor, showcase.session.id, SECRET, version)
    save_note(parts, showcase.mentor, showcase.session.id, "Anew.", page(parts, showcase).notes.version)
    assert page(parts, showcase).notes.text == "Anew."


def test_removing_notes_that_were_never_written_does_nothing(parts: Parts, showcase: Showcase) -> None:
    remove_note(parts, showcase.mentor, showcase.session.id)
    assert rows(parts) == []


@pytest.mark.stores("sqlite")
def test_typing_leaves_no_row_in_the_audit_trail(parts: Parts, showcase: Showcase) -> None:
    before = audited(parts)
    save_note(parts, showcase.mentor, showcase.session.id, WORDS, 0)
    assert audited(parts) == before


def test_the_database_holds_one_text_a_session_and_author(parts: Parts, showcase: Showcase) -> None:
    save_note(parts, showcase.mentor, showcase.session.id, WORDS, 0)
    with pytest.raises(IntegrityError), parts.database.write() as connection:
        connection.execute(text("INSERT INTO note SELECT 'twin', session_id, author_id, text, changed_at, version FROM note"))
    assert len(rows(parts)) == 1


@pytest.mark.stores("sqlite")
def test_a_text_over_the_limit_is_refused_whole_with_its_size(parts: Parts, showcase: Showcase) -> None:
    save_note(parts, showcase.mentor, showcase.session.id, WORDS, 0)
    with pytest.raises(InputRefused, match=r"200,001 characters of text; a draft reads 200,000"):
        save_note(parts, showcase.mentor, showcase.session.id, "x" * (LONG_TEXT + 1), 1)
    assert page(parts, showcase).notes.text == WORDS
    save_note(parts, showcase.mentor, showcase.session.id, "\U0001f389" * LONG_TEXT, 1)
    assert len(page(parts, showcase).notes.text) == LONG_TEXT


def test_letters_of_every_script_are_kept_and_line_ends_become_one_kind(parts: Parts, showcase: Showcase) -> None:
    typed = "Ω שלום مرحبا می‌خواهم 👩‍👩‍👧 e\u0301\r\nTwo\rThree\n\tFour\x07"
    save_note(parts, showcase.mentor, showcase.session.id, typed, 0)
    assert page(parts, showcase).notes.text == "Ω שלום مرحبا می‌خواهم 👩‍👩‍👧 e\u0301\nTwo\nThree\n\tFour"


def test_notes_of_a_pair_that_is_over_can_be_read_and_change_no_more(parts: Parts, showcase: Showcase) -> None:
    save_note(parts, showcase.mentor, showcase.session.id, WORDS, 0)
    with parts.database.write() as connection:
        pairs.end(connection, showcase.pair.id, parts.today())
    assert (page(parts, showcase).notes.text, page(parts, showcase).over_since) == (WORDS, parts.today())
    for name in ("save_note", "remove_note", "look_into_file"):
        with pytest.raises(InputRefused, match="nothing in it changes any more"):
            TRIED[name](parts, showcase.mentor, showcase.session.id)
    assert rows(parts) == [(showcase.mentor, WORDS, 1)]


def test_a_session_with_notes_cannot_be_called_off_and_one_whose_notes_were_removed_can(parts: Parts, showcase: Showcase) -> None:
    preparing.set_focus(parts, showcase.mentor, showcase.session.id, "")
    save_note(parts, showcase.mentor, showcase.session.id, WORDS, 0)
    with pytest.raises(InputRefused, match="Something was written"):
        planning.call_off_session(parts, showcase.mentor, showcase.session.id)
    remove_note(parts, showcase.mentor, showcase.session.id)
    planning.call_off_session(parts, showcase.mentor, showcase.session.id)
    assert rows(parts) == []
    with pytest.raises(AccessDenied):
        page(parts, showcase)


def test_whoever_has_no_session_has_no_page_of_notes(parts: Parts) -> None:
    assert notes_page(parts, "nobody") is None


def test_the_page_opens_on_the_latest_session_that_took_place(parts: Parts, showcase: Showcase) -> None:
    found = notes_page(parts, showcase.mentor)
    assert found is not None
    assert (found.session.number, found.other) == (3, "Anders Holmgaard")
    assert [choice.session.number for choice in found.choices] == [4, 3, 2, 1]
    assert all(choice.session.focus == "" for choice in found.choices)


def test_a_summary_is_drafted_from_notes_of_its_author_alone(parts: Parts, showcase: Showcase) -> None:
    save_note(parts, showcase.mentee, showcase.session.id, f"Theirs. {SECRET}", 0)
    with pytest.raises(InputRefused, match="no notes of yours for this session"):
        notes_draft(parts, showcase)
    save_note(parts, showcase.mentor, showcase.session.id, WORDS, 0)
    draft_id = notes_draft(parts, showcase)
    with parts.database.read() as connection:
        brief = drafts.basis(connection, draft_id).brief
    assert brief.notes == WORDS
    assert [draft.id for draft in page(parts, showcase).drafts] == [draft_id]
    assert page(parts, showcase, showcase.mentee).drafts == ()


def notes_draft(parts: Parts, showcase: Showcase) -> str:
    return draft_now(parts, showcase.mentor, showcase.session.id, DraftKind.SUMMARY, "click")


# Rules


def session(number: int, on: date, held: bool = False) -> Session:
    return Session(id=f"s{number}", pair_id="p", number=number, on=on, minutes=45, held=held)


DAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("days", "expected"),
    [((-28, -1, 3), 2), ((-28, 0, 3), 2), ((2, 9), 1), ((0,), 1), ((), None), ((-3, -3), 2)],
)
def test_the_likely_session_is_todays_or_the_latest_past_one_or_else_the_next(days: tuple[int, ...], expected: int | None) -> None:
    found = likely([session(number, DAY + timedelta(days=days[number - 1])) for number in range(1, len(days) + 1)], DAY)
    assert (found.number if found else None) == expected


@given(st.text(), st.text(min_size=1))
def test_what_is_put_below_notes_keeps_both(before: str, added: str) -> None:
    whole = below(before, added)
    assert whole.endswith(added)
    assert whole.startswith(before.rstrip())


def test_the_room_that_is_left_matters_from_nine_tenths_on() -> None:
    assert not near_limit(LONG_TEXT * 8 // 10)
    assert near_limit(LONG_TEXT * 9 // 10)
