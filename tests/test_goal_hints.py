"""Hints while a goal is worded: friendly, with a way out, and silent where the goal is a good one."""

from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.goals import ENOUGH_GOALS, GoalWording, hints, in_due_order
from coach.domain.sessions import Goal
from coach.services.sample import FILE

TODAY = date(2026, 3, 6)
ENDS = date(2026, 9, 1)
GOOD = GoalWording(
    title="Answer apprentices' questions in the open channel", measure="Answers there", target="10 a month", due=date(2026, 6, 1)
)


def about(change: dict[str, Any], others: int = 2) -> dict[str, str]:
    return dict(hints(GOOD.model_copy(update=change), others, ENDS, TODAY))


def test_a_good_goal_gets_no_hint() -> None:
    assert about({}) == {}


def test_the_goals_of_the_sample_programme_get_no_hint() -> None:
    told = [goal for pair in yaml.safe_load(FILE.read_text(encoding="utf-8"))["pairs"] for goal in pair["goals"]]
    assert len(told) > 70
    for goal in told:
        wording = GoalWording(title=goal["title"], measure=goal["measure"], target=goal["target"], due=TODAY)
        assert hints(wording, 2, ENDS, TODAY) == (), goal["title"]


def test_nothing_is_hinted_before_there_is_a_title() -> None:
    assert hints(GoalWording(), 9, ENDS, TODAY) == ()


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"measure": ""}, "measure", "count or see"),
        ({"target": ""}, "target", "enough"),
        ({"target": "Better collaboration"}, "target", "hard to count or see"),
        ({"target": "A better feeling about it all"}, "target", "hard to count or see"),
        ({"target": "A nicer atmosphere"}, "target", "hard to count or see"),
        ({"due": None}, "due", "date"),
        ({"due": TODAY - timedelta(days=1)}, "due", "5 March is past"),
        ({"due": ENDS + timedelta(days=1)}, "due", "until 1 September"),
        ({"title": "Understand social media better"}, "title", "“Understand” leaves open"),
        ({"title": "Be more inclusive"}, "title", "“Be more” leaves open"),
        ({"title": "To improve our meetings"}, "title", "“Improve” leaves open"),
        ({"title": "I want to be better at listening"}, "title", "“Be better” leaves open"),
        ({"title": "Ask juniors first in each review; publish the minutes"}, "title", "two goals"),
        ({"title": "Hold an open hour each month and send a summary to everybody"}, "title", "two goals"),
        ({"title": "Read the reviews each month. Answer the questions."}, "title", "two goals"),
    ],
)
def test_a_goal_that_is_hard_to_check_gets_a_hint_at_its_field(change: dict[str, Any], field: str, says: str) -> None:
    found = about(change)
    assert says in found.get(field, "")
    assert set(found) <= {field}


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Ask “What am I missing?” and count to five"},
        {"title": "Try an assistant on one real task a week and write down what failed"},
        {"title": "Explain each freeze so that everyone understands it"},
        {"target": "One note published"},
        {"target": "Note published"},
        {"target": "The screen in the planning room faces the chair"},
        {"target": "More than 3 of 4"},
        {"due": TODAY},
        {"due": ENDS},
    ],
)
def test_what_can_be_seen_or_counted_gets_none(change: dict[str, Any]) -> None:
    assert about(change) == {}


def test_from_the_seventh_goal_on_a_hint_asks_what_could_wait() -> None:
    assert about({}, others=ENOUGH_GOALS - 1) == {}
    assert "could wait" in about({}, others=ENOUGH_GOALS)["title"]


def test_without_an_end_of_the_pair_no_due_date_is_too_late() -> None:
    assert hints(GOOD.model_copy(update={"due": date(2099, 1, 1)}), 0, None, TODAY) == ()


days = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))


@given(title=st.text(), measure=st.text(), target=st.text(), due=days, ends=days, others=st.integers(0, 50))
def test_any_words_get_short_calm_sentences_about_fields_that_exist(
    title: str, measure: str, target: str, due: date | None, ends: date | None, others: int
) -> None:
    for hint in hints(GoalWording(title=title, measure=measure, target=target, due=due), others, ends, TODAY):
        assert hint.about in GoalWording.model_fields
        assert hint.says[-1] in ".?"
        assert len(hint.says) < 160
        assert "!" not in hint.says


@given(st.lists(days, max_size=12))
def test_due_order_is_nearest_first_none_last_and_loses_nothing(due: list[date | None]) -> None:
    goals = [Goal(id=str(place), title="x", due=day) for place, day in enumerate(due)]
    found = in_due_order(goals)
    assert [g.due for g in found] == [*sorted(d for d in due if d), *(d for d in due if d is None)]
    assert sorted(g.id for g in found) == sorted(g.id for g in goals)
