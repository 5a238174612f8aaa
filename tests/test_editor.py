"""The editor and the marked notes without a browser: what is stored, what is refused, and what the browser is told."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from coach.domain.text import version_of
from coach.errors import EditConflict
from coach.services import preparing
from coach.services.parts import Parts
from coach.ui.marked_notes import Picked, _picked
from tests.conftest import Showcase
from tests.editor_page import Store, arrive, data_of, marks_in, pick_in, shown_in, type_into
from tests.processes import ROOT

NAME = "note-anna"


def served_page(folder: str) -> None:
    from pathlib import Path

    from tests.editor_page import page

    page(Path(folder))


@pytest.fixture
def texts(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def app(texts: Store) -> AppTest:
    found = AppTest.from_function(served_page, args=(str(texts.folder),), default_timeout=20)
    found.session_state["person"] = SimpleNamespace(id="anna")
    return run(found)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def warned(app: AppTest) -> bool:
    return any("changed elsewhere" in str(w.value) for w in app.warning)


def test_what_arrives_is_stored_before_the_page_is_built_and_confirmed_in_the_same_run(app: AppTest, texts: Store) -> None:
    type_into(app, NAME, "She spoke first.")
    assert texts.read(NAME) == ("She spoke first.", 1)
    told = data_of(app, NAME)
    assert (told["text"], told["version"], told["kept"][1:]) == ("She spoke first.", 1, [1, 1])


def test_the_same_arrival_is_stored_once_however_often_the_page_runs(app: AppTest, texts: Store) -> None:
    type_into(app, NAME, "Once.")
    for _ in range(3):
        run(app)
    assert texts.read(NAME) == ("Once.", 1)


def test_letters_typed_before_the_browser_heard_of_its_own_last_version_meet_no_other_text(app: AppTest, texts: Store) -> None:
    for number, text in enumerate(("One", "One two", "One two three")):
        type_into(app, NAME, text, base=0)
        assert texts.read(NAME) == (text, number + 1)
        assert not warned(app)


def test_a_text_stored_from_here_meets_no_other_text_even_where_the_server_forgot_that(app: AppTest, texts: Store) -> None:
    type_into(app, NAME, "Before the server was killed")
    del app.session_state[f"desk_{NAME}"]  # as it is after a restart, while the browser has heard of nothing
    before = "Before the server was killed"
    sent = [f"{len(before)}:{version_of(before)}"]
    arrive(app, NAME, typed(text=before + " and after", number=9, base=0, sent=sent))
    assert texts.read(NAME) == (before + " and after", 2)
    assert not warned(app)


def typed(**changed: Any) -> dict[str, Any]:
    return {"who": "anna", "instance": "another", "number": 1, "base": 0, "text": "Typed", "over": 0, "sent": []} | changed


def test_another_text_is_never_overwritten_and_the_person_is_asked(app: AppTest, texts: Store) -> None:
    texts.write(NAME, "From another tab", 0)
    type_into(app, NAME, "From this tab", base=0)
    assert texts.read(NAME) == ("From another tab", 1)
    assert warned(app)
    assert data_of(app, NAME)["conflict"]
    app.button(key=f"mine_{NAME}").click().run()
    assert texts.read(NAME) == ("From this tab", 2)
    assert not warned(app)


def test_who_takes_the_stored_text_gives_up_what_was_typed(app: AppTest, texts: Store) -> None:
    texts.write(NAME, "From another tab", 0)
    type_into(app, NAME, "From this tab", base=0)
    app.button(key=f"theirs_{NAME}").click().run()
    assert texts.read(NAME) == ("From another tab", 1)
    assert not warned(app)
    told = data_of(app, NAME)
    assert told["dropped"] == told["seen"]
    assert not told["conflict"]


def test_the_same_text_typed_in_two_tabs_is_no_conflict(app: AppTest, texts: Store) -> None:
    texts.write(NAME, "The same", 0)
    type_into(app, NAME, "The same", base=0)
    assert texts.read(NAME) == ("The same", 1)
    assert not warned(app)
    assert data_of(app, NAME)["kept"] is not None


def test_a_text_over_the_limit_is_neither_stored_nor_acted_on(app: AppTest, texts: Store) -> None:
    type_into(app, NAME, "Short")
    type_into(app, NAME, "", over=12)
    assert texts.read(NAME) == ("Short", 1)
    next(b for b in app.button if b.label == "Save").click().run()
    assert app.session_state["clicked"] == "refused"
    assert "12 characters too many" in app.session_state["refused"]


def test_what_somebody_else_typed_is_never_stored_as_mine(app: AppTest, texts: Store) -> None:
    arrive(app, NAME, typed(who="bert", text="Bert's words"))
    assert texts.read(NAME) == ("", 0)
    assert shown_in(app, NAME) == ""


@pytest.mark.parametrize(
    "sent",
    [
        7,
        "text",
        [],
        {},
        typed(text=None),
        typed(number="1"),
        typed(base=None),
        typed(sent=[1]),
        {"text": "Only text"},
        typed(over="many"),
    ],
)
def test_what_no_editor_would_send_is_ignored(app: AppTest, texts: Store, sent: object) -> None:
    arrive(app, NAME, sent)
    assert not app.exception
    assert texts.read(NAME) == ("", 0)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("e\u0301 \U0001f469\u200d\U0001f680 שלום \U00020000", "e\u0301 \U0001f469\u200d\U0001f680 שלום \U00020000"),
        ("half \ud83d of a character", "half \ufffd of a character"),
    ],
)
def test_text_arrives_with_one_kind_of_line_end_and_whole_characters(app: AppTest, texts: Store, given: str, stored: str) -> None:
    arrive(app, NAME, typed(text=given))
    assert texts.read(NAME)[0] == stored


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.one_of(st.tuples(st.just("typed"), st.text(max_size=8)), st.tuples(st.just("elsewhere"), st.text(max_size=8))), max_size=6)
)
def test_whatever_two_tabs_do_the_stored_text_is_one_of_them_whole_and_nothing_is_overwritten_unseen(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]
) -> None:
    texts = Store(tmp_path_factory.mktemp("tabs"))
    app = AppTest.from_function(served_page, args=(str(texts.folder),), default_timeout=20)
    app.session_state["person"] = SimpleNamespace(id="anna")
    run(app)
    for who, text in steps:
        if who == "elsewhere":
            texts.write(NAME, text, texts.read(NAME)[1])
            continue
        before, seen = texts.read(NAME), data_of(app, NAME)
        base = int(seen["version"])
        type_into(app, NAME, text, base=base)
        now = texts.read(NAME)[0]
        assert not app.exception
        if before[1] == base:
            assert now.encode() == data_of(app, NAME)["text"].encode()
            assert now == text.replace("\r\n", "\n").replace("\r", "\n")
        else:
            assert now == before[0]
            assert warned(app) == (text.replace("\r", "\n") != now)


def focused(app: AppTest, showcase: Showcase) -> AppTest:
    app.query_params["as"] = showcase.mentor
    run(app)
    app.button(key=f"prepare_{showcase.session.id}").click().run()
    assert not app.exception
    return app


@pytest.fixture
def preparing_page(home: Path, monkeypatch: pytest.MonkeyPatch, showcase: Showcase) -> AppTest:
    monkeypatch.setenv("COACH_HOME", str(home))
    return focused(AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30), showcase)


def test_the_focus_of_another_tab_stays_until_the_mentor_chooses(preparing_page: AppTest, parts: Parts, showcase: Showcase) -> None:
    name = f"focus_{showcase.session.id}"
    base = data_of(preparing_page, name)["version"]
    preparing.set_focus(parts, showcase.mentor, showcase.session.id, "From another tab.")
    type_into(preparing_page, name, "From this tab.", base=base)

    def kept() -> str:
        return preparing.preparation(parts, showcase.mentor, showcase.session.id).session.focus

    assert kept() == "From another tab."
    preparing_page.button(key="draft_agenda").click().run()
    assert not preparing.preparation(parts, showcase.mentor, showcase.session.id).drafts  # nothing is drafted from half of it
    preparing_page.button(key=f"mine_{name}").click().run()
    assert kept() == "From this tab."
    preparing_page.button(key="draft_agenda").click().run()
    assert len(preparing.preparation(parts, showcase.mentor, showcase.session.id).drafts) == 1


def test_a_focus_typed_on_an_older_one_is_refused_by_the_service_too(parts: Parts, showcase: Showcase) -> None:
    base = preparing.set_focus(parts, showcase.mentor, showcase.session.id, "First.")
    assert preparing.set_focus(parts, showcase.mentor, showcase.session.id, "Second.", base) == version_of("Second.")
    with pytest.raises(EditConflict):
        preparing.set_focus(parts, showcase.mentor, showcase.session.id, "Third.", base)
    assert preparing.preparation(parts, showcase.mentor, showcase.session.id).session.focus == "Second."


def notes_page(text: str) -> None:
    import streamlit as st

    from coach.ui.marked_notes import Mark, MarkKind, marked_notes

    marks = [
        Mark(0, 4, MarkKind.EVIDENCE, "g1"),
        Mark(2, 900, MarkKind.ACTION, "a1"),
        Mark(3, 3, MarkKind.OTHER, "g2"),
        Mark(-1, 2, MarkKind.OTHER, "g2"),
    ]
    told = st.session_state.setdefault("told", [])
    st.session_state["found"] = marked_notes(text, marks, label="Notes", focus="g1", on_pick=told.append)


def test_marks_that_do_not_lie_in_the_notes_are_left_out() -> None:
    app = run(AppTest.from_function(notes_page, args=("Said \U0001f642 so.",), default_timeout=20))
    assert marks_in(app)["marks"] == [[0, 4, "evidence", "g1", "Evidence for this goal"]]


def test_what_is_picked_is_told_once_and_before_the_page_is_built() -> None:
    app = run(AppTest.from_function(notes_page, args=("Said \U0001f642 so.",), default_timeout=20))
    pick_in(app, 5, 6)
    assert app.session_state["told"] == [Picked(5, 6)]
    assert app.session_state["found"] == Picked(5, 6)
    run(app)
    assert app.session_state["told"] == [Picked(5, 6)]
    assert app.session_state["found"] is None


@pytest.mark.parametrize("sent", [None, [], [1], [1, 2, 3], ["a", "b"], [2, 1], [0, 0], [-1, 3], [0, 99], [4, 5], {"start": 0}])
def test_a_stretch_that_is_none_of_the_notes_is_not_picked(sent: object) -> None:
    assert _picked("Said \U0001f642 so.", sent) is None
