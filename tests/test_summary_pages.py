"""The review of a summary, without a browser: what its author is shown, and what each click does."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from coach.domain.brief import Brief
from coach.domain.drafts import DraftState
from coach.domain.sessions import GoalStatus, Owner
from coach.domain.summary import Evidence, Sensitive, SensitiveKind, SummaryContent
from coach.services import redrafting, reviewing
from coach.services.parts import Parts
from coach.services.progress import released_summary
from tests.conftest import Showcase
from tests.editor_page import marks_in, pick_in
from tests.processes import ROOT
from tests.summarised import NOTES, approved, drafted, last_held, quoted, saying, usual, write_notes
from tests.test_pages import html, said
from tests.test_pair_pages import MARKUP, clean, click, keys, on_page

pytestmark = pytest.mark.stores("sqlite")

SECRET = "Zora says her lead took her off the rota since she complained"
HEALTH = "he has his knee done on Monday"


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("COACH_HOME", str(home))
    return AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)


def made(parts: Parts, showcase: Showcase, says: Any = usual, notes: str = NOTES, who: str | None = None) -> str:
    """Return the id of a summary of these notes."""
    session = last_held(parts, showcase.pair.id)
    write_notes(parts, session.id, who or showcase.mentor, notes)
    return drafted(saying(parts, says), who or showcase.mentor, session.id)


def opened(app: AppTest, showcase: Showcase, draft_id: str, who: str | None = None) -> AppTest:
    return on_page(app, who or showcase.mentor, "review", draft=draft_id)


def page_of(parts: Parts, showcase: Showcase, draft_id: str) -> reviewing.ReviewPage:
    return reviewing.open_draft(parts, showcase.mentor, draft_id)


def field(app: AppTest, *path: object) -> Any:
    """Return the field of this path, in whichever turn it is shown."""
    ending = "_" + "_".join(map(str, path))
    every = (*app.selectbox, *app.text_area, *app.text_input, *app.checkbox, *app.date_input)
    return next(w for w in every if str(w.key).startswith("sum_") and str(w.key).endswith(ending))


def put(app: AppTest, value: object, *path: object) -> AppTest:
    return clean(field(app, *path).set_value(value).run())


def shown(app: AppTest) -> str:
    return html(app) + " ".join(said(k) for k in (app.markdown, app.caption, app.info, app.success, app.warning, app.error))


@pytest.fixture
def draft_id(parts: Parts, showcase: Showcase) -> str:
    return made(parts, showcase)


def test_every_goal_has_its_card_and_the_notes_stand_beside_them(app: AppTest, parts: Parts, showcase: Showcase, draft_id: str) -> None:
    opened(app, showcase, draft_id)
    page = page_of(parts, showcase, draft_id)
    assert [field(app, "goals", i, "status").value for i in range(len(page.summary.goals))] == [str(g.status) for g in page.summary.goals]
    assert "4 supported, 0 removed" in shown(app)
    data = marks_in(app, f"review_{draft_id}")
    assert data["text"] == NOTES
    assert sorted({mark[3] for mark in data["marks"]}) == ["actions_0", "decisions_0", "goals_0", "goals_1"]


def test_what_is_typed_and_ticked_is_kept_over_a_reload_and_saved_as_one_revision(
    app: AppTest, parts: Parts, showcase: Showcase, draft_id: str
) -> None:
    opened(app, showcase, draft_id)
    put(app, "advanced", "goals", 1, "status")
    assert field(app, "goals", 1, "reason").value == ""
    put(app, "Two drafts exist.", "goals", 1, "reason")
    put(app, True, "goals", 0, "evidence", 0, "shared")
    put(app, "mentor", "actions", 0, "owner")
    put(app, "Who keeps the log?\n\nAnd when?", "open_questions")
    assert page_of(parts, showcase, draft_id).revision.number == 1
    again = AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)
    opened(again, showcase, draft_id)
    assert field(again, "goals", 1, "reason").value == "Two drafts exist."
    assert field(again, "goals", 0, "evidence", 0, "shared").value
    click(again, "save_summary")
    kept = page_of(parts, showcase, draft_id)
    assert kept.revision.number == 2
    assert (kept.summary.goals[1].status, kept.summary.goals[1].basis) == (GoalStatus.ADVANCED, "reviewer")
    assert kept.summary.goals[0].evidence[0].shared
    assert kept.summary.actions[0].owner is Owner.MENTOR
    assert kept.summary.open_questions == ("Who keeps the log?", "And when?")
    assert "save_summary" not in keys(again)
    assert reviewing.unsaved(parts, showcase.mentor, draft_id) is None


def test_what_is_put_back_as_it_was_is_no_change(app: AppTest, parts: Parts, showcase: Showcase, draft_id: str) -> None:
    opened(app, showcase, draft_id)
    reason = field(app, "goals", 1, "reason").value
    put(app, "advanced", "goals", 1, "status")
    assert app.button(key="approve").label == "Save and approve"
    put(app, "stalled", "goals", 1, "status")
    assert field(app, "goals", 1, "reason").value == reason
    assert app.button(key="approve").label == "Approve"
    assert reviewing.unsaved(parts, showcase.mentor, draft_id) is None


def test_approving_saves_what_was_typed_and_shows_what_each_will_see(app: AppTest, parts: Parts, showcase: Showcase, draft_id: str) -> None:
    opened(app, showcase, draft_id)
    put(app, "All four, for the first time.", "goals", 0, "reason")
    put(app, True, "goals", 0, "evidence", 0, "shared")
    click(app, "approve")
    page = page_of(parts, showcase, draft_id)
    assert (page.draft.state, page.revision.number) == (DraftState.APPROVED, 2)
    seen = html(app)
    assert seen.count("All four, for the first time.") == 2  # the mentor's and the mentee's view
    assert "he first spoke after minute ten in all four weeks" in seen
    assert "nothing posted since last time" not in seen
    assert "counts in one figure" in said(app.markdown)
    click(app, "release")
    assert "who reads it under Progress" in said(app.success)
    assert released_summary(parts, showcase.mentee, page.session.id) is not None


def test_nothing_goes_out_while_something_is_not_saved(app: AppTest, parts: Parts, showcase: Showcase, draft_id: str) -> None:
    approved(parts, showcase.mentor, draft_id)
    opened(app, showcase, draft_id)
    put(app, "Changed after the yes.", "goals", 0, "reason")
    click(app, "release")
    assert "not saved" in said(app.error)
    assert released_summary(parts, showcase.mentee, page_of(parts, showcase, draft_id).session.id) is None


def test_an_unproven_status_is_confirmed_with_one_click(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    def lying(brief: Brief) -> SummaryContent:
        content = usual(brief)
        wrong = content.goals[0].model_copy(update={"evidence": (Evidence(quote="he never spoke", start=0, end=14),)})
        return content.model_copy(update={"goals": (wrong, *content.goals[1:])})

    draft_id = made(parts, showcase, lying)
    opened(app, showcase, draft_id)
    assert "3 supported, 1 removed" in shown(app)
    assert "No quote proves where this stands" in said(app.warning)
    click(app, "approve")
    assert "No quote proves" in said(app.error)
    click(app, "confirm_0")
    click(app, "approve")
    page = page_of(parts, showcase, draft_id)
    assert (page.draft.state, page.summary.goals[0].basis) == (DraftState.APPROVED, "confirmed")


def test_words_picked_in_the_notes_become_evidence_and_a_quote_can_be_removed(
    app: AppTest, parts: Parts, showcase: Showcase, draft_id: str
) -> None:
    opened(app, showcase, draft_id)
    click(app, "look_goals_2")
    assert marks_in(app, f"review_{draft_id}")["focus"] == "goals_2"
    put(app, "stalled", "goals", 2, "status")
    start = NOTES.index("in the canteen")
    clean(pick_in(app, start, start + 14, f"review_{draft_id}"))
    click(app, "unquote_goals_0_0")
    assert "stated by the reviewer" in html(app)
    click(app, "save_summary")
    goals = page_of(parts, showcase, draft_id).summary.goals
    assert goals[2].evidence == (quoted(NOTES, "in the canteen"),)
    assert (goals[0].evidence, goals[0].basis) == ((), "reviewer")


def test_an_action_is_left_out_and_another_added(app: AppTest, parts: Parts, showcase: Showcase, draft_id: str) -> None:
    opened(app, showcase, draft_id)
    put(app, False, "actions", 0, "keep")
    click(app, "add_actions")
    assert field(app, "actions", 0, "keep").value is False
    put(app, "Book the room", "actions", 1, "text")
    put(app, "both", "actions", 1, "owner")
    click(app, "save_summary")
    assert [(a.text, a.owner) for a in page_of(parts, showcase, draft_id).summary.actions] == [("Book the room", Owner.BOTH)]


def test_another_window_that_saved_first_is_told_of_and_nothing_is_lost(
    app: AppTest, parts: Parts, showcase: Showcase, draft_id: str
) -> None:
    opened(app, showcase, draft_id)
    put(app, "Mine.", "goals", 0, "reason")
    content = page_of(parts, showcase, draft_id).revision.content.model_dump(mode="json")
    content["goals"][1]["reason"] = "Theirs."
    reviewing.save_edit(parts, showcase.mentor, draft_id, 1, content)
    clean(app.run())
    assert "mine_on_top" in keys(app)
    assert field(app, "goals", 0, "reason").value == "Mine."
    click(app, "mine_on_top")
    click(app, "save_summary")
    assert page_of(parts, showcase, draft_id).summary.goals[0].reason == "Mine."


def test_changed_notes_are_told_of_and_the_new_draft_is_offered_beside_what_was_changed(
    app: AppTest, parts: Parts, showcase: Showcase, draft_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(app, showcase, draft_id)
    put(app, "Not quite, I think.", "goals", 0, "reason")
    write_notes(parts, last_held(parts, showcase.pair.id).id, showcase.mentor, "On top.\n" + NOTES)
    clean(app.run())
    assert "changed since this was drafted" in said(app.markdown)
    again = redrafting.draft_again

    def by_the_same_engine(given: Parts, actor: str, draft: str, base: int, engine: str) -> str:
        return again(saying(given), actor, draft, base, engine)

    monkeypatch.setattr("coach.ui.review_summary.draft_again", by_the_same_engine)
    click(app, "draft_again")
    assert field(app, "goals", 0, "reason").value == "Not quite, I think."
    goal = page_of(parts, showcase, draft_id).summary.goals[0].goal_id
    assert "The new draft says" in html(app)
    click(app, f"take_goals_{goal}")
    assert field(app, "goals", 0, "reason").value == "All four weeks."
    click(app, "save_summary")
    assert "The new draft says" not in html(app)


def private(brief: Brief) -> SummaryContent:
    marks = [(SECRET, SensitiveKind.DISCLOSURE), (HEALTH, SensitiveKind.HEALTH)]
    found = tuple(
        Sensitive(quote=w, start=brief.notes.index(w), end=brief.notes.index(w) + len(w), kind=k) for w, k in marks if w in brief.notes
    )
    return usual(brief).model_copy(update={"sensitive": found, "safeguarding": SECRET in brief.notes})


def test_a_possible_disclosure_stands_first_and_is_decided_in_three_steps(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    draft_id = made(parts, showcase, private, NOTES + f"- {SECRET}\n- {HEALTH}\n")
    with parts.database.write() as connection:
        connection.execute(text("UPDATE programme SET route = 'Ask for Ines at the front desk.'"))
    opened(app, showcase, draft_id)
    assert "Ask for Ines at the front desk." in said(app.markdown)
    assert "Only you see this" in said(app.markdown)
    assert "About somebody’s health" in said(app.markdown)
    assert app.button(key="remove_passage").disabled
    assert app.button(key="deny_disclosure").disabled
    click(app, "approve")
    assert "disclosure" in said(app.error)
    click(app, "read_route")
    put(app, "Typed before deciding.", "goals", 0, "reason")
    click(app, "remove_passage")
    assert "The passage is gone" in said(app.success)
    assert "Zora" not in shown(app)
    assert "Zora" not in str(marks_in(app, f"review_{draft_id}"))
    page = page_of(parts, showcase, draft_id)
    assert page.summary.goals[0].reason == "Typed before deciding."
    assert "read_route" not in keys(app)
    click(app, "approve")
    assert page_of(parts, showcase, draft_id).draft.state is DraftState.APPROVED
    assert HEALTH not in html(app)


def test_a_mentee_reviews_a_summary_of_their_own(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    draft_id = made(parts, showcase, who=showcase.mentee)
    on_page(app, showcase.mentee, "today")
    assert f"Summary of session 3 with {showcase.pair.mentor.name}" in html(app)
    click(app, f"review_{draft_id}")
    assert app.button(key="release").label.replace("\\", "") == "Release to Priya"
    on_page(app, showcase.mentee, "review")
    assert f"Summary with {showcase.pair.mentor.name}, session 3" in html(app)


def test_peoples_words_are_text_and_nothing_else(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    def marked(brief: Brief) -> SummaryContent:
        content = usual(brief)
        goal = content.goals[0].model_copy(update={"reason": MARKUP, "question": MARKUP, "evidence": (quoted(brief.notes, MARKUP),)})
        return content.model_copy(update={"goals": (goal, *content.goals[1:])})

    draft_id = made(parts, showcase, marked, NOTES + MARKUP)
    opened(app, showcase, draft_id)
    assert "<img" not in html(app)
    raw = " ".join(str(e.value) for e in (*app.markdown, *app.info, *app.warning))
    assert MARKUP not in raw
    assert MARKUP in said(app.info)
