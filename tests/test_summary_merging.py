"""What people changed in a summary is still there after it is drafted again, and nothing else is held back."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.sessions import GoalStatus, Owner
from coach.domain.summary import AgreedAction, Decision, Evidence, GoalProgress, Headline, SummaryContent
from coach.drafting.summary.checks import all_evidence
from coach.drafting.summary.evidence import noted
from coach.drafting.summary.merging import Notes, merge
from coach.drafting.summary.offers import offers, take

LINES = (
    "two of the four posts went out",
    "the screen stays behind the chair",
    "he asked the night shift first",
    "nobody has booked the hall",
    "she sends both lists by Friday",
    "we meet in the canteen from now on",
)
BEFORE = "\n".join(f"- {line}" for line in LINES)
AFTER = "\n".join(f"- {line}" for line in ("a new line on top", *LINES[1:], "and one below"))  # the first line is gone
NOTED = noted(AFTER)
NOT_SAID = "The notes say nothing about where this goal stands."


def quote(line: str, notes: str = BEFORE, shared: bool = False) -> Evidence:
    start = notes.index(line)
    return Evidence(quote=line, start=start, end=start + len(line), shared=shared)


def goal(i: int, line: str | None, status: GoalStatus = GoalStatus.ADVANCED, notes: str = BEFORE, **more: Any) -> GoalProgress:
    if line is None:
        return GoalProgress(goal_id=f"g{i}", status=GoalStatus.NOT_DISCUSSED, reason=NOT_SAID, **more)
    return GoalProgress(goal_id=f"g{i}", status=status, reason=f"As {i} says.", evidence=(quote(line, notes),), **more)


def summary(notes: str = BEFORE, **more: Any) -> SummaryContent:
    """Return a summary by an engine of these notes."""
    usual: dict[str, Any] = {
        "goals": (goal(0, LINES[2], notes=notes), goal(1, LINES[3], GoalStatus.STALLED, notes), goal(2, None)),
        "actions": (AgreedAction(text="Send both lists", owner=Owner.MENTOR, evidence=(quote(LINES[4], notes),)),),
        "decisions": (Decision(text="The canteen it is", evidence=(quote(LINES[5], notes),)),),
        "open_questions": ("Who books the hall?",),
    }
    return SummaryContent(**(usual | more))


def changed_goal(content: SummaryContent, i: int, **changes: Any) -> SummaryContent:
    goals = list(content.goals)
    goals[i] = goals[i].model_copy(update=changes)
    return content.model_copy(update={"goals": tuple(goals)})


def merged(mine: SummaryContent, new: SummaryContent, last: SummaryContent | None = None, notes: str = AFTER) -> SummaryContent:
    return merge(last or summary(), mine, new, Notes(BEFORE, NOTED if notes == AFTER else noted(notes)))


def test_what_nobody_changed_becomes_what_the_engine_says_now() -> None:
    new = changed_goal(summary(AFTER), 1, status=GoalStatus.ADVANCED)
    assert merged(summary(), new) == new


def test_a_status_that_somebody_changed_stays_with_its_reason_and_quotes_where_they_stand_now() -> None:
    mine = changed_goal(summary(), 1, status=GoalStatus.SET_BACK, reason="Worse than before.", basis="reviewer")
    found = merged(mine, summary(AFTER)).goals[1]
    assert (found.status, found.reason, found.basis) == (GoalStatus.SET_BACK, "Worse than before.", "reviewer")
    assert found.evidence == (quote(LINES[3], AFTER),)


def test_a_tick_stays_with_its_quote() -> None:
    mine = changed_goal(summary(), 0, evidence=(quote(LINES[2], shared=True),))
    assert merged(mine, summary(AFTER)).goals[0].evidence == (quote(LINES[2], AFTER, shared=True),)


def test_a_status_kept_on_a_quote_that_is_gone_waits_for_the_reviewer() -> None:
    last = changed_goal(summary(), 0, evidence=(quote(LINES[0]),))
    mine = changed_goal(last, 0, reason="Half of them.")
    found = merged(mine, summary(AFTER), last).goals[0]
    assert (found.status, found.basis, found.evidence) == (GoalStatus.NOT_DISCUSSED, "unproven", ())
    assert "does not stand in the notes" in found.reason


def test_a_reviewers_own_word_stays_when_the_quotes_beside_it_are_gone() -> None:
    last = changed_goal(summary(), 0, evidence=(quote(LINES[0]),))
    mine = changed_goal(last, 0, status=GoalStatus.ACHIEVED, basis="reviewer")
    found = merged(mine, summary(AFTER), last).goals[0]
    assert (found.status, found.basis, found.evidence) == (GoalStatus.ACHIEVED, "reviewer", ())


def test_a_kept_quote_that_the_changed_notes_take_back_is_taken_out() -> None:
    after = BEFORE.replace("he asked", "it is not true that he asked")
    mine = changed_goal(summary(), 0, reason="First time.")
    assert merged(mine, summary(after), notes=after).goals[0].basis == "unproven"


def test_a_yes_to_not_discussed_gives_way_to_a_quote_that_came_in() -> None:
    last = changed_goal(summary(), 2, basis="unproven")
    mine = changed_goal(last, 2, basis="confirmed")
    assert merged(mine, last, last).goals[2].basis == "confirmed"
    new = summary(AFTER, goals=(*summary(AFTER).goals[:2], goal(2, LINES[1], notes=AFTER)))
    assert merged(mine, new, last).goals[2] == new.goals[2]


def test_a_goal_that_was_agreed_meanwhile_is_told_and_one_that_is_gone_is_not() -> None:
    new = summary(AFTER, goals=(goal(0, LINES[2], notes=AFTER), goal(7, None)))
    assert merged(changed_goal(summary(), 1, reason="Mine."), new).goals == new.goals


def test_an_action_keeps_the_fields_that_were_changed_and_takes_the_others_anew() -> None:
    mine = summary(actions=(summary().actions[0].model_copy(update={"owner": Owner.BOTH, "text": "Send both lists, twice"}),))
    new = summary(AFTER, actions=(summary(AFTER).actions[0].model_copy(update={"due": "2026-03-13", "owner": None}),))
    (found,) = merged(mine, new).actions
    assert (found.text, found.owner, str(found.due)) == ("Send both lists, twice", Owner.BOTH, "2026-03-13")
    assert found.evidence == (quote(LINES[4], AFTER),)


def test_what_was_left_out_stays_out_and_what_was_added_stays() -> None:
    added = AgreedAction(text="Book the hall", owner=Owner.MENTEE)
    mine = summary(actions=(added,), decisions=(), open_questions=("When do we meet?",))
    found = merged(mine, summary(AFTER))
    assert found.actions == (added,)
    assert found.decisions == ()
    assert found.open_questions == ("When do we meet?",)


def test_an_action_that_the_engine_finds_after_somebody_added_it_stands_there_once() -> None:
    mine = summary(actions=(*summary().actions, AgreedAction(text="Book the hall", owner=Owner.MENTEE)))
    new = summary(AFTER, actions=(*summary(AFTER).actions, AgreedAction(text="book the hall", evidence=(quote(LINES[3], AFTER),))))
    found = merged(mine, new).actions
    assert [a.text for a in found] == ["Send both lists", "Book the hall"]
    assert found[1].owner is Owner.MENTEE


def test_a_headline_stays_where_somebody_changed_it() -> None:
    mine = summary(headline=Headline(highlights=("Mine.",)))
    new = summary(AFTER, headline=Headline(highlights=("Theirs.",), opportunities=("Also theirs.",)))
    assert merged(mine, new).headline == Headline(highlights=("Mine.",), opportunities=("Also theirs.",))


@pytest.mark.parametrize("field", ["sensitive", "safeguarding"])
def test_what_is_private_is_always_what_was_found_last(field: str) -> None:
    new = summary(AFTER, safeguarding=True)
    assert getattr(merged(changed_goal(summary(), 0, reason="Mine."), new), field) == getattr(new, field)


# Whatever somebody does


STATUSES = st.sampled_from([s for s in GoalStatus if s is not GoalStatus.NOT_DISCUSSED])


@st.composite
def versions(draw: Callable[..., Any], notes: str) -> SummaryContent:
    """Return any summary whose quotes stand in these notes."""
    lines = [line for line in LINES if line in notes]
    some = st.lists(st.sampled_from(lines), max_size=2, unique=True)
    goals = []
    for i in range(3):
        found = draw(some)
        status = draw(STATUSES) if found else GoalStatus.NOT_DISCUSSED
        evidence = tuple(quote(line, notes) for line in found)
        goals.append(GoalProgress(goal_id=f"g{i}", status=status, reason=draw(st.sampled_from(["One.", "Two."])), evidence=evidence))
    texts = draw(st.lists(st.sampled_from(["Send it", "Book it", "Ask them"]), max_size=3, unique=True))
    actions = tuple(AgreedAction(text=t, evidence=(quote(draw(st.sampled_from(lines)), notes),)) for t in texts)
    return summary(
        notes, goals=tuple(goals), actions=actions, decisions=(), open_questions=tuple(draw(st.lists(st.sampled_from("abc"), unique=True)))
    )


@given(versions(BEFORE), versions(AFTER))
def test_without_any_change_the_new_version_stands_as_it_is(last: SummaryContent, new: SummaryContent) -> None:
    assert merged(last, new, last) == new
    assert offers(new, new) == ()


@given(versions(BEFORE), versions(BEFORE), versions(AFTER))
def test_every_quote_stands_in_the_changed_notes_and_every_goal_stands_once(
    last: SummaryContent, mine: SummaryContent, new: SummaryContent
) -> None:
    found = merged(mine, new, last)
    assert all(NOTED.holds(e) for e in all_evidence(found))
    assert [g.goal_id for g in found.goals] == [g.goal_id for g in new.goals]


@given(versions(BEFORE), versions(BEFORE), versions(AFTER))
def test_drafting_once_more_from_the_same_notes_changes_nothing(last: SummaryContent, mine: SummaryContent, new: SummaryContent) -> None:
    once = merged(mine, new, last)
    again = merge(new, once, new, Notes(AFTER, NOTED))
    assert [g.status for g in again.goals] == [g.status for g in once.goals]
    assert {a.text for a in again.actions} == {a.text for a in once.actions}
    assert again.open_questions == once.open_questions


@given(versions(BEFORE), versions(BEFORE), versions(AFTER))
def test_a_goal_is_the_reviewers_or_the_engines_and_the_engines_is_on_offer_where_it_is_not(
    last: SummaryContent, mine: SummaryContent, new: SummaryContent
) -> None:
    found = merged(mine, new, last)
    offered = {o.key for o in offers(found, new) if o.field == "goals"}
    for was, now, engine, kept in zip(last.goals, mine.goals, new.goals, found.goals, strict=True):
        touched = (was.status, was.reason, [e.quote for e in was.evidence]) != (now.status, now.reason, [e.quote for e in now.evidence])
        if not touched:
            assert kept == engine
        elif kept.basis != "unproven":
            assert (kept.status, kept.reason) == (now.status, now.reason)
        assert (kept.goal_id in offered) == (
            (kept.status, kept.reason, [e.quote for e in kept.evidence])
            != (engine.status, engine.reason, [e.quote for e in engine.evidence])
        )


@given(versions(AFTER), versions(AFTER))
def test_whoever_takes_everything_that_is_offered_has_what_the_engine_says(mine: SummaryContent, drafted: SummaryContent) -> None:
    notes = Notes(AFTER, NOTED)
    for _ in range(20):
        left = offers(mine, drafted)
        if not left:
            break
        mine = take(mine, drafted, left[0].field, left[0].key, notes)
    assert offers(mine, drafted) == ()
    assert mine.goals == drafted.goals
    assert {a.text for a in drafted.actions} <= {a.text for a in mine.actions}
