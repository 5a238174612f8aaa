"""The page of notes, without a browser: what each person is shown, what is kept, what comes in from a file, and what each click does."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from coach.domain.brief import LONG_TEXT
from coach.services.notes import notes_page, save_note
from coach.services.parts import Parts
from coach.store import pairs
from tests.conftest import Showcase
from tests.editor_page import data_of, shown_in, type_into
from tests.processes import ROOT
from tests.test_pages import html, said
from tests.test_pair_pages import clean, click, keys, on_page

TRANSCRIPT = b"WEBVTT\n\nNOTE speakers checked\n\n00:01.000 --> 00:02.000\n<v Priya>Two of four weeks.</v>\n\n00:02.000 --> 00:03.000\n<v Anders>Three now.</v>\n"
READ = "Priya: Two of four weeks.\nAnders: Three now."


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("COACH_HOME", str(home))
    return AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)


def name(showcase: Showcase) -> str:
    return f"notes_{showcase.session.id}"


def opened(app: AppTest, showcase: Showcase, person: str | None = None) -> AppTest:
    return on_page(app, person or showcase.mentor, "notes", session=showcase.session.id)


def kept(parts: Parts, showcase: Showcase, person: str | None = None) -> str:
    page = notes_page(parts, person or showcase.mentor, showcase.session.id)
    assert page is not None
    return page.notes.text


def write(parts: Parts, showcase: Showcase, words: str, person: str | None = None) -> None:
    page = notes_page(parts, person or showcase.mentor, showcase.session.id)
    assert page is not None
    save_note(parts, person or showcase.mentor, showcase.session.id, words, page.notes.version)


def bring(app: AppTest, data: bytes, file: str) -> AppTest:
    return clean(app.file_uploader[0].set_value((file, data, "text/plain")).run())


def everything_shown(app: AppTest) -> str:
    return html(app) + "".join(said(kind) for kind in (app.markdown, app.caption, app.info, app.success, app.warning, app.error))


def test_an_empty_page_teaches_what_good_notes_hold_and_says_who_sees_them(app: AppTest, showcase: Showcase) -> None:
    opened(app, showcase)
    shown = everything_shown(app)
    assert "Only you" in shown
    assert "Who said what" in shown
    assert "Never what was said in confidence" in shown
    assert not {"draft_summary", "remove_notes"} & keys(app)


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_what_somebody_types_is_kept_as_it_is_typed_and_shown_with_its_time(
    app: AppTest, parts: Parts, showcase: Showcase, who: str
) -> None:
    person = getattr(showcase, who)
    opened(app, showcase, person)
    clean(type_into(app, name(showcase), "Anders: three of four weeks 🎉\n"))
    assert kept(parts, showcase, person) == "Anders: three of four weeks 🎉\n"
    assert data_of(app, name(showcase))["hint"].startswith("Last saved ")
    assert {"draft_summary", "remove_notes"} <= keys(app)
    other = showcase.mentee if who == "mentor" else showcase.mentor
    assert kept(parts, showcase, other) == ""


def test_the_session_that_is_likely_meant_is_open_and_another_can_be_chosen(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "notes")
    chosen = app.selectbox(key="notes_session")
    assert chosen.format_func(chosen.value).startswith("Session 3, ")
    clean(chosen.set_value(showcase.session.id).run())
    assert app.subheader[0].value == "Session 4 with Anders Holmgaard"
    clean(type_into(app, name(showcase), "Ahead of it."))
    assert app.subheader[0].value == "Session 4 with Anders Holmgaard"
    assert kept(parts, showcase) == "Ahead of it."


def test_the_address_of_a_session_of_another_pair_shows_nothing(app: AppTest, showcase: Showcase, stranger: str) -> None:
    on_page(app, stranger, "today")
    app.session_state["lead_to"] = ("notes", {"session": showcase.session.id})
    clean(app.run())
    assert "There is no such session" in everything_shown(app)
    assert showcase.pair.mentee.name not in everything_shown(app)


def test_the_room_that_is_left_is_shown_only_near_the_limit(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    write(parts, showcase, "x" * (LONG_TEXT // 2))
    assert "characters that a draft reads" not in data_of(opened(app, showcase), name(showcase))["hint"]
    clean(type_into(app, name(showcase), "x" * (LONG_TEXT - 5_000)))
    assert "195,000 of the 200,000 characters that a draft reads" in data_of(app, name(showcase))["hint"]


def test_two_windows_never_overwrite_each_other_and_the_person_chooses(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    write(parts, showcase, "First.")
    opened(app, showcase)
    write(parts, showcase, "First. And from the other window.")
    clean(type_into(app, name(showcase), "First. And from here.", base=1))
    assert kept(parts, showcase) == "First. And from the other window."
    assert data_of(app, name(showcase))["conflict"]
    click(app, f"mine_{name(showcase)}")
    assert kept(parts, showcase) == "First. And from here."


# Files


def test_a_file_is_seen_before_anything_is_kept_with_what_is_not_used(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    opened(app, showcase)
    bring(app, TRANSCRIPT, "talk.vtt")
    shown = everything_shown(app)
    assert READ in [element.value for element in app.text]
    assert "2 people speak" in shown
    assert "notes to the captioner" in shown
    assert kept(parts, showcase) == ""
    assert "draft_summary" not in keys(app)
    click(app, "notes_leave")
    assert kept(parts, showcase) == ""
    assert "notes_instead" not in keys(app)


@pytest.mark.parametrize(
    ("button", "expected"), [("notes_below", f"Typed before.\n\n{READ}"), ("notes_instead", READ)]
)  # fmt: skip
def test_a_file_goes_below_the_notes_or_in_their_place_and_that_can_be_taken_back(
    app: AppTest, parts: Parts, showcase: Showcase, button: str, expected: str
) -> None:
    opened(app, showcase)
    clean(type_into(app, name(showcase), "Typed before."))
    bring(app, TRANSCRIPT, "talk.vtt")
    click(app, button)
    assert kept(parts, showcase) == shown_in(app, name(showcase)) == expected
    click(app, "undo_notes")
    assert kept(parts, showcase) == shown_in(app, name(showcase)) == "Typed before."
    assert "undo_notes" not in keys(app)


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence_and_the_notes_stay(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    opened(app, showcase)
    clean(type_into(app, name(showcase), "Typed before."))
    bring(app, b"\x89PNG\r\n\x1a\n" + bytes(64), "board.txt")
    assert "is an image" in said(app.error)
    assert kept(parts, showcase) == "Typed before."


def test_a_file_that_does_not_fit_below_the_notes_is_refused_and_both_stay(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    write(parts, showcase, "x" * 150_000)
    opened(app, showcase)
    bring(app, b"One more line.\n" * 6_000, "long.txt")
    click(app, "notes_below")
    assert "240,001 characters of text" in said(app.error)
    assert kept(parts, showcase) == "x" * 150_000
    assert "notes_instead" in keys(app)


def test_markup_in_a_file_is_shown_as_text(app: AppTest, showcase: Showcase) -> None:
    opened(app, showcase)
    bring(app, b"<v <img src=x>>[here](https://evil.example) :material/home:", "<img src=x onerror=alert(1)>.md")
    assert "<img src=x" not in html(app)
    assert "<v <img src=x>>[here](https://evil.example) :material/home:" in [element.value for element in app.text]


# Removing


def test_notes_are_removed_after_a_question_and_can_be_taken_back(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    write(parts, showcase, "To be removed.")
    opened(app, showcase)
    click(app, "remove_notes")
    assert kept(parts, showcase) == "To be removed."
    click(app, "remove_notes_really")
    assert kept(parts, showcase) == shown_in(app, name(showcase)) == ""
    click(app, "undo_notes")
    assert kept(parts, showcase) == "To be removed."


# The summary, Today, and the end


def test_one_button_drafts_the_summary_from_what_was_typed_and_leads_to_it(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    opened(app, showcase)
    clean(type_into(app, name(showcase), "Anders first spoke after minute ten in three of four weeks. Priya sends two examples by Friday."))
    click(app, "draft_summary")
    page = notes_page(parts, showcase.mentor, showcase.session.id)
    assert page is not None
    (draft,) = page.drafts
    assert draft.revision is not None
    assert draft.id in app.query_params["draft"]
    opened(app, showcase)
    assert "Draft: needs review" in html(app)
    assert f"open_{draft.id}" in keys(app)
    assert "Stale" not in html(app)
    clean(type_into(app, name(showcase), "Anders first spoke after minute ten in four of four weeks."))
    assert "Stale" in html(app)


def test_with_a_model_the_page_says_what_it_gets_and_offers_to_do_without(
    app: AppTest, parts: Parts, showcase: Showcase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_LLM_MODEL", "some-model")
    monkeypatch.setenv("COACH_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    write(parts, showcase, "Three of four weeks.")
    opened(app, showcase)
    assert "It gets your notes, the goals and what was promised, with placeholders for every name and address." in said(app.caption)
    click(app, "draft_builtin")
    page = notes_page(parts, showcase.mentor, showcase.session.id)
    assert page is not None
    assert [draft.engine.name for draft in page.drafts] == ["builtin"]


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_today_leads_to_the_notes_of_a_session_that_nobody_has_told_of(app: AppTest, parts: Parts, showcase: Showcase, who: str) -> None:
    person = getattr(showcase, who)
    with parts.database.write() as connection:
        values = {"on": parts.today() - timedelta(days=1), "id": showcase.session.id}
        connection.execute(text('UPDATE session SET held = true, "on" = :on WHERE id = :id'), values)
    write(parts, showcase, "Of the other one.", showcase.mentee if who == "mentor" else showcase.mentor)
    on_page(app, person, "today")
    click(app, f"notes_{showcase.session.id}")
    assert (app.title[0].value, app.subheader[0].value[:9]) == ("Notes", "Session 4")
    write(parts, showcase, "Written.", person)
    assert f"notes_{showcase.session.id}" not in keys(on_page(app, person, "today"))


def test_notes_of_a_pair_that_is_over_are_only_read(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    write(parts, showcase, "What we said.")
    with parts.database.write() as connection:
        pairs.end(connection, showcase.pair.id, parts.today())
    opened(app, showcase)
    assert "What we said." in [element.value for element in app.text]
    assert "nothing in it changes any more" in everything_shown(app)
    assert not {"draft_summary", "remove_notes", "notes_instead"} & keys(app)
    assert not app.file_uploader
