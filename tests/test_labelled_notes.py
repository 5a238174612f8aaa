"""On the project's own labelled notes the built-in rules reach what is asked of them; the cases were not written by those who wrote the rules."""

import pytest

from benchmarks.notes import by_rules
from coach.domain.measured import NotesLeg
from coach.domain.sessions import GoalStatus
from coach.evaluation.notes import compared, notes_leg
from coach.evaluation.notes_cases import NotesCase, read_notes_cases
from coach.language.english import reads_as_english
from tests.processes import ROOT

CASES = read_notes_cases(ROOT / "tests" / "notes")


@pytest.fixture(scope="module")
def ours() -> NotesLeg:
    return notes_leg("builtin", [compared(case, by_rules(case.brief)) for case in CASES])


def test_silence_and_plans_are_seldom_read_as_progress(ours: NotesLeg) -> None:
    assert ours.false_progress <= 0.05


def test_statuses_are_told_apart(ours: NotesLeg) -> None:
    assert ours.macro_f1 >= 0.65
    assert all(status.f1 >= 0.55 for status in ours.statuses if status.status is not GoalStatus.NOT_DISCUSSED)


def test_actions_are_found_with_their_owners_and_dates(ours: NotesLeg) -> None:
    assert ours.actions.f1 >= 0.75
    assert ours.actions.owner_and_due >= 0.9


def test_every_quote_stands_in_its_notes_and_none_is_sensitive(ours: NotesLeg) -> None:
    assert ours.quotes > len(CASES)
    assert ours.quotes_verbatim == 1
    assert ours.sensitive_quoted == 0


def test_disclosures_are_noticed(ours: NotesLeg) -> None:
    assert ours.safeguarding_right == 1


def test_no_line_of_them_is_taken_for_another_language() -> None:
    lines = [line for case in CASES for line in case.brief.notes.splitlines()]
    assert len(lines) > len(CASES)
    assert [line for line in lines if not reads_as_english(line)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_each_quote_is_where_it_says_and_each_goal_stands_once(case: NotesCase) -> None:
    content = by_rules(case.brief)
    assert [goal.goal_id for goal in content.goals] == [goal.id for goal in case.brief.goals]
    for part in (*content.goals, *content.actions, *content.closed_actions, *content.decisions):
        for evidence in part.evidence:
            assert case.brief.notes[evidence.start : evidence.end] == evidence.quote
