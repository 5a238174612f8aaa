"""A pair that is over is only read: whoever has left is bound to nothing new, and keeps what both had."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from coach.domain.goals import GoalWording, wording_of
from coach.domain.pairs import PairDates
from coach.domain.people import Pair, RoleName
from coach.domain.planning import Slot
from coach.errors import InputRefused
from coach.services import agreeing, importing, planning, preparing, releasing, reviewing
from coach.services.parts import Parts
from coach.services.people import end_pair, people_and_pairs
from coach.services.today import today
from coach.store import pairs, programmes
from tests.conftest import Showcase
from tests.coordinators import founded

WORDING = GoalWording(title="Answer in the open channel")


def end(parts: Parts, showcase: Showcase) -> None:
    """End the pair as its coordinator does."""
    with parts.database.read() as connection:
        (coordinator,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    end_pair(parts, coordinator.id, showcase.pair.id)


def pass_the_last_day(parts: Parts, showcase: Showcase) -> None:
    """Let the pair's last day lie before today."""
    put_last_day(parts, showcase, -1)


def put_last_day(parts: Parts, showcase: Showcase, away: int) -> None:
    dates = PairDates(starts=showcase.pair.starts, ends=parts.today() + timedelta(days=away))
    with parts.database.write() as connection:
        pairs.set_dates(connection, showcase.pair.id, dates)


def stored(parts: Parts) -> list[object]:
    tables = ("pair", "agreement", "goal", "session", "audit", "secret")
    with parts.database.read() as connection:
        return [connection.execute(text(f'SELECT * FROM "{table}" ORDER BY 1')).all() for table in tables]  # noqa: S608 -- names of ours


def a_goal(parts: Parts, actor: str, pair: Pair, act: Callable[..., object]) -> object:
    goal = agreeing.goals_of_pair(parts, actor, pair.id).goals[0]
    return act(parts, actor, goal)


def a_session(parts: Parts, actor: str, pair: Pair, act: Callable[[str], object]) -> object:
    return act(planning.sessions_of_pair(parts, actor, pair.id).planned[0].id)


def a_slot(parts: Parts) -> Slot:
    return Slot(on=parts.today() + timedelta(days=9))


ACTS: dict[str, Callable[[Parts, str, Pair], object]] = {
    "propose a goal": lambda parts, actor, pair: agreeing.propose_goal(parts, actor, pair.id, WORDING),
    "change a goal": lambda parts, actor, pair: a_goal(parts, actor, pair, lambda p, a, goal: agreeing.change_goal(p, a, goal, WORDING)),
    "keep a goal's words": lambda parts, actor, pair: a_goal(
        parts, actor, pair, lambda p, a, goal: agreeing.change_goal(p, a, goal, wording_of(goal))
    ),
    "say yes to a goal": lambda parts, actor, pair: a_goal(parts, actor, pair, agreeing.agree_goal),
    "take a yes back": lambda parts, actor, pair: a_goal(parts, actor, pair, lambda p, a, goal: agreeing.take_back_yes(p, a, goal.id)),
    "remove a goal": lambda parts, actor, pair: a_goal(parts, actor, pair, agreeing.remove_goal),
    "start an agreement": lambda parts, actor, pair: agreeing.start_agreement(parts, actor, pair.id),
    "change the agreement": lambda parts, actor, pair: agreeing.change_agreement(
        parts, actor, pair.id, 1, agreeing.agreement_of_pair(parts, actor, pair.id).words.model_copy(update={"rhythm": "Daily"})
    ),
    "sign the agreement": lambda parts, actor, pair: agreeing.sign_agreement(parts, actor, pair.id, 1),
    "plan a session": lambda parts, actor, pair: planning.plan_session(parts, actor, pair.id, a_slot(parts)),
    "move a session": lambda parts, actor, pair: a_session(
        parts, actor, pair, lambda session: planning.move_session(parts, actor, session, a_slot(parts))
    ),
    "call a session off": lambda parts, actor, pair: a_session(
        parts, actor, pair, lambda session: planning.call_off_session(parts, actor, session)
    ),
    "hold a session": lambda parts, actor, pair: a_session(parts, actor, pair, lambda session: planning.mark_held(parts, actor, session)),
}


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("over", [end, pass_the_last_day])
def test_nothing_changes_in_a_pair_that_is_over(
    parts: Parts, showcase: Showcase, over: Callable[[Parts, Showcase], None], act: str
) -> None:
    over(parts, showcase)
    before = stored(parts)
    with pytest.raises(InputRefused, match=r"Your pair ended on .* can still be read, and nothing in it changes any more"):
        ACTS[act](parts, showcase.mentor, showcase.pair)
    assert stored(parts) == before


