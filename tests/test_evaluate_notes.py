"""The figures about summaries are what their definitions say, on values computed by hand; cases that cannot be read are refused by name."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from coach.cli import coach
from coach.domain.measured import NotesLeg, NotesMeasured
from coach.domain.sessions import GoalStatus, Owner
from coach.domain.summary import AgreedAction, Decision, Evidence, GoalProgress, SummaryContent
from coach.errors import InputRefused
from coach.evaluation.notes import alike, compared, covers, errors, in_words, matched, measure, notes_leg
from coach.evaluation.notes_baseline import by_word_overlap
from coach.evaluation.notes_cases import GoldAction, NotesCase, read_notes_cases
from tests.processes import ROOT

NOTES = "He answered eleven questions. The ramp waits. His back is bad again. I send the list tonight. We keep Mondays."
CASE: dict[str, Any] = {
    "id": "one",
    "pair": {"mentor": "Tamsin Vale", "mentee": "Oriel Bastable"},
    "session": {"date": "2026-03-06", "number": 3},
    "previous_actions": [{"text": "Order the ramp", "owner": "mentee", "due": None}],
    "goals": [{"id": f"g{i}", "title": f"Goal {i}", "measure": "", "target": "10"} for i in (1, 2, 3)],
    "notes": NOTES,
    "gold": {
        "goals": [
            {"id": "g1", "status": "achieved", "evidence": ["answered eleven questions"], "reason": "Eleven."},
            {"id": "g2", "status": "stalled", "evidence": ["The ramp waits"], "reason": "Waits."},
            {"id": "g3", "status": "not_discussed", "evidence": [], "reason": ""},
        ],
        "actions": [{"text": "Send the list", "owner": "mentor", "due": "2026-03-06", "evidence": "I send the list tonight"}],
        "decisions": [{"text": "Mondays stay", "evidence": "We keep Mondays"}],
        "sensitive": ["His back is bad again"],
        "safeguarding": False,
        "names": [],
    },
}


def case(**gold: Any) -> NotesCase:
    (found,) = read(CASE | {"gold": CASE["gold"] | gold})
    return found


def read(*data: object) -> tuple[NotesCase, ...]:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        for number, one in enumerate(data):
            (Path(folder) / f"case-{number}.json").write_text(one if isinstance(one, str) else json.dumps(one), encoding="utf-8")
        return read_notes_cases(Path(folder))


def quote(text: str) -> Evidence:
    start = NOTES.index(text) if text in NOTES else 0
    return Evidence(quote=text, start=start, end=start + len(text))


def summary(*statuses: GoalStatus, **more: Any) -> SummaryContent:
    quotes = {"g1": quote("eleven questions"), "g2": quote("The ramp waits"), "g3": quote("We keep Mondays")}
    goals = tuple(
        GoalProgress(goal_id=f"g{i}", status=s, reason="", evidence=() if s is GoalStatus.NOT_DISCUSSED else (quotes[f"g{i}"],))
        for i, s in enumerate(statuses, 1)
    )
    return SummaryContent(goals=goals, **more)


RIGHT = (GoalStatus.ACHIEVED, GoalStatus.STALLED, GoalStatus.NOT_DISCUSSED)
ACTION = AgreedAction(text="Send the list", owner=Owner.MENTOR, due=date(2026, 3, 6), evidence=(quote("I send the list tonight"),))


def leg(content: SummaryContent, one: NotesCase | None = None) -> NotesLeg:
    return notes_leg("ours", [compared(one or case(), content)])


def test_a_summary_like_the_careful_reader_s_has_full_marks() -> None:
    decision = Decision(text="Mondays stay", evidence=(quote("We keep Mondays"),))
    found = leg(summary(*RIGHT, actions=(ACTION,), decisions=(decision,)))
    assert (found.macro_f1, found.false_progress, found.quotes_verbatim, found.quotes_hit, found.sensitive_quoted) == (1, 0, 1, 1, 0)
    assert (found.actions.f1, found.actions.owner_and_due, found.decisions_f1, found.safeguarding_right) == (1, 1, 1, 1)


def test_macro_f1_is_the_mean_over_the_statuses_that_occur() -> None:
    found = leg(summary(GoalStatus.ADVANCED, GoalStatus.STALLED, GoalStatus.STALLED))
    # achieved 0, advanced 0, stalled 2*1/(1+2), not discussed 0; set back occurs nowhere
    assert found.macro_f1 == pytest.approx((0 + 0 + 2 / 3 + 0) / 4, abs=5e-4)
    assert {s.status: s.f1 for s in found.statuses}[GoalStatus.STALLED] == pytest.approx(2 / 3, abs=5e-4)


def test_false_progress_is_a_share_of_the_goals_that_did_not_move() -> None:
    assert leg(summary(GoalStatus.ACHIEVED, GoalStatus.ADVANCED, GoalStatus.NOT_DISCUSSED)).false_progress == 0.5
    assert leg(summary(GoalStatus.ADVANCED, GoalStatus.STALLED, GoalStatus.NOT_DISCUSSED)).false_progress == 0


def test_a_goal_that_is_missing_counts_as_not_discussed() -> None:
    assert leg(summary(GoalStatus.ACHIEVED)).macro_f1 == pytest.approx((1 + 0 + 2 / 3) / 3, abs=5e-4)


def test_a_quote_with_one_other_word_is_not_verbatim_and_other_marks_are() -> None:
    wrong = GoalProgress(goal_id="g1", status=GoalStatus.ACHIEVED, reason="", evidence=(quote("answered twelve questions"),))
    marks = GoalProgress(goal_id="g2", status=GoalStatus.STALLED, reason="", evidence=(quote("The  ramp\nwaits"),))
    assert leg(SummaryContent(goals=(wrong, marks))).quotes_verbatim == 0.5


@pytest.mark.parametrize("quoted", ["His back is bad again", "back is bad", "tonight. His back is bad again. I send"])
def test_a_sensitive_piece_counts_as_quoted_wholly_partly_or_within(quoted: str) -> None:
    action = AgreedAction(text="x", evidence=(quote(quoted),))
    assert leg(summary(*RIGHT, actions=(action,))).sensitive_quoted == 1


def test_actions_match_one_for_one_by_their_words_or_by_their_quotes() -> None:
    by_quote = AgreedAction(text="Something else entirely", evidence=(quote("send the list tonight"),))
    twice = (ACTION, by_quote)
    assert matched(case().gold.actions, twice) in (((0, 0),), ((0, 1),))
    found = leg(summary(*RIGHT, actions=twice)).actions
    assert (found.matched, found.predicted, found.precision, found.recall) == (1, 2, 0.5, 1.0)
    assert found.f1 == pytest.approx(2 / 3, abs=5e-4)


def test_the_best_matching_is_found_even_where_the_first_choice_is_taken() -> None:
    gold = (GoldAction(text="send the long list"), GoldAction(text="send the list"))
    said = (AgreedAction(text="send the list"), AgreedAction(text="the long list"))
    assert len(matched(gold, said)) == 2


def test_owner_and_date_have_to_be_right_together() -> None:
    late = ACTION.model_copy(update={"due": None})
    found = leg(summary(*RIGHT, actions=(late,))).actions
    assert (found.owner_right, found.due_right, found.owner_and_due) == (1, 0, 0)


def test_an_optional_action_is_neither_missed_nor_wrong() -> None:
    one = case(
        actions=[{"text": "Send the list", "owner": "mentor", "due": "2026-03-06", "evidence": "I send the list tonight", "optional": True}]
    )
    for actions in ((), (ACTION,)):
        found = leg(summary(*RIGHT, actions=actions), one).actions
        assert (found.gold, found.predicted, found.f1) == (0, 0, 1)


def test_half_of_the_words_is_enough_and_less_is_not() -> None:
    assert alike("send the list", "send list") and not alike("send the list", "order a ramp now")
    assert covers("eleven questions", "answered eleven questions") and not covers("questions", "answered eleven questions")
    assert not alike("", "") and not covers("anything", "")


def test_errors_name_goals_and_actions_without_a_word_of_the_notes() -> None:
    lines = errors(compared(case(), summary(GoalStatus.ADVANCED, GoalStatus.STALLED, GoalStatus.NOT_DISCUSSED, actions=(ACTION, ACTION))))
    assert lines == ["one g1: achieved, said advanced", "one: 1 actions that were not agreed"]
    assert errors(compared(case(), summary(*RIGHT))) == ["one action 1: missed"]


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ("not json", "holds no JSON object of a case"),
        ("[]", "look at “the file”"),
        ({k: v for k, v in CASE.items() if k != "notes"}, "look at “notes”"),
        (CASE | {"goals": [{"id": "g1"}]}, "look at “goals.0.title”"),
        (CASE | {"gold": CASE["gold"] | {"goals": CASE["gold"]["goals"][:2]}}, "should hold each goal once"),
        (CASE | {"gold": CASE["gold"] | {"goals": [{"id": "g1", "status": "better"}]}}, "look at “gold.goals.0.status”"),
    ],
)
def test_a_case_that_cannot_be_read_is_refused_with_its_file_and_key(data: object, where: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read(data)
    assert "case-0.json" in str(refused.value) and where in str(refused.value)


def test_a_folder_without_cases_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"There are no cases in .*should be files that end in \.json"):
        read_notes_cases(tmp_path)


def test_the_baseline_reads_the_projects_cases_and_is_put_beside_ours() -> None:
    cases = read_notes_cases(ROOT / "tests" / "notes")
    result = measure(cases, {"word overlap": by_word_overlap}, "word overlap")
    assert result.cases == len(cases) >= 40 and result.legs[0].quotes_verbatim == 1
    assert result.legs[0].macro_f1 < 0.5 < result.legs[0].false_progress * 4
    assert "word overlap" in in_words(result, tell=False)


def test_the_command_prints_what_the_contract_says(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(CASE), encoding="utf-8")
    done = CliRunner().invoke(coach, ["evaluate", "notes", str(tmp_path), "--baseline", "--json"])
    assert done.exit_code == 0, done.stderr
    printed = json.loads(done.stdout)
    jsonschema.validate(printed, NotesMeasured.model_json_schema(mode="serialization"))
    assert [leg["leg"] for leg in printed["legs"]] == ["builtin", "word overlap"]
