"""Progress is what released summaries say and nothing else; a release makes it count, a withdrawal takes all of it back."""

from typing import Any

import pytest

from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind
from coach.domain.people import Pair
from coach.domain.sessions import Action, Goal, GoalStatus, Session
from coach.domain.summary import ClosedAction, SummaryContent
from coach.errors import AccessDenied, InputRefused, ReviewRefused
from coach.services import briefs, progress, releasing, reviewing
from coach.services.parts import Parts
from coach.store import programmes
from coach.store import progress as kept_progress
from tests.summarised import NOTES, approved, drafted, last_held, quoted, released, saying, usual, write_notes


@pytest.fixture
def said(parts: Parts) -> Parts:
    """Parts whose engine says the usual of any notes."""
    return saying(parts)


@pytest.fixture
def met(said: Parts, showcase: Any) -> Session:
    """A held session with the mentor's notes."""
    session = last_held(said, showcase.pair.id)
    write_notes(said, session.id, showcase.mentor)
    return session


def goals(parts: Parts, pair: Pair) -> tuple[Goal, ...]:
    with parts.database.read() as connection:
        return programmes.goals_of(connection, pair.id)


def actions(parts: Parts, pair: Pair) -> tuple[Action, ...]:
    with parts.database.read() as connection:
        return programmes.actions_of(connection, pair.id)


def next_brief(parts: Parts, showcase: Any) -> Brief:
    with parts.database.read() as connection:
        return briefs.brief_for_session(connection, showcase.pair, showcase.session, DraftKind.AGENDA, showcase.mentor)


def test_a_draft_and_an_approval_change_nothing_that_counts(said: Parts, showcase: Any, met: Session) -> None:
    before = progress.progress_page(said, showcase.mentee, showcase.pair.id), next_brief(said, showcase)
    draft_id = drafted(said, showcase.mentor, met.id)
    approved(said, showcase.mentor, draft_id)
    assert (progress.progress_page(said, showcase.mentee, showcase.pair.id), next_brief(said, showcase)) == before


def test_a_release_moves_the_goals_joins_the_actions_and_changes_the_next_agenda(said: Parts, showcase: Any, met: Session) -> None:
    released(said, showcase.mentor, met.id)
    first, second, *_ = goals(said, showcase.pair)
    assert (first.status, first.last_discussed) == (GoalStatus.ACHIEVED, met.on)
    assert (second.status, second.last_discussed) == (GoalStatus.STALLED, met.on)
    assert [a.text for a in actions(said, showcase.pair)].count("Post the next two decisions") == 1
    brief = next_brief(said, showcase)
    assert "Post the next two decisions" in [a.text for a in brief.open_actions]
    assert brief.goals[0].status is GoalStatus.ACHIEVED
    assert "All four weeks." in brief.previous_summary and "The four-week rhythm stays." in brief.previous_summary


def test_silence_about_a_goal_leaves_it_where_it_stood(said: Parts, showcase: Any, met: Session) -> None:
    before = goals(said, showcase.pair)[2]
    released(said, showcase.mentor, met.id)
    page = progress.progress_page(said, showcase.mentor, showcase.pair.id)
    assert page.points[met.id, before.id].status is GoalStatus.NOT_DISCUSSED
    after = goals(said, showcase.pair)[2]
    assert after.status is not GoalStatus.NOT_DISCUSSED
    assert after.last_discussed is None or after.last_discussed < met.on


def test_a_withdrawal_takes_back_all_that_the_release_did(said: Parts, showcase: Any, met: Session) -> None:
    goal_id = goals(said, showcase.pair)[0].id
    draft_id = released(said, showcase.mentor, met.id)
    assert releasing.withdraw(said, showcase.mentor, draft_id)
    page = progress.progress_page(said, showcase.mentor, showcase.pair.id)
    assert (met.id, goal_id) not in page.points
    assert "Post the next two decisions" not in [a.text for a in page.actions]
    assert met.id not in [s.session.id for s in page.summaries]
    assert progress.released_summary(said, showcase.mentee, met.id) is None
    assert goals(said, showcase.pair)[0].last_discussed != met.on


def test_a_second_release_of_the_same_draft_adds_no_action_twice_and_keeps_what_was_done(said: Parts, showcase: Any, met: Session) -> None:
    draft_id = released(said, showcase.mentor, met.id)
    (promise,) = [a for a in actions(said, showcase.pair) if a.text == "Post the next two decisions"]
    progress.mark_action(said, showcase.mentee, promise.id, done=True)
    page = reviewing.open_draft(said, showcase.mentor, draft_id)
    content = page.revision.content.model_dump(mode="json") | {"open_questions": ["Who counts?"]}
    reviewing.save_edit(said, showcase.mentor, draft_id, page.revision.number, content)
    approved(said, showcase.mentor, draft_id)
    releasing.release_to_readers(said, showcase.mentor, draft_id)
    same = [a for a in actions(said, showcase.pair) if a.text == "Post the next two decisions"]
    assert [(a.id, a.done) for a in same] == [(promise.id, True)]


