"""Today says what is new for each of the two, and no more than somebody takes in at a glance."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from coach.domain.sessions import Session
from coach.services import progress, releasing, reviewing
from coach.services.parts import Parts
from coach.services.today import MOST_LINES, NEWS_DAYS, PairToday, today
from tests.conftest import Showcase
from tests.processes import ROOT
from tests.summarised import approved, drafted, last_held, released, saying, write_notes
from tests.test_pages import html, said
from tests.test_pair_pages import MARKUP, clean, click, keys, on_page


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("COACH_HOME", str(home))
    return AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)


@pytest.fixture
def met(parts: Parts, showcase: Showcase) -> Session:
    """A held session with the mentor's notes."""
    session = last_held(parts, showcase.pair.id)
    write_notes(parts, session.id, showcase.mentor)
    return session


def seen(parts: Parts, person: str) -> PairToday:
    (pair,) = today(parts, person).pairs
    return pair


def news(parts: Parts, person: str) -> str | None:
    """Return the id of the session whose summary waits for this person's answer."""
    found = seen(parts, person).unanswered
    return found.id if found is not None else None


def later(parts: Parts, days: int) -> Parts:
    return replace(parts, now=lambda: parts.now() + timedelta(days=days))


def test_a_released_summary_is_news_for_the_other_person_until_they_answer_it(parts: Parts, showcase: Showcase, met: Session) -> None:
    assert news(parts, showcase.mentee) is None
    draft_id = released(saying(parts), showcase.mentor, met.id)
    assert (news(parts, showcase.mentor), news(parts, showcase.mentee)) == (None, met.id)
    assert progress.released_summary(parts, showcase.mentee, met.id) is not None
    assert news(parts, showcase.mentee) == met.id  # to have read it is no answer, and is kept nowhere
    progress.respond(parts, showcase.mentee, draft_id, 1, confirmed=True, comment="")
    assert news(parts, showcase.mentee) is None


def test_it_is_news_for_two_weeks_and_again_with_a_new_version(parts: Parts, showcase: Showcase, met: Session) -> None:
    draft_id = released(saying(parts), showcase.mentor, met.id)
    assert news(later(parts, NEWS_DAYS - 1), showcase.mentee) == met.id
    assert news(later(parts, NEWS_DAYS + 1), showcase.mentee) is None
    progress.respond(parts, showcase.mentee, draft_id, 1, confirmed=True, comment="")
    content = reviewing.open_draft(parts, showcase.mentor, draft_id).revision.content.model_dump(mode="json")
    reviewing.save_edit(parts, showcase.mentor, draft_id, 1, content | {"open_questions": ["Who counts?"]})
    assert news(parts, showcase.mentee) is None  # what was not released is no news
    approved(parts, showcase.mentor, draft_id)
    releasing.release_to_readers(parts, showcase.mentor, draft_id)
    assert news(parts, showcase.mentee) == met.id


def test_a_draft_and_a_withdrawn_summary_are_no_news(parts: Parts, showcase: Showcase, met: Session) -> None:
    draft_id = drafted(saying(parts), showcase.mentor, met.id)
    assert news(parts, showcase.mentee) is None
    approved(parts, showcase.mentor, draft_id)
    assert news(parts, showcase.mentee) is None
    releasing.release_to_readers(parts, showcase.mentor, draft_id)
    releasing.withdraw(parts, showcase.mentor, draft_id)
    assert news(parts, showcase.mentee) is None


def test_a_pair_that_is_over_has_no_news(parts: Parts, showcase: Showcase, met: Session) -> None:
    released(saying(parts), showcase.mentor, met.id)
    with parts.database.write() as connection:
        connection.execute(text("UPDATE pair SET ended = '2026-01-01' WHERE id = :p"), {"p": showcase.pair.id})
    assert news(parts, showcase.mentee) is None


@pytest.mark.stores("sqlite")
def test_news_and_what_is_missing_are_three_lines_at_most(parts: Parts, showcase: Showcase) -> None:
    with parts.database.write() as connection:
        connection.execute(text("UPDATE agreement SET mentor_signed = NULL WHERE pair_id = :p"), {"p": showcase.pair.id})
        connection.execute(text("UPDATE goal SET mentor_agreed = NULL WHERE pair_id = :p AND place = 0"), {"p": showcase.pair.id})
        connection.execute(text("UPDATE goal SET mentee_agreed = NULL WHERE pair_id = :p AND place = 1"), {"p": showcase.pair.id})
    pair = seen(parts, showcase.mentor)
    lines = [line.says for line in pair.missing(parts.today())]
    assert len(lines) == MOST_LINES and lines[0] == "The agreement waits for your signature."
    with_news = replace(pair, unanswered=showcase.session, unwritten=showcase.session)
    assert [line.says for line in with_news.missing(parts.today())] == lines[:1]


@pytest.mark.stores("sqlite")
def test_the_mentee_comes_from_today_to_the_summary(app: AppTest, parts: Parts, showcase: Showcase, met: Session) -> None:
    released(saying(parts), showcase.mentor, met.id)
    on_page(app, showcase.mentee, "today")
    assert "Priya Nandakeri released the summary of session 3." in said(app.markdown)
    click(app, f"summary_{met.id}")
    assert "All four weeks." in html(app) and "Is this how you saw it?" in said(app.markdown)
    clean(next(b for b in app.button if b.label == "Yes, confirm it").click().run())
    assert f"summary_{met.id}" not in keys(on_page(app, showcase.mentee, "today"))


@pytest.mark.stores("sqlite")
def test_a_draft_that_waits_says_what_it_is_of_to_mentor_and_mentee(app: AppTest, parts: Parts, showcase: Showcase, met: Session) -> None:
    draft_id = drafted(saying(parts), showcase.mentor, met.id)
    on_page(app, showcase.mentor, "today")
    assert "Summary of session 3 with Anders Holmgaard" in html(app)
    write_notes(parts, met.id, showcase.mentee)
    own = drafted(saying(parts), showcase.mentee, met.id)
    mentee = AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)
    on_page(mentee, showcase.mentee, "today")
    assert "Summary of session 3 with Priya Nandakeri" in html(mentee)
    assert f"review_{own}" in keys(mentee) and f"review_{draft_id}" not in keys(mentee)


@pytest.mark.stores("sqlite")
def test_a_promise_is_ticked_where_it_stands(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    on_page(app, showcase.mentee, "today")
    clean(next(box for box in app.checkbox if "outage report" in box.label).check().run())
    assert "is done. Under Progress you can open it again." in said(app.success)
    assert not [box for box in app.checkbox if "outage report" in box.label]
    (action,) = [a for a in seen(parts, showcase.mentee).actions if "outage report" in a.text]
    assert action.done


@pytest.mark.stores("sqlite")
def test_words_of_people_are_never_markup_on_today(app: AppTest, parts: Parts, showcase: Showcase, met: Session) -> None:
    released(saying(parts), showcase.mentor, met.id)
    with parts.database.write() as connection:
        connection.execute(text("UPDATE action SET text = :t WHERE pair_id = :p"), {"t": MARKUP, "p": showcase.pair.id})
        connection.execute(text("UPDATE person SET name = :t WHERE id = :p"), {"t": MARKUP, "p": showcase.mentor})
    on_page(app, showcase.mentee, "today")
    assert "<img" not in html(app)
    shown = [*(box.label for box in app.checkbox), *(str(m.value) for m in app.markdown)]
    assert not [words for words in shown if "[here](" in words or re.search(r"(?<!\\)<img", words)]
