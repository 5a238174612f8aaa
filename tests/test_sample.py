"""The sample programme is a whole one: fictional, varied, loaded once, and every mentor in it gets an agenda."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from coach.bootstrap import join_parts
from coach.domain.drafts import blocking
from coach.services import preparing, reviewing
from coach.services.accounting import verify_audit
from coach.services.answering import ask_at_terminal
from coach.services.notes import notes_page
from coach.services.parts import Parts
from coach.services.progress import progress_page
from coach.services.sample import FILE, HANDBOOK, load_demonstration, load_sample
from coach.services.today import today
from coach.settings import REPOSITORY, Settings
from coach.ui.look import LIFE
from tests.conftest import Showcase

pytestmark = pytest.mark.stores("sqlite")


def rows(parts: Parts, sql: str) -> list[Any]:
    with parts.database.read() as connection:
        return list(connection.execute(text(sql)))


@pytest.fixture
def mentors(parts: Parts) -> list[str]:
    return [row.mentor_id for row in rows(parts, "SELECT DISTINCT mentor_id FROM pair ORDER BY mentor_id")]


def test_there_are_at_least_24_pairs(parts: Parts) -> None:
    assert len(rows(parts, "SELECT * FROM pair")) >= 24


def test_the_pairs_are_in_different_stages(parts: Parts, mentors: list[str]) -> None:
    steps = {pair.step for mentor in mentors for pair in today(parts, mentor).pairs}
    assert {"Agree", "Prepare", "Meet"} <= steps <= set(LIFE)
    held = rows(parts, "SELECT sum(held) AS held FROM pair LEFT JOIN session ON session.pair_id = pair.id GROUP BY pair.id")
    assert 0 in {row.held or 0 for row in held}
    assert len({row.held or 0 for row in held}) >= 4
    assert rows(parts, "SELECT * FROM session WHERE last AND NOT held")
    statuses = {row.status for row in rows(parts, "SELECT DISTINCT status FROM goal")}
    assert {"achieved", "advanced", "stalled", "set_back"} <= statuses


def test_some_agendas_wait_some_are_released_and_some_are_not_drafted(parts: Parts) -> None:
    states = {row.state for row in rows(parts, "SELECT DISTINCT state FROM draft")}
    assert states == {"needs_review", "approved"}
    released = {row.draft_id for row in rows(parts, "SELECT draft_id FROM release WHERE withdrawn_at IS NULL")}
    assert released == {row.id for row in rows(parts, "SELECT id FROM draft WHERE state = 'approved'")}
    assert rows(parts, "SELECT * FROM session WHERE NOT held AND id NOT IN (SELECT session_id FROM draft)")


def test_it_is_loaded_once(parts: Parts) -> None:
    tables = ("programme", "person", "pair", "session", "goal", "action", "draft", "revision", "approval", "release", "audit")
    before = {table: rows(parts, f'SELECT * FROM "{table}"') for table in tables}  # noqa: S608
    assert load_sample(parts) is False
    assert {table: rows(parts, f'SELECT * FROM "{table}"') for table in tables} == before  # noqa: S608
    assert verify_audit(parts).first_wrong is None


def test_every_mentor_gets_a_draft_of_every_planned_session_that_nothing_blocks(parts: Parts) -> None:
    planned = rows(
        parts, "SELECT s.id, p.mentor_id, m.name FROM session s JOIN pair p ON p.id = s.pair_id JOIN person m ON m.id = p.mentor_id WHERE NOT s.held"
    )  # fmt: skip
    assert len(planned) >= 24
    for session in planned:
        draft_id = preparing.draft_agenda(parts, session.mentor_id, session.id, "click")
        page = reviewing.open_draft(parts, session.mentor_id, draft_id)
        assert blocking(page.revision.checks) == (), session.name
        assert page.revision.content.missing == (), session.name
        assert page.revision.content.items, session.name


def test_no_agenda_that_comes_with_it_is_stale_or_blocked(parts: Parts, mentors: list[str]) -> None:
    drafts = [draft for mentor in mentors for draft in reviewing.mine(parts, mentor)]
    assert drafts
    for draft in drafts:
        assert not draft.stale
        assert draft.revision is not None and blocking(draft.revision.checks) == ()


def test_every_e_mail_address_is_one_that_can_never_exist(parts: Parts) -> None:
    stored = [row.email for row in rows(parts, "SELECT email FROM person")]
    written = re.findall(r"[\w.+-]+@[\w.-]+\w", FILE.read_text(encoding="utf-8"))
    assert len(stored) == len(set(stored)) >= 49
    for address in (*stored, *written):
        assert address.endswith(".example"), address
    assert FILE.is_relative_to(REPOSITORY)


def test_nobody_mentors_themselves(parts: Parts) -> None:
    assert not rows(parts, "SELECT * FROM pair WHERE mentor_id = mentee_id")


def test_everybody_in_a_pair_holds_the_role_that_they_have_in_it(parts: Parts) -> None:
    for role in ("mentor", "mentee"):
        without = f"SELECT * FROM pair WHERE {role}_id NOT IN (SELECT person_id FROM role WHERE name = '{role}')"  # noqa: S608
        assert not rows(parts, without)


def test_no_planned_session_is_on_a_weekend_or_in_the_past(parts: Parts) -> None:
    for row in rows(parts, 'SELECT "on", strftime(\'%w\', "on") AS weekday FROM session WHERE NOT held'):
        assert row.weekday in "12345"
        assert row.on >= rows(parts, "SELECT max(date(created_at)) AS day FROM draft")[0].day


def test_a_demonstration_has_a_document_of_its_own_that_answers_before_the_general_guidance(tmp_path: Path) -> None:
    made = join_parts(Settings(home=tmp_path / "home"))
    assert load_demonstration(made) is True
    assert load_demonstration(made) is False
    coordinator = "tamsin.adeyeri@quillmere.example"
    answer = ask_at_terminal(made, coordinator, "How often do we meet?")
    assert answer.citations[0].document == "How Quillmere Upward is run"
    assert "every two weeks" in answer.text
    assert answer.contradictions[0].sides[0].passage.file == HANDBOOK.name
    assert "Ruth Ellingworth" in ask_at_terminal(made, coordinator, "Who is the safeguarding contact?").text
    made.database.close()


def test_a_data_folder_that_has_the_people_already_is_left_as_it_is(parts: Parts) -> None:
    assert load_demonstration(parts) is False
    assert not rows(parts, "SELECT * FROM document WHERE origin = 'added'")


def test_two_summaries_took_the_real_way_from_notes_to_readers_and_one_is_answered(parts: Parts) -> None:
    released = rows(
        parts,
        "SELECT d.author_id, d.pair_id, d.session_id, s.summary, p.mentor_id, n.text FROM release r JOIN draft d ON d.id = r.draft_id "
        "JOIN session s ON s.id = d.session_id JOIN pair p ON p.id = d.pair_id "
        "JOIN note n ON n.session_id = d.session_id AND n.author_id = d.author_id WHERE d.kind = 'summary'",
    )
    assert len(released) == 2
    for row in released:
        page = progress_page(parts, row.author_id, row.pair_id)
        assert row.author_id == row.mentor_id
        assert row.summary and row.text.strip()
        assert {page.points[row.session_id, goal.id].draft_id for goal in page.goals} == {page.summaries[0].draft_id}
        assert "daughter" not in page.summaries[0].content.model_dump_json()  # what was said in confidence stays in the notes
    assert [row.confirmed for row in rows(parts, "SELECT confirmed FROM summary_response")] == [1]


def test_the_summary_of_the_showcase_says_what_its_notes_say_and_leaves_the_last_session_to_a_newcomer(
    parts: Parts, showcase: Showcase
) -> None:
    page = progress_page(parts, showcase.mentee, showcase.pair.id)
    second, last = page.met[1], page.met[-1]
    assert [page.points[second.id, goal.id].status for goal in page.goals] == ["advanced", "advanced", "advanced", "stalled"]
    assert not [action for action in page.actions if action.session_id == second.id and not action.done]
    assert [summary.session.id for summary in page.summaries] == [second.id]
    found = notes_page(parts, showcase.mentor, last.id)
    assert found is not None and not found.notes.text and not found.drafts


def test_every_goal_that_was_discussed_stands_where_its_history_ends(parts: Parts) -> None:
    for pair in rows(parts, "SELECT id, mentor_id FROM pair"):
        page = progress_page(parts, pair.mentor_id, pair.id)
        for goal in page.goals:
            standing = page.standings[goal.id]
            assert (goal.status, goal.last_discussed) == (standing.status, standing.on), goal.title


def test_somebody_finds_news_on_today(parts: Parts) -> None:
    mentees = [row.mentee_id for row in rows(parts, "SELECT mentee_id FROM pair")]
    news = [pair.unanswered for mentee in mentees for pair in today(parts, mentee).pairs if pair.unanswered]
    assert [session.number for session in news] == [4]