def test_what_the_notes_report_as_done_is_closed_and_opened_again_by_a_withdrawal(parts: Parts, showcase: Any) -> None:
    open_one = next(a for a in actions(parts, showcase.pair) if not a.done)

    def says(brief: Brief) -> SummaryContent:
        closed = ClosedAction(text=open_one.text, evidence=(quoted(brief.notes, "the log says so"),))
        return usual(brief).model_copy(update={"closed_actions": (closed,)})

    said = saying(parts, says)
    session = last_held(said, showcase.pair.id)
    write_notes(said, session.id, showcase.mentor)
    draft_id = released(said, showcase.mentor, session.id)
    after = next(a for a in actions(said, showcase.pair) if a.id == open_one.id)
    assert after.done and after.done_on == session.on
    releasing.withdraw(said, showcase.mentor, draft_id)
    assert not next(a for a in actions(said, showcase.pair) if a.id == open_one.id).done


def test_a_summary_of_a_session_that_is_still_to_come_is_not_released(said: Parts, showcase: Any) -> None:
    write_notes(said, showcase.session.id, showcase.mentor)
    draft_id = drafted(said, showcase.mentor, showcase.session.id)
    approved(said, showcase.mentor, draft_id)
    with pytest.raises(ReviewRefused, match=r"^Not released: session 4 is planned for "):
        releasing.release_to_readers(said, showcase.mentor, draft_id)


def test_the_other_person_does_not_take_the_place_of_a_released_summary(said: Parts, showcase: Any, met: Session) -> None:
    released(said, showcase.mentor, met.id)
    write_notes(said, met.id, showcase.mentee)
    other = drafted(said, showcase.mentee, met.id, "mine")
    approved(said, showcase.mentee, other)
    with pytest.raises(ReviewRefused, match=r"Confirm it or comment on it under Progress; nothing was sent\.$"):
        releasing.release_to_readers(said, showcase.mentee, other)
    read = progress.released_summary(said, showcase.mentee, met.id)
    assert read is not None and read.author == showcase.pair.mentor.name


def test_readers_see_status_and_reason_and_no_quote_that_was_not_ticked(said: Parts, showcase: Any, met: Session) -> None:
    released(said, showcase.mentor, met.id)
    for reader in (showcase.mentee, showcase.mentor):
        found = progress.released_summary(said, reader, met.id)
        assert found is not None
        assert [g.status for g in found.content.goals][:2] == [GoalStatus.ACHIEVED, GoalStatus.STALLED]
        assert not any(part.evidence for part in (*found.content.goals, *found.content.actions, *found.content.decisions))
        assert "the log says so" not in found.content.model_dump_json()


def test_notes_and_drafts_of_one_are_not_the_other_ones(said: Parts, showcase: Any, met: Session) -> None:
    draft_id = drafted(said, showcase.mentor, met.id)
    with pytest.raises(AccessDenied):
        reviewing.open_draft(said, showcase.mentee, draft_id)
    with pytest.raises(InputRefused, match="no notes of yours"):
        drafted(said, showcase.mentee, met.id, "theirs")


def test_the_other_person_confirms_or_comments_and_the_author_sees_of_which_revision(said: Parts, showcase: Any, met: Session) -> None:
    draft_id = released(said, showcase.mentor, met.id)
    read = progress.released_summary(said, showcase.mentee, met.id)
    assert read is not None and read.response is None and not read.mine
    progress.respond(said, showcase.mentee, draft_id, read.revision, confirmed=True, comment=" It was five weeks. ")
    seen = progress.released_summary(said, showcase.mentor, met.id)
    assert seen is not None and seen.mine and seen.response is not None
    assert (seen.response.confirmed, seen.response.comment, seen.response_is_of_this) == (True, "It was five weeks.", True)
    page = reviewing.open_draft(said, showcase.mentor, draft_id)
    content = page.revision.content.model_dump(mode="json") | {"open_questions": ["Four or five?"]}
    reviewing.save_edit(said, showcase.mentor, draft_id, page.revision.number, content)
    approved(said, showcase.mentor, draft_id)
    releasing.release_to_readers(said, showcase.mentor, draft_id)
    later = progress.released_summary(said, showcase.mentor, met.id)
    assert later is not None and later.response is not None and not later.response_is_of_this
    with pytest.raises(InputRefused, match="was changed or withdrawn"):
        progress.respond(said, showcase.mentee, draft_id, read.revision, confirmed=True, comment="")


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(("confirmed", "comment", "why"), [(False, "  ", "^Nothing was sent"), (True, "x" * 4_001, "4000 are the most")])
def test_an_answer_says_something_and_not_too_much(
    said: Parts, showcase: Any, met: Session, confirmed: bool, comment: str, why: str
) -> None:
    draft_id = released(said, showcase.mentor, met.id)
    with pytest.raises(InputRefused, match=why):
        progress.respond(said, showcase.mentee, draft_id, 1, confirmed, comment)


