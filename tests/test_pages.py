"""The pages, without a browser: what each person is shown, and what each click does."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ElementList

from coach.domain.people import RoleName
from coach.services import preparing, reviewing
from coach.services.parts import Parts
from coach.store import programmes
from coach.ui import here
from tests.conftest import Showcase
from tests.coordinators import HERE
from tests.editor_page import type_into
from tests.processes import ROOT


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("COACH_HOME", str(home))
    return AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)


def signed_in(app: AppTest, person_id: str) -> AppTest:
    app.query_params["as"] = person_id
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return " ".join(str(h.body if hasattr(h, "body") else h.value) for h in app.get("html"))


def said(messages: ElementList[Any]) -> str:
    """Return what some messages say, without the marks that keep people's words from being markup."""
    return " ".join(str(m.value) for m in messages).replace("\\", "").replace("\u2060", "")


def drafted(parts: Parts, showcase: Showcase) -> str:
    return preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "test")


def reviewing_page(app: AppTest, showcase: Showcase, draft_id: str) -> AppTest:
    """Open the review page of a draft as its mentor, from Today."""
    signed_in(app, showcase.mentor)
    app.button(key=f"review_{draft_id}").click().run()
    assert not app.exception
    return app


def test_the_welcome_page_says_that_it_is_a_demonstration(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert "This is a demonstration." in html(app)
    assert [box.key for box in app.selectbox] == ["choose_mentor", "choose_mentee", "choose_coordinator"]


def test_without_a_programme_the_first_page_sets_one_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "empty"))
    monkeypatch.setattr(here, "visitor", lambda: HERE)
    app = AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30).run()
    assert not app.exception
    assert {"set_up", "look_around"} <= {b.key for b in app.button}


def test_a_mentor_sees_first_what_the_next_session_lacks(app: AppTest, showcase: Showcase) -> None:
    signed_in(app, showcase.mentor)
    assert "Session 4" in said(app.markdown)
    assert "No agenda is released yet." in said(app.markdown)
    assert [b.label for b in app.button if b.label == "Prepare the session"]


def test_a_mentee_sees_first_what_was_promised_and_no_way_to_prepare(app: AppTest, showcase: Showcase) -> None:
    signed_in(app, showcase.mentee)
    assert "Post two decisions with a two-line reason in the open channel" in " ".join(box.label for box in app.checkbox).replace("\\", "")
    assert not [b.label for b in app.button if "Prepare" in b.label or "Review" in b.label]


def test_the_focus_is_kept_as_soon_as_it_is_typed(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    signed_in(app, showcase.mentor)
    app.button(key=f"prepare_{showcase.session.id}").click().run()
    type_into(app, f"focus_{showcase.session.id}", "Only the open channel this time.")
    assert preparing.preparation(parts, showcase.mentor, showcase.session.id).session.focus == "Only the open channel this time."


def test_one_click_drafts_an_agenda_and_leads_to_its_review(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    signed_in(app, showcase.mentor)
    app.button(key=f"prepare_{showcase.session.id}").click().run()
    app.button(key="draft_agenda").click().run()
    assert not app.exception
    (stored,) = reviewing.waiting(parts, showcase.mentor)
    assert stored.revision is not None


def test_a_release_before_approval_is_refused_with_the_reason(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    reviewing_page(app, showcase, drafted(parts, showcase))
    app.button(key="release").click().run()
    assert "Approve it first; nothing was sent." in said(app.error)


def test_approval_then_release_reaches_the_mentee(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    reviewing_page(app, showcase, drafted(parts, showcase))
    app.button(key="approve").click().run()
    assert "Nothing was sent yet" in said(app.success)
    app.button(key="release").click().run()
    assert "Sent to Anders Holmgaard" in said(app.success)
    assert "Approved and released" in html(app)


def test_what_is_typed_in_an_edit_survives_a_reload_and_an_invented_name_is_marked(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    draft_id = drafted(parts, showcase)
    reviewing_page(app, showcase, draft_id)
    app.button(key="edit").click().run()
    purpose = next(t for t in app.text_area if t.label == "Purpose")
    purpose.input("To hear it from Zebulon Quist.").run()
    kept = reviewing.unsaved(parts, showcase.mentor, draft_id)
    assert kept is not None
    assert kept.content["purpose"] == "To hear it from Zebulon Quist."
    app.button(key="save_edit").click().run()
    assert not app.exception
    assert reviewing.unsaved(parts, showcase.mentor, draft_id) is None
    assert "Zebulon Quist</mark>" in html(app)
    assert "Zebulon Quist" in said(app.warning)


def test_the_second_of_two_editors_is_told_and_keeps_their_text(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    draft_id = drafted(parts, showcase)
    reviewing_page(app, showcase, draft_id)
    app.button(key="edit").click().run()
    next(t for t in app.text_area if t.label == "Purpose").input("The purpose of the second editor.").run()
    page = reviewing.open_draft(parts, showcase.mentor, draft_id)
    first = page.revision.content.model_copy(update={"purpose": "The purpose of the first editor."})
    reviewing.save_edit(parts, showcase.mentor, draft_id, page.revision.number, first.model_dump(mode="json"))
    app.button(key="save_edit").click().run()
    assert "saved" in said(app.error)
    assert next(t for t in app.text_area if t.label == "Purpose").value == "The purpose of the second editor."
    app.button(key="mine_on_top").click().run()
    app.button(key="save_edit").click().run()
    final = reviewing.open_draft(parts, showcase.mentor, draft_id).revision
    assert (final.number, final.content.purpose) == (3, "The purpose of the second editor.")


def test_a_draft_of_somebody_else_is_refused_and_nothing_of_it_shown(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    draft_id = drafted(parts, showcase)
    with parts.database.read() as connection:
        mentors = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.MENTOR)
    stranger, own = next((m.id, w[0].id) for m in mentors if m.id != showcase.mentor and (w := reviewing.waiting(parts, m.id)))
    signed_in(app, stranger)
    app.button(key=f"review_{own}").click().run()
    app.query_params["draft"] = draft_id
    app.run()
    assert "not yours to see" in said(app.error)
    assert "open channel" not in html(app)


def test_a_mentee_reviews_nothing_of_the_mentors(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    draft_id = drafted(parts, showcase)
    signed_in(app, showcase.mentee)
    assert "prepare" not in app.session_state["pages"]
    assert f"review_{draft_id}" not in {b.key for b in app.button}
    app.session_state["lead_to"] = ("review", {})
    app.run()
    assert not app.exception
    assert "Nothing waits for you" in said(app.info)
