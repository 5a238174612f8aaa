"""No page and no service of coordinators holds a word of notes, summaries or answers; figures count what was released."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind
from coach.domain.people import RoleName
from coach.domain.summary import SummaryContent
from coach.services import coordinating, figures, guidance_pages, health, importing, passing_on, people, progress, prompts, releasing
from coach.services import help as helping
from coach.services.notes import notes_page
from coach.services.parts import Parts
from coach.store import pairs, programmes
from coach.ui import library, programme
from coach.ui import people as people_page
from tests.conftest import Showcase
from tests.processes import ROOT
from tests.summarised import NOTES, approved, drafted, last_held, released, saying, usual, write_notes
from tests.test_pages import html
from tests.test_pair_pages import on_page

NOTED, SUMMED, ANSWERED, WAITING = "zanzibarite", "quillworted", "oxpeckered", "brindlewise"  # words that stand nowhere else

Read = Callable[[Parts, str], object]
READ: dict[str, Read] = {
    "overview": health.overview,
    "figures": figures.take,
    "people_and_pairs": people.people_and_pairs,
    "my_programme": coordinating.my_programme,
    "requests": helping.requests,
    "passed_on": passing_on.passed_on,
    "library_of": guidance_pages.library_of,
    "prompt_page": lambda parts, actor: prompts.prompt_page(parts, actor, DraftKind.SUMMARY),
    "preview": lambda parts, actor: importing.preview(parts, actor, b"name,email,roles\nIda Mole,ida@quillmere.example,mentor\n"),
}
PAGES = {
    "overview": ("",),
    "people": tuple(people_page.TITLES),
    "library": (library.PART, "add", "questions", "try"),
    "programme": tuple(programme.TITLES),
}


def in_words(word: str) -> Callable[[Brief], SummaryContent]:
    """Return an engine's summary that holds this word wherever a summary holds words."""

    def says(brief: Brief) -> SummaryContent:
        made = usual(brief)
        goals = tuple(goal.model_copy(update={"reason": f"{word} {goal.reason}"}) for goal in made.goals)
        acts = tuple(action.model_copy(update={"text": f"{word} {action.text}"}) for action in made.actions)
        decisions = tuple(decision.model_copy(update={"text": f"{word} {decision.text}"}) for decision in made.decisions)
        return made.model_copy(update={"goals": goals, "actions": acts, "decisions": decisions, "open_questions": (f"{word}?",)})

    return says


@pytest.fixture
def coordinator(parts: Parts, showcase: Showcase) -> str:
    with parts.database.read() as connection:
        (found,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    return found.id


@pytest.fixture
def told(parts: Parts, showcase: Showcase) -> None:
    """A released summary with an answer, the mentee's own draft that waits, and both their notes; each with a word of its own."""
    session = last_held(parts, showcase.pair.id)
    write_notes(parts, session.id, showcase.mentor, f"{NOTES}- {NOTED}\n")
    draft_id = released(saying(parts, in_words(SUMMED)), showcase.mentor, session.id)
    progress.respond(parts, showcase.mentee, draft_id, 1, confirmed=True, comment=f"I see it as {ANSWERED}.")
    write_notes(parts, session.id, showcase.mentee, f"{NOTES}- {NOTED}\n")
    drafted(saying(parts, in_words(WAITING)), showcase.mentee, session.id)
    page, notes = progress.progress_page(parts, showcase.mentor, showcase.pair.id), notes_page(parts, showcase.mentor, session.id)
    assert SUMMED in repr(page) and ANSWERED in repr(page) and notes is not None and NOTED in notes.notes.text


def private(seen: str) -> list[str]:
    return [word for word in (NOTED, SUMMED, ANSWERED, WAITING) if word in seen]


@pytest.mark.stores("sqlite")
@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("name", READ)
def test_no_service_of_coordinators_holds_a_word_of_them(parts: Parts, coordinator: str, name: str) -> None:
    seen = repr(READ[name](parts, coordinator))
    assert seen and private(seen) == []


@pytest.mark.stores("sqlite")
@pytest.mark.usefixtures("told")
def test_no_page_of_coordinators_holds_a_word_of_them(home: Path, coordinator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_HOME", str(home))
    app = AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)
    for page, sections in PAGES.items():
        for section in sections:
            on_page(app, coordinator, page, part=section)
            assert private(repr(app.main) + html(app)) == [], (page, section)
    assert set(PAGES) | {"welcome"} == set(app.session_state["pages"])


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("page", ["progress", "notes", "review", "summary"])
def test_a_coordinator_who_asks_for_a_page_of_pairs_is_led_to_the_overview(
    home: Path, coordinator: str, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("COACH_HOME", str(home))
    app = AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)
    on_page(app, coordinator, page)
    assert [title.value for title in app.title] == ["Overview"]


def test_a_session_counts_as_held_by_the_release_of_its_summary_and_not_by_a_draft(parts: Parts, showcase: Showcase) -> None:
    day = parts.today() - timedelta(days=1)
    with parts.database.write() as connection:
        connection.execute(text('UPDATE session SET "on" = :day WHERE id = :id'), {"day": day, "id": showcase.session.id})
    write_notes(parts, showcase.session.id, showcase.mentor)
    before = met(parts, showcase, day)
    draft_id = drafted(saying(parts), showcase.mentor, showcase.session.id)
    approved(parts, showcase.mentor, draft_id)
    assert met(parts, showcase, day) == before and showcase.pair.id not in before
    releasing.release_to_readers(parts, showcase.mentor, draft_id)
    assert met(parts, showcase, day) == before | {showcase.pair.id}


def met(parts: Parts, showcase: Showcase, day: date) -> frozenset[str]:
    with parts.database.read() as connection:
        return pairs.met_since(connection, showcase.pair.programme_id, day)
