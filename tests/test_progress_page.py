"""The pages of a pair's progress and of a released summary, without a browser."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from coach.domain.sessions import Goal, GoalStatus
from coach.services import preparing, progress, releasing
from coach.services.parts import Parts
from coach.ui.progress_chart import FORMS, MOST_LINES, NO_SUMMARY, SIGNS, WORDS, goals_over_sessions, legend_html, margin
from tests.conftest import Showcase
from tests.processes import ROOT
from tests.summarised import approved, last_held, released, saying, write_notes
from tests.test_pages import html, said
from tests.test_pair_pages import MARKUP, clean, click, keys, on_page

pytestmark = pytest.mark.stores("sqlite")


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("COACH_HOME", str(home))
    return AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)


@pytest.fixture
def told(parts: Parts, showcase: Showcase) -> str:
    """The id of the session whose summary the mentor released."""
    session = last_held(parts, showcase.pair.id)
    write_notes(parts, session.id, showcase.mentor)
    released(saying(parts), showcase.mentor, session.id)
    return session.id


def values(page: progress.ProgressPage) -> list[dict[str, Any]]:
    """Return what the chart draws, a mark each."""
    (found,) = goals_over_sessions(page).to_dict()["datasets"].values()
    return list(found)


def test_the_page_begins_with_the_next_session_and_what_was_done_so_far(app: AppTest, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "progress")
    assert "Next: session 4" in said(app.markdown)
    assert [(m.label, m.value) for m in app.metric] == [
        ("Sessions held", "3"),
        ("Time spent together", "2 h 30 min"),
        ("Open actions", "3"),
    ]


def test_the_chart_has_a_mark_for_each_goal_and_session_and_tells_silence_from_nothing_known(parts: Parts, showcase: Showcase) -> None:
    page = progress.progress_page(parts, showcase.mentor, showcase.pair.id)
    drawn = values(page)
    assert len(drawn) == len(page.goals) * len(page.met)
    by_goal = {(v["goal"], v["session"].split("\n")[0]): v["status"] for v in drawn}
    remote = "Give remote colleagues the first word in the hybrid planning meeting"
    assert by_goal[remote, "3"] == "not discussed"
    without = replace(page, points={})
    assert {v["status"] for v in values(without)} == {NO_SUMMARY}


def test_the_table_says_what_the_chart_shows_with_its_reasons(app: AppTest, showcase: Showcase, told: str) -> None:
    on_page(app, showcase.mentee, "progress")
    assert "achieved. All four weeks." in html(app)


def test_many_sessions_and_goals_with_long_titles_are_drawn(parts: Parts, showcase: Showcase) -> None:
    page = progress.progress_page(parts, showcase.mentor, showcase.pair.id)
    goals = tuple(Goal(id=f"g{i}", title=f"{MARKUP} {'a very long title ' * 20}") for i in range(12))
    met = tuple(page.met[0].model_copy(update={"id": f"s{i}", "number": i}) for i in range(25))
    drawn = values(replace(page, goals=goals, met=met, points={}))
    assert len(drawn) == 12 * 25 and len({v["row"] for v in drawn}) == 12
    assert all(v["row"].count("\n") < MOST_LINES for v in drawn)


def test_the_legend_says_every_mark_in_the_words_of_the_chart(app: AppTest, showcase: Showcase) -> None:
    on_page(app, showcase.mentee, "progress")
    assert legend_html() in html(app)
    assert len(SIGNS) == len(FORMS) == len(WORDS) and all(
        f"{sign}</b>{word}" in legend_html() for sign, word in zip(SIGNS, WORDS, strict=True)
    )


def test_a_mentee_is_led_to_an_agenda_only_where_one_is_released(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    assert "next_session" not in keys(on_page(app, showcase.mentee, "progress"))
    draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "click")
    approved(parts, showcase.mentor, draft_id)
    releasing.release_to_readers(parts, showcase.mentor, draft_id)
    assert "next_session" in keys(on_page(app, showcase.mentee, "progress"))


def test_a_title_in_the_margin_is_numbered_and_says_that_it_is_cut() -> None:
    assert margin(2, "Short") == "2. Short"
    assert margin(3, "word " * 60).endswith("…")


def test_ticking_an_action_closes_it_and_ticking_it_again_opens_it(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    on_page(app, showcase.mentee, "progress")
    box = next(c for c in app.checkbox if "Ask somebody else" in c.label)
    clean(box.check().run())
    assert "is done" in said(app.success)
    done = next(c for c in app.checkbox if "Ask somebody else" in c.label)
    assert done.value and "done on" in done.label
    clean(done.uncheck().run())
    page = progress.progress_page(parts, showcase.mentee, showcase.pair.id)
    assert not next(a for a in page.actions if a.text.startswith("Ask somebody else")).done


def test_the_mentee_reads_the_summary_and_confirms_it_and_the_mentor_sees_that(
    app: AppTest, showcase: Showcase, told: str, home: Path
) -> None:
    on_page(app, showcase.mentee, "progress")
    assert "You have not answered yet." in said(app.markdown)
    click(app, f"read_{told}")
    assert "All four weeks." in html(app) and "the log says so" not in html(app)
    app.text_area[0].set_value("It was five weeks.")
    clean(next(b for b in app.button if b.label == "Yes, confirm it").click().run())
    assert "sees your answer" in said(app.success)
    mentor = AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)
    on_page(mentor, showcase.mentor, "summary", session=told)
    assert "confirmed it" in said(mentor.markdown) and "It was five weeks." in html(mentor)
    assert not [b for b in mentor.button if b.label == "Yes, confirm it"]


def test_an_answer_without_a_word_is_refused_in_one_sentence(app: AppTest, showcase: Showcase, told: str) -> None:
    on_page(app, showcase.mentee, "summary", session=told)
    clean(next(b for b in app.button if b.label == "Only comment").click().run())
    assert "Nothing was sent: confirm the summary, or write what you see differently." in said(app.error)


def test_a_summary_that_is_not_there_says_so_and_leads_back(app: AppTest, showcase: Showcase) -> None:
    on_page(app, showcase.mentee, "summary", session=showcase.session.id)
    assert "No summary of this session is released" in said(app.info)


def test_words_of_people_are_never_markup(app: AppTest, parts: Parts, showcase: Showcase, told: str) -> None:
    with parts.database.write() as connection:
        connection.execute(text("UPDATE goal SET title = :t WHERE pair_id = :p"), {"t": MARKUP, "p": showcase.pair.id})
        connection.execute(text("UPDATE action SET text = :t WHERE pair_id = :p"), {"t": MARKUP, "p": showcase.pair.id})
        connection.execute(text("UPDATE goal_progress SET reason = :t"), {"t": MARKUP})
    on_page(app, showcase.mentor, "progress")
    assert "<img" not in html(app)
    assert all("[here](" not in c.label for c in app.checkbox)


def test_a_pair_that_is_over_is_only_read(app: AppTest, parts: Parts, showcase: Showcase, told: str) -> None:
    with parts.database.write() as connection:
        connection.execute(text("UPDATE pair SET ended = '2026-01-01' WHERE id = :p"), {"p": showcase.pair.id})
    on_page(app, showcase.mentee, "progress")
    assert not app.checkbox and "Your pair ended" in said(app.markdown)
    click(app, f"read_{told}")
    assert not [b for b in app.button if b.label == "Yes, confirm it"]


def test_empty_pages_teach_what_belongs_here(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    with parts.database.write() as connection:
        for table in ("goal_progress", "action", "goal"):
            connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608
    on_page(app, showcase.mentor, "progress")
    assert "No goal is agreed yet." in said(app.info) and "Nothing was promised yet." in said(app.info)
    assert "to_goals" in keys(app)
    assert GoalStatus.ACHIEVED not in html(app)