@pytest.mark.stores("sqlite")
def test_nobody_answers_their_own_summary_and_no_stranger_sees_progress(said: Parts, showcase: Any, met: Session, stranger: str) -> None:
    draft_id = released(said, showcase.mentor, met.id)
    for actor in (showcase.mentor, stranger, "nobody"):
        with pytest.raises(AccessDenied):
            progress.respond(said, actor, draft_id, 1, confirmed=True, comment="")
    for act in (
        lambda: progress.progress_page(said, stranger, showcase.pair.id),
        lambda: progress.released_summary(said, stranger, met.id),
        lambda: progress.mark_action(said, stranger, actions(said, showcase.pair)[0].id, done=True),
    ):
        with pytest.raises(AccessDenied):
            act()


def test_either_of_the_two_ticks_an_action_off_and_opens_it_again(said: Parts, showcase: Any) -> None:
    one = next(a for a in actions(said, showcase.pair) if not a.done)
    progress.mark_action(said, showcase.mentee, one.id, done=True)
    done = next(a for a in actions(said, showcase.pair) if a.id == one.id)
    assert done.done and done.done_on == said.today()
    progress.mark_action(said, showcase.mentor, one.id, done=False)
    assert next(a for a in actions(said, showcase.pair) if a.id == one.id) == one


def test_the_page_counts_what_was_held(said: Parts, showcase: Any) -> None:
    page = progress.progress_page(said, showcase.mentor, showcase.pair.id)
    assert (len(page.met), page.minutes_met) == (3, 150)
    assert page.next_session is not None and page.next_session.focus == ""
    done = [a.done for a in page.actions]
    assert done == sorted(done)


def test_the_notes_themselves_are_in_no_table_that_a_release_fills(said: Parts, showcase: Any, met: Session) -> None:
    released(said, showcase.mentor, met.id)
    page = progress.progress_page(said, showcase.mentee, showcase.pair.id)
    assert NOTES.splitlines()[0] not in repr(page) and "the log says so" not in repr(page)


def promised(parts: Parts, pair: Pair) -> list[Action]:
    return [a for a in actions(parts, pair) if a.text == "Post the next two decisions"]


def test_another_draft_of_the_session_does_not_open_again_what_was_done(said: Parts, showcase: Any, met: Session) -> None:
    released(said, showcase.mentor, met.id)
    (promise,) = promised(said, showcase.pair)
    progress.mark_action(said, showcase.mentee, promise.id, done=True)
    released(said, showcase.mentor, met.id, "another")
    assert [(a.id, a.done) for a in promised(said, showcase.pair)] == [(promise.id, True)]


def test_two_withdrawals_in_any_order_leave_no_action_of_either(said: Parts, showcase: Any, met: Session) -> None:
    with said.database.read() as connection:
        earlier = [s for s in programmes.sessions_of(connection, showcase.pair.id) if s.held][-2]
    write_notes(said, earlier.id, showcase.mentor)

    def says(brief: Brief) -> SummaryContent:
        closed = ClosedAction(text="Post the next two decisions", evidence=(quoted(brief.notes, "the log says so"),))
        return usual(brief).model_copy(update={"actions": (), "closed_actions": (closed,)})

    for turn in ("first", "last"):
        both = [released(said, showcase.mentor, earlier.id, turn), released(saying(said, says), showcase.mentor, met.id, turn)]
        for draft_id in both if turn == "first" else reversed(both):
            releasing.withdraw(said, showcase.mentor, draft_id)
        assert promised(said, showcase.pair) == []


def test_the_words_of_a_withdrawn_summary_go_even_where_none_of_its_goals_is_left(said: Parts, showcase: Any, met: Session) -> None:
    draft_id = released(said, showcase.mentor, met.id)
    with said.database.write() as connection:
        for goal in programmes.goals_of(connection, showcase.pair.id):
            kept_progress.forget(connection, goal.id)
    releasing.withdraw(said, showcase.mentor, draft_id)
    assert "All four weeks." not in next_brief(said, showcase).previous_summary