def test_both_still_read_what_they_had_and_their_signatures_stand(parts: Parts, showcase: Showcase) -> None:
    had = [_seen(parts, person, showcase.pair) for person in (showcase.mentor, showcase.mentee)]
    end(parts, showcase)
    assert [_seen(parts, person, showcase.pair) for person in (showcase.mentor, showcase.mentee)] == had
    agreement = agreeing.agreement_of_pair(parts, showcase.mentee, showcase.pair.id).pair.agreement
    assert agreement is not None
    assert agreement.signed


def _seen(parts: Parts, person: str, pair: Pair) -> tuple[object, ...]:
    sessions = planning.sessions_of_pair(parts, person, pair.id)
    agreement = agreeing.agreement_of_pair(parts, person, pair.id)
    dates = (agreement.pair.starts, agreement.pair.review, agreement.pair.ends)
    return agreeing.goals_of_pair(parts, person, pair.id).goals, agreement.words, dates, sessions.planned, sessions.held


def test_a_pair_that_was_ended_is_asked_for_nothing_any_more(parts: Parts, showcase: Showcase) -> None:
    agreeing.propose_goal(parts, showcase.mentor, showcase.pair.id, WORDING)
    end(parts, showcase)
    for person in (showcase.mentor, showcase.mentee):
        (pair,) = today(parts, person).pairs
        assert pair.finished
        assert pair.missing(parts.today()) == ()
    assert planning.sessions_of_pair(parts, showcase.mentor, showcase.pair.id).hints == ()


def test_a_pair_that_was_ended_early_starts_again_by_a_later_list_and_not_by_the_old_one(parts: Parts) -> None:
    rosa = founded(parts).id
    rows = [
        b"name,email,roles,mentors,starts",
        b"Ada Umeh,ada@brackwater.example,mentor,,",
        b"Per Lund,per@brackwater.example,mentee,ada@brackwater.example,",
    ]
    importing.import_people(parts, rosa, b"\n".join(rows))
    (pair,) = people_and_pairs(parts, rosa).pairs
    end_pair(parts, rosa, pair.id)
    assert importing.preview(parts, rosa, b"\n".join(rows)).plan.pairs == ()
    rows[2] += (parts.today() + timedelta(days=1)).isoformat().encode()
    assert len(importing.preview(parts, rosa, b"\n".join(rows)).plan.pairs) == 1


def test_a_pair_is_not_over_on_the_last_day_that_was_agreed(parts: Parts, showcase: Showcase) -> None:
    put_last_day(parts, showcase, 0)
    assert agreeing.propose_goal(parts, showcase.mentee, showcase.pair.id, WORDING)


@pytest.mark.parametrize("over", [end, pass_the_last_day])
def test_no_agenda_is_drafted_or_released_in_a_pair_that_is_over(
    parts: Parts, showcase: Showcase, over: Callable[[Parts, Showcase], None]
) -> None:
    draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "before")
    page = reviewing.open_draft(parts, showcase.mentor, draft_id)
    reviewing.approve(parts, showcase.mentor, draft_id, page.revision.number, page.revision.sha256)
    over(parts, showcase)
    with pytest.raises(InputRefused, match="Your pair ended"):
        preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "after")
    with pytest.raises(InputRefused, match="Your pair ended"):
        releasing.release_to_readers(parts, showcase.mentor, draft_id)
    assert releasing.released_agenda(parts, showcase.mentee, showcase.session.id) is None
